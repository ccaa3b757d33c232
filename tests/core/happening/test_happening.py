"""What happens here: each part says its own, and page, paper, calendar, feed, wall and command show the same."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from flask import Flask
from icalendar import Calendar

from core import clock as time
from core.database import db, writing
from core.feeds import ATOM
from core.happening.goings_on import GOINGS_ON, MOST, GoingOn, Sort, Way
from tests import make

AT = "/w/lombok/happening"
HOUR = timedelta(hours=1)


def going_on(key: str, sort: Sort, name: str, **more: object) -> GoingOn:
    return GoingOn(key, sort, name, "happening.show", {"of": key}, "hinkel", **more)


@pytest.fixture
def lombok(app: Flask, clock, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A neighbourhood in which parts have soup tonight, a tree next week, bikes to share, and what became of a lamp."""
    with app.app_context(), writing():
        make.neighbourhood()
    monkeypatch.setitem(app.extensions["registries"], GOINGS_ON.name, {"of the tests": (0, said_here)})
    return app


def said_here(_here: object) -> list[GoingOn]:
    now = time.now()
    return [
        going_on("bikes", Sort.OPEN, "Fietsen delen", about="7 buren", way=Way.HELP, since=now - 50 * HOUR),
        going_on("tree", Sort.TIMED, "Een boom planten", begins=now + 7 * 24 * HOUR, ends=now + 170 * HOUR),
        going_on("soup", Sort.TIMED, "Soep, en <plannen>", begins=now + 6 * HOUR, ends=now + 8 * HOUR, language="nl",
                 where="Lindeplein", names=("Groene Thee",), others=10, way=Way.MEET, since=now - HOUR),
        going_on("over", Sort.TIMED, "Koffie van vanmorgen", begins=now - 3 * HOUR, ends=now - HOUR),
        going_on("lamp", Sort.BECAME, "Licht in de steeg", about="gedaan", since=now - 2 * HOUR),
    ]  # fmt: skip


def test_the_page_says_what_is_today_what_comes_what_is_open_and_what_became(lombok):
    page = lombok.test_client().get(AT).text
    order = [page.index(text) for text in ("Soep, en", "Een boom", "Fietsen delen", "Licht in de steeg")]
    assert order == sorted(order)
    assert "Soep, en &lt;plannen&gt;" in page
    assert "18.00 – 20.00" in page
    assert "Groene Thee" in page
    assert "en nog ongeveer 10" in page
    assert "Koffie" not in page


def test_what_goes_on_at_midnight_and_over_it_is_of_today(lombok, clock):
    clock.set(time.now().replace(hour=22, minute=30))  # half past midnight in Amsterdam
    began = going_on("night", Sort.TIMED, "Nacht", begins=time.now() - 3 * HOUR, ends=time.now() + HOUR)
    assert began.is_now
    assert began.day == time.today()


def test_the_calendar_is_read_by_its_library_and_has_what_can_be_gone_to(lombok, clock):
    answer = lombok.test_client().get(f"{AT}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    events = {str(event["summary"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    assert set(events) == {"Soep, en <plannen>", "Een boom planten"}
    soup = events["Soep, en <plannen>"]
    assert soup.decoded("dtstart") == time.now() + 6 * HOUR
    assert soup.decoded("dtend") == time.now() + 8 * HOUR
    assert str(soup["location"]) == "Lindeplein"
    assert str(soup["url"]).endswith("/w/lombok/happening?of=soup")
    assert b"Groene Thee" not in answer.data


def test_the_feed_has_what_is_new_the_newest_first(lombok):
    feed = ElementTree.fromstring(lombok.test_client().get(f"{AT}/feed.xml").data)
    titles = [entry.findtext(f"{{{ATOM}}}title") for entry in feed.iter(f"{{{ATOM}}}entry")]
    assert titles == ["Soep, en <plannen>", "Licht in de steeg", "Fietsen delen"]


def test_who_will_live_here_reads_whom_to_meet_and_where_a_hand_is_welcome(lombok):
    page = lombok.test_client().get(f"{AT}/moving-in").text
    assert page.index("Ontmoet ons") < page.index("Soep, en") < page.index("Er valt nu niets te kiezen.")
    assert page.index("Doe samen iets") < page.index("Fietsen delen")
    assert "Licht in de steeg" not in page


def test_the_command_says_what_the_page_says_one_line_each(lombok):
    said = lombok.test_cli_runner().invoke(args=["happening", "lombok"])
    assert said.exit_code == 0
    lines = [line.split("\t") for line in said.output.strip().splitlines()]
    assert [(line[0], line[2]) for line in lines] == [
        ("today", "Soep, en <plannen>"), ("soon", "Een boom planten"), ("open", "Fietsen delen"),
        ("became", "Licht in de steeg"),
    ]  # fmt: skip
    assert lombok.test_cli_runner().invoke(args=["happening", "nowhere"]).exit_code != 0


def test_of_what_became_only_the_newest_stand_there(lombok, clock, monkeypatch):
    many = [going_on(f"old-{n}", Sort.BECAME, f"Oud {n:02}", since=time.now() - n * HOUR) for n in range(MOST + 5)]
    monkeypatch.setitem(lombok.extensions["registries"], GOINGS_ON.name, {"old": (0, lambda _here: many)})
    page = lombok.test_client().get(AT).text
    assert "Oud 00" in page
    assert f"Oud {MOST:02}" not in page


def test_an_open_house_is_on_it_and_a_closed_one_is_not(app, clock):
    with app.app_context(), writing():
        here = make.neighbourhood()
        db.session.add(make.spot(here, kind="hq", name="De Huiskamer", hours={"tu": [["09:00", "17:00"]]}))
    page = app.test_client().get(AT).text
    assert "De Huiskamer" in page
    assert "open tot 17.00" in page
    clock.set(time.now() + 12 * HOUR)
    assert "De Huiskamer" not in app.test_client().get(AT).text


def test_where_nothing_goes_on_it_says_what_to_do(app, clock):
    with app.app_context(), writing():
        make.neighbourhood()
    page = app.test_client().get(AT).text
    assert "Er is niets gepland" in page
    assert "Ik heb een idee" in page
    assert "Kom je hier wonen?" in page
