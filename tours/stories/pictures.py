"""What is said of a picture: whose it is, who stands in it, and what follows from that. Knows no rows and no web."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core import clock
from tours.stories import period

MOST = 4
THEN, NOW, PHOTO = "then", "now", "photo"  # the role of a picture: of a pair, or by itself
OWN, FAMILY, OTHER, ARCHIVE, UNKNOWN = "own", "family", "other", "archive", "unknown"
NOBODY, UNRECOGNISABLE, CONSENTED, UNASKED = "nobody", "unrecognisable", "consented", "unasked"
WHOSE = {
    OWN: _l("I made it"), FAMILY: _l("Out of our family album"), OTHER: _l("Of somebody else"),
    ARCHIVE: _l("Of an archive"), UNKNOWN: _l("I do not know"),
}  # fmt: skip
PEOPLE = {
    NOBODY: _l("Nobody"), UNRECOGNISABLE: _l("People whom nobody can recognise"),
    CONSENTED: _l("People who said yes"), UNASKED: _l("People whom I could not ask: we do not show it yet"),
}  # fmt: skip
Said = Mapping[str, Any]
"""A picture as the content of a story has it."""


class Rights(NamedTuple):
    """What may be done with a picture: a statement of rightsstatements.org, and the same in a short sentence."""

    uri: str
    sentence: LazyString


def _of(name: str, sentence: LazyString) -> Rights:
    return Rights(f"http://rightsstatements.org/vocab/{name}/1.0/", sentence)


IN_COPYRIGHT = _of("InC", _l("Ask before you use this picture."))
NOBODY_FOUND = _of("InC-RUU", _l("Somebody made this picture, and we do not know who."))
NOT_EVALUATED = _of("CNE", _l("Ask the archive before you use this picture."))
UNDETERMINED = _of("UND", _l("We do not know whose picture this is."))
SENTENCES = {one.uri: one.sentence for one in (IN_COPYRIGHT, NOBODY_FOUND, NOT_EVALUATED, UNDETERMINED)}


def rights(said: Said) -> Rights:
    """What follows from whose it is."""
    if said.get("whose") in (OWN, FAMILY):
        return IN_COPYRIGHT
    if said.get("whose") == OTHER:
        return IN_COPYRIGHT if said.get("source") else NOBODY_FOUND
    return NOT_EVALUATED if said.get("whose") == ARCHIVE else UNDETERMINED


def credit(said: Said) -> str:
    """Whose name stands with it: never that of who tells the story."""
    return str(said.get("source", "")) if said.get("whose") in (OTHER, ARCHIVE) else ""


def why_not(said: Said, is_childs: bool) -> LazyString | None:
    """Why everybody may not see it, None where they may; of who is in it nothing is taken for granted.

    A child's story shows nobody who can be recognised, whoever said yes.
    """
    people = said.get("people", UNASKED)
    if people in (NOBODY, UNRECOGNISABLE):
        return None
    if people != CONSENTED:
        return _l("We do not show this picture. Somebody in it was not asked yet.")
    if is_childs:
        return _l("We do not show this picture. With a story of somebody young we show no faces.")
    return None


def shown(content: Mapping[str, Any], is_childs: bool) -> list[tuple[int, Said]]:
    """The pictures of a version that everybody may see, each with its number in it."""
    numbered = enumerate(content.get("pictures", ()))
    return [(number, said) for number, said in numbered if why_not(said, is_childs) is None]


def kept_back(content: Mapping[str, Any]) -> bool:
    """Whether a version has pictures that nobody sees."""
    given = content.get("pictures", ())
    return len(shown(content, bool(content.get("young")))) < len(given)


def words(said: Said) -> list[object]:
    """What its teller says of it, for who looks at it before everybody may."""
    told = (_when(said), WHOSE.get(said.get("whose", ""), WHOSE[UNKNOWN]), credit(said),
            PEOPLE.get(said.get("people", ""), PEOPLE[UNASKED]))  # fmt: skip
    return [one for one in told if one]


def _when(said: Said) -> object:
    """When it was made as its teller wrote it, with the year that was read in it."""
    wrote = said.get("when")
    time = period.read(wrote, clock.today().year) if wrote else None
    if time is None:
        return _l("%(when)s (we read no year in it)", when=wrote) if wrote else None
    return wrote if str(time.words) == wrote else _l("%(when)s (we read: %(year)s)", when=wrote, year=time.words)
