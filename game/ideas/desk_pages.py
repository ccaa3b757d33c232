"""An idea that somebody says at the desk or writes on a card: a host types it in, and they get the receipt.

The cards to print stand here too: four on a page, each with the way to the form.
"""

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes, i18n, limits
from core.audit import service as audit
from core.contributions import service as contributions
from core.database import db, writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.menus import PURPOSES, TEAM, Group, Line, always, page
from core.neighbourhoods.models import Neighbourhood
from core.once import is_first
from core.people.views import reread
from core.places import queries as places
from core.receipts import service as receipts
from core.saved import saved
from game.ideas.forms import CHANNELS, EntryForm
from game.ideas.kind import PROPOSAL
from game.ideas.models import PAPER

MOST = "60 per hour"  # that a host types in
CARDS = 4  # on a page of A4


def init_app(app: Flask) -> None:
    """Register the pages, and the ways to them for hosts."""
    app.add_url_rule("/w/<slug>/staff/ideas/new", "ideas.enter", enter)
    app.add_url_rule("/w/<slug>/staff/ideas/new", "ideas.do_enter", do_enter, methods=["POST"])
    app.add_url_rule("/w/<slug>/staff/ideas/cards", "ideas.cards", cards)
    TEAM.add(
        app,
        "ideas on paper",
        always(Line("ideas.enter", "krijt", _l("Type in an idea from paper"), group=Group.HOUSE)),
        order=32,
    )
    PURPOSES.add(app, "print idea cards", page("ideas.cards"))


@may("idea.enter")
def enter() -> str:
    """An empty form."""
    return _page(EntryForm(data={"lang": i18n.lang(), "channel": PAPER}))


@may("idea.enter")
def do_enter() -> str | BaseResponse:
    """To the editors; the receipt, for who said it, on this page and never again."""
    form = EntryForm(request.form)
    form.lang.among = i18n.languages()
    on_refusal(lambda: _page(form), form)
    limits.spend(limits.by_who("ideas typed in", MOST))
    form.must_fit()
    with writing():
        code = _entered(form) if is_first(form.twin) else None
    if code is None:
        return saved(url_for("ideas.enter"), _l("That idea came in already. Its receipt was shown."))
    return render_template("game/ideas/entered.html", code=code, has_name=bool(form.called.data))


@may("idea.enter")
def cards() -> str:
    """Cards of A6 to write an idea on, four on a page of A4."""
    form = g.public_url + url_for(PROPOSAL.endpoint("propose"))
    house = places.house(g.neighbourhood.id)
    return render_template(
        "print/ideacards.html", many=CARDS, house=house, qr=codes.qr(form), address=form.partition("://")[2],
        sorts=PROPOSAL.beside(g.neighbourhood)["sorts"],
    )  # fmt: skip


def _entered(form: EntryForm) -> str:
    here, host = db.session.get_one(Neighbourhood, g.neighbourhood.id), reread()
    who, called = codes.new_key(), form.called.data
    made = contributions.hand_in(
        PROPOSAL, here, who, form.content, form.lang.data, named=bool(called), by=host.player_key, called=called
    )
    audit.record("idea.enter", made.key, here.id, host.player_key, acting_as())
    return receipts.issue(here.id, who)


def _page(form: EntryForm) -> str:
    written = [(code, i18n.OWN_NAMES.get(code, code), code) for code in i18n.languages()]
    return render_template(
        "game/ideas/enter.html", form=form, written=written, channels=CHANNELS.items(),
        **PROPOSAL.beside(g.neighbourhood),
    )  # fmt: skip
