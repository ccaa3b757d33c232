"""Which photos may be seen where. Consent and an editor's yes are asked for here, at every question."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, tuple_
from sqlalchemy.orm import selectinload, subqueryload

from core.consent import queries as consents
from core.consent.models import Consent, Showing
from core.database import db
from core.media import queries as media
from core.people.models import Person, PlayerKeyLine
from core.photos.models import ALBUM, KIND, WIDER, Before, Photo

PAGE = 20


def visible(scope: str) -> ColumnElement[bool]:
    """What every question asks of a Photo: everybody in it said yes to this scope; beyond the albums an editor too."""
    return agreed(scope) if scope == ALBUM else and_(agreed(scope), Photo.cleared_at.is_not(None))


def agreed(scope: str) -> ColumnElement[bool]:
    """As many people as are in the picture said yes to this scope. Beyond the albums: and it may leave those."""
    everybody = and_(Photo.forgotten_at.is_(None), consents.everybody(KIND, Photo.id, scope, Photo.people))
    return everybody if scope == ALBUM else and_(everybody, ~must_stay())


def must_stay() -> ColumnElement[bool]:
    """It stays in the albums: somebody in it is younger than 16 (docs/rules.md §3), or is having their data erased.

    So does a copy of one's own: it does not know who else is in it.
    """
    persons = select(Person.id).join(PlayerKeyLine).join(Consent, Consent.who == PlayerKeyLine.key)
    stay = or_(Person.is_young, Person.leaving_at.is_not(None))
    in_it = (Consent.kind == KIND, Consent.thing == Photo.id)
    return or_(Photo.stays, persons.where(*in_it, stay).correlate(Photo).exists())


def staying(photos: Sequence[Photo]) -> set[int]:
    """The ids of those that must stay in the albums. One question, none for no photos."""
    if not photos:
        return set()
    return set(db.session.scalars(select(Photo.id).where(Photo.id.in_({one.id for one in photos}), must_stay())))


def visible_in(scopes: Iterable[str]) -> ColumnElement[bool]:
    """May be seen in at least one of these scopes."""
    return or_(false(), *(visible(scope) for scope in scopes))


def is_in_it(player: str) -> ColumnElement[bool]:
    """This player is in the picture: their yes to the albums stands."""
    return consents.allows(KIND, Photo.id, ALBUM, player)


# ---- surfaces


def board(
    neighbourhood_id: int, scopes: Collection[str], before: str | None = None, limit: int = PAGE + 1
) -> Sequence[Photo]:
    """Photos that may be seen in these scopes, last cleared first; `before` is the key to go on from."""
    wanted = (
        select(Photo)
        .where(Photo.neighbourhood_id == neighbourhood_id, Photo.cleared_at.is_not(None), visible_in(scopes))
        .order_by(Photo.cleared_at.desc(), Photo.id.desc())
        .limit(limit)
    )
    mine = select(Photo.cleared_at, Photo.id).where(Photo.neighbourhood_id == neighbourhood_id, Photo.key == before)
    last = db.session.execute(mine).first() if before else None
    if last:
        wanted = wanted.where(tuple_(Photo.cleared_at, Photo.id) < tuple_(*last))
    return db.session.scalars(wanted).all()


def picture(neighbourhood_id: int, key: str, scopes: Collection[str], player: str | None) -> Photo | None:
    """A photo by its key, for who may see it in these scopes or stands in it."""
    may_see = visible_in(scopes)
    if player:
        may_see = or_(may_see, and_(visible(ALBUM), is_in_it(player)))
    return db.session.scalar(select(Photo).where(Photo.neighbourhood_id == neighbourhood_id, Photo.key == key, may_see))


def own(neighbourhood_id: int, key: str, player: str) -> Photo | None:
    """A photo that stands in this player's album, with its consents; also by a key from before an editor blurred it."""
    is_it = or_(Photo.key == key, Photo.id == had_key(key))
    wanted = select(Photo).where(Photo.neighbourhood_id == neighbourhood_id, is_it)
    return db.session.scalar(wanted.where(visible(ALBUM), is_in_it(player)).options(selectinload(Photo.consents)))


