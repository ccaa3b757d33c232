"""A walk as JSON-LD: schema.org's TouristTrip, its stops an ItemList because their order matters.

A trip is no CreativeWork: licence and language stand at the page about it and at each story.
"""

import json
from typing import Any

from tours.walks.written import Flat, Halt, Told, Written, head, row

HERE = "https://schema.org/"


def write(written: Written) -> bytes:
    """What schema.org has no word for stands as PropertyValue, by the names of docs/exchange.md."""
    said = head(written)
    page = {
        "@type": "WebPage", "url": written.source, "license": written.licence, "creditText": written.credit,
        "inLanguage": written.lang, "sdDatePublished": written.exported_at, "usageInfo": written.revocations_url,
        "identifier": _values(said, "propertyID", ("title", "intro")),
    }  # fmt: skip
    trip = {
        "@context": "https://schema.org", "@type": "TouristTrip", "@id": written.source, "name": written.title,
        "description": written.intro, "provider": {"@type": "Organization", "name": written.credit},
        "tripOrigin": _name(written.halts[0]) if written.halts else None, "subjectOf": _kept(page),
        "itinerary": {
            "@type": "ItemList", "itemListOrder": f"{HERE}ItemListOrderAscending", "numberOfItems": len(written.halts),
            "itemListElement": [
                {"@type": "ListItem", "position": number, "item": _place(halt)}
                for number, halt in enumerate(written.halts, 1)
            ],
        },
    }  # fmt: skip
    return (json.dumps(_kept(trip), ensure_ascii=False, indent=1) + "\n").encode()


def _place(halt: Halt) -> dict[str, Any]:
    here = row(Halt(**{**halt.__dict__, "story": None}))
    place = {
        **_name(halt), "description": halt.lede,
        "geo": {"@type": "GeoCoordinates", "latitude": halt.lat, "longitude": halt.lon},
        "additionalProperty": _values(here, "name", ("name",)), "subjectOf": _story(halt.story) if halt.story else None,
    }  # fmt: skip
    return _kept(place)


def _story(told: Told) -> dict[str, Any]:
    image = {"@type": "ImageObject", "contentUrl": told.image_url, "caption": told.image_alt}
    story = {
        "@type": "Article", "@id": told.story_url, "url": told.story_url, "headline": told.story_title,
        "articleBody": told.words, "author": {"@type": "Person", "name": told.teller} if told.teller else None,
        "inLanguage": told.lang, "temporalCoverage": told.period, "license": told.licence,
        "image": _kept(image) if told.image_url else None,
    }  # fmt: skip
    return _kept(story)


def _name(halt: Halt) -> dict[str, str]:
    return {"@type": "Place", "name": halt.name}


def _values(said: Flat, called: str, but: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"@type": "PropertyValue", called: name, "value": value} for name, value in said.items() if name not in but]


def _kept(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in ("", None, [])}
