"""A theme table: three to eight people, one card, and a summary that all of them sign."""

from flask import abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import codes, limits
from core.database import writing
from core.errors import on_refusal
from core.forms import Form
from core.guard import may
from core.once import once
from core.people.views import refuse_suspended, reread
from core.places import queries as places
from core.refusal import Refusal, Sort
from core.saved import saved
from game.dialogues import cards, talk_queries, talks
from game.dialogues.forms import InsightForm, SignForm, TableForm
from game.dialogues.models_talk import MOST as SEATS
from game.dialogues.models_talk import OPENER, Talk
from game.dialogues.views import MOST, bp, may_plan


@bp.get("/tables/new", endpoint="new_table")
@may("dialogue.open")
def new_table() -> str:
    """Which card, and where?"""
    _must_plan()
    return _new(TableForm())


@bp.post("/tables/new", endpoint="lay_table")
@may("dialogue.open")
def lay_table() -> BaseResponse:
    """The table is there; its page has the code by which others sit down."""
    refuse_suspended()
    _must_plan()
    form = TableForm(request.form)
    form.spot.among = [spot.key for spot in places.of(g.neighbourhood.id)]
    on_refusal(lambda: _new(form), form)
    limits.spend(limits.by_who("tables laid", MOST))
    form.must_fit()

    def lay() -> str:
        spot = places.by_key(g.neighbourhood.id, form.spot.data) or abort(404)
        return talks.lay(reread(), spot, form.card.data).key

    with writing():
        key = once(form.twin, lay)
    return saved(url_for(".table", key=key), _l("The table is there. Let the others scan this code."))


@bp.get("/tables/<key>", endpoint="table")
@may("public.read")
def table(key: str) -> str:
    """A table, for who was shown its code; what they learned, once all said yes."""
    return table_page(key)


def table_page(key: str, insight: Form | None = None) -> str:
    """The page of a table, as who looks may see it."""
    one = _find(key)
    me = one.seat_of(g.person.player_key) if g.person else None
    shown = talk_queries.shown_of(one)
    link = g.public_url + url_for(".table", key=key)
    may_join = g.person and me is None and one.insight is None and len(one.seats) < SEATS and not g.person.is_young
    return render_template(
        "game/dialogues/table.html", table=one, card=cards.every()[one.card], me=me, THEMES=cards.THEMES,
        insight=one.insight if me else shown, is_shown=shown is not None, SEATS=SEATS,
        signers=talk_queries.signed([shown])[0][1] if shown else (), is_opener=bool(me and me.as_what == OPENER),
        may_join=may_join, qr=codes.qr(link) if me and one.insight is None else None, sign=SignForm(),
        form=insight or InsightForm(data={"words": one.insight.words if one.insight else ""}),
    )  # fmt: skip


@bp.post("/tables/<key>/join", endpoint="join_table")
@may("dialogue.join")
def join_table(key: str) -> BaseResponse:
    """I sit down."""
    refuse_suspended()
    on_refusal(lambda: table_page(key))
    with writing():
        talks.join(_find(key, lock=True), reread())
    return saved(url_for(".table", key=key), _l("You sit at this table."))


@bp.post("/tables/<key>/leave", endpoint="leave_table")
@may("dialogue.join")
def leave_table(key: str) -> BaseResponse:
    """I get up; who laid the table takes it away."""
    with writing():
        one = _find(key, lock=True)
        talks.leave(one, g.person.player_key)
    return saved(url_for(".index"), _l("Done. You sit there no more."))


def _find(key: str, lock: bool = False) -> Talk:
    return talk_queries.table(g.neighbourhood.id, key, lock) or abort(404)


def _must_plan() -> None:
    if not may_plan():
        raise Refusal(_l("Professionals, hosts and coordinators lay these tables."), Sort.FORBIDDEN)


def _new(form: TableForm) -> str:
    spots = places.of(g.neighbourhood.id)
    return render_template(
        "game/dialogues/new_table.html", form=form, spots=[(spot.key, spot.name, "nl") for spot in spots],
        every=[(one.name, one.question["question"], one.question["lang"]) for one in cards.every().values()],
    )  # fmt: skip
