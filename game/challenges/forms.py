"""What a form says of a challenge, within bounds. Words stay words: markup in them is never interpreted."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _l

from core import clock, i18n, spelling
from core.neighbourhoods.models import Zone
from core.people.word_filter import objection
from core.places import queries as places
from core.places.models import Spot
from core.refusal import Refusal, Sort
from game.challenges import themes
from game.challenges.answers import spelled
from game.challenges.kinds import Kind
from game.challenges.models import Challenge, Theme

LANGUAGES = ("nl", "en")  # what makers write; a resident's own language stays beside them
LONGEST = {
    "title": 60, "text": 240, "question": 120, "picture": 120, "site": 120, "answers": 120, "by": 60, "theme": 30,
}  # fmt: skip
MARKS = ("free", "step_free", "indoor")
FILTERS = (*MARKS, "faceless")  # what a reader may ask for
PICTURES = {  # our drawings of then: the file in static/illustrations, and what to call it
    "then-shop.svg": _l("the shop on the corner"),
    "then-washing.svg": _l("the washing at the water"),
    "then-lime.svg": _l("the bench under the lime tree"),
}
AROUND = timedelta(days=800)  # how far from today a challenge may begin and end


def said(name: str) -> str:
    """A field on one line, without signs that nobody can see. Raises Refusal for one that is too long."""
    line = spelling.line(request.form.get(name, "")[:2000])
    most = LONGEST[name.partition("-")[0]]
    if len(line) > most:
        raise Refusal(_l("That is too long. A field says how many signs it takes."), Sort.INVALID)
    return line


def wanted() -> list[str]:
    """What a reader asks for, from the address."""
    return [name for name in FILTERS if request.args.get(name) == "1"]


def words(code: str) -> dict[str, str]:
    """Title, text and question in one language. Raises Refusal when there is no title or no text."""
    return complete({name: said(f"{name}-{code}") for name in ("title", "text", "question")})


def complete(texts: dict[str, str]) -> dict[str, str]:
    """The same texts. Raises Refusal when there is no title or no text."""
    if not texts["title"] or not texts["text"]:
        raise Refusal(_l("A challenge has a title, and says what to do."), Sort.INVALID)
    return texts


def fields(kind: type[Kind], before: Challenge | None) -> dict[str, Any]:
    """What makers filled in for a challenge of a kind. Raises Refusal naming what lacks.

    Its place, theme and zone are there now: what is saved is asked for inside `writing()`.
    """
    spot = next((spot for spot in spots(before) if spot.key == request.form.get("spot", "")), None)
    if kind.needs("spot") and spot is None:
        raise Refusal(_l("Choose the place where it is done."), Sort.INVALID)
    first, last = _day("first_day"), _day("last_day")
    if first and last and last < first:
        raise Refusal(_l("The last day comes before the first."), Sort.INVALID)
    others = {code: texts for code, texts in (before.texts if before else {}).items() if code not in LANGUAGES}
    return {
        "texts": {**_texts(kind), **others},
        "marks": [mark for mark in MARKS if mark in request.form.getlist("marks")],
        "faceless": "faceless" in request.form,
        "by": _by(),
        "spot_id": spot.id if spot else None,
        "theme_id": next((theme.id for theme in offered_themes() if theme.key == request.form.get("theme", "")), None),
        "zone_id": next((zone.id for zone in zones() if zone.name == request.form.get("zone", "")), None),
        "on_site": _on_site(kind) if "on_site" in kind.fields else None,
        "picture": _picture() if "picture" in kind.fields else None,
        "first_day": first,
        "last_day": last,
    }


def new_theme() -> dict[str, dict[str, str]] | None:
    """The theme that they add: language → {"name"}. Raises Refusal where it has no Dutch name."""
    names = {code: {"name": name} for code in LANGUAGES if (name := said(f"theme-{code}"))}
    if names and "nl" not in names:
        raise Refusal(_l("Give the theme a name in Dutch."), Sort.INVALID)
    return names or None


def offered_themes() -> Sequence[Theme]:
    """The themes that this maker can choose."""
    return themes.offered(g.neighbourhood.id, g.person.player_key)


def spots(challenge: Challenge | None) -> list[Spot]:
    """The places where a challenge can be done: those on the map, and its own when that was taken off."""
    own = challenge.spot if challenge else None
    return [*places.of(g.neighbourhood.id), *([own] if own and own.removed_at else [])]


def zones() -> list[Zone]:
    """The parts of the neighbourhood that a challenge can be in."""
    return [zone for zone in g.neighbourhood.zones if not zone.is_future]


def language() -> str:
    """The language that a resident writes in."""
    code = request.form.get("lang", "")
    return code if code in i18n.languages() else "nl"


def filled(challenge: Challenge) -> dict[str, Any]:
    """A challenge as the fields of its form."""
    told: dict[str, Any] = {
        "by": challenge.by or "", "spot": challenge.spot.key if challenge.spot else "", "marks": challenge.marks,
        "theme": challenge.theme.key if challenge.theme else "", "zone": challenge.zone.name if challenge.zone else "",
        "faceless": challenge.faceless, "drawing": challenge.picture or "",
        "first_day": challenge.first_day.isoformat() if challenge.first_day else "",
        "last_day": challenge.last_day.isoformat() if challenge.last_day else "",
    }  # fmt: skip
    for code, texts in challenge.texts.items():
        told |= {f"{name}-{code}": texts.get(name, "") for name in ("title", "text", "question", "picture")}
    for code, asked in (challenge.on_site or {}).items():
        told |= {f"site-{code}": asked["question"], f"answers-{code}": ", ".join(asked["answers"])}
    return told


def typed() -> dict[str, Any]:
    """The fields as they were just typed, to go on with."""
    return {**request.form.to_dict(), "marks": request.form.getlist("marks"), "faceless": "faceless" in request.form}


def _texts(kind: type[Kind]) -> dict[str, dict[str, str]]:
    """Dutch, and English where it is filled in."""
    texts = {code: words(code) for code in LANGUAGES if code == "nl" or said(f"title-{code}") or said(f"text-{code}")}
    for code, one in texts.items():
        if kind.needs("question") and not one["question"]:
            raise Refusal(_l("A talk card has a question."), Sort.INVALID)
        if kind.needs("picture"):
            one["picture"] = said(f"picture-{code}")
            if not one["picture"]:
                raise Refusal(_l("Say what is in the picture, for who cannot see it."), Sort.INVALID)
    return texts


def _on_site(kind: type[Kind]) -> dict[str, Any] | None:
    """The question that only who stands there can answer."""
    asked = {}
    for code in LANGUAGES:
        answers = [one.strip() for one in said(f"answers-{code}").split(",") if spelled(one)]
        if (question := said(f"site-{code}")) and answers:
            asked[code] = {"question": question, "answers": answers}
    if "nl" not in asked and (asked or kind.needs("on_site")):
        raise Refusal(_l("Ask in Dutch what only who stands there can see, with the answer."), Sort.INVALID)
    return asked or None


def _picture() -> str:
    chosen = request.form.get("drawing", "")
    if chosen not in PICTURES:
        raise Refusal(_l("Choose one of the pictures."), Sort.INVALID)
    return chosen


def _by() -> str | None:
    """Who thought of it, by the same word filter as names in the game."""
    by = said("by")
    if by and (why := objection(by)):
        raise Refusal(why, Sort.INVALID)
    return by or None


def _day(name: str) -> date | None:
    text = request.form.get(name, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(_l("Write a day as year-month-day, such as 2027-03-01."), Sort.INVALID) from None
    if not clock.today() - AROUND <= day <= clock.today() + AROUND:
        raise Refusal(_l("That day is too far from now."), Sort.INVALID)
    return day
