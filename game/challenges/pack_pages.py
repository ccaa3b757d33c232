"""Makers put our pack of everyday challenges in."""

from flask import Flask, g, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import i18n
from core.audit import service as audit
from core.database import writing
from core.guard import acting_as, may
from core.saved import saved
from core.setting_up import checklist
from game.challenges import queries, service

EVERYDAY = "everyday"  # the pack for any neighbourhood
ENOUGH = 8  # one a day for a week, and one to choose


def init_app(app: Flask) -> None:
    """Register the pages and the item of the checklist."""
    app.add_url_rule("/w/<slug>/staff/pack", "challenges.pack", pack)
    app.add_url_rule("/w/<slug>/staff/pack", "challenges.do_pack", do_pack, methods=["POST"])
    have = checklist.Item(
        _l("challenges"), ENOUGH, lambda here: len(queries.of(here)), "challenges.pack", _l("Put in challenges")
    )
    checklist.ITEMS.add(app, "challenges", have, order=20)


@may("challenge.make")
def pack() -> str:
    """What is in the pack, and what of it is here already."""
    here = queries.keys(g.neighbourhood.id)
    entries = [(entry["key"] in here, i18n.pick(entry["texts"])) for entry in service.read_pack(EVERYDAY)]
    return render_template(
        "game/challenges/pack.html", entries=entries, missing=sum(not known for known, _text in entries)
    )


@may("challenge.make")
def do_pack() -> BaseResponse:
    """Put in what is not here yet."""
    with writing():
        if service.load_pack(g.neighbourhood.id, EVERYDAY, {}):
            audit.record("challenges.pack", EVERYDAY, g.neighbourhood.id, g.person.player_key, acting_as())
    return saved(url_for("setting_up.checklist"), _l("Saved. The everyday challenges are in the list."))
