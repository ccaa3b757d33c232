"""What is kept of who helped a teller; the stories themselves are kept with what people hand in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from core.database import db
from core.personal_data import PersonalData
from tours.stories import pupils
from tours.stories.models import Story, Telling
from tours.stories.models_pupils import PupilStory
from tours.stories.models_rights import Evidence, Pause


def _export(player: str) -> list[dict[str, Any]]:
    helped = db.session.scalars(select(Telling).where(Telling.helper == player).order_by(Telling.id))
    entered = db.session.scalars(select(Evidence).where(Evidence.by == player).order_by(Evidence.id))
    rested = db.session.scalars(select(Pause).where(Pause.by == player).order_by(Pause.id))
    return [
        *({"typed somebody's story": one.way} for one in helped),
        *({"put a yes in": one.how, "at": one.at.isoformat()} for one in entered),
        *({"let a story rest": one.reason, "from": one.since.isoformat()} for one in rested),
    ]


def _erase(player: str) -> None:
    """Nothing says any more who typed it."""
    db.session.execute(update(Telling).where(Telling.helper == player).values(helper=None))
    db.session.execute(update(Evidence).where(Evidence.by == player).values(by=None))
    db.session.execute(update(Pause).where(Pause.by == player).values(by=None))


TABLES = frozenset(table.__tablename__ for table in (Telling, Story, Evidence, Pause))
PERSONAL_DATA = PersonalData(
    "helped tellers", TABLES, _export, _erase, label=_l("Whom you helped to tell"),
    about=_l("That you typed a story, put a yes in or let one rest, and nothing of what it says."),
)  # fmt: skip


def _export_pupils(guardian: str) -> list[dict[str, Any]]:
    return [{**one.content, "language": one.language, "hash": one.hash} for one in pupils.waiting_for([guardian])]


def _erase_pupils(guardian: str) -> None:
    for one in pupils.waiting_for([guardian]):
        pupils.say_no(one)


PUPILS = PersonalData(
    "stories of pupils", frozenset({PupilStory.__tablename__}), _export_pupils, _erase_pupils,
    label=_l("What a child for whom you care wrote at school"), about=_l("What waits for your yes."),
    is_under_receipts=True,
)  # fmt: skip
