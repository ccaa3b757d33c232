"""A task as a kit keeps it, and the bounds of what stands in one. JSON in and out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from core import spelling
from core.refusal import Refusal, Sort

ASK, HELP, SHORT, LONGEST_MINUTES = 160, 200, 120, 60  # signs at most; minutes at most
NOT_A_TASK = _l("A task in this file is not as it should be. Have the file made once more.")


@dataclass(frozen=True)
class Task:
    """One thing to do at a stop.

    `key`: what an answer names it by, in its kit. `kind`: a name of KINDS. `at`: the key of its spot. `of`: the keys
    of the stories that it is made of; it leaves with any of them. `said`: what its kind has besides, as `Kind.fit`
    left it. `offer`: which offer it was (offers.py), "" for one of a maker's own.
    """

    key: str
    kind: str
    at: str
    ask: str
    help: str = ""
    minutes: int = 5
    of: tuple[str, ...] = ()
    offer: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)

    def written(self) -> dict[str, Any]:
        """As JSON has it."""
        return {**asdict(self), "of": list(self.of)}


def wrong(sentence: object = NOT_A_TASK) -> Refusal:
    """What a task cannot be, in a sentence."""
    return Refusal(sentence, Sort.INVALID)


def words(said: Mapping[str, object], name: str, most: int, needed: bool = True) -> str:
    """A text of at most so many signs, in its one spelling. Raises Refusal."""
    found = said.get(name, "")
    if not isinstance(found, str):
        raise wrong()
    text = spelling.line(found[: 4 * most])
    if len(text) > most:
        raise wrong(_l("“%(start)s …” is too long: at most %(most)s signs.", start=text[:30], most=most))
    if needed and not text:
        raise wrong()
    return text


def some(said: Mapping[str, object], name: str, least: int, most: int) -> list[Any]:
    """A list of so many. Raises Refusal."""
    found = said.get(name, [])
    if not isinstance(found, list) or not least <= len(found) <= most:
        raise wrong()
    return found


def each(found: object) -> Mapping[str, object]:
    """A thing with names in it. Raises Refusal."""
    if not isinstance(found, dict):
        raise wrong()
    return found
