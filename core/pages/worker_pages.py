"""What makes the site an app on a phone: its service worker, its manifest, and where a neighbourhood's kept page is."""

import hashlib
import json
import re
from pathlib import Path

from flask import Blueprint, Response, current_app, g, jsonify, url_for

from core import assets, i18n
from core.guard import may

bp = Blueprint("worker", __name__)
SOURCE = "js/worker.js"
MODULES = (  # what the kept page asks for
    "busy-forms", "waiting-items", "waiting-list", "photo-input", "photo-brush", "challenge-choice",
    "kept-walks",
)  # fmt: skip
FILES = (assets.SITE, "css/components/waiting.css", "icons/icons.svg", "illustrations/mark.svg")
FONT = "vendor/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
IMPORTS = re.compile(r"from '\./([\w-]+)\.js'")
GROUND = "#F3F1EC"  # the document's background in static/css/tokens.css


@bp.get("/sw.js")
@may("machine.read")
def worker() -> Response:
    """The service worker, with the list of what it keeps; another list is another version."""
    shell, source = json.dumps(_shell()), (_static() / SOURCE).read_text()
    version = hashlib.sha256(f"{shell}{source}".encode()).hexdigest()[:12]
    return Response(f"const VERSION = '{version}'\nconst SHELL = {shell}\n\n{source}", mimetype="text/javascript")


@bp.get("/w/<slug>/manifest.webmanifest")
@may("machine.read")
def manifest() -> Response:
    """The neighbourhood as an app: its name, its mark, and where it begins."""
    home = url_for("pages.home")
    answer = jsonify(
        id=home, name=g.neighbourhood.name, short_name=g.neighbourhood.name, lang=i18n.lang(), dir=i18n.direction(),
        start_url=home, scope="/", display="standalone", background_color=GROUND, theme_color=GROUND,
        icons=[
            {"src": assets.url(f"icons/app-{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
            for name, size, use in (("192", 192, "any"), ("512", 512, "any"), ("maskable", 512, "maskable"))
        ],
    )  # fmt: skip
    answer.mimetype = "application/manifest+json"
    return answer


def _shell() -> list[str]:
    """The addresses of everything that the kept page needs."""
    modules = sorted(with_imports(MODULES))
    return [
        *(assets.url(name) for name in FILES),
        *(url_for("static", filename=name) for name in (FONT, *(f"js/{module}.js" for module in modules))),
    ]


def with_imports(modules: tuple[str, ...]) -> set[str]:
    """These modules of ours with all that they import."""
    found: set[str] = set()
    to_read = list(modules)
    while to_read:
        if (module := to_read.pop()) not in found:
            found.add(module)
            to_read += IMPORTS.findall((_static() / f"js/{module}.js").read_text())
    return found


def _static() -> Path:
    return Path(str(current_app.static_folder))
