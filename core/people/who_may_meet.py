"""Who may meet whom: one question about both, the same one whatever the answer will be."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from core import clock
from core.database import db
from core.people import blocks, suspensions
from core.people.households import Member
from core.people.models import Person, PlayerKeyLine

ASKED = (  # of every yes, so built once
    select(
        func.count(Person.id), func.count(Person.id).filter(Person.is_young),
        func.count(Member.household_key), func.count(Member.household_key.distinct()),
        blocks.between(bindparam("one"), bindparam("other")),
        suspensions.any_of(bindparam("one"), bindparam("other"), but=bindparam("even"), now=bindparam("now")),
    )
    .select_from(PlayerKeyLine)
    .join(Person, Person.id == PlayerKeyLine.person_id)
    .join(Member, Member.person_id == Person.id, isouter=True)
    .where(PlayerKeyLine.key.in_((bindparam("one"), bindparam("other"))), Person.leaving_at.is_(None))
)  # fmt: skip


@dataclass(frozen=True)
class Two:
    """Two residents, as they stand to each other now."""

    are_here: bool  # neither was erased, and neither asked for it
    any_young: bool
    live_together: bool
    is_blocked: bool
    any_paused: bool

    @property
    def may_meet(self) -> bool:
        """Whether they may meet without a host. Younger than 16: only those they live with (docs/rules.md §3)."""
        return self.may_meet_before_a_host and (self.live_together or not self.any_young)

    @property
    def may_meet_before_a_host(self) -> bool:
        """Whether they may meet where a host is present."""
        return self.are_here and not self.is_blocked and not self.any_paused


def two(one: str, other: str, even: str = "") -> Two:
    """How two player keys stand to each other, in one question; `even`: whose own pause does not count."""
    asked = {"one": one, "other": other, "even": even, "now": clock.now()}
    here, young, housed, households, blocked, paused = db.session.execute(ASKED, asked).one()
    return Two(here == 2, young > 0, housed == 2 and households == 1, bool(blocked), bool(paused))
