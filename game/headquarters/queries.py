"""What a host sees at the desk."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.database import db
from core.people.models import Person
from core.photos import queries as photos
from core.photos.models import ALBUM, Photo
from game.encounters import queries as encounters
from game.encounters.models import Encounter, Witness, photos_of_encounter

SHOWN = timedelta(hours=24)
MOST = 50


def witnessed_by(host: Person) -> Sequence[Encounter]:
    """The meetings that a host witnessed in the last day, the newest first."""
    mine = (Witness.host == host.player_key, Witness.at > clock.now() - SHOWN)
    found = select(Encounter).join(Witness, Witness.encounter_id == Encounter.id).where(*mine)
    shown = found.options(joinedload(Encounter.challenge), selectinload(Encounter.witnesses))
    return db.session.scalars(shown.order_by(Witness.id.desc()).limit(MOST)).all()


def waiting(person: Person) -> list[tuple[Encounter, list[Photo]]]:
    """The meetings that wait for somebody's answer, each with its photos, in two questions."""
    found = encounters.waiting_for(person)
    taken = select(photos_of_encounter.c.encounter_id, Photo).join(Photo, Photo.id == photos_of_encounter.c.photo_id)
    of_them = photos_of_encounter.c.encounter_id.in_([one.id for one in found])
    rows = db.session.execute(taken.where(of_them, Photo.forgotten_at.is_(None)).order_by(Photo.id)).all()
    return [(one, [photo for meeting, photo in rows if meeting == one.id]) for one in found]


def album(person: Person) -> Sequence[Photo]:
    """The newest photos in somebody's album, with their consents."""
    mine = (photos.visible(ALBUM), photos.is_in_it(person.player_key))
    found = select(Photo).where(*mine).options(selectinload(Photo.consents)).order_by(Photo.id.desc())
    return db.session.scalars(found.limit(MOST)).all()


def photo(person: Person, key: str) -> Photo | None:
    """A photo of somebody's: in their album, or of a meeting that waits for them."""
    asked = (one for _meeting, taken in waiting(person) for one in taken if one.key == key)
    return photos.own(person.neighbourhood_id, key, person.player_key) or next(asked, None)
