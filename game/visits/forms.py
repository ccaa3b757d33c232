"""What a form says of being at a spot: `lat`, `lon`, `accuracy`, `plate`, `answer`. The position ends here."""

from flask import request

from core import guesses
from core.places import presence
from core.places.models import Spot
from game.challenges.answers import Asked
from game.visits import rules, service
from game.visits.service import Judged, Shown

FIELDS = ("lat", "lon", "accuracy", "plate", "answer")


def says_something() -> bool:
    """Whether the form tries to show anything."""
    return any(request.form.get(name, "").strip() for name in FIELDS)


def judged(spot: Spot, asked: Asked | None) -> Judged:
    """What the form comes to, at this spot. Wrong answers are counted: answers 429 to anybody who guesses too often.

    "Ik ben er toch" (`anyway`) is taken at its word: the fix is left out of it.
    """
    answer = request.form.get("answer", "")
    if answer.strip():
        guesses.refuse_own()
    fix = None if request.form.get("anyway") == "1" else presence.read(request.form)
    found = service.judge(spot, asked, Shown(fix, request.form.get("plate", "").strip(), answer))
    if found.is_wrong_answer:
        guesses.count_own()
    return found


def evidence(spot: Spot | None, asked: Asked | None) -> str:
    """What a yes stores of it: the names of the pieces that hold. Without a spot, or a word said, none."""
    return rules.written(judged(spot, asked).pieces) if spot and says_something() else ""
