"""Stories for other sites, as their readers expect them: Atom (RFC 4287) and JSON-LD (schema.org)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from tours.stories import text
from tours.stories.models import Story

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721: what a reader must drop
ABOUT = 2  # sentences
register_namespace("", ATOM)
register_namespace("at", TOMBSTONES)

Address = Callable[[str], str]
"""The whole address of the story with this key."""


def atom(
    title: str, own: str, page: str, stories: Iterable[tuple[Story, str]], gone: Iterable[tuple[str, datetime]],
    address: Address, made_at: datetime,
) -> bytes:  # fmt: skip
    """A feed of these stories, each with the name that stands with it; and which ones a reader must drop, since when.

    `own`: the address of the feed, `page` of the same as a page.
    """
    feed, stories = Element(f"{{{ATOM}}}feed"), list(stories)
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", max((story.published_at for story, _name in stories), default=made_at).isoformat())
    _add(feed, "link", rel="self", href=own)
    _add(feed, "link", rel="alternate", href=page)
    for story, name in stories:
        _entry(feed, story, name, address(story.key))
    for key, moment in gone:
        SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry", {"ref": address(key), "when": moment.isoformat()})
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def article(story: Story, name: str | None, address: str, pictures: Iterable[str]) -> dict[str, Any]:
    """A story as search engines and archives read it: what it is about, and not its words."""
    said = {
        "@context": "https://schema.org", "@type": "Article", "@id": address, "url": address,
        "headline": story.title, "inLanguage": story.language, "description": about(story),
        "datePublished": story.published_at.isoformat(), "isAccessibleForFree": True,
        "temporalCoverage": story.edtf, "image": list(pictures) or None,
        "author": {"@type": "Person", "name": name} if name else None,
        "contentLocation": {"@type": "Place", "name": story.spot.name} if story.spot else None,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value is not None}


def about(story: Story) -> str:
    """How it begins, as plain text."""
    return " ".join(text.sentences(story.words)[:ABOUT])


def _entry(feed: Element, story: Story, name: str, address: str) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry", {"{http://www.w3.org/XML/1998/namespace}lang": story.language})
    _add(entry, "id", address)
    _add(entry, "title", story.title)
    _add(entry, "updated", story.published_at.isoformat())
    _add(entry, "published", story.published_at.isoformat())
    _add(entry, "link", rel="alternate", href=address)
    _add(_add(entry, "author"), "name", name)
    _add(entry, "summary", about(story))


def _add(into: Element, name: str, says: str | None = None, **attributes: str) -> Element:
    made = SubElement(into, f"{{{ATOM}}}{name}", attributes)
    made.text = says
    return made
