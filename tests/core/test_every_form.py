"""Every form of the product: sent twice it is one, refused it keeps what was typed, saved it says so, and it is inert.

The forms are found by walking the map of addresses: whoever may send one opens the pages that they may open, with
things of their own (tests/core/objects.py), until one of those pages has the form. It is sent as the page has it.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

import core.clock
from core.codes import new_key
from core.contributions.models import Contribution
from core.database import Model, db, writing
from core.guard import Role
from core.people import cards, households, mail_links
from core.people.cards import WayBack
from core.people.models import Person
from core.places.models import Spot
from core.receipts import service as receipts
from core.staff import queries as staff
from core.staff import second_factor
from core.staff import service as signing_in
from core.staff.models import Account, Invitation, Session
from core.survey import queries as survey_waves
from core.survey import service as surveys
from game.encounters import service as meetings
from game.scoring import newcomers
from game.seasons import queries as seasons
from game.seasons.models import Season
from game.teams import service as teams
from tests import make
from tests.conftest import NOON
from tests.core import dialogues, objects
from tests.core.classes import lesson
from tests.core.objects import ADMIN, Reach
from tests.core.setting_up.test_new import area, geojson
from tests.core.staff.test_pages import PASSWORD, join, with_code
from tests.core.test_matrix import ANOTHERS, MINE, PLAYER, VISITOR, WHOSE, World, may, rows
from tests.forms import key_in, told, twice_at_once, words
from tests.sheets import TYPED, Sheet, sheets
from tests.tours.stories.test_hostile import live

WALKED = (
    VISITOR,
    PLAYER,
    "teacher",
    "host",
    "maker",
    "editor",
    "coordinator",
)  # a form is tried by the first who may send it
LONG = "x" * 3000
SCRIPT = "\"'><script>window.owned=1</script><b onmouseover=window.owned=1 x='"
HOSTILE: dict[str, str | bytes] = {  # tests/tours/stories/test_hostile.py has more, for stories
    "half a sign": b"\xed\xa0\x80 \xff\xfe",
    "signs of control": "a\r\nSet-Cookie: owned=1\x07\x1b[2J\x85\u2028\0",
    "a large number": "99999999999999999999",
}
WORDS = {"text", "search", "textarea"}  # a day stays a day
NOT_COUNTED = {  # by which a form is known again; each act of staff is logged; the key of what was taken back
    "sent_form", "audit_entry", "contribution_taken_back", "dialogue_gone",
}  # fmt: skip

LATER = {  # who has the form, although others may send it too
    "people.do_erase": "maker",
    "people.do_leave": PLAYER,
    "people.undo_erase": "maker",
    "staff.give_up": "host",
    "staff.leave": "host",
    **{f"reactions.{name}": PLAYER for name in ("do_again", "name", "withdraw")},
    **{f"{kind}.{name}": PLAYER for kind in ("sent_gatherings", "sent_reports") for name in ("do_again", "withdraw")},
    **{f"sent_{kind}.name": PLAYER for kind in ("gatherings", "reports", "promises")},
    **{f"promises.{name}": PLAYER for name in ("step", "not_against", "name")},
    **{f"sent_promises.{name}": PLAYER for name in ("do_again", "withdraw")},
    **{f"gatherings.{name}": PLAYER for name in ("move", "cancel", "others", "seen", "leave", "name")},
    **{f"sent_ideas.{name}": PLAYER for name in ("do_again", "name", "withdraw")},
    "ideas.appeal": PLAYER,
    **{f"sent_offers.{name}": PLAYER for name in ("do_again", "name", "withdraw")},
    "initiatives.appoint": "editor",
    "initiatives.give_back": PLAYER,
    **{f"sent_questions.{name}": PLAYER for name in ("do_again", "name", "withdraw")},
    **{f"dialogues.{name}": PLAYER for name in ("reply", "take_back", "write", "sign", "withdraw", "not_yet")},
    **{f"stories.{name}": PLAYER for name in ("appeal", "do_change", "do_review", "do_uses", "name", "withdraw")},
    "stories.do_type_out": PLAYER,
    "walks.answer": PLAYER,
    **{f"stories.{name}": PLAYER for name in ("guard_yes", "guard_wish", "guard_end", "guard_no")},
    **{f"stories.{name}": PLAYER for name in ("pupil_yes", "pupil_no")},
}
NO_FORM = {
    "albums.replaced": "a single button, once a printed photo went: tests/game/encounters/test_season_album.py",
    "lessons.keep": "a single button, once a file was read: tests/tours/lessons/test_files.py",
    "lessons.do_bring": "it takes a file: tests/tours/lessons/test_files.py",
    "walks.keep": "a single button, once a file was read: tests/tours/walks/test_import.py",
    "walks.do_bring": "it takes a file: tests/tours/walks/test_import.py",
    "demo.do_enter": "a single button, in the demo alone: tests/core/test_demo.py",
    **{
        f"stories.{name}_sound": "the recorder sends a voice while it is spoken: tests/browser/test_voice.py"
        for name in ("begin", "add", "finish")
    },
    "desk.blur": "the brush sends the photo that it painted: tests/browser/test_brush.py",
    "receipts.close": "a single button, where a receipt is open: tests/core/receipts",
    "receipts.reissue": "nothing is handed in with one yet: tests/core/receipts",
    "encounters.allow": "a single button, where two reports became one: tests/game/encounters/test_pages.py",
}
OWN_ANSWER = {  # what the page says to which it leads, where that is the answer
    "challenges.retire": "<undo-moment",  # which says it and takes it back
    "desk.decide": "<undo-moment",
    "desk.undo": "<undo-moment",
    "encounters.do_another": "Nu is",  # whose turn it is
    "encounters.do_hand_in": "Laat dit scannen",  # a meeting says how it stands
    "encounters.do_here": "Zijn jullie dit?",
    "encounters.enter": "Doe mee met",
    "encounters.join": "Zijn jullie dit?",
    "encounters.new_code": "Laat dit scannen",
    "encounters.no": "Je zei nee",
    "encounters.take_back": "De foto is weg",
    "classes.do_join": "Jullie zijn de",
    "classes.go": "Halte 2",
    "pupils.do_send": "Je kind schreef een verhaal",  # the letter, shown once
    "pupils.letter": "Je kind schreef een verhaal",
    "encounters.yes": "Jullie hebben elkaar ontmoet",
    "pages.language": 'lang="en"',
    "people.do_erase": "Je bent gewist",
    "people.issue_card": "Bewaar dit als een sleutel",
    "places.do_letters": "Bank ",  # the place whose letters they are
    "places.remove": "<undo-moment",
    "printing.make_cards": "Spelerskaarten",
    "printing.put_up": "Alles voor de straat",
    "reactions.do_propose": "Bewaar deze bon",
    "sent_ideas.do_propose": "Bewaar deze bon",
    "ideas.do_enter": "De bon",
    "sent_questions.do_propose": "Bewaar deze bon",
    "dialogues.do_card": "Bewaar deze bon",
    "dialogues.do_paper": "Bewaar deze bon",
    "stories.do_write": "Bewaar deze bon",
    "walls.make": "Een nieuw scherm",
    "headquarters.new_card": "Spelerskaarten",
    "headquarters.new_player": "Spelerskaarten",
    "headquarters.open_card": "speelt op papier",
    "teams.make_letters": "Brieven met een code",
    "staff.begin_code": "<svg",
    "staff.do_again": "Het team",  # where they were going
    "staff.do_code": "papier",
    "staff.do_invite": "Geef deze link aan één persoon",
    "staff.do_paper": "papier",
}
NEVER_REFUSED = {
    "visits.at_challenge": "the right position outweighs a wrong answer: tests/game/visits/test_pages.py",
}
MAKES_MORE = {
    "walks.step": "each press of undo goes one change further back",
    "desk.do_report": "two reports of a thing are one item at the desk",
    "people.do_back": "each time one signs in, this device gets another token",
    "staff.do_enter": "each time one signs in, this device gets another token",
    "encounters.new_code": "each press makes other letters, and those before open nothing any more",
}
BY_THEMSELVES = {  # what makes something without a key of the form: by what there is one of it
    "classes.do_erase": "that a class went: of a class",
    "challenges.do_find": "of a player and a challenge",
    "challenges.do_pack": "a challenge of the pack has a key",
    "desk.decide": "an answer of an editor to what they saw",
    "dialogues.join_table": "of a player and a table",
    "desk.suspend": "a player has one pause at a time",
    "desk.suspend_long": "a player has one pause at a time",
    "encounters.block": "of a player and whom they do not want to meet",
    "encounters.words": "of a player and a meeting",
    "encounters.yes": "of a player and a meeting",
    "headquarters.say_yes": "of a player and a meeting",
    "headquarters.answer": "of a player and a meeting",
    "headquarters.ask": "of a player and a meeting",
    "headquarters.appeal": "of an answer",
    "headquarters.choose": "of a player, a photo and who may see it",
    "people.answer_household": "of two who live together",
    "people.ask_household": "of two who live together",
    "people.confirm_email": "of a player",
    "people.do_block": "of a player and whom they do not want to meet",
    "people.do_erase": "of a player",
    "people.undo_erase": "of a player: it shows again what went out of sight",
    "photos.choose": "of a player, a photo and who may see it",
    "places.wrong": "of a place, a day and what is wrong",
    "printing.put_up": "of a place that has none",
    "scoring.ask": "of a player and a meeting",
    "setting_up.draw": "of a neighbourhood and the name of a zone",
    "ranking.choose": "of a player, the last one counts",
    "stories.do_review": "of a teller and a version",
    "stories.do_uses": "of a teller, a story and a use",
    "walks.add": "a story is in a walk once, and a place not twice in a row",
    "walks.answer": "of a teller, a story and a walk",
    "stories.guard_yes": "of who cares for a teller and a version",
    "stories.guard_wish": "of who cares for a teller, the last one counts",
    "stories.guard_end": "of who cares for a teller and a version",
    "stories.pupil_yes": "of a pupil's story, once",
    "stories.do_rest": "a story has one pause at a time",
    "stories.go_on": "a story has one pause at a time",
    "walks.walked": "of a walk and the id that a phone made up for it",
    "initiatives.take": "of a player and a need",
    "visits.at_challenge": "of a player, a place and a day",
    "visits.at_spot": "of a player, a place and a day",
}


def endpoints(app: Flask, who: str) -> list[str]:
    """The routes that take a form, and that this is the first to reach."""
    takes = sorted({rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods})
    firsts = {one: next((each for each in WALKED if may(each, one, "lombok")), None) for one in takes}
    return [one for one in takes if LATER.get(one, firsts[one]) == who]


# ---- what people do before, and what they type where the thing itself does not say it


def inside(world: World, do: Callable[[], Any]) -> Any:
    """Something that happened before, or what somebody holds in their hand."""
    with world.app.app_context(), world.app.test_request_context("/w/lombok/"), writing():
        return do()


def me(word: str = MINE) -> Person:
    """The first of who has this word in their name."""
    return db.session.scalars(select(Person).where(Person.name.endswith(word)).order_by(Person.id)).unique().first()


def of_app(secret: Callable[[Account], str]) -> Callable[[World], dict[str, str]]:
    """A code of the app that has this secret, a while later: none serves twice."""

    def code(world: World) -> dict[str, str]:
        core.clock.set(core.clock.now() + timedelta(minutes=2))
        return {"code": pyotp.TOTP(inside(world, lambda: secret(staff.account_of(me())))).at(core.clock.now())}

    return code


def in_force(account: Account) -> str:
    return second_factor._open(account.totp_secret)


def waiting(account: Account) -> str:
    here = select(Session).where(Session.account_id == account.id, Session.next_secret.is_not(None))
    return second_factor.next_secret(db.session.scalars(here).one())


def mailed(world: World) -> dict[str, str]:
    """The code in the mail to who gave their address."""

    def link() -> str:
        asked = mail_links.EmailAsk(person_id=me(ANOTHERS).id, address="a@buurt.example")
        return mail_links.new_link(asked, me(ANOTHERS))

    return {"code": inside(world, link)}


def has_address(world: World, _device: FlaskClient) -> None:
    kept = {"person_id": inside(world, lambda: me().id), "address": "a@buurt.example", "confirmed_at": core.clock.now()}
    inside(world, lambda: db.session.add(mail_links.EmailAddress(**kept)))


def lives_together(world: World, _device: FlaskClient) -> None:
    def say_yes() -> None:
        households.ask(me(ANOTHERS), me())
        households.answer(me(), households.waiting_for(me())[0].key, True)

    inside(world, say_yes)


def letters_of_code(world: World) -> dict[str, str]:
    return {"code": inside(world, lambda: coded(me(ANOTHERS), me(ANOTHERS))[0]["ref"])}


def coded(one: Person, other: Person) -> Reach:
    """A meeting that lacks the other, by the letters of its code."""
    asked = objects.meeting_of(one, None, objects.word_of(one))
    return {"ref": meetings.new_code(asked.id, one).letters}, {}


def account(world: World) -> dict[str, str]:
    """What somebody of the team signs in with."""

    def accept() -> None:
        here = me(ANOTHERS).neighbourhood_id
        signing_in.accept(signing_in.invite(here, Role.MAKER, None, ADMIN), me(ANOTHERS), "maker", PASSWORD)

    inside(world, accept)
    return {"login": "maker", "password": PASSWORD}


def invitation(world: World) -> dict[str, str]:
    token = inside(world, lambda: signing_in.invite(me(ANOTHERS).neighbourhood_id, Role.MAKER, None, ADMIN))
    return {"token": token, "login": "nieuw", "password": PASSWORD}


def letter(world: World) -> dict[str, str]:
    """The code of a letter that somebody found behind their door."""

    def put_there() -> str:
        return teams.make_letters(me(ANOTHERS).neighbourhood_id, None, 8)[1][0]

    return {"code": inside(world, put_there), "name": "Rode Laars"}


def in_a_team(world: World, _device: FlaskClient) -> None:
    """Of a team, by a letter."""

    def join() -> None:
        here = me().neighbourhood_id
        teams.use(me(), teams.make_letters(here, teams.make_team(here, "Het koor"), 8)[1][0])

    inside(world, join)


def season_over(world: World, _device: FlaskClient) -> None:
    """It ended in the night."""

    def end() -> None:
        season = seasons.shown(me(ANOTHERS).neighbourhood_id)
        season.starts_on -= timedelta(days=26)
        season.ends_on = core.clock.today() - timedelta(days=1)

    inside(world, end)


def survey_over(world: World, _device: FlaskClient) -> None:
    """The one before was closed."""
    inside(world, lambda: surveys.close(survey_waves.open_now(me(ANOTHERS).neighbourhood_id)))


def erased(world: World, device: FlaskClient) -> None:
    device.post("/w/lombok/me/erase", data={"name": inside(world, lambda: me().name)})


def known(world: World, _device: FlaskClient) -> None:
    """By a host."""
    inside(world, lambda: newcomers.welcome(me().neighbourhood_id, [me().player_key], "host"))


def known_with_a_place(world: World, device: FlaskClient) -> None:
    """The same, and a place where neighbours can come together."""
    known(world, device)
    inside(world, lambda: db.session.add(make.spot(me().neighbourhood, "stoep")))


PLACE = {"name": "De pomp", "lat": "52.0912", "lon": "5.1013", "radius": "40"}
THINGS = {
    "classes.leave": objects.school_class,
    "lessons.do_new": objects.public_walk,
    "mirror.do_answer": objects.factor,
    "encounters.join": coded, "places.do_letters": objects.plate, "proposals.name": objects.taken_place,
    "drafts.name": objects.shown_draft, "stories.guard_end": objects.cared_for_story,
    "stories.name": objects.shown_story, "stories.do_review": objects.signed_story,
    "stories.appeal": objects.sent_back_story, "reactions.name": objects.shown_memory,
    "reactions.do_propose": objects.shown_story,
    "dialogues.do_new": dialogues.planned_hour, "dialogues.name": dialogues.professional,
    "dialogues.lay_table": dialogues.planned_hour, "sent_questions.do_propose": dialogues.open_hour,
    "sent_questions.name": dialogues.shown_inquiry,
    "sent_promises.name": objects.shown_promise, "promises.step": objects.kept_promise,
    "sent_gatherings.name": objects.shown_gathering, "sent_reports.name": objects.shown_report,
    "sent_reports.do_propose": objects.told_gathering,
    "sent_offers.name": objects.shown_offer,
    "sent_ideas.name": objects.shown_idea, "prompts.name": objects.shown_question, "notes.name": objects.shown_note,
    "notes.do_propose": objects.waiting_note, "reasons.name": objects.shown_reason,
    "reasons.do_propose": objects.shown_reason,
}  # fmt: skip
BEFORE: dict[str, Callable[[World, FlaskClient], Any]] = {
    "people.forget_email": has_address,
    "sent_gatherings.do_propose": known_with_a_place,
    "sent_offers.do_propose": known,
    "sent_promises.do_propose": known,
    "people.leave_household": lives_together,
    "people.undo_erase": erased,
    "printing.put_up": lambda world, _device: inside(world, lambda: objects._spot(me())),
    "scoring.do_reveal": season_over,
    "survey.begin": survey_over,
    "teams.leave": in_a_team,
    "staff.do_code": lambda _world, device: device.post("/w/lombok/staff/code/new"),
}


def code_of_class(world: World) -> dict[str, str]:
    """On the board of a class."""
    lesson.in_force(world.app)
    return {"code": inside(world, lambda: lesson.opened(me(ANOTHERS)).code)}


SAID: dict[str, Callable[[World], dict[str, Any]]] = {
    "walks.do_new": lambda _world: {"title": "Rondje"},
    "lessons.do_new": lambda _world: {"title": "Les", "minutes": "90", "level": "groep-6"},
    "challenges.do_change": lambda _world: {"see": False},
    "challenges.do_new": lambda _world: {**objects.FORM, "see": False},
    "choices.do_new": lambda _world: {
        "title": "Wat komt er?",
        "fixed": "Er is geld.",
        "undecided": "Wat.",
        "option_1": "Bank",
        "option_2": "Boom",
        "mode": "secret",
        "closes_on": "2026-06-05",
    },
    "reasons.do_propose": lambda _world: {"side": "for", "words": "Dat helpt."},
    "drafts.do_propose": lambda _world: objects.FORM,
    "survey.fill_in": lambda _world: {"contact": "4"},
    "mirror.do_answer": lambda _world: {"does": "yes", "why": "Zo."},
    "notes.do_propose": lambda _world: {"words": "Ik zag een buur."},
    "encounters.do_hand_in": lambda _world: {"without": "1"},
    "encounters.enter": letters_of_code,
    "people.ask_back": lambda _world: {"address": "a@buurt.example"},
    "people.confirm_email": mailed,
    "people.do_back": lambda world: {"code": inside(world, lambda: cards.issue(me(ANOTHERS)))},
    "people.do_erase": lambda world: {"name": inside(world, lambda: me().name)},
    "people.give_email": lambda _world: {"address": "a@buurt.example"},
    "places.do_new": lambda _world: PLACE,
    "printing.make_cards": lambda _world: {"names": "Gele Jas"},
    "prompts.do_propose": lambda _world: {"question": "Hoe was het?", "theme": "shops"},
    "reactions.do_propose": lambda _world: {"words": "Dat ken ik."},
    "ideas.do_enter": lambda _world: {"title": "Een ruiltafel", "sort": "activity"},
    "sent_promises.do_propose": lambda _world: {
        "what": "Een bank",
        "to_whom": "de buurt",
        "due_on": core.clock.today().isoformat(),
    },
    "sent_gatherings.do_propose": lambda _world: {
        "title": "Soep",
        "day": core.clock.today().isoformat(),
        "begins": "18:00",
        "until": "20:00",
        "spot": "stoep",
    },
    "sent_reports.do_propose": lambda _world: {"words": "Er was soep."},
    "sent_offers.do_propose": lambda _world: {"words": "Ik plak banden.", "sort": "can"},
    "sent_ideas.do_propose": lambda _world: {"title": "Een ruiltafel", "sort": "activity"},
    "dialogues.do_new": lambda _world: {"day": "2026-06-04", "begins": "14:00", "ends": "15:00"},
    "professionals.appoint": lambda world: {
        "letters": inside(world, lambda: me(ANOTHERS).tag),
        "organisation": "Kantwonen",
        "role": "beheerder",
    },
    "stories.do_write": lambda _world: {"title": "De brug", "words": "Het was koud."},
    "receipts.open": lambda world: {
        "code": inside(world, lambda: receipts.issue(me(ANOTHERS).neighbourhood_id, new_key()))
    },
    "proposals.do_propose": lambda _world: {**PLACE, "lang": "nl"},
    "pages.language": lambda _world: {"code": "en", "lang": "en"},
    "seasons.do_new": lambda _world: {"theme-nl": "Deuren open"},
    "setting_up.draw": lambda _world: {"areas": geojson(area("Noord"), area("Zuid"), area("Plein"))},
    "headquarters.new_player": lambda _world: {"name": "Gele Jas", "age": "adult"},
    "classes.do_join": code_of_class,
    "walls.make": lambda _world: {"name": "Bij de deur"},
    "partners.add": lambda _world: {"name": "De club", "about": "Voetbal.", "gives": "", "website": ""},
    "teams.make": lambda _world: {"name": "Het koor"},
    "teams.use": letter,
    "staff.change_password": lambda _world: {"password": PASSWORD, "new": "tien droge schoenen"},
    "staff.do_again": of_app(in_force),
    "staff.do_code": of_app(waiting),
    "staff.do_enter": account,
    "staff.do_invited": invitation,
}
PAGES = {  # where a form stands that no plain address has
    "classes.go": lambda reach: f"/w/lombok/class/{reach[0]['token']}/1",
    "challenges.do_new": lambda _reach: "/w/lombok/staff/challenges/new?kind=together",
    "desk.decide": lambda reach: f"/w/lombok/desk/?item={reach[0]['kind']}.{reach[0]['key']}",
    **{
        f"headquarters.{name}": lambda reach: f"/w/lombok/host/for/{reach[0]['signed']}"
        for name in ("answer", "ask", "choose", "new_card", "withdraw")
    },
    "notes.do_propose": lambda reach: f"/w/lombok/me/notes/new?challenge={reach[0]['challenge']}",
    "sent_questions.do_propose": lambda reach: f"/w/lombok/me/asked/new?hour={reach[0]['key']}",
    "sent_reports.do_propose": lambda reach: f"/w/lombok/me/gathering-reports/new?gathering={reach[0]['key']}",
    "reactions.do_propose": lambda reach: f"/w/lombok/me/memories/new?story={reach[0]['key']}",
    "reasons.do_propose": lambda reach: f"/w/lombok/me/reasons/new?about={reach[0]['about']}",
    "walks.walked": lambda reach: f"/w/lombok/walks/{reach[0]['key']}/end",
    "walks.answer": lambda reach: f"/w/lombok/stories/mine/{reach[1]['story']}",
    "desk.undo": lambda reach: f"/w/lombok/desk/?done={reach[0]['key']}",
}


class Maker(NamedTuple):
    """Somebody makes something at an address, with these words."""

    role: Role | None
    address: str
    words: dict[str, str]
    made: type[Model]


MAKERS = (
    Maker(None, "/w/lombok/join", {"name": "Rode Laars", "age": "adult"}, Person),
    Maker(None, "/w/lombok/me/places/new", {**PLACE, "lang": "nl"}, Contribution),
    Maker(Role.MAKER, "/w/lombok/staff/spots/new", PLACE, Spot),
    Maker(Role.MAKER, "/w/lombok/print/cards", {"names": "Gele Jas", "age": "adult"}, WayBack),
    Maker(
        Role.COORDINATOR,
        "/w/lombok/staff/season",
        {"theme-nl": "Deuren open", "starts_on": "2026-07-06", "days": "28"},
        Season,
    ),
    Maker(Role.COORDINATOR, "/w/lombok/staff/invite", {"role": "host"}, Invitation),
)


class Found(NamedTuple):
    """Where a form stands, and what is filled in."""

    endpoint: str
    path: str
    reach: Reach


class Walk:
    """One who walks through the pages."""

    def __init__(self, world: World) -> None:
        self.world, self.app = world, world.app
        self.urls = world.app.url_map.bind("localhost")
        self.things = self._things()
        self.without_a_key: set[str] = set()
        self.seen: dict[str, list[Sheet]] = {}
        self.start = {name: world.device.get_cookie(name) for name in ("device", "staff")}

    def _things(self) -> dict[str, Reach]:
        """What each route is about: mine where I may do it to mine, or else another's."""
        own, who = endpoints(self.app, self.world.who), self.world.who
        rows = {row.endpoint: row for row in reversed(WHOSE) if row.endpoint in own and who in row.own | row.anothers}
        about = {endpoint: (row.thing, MINE if who in row.own else ANOTHERS) for endpoint, row in rows.items()}
        about |= {endpoint: (thing, MINE) for endpoint, thing in THINGS.items() if endpoint in own}
        if who == VISITOR:
            about = {endpoint: (thing, ANOTHERS) for endpoint, (thing, _word) in about.items()}
        return {endpoint: self.world.thing(*one) for endpoint, one in about.items()}

    def device(self) -> FlaskClient:
        """The device as it was before anything was sent; all rows are as they were, and it is noon."""
        self.world.go_back()
        core.clock.set(NOON)
        device = self.app.test_client()
        for cookie in filter(None, self.start.values()):
            device.set_cookie(cookie.key, cookie.value)
        return device

    def opened(self, device: FlaskClient, path: str) -> list[Sheet]:
        answer = device.get(path)
        page = answer.text if answer.status_code == 200 and answer.mimetype == "text/html" else ""
        answer.close()
        return sheets(page)

    def goes_to(self, sheet: Sheet) -> tuple[str, dict[str, str]]:
        endpoint, arguments = self.urls.match(sheet.action.partition("?")[0], method="POST")
        return endpoint, arguments

    def paths(self, endpoint: str, reach: Reach) -> Iterator[str]:
        """The pages about a thing, then all others."""
        if endpoint in PAGES:
            yield PAGES[endpoint](reach)
        given = {"slug": "lombok", **reach[0]}
        about = [rule for rule in self.app.url_map.iter_rules() if "GET" in rule.methods]
        about = [rule for rule in about if rule.arguments <= given.keys() and rule.endpoint != "static"]
        for rule in sorted(about, key=lambda rule: -len(rule.arguments)):
            yield self.urls.build(rule.endpoint, {name: given[name] for name in rule.arguments})

    def find(self, endpoint: str) -> Found | None:
        """The page that has this form: about its thing, or else about another."""
        reach = self.things.get(endpoint, ({}, {}))
        device, second = self.prepared(endpoint), None
        seen = self.seen if endpoint not in BEFORE else {}  # nothing changed since they were opened
        for path in self.paths(endpoint, reach):
            if path not in seen:
                seen[path] = self.opened(device, path)
            for sheet in seen[path]:
                to, arguments = self.goes_to(sheet)
                if to != endpoint:
                    continue
                second = second or Found(endpoint, path, reach)
                if is_about(sheet, arguments, reach):
                    return Found(endpoint, path, reach)
        return second

    def prepared(self, endpoint: str) -> FlaskClient:
        device = self.device()
        BEFORE.get(endpoint, lambda _world, _device: None)(self.world, device)
        return device

    def sheet(self, found: Found) -> tuple[FlaskClient, Sheet]:
        """The form on its page, opened anew."""
        device = self.prepared(found.endpoint)
        there = [one for one in self.opened(device, found.path) if self.goes_to(one)[0] == found.endpoint]
        return device, next((one for one in there if is_about(one, self.goes_to(one)[1], found.reach)), there[0])

    def words(self, found: Found) -> dict[str, Any]:
        return {**found.reach[1], **SAID.get(found.endpoint, lambda _world: {})(self.world)}

    # ---- what must hold

    def twice(self, found: Found) -> Iterator[str]:
        device, sheet = self.sheet(found)
        sent, before = sheet.filled(self.words(found)), counts(self.world)
        first = device.post(sheet.action, data=sent)
        if first.status_code >= 400:
            yield f"is refused: {first.status_code} {sentence(first.text)}"
            return
        if said := OWN_ANSWER.get(found.endpoint):
            after = device.get(first.location).text if first.location else first.text
            if said not in after:
                yield f"does not lead to {said} but to {heading(after)}"
        elif not told(device, first):
            yield f"says nothing after saving ({first.status_code} {first.location})"
        once = counts(self.world)
        if any(once[name] > many for name, many in before.items()) and not sent.get("client_key"):
            self.without_a_key.add(found.endpoint)
        device.post(sheet.action, data=sent).close()
        more = {name: many - once[name] for name, many in counts(self.world).items() if many != once[name]}
        if more and found.endpoint not in MAKES_MORE:
            yield f"sent twice makes more: {more}"

    def refused(self, found: Found) -> Iterator[str]:
        for name, bad in self.wrongs(found):
            device, sheet = self.sheet(found)
            sent = {**sheet.filled(self.words(found)), name: bad}
            answer = device.post(sheet.action, data=sent)
            if answer.status_code >= 400 or "buurt-field__fault" in answer.text:
                yield from self.lost(found, sheet, sent, answer)
                return
        if found.endpoint not in NEVER_REFUSED:
            yield "is never refused"

    def hostile(self, found: Found) -> Iterator[str]:
        """What nobody means well with, in all that is typed; a script in the words alone, so that it may be kept."""
        for what, text in (*HOSTILE.items(), ("a script that is kept", SCRIPT)):
            device, sheet = self.sheet(found)
            kinds = WORDS if text is SCRIPT else TYPED
            typed = {blank.name: text for blank in sheet.typed if blank.kind in kinds}
            sent = {name: said for name, said in sheet.filled(self.words(found)).items() if isinstance(said, str)}
            body = urlencode({**sent, **typed}).encode()
            before = counts(self.world)
            answer = device.post(sheet.action, data=body, content_type="application/x-www-form-urlencoded")
            if answer.status_code >= 500:
                yield f"{what}: {answer.status_code}"
            if answer.status_code >= 400 and counts(self.world) != before:
                yield f"{what}: refused, and something was kept"
            pages = [answer.text, *([device.get(answer.location).text] if answer.location else [])]
            yield from (f"{what}: {one}" for page in (*pages, device.get(found.path).text) for one in live(page))

    def wrongs(self, found: Found) -> Iterator[tuple[str, str]]:
        _device, sheet = self.sheet(found)
        for bad in ("", LONG, "?"):
            yield from ((blank.name, bad) for blank in sheet.typed)

    def lost(self, found: Found, sheet: Sheet, sent: dict[str, Any], answer: TestResponse) -> Iterator[str]:
        back = next((one for one in sheets(answer.text) if one.action == sheet.action), None)
        if back is None:
            yield f"refused, the form is gone: {answer.status_code} {sentence(answer.text)}"
            return
        for blank in sheet.typed:
            kept = back.said(blank.name)
            said = str(sent[blank.name])
            if blank.kind != "password" and said and not (kept and kept[0] and said.startswith(kept[0])):
                yield f"refused, {blank.name} is lost"
        if not sentence(answer.text):
            yield "refused without a sentence"


