"""Gatherings: opened by who is known, looked at, moved or cancelled with words; a tap counts, a scan does not."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import func, select

from core import clock as time
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import Model, db, writing
from core.desk import service as deciding
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.places import queries as places
from core.refusal import Refusal
from core.steps import queries as steps
from game.gatherings import letters, queries, service, when
from game.gatherings.course import CANCELLED, COURSE, HOST, MOVED, OPENER
from game.gatherings.keeping import Keeper
from game.gatherings.kind import OPENING
from game.gatherings.models import Attendance
from game.gatherings.personal_data import ATTENDANCE
from game.scoring.models import Known
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join
from tests.forms import fault, key_in, words

pytestmark = pytest.mark.both
AT, MINE, TELL = "/w/lombok/gatherings", "/w/lombok/me/gatherings", "/w/lombok/me/gathering-reports"
DAY = "2026-05-12"
FORM = {"lang": "nl", "title": "Soep en plannen", "words": "Wat komt er onder de linde?", "spot": "bank", "day": DAY,
        "begins": "18:00", "until": "20:00"}  # fmt: skip
SAID = {name: FORM[name] for name in FORM if name != "lang"} | {"names": False}


def at(hour: int, minute: int = 0, day: int = 12) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=time.AMSTERDAM)


@pytest.fixture
def lombok(app, clock):
    time.set(at(9))
    with app.app_context():
        here, _season = make.world()
        with writing():
            db.session.add_all([make.spot(here), make.spot(here, "plein", name="Plein")])
    return app


def send(device, form=FORM, under=MINE, **change):
    key = key_in(device.get(f"{under}/new").text)
    return device.post(f"{under}/new", data={**form, "client_key": key, **change})


def looked_at(app, kind: str = "gathering", verdict: str = "good") -> str:
    with app.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        newest = select(Contribution.key).where(Contribution.kind == kind).order_by(Contribution.id.desc()).limit(1)
        key = db.session.scalars(newest).one()
        deciding.decide(here.id, kind, key, verdict, "an editor", Role.EDITOR, reason="")
    return key


def opened(app, name: str = "Blauwe Reiger", **change):
    """A gathering that everybody reads: the phone of who opened it, and its key."""
    phone = phone_of(app, name)
    assert send(phone, **change).status_code == 303
    return phone, looked_at(app)


def here_of(app, key: str) -> str:
    with app.app_context():
        return f"{AT}/{key}/here/{letters.of(key)}"


def many(app, key: str) -> int:
    with app.app_context():
        return queries.many([key]).get(key, 0)


def plain(device, path: str) -> str:
    return words(device.get(path).text)


def rows_with(app, word: str) -> list[str]:
    with app.app_context():
        rows = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
    return [row for row in rows if word in row]


PUBLIC = ("", "gatherings", "happening", "happening/feed.xml", "happening/calendar.ics", "gatherings/calendar.ics",
          "happening/paper", "spots/bank")  # fmt: skip


def read_everywhere(app, word: str) -> list[str]:
    reader = app.test_client()
    return [path for path in PUBLIC if word in reader.get(f"/w/lombok/{path}").text]


def test_it_is_read_once_an_editor_said_yes_and_nowhere_once_it_is_taken_back(lombok):
    phone = phone_of(lombok, "Blauwe Reiger")
    assert send(phone, named="1").status_code == 303
    assert read_everywhere(lombok, "Soep en plannen") == []
    key = looked_at(lombok)
    assert read_everywhere(lombok, "Soep en plannen") == list(PUBLIC)
    page = plain(lombok.test_client(), f"{AT}/{key}")
    assert "dinsdag 12 mei" in page.replace("\xa0", " ")
    assert "Geopend door Blauwe Reiger" in page
    assert phone.post(f"{MINE}/{key}/withdraw").status_code == 303
    assert read_everywhere(lombok, "Soep en plannen") == []
    assert lombok.test_client().get(f"{AT}/{key}/gathering.ics").status_code == 404
    assert rows_with(lombok, "Soep en plannen") == []


def test_a_newcomer_opens_none_and_keeps_what_they_typed(lombok):
    with lombok.app_context(), writing():
        me = db.session.scalars(select(Person).where(Person.name == "Stille Fiets")).unique().one()
        db.session.delete(db.session.get(Known, me.player_key))
    refused = send(phone_of(lombok, "Stille Fiets"))
    assert refused.status_code == 409
    assert "Soep en plannen" in refused.text
    assert "Ontmoet eerst een paar buren" in refused.text


@pytest.mark.parametrize(
    ("change", "field"),
    [({"until": "17:00"}, "until"), ({"day": "2026-05-11"}, "day"), ({"day": "2028-01-01"}, "day"),
     ({"begins": "25:00"}, "begins"), ({"spot": "nergens"}, "spot")],
)  # fmt: skip
def test_a_time_or_place_that_cannot_be_is_said_at_its_field(lombok, change, field):
    refused = send(phone_of(lombok, "Blauwe Reiger"), **change)
    assert refused.status_code == 422
    assert fault(refused.text, field)


def test_a_maker_shows_an_own_one_at_once_unless_it_names_somebody(lombok):
    device = join(lombok, Role.MAKER, "mies", "Gulle Theepot")
    with lombok.app_context(), writing():
        me = db.session.scalars(select(Person).where(Person.name == "Gulle Theepot")).unique().one()
        db.session.merge(Known(player=me.player_key, how="host", at=time.now()))
    send(device, title="Zonder iemand")
    assert "Zonder iemand" in lombok.test_client().get(AT).text
    send(device, title="Met Wies", names="1")
    assert "Met Wies" not in lombok.test_client().get(AT).text


def test_looking_at_the_code_counts_nobody_and_a_tap_counts_one(lombok):
    _phone, key = opened(lombok)
    time.set(at(18, 10))
    guest, way = phone_of(lombok, "Warme Sjaal"), here_of(lombok, key)
    for _time in range(3):
        assert "Ik ben er" in plain(guest, way)
    assert many(lombok, key) == 0
    for _time in range(2):
        assert guest.post(way).status_code == 303
    assert many(lombok, key) == 1
    assert guest.post(f"{AT}/{key}/here/222222").status_code == 404
    assert "Warme Sjaal" not in plain(lombok.test_client(), f"{AT}/{key}")
    assert guest.post(f"{AT}/{key}/name", data={"shows_name": "1"}).status_code == 303
    assert "Warme Sjaal" in plain(lombok.test_client(), f"{AT}/{key}")
    assert guest.post(f"{AT}/{key}/leave").status_code == 303
    assert many(lombok, key) == 0
    assert "Warme Sjaal" not in plain(lombok.test_client(), f"{AT}/{key}")


QUEUE = {"Accept": "application/json"}  # how a phone sends what it kept


def test_who_was_there_without_network_is_counted_days_later_in_their_own_name_alone(lombok):
    _phone, key = opened(lombok)
    guest, way = phone_of(lombok, "Warme Sjaal"), here_of(lombok, key)
    me = re.search(r'data-me="(\w+)"', guest.get(AT).text)[1]
    time.set(at(18, 10, day=22))  # ten days later
    waited = {"who": me, "age": str(10 * 24 * 3600)}
    for form in ({}, waited | {"age": str(9 * 24 * 3600)}):  # now, or made a day after it
        assert guest.post(way, data=form, headers=QUEUE).status_code == 409
    assert guest.post(way, data=waited | {"who": "ABCDEF"}, headers=QUEUE).status_code == 401
    for _time in range(2):
        answer = guest.post(way, data=waited, headers=QUEUE)
        assert (answer.status_code, answer.json) == (200, {"answered": "done", "next": f"{AT}/{key}"})
    assert many(lombok, key) == 1


def test_its_letters_typed_count_too_and_wrong_ones_say_so(lombok):
    _phone, key = opened(lombok)
    time.set(at(18, 10))
    guest = phone_of(lombok, "Warme Sjaal")
    wrong = guest.post(f"{AT}/{key}/letters", data={"letters": "222222"})
    assert (wrong.status_code, bool(fault(wrong.text, "typed-letters") or fault(wrong.text, "letters"))) == (422, True)
    with lombok.app_context():
        right = letters.of(key).lower()
    assert guest.post(f"{AT}/{key}/letters", data={"letters": right}).status_code == 303
    assert many(lombok, key) == 1


def test_fifty_arrivals_at_once_of_one_count_once(lombok):
    _phone, key = opened(lombok)
    time.set(at(18, 10))

    def arrive(_which: int) -> None:
        with lombok.app_context(), writing():
            here = neighbourhoods.by_slug("lombok")
            me = db.session.scalars(select(Person).where(Person.name == "Warme Sjaal")).unique().one()
            service.arrive(queries.one(here.id, key), me.player_key, False)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(arrive, range(50)))
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attendance)) == 1


def test_a_visitor_who_scans_is_told_how_they_are_counted_and_gets_no_cookie(lombok):
    _phone, key = opened(lombok)
    time.set(at(18, 10))
    visitor = lombok.test_client()
    seen = visitor.get(here_of(lombok, key))
    assert "Je hebt geen account nodig" in words(seen.text)
    assert "Set-Cookie" not in seen.headers
    assert visitor.post(here_of(lombok, key)).status_code == 401


def test_who_opened_it_counts_who_has_no_phone_once_a_tap(lombok):
    phone, key = opened(lombok)
    time.set(at(18, 10))
    sent = {"more": "1", "client_key": "k" * 26}
    for _time in range(2):
        assert phone.post(f"{AT}/{key}/others", data=sent).status_code == 303
    assert many(lombok, key) == 1
    for number in range(3):
        phone.post(f"{AT}/{key}/others", data={"more": "-1", "client_key": f"{number}" * 26})
    assert many(lombok, key) == 0, "never fewer than nobody"
    assert phone_of(lombok, "Warme Sjaal").post(f"{AT}/{key}/others", data=sent).status_code == 403


def test_at_the_desk_a_host_counts_whose_card_they_see_and_it_stands_in_the_log(lombok):
    _phone, key = opened(lombok)
    time.set(at(18, 10))
    host = join(lombok, Role.HOST, "hilde", "Gulle Theepot")
    with lombok.app_context():
        tag = db.session.scalars(select(Person.tag).where(Person.name == "Warme Sjaal")).one()
    for _time in range(2):
        assert host.post(f"{AT}/{key}/seen", data={"letters": tag}).status_code == 303
    assert many(lombok, key) == 1
    assert "Warme Sjaal" not in plain(lombok.test_client(), f"{AT}/{key}")
    assert len(rows_with(lombok, "gathering.count")) == 2


def test_everybody_reads_about_how_many_and_never_who_was_not_there(lombok):
    phone, key = opened(lombok)
    time.set(at(18, 10))
    reader = lombok.test_client()
    for number in range(12):
        phone.post(f"{AT}/{key}/others", data={"more": "1", "client_key": f"key{number:023}"})
        seen = plain(reader, f"{AT}/{key}")
        told = re.search(r"Ongeveer (\d+) buren", seen)
        assert (int(told[1]) if told else 0) == queries.about(number + 1)
    assert queries.about(4) == 0


def test_moved_it_says_so_with_words_everywhere_and_without_words_nothing_moves(lombok):
    phone, key = opened(lombok)
    sent = {"spot": "plein", "day": "2026-05-13", "begins": "19:00", "until": "21:00", "client_key": "k" * 26}
    refused = phone.post(f"{AT}/{key}/move", data=sent)
    assert refused.status_code == 422
    for _time in range(2):
        assert phone.post(f"{AT}/{key}/move", data={**sent, "words": "Het regent."}).status_code == 303
    page = plain(lombok.test_client(), f"{AT}/{key}").replace("\xa0", " ")
    assert "woensdag 13 mei" in page
    assert "Het regent." in page
    event = event_of(lombok, key)
    assert (event["SEQUENCE"], event["LOCATION"].startswith("Plein")) == (1, True)
    with lombok.app_context(), writing():
        one = db.session.scalars(select(Contribution)).one()
        contributions.hide(one)
        contributions.say_yes(one, one.last, "an editor")
        assert queries.by_key(key).begins_at == at(19, day=13), "hidden and shown again it stays moved"
        assert len(steps.of(COURSE.kind, key)) == 1


def test_cancelled_by_a_host_it_says_why_and_its_calendar_too(lombok):
    _phone, key = opened(lombok)
    host = join(lombok, Role.HOST, "hilde", "Gulle Theepot")
    page = host.get(f"{AT}/{key}").text
    assert "Cancel" not in plain(lombok.test_client(), f"{AT}/{key}")
    sent = {"words": "De kok is ziek.", "client_key": key_in(page)}
    assert host.post(f"{AT}/{key}/cancel", data=sent).status_code == 303
    assert "De kok is ziek." in plain(lombok.test_client(), f"{AT}/{key}")
    assert event_of(lombok, key)["STATUS"] == "CANCELLED"
    assert "Soep en plannen" not in lombok.test_client().get("/w/lombok/happening").text
    time.set(at(18, 10))
    assert phone_of(lombok, "Warme Sjaal").post(here_of(lombok, key)).status_code == 409


def event_of(app, key: str):
    one, of_all = (app.test_client().get(f"{AT}/{path}") for path in (f"{key}/gathering.ics", "calendar.ics"))
    for answer in (one, of_all):
        assert answer.mimetype == "text/calendar"
        assert b"\n" not in answer.data.replace(b"\r\n", b"")
        assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    [event] = Calendar.from_ical(of_all.data).walk("VEVENT")
    assert event.to_ical() == Calendar.from_ical(one.data).walk("VEVENT")[0].to_ical()
    return event


def test_a_calendar_has_it_at_the_same_moment_whatever_its_words(lombok):
    _phone, key = opened(lombok, title="Soep; brood, en\\meer", words="Een regel.\nBEGIN:VEVENT\nUID:vals")
    event = event_of(lombok, key)
    assert event["SUMMARY"] == "Soep; brood, en\\meer"
    assert event["DTSTART"].dt == at(18)
    assert event["DTEND"].dt == at(20)


def test_what_was_said_is_written_by_who_opened_it_and_read_once_an_editor_looked(lombok):
    phone, key = opened(lombok)
    said = {"lang": "nl", "words": "We willen een lange tafel.", "gathering": key}
    assert send(phone, said, TELL).status_code == 409, "it has not begun"
    time.set(at(19))
    assert send(phone_of(lombok, "Warme Sjaal"), said, TELL).status_code == 403
    assert send(phone, said, TELL).status_code == 303
    reader = lombok.test_client()
    assert "lange tafel" not in reader.get(f"{AT}/{key}").text
    looked_at(lombok, "gathering_report")
    assert "lange tafel" in reader.get(f"{AT}/{key}").text
    time.set(at(21))
    assert "met verslag" in plain(reader, AT)


def test_a_child_is_counted_and_never_named(lombok):
    _phone, key = opened(lombok)
    time.set(at(18, 10))
    with lombok.app_context(), writing():
        young = make.person(neighbourhoods.by_slug("lombok"), "Kleine Mus", is_young=True)
        service.arrive(queries.by_key(key), young.player_key, shows_name=True)
        service.show_name(key, young.player_key, shows_name=True)
    assert many(lombok, key) == 1
    assert "Kleine Mus" not in plain(lombok.test_client(), f"{AT}/{key}")


def test_erased_nothing_says_that_they_were_there(lombok):
    _phone, key = opened(lombok)
    time.set(at(18, 10))
    with lombok.app_context(), writing():
        me = db.session.scalars(select(Person).where(Person.name == "Warme Sjaal")).unique().one()
        service.arrive(queries.by_key(key), me.player_key, shows_name=True)
        assert ATTENDANCE.export(me.player_key)[0]["gathering"] == key
        ATTENDANCE.erase(me.player_key)
    assert many(lombok, key) == 0
    assert "Warme Sjaal" not in plain(lombok.test_client(), f"{AT}/{key}")


def test_the_poster_is_for_who_keeps_it(lombok):
    phone, key = opened(lombok)
    with lombok.app_context():
        code = letters.of(key)
    assert code[:3] in phone.get(f"{AT}/{key}/poster?paper=a3").text
    assert phone_of(lombok, "Warme Sjaal").get(f"{AT}/{key}/poster").status_code == 403
    assert code[:3] not in plain(lombok.test_client(), f"{AT}/{key}")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["move", "cancel", "arrive", "leave", "hour"]),
        st.sampled_from([OPENER, HOST]),
        st.sampled_from(["", "omdat", "daarom"]),
    ),
    max_size=12,
)


class Expected:
    """What may be, said a second time and apart from the product."""

    def __init__(self) -> None:
        self.said, self.there, self.begins = [], False, at(18)

    def may(self, act: str, step: tuple[str, str, str]) -> bool:
        now, ended = time.now(), any(state == CANCELLED for state, *_more in self.said)
        if act == "arrive":
            return not ended and self.begins - timedelta(hours=1) <= now < self.begins + timedelta(hours=5)
        if act not in STEPS:
            return True
        is_again = self.said[-1:] == [step]
        until = self.begins + timedelta(hours=2 * (act == "cancel"))
        return now < until and ((is_again and act == "cancel") or (bool(step[2]) and not ended and not is_again))

    def did(self, act: str, step: tuple[str, str, str]) -> None:
        if act in STEPS and self.said[-1:] != [step]:
            self.said.append(step)
        self.begins += timedelta(days=act == "move")
        self.there = {"arrive": True, "leave": False}.get(act, self.there)


STEPS = {"move": MOVED, "cancel": CANCELLED}


def attempt(gathering, act: str, as_what: str, reason: str) -> None:
    later = when.When(*(moment + timedelta(days=1) for moment in (gathering.begins_at, gathering.ends_at)))
    plein, keeper = places.by_key(gathering.neighbourhood_id, "plein"), Keeper("x", as_what)
    {
        "hour": lambda: time.set(time.now() + timedelta(hours=3)),
        "move": lambda: service.move(gathering, plein, later, keeper, reason, "nl"),
        "cancel": lambda: service.cancel(gathering, keeper, reason, "nl"),
        "arrive": lambda: service.arrive(gathering, "somebody", False),
        "leave": lambda: service.leave(gathering.key, "somebody"),
    }[act]()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_tried_it_goes_by_words_and_by_the_clock_alone(lombok, acts):
    time.set(at(9))
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        me = db.session.scalars(select(Person).where(Person.name == "Blauwe Reiger")).unique().one()
        made = contributions.hand_in(OPENING, here, me.player_key, SAID, "nl", named=False)
        contributions.say_yes(made, made.last, "an editor")
        gathering, model = queries.by_key(made.key), Expected()
        for act, as_what, reason in acts:
            step = (STEPS.get(act, ""), as_what, reason)
            may = model.may(act, step)
            try:
                attempt(gathering, act, as_what, reason)
                assert may, (acts, act)
                model.did(act, step)
            except Refusal:
                assert not may, (acts, act)
        assert [(one.state, one.as_what, one.words) for one in steps.of(COURSE.kind, made.key)] == model.said
        assert queries.many([made.key]).get(made.key, 0) == model.there
        contributions.remove(OPENING, made)
