"""The code on a plate: `HOST/q/<plate><mac>`, ten letters of its own and sixteen that only we can write.

Ten base32 letters are 50 random bits, sixteen are 80 bits of HMAC-SHA256: no letter has bits to spare, so no two
texts are the same code. Capitals count; an address in small letters leads to the one in capitals.
"""

import base64
import hmac
import re
from collections.abc import Sequence
from hashlib import sha256

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import aliased

from core import codes
from core.database import db
from core.places.models import Plate, Spot

SHAPE = re.compile(r"([A-Z2-7]{10})([A-Z2-7]{16})")
LABEL = b"buurtspoor plates"


def code_of(plate: Plate) -> str:
    """What stands in the address on a plate: 26 letters."""
    return plate.key + _mac(plate.spot.neighbourhood_id, plate.key_version, plate.key)


def spot_of(code: str) -> Spot | None:
    """Where the plate with this code hangs; None for one that is wrong, withdrawn or of no plate."""
    plate = plate_of(code)
    return plate.spot if plate else None


def plate_of(code: str) -> Plate | None:
    """The plate with this code, while it is in use. A wrong code costs the same work as one that never was."""
    shape = SHAPE.fullmatch(code)
    if shape is None:
        return None
    key, mac = shape.groups()
    plate = db.session.scalar(select(Plate).where(Plate.key == key))
    signed = (plate.spot.neighbourhood_id, plate.key_version) if plate else (0, 0)
    is_ours = hmac.compare_digest(_mac(*signed, key), mac)
    return plate if plate and is_ours and _hangs(plate) else None


def by_letters(text: str) -> Plate | None:
    """The plate in use with these six letters on it, as somebody typed them."""
    letters = codes.SHORT.read(text)
    if letters is None:
        return None
    plate = db.session.scalar(select(Plate).where(Plate.letters == letters))
    return plate if plate and _hangs(plate) else None


def in_use(
    neighbourhood_id: int, spot: str | None = None, start: int = 0, most: int | None = None, since: str | None = None
) -> Sequence[Plate]:
    """The plates that hang in a neighbourhood, or at one of its spots (by key): its own house first, then by name.

    From the `start`-th on, at `most` so many; with `since`, the key of one, only that one and those made after it.
    """
    there = select(Plate).join(Plate.spot).where(Spot.neighbourhood_id == neighbourhood_id)
    there = there.where(Plate.withdrawn_on.is_(None), Spot.removed_at.is_(None))
    if spot is not None:
        there = there.where(Spot.key == spot)
    if since is not None:
        first = aliased(Plate)
        there = there.where(Plate.id >= select(first.id).where(first.key == since).scalar_subquery())
    return db.session.scalars(there.order_by(Spot.kind != "hq", Spot.name, Plate.id).offset(start).limit(most)).all()


def _hangs(plate: Plate) -> bool:
    return plate.withdrawn_on is None and plate.spot.removed_at is None


def _mac(neighbourhood_id: int, version: int, key: str) -> str:
    """80 bits that prove a plate's letters are ours, under a key that this neighbourhood and version alone have."""
    ours = hmac.digest(LABEL, current_app.config["BUURT"].secret.encode(), sha256)
    theirs = hmac.digest(ours, f"{neighbourhood_id}.{version}".encode(), sha256)
    return base64.b32encode(hmac.digest(theirs, key.encode(), sha256)[:10]).decode()
