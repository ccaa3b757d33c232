"""A made-up right-to-left language for tests: Dutch in Arabic-looking letters, a third longer, between ⟦ and ⟧.

What stands on a page outside the brackets never went through gettext. Placeholders and HTML tags are kept.
"""

import re
from itertools import cycle, islice
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DUTCH = Path(__file__).parents[1] / "core" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
CODE = "yi"
KEPT = re.compile(r"(%\(\w+\)[sd]|%%|\{\w+\}|<[^>]+>|&\w+;)")
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzëïéèóöüABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ابصدعفغهيجكلمنوپقرستظطضخىزعيععووظابصدعفغهيجكلمنوپقرستظطضخىز",
)
LONGER = 0.3


def text(dutch: str) -> str:
    """A Dutch text in the made-up language."""
    parts = KEPT.split(dutch)
    said = sum(len(part) for part in parts[::2])
    drawn = "".join(part if number % 2 else part.translate(LETTERS) for number, part in enumerate(parts))
    more = "".join(islice(cycle("ـهي ـنو "), round(said * LONGER))).rstrip()
    return f"⟦{drawn}{more}⟧"


def write(folder: Path) -> Path:
    """Write the language below `folder`, as BUURT_TRANSLATIONS expects it; gives `folder`."""
    with DUTCH.open("rb") as file:
        dutch = read_po(file, locale="nl")
    made = Catalog(locale=CODE)
    for message in dutch:
        if message.id:
            texts = message.string
            made.add(
                message.id, text(texts) if isinstance(texts, str) else tuple(map(text, texts)), context=message.context
            )
    target = folder / CODE / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        write_mo(out, made)
    return folder
