"""Every route, by everybody, here and in another neighbourhood: who is refused; a planted secret shows nowhere.

What each may do is compared with the table that is kept by hand in tests/core/test_rights.py.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from core.database import db, writing
from core.guard import STAFF, Role
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.photos import service as photos
from core.photos.models import WEB
from core.staff import roles
from core.staff import service as staff
from tests import make
from tests.bench import meetings
from tests.core import dialogues, objects
from tests.core.objects import Builder, Reach
from tests.core.staff.test_pages import PASSWORD, with_code
from tests.core.test_headers import FILLED
from tests.core.test_rights import BY_HAND, COORDINATORS, EDITORS, MAKERS, ONLY_STAFF, PLAYER, TEAM, VISITOR
from tours.stories import acts

SECRET = "Stille Geheimpje"  # somebody of the other neighbourhood, who met and waits at its desk
PLAIN = ("visitor", "player")
EVERYBODY = (*PLAIN, *sorted(STAFF))
GUARD_SAYS = "Dit mag je hier niet doen"  # a house rule has other words
ON_A_STAFF_DEVICE = {  # the view asks for one
    "staff.again", "staff.do_again", "staff.code", "staff.begin_code", "staff.do_code", "staff.account",
    "staff.change_password",
    "staff.end_devices", "staff.paper", "staff.do_paper",
}  # fmt: skip
CHANGES_WHO_ASKS = {"staff.leave", "people.do_leave", "staff.give_up", "people.do_erase", "people.erase"}


@pytest.fixture
def two(app: Flask, clock) -> Flask:
    """Lombok, and Hoograven where somebody with a secret name met, and a photo waits at the desk."""
    with app.app_context():
        make.world()
        with writing():
            there = make.neighbourhood("hoograven")
            make.season(there)
            doing = make.challenge(there, "bench")
            one, other = make.person(there, SECRET), make.person(there, "Andere Buur")
            met = make.service.hand_in(one, doing, meetings.photo(), "secret", other)
            make.service.agree(met.id, other, with_photo=True)
            for person in (one, other):
                photos.choose(met.photos[0], person.player_key, (WEB,))
    return app


def somebody(app: Flask, who: str, name: str = "Rode Laars") -> FlaskClient:
    """A device of a visitor, of a player (staff too, but not on this phone), or of staff who proved that it is them."""
    device = app.test_client()
    if who == VISITOR:
        return device
    if who == PLAYER:
        assert device.post("/w/lombok/join", data={"name": name, "age": "adult"}).status_code == 303
        with app.app_context(), writing():
            me = db.session.scalars(select(Person).where(Person.name == name)).unique().one()
            for role in STAFF:
                roles.grant(me, Role(role), None, frozenset({Role.ADMIN}))
        return device
    with app.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        token = staff.invite(here.id, Role(who), None, frozenset({Role.ADMIN}))
    form = {"token": token, "login": who, "password": PASSWORD, "name": name, "age": "adult"}
    assert device.post("/w/lombok/staff/invited", data=form).status_code == 303
    with_code(device)
    device.get("/w/lombok/")  # shows that it holds the new token, which ends the old one
    return device


def may(who: str, endpoint: str, slug: str) -> bool:
    """What the table kept by hand says: staff of one neighbourhood is a visitor in the other."""
    role = who if slug == "lombok" else VISITOR
    by_role = {VISITOR: VISITOR in BY_HAND[endpoint], PLAYER: PLAYER in BY_HAND[endpoint]}
    if role in by_role:
        return by_role[role] and not (role == PLAYER and endpoint in ON_A_STAFF_DEVICE)
    return by_role[PLAYER] or role in ONLY_STAFF.get(endpoint, set())


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_route_is_open_to_whom_the_table_says_and_to_nobody_else(two: Flask, who: str):
    device, walked, wrong = somebody(two, who), 0, []
    rules = [rule for rule in two.url_map.iter_rules() if rule.endpoint not in CHANGES_WHO_ASKS]
    for rule in rules:
        for slug in ("lombok", "hoograven") if "slug" in rule.arguments else ("lombok",):
            address = two.url_map.bind("localhost").build(
                rule.endpoint, {name: slug if name == "slug" else FILLED[name] for name in rule.arguments}
            )
            for method in sorted(rule.methods & {"GET", "POST"}):
                answer = device.open(address, method=method)
                walked += 1
                said = answer.text if answer.mimetype in {"text/html", "application/json"} else ""
                answer.close()
                refused = is_refused(answer, said)
                if refused == may(who, rule.endpoint, slug) or answer.status_code >= 500 or SECRET in said:
                    wrong.append((rule.endpoint, method, slug, answer.status_code, SECRET in said))
    assert wrong == []
    assert walked > 1.5 * len(rules)


def is_sent_away(answer) -> bool:
    """To the page that asks to join, or to that where staff sign in."""
    return answer.status_code == 303 and ("/join?" in answer.location or answer.location.endswith("/staff/in"))


def is_refused(answer, said: str) -> bool:
    """By the guard: sent away, or told that it is not for them; a house rule has a sentence of its own."""
    if is_sent_away(answer):
        return True
    return answer.status_code == 401 or (answer.status_code == 403 and GUARD_SAYS in said)


def test_the_secret_is_there_to_be_found(two: Flask):
    with two.app_context():
        assert db.session.scalar(select(Person.id).where(Person.name == SECRET))
        there = neighbourhoods.by_slug("hoograven")
        from core.desk import queries

        with two.test_request_context("/w/hoograven/"):
            assert len(queries.queue(there.id, "nobody")) == 1


# ---- own things, another's, and those of the other neighbourhood

ALL, MAKE, NONE = frozenset({VISITOR, PLAYER, *TEAM}), frozenset(MAKERS), frozenset()
PLAY, EDIT, LEAD, KEEP = ALL - {VISITOR}, frozenset(EDITORS), frozenset(COORDINATORS), frozenset({"host", *MAKERS})
HOSTS = frozenset({"host", *EDITORS})
TEACH = frozenset({"teacher"})


class Row(NamedTuple):
    """Who reaches a thing of their own by a route, and who a thing of somebody else in their neighbourhood."""

    endpoint: str
    thing: Builder
    own: frozenset[str]
    anothers: frozenset[str]
    is_told: bool = False  # the page says the word that is in it
    is_public: bool = False  # everybody may read it, so that a page which refuses something may say it too


STORIES = (
    Row("stories.show", objects.shown_story, ALL, ALL, is_told=True),
    *(Row("stories.show", thing, NONE, NONE) for thing in (objects.waiting_story, objects.signed_story)),
    Row("stories.picture", objects.shown_story, ALL, ALL, is_told=True),
    *(Row(f"stories.{name}", objects.shown_story, NONE, NONE) for name in ("about", "frame", "share")),
    *(Row(f"stories.{name}", objects.embedded_story, ALL, ALL, is_told=True) for name in ("about", "frame")),
    Row("stories.share", objects.embedded_story, ALL, ALL),
    *(Row("stories.picture", thing, NONE, NONE) for thing in (objects.waiting_story, objects.signed_story)),
    *(Row("stories.mine", thing, PLAY, NONE, is_told=True) for thing in (objects.waiting_story, objects.shown_story)),
    *(Row(f"stories.{name}", objects.shown_story, PLAY, NONE) for name in ("uses", "do_uses", "name", "do_change")),
    *(Row(f"stories.{name}", objects.waiting_story, PLAY, NONE) for name in ("ask_withdraw", "withdraw", "do_change")),
    Row("stories.change", objects.waiting_story, PLAY, NONE, is_told=True),
    *(Row(f"stories.{name}", objects.signed_story, PLAY, NONE) for name in ("review", "do_review")),
    Row("stories.appeal", objects.sent_back_story, PLAY, NONE),
    *(Row(f"stories.{name}", objects.waiting_story, NONE, EDIT) for name in ("edit", "do_edit")),
    Row("stories.show", objects.resting_story, NONE, NONE),
    Row("stories.guard", objects.guarded_story, PLAY, NONE),
    *(
        Row(f"stories.{name}", objects.guarded_story, PLAY, NONE)
        for name in ("guard_yes", "guard_wish", "guard_end", "ask_guard_no", "guard_no")
    ),
    *(Row(f"stories.{name}", objects.paper_story, NONE, HOSTS) for name in ("paper", "sheet", "do_paper")),
    Row("stories.signed_sheet", objects.signed_sheet, NONE, EDIT),
    *(Row(f"stories.{name}", objects.restless_story, NONE, EDIT) for name in ("rest", "do_rest")),
    Row("stories.go_on", objects.resting_story, NONE, EDIT),
    Row("stories.waiting_picture", objects.waiting_story, PLAY, EDIT, is_told=True),
    *(Row(f"stories.{name}", objects.heard_story, ALL, ALL, is_told=True) for name in ("play", "captions")),
    *(Row(f"stories.{name}", objects.spoken_story, NONE, NONE) for name in ("play", "captions")),
    *(
        Row(f"stories.{name}", thing, PLAY, EDIT, is_told=name != "do_type_out")
        for name in ("waiting_sound", "type_out", "do_type_out")
        for thing in (objects.spoken_story, objects.heard_story)
    ),
)
NEIGHBOURS = (
    *(Row(f"reactions.{name}", objects.waiting_memory, PLAY, NONE) for name in ("do_again", "withdraw")),
    *(Row(f"reactions.{name}", objects.shown_memory, PLAY, NONE) for name in ("withdraw", "name")),
    Row("reactions.again", objects.waiting_memory, PLAY, NONE, is_told=True),
    Row("desk.decide", objects.waiting_memory, NONE, EDIT),
    Row("stories.question", objects.shown_question, ALL, ALL, is_told=True),
    Row("stories.question", objects.waiting_question, NONE, NONE),
    *(Row(f"prompts.{name}", objects.waiting_question, PLAY, NONE) for name in ("do_again", "withdraw")),
    *(Row(f"prompts.{name}", objects.shown_question, PLAY, NONE) for name in ("withdraw", "name")),
    Row("prompts.again", objects.waiting_question, PLAY, NONE, is_told=True),
    Row("ideas.show", objects.shown_idea, ALL, ALL, is_told=True),
    Row("ideas.show", objects.waiting_idea, NONE, NONE),
    Row("ideas.sign", objects.shown_idea, NONE, PLAY),
    Row("ideas.unsign", objects.signed_idea, PLAY, NONE),
    Row("ideas.appeal", objects.declined_idea, PLAY, NONE),
    Row("ideas.decide", objects.shown_idea, NONE, EDIT),
    *(Row(f"sent_ideas.{name}", objects.waiting_idea, PLAY, NONE) for name in ("do_again", "withdraw")),
    *(Row(f"sent_ideas.{name}", objects.shown_idea, PLAY, NONE) for name in ("withdraw", "name")),
    Row("sent_ideas.again", objects.waiting_idea, PLAY, NONE, is_told=True),
    Row("desk.decide", objects.waiting_idea, NONE, EDIT),
    *(Row(f"sent_offers.{name}", objects.waiting_offer, PLAY, NONE) for name in ("do_again", "withdraw")),
    *(Row(f"sent_offers.{name}", objects.shown_offer, PLAY, NONE) for name in ("withdraw", "name")),
    Row("sent_offers.again", objects.waiting_offer, PLAY, NONE, is_told=True),
    Row("offers.match", objects.match, PLAY, NONE, is_told=True),
    Row("offers.answer", objects.match, PLAY, NONE),
    Row("offers.bring", objects.offer_and_wish, HOSTS, HOSTS),
    Row("initiatives.show", objects.initiative, ALL, ALL, is_told=True),
    *(Row(f"initiatives.{name}", objects.initiative, PLAY, PLAY) for name in ("join", "take")),
    *(Row(f"initiatives.{name}", objects.joined_initiative, PLAY, NONE) for name in ("leave", "give_back")),
    Row("initiatives.change", objects.initiative, PLAY, EDIT, is_told=True),
    *(
        Row(f"initiatives.{name}", objects.initiative, PLAY, EDIT)
        for name in ("do_change", "add_need", "drop_need", "step", "appoint")
    ),
    Row("promises.show", objects.shown_promise, ALL, ALL, is_told=True),
    Row("promises.show", objects.waiting_promise, NONE, NONE),
    Row("promises.step", objects.kept_promise, PLAY, NONE, is_public=True),
    Row("promises.step", objects.shown_promise, NONE, LEAD),
    Row("promises.against", objects.shown_promise, NONE, PLAY),
    Row("promises.not_against", objects.unwanted_promise, PLAY, NONE),
    Row("promises.name", objects.received_promise, PLAY, NONE),
    Row("promises.succeed", objects.promise_of_all, LEAD, LEAD),
    *(Row(f"sent_promises.{name}", objects.waiting_promise, PLAY, NONE) for name in ("do_again", "withdraw")),
    Row("sent_promises.name", objects.shown_promise, PLAY, NONE),
    Row("sent_promises.again", objects.waiting_promise, PLAY, NONE, is_told=True),
    Row("desk.decide", objects.waiting_promise, NONE, EDIT),
    *(Row(f"gatherings.{name}", objects.shown_gathering, ALL, ALL, is_told=True) for name in ("show", "one", "here")),
    *(Row(f"gatherings.{name}", objects.waiting_gathering, NONE, NONE) for name in ("show", "one", "here")),
    Row("gatherings.arrive", objects.shown_gathering, PLAY, PLAY),
    Row("gatherings.type_letters", objects.typed_gathering, PLAY, PLAY),
    *(Row(f"gatherings.{name}", objects.attended_gathering, PLAY, NONE) for name in ("name", "leave")),
    *(Row(f"gatherings.{name}", objects.shown_gathering, PLAY, HOSTS) for name in ("move", "cancel", "others", "seen")),
    Row("gatherings.poster", objects.shown_gathering, PLAY, HOSTS, is_told=True),
    *(Row(f"sent_gatherings.{name}", objects.waiting_gathering, PLAY, NONE) for name in ("do_again", "withdraw")),
    *(Row(f"sent_gatherings.{name}", objects.shown_gathering, PLAY, NONE) for name in ("withdraw", "name")),
    Row("sent_gatherings.again", objects.waiting_gathering, PLAY, NONE, is_told=True),
    *(Row(f"sent_reports.{name}", objects.waiting_report, PLAY, NONE) for name in ("do_again", "withdraw")),
    *(Row(f"sent_reports.{name}", objects.shown_report, PLAY, NONE) for name in ("withdraw", "name")),
    Row("sent_reports.again", objects.waiting_report, PLAY, NONE, is_told=True),
    Row("gatherings.show", objects.told_gathering, ALL, ALL, is_told=True),
    *(Row("desk.decide", thing, NONE, EDIT) for thing in (objects.waiting_gathering, objects.waiting_report)),
    Row("choices.show", objects.open_choice, ALL, ALL, is_told=True),
    Row("choices.show", objects.counted_choice, ALL, ALL, is_told=True),
    Row("choices.picture", objects.pictured_choice, ALL, ALL, is_told=True),
    Row("choices.vote", objects.open_choice, PLAY, PLAY),
    *(Row(f"choices.{name}", objects.open_choice, HOSTS, HOSTS, is_told=True) for name in ("keep", "sheet")),
    Row("choices.hand_out", objects.open_choice, HOSTS, HOSTS),
    Row("choices.count", objects.choice_on_paper, EDIT, EDIT),
    Row("choices.decide", objects.counted_choice, EDIT, EDIT),
    Row("choices.void", objects.open_choice, EDIT, EDIT),
    *(Row(f"reasons.{name}", objects.waiting_reason, PLAY, NONE) for name in ("do_again", "withdraw", "name")),
    *(Row(f"reasons.{name}", objects.shown_reason, PLAY, NONE) for name in ("withdraw", "name")),
    Row("reasons.again", objects.waiting_reason, PLAY, NONE, is_told=True),
    Row("desk.decide", objects.waiting_reason, NONE, EDIT),
    Row("desk.decide", objects.waiting_question, NONE, EDIT),
)
SIT = frozenset({"host", *COORDINATORS})  # at the desk of the house, and plan hours for professionals
DIALOGUES = (
    *(Row(f"dialogues.{name}", dialogues.open_hour, ALL, ALL) for name in ("show", "card")),
    Row("dialogues.show", dialogues.planned_hour, ALL, ALL, is_told=True),
    Row("dialogues.card", dialogues.planned_hour, NONE, NONE),
    Row("dialogues.do_card", dialogues.open_hour, NONE, ALL),
    Row("dialogues.paper", dialogues.open_hour, SIT, SIT),
    Row("dialogues.do_paper", dialogues.open_hour, NONE, SIT),
    Row("dialogues.move", dialogues.planned_hour, PLAY, SIT),
    Row("dialogues.talk", dialogues.card_to_answer, PLAY, NONE),
    Row("dialogues.reply", dialogues.card_to_answer, PLAY, NONE),
    Row("dialogues.talk", dialogues.answered_talk, PLAY, NONE, is_told=True),
    *(Row(f"dialogues.{name}", dialogues.answered_talk, PLAY, NONE) for name in ("take_back", "write")),
    *(Row(f"dialogues.{name}", dialogues.written_talk, PLAY, NONE) for name in ("sign", "withdraw")),
    Row("desk.do_report", dialogues.learned, ALL, ALL),
    Row("desk.decide", dialogues.reported_insight, NONE, EDIT),
    Row("dialogues.question", dialogues.shown_inquiry, ALL, ALL, is_told=True),
    Row("dialogues.question", dialogues.waiting_inquiry, NONE, NONE),
    Row("dialogues.step", dialogues.asked_of_me, PLAY, NONE),
    Row("dialogues.not_yet", dialogues.done_inquiry, PLAY, NONE),
    Row("dialogues.hand_over", dialogues.shown_inquiry, LEAD, LEAD),
    *(Row(f"sent_questions.{name}", dialogues.waiting_inquiry, PLAY, NONE) for name in ("do_again", "withdraw")),
    *(Row(f"sent_questions.{name}", dialogues.shown_inquiry, PLAY, NONE) for name in ("withdraw", "name")),
    Row("sent_questions.again", dialogues.waiting_inquiry, PLAY, NONE, is_told=True),
    Row("desk.decide", dialogues.waiting_inquiry, NONE, EDIT),
    Row("dialogues.table", dialogues.theme_table, ALL, ALL, is_told=True),
    Row("dialogues.join_table", dialogues.theme_table, NONE, PLAY),
    Row("dialogues.leave_table", dialogues.theme_table, PLAY, NONE),
    Row("professionals.end", dialogues.professional, LEAD, LEAD),
)
PLAN = frozenset({"teacher", *MAKERS})
LESSONS = (
    *(Row(f"lessons.{name}", objects.public_lesson, ALL, ALL, is_told=True) for name in ("show", "export", "paper")),
    *(Row(f"lessons.{name}", objects.draft_lesson, PLAN, EDIT, is_told=True) for name in ("show", "export", "paper")),
    Row("lessons.look", objects.public_lesson, ALL, ALL, is_told=True),
    Row("lessons.look", objects.draft_lesson, PLAN, EDIT, is_told=True),
    Row("lessons.build", objects.draft_lesson, PLAN, EDIT, is_told=True),
    *(Row(f"lessons.{name}", objects.draft_lesson, PLAN, EDIT) for name in ("do_words", "do_tasks", "step")),
    Row("lessons.publish", objects.draft_lesson, MAKE, EDIT),
    Row("lessons.copy", objects.public_lesson, PLAN, PLAN),
    Row("lessons.copy", objects.draft_lesson, PLAN, EDIT),
)
WALKS = (
    *(Row(f"walks.{name}", objects.public_walk, ALL, ALL, is_told=True) for name in ("show", "way", "here", "end")),
    *(Row(f"walks.{name}", objects.draft_walk, NONE, NONE) for name in ("show", "way", "here", "end", "walked")),
    Row("walks.walked", objects.public_walk, ALL, ALL),
    Row("walks.frame", objects.public_walk, ALL, ALL, is_told=True),
    *(Row(f"walks.{name}", objects.draft_walk, NONE, NONE) for name in ("frame", "share")),
    Row("walks.share", objects.public_walk, ALL, ALL),
    Row("walks.export", objects.public_walk, ALL, ALL),
    Row("walks.export", objects.draft_walk, NONE, NONE),
    Row("walks.paper_map_page", objects.public_walk, ALL, ALL, is_told=True),
    Row("walks.paper_map_page", objects.draft_walk, NONE, NONE),
    *(Row(f"walks.{name}", objects.public_walk, ALL, ALL, is_told=True) for name in ("kept", "pack_list")),
    *(Row(f"walks.{name}", objects.draft_walk, NONE, NONE) for name in ("kept", "pack_list")),
    Row("walks.large_print", objects.public_walk, ALL, ALL, is_told=True),
    Row("walks.large_print", objects.draft_walk, NONE, NONE),
    *(Row(f"walks.{name}", objects.draft_walk, MAKE, MAKE, is_told=True) for name in ("paper_codes", "booklet")),
    Row("walks.replaced", objects.printed_walk, MAKE, MAKE),
    Row("walks.preview", objects.draft_walk, ALL, ALL, is_told=True),  # who has its link
    Row("walks.build", objects.draft_walk, MAKE, MAKE, is_told=True),
    *(Row(f"walks.{name}", objects.draft_walk, MAKE, MAKE) for name in ("do_words", "arrange", "write_stop")),
    Row("walks.add", objects.growing_walk, MAKE, MAKE),
    *(Row(f"walks.{name}", objects.draft_walk, MAKE, MAKE) for name in ("loop", "do_check", "step")),
    *(Row("walks.answer", thing, PLAY, NONE) for thing in (objects.draft_walk, objects.public_walk)),
    Row("desk.decide", objects.waiting_walk, NONE, EDIT),
    Row("desk.do_report", objects.reported_walk, ALL, ALL),
    Row("desk.do_report", objects.waiting_walk, NONE, NONE),
)
CLASSES = (
    *(Row(f"classes.{name}", objects.school_class, ALL, ALL) for name in ("crew", "stop", "go", "hand_in", "help")),
    Row("classes.own_picture", objects.school_class, ALL, ALL, is_told=True),  # who has the secret of the crew
    Row("classes.leave", objects.school_class, NONE, NONE),  # it changes the device alone
    *(Row(f"classes.{name}", objects.school_class, TEACH, NONE) for name in ("board", "progress", "one_crew", "erase")),
    *(
        Row(f"classes.{name}", objects.school_class, TEACH, NONE, is_told=True)
        for name in ("works", "picture", "gallery", "gallery_sheets")
    ),
    *(
        Row(f"classes.{name}", objects.school_class, TEACH, NONE)
        for name in ("gallery_zip", "say", "state", "add_crew", "type_in", "do_erase")
    ),
    Row("classes.change_crew", objects.crew_to_change, TEACH, NONE),
    Row("classes.judge", objects.work_to_judge, TEACH, NONE),
    Row("pupils.send", objects.pupils_work, TEACH, NONE, is_told=True),
    Row("pupils.do_send", objects.pupils_work, TEACH, NONE, is_told=True),
    *(Row(f"pupils.{name}", objects.pupils_signed, TEACH, NONE) for name in ("letter", "take_back")),
    Row("stories.pupil", objects.pupils_waiting, PLAY, NONE, is_told=True),
    *(Row(f"stories.{name}", objects.pupils_waiting, PLAY, NONE) for name in ("ask_pupil_no", "pupil_yes", "pupil_no")),
)
WHOSE = (
    *(Row(f"drafts.{name}", objects.waiting_draft, PLAY, NONE) for name in ("do_again", "withdraw", "name")),
    Row("drafts.name", objects.shown_draft, PLAY, NONE),
    Row("drafts.again", objects.waiting_draft, PLAY, NONE, is_told=True),
    Row("challenges.show", objects.shown_draft, ALL, ALL, is_told=True),
    Row("challenges.change", objects.shown_draft, MAKE, MAKE, is_told=True),
    *(Row(f"notes.{name}", objects.waiting_note, PLAY, NONE) for name in ("do_again", "withdraw", "name")),
    *(Row(f"notes.{name}", objects.shown_note, PLAY, NONE) for name in ("withdraw", "name")),
    Row("notes.again", objects.waiting_note, PLAY, NONE, is_told=True),
    Row("challenges.show", objects.shown_note, ALL, ALL, is_told=True),
    Row("desk.decide", objects.waiting_note, NONE, EDIT),
    Row("challenges.do_find", objects.to_count, PLAY, PLAY),
    *(Row(f"proposals.{name}", objects.waiting_place, PLAY, NONE) for name in ("do_again", "withdraw", "name")),
    Row("proposals.name", objects.taken_place, PLAY, NONE),
    Row("proposals.again", objects.waiting_place, PLAY, NONE, is_told=True),
    Row("challenges.change", objects.shown_challenge, MAKE, MAKE, is_told=True),
    Row("challenges.change", objects.waiting_challenge, MAKE, NONE, is_told=True),
    *(Row(f"challenges.{name}", objects.shown_challenge, MAKE, MAKE) for name in ("do_change", "retire")),
    *(Row(f"challenges.{name}", objects.waiting_challenge, MAKE, NONE) for name in ("do_change", "retire")),
    Row("challenges.restore", objects.retired_challenge, MAKE, MAKE),
    Row("challenges.show", objects.shown_challenge, ALL, ALL, is_told=True),
    Row("challenges.show", objects.waiting_challenge, NONE, NONE),
    Row("challenges.show", objects.retired_challenge, NONE, NONE),
    Row("encounters.hand_in", objects.shown_challenge, PLAY, PLAY, is_told=True),
    Row("encounters.hand_in", objects.waiting_challenge, NONE, NONE),
    Row("encounters.do_hand_in", objects.shown_challenge, PLAY, PLAY),
    Row("encounters.do_hand_in", objects.waiting_challenge, NONE, NONE),
    Row("visits.at_challenge", objects.challenge_at_spot, PLAY, PLAY),
    Row("encounters.show", objects.draft, PLAY, NONE, is_told=True),
    Row("encounters.show", objects.asked, PLAY, NONE, is_told=True),
    Row("encounters.show", objects.met, PLAY, NONE, is_told=True),
    *(Row("encounters.state", thing, PLAY, NONE) for thing in (objects.draft, objects.asked, objects.met)),
    *(Row("encounters.photo", thing, PLAY, NONE, is_told=True) for thing in (objects.asked, objects.met)),
    *(Row(f"encounters.{name}", objects.asked, PLAY, NONE) for name in ("yes", "no", "allow")),
    Row("encounters.withdraw", objects.met, PLAY, NONE),
    Row("encounters.withdraw", objects.asked, PLAY, NONE),
    Row("encounters.words", objects.unsaid, PLAY, NONE),
    Row("encounters.block", objects.met, PLAY, NONE),
    Row("scoring.ask", objects.scored, PLAY, NONE),
    *(Row(f"scoring.{name}", objects.asked_about, NONE, LEAD) for name in ("take", "stays")),
    Row("scoring.give_back", objects.taken, NONE, LEAD),
    Row("desk.decide", objects.appealed_points, NONE, EDIT),
    Row("desk.decide", objects.taken, NONE, NONE),  # nobody asked another editor
    *(Row(f"encounters.{name}", objects.draft, PLAY, NONE) for name in ("take_back", "new_code", "do_here")),
    *(Row(f"encounters.{name}", objects.to_switch, PLAY, NONE) for name in ("another", "do_another")),
    Row("encounters.here", objects.draft, PLAY, NONE),
    Row("encounters.answer_here", objects.asking, PLAY, NONE, is_told=True),
    Row("encounters.letters", objects.lent, PLAY, NONE),
    Row("encounters.join", objects.asked, NONE, NONE),  # who is somebody joins nothing
    Row("encounters.meet", objects.letters, ALL, ALL),
    Row("photos.picture", objects.album_photo, PLAY, NONE, is_told=True),
    Row("photos.picture", objects.waiting_photo, PLAY, NONE, is_told=True),
    Row("photos.picture", objects.players_photo, PLAY, PLAY, is_told=True),
    Row("photos.picture", objects.web_photo, ALL, ALL, is_told=True),
    Row("albums.slide", objects.screen, HOSTS, HOSTS, is_told=True),
    Row("albums.photo", objects.paper_photo, MAKE, MAKE, is_told=True),
    *(Row("photos.who", thing, PLAY, NONE) for thing in (objects.album_photo, objects.web_photo)),
    *(Row("photos.choose", thing, PLAY, NONE) for thing in (objects.album_photo, objects.web_photo)),
    *(Row("photos.withdraw", thing, PLAY, NONE) for thing in (objects.album_photo, objects.web_photo)),
    Row("desk.picture", objects.waiting_photo, NONE, EDIT, is_told=True),
    Row("desk.picture", objects.album_photo, NONE, NONE),
    Row("desk.picture", objects.web_photo, NONE, NONE),
    *(Row("desk.decide", thing, NONE, EDIT) for thing in (objects.waiting_photo, objects.waiting_challenge)),
    *(Row("desk.decide", thing, NONE, EDIT) for thing in (objects.waiting_place, objects.waiting_draft)),
    Row("desk.decide", objects.reported_name, NONE, EDIT),
    Row("desk.decide", objects.album_photo, NONE, NONE),
    Row("desk.blur", objects.photo_to_blur, NONE, EDIT),
    Row("desk.undo", objects.decided, EDIT, NONE),
    Row("desk.appeal", objects.told, PLAY, NONE),
    Row("desk.suspend", objects.to_pause, frozenset({"editor"}), frozenset({"editor"})),
    Row("desk.suspend_long", objects.to_pause, LEAD, LEAD),
    *(Row("desk.resume", thing, EDIT, EDIT) for thing in (objects.pause, objects.appealed_pause)),
    Row("desk.decide", objects.appealed_pause, EDIT, EDIT),
    Row("desk.decide", objects.pause, NONE, NONE),  # nobody asked another editor
    *(Row("desk.report", thing, ALL, ALL) for thing in (objects.web_photo, objects.album_photo)),  # tells nothing
    *(Row("desk.do_report", thing, ALL, ALL) for thing in (objects.web_photo, objects.shown_challenge, objects.name)),
    *(Row("desk.do_report", thing, NONE, NONE) for thing in (objects.album_photo, objects.waiting_challenge)),
    *(Row("desk.do_report", thing, ALL, ALL) for thing in (objects.taken_place, objects.shown_draft)),
    *(Row("desk.do_report", thing, NONE, NONE) for thing in (objects.waiting_place, objects.waiting_draft)),
    Row("places.spot", objects.taken_place, ALL, ALL, is_told=True),
    Row("places.spot", objects.spot, ALL, ALL, is_told=True),
    Row("places.spot", objects.removed_spot, NONE, NONE),
    Row("places.plate", objects.spot, ALL, ALL, is_told=True),
    Row("places.plate", objects.removed_spot, NONE, NONE),
    Row("places.do_letters", objects.plate, NONE, NONE),  # changes nothing: it leads to the plate
    Row("places.wrong", objects.spot, ALL, ALL),
    Row("places.seen", objects.spot, KEEP, KEEP),
    Row("places.seen", objects.removed_spot, NONE, NONE),
    Row("places.change", objects.spot, MAKE, MAKE, is_told=True),
    *(Row(f"places.{name}", objects.spot, MAKE, MAKE) for name in ("do_change", "remove")),
    Row("places.restore", objects.removed_spot, MAKE, MAKE),
    Row("visits.at_spot", objects.spot, PLAY, PLAY),
    Row("people.end_phones", objects.phone, PLAY, NONE),
    Row("people.answer_household", objects.household, PLAY, NONE),
    Row("people.undo_block", objects.block, PLAY, NONE),
    *(Row(f"people.{name}", objects.letters, PLAY, PLAY) for name in ("ask_household", "do_block")),
    Row("seasons.change", objects.season, LEAD, LEAD, is_told=True),
    *(Row(f"seasons.{name}", objects.season, LEAD, LEAD) for name in ("do_change", "take_away")),
    Row("albums.of", objects.past_season, ALL, ALL, is_told=True),
    *(Row(f"measures.{page}", objects.edition, KEEP, KEEP, is_told=True) for page in ("of", "report")),
    *(Row(f"measures.{page}", objects.edition, KEEP, KEEP) for page in ("window", "table")),
    Row("albums.replaced", objects.printed_album, MAKE, MAKE),
    *(Row(f"walls.{name}", objects.screen, ALL, ALL, is_told=name == "photo") for name in ("show", "photo")),
    Row("partners.show", objects.partner, ALL, ALL, is_told=True),
    Row("partners.edit", objects.partner, LEAD, LEAD, is_told=True),
    *(Row(f"partners.{name}", objects.partner, LEAD, LEAD) for name in ("write", "end")),
    *(Row(f"walls.{name}", objects.kept_screen, LEAD, LEAD) for name in ("rename", "end")),
    *CLASSES,
    Row("teams.end", objects.team, LEAD, LEAD),
    Row("teams.end_letters", objects.sheet_of_letters, LEAD, LEAD),
    Row("staff.end", objects.role, LEAD, LEAD),
    Row("staff.withdraw_invitation", objects.invited, LEAD, LEAD),
    Row("staff.end_devices", objects.laptop, frozenset(TEAM), NONE),
    Row("headquarters.witness", objects.letters, HOSTS, HOSTS),
    Row("headquarters.see", objects.letters, HOSTS, HOSTS),
    Row("headquarters.open_card", objects.letters, HOSTS, HOSTS),
    *(
        Row(f"headquarters.{name}", objects.at_desk, HOSTS, NONE)
        for name in ("person", "photo", "withdraw", "choose", "new_card")
    ),
    Row("headquarters.answer", objects.asks_at_desk, HOSTS, NONE),
    Row("headquarters.say_yes", objects.witnessed, HOSTS, NONE),
    Row("headquarters.ask", objects.points_at_desk, HOSTS, NONE),
    Row("headquarters.appeal", objects.told_at_desk, HOSTS, NONE),
    *STORIES,
    *NEIGHBOURS,
    *DIALOGUES,
    Row("survey.fill_in", objects.survey, ALL, ALL),
    *(Row(f"survey.{name}", objects.survey, HOSTS, HOSTS) for name in ("sheets", "enter")),
    Row("survey.close", objects.survey, LEAD, LEAD),
    *LESSONS,
    *WALKS,
)
NO_THING = {  # POST routes that reach nothing that exists: a new thing, oneself, or a secret that one holds
    "challenges.choose_weeks", "challenges.do_new", "challenges.do_pack", "drafts.do_propose", "notes.do_propose",
    "desk.read", "encounters.enter",
    "pages.language", "people.ask_back", "people.confirm_email", "people.do_back", "people.do_erase", "people.do_join",
    "people.do_leave", "people.forget_email", "people.give_email", "people.issue_card", "people.leave_household",
    "people.rename", "people.undo_erase", "people.zone", "places.do_new", "printing.make_cards", "printing.put_up",
    "proposals.do_propose", "receipts.close", "receipts.open", "stories.do_write", "reactions.do_propose",
    "prompts.do_propose", "sent_ideas.do_propose", "sent_offers.do_propose", "sent_gatherings.do_propose",
    "sent_reports.do_propose",
    "sent_promises.do_propose", "ideas.do_enter", "walks.do_new", "walks.do_bring", "walks.keep",
    "mirror.do_answer", "survey.begin", "lessons.do_new", "lessons.do_bring", "lessons.keep",
    "sent_questions.do_propose", "dialogues.do_new", "dialogues.name", "dialogues.lay_table", "professionals.appoint",
    "choices.do_new", "reasons.do_propose",
    "stories.begin_sound", "stories.add_sound", "stories.finish_sound",  # by a key that its sender alone has
    "receipts.reissue",  # nothing is handed in with one yet: tests/core/receipts
    "seasons.do_new", "scoring.do_reveal", "setting_up.draw", "walls.make", "partners.add", "headquarters.new_player",
    "teams.use", "teams.leave", "teams.make", "teams.make_letters", "ranking.choose",
    "classes.open", "classes.do_join",
    "staff.begin_code", "staff.change_password", "staff.do_again", "staff.do_code", "staff.do_enter",
    "staff.do_invite", "staff.do_invited", "staff.do_paper", "staff.give_up", "staff.leave",
    "demo.enter", "demo.do_enter",
}  # fmt: skip
EVERYWHERE = {"desk.report", "places.plate"}  # the same page for whatever key; a plate hangs in the street
NOT_A_THING = {"slug", "size", "kind", "filename", "signed", "factor"}
NOTED = {  # that a maker opened it to print: which sheets lie around, and not by whom
    "albums.book", *(f"walks.{name}" for name in ("paper_map_page", "large_print", "paper_codes", "booklet")),
}  # fmt: skip
AS_NOBODY = {"", *acts.WHO}  # in the log: what somebody did to what they sign in with, or as who tells a story
MINE, ANOTHERS, THERES = "Eigenwijs", "Fluisterding", "Geheimpje"  # words in what is mine, another's, the others'


class World:
    """Two neighbourhoods in which things are made at need, and that go back to how they were."""

    def __init__(self, app: Flask, who: str) -> None:
        self.app, self.who = app, who
        with app.app_context():
            make.world()
            with writing():
                make.season(make.neighbourhood("hoograven"))
        self.device = somebody(app, who, f"Rode {MINE}")
        with app.app_context(), writing():
            for slug, word in (("lombok", ANOTHERS), ("hoograven", THERES)):
                here = neighbourhoods.by_slug(slug)
                for first in ("Stille", "Andere"):
                    make.person(here, f"{first} {word}")
            if who != VISITOR:
                make.person(neighbourhoods.by_slug("lombok"), f"Andere {MINE}")
            self.file = db.engine.url.database
        self.media = app.config["BUURT"].media
        self.reader = sqlite3.connect(self.file)
        self.things: dict[tuple[Builder, str], Reach] = {}
        self.keep()

    def keep(self) -> None:
        """This is how it is."""
        self.kept = sqlite3.connect(":memory:")
        self.reader.backup(self.kept)
        self.is_at()

    def is_at(self) -> None:
        self.version = self.reader.execute("PRAGMA data_version").fetchone()

    @property
    def changed(self) -> bool:
        """Whether any row is other than it was, guesses aside."""
        if self.reader.execute("PRAGMA data_version").fetchone() == self.version:
            return False
        return rows(self.reader) != rows(self.kept)

    def logged_as(self) -> set[str]:
        """The roles under which the audit log keeps what was done since."""
        count = "SELECT count(*) FROM audit_entry"
        before = self.kept.execute(count).fetchone()[0]
        found = self.reader.execute("SELECT role FROM audit_entry ORDER BY id LIMIT -1 OFFSET ?", (before,))
        return {role for [role] in found.fetchall()}

    def go_back(self) -> None:
        """Every row is as it was; files only come."""
        if self.reader.execute("PRAGMA data_version").fetchone() != self.version:
            with closing(sqlite3.connect(self.file)) as writer:
                self.kept.backup(writer)
            self.is_at()

    def thing(self, build: Builder, word: str) -> Reach:
        """A thing of who has this word in their name, made once."""
        if (build, word) not in self.things:
            with self.app.app_context(), self.app.test_request_context("/w/lombok/"), writing():
                found = select(Person).where(Person.name.endswith(word)).order_by(Person.id)
                one, other = db.session.scalars(found).unique().all()[:2]
                self.things[build, word] = build(one, other)
            self.keep()
        return self.things[build, word]

    def close(self) -> None:
        self.reader.close()
        self.kept.close()


def rows(connection: sqlite3.Connection) -> dict[str, list[object]]:
    """Every row of every table."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for [name] in tables}  # nosec


