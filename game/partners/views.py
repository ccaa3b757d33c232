"""The partners of a neighbourhood, and the page of one."""

from flask import Blueprint, Flask, abort, g, render_template

from core.guard import may
from game.partners import queries
from game.partners.models import Partner

bp = Blueprint("partners", __name__, url_prefix="/w/<slug>/partners")


def init_app(app: Flask) -> None:
    """Register both."""
    app.register_blueprint(bp)


@bp.get("")
@may("public.read")
def index() -> str:
    """Who works here beside neighbours."""
    return render_template("game/partners/index.html", partners=queries.of(g.neighbourhood.id))


@bp.get("/<key>")
@may("public.read")
def show(key: str) -> str:
    """What it does here, and what it brings."""
    return render_template("game/partners/show.html", partner=find(key))


def find(key: str, lock: bool = False) -> Partner:
    """One of this neighbourhood; else 404."""
    return queries.by_key(g.neighbourhood.id, key, lock) or abort(404)
