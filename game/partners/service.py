"""Adding a partner, writing its page, taking it away. Each leaves an audit entry."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from core import clock, codes
from core.audit import service as audit
from core.database import db
from core.guard import Role
from core.people.models import Person
from core.refusal import Refusal
from game.partners import queries
from game.partners.models import Partner

MOST = 50  # in a neighbourhood


class Page(NamedTuple):
    """What its page says."""

    name: str
    about: str
    gives: str
    website: str
    language: str


def add(keeper: Person, role: Role, page: Page) -> Partner:
    """A new one. Raises Refusal where there are enough, and for a name that is there already."""
    if len(queries.of(keeper.neighbourhood_id)) >= MOST:
        raise Refusal(_l("There are fifty partners already."))
    made = Partner(key=codes.new_key(), neighbourhood_id=keeper.neighbourhood_id, since=clock.now(), **page._asdict())
    _refuse_same(made)
    db.session.add(made)
    db.session.flush()
    _record("partner.add", made, keeper, role)
    return made


def write(partner: Partner, keeper: Person, role: Role, page: Page) -> None:
    """Its page says this from now on. Raises Refusal for the name of another."""
    for name, said in page._asdict().items():
        setattr(partner, name, said)
    _refuse_same(partner)
    _record("partner.write", partner, keeper, role)


def end(partner: Partner, keeper: Person, role: Role) -> None:
    """Its page is gone."""
    _record("partner.end", partner, keeper, role)
    db.session.delete(partner)


def _refuse_same(partner: Partner) -> None:
    with db.session.no_autoflush:
        others = [one for one in queries.of(partner.neighbourhood_id) if one is not partner]
    if partner.name.casefold() in {one.name.casefold() for one in others}:
        raise Refusal(_l("There is a partner of that name already."), field="name")


def _record(act: str, partner: Partner, keeper: Person, role: Role) -> None:
    audit.record(act, f"partner {partner.key}", keeper.neighbourhood_id, keeper.player_key, role, partner.name)
