"""One's own player card: the face that others may see, and the way back in, shown once."""

from flask import g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import clock, codes, guesses
from core.database import writing
from core.forms import Keyed
from core.guard import may
from core.once import is_first
from core.people import cards
from core.people.views import bp, reread
from core.saved import saved
from core.security import limiter


@bp.get("/me/card")
@may("person.own")
def card() -> str:
    """The face of the card, and whether there is a way back in."""
    return _card(None)


@bp.post("/me/card", endpoint="issue_card")
@may("person.own")
@limiter.limit("10 per hour", key_func=lambda: g.person.player_key)
def issue() -> str | BaseResponse:
    """A new way back in, on this page and never again. The one before is dead; this page loaded again kills none."""
    form = Keyed(request.form)
    with writing():
        secret = cards.issue(reread()) if is_first(form.twin) else None
    if secret is None:
        return saved(url_for(".card"), _l("That code was shown already. Make a new one if you did not keep it."))
    return _card(secret)


def _card(secret: str | None) -> str:
    known = cards.of(g.person)
    letters = codes.spaced(g.person.tag)
    back = g.public_url + url_for(".back")
    return render_template(
        "core/people/card.html", letters=letters, host=g.public_url.partition("://")[2],
        scannable=guesses.scannable(g.person.tag), face_of=lambda address: codes.qr(g.public_url + address),
        issued_on=clock.day_of(known.issued_at) if known else None,
        groups=codes.in_groups(secret) if secret else [], way_back=codes.qr(f"{back}#{secret}") if secret else "",
        way_back_page=back.partition("://")[2],
    )  # fmt: skip
