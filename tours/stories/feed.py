"""Stories and walks for other sites, as their readers expect them: Atom (RFC 4287) and JSON-LD (schema.org)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from flask_babel import lazy_gettext as _l

from tours.stories import text
from tours.stories.licences import ONLY_HERE, Licence
from tours.stories.models import Picture, Story

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721: what a reader must drop
ABOUT = 2  # sentences
RIGHTS = _l("To read here, not to copy. Its teller may take it back.")
register_namespace("", ATOM)
register_namespace("at", TOMBSTONES)


class Item(NamedTuple):
    """A story, the name that stands with it, and by which rule it may be copied (None: it may not)."""

    story: Story
    name: str | None
    licence: Licence | None


class Entry(NamedTuple):
    """One thing in a feed. `licence`: the address of what lets it be copied; None: nothing does."""

    address: str
    title: str
    language: str
    summary: str
    author: str
    rights: str
    published_at: datetime
    updated_at: datetime
    licence: str | None = None


def atom(
    title: str, own: str, page: str, entries: Sequence[Entry], gone: Iterable[tuple[str, datetime]], made_at: datetime
) -> bytes:
    """A feed of these; and the addresses that a reader must drop, since when.

    `own`: the address of the feed, `page` of the same as a page.
    """
    feed = Element(f"{{{ATOM}}}feed")
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", max((entry.updated_at for entry in entries), default=made_at).isoformat())
    _add(feed, "link", rel="self", href=own)
    _add(feed, "link", rel="alternate", href=page)
    for entry in entries:
        _entry(feed, entry)
    for address, moment in gone:
        SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry", {"ref": address, "when": moment.isoformat()})
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def entry(item: Item, address: str) -> Entry:
    """A story in a feed: how it begins."""
    story, licence = item.story, item.licence
    return Entry(
        address, story.title, story.language, about(story), item.name or "", licence.name if licence else str(RIGHTS),
        story.published_at, story.published_at, licence.url if licence else None,
    )  # fmt: skip


def article(item: Item, address: str, pictures: Iterable[tuple[Picture, str]]) -> dict[str, Any]:
    """A story as search engines and archives read it: what it is about, and not its words."""
    story, name = item.story, item.name
    said = {
        "@context": "https://schema.org", "@type": "Article", "@id": address, "url": address,
        "headline": story.title, "inLanguage": story.language, "description": about(story),
        "datePublished": story.published_at.isoformat(), "isAccessibleForFree": True,
        "temporalCoverage": story.edtf, "image": [_image(story, picture, at) for picture, at in pictures] or None,
        "author": {"@type": "Person", "name": name} if name else None,
        "license": item.licence.url if item.licence else {"@type": "CreativeWork", "identifier": ONLY_HERE},
        "contentLocation": _place(story),
    }  # fmt: skip
    return {key: value for key, value in said.items() if value is not None}


def _place(story: Story) -> dict[str, Any] | None:
    """Where it was, as everybody may know it."""
    name = story.spot.name if story.spot else story.address
    point = {"@type": "GeoCoordinates", "latitude": story.lat, "longitude": story.lon} if story.lat else None
    said = {"@type": "Place", "name": name or None, "address": story.address or None, "geo": point}
    return {key: value for key, value in said.items() if value is not None} if name or point else None


def _image(story: Story, picture: Picture, address: str) -> dict[str, Any]:
    said = {
        "@type": "ImageObject", "contentUrl": address, "caption": picture.about, "inLanguage": story.language,
        "license": picture.rights, "temporalCoverage": picture.edtf, "creditText": picture.credit or None,
        "width": picture.width, "height": picture.height,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value is not None}


def about(story: Story) -> str:
    """How it begins, as plain text."""
    return " ".join(text.sentences(story.words)[:ABOUT])


def _entry(feed: Element, said: Entry) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry", {"{http://www.w3.org/XML/1998/namespace}lang": said.language})
    _add(entry, "id", said.address)
    _add(entry, "title", said.title)
    _add(entry, "updated", said.updated_at.isoformat())
    _add(entry, "published", said.published_at.isoformat())
    _add(entry, "link", rel="alternate", href=said.address)
    _add(_add(entry, "author"), "name", said.author)
    _add(entry, "rights", said.rights)
    if said.licence:
        _add(entry, "link", rel="license", href=said.licence)
    _add(entry, "summary", said.summary)


def _add(into: Element, name: str, says: str | None = None, **attributes: str) -> Element:
    made = SubElement(into, f"{{{ATOM}}}{name}", attributes)
    made.text = says
    return made
