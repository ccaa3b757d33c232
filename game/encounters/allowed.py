"""Which meetings are allowed: blocks, pauses, who is younger than 16, who asked to be erased (docs/rules.md §3, §4).

Whatever the reason, both read the same words, and they name nobody.
"""

from flask_babel import lazy_gettext as _l

from core.people import households, suspensions
from core.people.models import Person
from core.people.who_may_meet import two
from core.refusal import Refusal, Sort
from game.encounters.models import Encounter


class CannotMeet(Refusal):
    """A meeting that may not be. What can be done instead stands on its page (game/encounters/instead_pages.py)."""


def may_start(person: Person) -> bool:
    """Whether somebody may start a meeting with anybody: people younger than 16 only with those they live with."""
    return not person.is_young or households.key_of(person) is not None


def must_be_able_to_start(person: Person) -> None:
    """Raises Refusal when somebody may start no meeting."""
    if not may_start(person):
        raise cannot()


def must_be_able_to_meet(person: Person, other: str, encounter: Encounter | None = None) -> None:
    """Raises Refusal when these two may not meet: the same words both ways, and for every reason."""
    if person.player_key != other and not may_meet(person.player_key, other, encounter):
        raise cannot()


def may_meet(one: str, other: str, encounter: Encounter | None = None, even: str = "") -> bool:
    """Whether two may meet now; in a meeting that a host saw also when one is younger than 16.

    `even`: whose own pause does not count, since they say no or look at what is theirs.
    """
    both = two(one, other, even)
    return both.may_meet or (both.may_meet_before_a_host and encounter is not None and encounter.is_witnessed)


def stands(encounter: Encounter, even: str = "") -> bool:
    """Whether a meeting can still be answered: in time, and by two who may meet. Else it is over, whatever for."""
    if not encounter.is_open:
        return False
    if encounter.companion is None:
        return encounter.starter == even or not suspensions.is_on(encounter.starter)
    return may_meet(encounter.starter, encounter.companion, encounter, even)


def must_stand(encounter: Encounter, even: str = "") -> None:
    """Raises Refusal once it cannot be answered any more, as it does for one whose time is over."""
    encounter.must_be_open()
    if not stands(encounter, even):
        raise encounter.over()


def cannot() -> CannotMeet:
    """What everybody reads of a meeting that may not be, whatever the reason."""
    return CannotMeet(_l("The app cannot do this meeting. They help you in the neighbourhood house."), Sort.FORBIDDEN)
