"""Answering in the mirror: a row for each answer, and none is changed later."""

from core import clock
from core.database import db
from core.mirror.models import MirrorAnswer


def answer(
    neighbourhood_id: int, factor: str, does: bool, why: str, to_do: str, by: str, language: str
) -> MirrorAnswer:
    """What somebody of the team says of a factor, for the team."""
    said = MirrorAnswer(
        neighbourhood_id=neighbourhood_id, factor=factor, does=does, why=why, to_do=to_do, by=by, language=language,
        at=clock.now(),
    )  # fmt: skip
    db.session.add(said)
    db.session.flush()
    return said