def had_key(key: str) -> int | None:
    """Which photo an open page means by a key that it had until an editor blurred it: for those in it only."""
    return db.session.scalar(select(Before.photo_id).where(Before.key == key))


def album(player: str) -> Sequence[Photo]:
    """Everything in somebody's album, the oldest first."""
    return db.session.scalars(select(Photo).where(visible(ALBUM), is_in_it(player)).order_by(Photo.id)).all()


def still(neighbourhood_id: int, keys: Collection[str], where: ColumnElement[bool]) -> set[str]:
    """Those of these photos of which it still holds."""
    wanted = select(Photo.key).where(Photo.neighbourhood_id == neighbourhood_id, Photo.key.in_(keys), where)
    return set(db.session.scalars(wanted))


def with_person(player: str) -> Sequence[Photo]:
    """The photos that somebody made or said yes to and that are not forgotten, with their consents."""
    mine = or_(Photo.maker == player, Photo.consents.any(Consent.who == player))
    return db.session.scalars(
        select(Photo).where(mine, Photo.forgotten_at.is_(None)).options(subqueryload(Photo.consents)).order_by(Photo.id)
    ).all()


def export(player: str) -> list[dict[str, Any]]:
    """What is kept about somebody: each photo they are in, and what they themselves allowed with it."""
    return [
        {
            "photo": photo.key, "kept_at": photo.kept_at.isoformat(), "made_by_me": photo.maker == player,
            "allowed": [_exported(consent) for consent in photo.consents if consent.who == player],
        }
        for photo in with_person(player)
    ]  # fmt: skip


def _exported(consent: Consent) -> dict[str, Any]:
    ended = consent.ended_at
    return {"for": consent.use, "from": consent.given_at.isoformat(), "until": ended.isoformat() if ended else None}


# ---- who chose what


@dataclass(frozen=True)
class Choice:
    """What may become of a photo: `mine` is what this reader allows, of the others only the outcome is told."""

    mine: frozenset[str]
    seen_in: tuple[str, ...]
    """The scopes beyond the albums in which it can be seen now."""
    waits: bool
    """Everybody in it allows more, and nobody looked at it yet."""
    stays: bool
    """It can never leave the albums."""
    is_own: bool = False
    """It is a copy of one's own: nobody else has a say in it, or sees it."""


def choices(photos: Collection[Photo], player: str) -> dict[int, Choice]:
    """For each of these photos, in one question. Their consents must be loaded."""
    if not photos:
        return {}
    asked = select(Photo.id, must_stay(), Photo.cleared_at.is_not(None), *(agreed(scope) for scope in WIDER))
    found = {row[0]: row[1:] for row in db.session.execute(asked.where(Photo.id.in_([one.id for one in photos])))}
    return {photo.id: _choice(photo, player, *found[photo.id]) for photo in photos}


def _choice(photo: Photo, player: str, stays: bool, is_cleared: bool, *agreed: bool) -> Choice:
    mine = frozenset(scope for scope in WIDER if photo.is_allowed_by(player, scope))
    said = tuple(scope for scope, yes in zip(WIDER, agreed, strict=True) if yes)
    return Choice(mine, said if is_cleared else (), bool(said) and not is_cleared, bool(stays), photo.stays)


def scopes_of(photo: Photo) -> set[str]:
    """The scopes beyond the albums in which it can be seen now."""
    row = db.session.execute(select(*(visible(scope) for scope in WIDER)).where(Photo.id == photo.id)).one()
    return {scope for scope, yes in zip(WIDER, row, strict=True) if yes}


# ---- an editor's look, and what packs must drop


def by_key(key: str) -> Photo | None:
    """A photo that is not forgotten, locked until the end of the transaction: one change of its uses at a time."""
    return _locked(Photo.key == key)


