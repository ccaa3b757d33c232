"""Who stands before a host: acts are for who has no phone, and for nobody else. Whom they met is not told."""

import re

import pytest
from sqlalchemy import func, select

from core import codes
from core.audit.models import AuditEntry
from core.consent.models import Consent, How
from core.database import db, writing
from core.desk.models import Decision
from core.guard import Role
from core.people import cards
from core.people import service as people
from core.people.models import Person
from core.photos.models import SCREEN
from core.places import service as places
from core.places.models import Plate
from game.encounters import service as meetings
from game.encounters.models import Encounter, State
from game.scoring import correcting
from game.scoring.models import Question
from tests import make
from tests.bench import meetings as bench_meetings
from tests.sheets import sheets

pytestmark = pytest.mark.both
PAGE = "/w/lombok/host"
GROUP = re.compile(r"<bdi[^>]*>([0-9A-Z]{5,6})</bdi>")


@pytest.fixture
def host(client, here, dirk):
    """The phone of a host."""
    with writing():
        make.as_staff(client, db.session.get_one(Person, dirk.id), Role.HOST)
    return client


@pytest.fixture
def on_phone(amina):
    """Amina, who has a phone."""
    with writing():
        people.sign_in(db.session.get_one(Person, amina.id))
    return amina


@pytest.fixture
def asked(on_phone, bram, bench):
    """A meeting with a photo that Amina sent to Bram, who plays on paper."""
    with writing():
        two = [db.session.get_one(Person, one.id) for one in (on_phone, bram)]
        return meetings.hand_in(two[0], bench, bench_meetings.photo(), "one", two[1]).key


def opened(host, person) -> str:
    answer = host.post(f"{PAGE}/card", data={"card": person.tag})
    assert answer.status_code == 303
    return answer.location


def test_beside_the_desk_stands_who_on_paper_is_waited_for_and_not_by_whom(host, asked, on_phone, bram):
    page = host.get(PAGE).text
    assert f"{bram.name}</bdi> kan antwoorden" in page
    assert on_phone.name not in page
    with writing():
        people.sign_in(db.session.get_one(Person, bram.id))
    assert bram.name not in host.get(PAGE).text  # it stands on their own phone now


def test_on_the_page_of_who_stands_there_a_host_types_the_other_alone(host, on_phone, bram, bench):
    page = host.get(opened(host, bram)).text
    [form] = [one for one in sheets(page) if one.action.endswith("/host")]
    answer = host.post(form.action, data=form.filled({"other": on_phone.tag, "challenge": bench.key}))
    assert answer.status_code == 303, answer.text
    db.session.rollback()
    met = db.session.scalars(select(Encounter)).one()
    assert set(met.players) == {bram.player_key, on_phone.player_key}
    refused = host.post(form.action, data=form.filled({"other": bram.tag, "challenge": bench.key})).text
    assert "buurt-field__fault" in refused
    assert f'value="{bram.tag}"' in refused.replace(" ", "")


def test_a_sign_that_somebody_called_wrong_is_named_at_the_desk_until_somebody_saw_it(host, here):
    with writing():
        spot = make.spot(db.session.merge(here), name="Wasplaats")
        db.session.add(spot)
        plate = places.put_up(spot)
        places.report(spot, plate, "gone")
    page = host.get(PAGE).text
    assert "Wasplaats" in page
    assert "Het is weg of stuk." in page
    with writing():
        places.seen(db.session.get_one(Plate, plate.id))
    assert "Wasplaats" not in host.get(PAGE).text


def acts() -> list[str]:
    db.session.rollback()  # reads anew
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def met(key: str) -> Encounter:
    db.session.rollback()
    return db.session.scalars(
        select(Encounter).where(Encounter.key == key).execution_options(populate_existing=True)
    ).one()


def allowed(person) -> list[tuple[str, str]]:
    db.session.rollback()
    standing = select(Consent.use, Consent.how).where(Consent.who == person.player_key, Consent.ended_at.is_(None))
    return sorted((use, str(how)) for use, how in db.session.execute(standing))


