"""What a browser's translation may not change: names of players and places, and codes, on every page."""

import re
from html.parser import HTMLParser

from sqlalchemy import select

from core.database import db
from core.people.models import Person
from core.places.models import Spot
from tests.bench import crowd

SILENT = {"script", "style", "title", "svg", "option", "textarea"}  # not translated, or no words of a page
VOID = {"meta", "link", "input", "img", "br", "hr", "source", "wbr"}


class Words(HTMLParser):
    """The words of a page that a browser would translate."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found = list[str]()
        self._open = list[tuple[str, bool]]()  # each element around, and whether its words are translated
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            said = dict(attrs).get("translate")
            self._open.append((tag, self._is_translated() and tag not in SILENT if said is None else said == "yes"))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._is_translated():
            self.found.append(" ".join(data.split()))

    def _is_translated(self) -> bool:
        return not self._open or self._open[-1][1]


def test_no_page_has_a_name_or_a_code_that_a_translation_would_change(app, clock):
    with app.app_context():
        pages, token = crowd.grow(3)
        names = [*db.session.scalars(select(Person.name)), *db.session.scalars(select(Spot.name)), "Lombok"]
        codes = [text for tag in db.session.scalars(select(Person.tag)) for text in (tag, f"{tag[:3]} {tag[3:]}")]
    kept = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in (*names, *codes)))
    phone = app.test_client()
    phone.set_cookie("device", token)
    phone.set_cookie("staff", "1")
    seen = {}
    for name, page in pages.items():
        answer = phone.get(page, buffered=True)
        if answer.mimetype == "text/html":
            seen[name] = [words for words in Words(answer.text).found if kept.search(words)]
    assert len(seen) > 60
    assert {name: words for name, words in seen.items() if words} == {}
