"""Who stands before a host: one page for that player, and what a host does for who has no phone."""

from dataclasses import dataclass

from flask import Flask, Response, abort, current_app, g, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes
from core.database import writing
from core.desk.answer_pages import told_to
from core.errors import on_refusal
from core.forms import Keyed
from core.guard import acting_as, may
from core.once import is_first
from core.people import queries as people
from core.people.models import Person
from core.people.views import reread
from core.photos import queries as photos
from core.photos.drawn import Drawn
from core.photos.models import Photo
from core.photos.views import send
from core.printing import service as printing
from core.printing.views import sheet_of
from core.refusal import Refusal, Sort, about
from core.saved import saved
from game.encounters import addresses
from game.encounters import queries as encounters
from game.headquarters import acting, queries, views
from game.headquarters.forms import CardForm, NewPlayerForm, WitnessForm
from game.scoring import corrections, newcomers, questions, rules
from game.scoring import queries as points
from game.seasons import queries as seasons

SHOWN = 10  # meetings that gave points: the latest
OPEN_FOR = 15 * 60  # seconds that a page is open before the card is asked for once more
ONE = "/w/<slug>/host/for/<signed>"


@dataclass(frozen=True)
class Theirs(Drawn):
    """A photo of who stands at the desk."""

    signed: str

    @property
    def alt(self) -> LazyString:
        """What a host hears who does not see it."""
        return _l("A photo of neighbours who met")

    def url(self, size: str) -> str:
        """Where it is; here it has one size."""
        return url_for("headquarters.photo", signed=self.signed, key=self.key)


def init_app(app: Flask) -> None:
    """Register the pages beside that of the desk, whose names they share."""
    add = app.add_url_rule
    add("/w/<slug>/host/card", "headquarters.open_card", open_card, methods=["POST"])
    add("/w/<slug>/host/new", "headquarters.new_player", new_player, methods=["POST"])
    add(ONE, "headquarters.person", person)
    add(f"{ONE}/<key>.webp", "headquarters.photo", photo)
    add(f"{ONE}/answer", "headquarters.answer", answer, methods=["POST"])
    add(f"{ONE}/<key>/withdraw", "headquarters.withdraw", withdraw, methods=["POST"])
    add(f"{ONE}/<key>/who", "headquarters.choose", choose, methods=["POST"])
    add(f"{ONE}/points/<ref>", "headquarters.ask", ask, methods=["POST"])
    add(f"{ONE}/answers/<key>/appeal", "headquarters.appeal", appeal, methods=["POST"])
    add(f"{ONE}/card", "headquarters.new_card", new_card, methods=["POST"])


@may("desk.witness")
def open_card() -> BaseResponse:
    """Somebody shows their card, scanned or typed: on to their page, which is open for a quarter of an hour."""
    form = CardForm(request.form)
    on_refusal(lambda: views.page(opened=form), form)
    form.must_fit()
    with about("card"), writing():
        host = reread()
        found = addresses.by_tag(host, request.form["card"], "card")  # whole: with the proof that it was scanned
        acting.open_card(host, acting_as(), found)
        signed = _signer().dumps([host.player_key, found.tag])
    return redirect(url_for("headquarters.person", signed=signed), 303)


@may("desk.witness")
def new_player() -> str | BaseResponse:
    """Somebody without a phone and without a card: their card, on this page and never again."""
    form = NewPlayerForm(request.form)
    on_refusal(lambda: views.page(new=form), form)
    form.must_fit()
    with about("name"), writing():
        host = reread()
        made = printing.make_cards(
            host.neighbourhood, [form.name.data], form.is_young, host.player_key, acting_as(), form.client_key.data
        )
    return sheet_of(made, url_for("headquarters.host"))