@pytest.fixture
def world(app: Flask, clock, who: str) -> Iterator[World]:
    if app.config["BUURT"].database_url.startswith("postgresql"):
        pytest.skip("going back to how it was takes a file of SQLite")
    made = World(app, who)
    yield made
    made.close()


def reaches(row: Row, who: str, slug: str, word: str) -> bool:
    """What the two tables kept by hand say of a thing with this word."""
    if not may(who, row.endpoint, slug):
        return False
    if row.endpoint in EVERYWHERE:
        return VISITOR in row.anothers
    if word == THERES:
        return slug == "hoograven" and VISITOR in row.anothers
    return slug == "lombok" and who in (row.own if word == MINE else row.anothers)


class Case(NamedTuple):
    """A route with a thing of somebody, at an address of one of the two neighbourhoods."""

    row: Row
    rule: Rule
    word: str
    slug: str
    size: str


def cases(app: Flask, who: str) -> Iterator[Case]:
    """Every route that takes a thing, with mine, another's and the other neighbourhood's, in each size."""
    for row in WHOSE:
        for rule in app.url_map.iter_rules(row.endpoint):
            slugs = ("lombok", "hoograven") if "slug" in rule.arguments else ("lombok",)
            sizes = ("small", "medium", "large") if "size" in rule.arguments else ("",)
            words = (ANOTHERS, THERES) if who == VISITOR else (MINE, ANOTHERS, THERES)
            for word, slug, size in product(words, slugs, sizes):
                yield Case(row, rule, word, slug, size)


