"""A photo that everybody in it keeps becomes each one's own: a copy an album, and nothing that leads to the others.

Copies are drawn first, one at a time, and seen nowhere; then, in one transaction, they take the place of the photo
(docs/decisions/0041-closing.md).
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, exists, select, tuple_, update
from sqlalchemy.orm import aliased

from core import codes
from core.consent import queries as consents
from core.consent import service as saying_yes
from core.consent.models import Consent
from core.database import db, some_at_a_time
from core.media import service as media
from core.photos import queries, service
from core.photos.models import ALBUM, KIND, Before, Photo
from core.photos.prepare import Prepared, prepare
from core.storage import storage

AS_ROWS = {"synchronize_session": False}  # thousands of them are read, and none is asked for again


class Lacking(NamedTuple):
    """Somebody's copy of a photo that was not drawn yet."""

    photo_id: int
    key: str
    player: str


def lacking(photo_ids: Collection[int]) -> list[Lacking]:
    """The copies that are to be drawn of those of these photos that everybody in them keeps.

    In the order of player keys and then of photo keys, both by chance: neighbours in it are of one player, and nothing
    in it is of when somebody met.
    """
    copy = aliased(Photo)
    has_one = exists().where(copy.copy_of_id == Photo.id, copy.maker == Consent.who)
    said = (Consent.kind == KIND, Consent.thing == Photo.id, Consent.use == ALBUM, consents.stands())
    wanted = select(Photo.id, Photo.key, Consent.who).join(Consent, Consent.thing == Photo.id).where(*said, ~has_one)
    found = [
        Lacking(*row)
        for some in some_at_a_time(photo_ids)
        for row in db.session.execute(wanted.where(Photo.id.in_(some), queries.visible(ALBUM)))
    ]
    return sorted(found, key=lambda one: (one.player, one.key))


def of(player: str, before: str | None = None) -> Sequence[Photo]:
    """Somebody's copies, those of the last season first, a page and one more; `before` is the key to go on from."""
    mine = select(Photo).where(Photo.stays, queries.visible(ALBUM), queries.is_in_it(player))
    last = select(Photo.kept_at, Photo.id).where(Photo.stays, Photo.maker == player, Photo.key == before)
    if before and (row := db.session.execute(last).first()):
        mine = mine.where(tuple_(Photo.kept_at, Photo.id) < tuple_(*row))
    return db.session.scalars(mine.order_by(Photo.kept_at.desc(), Photo.id.desc()).limit(queries.PAGE + 1)).all()


def draw(one: Lacking) -> Prepared | None:
    """Draw a copy, before any transaction; the second of a photo from the first, so that no two files are alike.

    None where the photo itself is not there any more. Raises Refusal where it cannot be read, or not now.
    """
    latest = select(Photo.key).where(Photo.copy_of_id == one.photo_id).order_by(Photo.id.desc()).limit(1)
    file = media.file(db.session.scalar(latest) or one.key, f"{service.SIZES[0]}.webp")
    if file is None:
        return None
    with file.open("rb") as picture:
        return prepare(picture, storage().tmp())


def keep(one: Lacking, prepared: Prepared, at: datetime) -> bool:
    """Keep a copy that nobody sees yet; whether it is still wanted. `at`: the moment that it says of itself."""
    photo = queries.reread(one.photo_id)
    if photo is None or one not in lacking([one.photo_id]):
        return False
    db.session.add(
        Photo(
            key=media.keep(prepared.folder, service.OWNER), neighbourhood_id=photo.neighbourhood_id, maker=one.player,
            width=prepared.width, height=prepared.height, sha256=hashlib.sha256(codes.new_key().encode()).hexdigest(),
            people=1, kept_at=at, stays=True, copy_of_id=photo.id,
        )
    )  # fmt: skip
    db.session.flush()
    return True


def take_over(photo_ids: Collection[int], at: datetime) -> int:
    """Each copy takes the place of its photo in one album, and these photos leave, with all that was said of them.

    How many copies. What could be seen more widely is noted as gone, so that screens and packs drop it.
    """
    photos, copies, kept = _held(photo_ids), _copies(photo_ids), set(_kept(photo_ids))
    wanted = {copy.id: copy for copy in copies if copy.copy_of_id in kept and not copy.is_forgotten}
    in_order = sorted(wanted.values(), key=lambda copy: (copy.maker, copy.key))
    saying_yes.carry_over(KIND, ALBUM, [(copy.copy_of_id or 0, copy.id, copy.maker) for copy in in_order], at)
    shown = consents.shown(KIND, [photo.id for photo in photos])
    for photo in photos:
        if photo.id in shown and not photo.is_forgotten:
            service.show_nowhere(photo)
    _leave([*(copy for copy in copies if copy.id not in wanted), *photos], at)  # withdrawn meanwhile, for both
    return len(wanted)


def _kept(photo_ids: Collection[int]) -> Sequence[int]:
    """Those of these photos that everybody in them keeps now."""
    seen = select(Photo.id).where(queries.visible(ALBUM))
    return [one for some in some_at_a_time(photo_ids) for one in db.session.scalars(seen.where(Photo.id.in_(some)))]


def _leave(photos: Sequence[Photo], at: datetime) -> None:
    """Their rows go, and their bytes with the next sweep."""
    ids, keys = [photo.id for photo in photos], {photo.key for photo in photos}
    for some in some_at_a_time(ids):
        keys |= set(db.session.scalars(select(Before.key).where(Before.photo_id.in_(some))))
        db.session.execute(delete(Before).where(Before.photo_id.in_(some)))
        copies = update(Photo).where(Photo.copy_of_id.in_(some)).values(copy_of_id=None)
        db.session.execute(copies, execution_options=AS_ROWS)
    media.leave(keys, at)
    saying_yes.leave(KIND, ids, at)
    db.session.flush()
    for some in some_at_a_time(ids):
        db.session.execute(delete(Photo).where(Photo.id.in_(some)), execution_options=AS_ROWS)
    db.session.expire_all()


def _held(photo_ids: Collection[int]) -> Sequence[Photo]:
    """Locked until the end of the transaction, in one order."""
    wanted = select(Photo).order_by(Photo.id).with_for_update().execution_options(populate_existing=True)
    return [
        photo
        for some in some_at_a_time(sorted(photo_ids))
        for photo in db.session.scalars(wanted.where(Photo.id.in_(some)))
    ]


def _copies(photo_ids: Collection[int]) -> Sequence[Photo]:
    wanted = select(Photo).with_for_update().execution_options(populate_existing=True)
    return [
        copy
        for some in some_at_a_time(photo_ids)
        for copy in db.session.scalars(wanted.where(Photo.copy_of_id.in_(some)))
    ]
