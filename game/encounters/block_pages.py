"""Not wanting to meet somebody any more, from the page of a meeting."""

from flask import Flask, abort, g, url_for
from werkzeug.wrappers import Response as BaseResponse

from core.database import writing
from core.guard import may
from core.people import block_pages, blocks
from core.people.views import reread
from core.saved import saved
from game.encounters import addresses


def init_app(app: Flask) -> None:
    """Register it beside the pages of the blueprint, whose names it shares."""
    app.add_url_rule("/e/<ref:ref>/block", "encounters.block", block, methods=["POST"])


@may("encounter.answer")
def block(ref: str) -> BaseResponse:
    """The two of this meeting cannot meet again. What they had stays in both albums; nobody is told."""
    encounter = addresses.read(ref)
    me = addresses.me(encounter)
    other = encounter.other(me) if me else encounter.starter
    slug = g.neighbourhood.slug
    with writing():
        blocks.block(reread(), other or abort(404))
    return saved(url_for("people.blocks", slug=slug), block_pages.BLOCKED, "list")