def reread(photo_id: int) -> Photo | None:
    """The same, of a photo that was read without holding it: its key may have changed since."""
    return _locked(Photo.id == photo_id)


def _locked(which: ColumnElement[bool]) -> Photo | None:
    wanted = select(Photo).where(which, Photo.forgotten_at.is_(None)).with_for_update()
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def wait_for_a_look(
    neighbourhood_id: int | None = None, limit: int = 200, only: ColumnElement[bool] | None = None
) -> Sequence[Photo]:
    """The photos that everybody in them allows more with than the albums, and to which no editor said yes.

    The oldest first, with their consents; of all neighbourhoods for None; `only` those of which that holds.
    """
    wanted = select(Photo).where(Photo.cleared_at.is_(None), or_(*(agreed(scope) for scope in WIDER)))
    if only is not None:
        wanted = wanted.where(only)
    if neighbourhood_id is not None:
        wanted = wanted.where(Photo.neighbourhood_id == neighbourhood_id)
    return db.session.scalars(wanted.options(selectinload(Photo.consents)).order_by(Photo.id).limit(limit)).all()


def some(neighbourhood_id: int, keys: Collection[str]) -> Sequence[Photo]:
    """Those of these photos that are not forgotten, with their consents."""
    wanted = select(Photo).where(Photo.neighbourhood_id == neighbourhood_id, Photo.key.in_(keys))
    return db.session.scalars(wanted.where(Photo.forgotten_at.is_(None)).options(selectinload(Photo.consents))).all()


def aside(key: str) -> Photo | None:
    """A photo that was taken away and whose bytes are still kept, locked until the end of the transaction."""
    wanted = select(Photo).where(Photo.key == key, *_is_aside()).with_for_update()
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def some_aside(neighbourhood_id: int, keys: Collection[str]) -> Sequence[Photo]:
    """Those of these photos that were taken away and whose bytes are still kept, with their consents."""
    wanted = select(Photo).where(Photo.neighbourhood_id == neighbourhood_id, Photo.key.in_(keys), *_is_aside())
    return db.session.scalars(wanted.options(selectinload(Photo.consents))).all()


def _is_aside() -> tuple[ColumnElement[bool], ...]:
    return Photo.forgotten_at.is_not(None), media.is_aside(Photo.key)


def before(photo: Photo) -> Before | None:
    """What a photo was until an editor blurred it a moment ago, while it can be brought back; held."""
    kept = select(Before).where(Before.photo_id == photo.id, media.is_aside(Before.key))
    return db.session.scalar(kept.order_by(Before.id.desc()).limit(1).with_for_update())


def keys_before(photo: Photo) -> Sequence[str]:
    """The keys it had until an editor blurred it, or undid that."""
    return db.session.scalars(select(Before.key).where(Before.photo_id == photo.id)).all()


def showings(photo: Photo) -> Sequence[Showing]:
    """Where it can be seen now, as noted."""
    return consents.showings(KIND, photo.id)


def keys(photo_ids: Collection[int]) -> Mapping[int, str]:
    """The key of each of these photos."""
    return dict(db.session.execute(select(Photo.id, Photo.key).where(Photo.id.in_(photo_ids))).all())


def nothing_left() -> Sequence[int]:
    """Photos that were set aside and not brought back: their bytes are gone, and a yes to them still stands."""
    standing = select(Consent.id).where(Consent.kind == KIND, Consent.thing == Photo.id, Consent.ended_at.is_(None))
    gone = select(Photo.id).where(Photo.forgotten_at.is_not(None), media.is_gone(Photo.key), standing.exists())
    return db.session.scalars(gone).all()


def forgotten_since(moment: datetime) -> list[tuple[str, datetime]]:
    """The keys of the photos that were forgotten from a moment on."""
    gone = select(Photo.key, Photo.forgotten_at).where(Photo.forgotten_at >= moment)
    return [(key, at) for key, at in db.session.execute(gone) if at]
