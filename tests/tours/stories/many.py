"""A neighbourhood with as many stories as asked, and five memories for each, inserted in bulk."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, select, text

from core import clock
from core.consent.models import Consent
from core.contributions.models import Contribution, State
from core.database import Model, db
from tests.bench.meetings import letters
from tours.stories.models import Reaction, Story

FIRST = 3_000_000  # the first id: free of what services make
MEMORIES = 5  # for each story, all of them under the first
THEMES, LANGUAGES = ("shops", "war", "water", ""), ("nl", "tr", "ar", "en")
WORDS = ("brug", "slager", "kanaal", "school", "oma", "fiets", "markt", "kachel", "trap", "stoep", "bakker")
Row = tuple[type[Model], dict[str, Any]]


def grow(here: int, spot: int, size: int) -> None:
    """As many stories as this, of which each tenth is at this spot. They begin in 1900 and later; some have no time."""
    have = db.session.scalar(select(func.count()).select_from(Story).where(Story.id >= FIRST)) or 0
    for chunk in _chunks(range(have, size)):
        made: dict[type[Model], list[dict[str, Any]]] = {}
        for number in chunk:
            for model, row in (*_story(here, spot, number), *_memories(here, number)):
                made.setdefault(model, []).append(row)
        for model, rows in made.items():
            db.session.execute(model.__table__.insert(), rows)
    db.session.execute(text("ANALYZE"))  # PostgreSQL would know a minute later by itself
    db.session.commit()


def key(what: str, number: int) -> str:
    """The key of the story or memory with this number."""
    return f"{what}{letters(number):a>{26 - len(what)}}"


def _chunks(numbers: range) -> Iterator[list[int]]:
    left = iter(numbers)
    while chunk := list(islice(left, 2000)):
        yield chunk


def _story(here: int, spot: int, number: int) -> Iterator[Row]:
    id_, now = FIRST + number, clock.now()
    year = None if number % 13 == 12 else 1900 + number % 127
    said = [WORDS[number % 11], WORDS[number * 7 % 11], f"woord{number}", f"uniek{number % 100}"]
    yield _handed_in("story", here, number, id_)
    yield Story, {
        "id": id_, "key": key("many", number), "neighbourhood_id": here, "contribution_id": id_,
        "spot_id": None if number % 10 else spot, "title": f"Verhaal {number}", "words": " ".join(said * 20),
        "language": LANGUAGES[number % 4], "called": f"Buur {number}", "theme": THEMES[number % 4],
        "warning": "", "when": str(year or ""), "edtf": year and str(year), "first_year": year,
        "found": f" verhaal {number} {' '.join(said)}", "version_hash": "", "published_at": now, "prompt": "",
        "sound_key": key("sound", number) if number % 5 == 0 else None,
    }  # fmt: skip
    for use in ("site", "name", "embed", "voice"):
        yield Consent, {"kind": "story", "thing": id_, "who": "many", "use": use, "how": "screen", "given_at": now}


def _memories(here: int, number: int) -> Iterator[Row]:
    for at in range(number * MEMORIES, (number + 1) * MEMORIES):
        id_ = 2 * FIRST + at
        yield _handed_in("reaction", here, at, id_)
        yield Reaction, {"id": id_, "key": key("know", at), "story_id": FIRST, "words": "Dat ken ik.", "language": "nl"}


def _handed_in(kind: str, here: int, number: int, id_: int) -> Row:
    return Contribution, {
        "id": id_, "key": key("many" if kind == "story" else "know", number), "kind": kind, "neighbourhood_id": here,
        "who": "many", "named": True, "called": f"Buur {number}", "state": State.SHOWN,
        "sent_at": clock.now() - timedelta(days=1), "last_version": 1, "shown_version": 1, "became": id_,
    }  # fmt: skip
