"""Finding offers and wishes that are read now, and what hosts brought together."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from core import clock
from core.contributions.models import Contribution
from core.database import db
from core.people import queries as people
from game.offers.models import Match, Offer

MOST = 100  # on one page
KIND = "offer"  # of what was handed in


class Two(NamedTuple):
    """A match with what was offered and what was wished."""

    match: Match
    offer: Offer
    wish: Offer


def of(neighbourhood_id: int, is_wish: bool) -> Sequence[Offer]:
    """Those that are read now and not brought together, the newest first."""
    here = (Offer.neighbourhood_id == neighbourhood_id, Offer.is_wish == is_wish)
    found = select(Offer).where(*here, is_read(), ~_fits()).options(joinedload(Offer.zone))
    return db.session.scalars(found.order_by(Offer.id.desc()).limit(MOST)).all()


def one(neighbourhood_id: int, key: str, is_wish: bool) -> Offer | None:
    """One of them."""
    here = (Offer.neighbourhood_id == neighbourhood_id, Offer.key == key, Offer.is_wish == is_wish)
    return db.session.scalar(select(Offer).where(*here, is_read(), ~_fits()))


def is_read() -> ColumnElement[bool]:
    """Asked of an Offer: its last day is not past."""
    return Offer.until >= clock.today()


def matches(neighbourhood_id: int) -> list[Two]:
    """What hosts brought together, the newest first."""
    offer, wish = aliased(Offer), aliased(Offer)
    found = select(Match, offer, wish).join(offer, offer.key == Match.offer).join(wish, wish.key == Match.wish)
    found = found.where(Match.neighbourhood_id == neighbourhood_id).order_by(Match.id.desc())
    return [Two(*row) for row in db.session.execute(found.limit(MOST))]


def two(neighbourhood_id: int, key: str, lock: bool = False) -> Two | None:
    """One match."""
    found = select(Match).where(Match.neighbourhood_id == neighbourhood_id, Match.key == key)
    match = db.session.scalar(found.with_for_update() if lock else found)
    if match is None:
        return None
    both = {one.key: one for one in db.session.scalars(select(Offer).where(Offer.key.in_((match.offer, match.wish))))}
    return Two(match, both[match.offer], both[match.wish])


def whose(keys: Collection[str]) -> dict[str, str]:
    """Who handed each of these in."""
    found = select(Contribution.key, Contribution.who).where(Contribution.kind == KIND, Contribution.key.in_(keys))
    return {row.key: row.who for row in db.session.execute(found)}


def name_of(key: str) -> str | None:
    """What who handed it in goes by; None once they are no player any more."""
    found = people.by_player_key(whose([key]).get(key, ""))
    return found.name if found else None


def asks(who: str) -> Match | None:
    """The match that waits longest for somebody's answer."""
    mine = (Contribution.kind == KIND, Contribution.who == who)
    theirs = or_(
        and_(Match.offer == Contribution.key, Match.offer_says.is_(None), Match.wish_says.is_not(False)),
        and_(Match.wish == Contribution.key, Match.wish_says.is_(None), Match.offer_says.is_not(False)),
    )
    found = select(Match).join(Contribution, theirs).where(*mine)
    return db.session.scalar(found.order_by(Match.id).limit(1))


def _fits() -> ColumnElement[bool]:
    mine = case((Offer.is_wish, Match.wish), else_=Match.offer) == Offer.key
    return exists().where(mine, Match.offer_says.is_(True), Match.wish_says.is_(True))
