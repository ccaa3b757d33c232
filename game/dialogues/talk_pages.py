"""One card between two: drawing and answering it, also from paper, and what they learned, which both sign."""

from flask import Flask, abort, g, make_response, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core import codes, limits
from core.audit import service as audit
from core.contributions.queries import leaving
from core.database import writing
from core.errors import on_refusal
from core.forms import Form
from core.guard import acting_as, may
from core.i18n import lang
from core.menus import TILES
from core.once import once
from core.people import queries as people
from core.people.kept_forms import made_at, refuse_another
from core.people.models import Person
from core.people.views import refuse_suspended
from core.receipts import service as receipts
from core.receipts.holdings import HOLDINGS, Holding
from core.receipts.views import give, hands, holder
from core.refusal import Refusal, Sort
from core.saved import arrived, saved
from game.dialogues import cards, queries, talk_queries, talks
from game.dialogues.forms import AnswerForm, InsightForm, ReplyForm, SignForm
from game.dialogues.models_talk import Seat, Talk
from game.dialogues.views import MOST, bp, find


def init_app(app: Flask) -> None:
    """The row on Ik, and what lies under a receipt."""
    TILES.add(app, "dialogues", _tile)
    HOLDINGS.add(app, "dialogues", Holding(_held))


@bp.get("/<key>/card")
@may("dialogue.answer")
def card(key: str) -> str:
    """A card from the pile of this hour, to answer at once; another one is a link away."""
    refuse_suspended()
    hour = find(key)
    if not hour.takes_cards:
        raise Refusal(_l("This hour is not open now."))
    asked = cards.every().get(request.args.get("card", "")) or cards.drawn(hour.theme, queries.how_many_drawn(hour))
    return _card(key, AnswerForm(data={"card": asked.name}))


def _card(key: str, form: AnswerForm, is_paper: bool = False) -> str:
    hour = find(key)
    drawn = cards.every().get(form.card.data or "") or cards.drawn(hour.theme, 0)
    pile = [one.name for one in cards.every().values()]
    return render_template(
        "game/dialogues/paper.html" if is_paper else "game/dialogues/card.html", hour=hour, form=form, card=drawn,
        face=queries.faces([hour.professional])[hour.professional_id], THEMES=cards.THEMES,
        another=pile[(pile.index(drawn.name) + 1) % len(pile)],
        every=[(one.name, one.question["question"], one.question["lang"]) for one in cards.every().values()],
    )  # fmt: skip


@bp.post("/<key>/card", endpoint="do_card")
@may("dialogue.answer")
def do_card(key: str) -> BaseResponse:
    """Given: the professional answers the same card. Who has neither account nor open receipt gets one, this once."""
    refuse_another()
    refuse_suspended()
    form = AnswerForm(request.form)
    on_refusal(lambda: _card(key, form), form)
    limits.spend(limits.by_who("cards answered", MOST))
    form.must_fit()
    known = g.person.player_key if g.person else holder()
    who, code = known or codes.new_key(), None

    def draw() -> str:
        nonlocal code
        made = talks.draw(find(key), form.card.data, who, form.words.data, lang(), at=made_at())
        code = None if known else receipts.issue(g.neighbourhood.id, who)
        return made.key

    with writing():
        talk = once(form.twin, draw)
    if code:
        return give(make_response(_receipt(code, url_for(".talk", key=talk))), code)
    return arrived(url_for(".talk", key=talk), _l("Given. Now the other answers the same card."))


@bp.get("/<key>/paper")
@may("dialogue.host")
def paper(key: str) -> str:
    """A card of paper, to type in for who has no phone."""
    return _card(key, AnswerForm(), is_paper=True)