@pytest.mark.parametrize(
    ("said", "state", "scopes"),
    [("yes", State.CONFIRMED, ["own album"]), ("without photo", State.CONFIRMED, []), ("no", State.DECLINED, [])],
)
def test_who_has_no_phone_answers_at_the_desk_and_the_host_does_not_read_who_asked(
    host, asked, bram, on_phone, said, state, scopes
):
    page = opened(host, bram)
    text = host.get(page).text
    assert (bram.name in text, on_phone.name in text) == (True, False)
    assert host.post(f"{page}/answer", data={"meeting": asked, "answer": said}).status_code == 303
    host.post(f"{page}/answer", data={"meeting": asked, "answer": said})
    assert met(asked).state == state
    assert [use for use, _how in allowed(bram)] == scopes
    assert [act for act in acts() if act.startswith("meeting.")] == [f"meeting.{'no' if said == 'no' else 'yes'} for"]


def test_a_photo_is_shown_its_choice_kept_as_paper_under_the_hosts_name_and_taken_away(host, asked, bram, dirk):
    page = opened(host, bram)
    host.post(f"{page}/answer", data={"meeting": asked, "answer": "yes"})
    [key] = set(re.findall(r"/([a-z2-7]{26})\.webp", host.get(page).text))
    with host.get(f"{page}/{key}.webp") as picture:
        assert picture.status_code == 200
    host.post(f"{page}/{key}/who", data={"scope": SCREEN})
    assert (SCREEN, str(How.PAPER)) in allowed(bram)
    host.post(f"{page}/{key}/withdraw")
    assert host.get(f"{page}/{key}.webp").status_code == 404
    assert met(asked).is_confirmed
    logged = db.session.execute(select(AuditEntry.action, AuditEntry.actor).where(AuditEntry.about == key)).all()
    assert logged == [("photo.choose for", dirk.player_key), ("photo.withdraw for", dirk.player_key)]


def test_who_has_no_phone_asks_at_the_desk_whether_points_are_right_and_reads_the_answer_there(
    host, asked, bram, on_phone, dirk, here
):
    page = opened(host, bram)
    host.post(f"{page}/answer", data={"meeting": asked, "answer": "yes"})
    text = host.get(page).text
    assert "Jullie ontmoeten elkaar voor het eerst" in text
    assert on_phone.name not in text
    assert host.post(f"{page}/points/{asked}", data={"reason": "because"}).status_code == 422
    for _time in range(2):
        assert host.post(f"{page}/points/{asked}", data={"reason": "not met"}).status_code == 303
    db.session.rollback()  # reads anew
    logged = db.session.execute(select(AuditEntry.action, AuditEntry.actor).where(AuditEntry.about == asked)).all()
    assert logged.count(("points.ask for", dirk.player_key)) == 1
    [question] = db.session.scalars(select(Question)).all()
    assert question.player == bram.player_key
    assert codes.spaced(question.letters) in host.get(page).text
    with writing():
        correcting.take(make.person(db.session.merge(here), "Verre Jas"), question.key, "not met")
    assert "bij jullie allebei" in host.get(page).text


def test_who_has_no_phone_hears_at_the_desk_what_was_decided_and_asks_another_editor_once(
    host, asked, bram, amina, cem, dirk, here
):
    page = opened(host, bram)
    host.post(f"{page}/answer", data={"meeting": asked, "answer": "yes"})
    host.post(f"{page}/points/{asked}", data={"reason": "not met"})
    with writing():
        question = db.session.scalars(select(Question)).one()
        correcting.take(make.person(db.session.merge(here), "Verre Jas"), question.key, "not met")
    [key] = re.findall(r"/answers/(\w+)/appeal", host.get(page).text)
    assert host.post(f"{opened(host, amina)}/answers/{key}/appeal").status_code == 403, "who has a phone asks there"
    assert host.post(f"{opened(host, cem)}/answers/{key}/appeal").status_code == 404, "nobody told them"
    for _time in range(2):
        assert host.post(f"{page}/answers/{key}/appeal").status_code == 303
    assert "Hier lezen ze wat een andere redacteur zegt." in host.get(page).text
    assert "aan een andere redacteur. Hier lees je het antwoord." in host.get(page).text
    db.session.rollback()  # reads anew
    logged = db.session.execute(select(AuditEntry.action, AuditEntry.actor).where(AuditEntry.about == key)).all()
    assert logged == [("answer.appeal for", dirk.player_key)]
    waits = [one.about for one in db.session.scalars(select(Decision).where(Decision.appealed_at.is_not(None)))]
    assert len(waits) == 1


