"""When a story is about, from a teller's own words to EDTF level 1 (Library of Congress) and back to short words.

The words stay as they were written; what is read out of them orders the collection and is shown beside them. What
nobody can read orders nothing, and is no mistake.
"""

import re
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

YEAR = r"((?:1[0-9]|20)\d\d)"
DECADES = {"tien": 1, "twintig": 2, "dertig": 3, "veertig": 4, "vijftig": 5, "zestig": 6, "zeventig": 7, "tachtig": 8,
           "negentig": 9, "teens": 1, "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6,
           "seventies": 7, "eighties": 8, "nineties": 9}  # fmt: skip
MONTHS = {"januari": 1, "january": 1, "februari": 2, "february": 2, "maart": 3, "march": 3, "april": 4, "mei": 5,
          "may": 5, "juni": 6, "june": 6, "juli": 7, "july": 7, "augustus": 8, "august": 8, "september": 9,
          "oktober": 10, "october": 10, "november": 11, "december": 12}  # fmt: skip
SEASONS = {"lente": 21, "voorjaar": 21, "spring": 21, "zomer": 22, "summer": 22, "herfst": 23, "najaar": 23,
           "autumn": 23, "winter": 24}  # fmt: skip
WAR = (1940, 1945)  # here
ABOUT = r"(?:ongeveer|rond|omstreeks|circa|ca|zo'?n|about|around|±|~)"
PARTS = {"begin": (0, 3), "early": (0, 3), "midden": (4, 6), "halverwege": (4, 6), "mid": (4, 6), "eind": (7, 9),
         "einde": (7, 9), "late": (7, 9)}  # fmt: skip
DECADE = re.compile(
    r"jaren\s+(?:(\d\d)(\d)0|'?(\d)0|(\w+))\b|\b(\d\d)(\d)0s\b|\b(?:the )?'?(\d)0s\b|\bthe (\w+ies|teens)\b"
)
FIRST, LAST = 1000, 2099  # years that stand for an open end


@dataclass(frozen=True)
class Period:
    """A time in EDTF, with its first and last year."""

    edtf: str
    first: int
    last: int

    @property
    def words(self) -> LazyString | str:
        """As it stands in a list: "± 1974", "the 60s", "1950–1960"."""
        if self.edtf.startswith(".."):
            return _l("before %(year)s", year=self.last)
        if self.edtf.endswith(".."):
            return _l("after %(year)s", year=self.first)
        if self.edtf.endswith("XX"):
            return _l("the years %(first)s–%(last)s", first=self.first, last=self.last)
        if self.edtf.endswith("X"):
            return _l("the %(years)ss", years=self.first - 1900 if 1910 <= self.first < 2000 else self.first)
        if self.first != self.last:
            return f"{self.first}–{self.last}"
        return f"± {self.first}" if self.edtf.endswith("~") else str(self.first)


def read(text: str, this_year: int) -> Period | None:
    """What a teller wrote as a time; a decade without a century is of the last one. None for what we cannot read."""
    plain = re.sub(r"['’`]", "'", " ".join(text.lower().replace(",", " ").split()))
    for look in (_between, _decade, _month, _year, _war, _century, _now):
        found = look(plain, this_year)
        if found:
            return found if FIRST <= found.first <= found.last and found.first <= this_year else None
    return None


def of_edtf(edtf: str) -> Period | None:
    """A time as we wrote it ourselves: the forms that `read` gives, None for others."""
    if edtf.startswith("../") and edtf[3:].isdecimal():
        return Period(edtf, FIRST, int(edtf[3:]))
    if edtf.endswith("/..") and edtf[:-3].isdecimal():
        return Period(edtf, int(edtf[:-3]), LAST)
    if re.fullmatch(r"\d{4}~?/\d{4}~?", edtf):
        first, last = (int(year.rstrip("~")) for year in edtf.split("/"))
        return Period(edtf, first, last)
    if re.fullmatch(r"\d{2}(\dX|XX)", edtf):
        return Period(edtf, int(edtf.replace("X", "0")), int(edtf.replace("X", "9")))
    if re.fullmatch(r"\d{4}(-\d{2})?~?", edtf):
        return Period(edtf, int(edtf[:4]), int(edtf[:4]))
    return None


def _between(text: str, _now: int) -> Period | None:
    found = re.search(rf"{YEAR}\s*(?:-|–|—|/|tot(?: en met)?|t/m|en|to|and|until)\s*{YEAR}", text)
    return Period(f"{found[1]}/{found[2]}", int(found[1]), int(found[2])) if found else None


def _decade(text: str, this_year: int) -> Period | None:
    found = DECADE.search(text)
    if not found:
        return None
    century = found[1] or found[5]
    tens = found[2] or found[3] or found[6] or found[7] or DECADES.get(found[4] or found[8] or "")
    if tens is None:
        return None
    first = int(century or 19) * 100 + int(tens) * 10
    part = next((PARTS[word] for word in text.split() if word in PARTS), None)
    if part:
        return Period(f"{first + part[0]}/{first + part[1]}", first + part[0], first + part[1])
    return Period(f"{first // 10}X", first, first + 9)


def _month(text: str, _now: int) -> Period | None:
    names = {**MONTHS, **SEASONS}
    found = re.search(rf"\b({'|'.join(names)})\b(?:\s+(?:van|of|in))?\s+{YEAR}", text)
    return Period(f"{found[2]}-{names[found[1]]:02}", int(found[2]), int(found[2])) if found else None


def _year(text: str, _now: int) -> Period | None:
    found = re.search(rf"\b(?:(voor|vóór|before)|(na|sinds|vanaf|after|since))\s+{YEAR}", text)
    if found:
        year = int(found[3])
        return Period(f"../{year}", FIRST, year) if found[1] else Period(f"{year}/..", year, LAST)
    found = re.search(rf"({ABOUT}\.?\s*)?(?<!\d){YEAR}(?!\d)(\s*\?)?", text)
    if not found:
        return None
    year = int(found[2])
    return Period(f"{year}~" if found[1] or found[3] else str(year), year, year)


def _war(text: str, _now: int) -> Period | None:
    found = re.search(r"\b(?:(voor|vóór|before)|(na|after)|(in|tijdens|during))\s+(?:de|the)\s+(?:oorlog|war)\b", text)
    if not found:
        return None
    first, last = WAR
    if found[1]:
        return Period(f"../{first}", FIRST, first)
    return Period(f"{last}/..", last, LAST) if found[2] else Period(f"{first}/{last}", first, last)


def _century(text: str, _now: int) -> Period | None:
    found = re.search(r"\b(1\d|20)\s*(?:de|e|th)\s+(?:eeuw|century)\b", text)
    if not found:
        return None
    first = (int(found[1]) - 1) * 100
    return Period(f"{first // 100}XX", first, first + 99)


def _now(text: str, this_year: int) -> Period | None:
    if re.search(r"\b(?:nu|vandaag|now|today|dit jaar|this year)\b", text):
        return Period(str(this_year), this_year, this_year)
    if re.search(r"\b(?:vorig jaar|last year)\b", text):
        return Period(str(this_year - 1), this_year - 1, this_year - 1)
    return None
