"""Making a screen, naming it, turning it off. Each leaves an audit entry."""

from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.audit import service as audit
from core.database import db
from core.guard import Role
from core.people.models import Person
from core.refusal import Refusal
from core.walls import queries
from core.walls.models import Wall

MOST = 10  # screens that are on in a neighbourhood


def make(keeper: Person, role: Role, name: str) -> str:
    """The secret of a new screen: 26 letters, given this once. Raises Refusal where there are enough."""
    if len(queries.of(keeper.neighbourhood_id)) >= MOST:
        raise Refusal(_l("There are ten screens already. Turn one off first."))
    secret = codes.long_code()
    made = Wall(
        key=codes.new_key(), neighbourhood_id=keeper.neighbourhood_id, name=name, code_hash=queries.hashed(secret),
        made_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _record("wall.make", made, keeper, role)
    return secret


def rename(wall: Wall, keeper: Person, role: Role, name: str) -> None:
    """It is called otherwise from now on."""
    if wall.name != name:
        wall.name = name
        _record("wall.name", wall, keeper, role)


def end(wall: Wall, keeper: Person, role: Role) -> None:
    """Its address is that of nothing from now on: what hangs there goes dark at its next look."""
    wall.ended_at = clock.now()
    _record("wall.end", wall, keeper, role)


def _record(act: str, wall: Wall, keeper: Person, role: Role) -> None:
    audit.record(act, f"wall {wall.key}", keeper.neighbourhood_id, keeper.player_key, role)