@bp.post("/<key>/paper", endpoint="do_paper")
@may("dialogue.host")
def do_paper(key: str) -> BaseResponse:
    """The same as a card on a phone, and the receipt is for who wrote it."""
    form = AnswerForm(request.form)
    on_refusal(lambda: _card(key, form, is_paper=True), form)
    form.must_fit()
    code = None

    def draw() -> str:
        nonlocal code
        hour, subject, me = find(key), codes.new_key(), g.person.player_key
        if hour.professional.who == me:
            raise Refusal(_l("Somebody else types it in: you would read it before you answer."), Sort.FORBIDDEN)
        made = talks.draw(hour, form.card.data, subject, form.words.data, lang(), how="paper")
        code = receipts.issue(g.neighbourhood.id, subject)
        audit.record("dialogue.card for", made.key, g.neighbourhood.id, me, acting_as())
        return made.key

    with writing():
        once(form.twin, draw)
    if code:
        return make_response(_receipt(code, url_for(".paper", key=key)))
    return saved(url_for(".paper", key=key), _l("That card was typed in already."))


def _receipt(code: str, onwards: str) -> str:
    return render_template("game/dialogues/receipt.html", code=code, onwards=onwards)


@bp.get("/talks/<key>")
@may("dialogue.answer")
def talk(key: str) -> str:
    """A talk, for the two who have it."""
    return talk_page(key)


def talk_page(key: str, reply: Form | None = None, insight: Form | None = None, sign: Form | None = None) -> str:
    """The page of a talk of who asks; else 404. What the other said is not read before both said something."""
    one = my_talk(key)
    me, known = my_seat(one), people.by_player_keys(seat.who for seat in one.seats)
    both = one.both_answered and not leaving([seat.who for seat in one.seats])
    hour = one.hour or abort(404)
    face = queries.faces([hour.professional])[hour.professional_id]
    other = next((seat for seat in one.seats if seat is not me), None)
    return render_template(
        "game/dialogues/talk.html", talk=one, hour=hour, face=face, me=me, other=other if both else None, both=both,
        card=cards.every()[one.card], insight=one.insight, THEMES=cards.THEMES,
        is_professional=hour.professional.who in hands(), my_name=known[me.who].name if me and me.who in known else "",
        theirs_is_gone=bool(other and other.taken_back_at),
        reply=reply or ReplyForm(), sign=sign or SignForm(),
        form=insight or InsightForm(data={"words": one.insight.words if one.insight else ""}),
    )  # fmt: skip


@bp.post("/talks/<key>/reply", endpoint="reply")
@may("dialogue.answer")
def reply(key: str) -> BaseResponse:
    """The professional answers the same card."""
    refuse_suspended()
    form = ReplyForm(request.form)
    on_refusal(lambda: talk_page(key, reply=form), form)
    form.must_fit()
    with writing():
        one = my_talk(key, lock=True)
        who = g.person.player_key if g.person else abort(404)
        once(form.twin, lambda: talks.answer(one, who, form.words.data, lang()).key)
    return saved(url_for(".talk", key=key), _l("Given. Now you read each other’s answer."))


@bp.post("/talks/<key>/back", endpoint="take_back")
@may("dialogue.answer")
def take_back(key: str) -> BaseResponse:
    """My answer goes, for both."""
    with writing():
        one = my_talk(key, lock=True)
        for who in hands():
            talks.take_back(one, who)
    return saved(url_for(".talk", key=key), _l("Done. Your answer is gone."))


def _tile(person: Person) -> tuple[object, object, str] | None:
    """The row on Ik of who sits there as a professional."""
    if queries.professional(person.neighbourhood_id, person.player_key) is None:
        return None
    return _l("Your hours as a professional"), "", url_for("dialogues.mine")


def _held(subject: str) -> Markup | None:
    items = talk_queries.talks_of([subject])
    if not items:
        return None
    page = render_template("game/dialogues/held.html", talks=items, cards=cards.every())
    return Markup(page)  # nosec: our own template


def my_talk(key: str, lock: bool = False) -> Talk:
    """A talk in which who asks sits, or whose card waits for them; else 404."""
    here = g.neighbourhood.id
    return talk_queries.talk(here, key, hands(), lock) or abort(404)


def my_seat(one: Talk) -> Seat | None:
    """Where who asks sits in it."""
    return next((seat for seat in one.seats if seat.who in hands()), None)
