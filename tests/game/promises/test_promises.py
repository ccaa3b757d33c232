"""Promises: made by who is known, each step with words by who has a part in it; "late" alone comes by itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core import clock as time
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import Model, db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people import erasure
from core.people.models import Person
from core.refusal import Refusal
from core.steps import queries as steps
from game.promises import check, queries, service
from game.promises.course import BROKEN, CHANGED, COURSE, KEPT, LATE, RELEASED
from game.promises.kind import VOW
from game.promises.models import Against
from game.promises.personal_data import AROUND
from game.scoring.models import Known
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, typed, words

pytestmark = pytest.mark.both
AT, MINE = "/w/lombok/promises", "/w/lombok/me/promises"
SAID = {"what": "Een fietsrek op de hoek", "to_whom": "de buurt", "tag": "", "due_on": "2026-05-20", "decided_by": "",
        "organisation": "", "gathering": ""}  # fmt: skip
PUBLIC = ("promises", "promises/paper", "happening", "happening/feed.xml")


@pytest.fixture
def lombok(app, clock):
    time.set(datetime(2026, 5, 12, 9, tzinfo=time.AMSTERDAM))
    with app.app_context():
        make.world()
    return app


def person(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


def made(app, who: str = "Blauwe Reiger", to: str = "", named: bool = True, **change) -> str:
    """A promise that everybody reads; its key."""
    with app.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        said = {**SAID, "tag": person(to).tag if to else None, **change}
        one = contributions.hand_in(VOW, here, person(who).player_key, said, "nl", named=named)
        contributions.say_yes(one, one.last, "an editor")
        return one.key


def say(device, key: str, to: str, said: str = "Daarom.", **more):
    page = device.get(f"{AT}/{key}").text
    client_key = key_in(page) if 'name="client_key"' in page else "k" * 26
    return device.post(f"{AT}/{key}/step", data={"to": to, "words": said, "client_key": client_key, **more})


def plain(app, path: str) -> str:
    return words(app.test_client().get(path).text)


def read_everywhere(app, word: str) -> list[str]:
    return [path for path in PUBLIC if word in app.test_client().get(f"/w/lombok/{path}").text]


def rows_with(app, word: str) -> list[str]:
    with app.app_context():
        rows = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
    return [row for row in rows if word in row]


def test_it_is_read_once_an_editor_said_yes_and_not_before(lombok):
    phone = phone_of(lombok, "Blauwe Reiger")
    form = {**SAID, "lang": "nl", "named": "1", "client_key": key_in(phone.get(f"{MINE}/new").text)}
    for _time in range(2):
        assert phone.post(f"{MINE}/new", data=form).status_code == 303
    assert read_everywhere(lombok, "fietsrek") == []
    with lombok.app_context(), writing():
        [one] = db.session.scalars(select(Contribution)).all()
        contributions.say_yes(one, one.last, "an editor")
        key = one.key
    assert read_everywhere(lombok, "fietsrek") == ["promises", "promises/paper"]
    page = plain(lombok, f"{AT}/{key}")
    assert "Blauwe Reiger" in page
    assert "uiterlijk 20 mei 2026" in page


def test_a_newcomer_promises_nothing_yet_and_only_the_team_for_an_organisation(lombok):
    with lombok.app_context(), writing():
        db.session.delete(db.session.get(Known, person("Stille Fiets").player_key))
    form = {**SAID, "lang": "nl"}
    assert phone_of(lombok, "Stille Fiets").post(f"{MINE}/new", data=form).status_code == 409
    refused = phone_of(lombok, "Warme Sjaal").post(f"{MINE}/new", data={**form, "organisation": "Kantwonen"})
    assert refused.status_code == 403
    assert "Alleen het team en wie er werkt beloven iets namens een organisatie." in words(refused.text)
    host = join(lombok, Role.HOST, "hilde", "Gulle Theepot")
    assert host.post(f"{MINE}/new", data={**form, "organisation": "Kantwonen"}).status_code == 303


def test_late_comes_by_itself_leaves_no_row_and_goes_with_a_new_day(lombok):
    key = made(lombok)
    time.set(datetime(2026, 5, 20, 23, 59, tzinfo=time.AMSTERDAM))
    assert "te laat, uiterlijk" not in plain(lombok, AT)
    time.set(datetime(2026, 5, 21, 0, 1, tzinfo=time.AMSTERDAM))
    assert "te laat, uiterlijk" in plain(lombok, AT)
    with lombok.app_context():
        assert steps.of(COURSE.kind, key) == []
    maker = phone_of(lombok, "Blauwe Reiger")
    assert say(maker, key, CHANGED, day="2026-05-19").status_code == 422
    assert say(maker, key, CHANGED, "De fabriek levert later.", day="2026-06-01").status_code == 303
    page = plain(lombok, f"{AT}/{key}")
    assert "Eerst was het uiterlijk 20 mei 2026." in page
    assert "De fabriek levert later." in page
    assert "te laat, uiterlijk" not in plain(lombok, AT)


def test_kept_only_with_words_and_only_by_who_made_it(lombok):
    key = made(lombok)
    assert say(phone_of(lombok, "Warme Sjaal"), key, KEPT).status_code == 403
    maker = phone_of(lombok, "Blauwe Reiger")
    refused = say(maker, key, KEPT, "")
    assert refused.status_code == 422
    assert fault(refused.text, "words")
    assert say(maker, key, KEPT, "Hij staat er.").status_code == 303
    assert read_everywhere(lombok, "fietsrek") == ["promises", "happening", "happening/feed.xml"]
    assert say(maker, key, BROKEN, "Toch niet.").status_code == 409


def test_a_neighbour_releases_what_was_made_to_them_and_is_named_only_if_they_like(lombok):
    key = made(lombok, to="Stille Fiets")
    assert "Stille Fiets" not in plain(lombok, f"{AT}/{key}")
    receiver = phone_of(lombok, "Stille Fiets")
    assert "Aan jou beloofd" in words(receiver.get(AT).text)
    assert phone_of(lombok, "Warme Sjaal").post(f"{AT}/{key}/name", data={"shows_name": "1"}).status_code == 403
    assert receiver.post(f"{AT}/{key}/name", data={"shows_name": "1"}).status_code == 303
    assert "Stille Fiets" in plain(lombok, f"{AT}/{key}")
    assert say(receiver, key, KEPT).status_code == 409, "that is for who made it to say"
    assert say(receiver, key, RELEASED, "Het hoeft niet meer.").status_code == 303
    assert "Losgelaten" in plain(lombok, f"{AT}/{key}")


def test_for_a_group_a_coordinator_releases_it_and_it_stands_in_the_log(lombok):
    key, to_one = made(lombok), made(lombok, to="Stille Fiets", what="Een ladder")
    lead = join(lombok, Role.COORDINATOR, "carla", "Gulle Theepot")
    with_code(lead)
    assert say(lead, to_one, RELEASED).status_code == 403, "who it was made to does that"
    assert say(lead, key, RELEASED, "De gemeente doet het al.").status_code == 303
    assert "Gulle Theepot , coördinator" in plain(lombok, f"{AT}/{key}")
    assert len(rows_with(lombok, "promise.release")) == 1


def test_who_would_rather_not_counts_once_and_is_named_only_if_they_like(lombok):
    key = made(lombok)
    phone = phone_of(lombok, "Warme Sjaal")
    assert typed(phone.get(f"{AT}/{key}").text, "shows_name") == "1", "the page asks it"
    for named in ("", "1"):
        assert phone.post(f"{AT}/{key}/against", data={"shows_name": named}).status_code == 303
        page = plain(lombok, f"{AT}/{key}")
        assert "1 buur wil dit liever niet" in page
        assert ("Warme Sjaal" in page) == bool(named)
    assert phone_of(lombok, "Blauwe Reiger").post(f"{AT}/{key}/against").status_code == 403
    assert phone.post(f"{AT}/{key}/not-against").status_code == 303
    assert "liever niet" not in plain(lombok, f"{AT}/{key}")
    with lombok.app_context(), writing():
        young = make.person(neighbourhoods.by_slug("lombok"), "Kleine Mus", is_young=True)
        service.disagree(queries.by_key(key), young.player_key, shows_name=True)
    assert "Kleine Mus" not in plain(lombok, f"{AT}/{key}")


def test_fifty_times_at_once_is_against_once(lombok):
    key = made(lombok)

    def disagree(_which: int) -> None:
        with lombok.app_context(), writing():
            service.disagree(queries.by_key(key), person("Warme Sjaal").player_key, False)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(disagree, range(50)))
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Against)) == 1


def test_with_who_made_it_a_promise_goes_from_every_page_at_once_and_from_every_row_later(lombok):
    key = made(lombok)
    phone_of(lombok, "Warme Sjaal").post(f"{AT}/{key}/against")
    with lombok.app_context(), writing():
        erasure.ask(person("Blauwe Reiger"), "Blauwe Reiger", None)
    assert read_everywhere(lombok, "fietsrek") == []
    assert lombok.test_client().get(f"{AT}/{key}").status_code == 404
    time.set(time.now() + timedelta(days=2))
    with lombok.app_context():
        erasure.sweep()
    assert rows_with(lombok, "fietsrek") == []
    assert rows_with(lombok, key) == []


def test_what_an_organisation_promised_survives_who_worked_there(lombok):
    host = join(lombok, Role.HOST, "hilde", "Gulle Theepot")
    lead = join(lombok, Role.COORDINATOR, "carla", "Vroege Merel")
    with_code(lead)
    key = made(lombok, who="Gulle Theepot", organisation="Kantwonen")
    with lombok.app_context(), writing():
        contributions.remove(VOW, db.session.scalars(select(Contribution).where(Contribution.key == key)).one())
        tag = person("Warme Sjaal").tag
    page = plain(lombok, f"{AT}/{key}")
    assert "Kantwonen" in page
    assert "Gulle Theepot" not in page
    assert say(host, key, KEPT).status_code == 403
    sent = {"letters": tag, "client_key": "k" * 26}
    assert host.post(f"/w/lombok/staff/promises/{key}", data=sent).status_code == 403
    assert lead.post(f"/w/lombok/staff/promises/{key}", data=sent).status_code == 303
    assert say(phone_of(lombok, "Warme Sjaal"), key, KEPT, "De banken staan er.").status_code == 303
    assert "De banken staan er." in plain(lombok, f"{AT}/{key}")


def test_erased_nothing_says_what_was_made_to_them_or_against_their_wish(lombok):
    key = made(lombok, to="Stille Fiets")
    with lombok.app_context(), writing():
        me = person("Stille Fiets").player_key
        service.show_receiver(key, me, shows_name=True)
        service.disagree(queries.by_key(key), me, shows_name=True)
        assert len(AROUND.export(me)) == 2
        AROUND.erase(me)
        assert AROUND.export(me) == []
    assert "Stille Fiets" not in plain(lombok, f"{AT}/{key}")


WHO = {"maker": "Blauwe Reiger", "receiver": "Stille Fiets", "stranger": "Warme Sjaal"}
MAY = {"maker": {KEPT, CHANGED, BROKEN}, "receiver": {RELEASED}, "coordinator": {RELEASED}, "stranger": set()}
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["maker", "receiver", "coordinator", "stranger"]),
        st.sampled_from([KEPT, CHANGED, BROKEN, RELEASED, "wait"]),
        st.sampled_from(["", "omdat", "daarom"]),
    ),
    max_size=10,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, is_for_one=st.booleans())
def test_whatever_is_tried_only_late_sets_itself_and_nobody_speaks_for_another(lombok, acts, is_for_one):
    time.set(datetime(2026, 5, 12, 9, tzinfo=time.AMSTERDAM))
    with lombok.app_context(), writing():
        here, keys = neighbourhoods.by_slug("lombok"), {who: person(name).player_key for who, name in WHO.items()}
        said = {**SAID, "tag": person("Stille Fiets").tag if is_for_one else None}
        one = contributions.hand_in(VOW, here, keys["maker"], said, "nl", named=False)
        contributions.say_yes(one, one.last, "an editor")
        done, due = [], time.today() + timedelta(days=8)
        for who, to, reason in acts:
            if to == "wait":
                time.set(time.now() + timedelta(days=5))
            else:
                new = (who, to, reason)
                has_part = who != ("coordinator" if is_for_one else "receiver") and to in MAY[who]
                runs = not done or done[-1][1] == CHANGED
                may = has_part and bool(reason) and runs and (done[-1:] != [new])
                is_again = (
                    has_part and done[-1:] == [new] and (to != CHANGED or due == time.today() + timedelta(days=3))
                )
                try:
                    attempt(queries.by_key(one.key), who, keys.get(who, "lead"), to, reason)
                    assert may or is_again, (acts, new)
                    if may:
                        done.append(new)
                        due = time.today() + timedelta(days=3) if to == CHANGED else due
                except Refusal:
                    assert not may, (acts, new)
                    assert not is_again, (acts, new)
            assert_stands(one.key, done, due)
        assert check.look().faults == []
        contributions.remove(VOW, one)


def attempt(promise, who: str, key: str, to: str, reason: str) -> None:
    roles = {Role.COORDINATOR} if who == "coordinator" else set()
    day = time.today() + timedelta(days=3) if to == CHANGED else None
    service.step(promise, to, key, roles, reason, "nl", day)


def assert_stands(key: str, done: list[tuple[str, str, str]], due) -> None:
    """As the steps say, but for late: that the day alone says."""
    [row] = queries.rows(queries.select_one(key))
    said = done[-1][1] if done else COURSE.begins
    assert [(one.state, one.words) for one in steps.of(COURSE.kind, key)] == [(to, reason) for _who, to, reason in done]
    assert row.state == (LATE if said in ("open", CHANGED) and due < time.today() else said)
