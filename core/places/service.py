"""Putting spots on the map; putting plates up, taking them down, and hearing that one is wrong."""

import base64
import re
import secrets
import unicodedata
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, func, or_, select
from sqlalchemy.exc import IntegrityError

from core import clock, codes
from core.database import Model, db, dialect, insert_into
from core.neighbourhoods.models import Neighbourhood
from core.places import degrees, geo
from core.places.models import Plate, PlateKey, PlateReport, Spot
from core.refusal import Refusal, Sort

WRONG = {
    "gone": _l("It is gone or broken."),
    "elsewhere": _l("It hangs in the wrong place."),
    "name": _l("The name or the street is wrong."),
    "covered": _l("Somebody stuck another code on it."),
}
REACH = 2000.0  # metres from the middle, for who proposes a place in a neighbourhood that has no border
FAR = 0.5  # degrees from the middle of the neighbourhood: beyond it something was swapped
UNMOVED = 1.0  # metres: so close to the middle of the neighbourhood nobody put the pin
TRIES = 20  # for a key, when others take it at the same moment


def put_on_map(neighbourhood_id: int, said: dict[str, Any]) -> Spot:
    """A new spot under a key of its own, also when somebody takes that key at the same moment.

    `said`: its name, street, texts, lat and lon, maybe its radius. Raises Refusal where too many take such a key.
    """
    for _try in range(TRIES):
        key = _free_key(neighbourhood_id, said["name"])
        spot = Spot(neighbourhood_id=neighbourhood_id, kind="place", facts={}, key=key, **said)
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(spot)
            db.session.flush()
            return spot
    raise Refusal(_l("Many others save a place of that name now. Try again."), Sort.BUSY)


def must_be_put(here: Neighbourhood, lat: float, lon: float) -> None:
    """Raises Refusal for a pin where the form of a place begins, in the middle of the neighbourhood: nobody put it."""
    if geo.distance(here.lat, here.lon, lat, lon) < UNMOVED:
        middle = _l("The pin still stands in the middle. Put it where the place is.")
        raise Refusal(middle, Sort.INVALID, field="lat")


def must_lie_near(here: Neighbourhood, lat: float, lon: float) -> None:
    """Raises Refusal for what lies far from the neighbourhood: a number was swapped, or mistyped."""

    def is_near(north: float, east: float) -> bool:
        return abs(north - here.lat) <= FAR and abs(east - here.lon) <= FAR

    far = _l("That lies far from this neighbourhood. Look at the numbers once more.")
    degrees.must_lie((lat, lon), is_near, far)


def must_lie_in(here: Neighbourhood, lat: float, lon: float) -> None:
    """Raises Refusal for what lies outside the border of the neighbourhood; far from its middle where it has none."""

    def is_inside(north: float, east: float) -> bool:
        if not (abs(north) <= 90 and abs(east) <= 180):  # once round it would be the same place, found by none
            return False
        if here.border:
            return geo.is_inside(here.border, north, east)
        return geo.distance(here.lat, here.lon, north, east) <= REACH

    outside = _l("That lies outside this neighbourhood. Put the pin inside its border.")
    degrees.must_lie((lat, lon), is_inside, outside)


def used(spots: Collection[int]) -> set[int]:
    """At which of these spots a row of whatever part points: a plate, a challenge, a visit.

    One question, none where there are none.
    """
    keys = [key for table in Model.metadata.tables.values() for key in table.foreign_keys]
    pointing = [key.parent for key in keys if key.column.table is Spot.__table__]
    these = select(Spot.id).where(Spot.id.in_(spots), or_(*(exists().where(one == Spot.id) for one in pointing)))
    return set(db.session.scalars(these)) if spots else set()


def put_up(spot: Spot) -> Plate:
    """A new plate for a spot, with a code that no plate ever had."""
    plate = Plate(
        key=base64.b32encode(secrets.token_bytes(10)).decode()[:10],
        letters=_unused_letters(),
        spot=spot,
        key_version=_version(spot.neighbourhood_id),
        made_on=clock.today(),
    )
    db.session.add(plate)
    db.session.flush()
    return plate


def withdraw(letters: str) -> Plate:
    """Take a plate out of use, for good; again changes nothing. Raises Refusal for letters that no plate ever had."""
    plate = db.session.scalar(select(Plate).where(Plate.letters == (codes.SHORT.read(letters) or "")))
    if plate is None:
        raise Refusal(_l("We do not know these letters. See if you swapped one."), Sort.UNKNOWN)
    plate.withdrawn_on = plate.withdrawn_on or clock.today()
    db.session.flush()
    return plate


def new_key(neighbourhood_id: int) -> int:
    """Sign the plates made from now on with another key; returns its version. Those that hang keep theirs."""
    version = _version(neighbourhood_id) + 1
    db.session.add(PlateKey(neighbourhood_id=neighbourhood_id, version=version, since=clock.today()))
    db.session.flush()
    return version


def seen(plate: Plate) -> None:
    """Somebody stood before it today."""
    plate.last_seen_on = clock.today()
    db.session.flush()


def report(spot: Spot, plate: Plate | None, wrong: str) -> None:
    """Keep that something is wrong with a spot's plate: once a day, and nothing about who says so.

    Raises Refusal for something that cannot be wrong with a plate.
    """
    if wrong not in WRONG:
        raise Refusal(_l("Choose what is wrong."), Sort.INVALID)
    letters = plate.letters if plate and plate.spot_id == spot.id else ""
    row = insert_into(PlateReport, dialect()).values(spot_id=spot.id, letters=letters, wrong=wrong, on=clock.today())
    db.session.execute(row.on_conflict_do_nothing())


def _free_key(neighbourhood_id: int, name: str) -> str:
    """A name as it can stand in an address, with a number where it is taken: also by a spot that was taken off."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:34] or "plek"
    taken = set(db.session.scalars(select(Spot.key).where(Spot.neighbourhood_id == neighbourhood_id)))
    numbered = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 3))
    return next(key for key in numbered if key not in {*taken, "new"})


def _unused_letters() -> str:
    while True:  # one in 300 million is taken
        letters = codes.short_code()
        if db.session.scalar(select(Plate.id).where(Plate.letters == letters)) is None:
            return letters


def _version(neighbourhood_id: int) -> int:
    newest = select(func.max(PlateKey.version)).where(PlateKey.neighbourhood_id == neighbourhood_id)
    return db.session.scalar(newest) or 1
