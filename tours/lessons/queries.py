"""Finding kits. What everybody may see is asked here, at every question: published, and its walk stands."""

from collections.abc import Sequence

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from core.database import db
from tours.lessons.models import Kit, State
from tours.walks import queries as walks
from tours.walks.models import Tour

MOST = 100


def _found() -> Select[Kit]:
    return select(Kit).join(Kit.tour).options(joinedload(Kit.tour))


def of(neighbourhood_id: int) -> Sequence[Kit]:
    """The kits that everybody may see, the newest first."""
    here = (Kit.neighbourhood_id == neighbourhood_id, Kit.state == State.PUBLISHED, walks.stands())
    return db.session.scalars(_found().where(*here).order_by(Kit.published_at.desc(), Kit.id.desc()).limit(MOST)).all()


def to_teach(neighbourhood_id: int, who: str) -> Sequence[Kit]:
    """What somebody can teach with: what everybody may see, and their own drafts, the last changed first."""
    seen = or_(Kit.state == State.PUBLISHED, and_(Kit.maker == who, Kit.state != State.RETIRED))
    here = (Kit.neighbourhood_id == neighbourhood_id, seen, walks.stands())
    return db.session.scalars(_found().where(*here).order_by(Kit.changed_at.desc(), Kit.id.desc()).limit(MOST)).all()


def one(neighbourhood_id: int, slug: str, who: str | None = None, sees_all: bool = False) -> Kit | None:
    """A kit that somebody may see: what everybody sees, and their own; with `sees_all` also what others are making."""
    seen = or_(Kit.state == State.PUBLISHED, Kit.maker == who) if not sees_all else Kit.id.is_not(None)
    this = (Kit.neighbourhood_id == neighbourhood_id, Kit.slug == slug, Kit.state != State.RETIRED, walks.stands())
    return db.session.scalar(_found().where(*this, seen))


def by_key(neighbourhood_id: int, key: str) -> Kit | None:
    """A kit as a class knows it, also a draft."""
    this = (Kit.neighbourhood_id == neighbourhood_id, Kit.key == key, Kit.state != State.RETIRED, walks.stands())
    return db.session.scalar(_found().where(*this))


def was_here(neighbourhood_id: int, slug: str) -> Kit | None:
    """A kit that is or once was here."""
    return db.session.scalar(_found().where(Kit.neighbourhood_id == neighbourhood_id, Kit.slug == slug))


def of_file(neighbourhood_id: int, digest: str, who: str | None) -> Kit | None:
    """The kit that somebody made of a file."""
    this = (Kit.neighbourhood_id == neighbourhood_id, Kit.file == digest, Kit.maker == who)
    return db.session.scalar(_found().where(*this, Kit.state != State.RETIRED))


def made(neighbourhood_id: int, who: str, sees_all: bool) -> Sequence[Kit]:
    """The kits that somebody may work on, the last changed first: their own; with `sees_all` all of them."""
    mine = _found().where(Kit.neighbourhood_id == neighbourhood_id, Kit.state != State.RETIRED)
    if not sees_all:
        mine = mine.where(Kit.maker == who)
    return db.session.scalars(mine.order_by(Kit.changed_at.desc(), Kit.id.desc()).limit(MOST)).all()


def all_of(neighbourhood_id: int) -> Sequence[Kit]:
    """All kits of a neighbourhood, in the order in which they came."""
    return db.session.scalars(_found().where(Kit.neighbourhood_id == neighbourhood_id).order_by(Kit.id)).all()


def locked(neighbourhood_id: int, slug: str) -> Kit | None:
    """A kit, held until the end of the transaction."""
    this = (Kit.neighbourhood_id == neighbourhood_id, Kit.slug == slug, Kit.state != State.RETIRED)
    held = select(Kit).where(*this).with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(held)


def walks_of(neighbourhood_id: int) -> Sequence[Tour]:
    """The walks over which a lesson can be made."""
    return walks.of(neighbourhood_id)
