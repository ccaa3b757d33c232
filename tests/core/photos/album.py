"""Two who met with a photo, and what four sorts of people get to see of it, through real requests."""

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from core.database import db, writing
from core.people import service as people
from core.people.models import Person
from core.photos import queries, service
from core.photos.models import Photo
from game.encounters import service as encounters
from tests import make
from tests.bench import meetings

SIZES = ("small", "medium", "large")


@dataclass(frozen=True)
class Taken:
    """A photo by its key, the key of its meeting, and where it can be asked for."""

    key: str
    meeting: str

    @property
    def addresses(self) -> list[str]:
        """Every size on the board's address."""
        return [f"/w/lombok/photos/{self.key}/{size}.webp" for size in SIZES]

    @property
    def of_the_meeting(self) -> list[str]:
        """Every size on the meeting's address."""
        return [f"/e/{self.meeting}/photo/{self.key}/{size}.webp" for size in SIZES]

    @property
    def photo(self) -> Photo:
        """Its row, read now."""
        return db.session.query(Photo).filter_by(key=self.key).populate_existing().one()


def taken(one: Person, other: Person, with_yes: bool = True) -> Taken:
    """Two meet, with a photo; the other says yes to both."""
    with writing():
        one, other = (db.session.get_one(Person, person.id) for person in (one, other))
        doing = make.challenge(one.neighbourhood)
        meeting = encounters.hand_in(one, doing, meetings.photo(), f"client-{next(make.numbers)}", other)
        if with_yes:
            encounters.agree(meeting.id, other, with_photo=True)
        return Taken(meeting.photos[0].key, meeting.key)


def choose(photo: Taken, person: Person, *scopes: str) -> None:
    """What one of the two allows from now on."""
    player = person.player_key
    with writing():
        service.choose(queries.by_key(photo.key), player, scopes)


def clear(photo: Taken) -> None:
    """An editor's yes."""
    with writing():
        service.clear(queries.by_key(photo.key))


def unclear(photo: Taken) -> None:
    """An editor's yes, taken back."""
    with writing():
        service.unclear(queries.by_key(photo.key))


def phone(app: Flask, person: Person | None = None) -> FlaskClient:
    """A phone of theirs, or a visitor's."""
    client = app.test_client()
    if person:
        with writing():
            token = people.sign_in(db.session.get_one(Person, person.id))
        client.set_cookie("device", token)
    return client


def sees(client: FlaskClient, photo: Taken) -> dict[str, bool]:
    """On which surfaces it is, and at which of its addresses; a page counts when the key stands anywhere in it."""
    on = {page: photo.key in client.get(f"/w/lombok/{page}").get_data(as_text=True) for page in ("", "photos", "album")}
    at = {address: status(client, address) == 200 for address in (*photo.addresses, *photo.of_the_meeting)}
    left = client.get(f"/w/lombok/photos/gone?on=board&keys={photo.key}").get_json()["gone"] == []
    return {f"page {page}": yes for page, yes in on.items()} | at | {"still on an open board": left}


def status(client: FlaskClient, address: str) -> int:
    """What it answers."""
    answer = client.get(address)
    answer.close()
    return answer.status_code
