"""The things of dialogues that somebody can own or be in, as tests/core/objects.py has them of all other slices."""

import secrets
from datetime import time, timedelta

from core import clock
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.desk import service as desk
from core.people.models import Person
from game.dialogues import asking, insights, queries, service, talks
from game.dialogues import question_queries as asked
from game.dialogues.course import DONE, HEARD, TAKEN_UP
from game.dialogues.kind import INQUIRY
from game.dialogues.models import Hour, Professional, State
from game.dialogues.models_talk import Talk
from tests import make
from tests.core.objects import Reach, _shown, _spot, starts, word_of

CARD = "first-home"


def professional(one: Person, other: Person) -> Reach:
    """The first as somebody who works here, under their name."""
    return {"key": _works(one).key}, {"shows": "1"}


def planned_hour(one: Person, other: Person) -> Reach:
    """An hour of the first, today."""
    return {"key": _hour(one).key}, {"to": "open"}


def open_hour(one: Person, other: Person) -> Reach:
    """The same, where somebody can draw a card."""
    return {"key": _open(one).key}, {"card": CARD, "words": f"Bij de {word_of(other)}."}


def card_to_answer(one: Person, other: Person) -> Reach:
    """A card that somebody drew in an hour of the first, and that waits for the first."""
    return {"key": _drawn(_new(one), one).key}, {"words": f"Op {word_of(one)}."}


def answered_talk(one: Person, other: Person) -> Reach:
    """A card that the first drew, and that both answered."""
    return {"key": _answered(one).key}, {"words": f"Wie {word_of(one)} zegt."}


def written_talk(one: Person, other: Person) -> Reach:
    """The same, with what they learned, which nobody signed."""
    insight = insights.write(_answered(one), one.player_key, f"Wie {word_of(one)} zegt.", "nl")
    return {"key": insight.talk.key}, {"seen": insight.hash}


def learned(one: Person, other: Person) -> Reach:
    """What the first learned, which both signed."""
    insight = insights.write(_answered(one), one.player_key, f"Wie {word_of(one)} zegt.", "nl")
    for seat in insight.talk.seats:
        insights.sign(insight, insight.hash, seat.who, shows_name=True)
    return {"key": insight.key, "kind": "insight"}, {"reason": "other"}


def reported_insight(one: Person, other: Person) -> Reach:
    """The same, which somebody reported."""
    reach = learned(one, other)
    key = reach[0]["key"]
    desk.report(one.neighbourhood_id, "insight", key, "other")
    return reach[0], {"verdict": "good", "reason": "other", "shown": _shown(one, "insight", key)}


def waiting_inquiry(one: Person, other: Person) -> Reach:
    """A question of the first that an editor has not looked at."""
    made = _inquiry(one, _new(one))
    form = {**made.last.content, "words": f"Waar is {word_of(one)} gebleven?", "lang": "nl", "named": "1"}
    said = {"verdict": "good", "reason": "other", "shown": _shown(one, "question", made.key)}
    return {"key": made.key, "kind": "question"}, {**form, **said}


def shown_inquiry(one: Person, other: Person) -> Reach:
    """The same as everybody reads it, and somebody else who could answer it."""
    made = _inquiry(one, _new(one))
    contributions.say_yes(made, made.last, "an editor")
    return {"key": made.key}, {"professional": _works(_new(one)).key}


def asked_of_me(one: Person, other: Person) -> Reach:
    """A question that the first answers."""
    made = _inquiry(_new(one), one, f"Waarom {word_of(one)}? {secrets.token_hex(3)}")
    contributions.say_yes(made, made.last, "an editor")
    return {"key": made.key}, {"to": HEARD, "words": "Ik ga kijken."}


def done_inquiry(one: Person, other: Person) -> Reach:
    """A question of the first that is done, says who was asked."""
    reach = shown_inquiry(one, other)
    question = asked.question(one.neighbourhood_id, reach[0]["key"])
    for to in (HEARD, TAKEN_UP, DONE):
        asking.take(question, to, question.professional.who, "Gekeken.", "nl")
    return reach[0], {"words": "Nog niet."}


def theme_table(one: Person, other: Person) -> Reach:
    """A table that the first laid."""
    return {"key": talks.lay(one, _spot(one), "one-metre").key}, {}


def _new(one: Person) -> Person:
    return make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")


def _works(one: Person) -> Professional:
    found = queries.professional(one.neighbourhood_id, one.player_key)
    if found is None:
        found = service.appoint(one, f"Bureau {word_of(one)}", "beheerder")
        service.show_name(found, True)
    return found


def _hour(one: Person) -> Hour:
    last = min(clock.local(clock.now()) + timedelta(hours=2), clock.local(clock.last_moment_of(clock.today())))
    begins = clock.local(clock.now()).replace(minute=0, second=0, microsecond=0).time()
    return service.plan(_works(one), _spot(one), "home", clock.today(), begins, time(last.hour, 59))


def _open(one: Person) -> Hour:
    made = _hour(one)
    service.move(made, State.OPEN)
    return made


def _drawn(resident: Person, of: Person) -> Talk:
    return talks.draw(_open(of), CARD, resident.player_key, f"Bij {word_of(resident)}.", "nl")


def _answered(resident: Person) -> Talk:
    other = _new(resident)
    talk = _drawn(resident, other)
    talks.answer(talk, other.player_key, f"Bij {word_of(resident)} ook.", "nl")
    return talk


def _inquiry(one: Person, of: Person, words: str = "") -> Contribution:
    said = {"words": words or f"Waar is {word_of(one)}? {secrets.token_hex(3)}", "hour": _open(of).key}
    return contributions.hand_in(INQUIRY, one.neighbourhood, one.player_key, said, "nl", named=True)
