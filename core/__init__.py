"""What the game and the tours share; it knows neither. `create_app` puts the parts together."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from flask import Flask

from core import (
    as_they_are,
    assets,
    astray,
    audit,
    backup,
    basemap,
    classes,
    cli,
    conduct,
    config,
    consent,
    contributions,
    database,
    demo,
    desk,
    discreet,
    errors,
    guard,
    happening,
    hosts,
    i18n,
    maps,
    measures,
    media,
    menus,
    mirror,
    neighbourhoods,
    once,
    pages,
    people,
    photos,
    places,
    printing,
    proposals,
    receipts,
    saved,
    security,
    setting_up,
    shared,
    sounds,
    squeeze,
    staff,
    steps,
    storage,
    survey,
    walls,
)

ROOT = Path(__file__).resolve().parent.parent


class Part(Protocol):
    """A package with capabilities of its own: the game, the tours."""

    def init_app(self, app: Flask) -> None:
        """Register what this part adds."""


def create_app(parts: Iterable[Part] = (), settings: Mapping[str, object] | None = None) -> Flask:
    """The app, from BUURT_* and `settings` (by field name of core.config.Settings; tests).

    Raises ValueError for a setting that does not fit, RuntimeError for a route without a rights row.
    """
    app = Flask("core", root_path=str(ROOT / "core"), static_folder=str(ROOT / "static"), static_url_path="/static")
    app.template_folder = str(ROOT / "templates")
    app.config["BUURT"] = config.read(os.environ, settings)
    app.config["TESTING"] = app.config["BUURT"].testing
    app.config["SECRET_KEY"] = app.config["BUURT"].secret
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = security.FORM_BYTES
    app.config["MAX_FORM_PARTS"] = security.FORM_PARTS
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    for ground in (
        discreet,
        squeeze,
        as_they_are,
        assets,
        i18n,
        database,
        storage,
        guard,
        hosts,
        security,
        errors,
        astray,
        once,
        saved,
        menus,
        shared,
        audit,
        neighbourhoods,
        people,
        staff,
        places,
        media,
        consent,
        receipts,
        steps,
        desk,
        contributions,
        photos,
        sounds,
        conduct,
    ):
        ground.init_app(app)
    for part in (
        proposals,
        measures,
        pages,
        maps,
        demo,
        basemap,
        cli,
        setting_up,
        printing,
        backup,
        walls,
        classes,
        happening,
        mirror,
        survey,
        *parts,
    ):
        part.init_app(app)
    guard.require_rows(app)
    return app
