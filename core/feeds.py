"""Feeds for other readers: Atom (RFC 4287), with what they must drop (RFC 6721)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721: what a reader must drop
register_namespace("", ATOM)
register_namespace("at", TOMBSTONES)


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


def written(
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
    made: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


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
