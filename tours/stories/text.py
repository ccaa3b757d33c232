"""A teller's words: shown safely, counted, and compared sentence by sentence. They are never changed here."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

READ_A_MINUTE = 130  # words (docs/rules.md §6)
TITLE, MOST = 6, 60  # words and signs of a title that nobody gave
LONG = 15  # words in a sentence: more reads hard for many
TAGS = {"p", "em", "strong", "br", "ul", "ol", "li", "blockquote"}
OTHER = {"changed", "gone", "new"}  # than its teller had it
END = re.compile(r"(?<=[.!?…])[\"'’”»)]*\s+|\n+")


@dataclass(frozen=True)
class Line:
    """One sentence of a new version beside the one before: "same", "changed", "gone" or "new".

    "typed" is one that was said aloud, and that somebody typed for the first time. `parts` of a changed one: runs of
    words, each "same", "gone" or "new".
    """

    kind: str
    sentence: str
    parts: tuple[tuple[str, str], ...] = ()


def shown(words: str) -> Markup:
    """Paragraphs, emphasis, lists and quotations; whatever else it looks like, it stays text."""
    import nh3  # a process that shows no story spares both

    return Markup(nh3.clean(_markdown().render(words), tags=TAGS, attributes={}))  # nosec: nh3 left these tags alone


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    rules = ["newline", "escape", "emphasis", "list", "blockquote", "balance_pairs"]
    return MarkdownIt("zero", {"breaks": True}).enable(rules)


def sentences(words: str) -> list[str]:
    """The sentences of a text, without what only marks it up."""
    lines = (re.sub(r"^\s*(?:[*\-+>]|\d+[.)])\s+", "", line) for line in words.splitlines())
    return [one for one in (part.strip() for part in END.split("\n".join(lines))) if one]


def title(words: str) -> str:
    """What a story is called that its teller gave no name: how it begins, "" for no words."""
    first = next(iter(sentences(words)), "").rstrip(".…")
    begins = " ".join(first.split()[:TITLE])[:MOST].strip()
    return begins if begins == first else f"{begins} …"


def word_count(words: str) -> int:
    """How many words."""
    return len(re.findall(r"\w+(?:['’\-]\w+)*", words))


def minutes(words: str) -> int:
    """How long reading takes, at least one minute."""
    return max(1, round(word_count(words) / READ_A_MINUTE))


def long_sentences(words: str) -> list[str]:
    """Those that many people read with trouble: a hint to the teller, and no more."""
    return [one for one in sentences(words) if word_count(one) > LONG]


def compared(before: str, after: str) -> list[Line]:
    """Each sentence of two versions, in the order of the new one."""
    old, new = sentences(before), sentences(after)
    lines: list[Line] = []
    for kind, start, end, at, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [Line("same", one) for one in old[start:end]]
        else:
            lines += _between(old[start:end], new[at:to])
    return lines


def typed(words: str) -> list[Line]:
    """The sentences of a voice that nobody typed before: no other words than those that its teller said."""
    return [Line("typed", one) for one in sentences(words)]


def _between(old: list[str], new: list[str]) -> list[Line]:
    """Sentences that took each other's place: those that are alike are one that changed."""
    lines = []
    for sentence in old:
        alike = next((one for one in new if _alike(sentence, one)), None)
        if alike is None:
            lines.append(Line("gone", sentence))
            continue
        while new and new[0] != alike:
            lines.append(Line("new", new.pop(0)))
        lines.append(Line("changed", alike, _parts(sentence, new.pop(0))))
    return lines + [Line("new", one) for one in new]


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() > 0.4


def _parts(before: str, after: str) -> tuple[tuple[str, str], ...]:
    old, new = before.split(), after.split()
    parts: list[tuple[str, str]] = []
    for kind, start, end, at, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", " ".join(old[start:end])))
            continue
        parts += [(what, " ".join(run)) for what, run in (("gone", old[start:end]), ("new", new[at:to])) if run]
    return tuple(parts)
