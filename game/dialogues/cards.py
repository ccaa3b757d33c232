"""The talk cards: one question each, the same for resident and professional. They are data (cards.json)."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core import i18n

FILE = Path(__file__).with_name("cards.json")
THEMES: dict[str, LazyString] = {
    "home": _l("Feeling at home"),
    "street": _l("The street"),
    "help": _l("Helping each other"),
    "growing": _l("Growing up and growing old"),
    "say": _l("Having a say"),
}


class Card(NamedTuple):
    """A card, as the file has it."""

    name: str
    theme: str
    texts: dict[str, Any]  # language → {"question"}

    @property
    def question(self) -> dict[str, Any]:
        """In the reader's language: {"question", "lang"}."""
        return i18n.pick(self.texts)


@cache
def every() -> dict[str, Card]:
    """All cards, by name, in the order of the file."""
    return {
        one["name"]: Card(one["name"], one["theme"], {code: {"question": said} for code, said in one["says"].items()})
        for one in json.loads(FILE.read_text("utf-8"))
    }


def of_theme(theme: str) -> list[Card]:
    """Those of a theme."""
    return [card for card in every().values() if card.theme == theme]


def drawn(theme: str, so_far: int) -> Card:
    """The next card of the pile of a theme, after so many that were drawn; the pile goes round."""
    pile = of_theme(theme)
    return pile[so_far % len(pile)]
