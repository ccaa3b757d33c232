"""The plates of a neighbourhood as pages to print: A4 portrait, one a page."""

from collections.abc import Sequence

from flask import render_template
from markupsafe import Markup

from core import codes
from core.places import plates
from core.places.models import Plate


def draw(hanging: Sequence[Plate], host: str, styles: str = "", more: str | None = None) -> str:
    """The pages, their codes leading to `host`. With `styles` they stand in one file; `more` leads on to the rest."""
    inside = Markup(styles)  # nosec: our own sheets
    name = host.partition("://")[2]
    return render_template("print/plates.html", plates=faces(hanging, host), host=name, styles=inside, more=more)


def faces(hanging: Sequence[Plate], host: str) -> list[dict[str, object]]:
    """What stands on each of them: its spot, its code as a picture, its six letters."""
    return [
        {"spot": each.spot, "qr": codes.qr(f"{host}/q/{plates.code_of(each)}"), "letters": codes.spaced(each.letters)}
        for each in hanging
    ]
