"""What a pupil wrote goes to the editors with a teacher's yes and one from home under the same words, and no name."""

import re
from itertools import product

import pytest
from sqlalchemy import inspect, select

from core import jobs
from core.classes import queries as classes
from core.classes import service as school
from core.contributions.models import Approval, Contribution
from core.database import db, writing
from core.desk import queries as desk
from core.forgotten import FORGOTTEN
from core.guard import Role
from core.people.models import Person
from core.receipts.models import Receipt
from tests.bench.queries import counted
from tests.core.classes import lesson
from tests.core.people.test_erasure import found_in_the_database
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in
from tests.tours.stories.test_pages import AT, code_on, decide, lombok
from tours.stories import queries
from tours.stories.models import Story
from tours.stories.models_pupils import PupilStory

pytestmark = pytest.mark.both
__all__ = ["lombok"]
WORDS = "De brug rook naar natte Klaproosjes en ijzer."
PLANTED = "Klaproosjes"
OPAQUE = re.compile(r"\b(?:[0-9a-z]{26}|[0-9a-f]{64})\b")  # the keys and hashes by which a row says whose it is
CHAIN = {"before"}
RECEIPT = "/w/lombok/receipt"
FORM = {"title": "De brug", "spot": "bank", "lang": "nl", "licence": "LicenseRef-alleen-hier", "read": "1"}


class Klas:
    """A class of Samira's in which a crew wrote a sentence, which hangs in the gallery."""

    def __init__(self, app, login: str = "samira", name: str = "Gele Jas") -> None:
        self.app = app
        lesson.in_force(app)
        self.teacher = join(app, Role.TEACHER, login, name)
        with app.app_context(), writing():
            me = db.session.scalars(select(Person).where(Person.name == name)).unique().one()
            here = lesson.opened(me)
            crew = lesson.on_the_way(here)
            work = school.hand_in(crew, "hoor", {"words": WORDS}, "one")
            school.let_show(work, True)
            self.token = school.token(crew)
            self.key, self.work, self.secrets = here.key, work.key, {here.key, here.code, crew.key, work.key}
            self.secrets |= {crew.token_hash, me.player_key}
        self.at = f"/w/lombok/staff/classes/{self.key}/work/{self.work}/story"

    def send(self, device=None, **change):
        device = device or self.teacher
        return device.post(self.at, data={**FORM, "client_key": key_in(device.get(self.at).text), **change})

    def home(self, **change):
        """The phone at home, on which the letter is open."""
        phone = self.app.test_client()
        assert phone.post(RECEIPT, data={"code": code_on(self.send(**change))}).status_code == 303
        return phone

    def judge(self, do: str) -> None:
        assert self.teacher.post(self.at.removesuffix("/story"), data={"do": do}).status_code == 303


@pytest.fixture
def klas(lombok) -> Klas:
    return Klas(lombok)


def page_of(phone) -> str:
    return re.search(r'href="(/w/lombok/stories/pupils/\w{26})"', phone.get(RECEIPT).text)[1]


def yes(phone) -> int:
    page = page_of(phone)
    seen = re.search(r'name="seen" value="(\w{64})"', phone.get(page).text)[1]
    return phone.post(f"{page}/yes", data={"seen": seen}).status_code


def at_desk(app) -> list[str]:
    with app.test_request_context("/w/lombok/"):
        return [one.item.key for one in desk.queue(1, "an editor")]


def to_read(app) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Story.key).where(queries.can_be_read())))


def left(app) -> list[int]:
    """How many of these are there: waiting, receipts, handed in."""
    with app.app_context():
        return [len(db.session.scalars(select(table)).all()) for table in (PupilStory, Receipt, Contribution)]


