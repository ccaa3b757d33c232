"""What printing makes: a plate for each spot without one; and persons without a phone, each with a card."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from core.audit import service as audit
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Neighbourhood
from core.people import cards
from core.people import service as people
from core.people.models import Person
from core.places import service as places
from core.places.models import Plate
from core.printing import queries
from core.refusal import Refusal, Sort

MOST = 12  # cards at a time: six sheets of A4


@dataclass(frozen=True)
class PaperCard:
    """A card to print: whose it is, the letters on its face, the secret under its fold."""

    name: str
    letters: str
    secret: str


def make_cards(
    here: Neighbourhood, names: Sequence[str], is_young: bool, actor: str, role: str, client_key: str = ""
) -> list[PaperCard]:
    """A person and a card for each name, with an audit row each.

    Raises Refusal for no names or too many, for a name that cannot be used (it says which), and for a form that was
    sent before: its secrets are kept as hashes only, and new ones would kill what was printed.
    """
    if not 1 <= len(names) <= MOST:
        raise Refusal(_l("Write 1 to 12 names, each on a line of its own."), Sort.INVALID)
    made = []
    for number, name in enumerate(names):
        person = _join(here, name, is_young, f"{client_key[:32]}-{number}" if client_key else None)
        if cards.of(person):
            raise Refusal(_l("These cards were made already. Their codes are shown only once."))
        made.append(PaperCard(person.name, person.tag, cards.issue(person)))
        audit.record("card.make", person.player_key, here.id, actor, role)
    return made


def put_up_missing(neighbourhood_id: int, actor: str, role: str) -> list[Plate]:
    """A plate for each spot on the map that has none in use, with an audit row each; those that hang stay."""
    neighbourhoods.lock(neighbourhood_id)
    made = [places.put_up(spot) for spot in queries.without_plate(neighbourhood_id)]
    for plate in made:
        audit.record("plate.new", plate.key, neighbourhood_id, actor, role)
    return made


def _join(here: Neighbourhood, name: str, is_young: bool, client_key: str | None) -> Person:
    try:
        return people.join(here, name, is_young, client_key)
    except Refusal as no:
        raise Refusal(_l("%(name)s: %(why)s", name=name[:40], why=no.sentence), no.kind) from None
