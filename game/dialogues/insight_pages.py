"""What was learned at a card or a table: written by one, public once all said yes to exactly these words."""

from flask import Flask, abort, g, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.database import writing
from core.errors import on_refusal
from core.forms import Form
from core.guard import may
from core.i18n import lang
from core.menus import TURNS, Turn
from core.once import once
from core.people.views import refuse_suspended
from core.receipts.views import hands
from core.saved import saved
from game.dialogues import insights, talk_queries
from game.dialogues.forms import InsightForm, SignForm
from game.dialogues.models_talk import Talk
from game.dialogues.table_pages import table_page
from game.dialogues.talk_pages import my_seat, my_talk, talk_page
from game.dialogues.views import MOST, bp


def init_app(app: Flask) -> None:
    """Whose turn it is."""
    TURNS.add(app, "dialogues", turn)


@bp.post("/talks/<key>/insight", endpoint="write")
@may("dialogue.answer")
def write(key: str) -> BaseResponse:
    """What we learned, in other words than before: nobody signed those."""
    refuse_suspended()
    form = InsightForm(request.form)
    on_refusal(lambda: page_of(key, form), form)
    limits.spend(limits.by_who("insights written", MOST))
    form.must_fit()
    with writing():
        one = my_talk(key, lock=True)
        who = _who(one)
        once(form.twin, lambda: insights.write(one, who, form.words.data, lang()).key)
    return saved(way_to(one), _l("Written down. Everybody of you says yes to it first."), "insight")


@bp.post("/talks/<key>/sign", endpoint="sign")
@may("dialogue.answer")
def sign(key: str) -> BaseResponse:
    """Yes to exactly these words."""
    refuse_suspended()
    form = SignForm(request.form)
    on_refusal(lambda: page_of(key), form)
    with writing():
        one = my_talk(key, lock=True)
        insight = one.insight or abort(404)
        insights.sign(insight, form.seen.data or "", _who(one), bool(form.shows_name.data and g.person))
        all_did = insight.is_signed
    told = _l("Everybody said yes. Now all can read it.") if all_did else _l("You said yes. It waits for the others.")
    return saved(way_to(one), told, "insight")


@bp.post("/talks/<key>/withdraw", endpoint="withdraw")
@may("dialogue.answer")
def withdraw(key: str) -> BaseResponse:
    """Gone at once, for everybody."""
    with writing():
        one = my_talk(key, lock=True)
        insights.withdraw(one, _who(one))
    return saved(way_to(one), _l("Done. Nobody reads it any more."), "insight")


def page_of(key: str, form: Form | None = None) -> str:
    """The page of a talk or a table, once more."""
    return table_page(key, form) if my_talk(key).is_table else talk_page(key, insight=form)


def way_to(one: Talk) -> str:
    """Where it is read by who sits there."""
    return url_for("dialogues.table" if one.is_table else "dialogues.talk", key=one.key)


def turn() -> Turn | None:
    """Words about what they learned that wait for the yes of who looks."""
    who = hands()
    waits = talk_queries.to_sign(g.neighbourhood.id, who) if who else None
    return Turn(_l("What you learned waits for your yes"), _l("Look"), way_to(waits)) if waits else None


def _who(one: Talk) -> str:
    seat = my_seat(one)
    return seat.who if seat else abort(404)