def test_editors_see_it_with_both_signatures_and_everybody_after_theirs_without_a_name(lombok, klas):
    phone = klas.home(level="1")
    assert at_desk(lombok) == [], "the teacher alone is not enough"
    page = phone.get(page_of(phone)).text
    assert PLANTED in page
    assert 'een leerling · <bdi translate="no">Groep 6</bdi> · <bdi translate="no">Slagerij Kuiper</bdi>' in page
    assert yes(phone) == 303
    [key] = at_desk(lombok)
    assert to_read(lombok) == []
    with lombok.app_context():
        signed = {one.as_what for one in queries.handed_in(1, key).last.approvals}
        assert signed == {"teller", "guardian", "teacher"}
    decide(lombok, key=key)
    read = lombok.test_client().get(f"{AT}/{key}").text
    assert PLANTED in read
    assert 'een leerling · <bdi translate="no">Groep 6</bdi>' in read
    for name in ("Haan", "Egel", "Gele Jas", "samira"):
        assert name not in read
    runner = lombok.test_cli_runner()
    assert runner.invoke(args=["fsck"]).exit_code == 0
    assert runner.invoke(args=["stories", "check"]).output.endswith(" 0 faults\n")


def test_the_group_stands_there_only_if_the_teacher_chose_that(lombok, klas):
    phone = klas.home()
    yes(phone)
    [key] = at_desk(lombok)
    decide(lombok, key=key)
    read = lombok.test_client().get(f"{AT}/{key}").text
    assert "een leerling" in read
    assert "Groep 6" not in read
    assert "een leerling" in lombok.test_client().get(AT).text


def test_what_home_signs_holds_the_licence_too(lombok, klas):
    phone = klas.home(licence="CC-BY-4.0")
    assert "CC BY 4.0" in phone.get(page_of(phone)).text
    yes(phone)
    [key] = at_desk(lombok)
    decide(lombok, key=key)
    assert "licenses/by/4.0" in lombok.test_client().get(f"{AT}/{key}").text


def test_a_teacher_says_that_they_read_it_and_cannot_choose_another_place(klas):
    assert fault(klas.send(read="").text, "read")
    assert fault(klas.send(spot="elsewhere").text, "spot")
    answer = klas.send(title="")
    assert "De brug rook" in answer.text, "left open it is called after how it begins"


def test_a_letter_is_shown_once_and_a_new_one_ends_the_one_before(lombok, klas):
    form = {**FORM, "client_key": key_in(klas.teacher.get(klas.at).text)}
    first = code_on(klas.teacher.post(klas.at, data=form))
    again = klas.teacher.post(klas.at, data=form)
    assert again.status_code == 303, "sent twice it is one, and its code is not shown again"
    key = key_in(klas.teacher.get(klas.at).text)
    second = code_on(klas.teacher.post(f"{klas.at}/letter", data={"client_key": key}))
    phone = lombok.test_client()
    assert phone.post(RECEIPT, data={"code": first}).status_code == 422
    assert phone.post(RECEIPT, data={"code": second}).status_code == 303
    assert left(lombok) == [1, 1, 0]


def test_a_yes_to_other_words_counts_for_nothing_and_no_teacher_says_it_for_home(lombok, klas):
    phone = klas.home()
    page = page_of(phone)
    assert phone.post(f"{page}/yes", data={"seen": "0" * 64}).status_code == 409
    klas.teacher.post(f"{klas.at}/back")
    code = code_on(klas.send())
    klas.teacher.post(RECEIPT, data={"code": code})
    page = page_of(klas.teacher)
    seen = re.search(r'name="seen" value="(\w{64})"', klas.teacher.get(page).text)[1]
    assert klas.teacher.post(f"{page}/yes", data={"seen": seen}).status_code == 403
    assert at_desk(lombok) == []


@pytest.mark.parametrize("who", ["home", "teacher", "out of the gallery", "away for good", "another word"])
def test_one_no_or_another_word_and_nothing_is_left_of_it(lombok, klas, who):
    phone = klas.home()
    if who == "home":
        page = page_of(phone)
        assert phone.get(f"{page}/no").status_code == 200
        assert phone.post(f"{page}/no").status_code == 303
    elif who == "teacher":
        klas.teacher.post(f"{klas.at}/back")
    elif who == "another word":
        crew = lombok.test_client()
        form = crew.get(f"/w/lombok/class/{klas.token}/2").text
        sent = {"words": "Anders.", "client_key": key_in(form)}
        assert crew.post(f"/w/lombok/class/{klas.token}/task/hoor", data=sent).status_code == 303
    else:
        klas.judge("hide" if who == "out of the gallery" else "away")
    assert left(lombok) == [0, 0, 0]
    assert "pupils/" not in phone.get(RECEIPT).text
    assert at_desk(lombok) == []


