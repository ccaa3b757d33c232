"""Bringing an offer and a wish together, and what the two say of it (docs/rules.md §8)."""

from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.database import db, dialect, insert_into
from core.refusal import Refusal, Sort
from game.offers import queries
from game.offers.models import Match, Offer
from game.offers.queries import Two


def match(offer: Offer | None, wish: Offer | None) -> str:
    """A host thinks that these fit: the key of their match, which is one however often it is made.

    Raises Refusal for one that is not there (any more), and for two of the same person.
    """
    if offer is None or wish is None:
        raise Refusal(_l("Choose one of each."), Sort.INVALID, field="wish" if offer else "offer")
    if len(set(queries.whose([offer.key, wish.key]).values())) < 2:
        raise Refusal(_l("These are of the same neighbour."), Sort.CONFLICT)
    row = insert_into(Match, dialect()).values(
        key=codes.new_key(), neighbourhood_id=offer.neighbourhood_id, offer=offer.key, wish=wish.key, at=clock.now()
    )
    db.session.execute(row.on_conflict_do_nothing(index_elements=["offer", "wish"]))
    return offer.key


def answer(two: Two, who: str, says: bool) -> None:
    """One of the two says yes or no. The caller holds the match.

    Raises Refusal for anybody else, for one that is over, and for who takes an answer back after both said yes.
    """
    side = side_of(two, who)
    if side is None:
        raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
    if getattr(two.match, side) == says:
        return
    if not two.match.is_open:
        raise Refusal(_l("It was answered already."), Sort.CONFLICT)
    setattr(two.match, side, says)
    db.session.flush()


def side_of(two: Two, who: str) -> str | None:
    """Which answer is somebody's."""
    whose = queries.whose([two.offer.key, two.wish.key])
    sides = {whose.get(two.offer.key): "offer_says", whose.get(two.wish.key): "wish_says"}
    return sides.get(who)
