"""Keeping a photo, saying what it may be used for, forgetting it, and cleaning up after all three."""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock
from core.audit import service as audit
from core.consent import service as consents
from core.consent.models import How
from core.database import db
from core.desk import queries as desk
from core.media import service as media
from core.media.owners import Owner
from core.photos import queries
from core.photos.models import ALBUM, KIND, WIDER, Photo
from core.photos.prepare import Prepared
from core.photos.rules import IMPLIED
from core.refusal import Refusal, Sort

SIZES = ("large", "medium", "small")  # as redraw.py writes them; the server itself never imports Pillow
OWNER = Owner("photo", tuple(f"{size}.webp" for size in SIZES))


def keep(prepared: Prepared, neighbourhood_id: int, maker: str, people: int = 2) -> Photo:
    """Keep a prepared photo: its files first, then its row. The maker's yes to their own album goes with it.

    `people` is how many are in the picture: so many must say yes to whatever it is used for. Raises Refusal when the
    disk is full.
    """
    photo = Photo(
        key=media.keep(prepared.folder, OWNER), neighbourhood_id=neighbourhood_id, maker=maker, kept_at=clock.now(),
        width=prepared.width, height=prepared.height, sha256=prepared.sha256, people=people,
    )  # fmt: skip
    db.session.add(photo)
    db.session.flush()
    allow(photo, maker)
    return photo


def allow(photo: Photo, player: str) -> None:
    """Somebody in the picture says yes to it in both albums. A forgotten photo takes none."""
    if not photo.is_forgotten:
        consents.give(KIND, photo.id, player, {ALBUM})
        db.session.expire(photo, ["consents"])


def choose(photo: Photo, player: str, scopes: Collection[str], how: How = How.SCREEN) -> None:
    """What one person in the picture allows beyond the two albums; what is not named is withdrawn (docs/rules.md §5).

    Points never depend on it. Raises Refusal for somebody who is not in the picture, or when one of them is younger
    than 16 and it asks for more than the albums.
    """
    wanted = _wider(scopes)
    held = queries.reread(photo.id)
    if held is None or not held.is_allowed_by(player):
        raise Refusal(_l("That photo is not here (any more)."), Sort.UNKNOWN)
    if wanted:
        refuse_if_it_must_stay(photo)
    consents.give(KIND, photo.id, player, wanted, how)
    consents.end(KIND, photo.id, player, set(WIDER) - wanted, by=player)
    db.session.expire(photo, ["consents"])
    note(photo)


def widens(photo: Photo, player: str, scopes: Collection[str]) -> bool:
    """Whether somebody allows more by this than they do now."""
    return any(not photo.is_allowed_by(player, scope) for scope in _wider(scopes))


def clear(photo: Photo, editor: str | None = None, role: str = audit.COMMAND_LINE) -> None:
    """An editor looked at it: it may be seen where everybody in it allows. Raises Refusal for a child's photo."""
    refuse_if_it_must_stay(photo)
    if photo.cleared_at is None:
        photo.cleared_at, photo.cleared_by = clock.now(), editor
        audit.record("photo.clear", photo.key, photo.neighbourhood_id, editor, role)
        note(photo)


def unclear(photo: Photo, editor: str | None = None, role: str = audit.COMMAND_LINE) -> None:
    """An editor's yes is taken back: the photo is in its albums and nowhere else."""
    if photo.cleared_at is not None:
        photo.cleared_at = photo.cleared_by = None
        audit.record("photo.unclear", photo.key, photo.neighbourhood_id, editor, role)
        note(photo)


def forget(photo: Photo, by: str | None = None) -> None:
    """Take a photo away everywhere, at once and for good; its bytes go with the next sweep, also where it was aside.

    `by`: which of those in it withdrew it; None where its meeting came to nothing.
    """
    let_go_of_bytes(photo)
    if not photo.is_forgotten:
        show_nowhere(photo)
    consents.end_all(KIND, [photo.id], by)


def forget_again(key: str) -> None:
    """It was forgotten since the back-up from which it is here again."""
    photo = queries.by_key(key)
    if photo and not photo.is_forgotten:
        forget(photo)


def show_nowhere(photo: Photo) -> None:
    """Every address of it answers 404 from now on, and what was said of it at the desk is over."""
    photo.forgotten_at = clock.now()
    db.session.flush()  # holds the row: who was choosing meanwhile is done
    note(photo)
    desk.close_reports(KIND, photo.key)


def let_go_of_bytes(photo: Photo, until: datetime | None = None) -> None:
    """Its bytes go, at once or only from a moment on; those of what it was before an editor blurred it go at once."""
    media.let_go(queries.keys_before(photo))
    media.let_go([photo.key], until)


def forget_all(player: str) -> None:
    """Take away every photo that somebody is in: what erasure asks."""
    for photo in queries.with_person(player):
        forget(photo, player)


def note(photo: Photo) -> None:
    """Note where it came to be seen and where it ceased to: offline packs and screens have to hear of it later."""
    db.session.flush()
    consents.note(KIND, photo.id, photo.key, photo.neighbourhood_id, queries.scopes_of(photo))


def look_again(photo_id: int) -> None:
    """Note it anew, after a yes to it lapsed or went with who gave it."""
    if photo := queries.reread(photo_id):
        note(photo)


def refuse_if_it_must_stay(photo: Photo) -> None:
    """Raises Refusal for a photo that can never leave the albums."""
    if db.session.scalar(select(queries.must_stay()).where(Photo.id == photo.id)):
        raise Refusal(_l("This photo stays with the two of you."), Sort.FORBIDDEN)


def file(photo: Photo, size: str) -> Path | None:
    """Where the picture of one size lies, or None for a photo that is forgotten or lost."""
    return None if photo.is_forgotten else file_aside(photo, size)


def file_aside(photo: Photo, size: str) -> Path | None:
    """The same for an editor, also of a photo that was only set aside."""
    return media.file(photo.key, f"{size}.webp")


def files(player: str) -> Iterator[tuple[str, Path]]:
    """The large picture of each photo in somebody's album, by its name in an export."""
    for photo in queries.album(player):
        if path := file(photo, "large"):
            yield f"{photo.key}.webp", path


def _wider(scopes: Collection[str]) -> set[str]:
    return {scope for scope in WIDER if scope in scopes or any(scope in IMPLIED.get(one, ()) for one in scopes)}