def test_a_no_stands_after_a_restore_of_before(lombok, klas):
    klas.home()
    with lombok.app_context():
        was = db.session.scalars(select(PupilStory)).one()
        key, row = was.key, {one.key: getattr(was, one.key) for one in inspect(PupilStory).column_attrs}
    klas.teacher.post(f"{klas.at}/back")
    with lombok.app_context():
        from core import clock

        keys = dict(FORGOTTEN.of("pupil's story").since(clock.now()))
        assert key in keys
        with writing():
            db.session.add(PupilStory(**row))
        with writing():
            FORGOTTEN.of("pupil's story").again(key)
    assert left(lombok)[0] == 0


def test_what_waits_goes_with_the_class_after_thirty_days(lombok, klas, clock):
    phone = klas.home()
    clock.advance(days=30)
    with lombok.app_context():
        assert jobs.run(lombok)["classes"] == 1
        db.session.rollback()
        assert not found_in_the_database(lombok, PLANTED)
    assert left(lombok) == [0, 0, 0]
    assert phone.get(RECEIPT).status_code == 200


def joined_to(app, key: str) -> set[str]:
    """Every key and hash that one reaches from this one over rows that hold both, and on from there.

    All lines of the log hang together by their chain, so each of them counts without it.
    """
    with app.app_context():
        rows = [
            set(OPAQUE.findall(" ".join(str(value) for name, value in row._mapping.items() if name not in CHAIN)))
            for table in db.metadata.sorted_tables
            for row in db.session.execute(select(table))
        ]
    known, before = {key}, set()
    while known != before:
        before = known
        known = known.union(*(row for row in rows if row & known))
    return known


def test_what_home_signed_lives_on_and_no_row_joins_it_to_class_crew_or_teacher(lombok, klas, clock):
    phone = klas.home(level="1")
    yes(phone)
    [key] = at_desk(lombok)
    decide(lombok, key=key)
    with lombok.app_context():
        assert db.session.scalars(select(Approval.who).where(Approval.as_what == "teacher")).one() in klas.secrets
    clock.advance(days=30)
    with lombok.app_context():
        jobs.run(lombok)
    assert to_read(lombok) == [key], "it is home's, and stays"
    known = joined_to(lombok, key)
    assert len(known) > 3
    assert not known & klas.secrets
    assert joined_to(lombok, klas.key) == {klas.key}, "that a class went stands alone"
    with lombok.app_context():
        assert db.session.scalars(select(Approval.as_what).where(Approval.as_what == "teacher")).one(), "the role stays"
    assert lombok.test_cli_runner().invoke(args=["fsck"]).exit_code == 0
    answer = phone.post(f"{AT}/mine/{key}/withdraw")
    assert answer.status_code == 303
    assert lombok.test_client().get(f"{AT}/{key}").status_code == 410
    assert to_read(lombok) == []
    with lombok.app_context():
        assert not found_in_the_database(lombok, PLANTED) or db.engine.dialect.name == "sqlite"


def test_home_takes_it_away_at_any_time_and_then_it_is_nobodys(lombok, klas):
    phone = klas.home()
    yes(phone)
    [key] = at_desk(lombok)
    phone.post(f"{AT}/mine/{key}/withdraw")
    assert at_desk(lombok) == []
    assert left(lombok)[0] == 0
    assert left(lombok)[2] == 0
    assert klas.teacher.get(klas.at).status_code == 200, "the teacher could begin anew, with a new letter"


