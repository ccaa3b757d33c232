"""A kind of the tests, beside those of the app: a flower bed, which becomes a spot."""

from collections.abc import Collection, Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, select

from core import clock
from core.contributions.at_desk import Contributions
from core.contributions.kinds import KINDS, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.desk.handlers import HANDLERS
from core.places import service as places
from core.places.models import Spot


class Bed(Kind):
    """What is shown is a spot: its street tells the hash of the version that it shows."""

    name = label = "bed"
    icon, pages, path, right, titled, page = "krijt", "proposals", "beds", "spot.propose", "words", "places.spot"
    words = Words(own="Beds", add="A bed")
    signed_as = "gardener"
    is_revocable = True

    def show(self, contribution: Contribution, version: Version) -> int:
        said = {"name": version.content["words"], "street": version.hash[:60], "lat": 52.0, "lon": 5.0, "texts": {}}
        spot = db.session.get(Spot, contribution.became) if contribution.became else None
        if spot is None:
            return places.put_on_map(contribution.neighbourhood_id, said).id
        spot.name, spot.street, spot.removed_at = said["name"], said["street"], None
        return spot.id

    def unshow(self, contribution: Contribution) -> int | None:
        """It stays in the ground."""
        db.session.get_one(Spot, contribution.became).removed_at = clock.now()
        return contribution.became

    def withdrawn(self, contribution: Contribution) -> None:
        db.session.execute(delete(Spot).where(Spot.id == contribution.became))

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, str]]:
        ids = {one.became: one.key for one in contributions}
        found = db.session.scalars(select(Spot).where(Spot.id.in_(ids), Spot.removed_at.is_(None)))
        return {ids[spot.id]: {"spot": spot.key} for spot in found}


class Note(Bed):
    """One of which an editor's yes is enough."""

    name = label = "letter"
    path = "notes"
    signed_as = ""
    most_a_day = 2


@pytest.fixture
def kinds(app: Flask) -> Iterator[dict[str, Kind]]:
    """Both, known to the app for this test."""
    ours = {kind.name: kind for kind in (Bed(), Note())}
    for name, kind in ours.items():
        KINDS.add(app, name, kind)
        HANDLERS.add(app, name, Contributions(kind))
    yield ours
    for registry in (KINDS, HANDLERS):
        for name in ours:
            del app.extensions["registries"][registry.name][name]
