"""The neighbourhood of a request: read from its address, added to every link."""

from typing import Any

from flask import Flask, abort, current_app, g

from core.i18n import offer_with
from core.neighbourhoods import queries


def init_app(app: Flask) -> None:
    """Take <slug> out of the view's arguments, and put it back into links. Its languages are on offer there."""
    app.url_value_preprocessor(_find)
    app.url_defaults(_add)
    app.context_processor(lambda: {"neighbourhood": g.get("neighbourhood")})
    offer_with(app, lambda: g.get("languages"))


def _find(endpoint: str | None, arguments: dict[str, Any] | None) -> None:
    if not arguments or "slug" not in arguments:
        return
    found = queries.by_slug(arguments.pop("slug"))
    g.neighbourhood = found or abort(404)
    g.languages = g.neighbourhood.languages  # still known when the database goes away before an error page is drawn


def _add(endpoint: str, arguments: dict[str, Any]) -> None:
    if "slug" in arguments or "neighbourhood" not in g or endpoint not in current_app.view_functions:
        return  # werkzeug asks after an unknown endpoint with a KeyError; url_for refuses it in its own words
    if current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        arguments["slug"] = g.neighbourhood.slug
