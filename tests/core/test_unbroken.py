"""No line ends between a number and what it counts: over the whole catalogue, in both languages."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from core.unbroken import COUNTS, unbroken

CATALOGUE = Path(__file__).parents[2] / "core/translations/nl/LC_MESSAGES/messages.po"
WORDS = {
    "day",
    "first",
    "have",
    "kept",
    "moment",
    "name",
    "organisation",
    "role",
    "sign",
    "stop",
    "story",
    "theirs",
    "time",
    "wanted",
    "weeks",
    "when",
    "year",
    "zone",
    "zones",
}  # no numbers, or of the clock
BREAKS = re.compile(r"(?:(?<![\w.,])\d+|%\((\w+)\)[sd]|\{(\w+)\}) (?=[^\W\d_])")


def texts() -> list[str]:
    """Every text as it stands in the code and in Dutch, in each number."""
    with CATALOGUE.open("rb") as file:
        found = [part for message in read_po(file) for part in (message.id, message.string)]
    return [text for part in found for text in ((part,) if isinstance(part, str) else part)]


def test_no_text_breaks_between_a_number_and_its_noun():
    broken = {name for text in texts() for found in BREAKS.finditer(unbroken(text)) for name in [found[1] or found[2]]}
    assert broken - WORDS == set(), "is it a number? then it belongs in core.unbroken.COUNTS"
    assert not WORDS & set(COUNTS)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Het seizoen duurt nog %(num)d dagen", "Het seizoen duurt nog %(num)d_dagen"),
        ("±%(metres)d meter weg", "±%(metres)d_meter weg"), ("{number} m van de bank", "{number}_m van de bank"),
        ("25 tot 150 meter", "25_tot 150_meter"), ("2,5 km lopen", "2,5_km lopen"), ("K7R X4P", "K7R X4P"),
        ("%(name)s woont hier", "%(name)s woont hier"), ("52.0907 en verder", "52.0907_en verder"),
    ],
)  # fmt: skip
def test_the_space_behind_a_number_is_a_no_break_space(text, whole):
    assert unbroken(text) == whole.replace("_", "\u00a0")


def test_pages_write_it_so_in_templates_and_from_code(client, here, amina):
    for path in ("/w/lombok/", "/w/lombok/thermometer"):
        page = client.get(path, headers={"Accept-Language": "nl"}).data.decode()
        words = re.sub(r"<[^>]+>", "", page)
        assert not re.search(r"\d (dag|dagen|punt|punten|meter|minuten)\b", words), path
    assert "\u00a0" in client.get("/w/lombok/", headers={"Accept-Language": "nl"}).data.decode()
