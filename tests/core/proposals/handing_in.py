"""Handing in a place, as its page does."""

from dataclasses import asdict, dataclass
from typing import Any

from core.contributions import service
from core.contributions.kinds import of
from core.contributions.models import Contribution
from core.people.models import Person


@dataclass(frozen=True)
class Place:
    """A place as somebody writes it."""

    name: str
    street: str
    about: str
    language: str
    lat: float  # WGS 84 degrees
    lon: float

    @property
    def content(self) -> dict[str, Any]:
        """What its form says of it."""
        return {name: said for name, said in asdict(self).items() if name != "language"}


def propose(person: Person, place: Place, named: bool) -> Contribution:
    """To the editors."""
    here, who = person.neighbourhood, person.player_key
    return service.hand_in(of("place"), here, who, place.content, place.language, named)


def send_again(proposal: Contribution, person: Person, place: Place, named: bool) -> None:
    """Once more."""
    service.send_again(proposal, person.neighbourhood, place.content, place.language, named)
