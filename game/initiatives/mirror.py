"""What the mirror says of initiatives: of how many what they need is there."""

from flask import Flask
from flask_babel import ngettext
from sqlalchemy import func, select

from core.database import db
from core.mirror.factors import OWN
from core.mirror.seen import SEEN, Seen, Sentence
from core.neighbourhoods.models import Neighbourhood
from game.initiatives import queries
from game.initiatives.models import Need, Taker


def init_app(app: Flask) -> None:
    """Register what is seen."""
    SEEN.add(app, "initiatives that have means", Seen(OWN, _means), order=30)


def _means(here: Neighbourhood) -> Sentence | None:
    """In as many questions, however many there are."""
    running = [one.initiative.id for one in queries.running(here.id)]
    takers = select(func.count()).where(Taker.need_id == Need.id).correlate(Need).scalar_subquery()
    unmet = select(Need.initiative_id).where(Need.initiative_id.in_(running), ~Need.is_there, takers < Need.many)
    met = len(running) - len(set(db.session.scalars(unmet)))
    if not running:
        return None
    return Sentence(
        ngettext(
            "Of %(num)d initiative that goes on, %(met)d has what it needs",
            "Of %(num)d initiatives that go on, %(met)d have what they need", len(running), met=met,
        )
    )  # fmt: skip
