"""Stories and walks for other sites, as their readers expect them: Atom (RFC 4287) and JSON-LD (schema.org)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from core.feeds import Entry
from tours.stories import text
from tours.stories.licences import ONLY_HERE, Licence
from tours.stories.models import Picture, Story

ABOUT = 2  # sentences
RIGHTS = _l("To read here, not to copy. Its teller may take it back.")


class Item(NamedTuple):
    """A story, the name that stands with it, and by which rule it may be copied (None: it may not)."""

    story: Story
    name: str | None
    licence: Licence | None


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
