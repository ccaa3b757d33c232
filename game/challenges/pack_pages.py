"""Makers put packs of ours in: the everyday challenges, and those about something."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import i18n
from core.audit import service as audit
from core.database import writing
from core.guard import acting_as, may
from core.saved import saved
from core.setting_up import checklist
from game.challenges import queries, service

EVERYDAY = "everyday"  # the pack that a neighbourhood begins with
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
    """What is in a pack, what of it is here already, and the other packs."""
    name = _asked(request.args.get("pack", EVERYDAY))
    here = queries.keys(g.neighbourhood.id)
    entries = [(entry["key"] in here, i18n.pick(entry["texts"])) for entry in service.read_pack(name)]
    themes = {one: i18n.pick(texts) for one, texts in service.packs().items()}
    return render_template(
        "game/challenges/pack.html", entries=entries, missing=sum(not known for known, _text in entries),
        name=name, everyday=EVERYDAY, themes=themes,
    )  # fmt: skip


@may("challenge.make")
def do_pack() -> BaseResponse:
    """Put in what is not here yet."""
    name = _asked(request.form.get("pack", EVERYDAY))
    with writing():
        if service.load_pack(g.neighbourhood.id, name, {}):
            audit.record("challenges.pack", name, g.neighbourhood.id, g.person.player_key, acting_as())
    if name == EVERYDAY:
        return saved(url_for("setting_up.checklist"), _l("Saved. The everyday challenges are in the list."))
    return saved(url_for("challenges.pack", pack=name), _l("Saved. These challenges are in the list."))


def _asked(name: str) -> str:
    return name if name in {EVERYDAY, *service.packs()} else abort(404)