def test_a_host_asks_about_no_meeting_but_those_of_who_stands_there(host, bram, amina, cem):
    with writing():
        other = make.confirmed(*(db.session.get_one(Person, one.id) for one in (amina, cem))).key
    assert host.post(f"{opened(host, bram)}/points/{other}", data={"reason": "not met"}).status_code == 404
    assert db.session.scalars(select(Question)).all() == []


def test_of_who_has_a_phone_a_host_sees_the_name_alone_and_does_nothing(host, asked, on_phone, bram):
    page = opened(host, on_phone)
    text = host.get(page).text
    assert "speelt met een telefoon" in text
    assert ".webp" not in text
    assert "punt" not in text.partition("</h1>")[2].partition("</section>")[0]
    [photo] = met(asked).photos
    before = acts()
    for path in ("answer", f"{photo.key}/withdraw", f"{photo.key}/who", "card", f"points/{asked}"):
        said = host.post(f"{page}/{path}", data={"meeting": asked, "answer": "no", "scope": SCREEN})
        assert said.status_code == 403, path
    with host.get(f"{page}/{photo.key}.webp") as picture:
        assert picture.status_code == 403
    assert acts() == before
    assert cards.of(on_phone) is None


def test_a_new_card_is_shown_once_and_kills_the_way_back_of_the_old_one(host, bram, here):
    with writing():
        old = cards.issue(db.session.get_one(Person, bram.id))
    page, form = opened(host, bram), {"client_key": "one"}
    sheet = host.post(f"{page}/card", data=form).text
    new = "".join(GROUP.findall(sheet))
    assert host.post(f"{page}/card", data=form).status_code == 303  # the same form makes no other
    db.session.rollback()
    assert (cards.whose(here.id, old), cards.whose(here.id, new).id) == (None, bram.id)
    assert acts().count("card.again") == 1


def test_a_host_makes_a_player_of_paper_with_a_card(host, here):
    form = {"name": "Gele Jas", "age": "adult", "client_key": "one"}
    sheet = host.post(f"{PAGE}/new", data=form).text
    db.session.rollback()
    made = db.session.scalars(select(Person).where(Person.name == "Gele Jas")).unique().one()
    assert cards.whose(here.id, "".join(GROUP.findall(sheet))).id == made.id
    assert "card.make" in acts()


def test_an_opened_card_is_the_hosts_who_opened_it_for_a_quarter_of_an_hour(host, app, here, bram, cem, monkeypatch):
    page = opened(host, bram)
    other = app.test_client()
    with writing():
        make.as_staff(other, db.session.get_one(Person, cem.id), Role.HOST)
    assert other.get(page).status_code == 410
    assert host.get(page).status_code == 200
    monkeypatch.setattr("game.headquarters.person_pages.OPEN_FOR", -1)
    assert host.get(page).status_code == 410
    assert acts().count("card.open") == 1


def test_a_host_does_not_open_their_own_card_and_not_one_of_another_neighbourhood(host, dirk):
    with writing():
        stranger = make.person(make.neighbourhood("hoograven"), "Verre Vriend")
    for one in (dirk, stranger):
        assert host.post(f"{PAGE}/card", data={"card": one.tag}).status_code in {404, 422}
    assert db.session.scalar(select(func.count()).where(AuditEntry.action == "card.open")) == 0
