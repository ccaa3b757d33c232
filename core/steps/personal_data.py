"""What is kept of who took a step: what they said, and when."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.database import db
from core.personal_data import PersonalData
from core.steps import service
from core.steps.models import Step


def _export(subject: str) -> list[dict[str, Any]]:
    mine = db.session.scalars(select(Step).where(Step.by == subject).order_by(Step.id))
    return [{"about": one.kind, "became": one.state, "said": one.words, "at": one.at.isoformat()} for one in mine]


STEPS = PersonalData(
    "steps", frozenset({"step"}), _export, service.silence, label=_l("What you said of ideas and questions"),
    about=_l("That it was said stays, without a name. Your words go."), is_under_receipts=True,
)  # fmt: skip