def ask(world: World, case: Case, reach: Reach) -> TestResponse:
    """The answer of a route to who holds the device."""
    given = {**reach[0], "slug": case.slug, "size": case.size}
    wanted = {name: given[name] for name in case.rule.arguments}
    address = world.app.url_map.bind("localhost").build(case.row.endpoint, wanted)
    if "GET" in case.rule.methods:
        return world.device.get(address)
    return world.device.post(address, data=reach[1])


def what_is_wrong(world: World, case: Case) -> str | None:
    """How an answer differs from the tables kept by hand; None where it does not."""
    must = reaches(case.row, world.who, case.slug, case.word)
    answer = ask(world, case, world.thing(case.row.thing, case.word))
    tells, changed = case.word.encode() in answer.get_data(), world.changed
    answer.close()
    reads = "GET" in case.rule.methods
    is_in = answer.status_code < 400 and not is_sent_away(answer)
    is_in = is_in and (changed or reads)
    wrong = {
        "breaks": answer.status_code >= 500,
        "opens": is_in and not must,
        "is shut": must and not is_in,
        "tells": tells and not must and case.word != MINE and not case.row.is_public,
        "is silent": must and case.row.is_told and not tells,
        "changes": changed and ((reads and case.row.endpoint not in NOTED) or (not must and answer.status_code >= 400)),
        "is logged as another's act": changed and not world.logged_as() <= {world.who, *AS_NOBODY},
    }
    return next((what for what, it_does in wrong.items() if it_does), None)


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_thing_is_reached_by_whom_it_concerns_and_by_nobody_else(world: World, who: str):
    wrong, walked = [], list(cases(world.app, who))
    for case in walked:
        if what := what_is_wrong(world, case):
            wrong.append((what, case.row.endpoint, case.row.thing.__name__, case.word, case.slug, case.size))
        world.go_back()
    print(f"{who}: {len(walked)} combinations of a route and a thing")
    assert wrong == []
    assert len(walked) > 2 * len(WHOSE)


