"""The tile source: one setting, checked at the start; the content policy names exactly its host."""

import re
import shlex
from pathlib import Path

import pytest
from flask import Flask, Response, g
from markupsafe import Markup

from core import config, create_app
from core.maps import drawings
from core.maps.drawings import Drawing
from core.neighbourhoods.models import Neighbourhood
from core.security import add_headers

POLICY = "Content-Security-Policy"
OURS = "img-src 'self' blob: data:"
PDOK = "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/standaard/EPSG:3857/{z}/{x}/{y}.png"


def settings(**given: object) -> dict[str, object]:
    return {"secret": "s", "database_url": "sqlite://", "testing": True, "tiles_credit": "© Kadaster", **given}


def images(app: Flask, own: bool = False, is_kept: bool = False) -> str:
    """Where pictures may come from on a page with a map; `own`: the neighbourhood has tiles of its own."""
    drawn = Drawing(lambda pins: Markup(), lambda: b"", "1", tiles=Path("own.pmtiles") if own else None)
    drawings.DRAWINGS.add(app, "one", lambda here: drawn, order=1)
    with app.test_request_context("/"):
        g.neighbourhood = Neighbourhood(slug="lombok")
        drawings.ground(is_kept)
        policy = add_headers(Response()).headers[POLICY]
    return next(part.strip() for part in policy.split(";") if part.strip().startswith("img-src"))


def test_without_the_setting_pictures_come_from_here_alone():
    assert images(create_app((), settings())) == OURS


def test_where_the_ground_is_our_own_or_no_map_is_shown_the_host_of_the_tiles_is_not_named():
    assert images(create_app((), settings(tiles=PDOK)), own=True) == OURS
    assert images(create_app((), settings(tiles=PDOK)), is_kept=True) == OURS, (
        "an operator's tiles are kept on no phone"
    )
    assert "pdok" not in create_app((), settings(tiles=PDOK)).test_client().get("/healthz").headers[POLICY]


@pytest.mark.parametrize(
    ("tiles", "host"),
    [
        (PDOK, "https://service.pdok.nl"),
        ("https://tiles.example:8443/a/{z}/{x}-{y}@2x.png?key=ab%20c", "https://tiles.example:8443"),
        ("http://127.0.0.1:9000/{z}/{x}/{y}.png", "http://127.0.0.1:9000"),
    ],
)
def test_the_policy_names_the_host_of_the_tiles_and_nothing_else(tiles: str, host: str):
    assert images(create_app((), settings(tiles=tiles))) == f"{OURS} {host}"


@pytest.mark.parametrize(
    "tiles",
    [
        "tiles.example/{z}/{x}/{y}.png",
        "//tiles.example/{z}/{x}/{y}.png",
        "http://tiles.example/{z}/{x}/{y}.png",
        "https://{s}.tiles.example/{z}/{x}/{y}.png",
        "https://{z}.tiles.example/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example/{z}/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}{r}.png",
        "https://name:word@tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example; script-src */{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}.png;script-src *",
        "https://tiles.example/{z}/{x}/{y}.png\n",
        "https://*/{z}/{x}/{y}.png",
        "javascript:alert(1)//{z}/{x}/{y}",
    ],
)
def test_a_template_that_is_none_stops_the_start_and_says_why(tiles: str):
    with pytest.raises(ValueError, match="BUURT_TILES is an address"):
        config.read({}, settings(tiles=tiles))


def test_the_lines_that_the_page_for_operators_and_the_command_give_put_a_map_under_the_places():
    page = (Path(__file__).parents[3] / "docs" / "deploy.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    (BUURT_TILES\w*=.+)$", page, re.MULTILINE)
    assert lines == drawings.settings_for_one()
    with_it = dict(shlex.split(line)[0].split("=", 1) for line in lines)  # as a shell and systemd read them
    chosen = config.read(with_it, {"secret": "s"})
    assert (chosen.tiles, chosen.tiles_host) == (PDOK, "https://service.pdok.nl")
    assert "Kadaster" in chosen.tiles_credit


def test_a_map_of_somebody_is_not_shown_without_their_name():
    with pytest.raises(ValueError, match="BUURT_TILES_CREDIT"):
        config.read({"BUURT_TILES": PDOK, "BUURT_TILES_CREDIT": " "}, {"secret": "s"})