def test_nobody_changes_a_word_of_it_neither_home_nor_an_editor(lombok, klas):
    phone = klas.home()
    yes(phone)
    [key] = at_desk(lombok)
    assert phone.get(f"{AT}/mine/{key}/change").status_code == 404
    form = {"title": "Anders", "words": "Anders.", "lang": "nl"}
    assert phone.post(f"{AT}/mine/{key}/change", data=form).status_code == 404
    assert "/change" not in phone.get(f"{AT}/mine/{key}").text
    editor = join(lombok, Role.EDITOR, "editor", "Rode Laars")
    with_code(editor)
    assert editor.get(f"{AT}/edit/{key}").status_code == 404
    assert editor.post(f"{AT}/edit/{key}", data=form).status_code == 404
    at = editor.get(f"/w/lombok/desk/?item=story.{key}").text
    assert PLANTED in at
    assert f"{AT}/edit/{key}" not in at
    assert "Goed zo: iedereen leest het" in at


@pytest.mark.parametrize("verdict", ["back", "away"])
def test_an_editors_no_is_read_at_home_with_its_reason(lombok, klas, verdict):
    phone = klas.home()
    yes(phone)
    [key] = at_desk(lombok)
    decide(lombok, verdict, "private", key)
    assert to_read(lombok) == []
    said = phone.get(f"{AT}/mine/{key}").text
    assert ("Je kreeg hem terug" if verdict == "back" else "Een redacteur haalde het weg") in said
    assert phone.post(f"{AT}/mine/{key}/withdraw").status_code == 303


def test_a_teacher_who_is_an_editor_too_does_not_decide_about_it(lombok, klas):
    phone = klas.home()
    yes(phone)
    [key] = at_desk(lombok)
    with lombok.test_request_context("/w/lombok/"):
        teacher = db.session.scalars(select(Approval.who).where(Approval.as_what == "teacher")).one()
        assert desk.queue(1, teacher) == []
        assert [one.item.key for one in desk.queue(1, "another")] == [key]


def test_only_its_teacher_sends_it_and_only_with_its_letter_somebody_answers(lombok, klas):
    other = join(lombok, Role.TEACHER, "dirk", "Groene Muts")
    player, visitor, crew = lombok.test_client(), lombok.test_client(), lombok.test_client()
    player.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"})
    crew.get(f"/w/lombok/class/{klas.token}")
    phone = klas.home()
    page = page_of(phone)
    staff = [(klas.at, "GET"), (klas.at, "POST"), (f"{klas.at}/letter", "POST"), (f"{klas.at}/back", "POST")]
    home = [(page, "GET"), (f"{page}/yes", "POST"), (f"{page}/no", "GET"), (f"{page}/no", "POST")]
    for device, (address, method) in product((other, player, visitor, crew), staff + home):
        answer = device.open(address, method=method)
        assert answer.status_code in {303, 401, 403, 404}, (address, method, answer.status_code)
        assert PLANTED not in answer.text
    assert klas.teacher.get(page).status_code == 404, "nor does the teacher, without the letter"
    assert phone.get(page.replace("/lombok/", "/elsewhere/")).status_code == 404
    assert left(lombok) == [1, 1, 0], "and nothing came of all that"


def test_only_words_that_hang_in_the_gallery_go_on(lombok, klas):
    assert klas.at in klas.teacher.get(f"/w/lombok/staff/classes/{klas.key}/work").text
    klas.judge("hide")
    assert klas.at not in klas.teacher.get(f"/w/lombok/staff/classes/{klas.key}/work").text
    assert klas.teacher.get(klas.at).status_code == 404
    with lombok.app_context(), writing():
        here = classes.by_key(klas.key)
        crew = here.crews[0]
        drawn = school.hand_in(crew, "teken", {"words": "Een deur"}, "two")
        school.let_show(drawn, True)
        key = drawn.key
    assert klas.teacher.get(klas.at.replace(klas.work, key)).status_code == 404, "no words of their own"


def test_the_page_of_what_came_in_asks_no_more_for_ten_than_for_one(lombok, klas):
    page = f"/w/lombok/staff/classes/{klas.key}/work"
    klas.send()
    with counted(lombok) as one:
        klas.teacher.get(page)
    with lombok.app_context(), writing():
        crew = classes.by_key(klas.key).crews[0]
        for number in range(9):
            school.let_show(school.hand_in(crew, "hoor", {"words": f"Zin {number}"}, f"n{number}"), True)
    with counted(lombok) as ten:
        assert klas.teacher.get(page).text.count('/story"') == 10
    assert len(ten) <= len(one)