@pytest.mark.parametrize("who", [*PLAIN, "coordinator"])  # who between them open every page
def test_reading_a_page_that_is_about_no_thing_changes_nothing(world: World, who: str):
    for build in {row.thing for row in WHOSE}:
        world.thing(build, ANOTHERS if who == VISITOR else MINE)
    rules = [rule for rule in world.app.url_map.iter_rules() if rule.arguments <= {"slug"} and "GET" in rule.methods]
    changed = []
    for rule in rules:
        world.device.get(rule.rule.replace("<slug>", "lombok")).close()
        if world.changed and rule.endpoint not in NOTED:
            changed.append(rule.endpoint)
        world.go_back()
    assert changed == []
    assert len(rules) > 50


def test_every_route_that_takes_a_thing_says_whose_it_may_be(app: Flask):
    walked = {row.endpoint for row in WHOSE}
    rules = app.url_map.iter_rules()
    takes = {rule.endpoint for rule in rules if rule.arguments - NOT_A_THING or "POST" in rule.methods}
    assert takes - walked - NO_THING == set()
    assert NO_THING & walked == set()


def test_the_two_tables_agree(app: Flask):
    for row in WHOSE:
        most = {who for who in EVERYBODY if may(who, row.endpoint, "lombok")}
        assert row.own | row.anothers <= most, row.endpoint