def is_about(sheet: Sheet, arguments: dict[str, Any], reach: Reach) -> bool:
    """Whether a form is about this thing and no other."""
    same = all(str(arguments[name]) == value for name, value in reach[0].items() if name in arguments)
    hidden = {blank.name: blank.value for blank in sheet.blanks if blank.kind == "hidden" and blank.value}
    return same and all(hidden[name] == value for name, value in reach[1].items() if name in hidden and name != "shown")


def heading(page: str) -> str:
    """What the page is about."""
    found = re.search(r"<h1.*?</h1>", page, re.DOTALL)
    return words(found[0]) if found else ""


def sentence(page: str) -> str:
    """At a field, or in the notice on top."""
    found = re.findall(r'(?:buurt-field__fault"|role="alert"(?![^>]* hidden))[^>]*>(.*?)</(?:p|div)>', page, re.DOTALL)
    return next(filter(None, map(words, found)), "")


def counts(world: World) -> dict[str, int]:
    return {name: len(each) for name, each in rows(world.reader).items() if name not in NOT_COUNTED}


@pytest.fixture
def world(app: Flask, clock, who: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    if app.config["BUURT"].database_url.startswith("postgresql"):
        pytest.skip("going back to how it was takes a file of SQLite")
    mails = dataclasses.replace(app.config["BUURT"], mail_url="smtp://127.0.0.1:1", mail_from="hallo@buurt.example")
    monkeypatch.setitem(app.config, "BUURT", mails)
    monkeypatch.setattr(objects, "seasons_made", count(1))  # seasons of theirs begin within a year
    made = World(app, who)
    yield made
    made.close()


@pytest.mark.parametrize("who", WALKED)
def test_every_form_is_kept_answered_and_makes_one(world: World, who: str):
    walk, wrong, walked = Walk(world), [], 0
    for endpoint in endpoints(world.app, who):
        found = walk.find(endpoint)
        if found is None or endpoint in NO_FORM:
            wrong += [(endpoint, "no page has this form")] if endpoint not in NO_FORM else []
            continue
        walked += 1
        is_typed = bool(walk.sheet(found)[1].typed)
        wrong += [(endpoint, found.path, what) for what in walk.twice(found)]
        wrong += [(endpoint, found.path, what) for what in walk.refused(found)] if is_typed else []
    print(f"{who}: {walked} forms")
    wrong += [
        (one, "makes something without a key") for one in walk.without_a_key - BY_THEMSELVES.keys() - MAKES_MORE.keys()
    ]
    assert not wrong, "\n".join(" ".join(one) for one in wrong)


@pytest.mark.long
@pytest.mark.parametrize("who", WALKED)
def test_what_nobody_means_well_with_breaks_nothing_is_inert_and_kept_whole_or_not_at_all(world: World, who: str):
    walk, wrong, walked = Walk(world), [], 0
    for endpoint in endpoints(world.app, who):
        found = walk.find(endpoint)
        if found and endpoint not in NO_FORM and walk.sheet(found)[1].typed:
            walked += 1
            wrong += [f"{endpoint} {found.path} {what}" for what in walk.hostile(found)]
    print(f"{who}: {walked} forms in which one types")
    assert wrong == []


@pytest.mark.both
@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.address)
def test_what_somebody_makes_twice_at_one_instant_is_one(app: Flask, clock, maker: Maker):
    with app.app_context():
        make.world()
    device = app.test_client() if maker.role is None else join(app, maker.role, "wie", "Rode Laars")
    if maker.role == Role.COORDINATOR:
        with_code(device)
    if maker.role is None and maker.made is not Person:
        assert device.post("/w/lombok/join", data={"name": "Rode Laars", "age": "adult"}).status_code == 303
    many = partial(how_many, app, maker.made)
    before, form = many(), {**maker.words, "client_key": key_in(device.get(maker.address).text)}
    assert min(twice_at_once(app, device, maker.address, form)) < 400
    assert many() == before + 1


def how_many(app: Flask, model: type[Model]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def test_every_exception_is_still_one(app: Flask):
    known = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    for table in (LATER, NO_FORM, OWN_ANSWER, NEVER_REFUSED, MAKES_MORE, BY_THEMSELVES, THINGS, BEFORE, SAID, PAGES):
        assert table.keys() <= known, table.keys() - known
