"""The forms that stand on a page, as a browser reads and sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TYPED = {"text", "search", "email", "number", "date", "time", "password", "textarea"}


@dataclass
class Blank:
    """A field, a choice or a button, with what it says."""

    name: str
    kind: str
    value: str = ""
    id: str = ""
    is_chosen: bool = False


@dataclass
class Sheet:
    """A form: where it goes, and what stands in it."""

    action: str
    method: str
    blanks: list[Blank] = field(default_factory=list)

    @property
    def typed(self) -> list[Blank]:
        """Where people write."""
        return [blank for blank in self.blanks if blank.kind in TYPED]

    def said(self, name: str) -> list[str]:
        """What its fields of this name say."""
        return [blank.value for blank in self.blanks if blank.name == name]

    def filled(self, words: dict[str, Any]) -> dict[str, Any]:
        """What is sent when somebody fills these words in, and leaves the rest as it stands."""
        sent: dict[str, Any] = {}
        for blank in self.blanks:
            wanted = words.get(blank.name)
            if blank.kind in TYPED:
                sent[blank.name] = blank.value if wanted is None else wanted
            elif blank.kind == "hidden":
                sent[blank.name] = blank.value or wanted or ""
            elif blank.kind == "file" and wanted is not None:
                sent[blank.name] = wanted
            elif blank.kind != "file" and (blank.value == wanted if wanted is not None else blank.is_chosen):
                sent[blank.name] = blank.value
        firsts = {blank.name: blank.value for blank in reversed(self.blanks) if blank.kind in {"radio", "option"}}
        button = next((blank for blank in self.blanks if blank.kind == "submit" and blank.name), None)
        is_pressed = any(blank.name in sent for blank in self.blanks if blank.kind == "submit")
        passes = is_pressed or button is None or words.get(button.name) is False
        pressed = {} if passes or button is None else {button.name: button.value}
        return {**{name: value for name, value in firsts.items() if value}, **pressed, **sent}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, Sheet] = {}
        self.blanks: list[tuple[str, Blank]] = []
        self.open, self.area, self.choice, self.aside = "", None, "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.aside += tag == "template"
        if self.aside:
            return
        if tag == "form":
            self.open = told.get("id") or f"form {len(self.sheets)}"
            self.sheets[self.open] = Sheet(told.get("action", ""), told.get("method", "get"))
        elif tag == "select":
            self.choice = told.get("name", "")
        if tag in {"input", "textarea", "button", "option"}:
            self._note(tag, told)

    def _note(self, tag: str, told: dict[str, str]) -> None:
        usual = {"input": "text", "button": "submit"}.get(tag, tag)
        blank = Blank(
            self.choice if tag == "option" else told.get("name", ""),
            told.get("type", usual) if tag in {"input", "button"} else usual,
            told.get("value", "on" if told.get("type") in {"checkbox", "radio"} else ""),
            told.get("id", ""),
            "checked" in told or "selected" in told,
        )
        self.area = blank if tag == "textarea" else None
        self.blanks.append((told.get("form", self.open), blank))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        self.aside -= tag == "template"
        if tag == "form":
            self.open = ""
        elif tag == "textarea" and self.area:
            self.area.value, self.area = self.area.value.removeprefix("\r\n").removeprefix("\n"), None


def sheets(page: str) -> list[Sheet]:
    """The forms of a page that send something."""
    read = _Page()
    read.feed(page)
    for of, blank in read.blanks:
        if of in read.sheets and (blank.name or blank.kind == "submit"):
            read.sheets[of].blanks.append(blank)
    return [sheet for sheet in read.sheets.values() if sheet.method.lower() == "post"]