@may("desk.witness")
def person(signed: str) -> str:
    """Who it is. Of who plays on paper also points and why, what waits and their photos; never whom they met."""
    them = _them(signed)
    on_paper = not people.ever_had_phone(them)
    season = seasons.on(them.neighbourhood_id, clock.today())
    kept = queries.album(them) if on_paper else []
    waiting = queries.waiting(them) if on_paper else []
    chosen = photos.choices(kept, them.player_key)
    last = seasons.shown(them.neighbourhood_id)
    shares = points.shares(last.id, them.player_key, SHOWN) if last and on_paper else []
    return render_template(
        "game/headquarters/person.html", them=them, signed=signed, on_paper=on_paper,
        is_known=not newcomers.unknown([them.player_key]), form=Keyed(), met=WitnessForm(), challenges=views.doing(),
        points=points.points(season.id, them.player_key) if season and on_paper else None,
        waits=points.waiting(season.id, them.player_key) if season and on_paper else 0,
        asked=[(one, [Theirs(taken, signed) for taken in some]) for one, some in waiting],
        shares=shares, questions=questions.of(them.player_key, [one.meeting for one in shares]),
        sentence=rules.sentence, why=corrections.WHY, reasons=questions.REASONS, spaced=codes.spaced,
        album=[(Theirs(one, signed), chosen[one.id]) for one in kept],
        told=told_to(them.player_key) if on_paper else None,
    )  # fmt: skip


@may("desk.witness")
def photo(signed: str, key: str) -> Response:
    """A photo of who has no phone, on the host's screen."""
    return send(_photo(_on_paper(signed), key), "medium")


@may("desk.witness")
def answer(signed: str) -> BaseResponse:
    """What they say to a meeting that waits for them."""
    on_refusal(lambda: person(signed))
    found = encounters.by_key(request.form.get("meeting", ""))
    said = request.form.get("answer", "")
    with writing():
        them = _on_paper(signed)
        if found is None or them.player_key not in found.players:
            abort(404)
        acting.answer(reread(), acting_as(), encounters.locked(found.id), them, said)
    return _done(signed, _l("Kept. They said no.") if said == acting.NO else _l("Kept. That yes counts."))


@may("desk.witness")
def withdraw(signed: str, key: str) -> BaseResponse:
    """A photo of theirs goes."""
    with writing():
        them = _on_paper(signed)
        acting.withdraw(reread(), acting_as(), _photo(them, key), them)
    return _done(signed, _l("The photo is gone, for both of them. The points stay."))


@may("desk.witness")
def choose(signed: str, key: str) -> BaseResponse:
    """Who may see it, as they signed."""
    with writing():
        them = _on_paper(signed)
        acting.choose(reread(), acting_as(), _photo(them, key), them, request.form.getlist("scope"))
    return _done(signed, _l("Kept, under your name. Keep the paper in the house."))


@may("desk.witness")
def ask(signed: str, ref: str) -> BaseResponse:
    """They ask whether what a meeting gave is right."""
    on_refusal(lambda: person(signed))
    with writing():
        them = _on_paper(signed)
        acting.ask(reread(), acting_as(), them, ref, request.form.get("reason", ""))
    return _done(signed, _l("Asked. Here they read what a coordinator says."))


@may("desk.witness")
def appeal(signed: str, key: str) -> BaseResponse:
    """They ask another editor to look at what was decided."""
    on_refusal(lambda: person(signed))
    with writing():
        acting.appeal(reread(), acting_as(), _on_paper(signed), key)
    return saved(
        url_for("headquarters.person", signed=signed), _l("Asked. Here they read what another editor says."), key
    )


@may("desk.witness")
def new_card(signed: str) -> str | BaseResponse:
    """Another card, on this page and never again."""
    form = Keyed(request.form)
    with writing():
        them = _on_paper(signed)
        made = acting.new_card(reread(), acting_as(), them) if is_first(form.twin) else None
    if made is None:
        return _done(signed, _l("That card was shown already. Make a new one if nobody printed it."))
    return sheet_of([made], url_for("headquarters.person", signed=signed))


def _them(signed: str) -> Person:
    """Whom this host opened the card of. Raises Refusal once that is too long ago."""
    try:
        host, tag = _signer().loads(signed, max_age=OPEN_FOR)
    except (BadData, ValueError):
        host, tag = "", ""
    found = people.by_tag(g.neighbourhood.id, tag) if tag and host == g.person.player_key else None
    if found is None:
        raise Refusal(_l("This page was open too long. Ask for the card once more."), Sort.GONE)
    return found


def _on_paper(signed: str) -> Person:
    them = _them(signed)
    acting.must_play_on_paper(them)
    return them


def _photo(them: Person, key: str) -> Photo:
    return queries.photo(them, key) or abort(404)


def _done(signed: str, sentence: object) -> BaseResponse:
    return saved(url_for("headquarters.person", signed=signed), sentence)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="at the desk")
