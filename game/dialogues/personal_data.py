"""What is kept about somebody: as whom they work here, where they sat, what they answered, and what they signed."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.database import db
from core.personal_data import PersonalData
from game.dialogues import service, talks
from game.dialogues.models import Professional
from game.dialogues.models_talk import Insight, Seat, Signature, Talk


def _professions(player: str) -> list[dict[str, Any]]:
    return [
        {"organisation": one.organisation, "role": one.role, "with your name": one.shows_name,
         "since": one.appointed_at.isoformat(), "until": one.ended_at.isoformat() if one.ended_at else None}
        for one in _works(player)
    ]  # fmt: skip


def _end(player: str) -> None:
    """Their hours end; what was asked of their organisation stays, and waits for somebody else."""
    for one in _works(player):
        service.end(one)
        service.show_name(one, False)


def _works(player: str) -> list[Professional]:
    return list(db.session.scalars(select(Professional).where(Professional.who == player).order_by(Professional.id)))


def _talks(player: str) -> list[dict[str, Any]]:
    """Their own words alone, never what the other said."""
    return [_told(seat) for seat in _seats(player)]


def _told(seat: Seat) -> dict[str, Any]:
    insight = seat.talk.insight
    told = {
        "card": seat.talk.card, "as": seat.as_what, "you said": seat.words, "language": seat.language, "how": seat.how,
        "at": seat.talk.begun_at.isoformat(), "with your name": seat.shows_name,
    }  # fmt: skip
    learned = {"words": insight.words, "signed": insight.is_signed_by(seat)} if insight else None
    return {**told, "what you learned": learned}


def _leave(player: str) -> None:
    """Their answers go, and with them what was learned; a talk without anybody is none."""
    for seat in _seats(player):
        talk = seat.talk
        if talk.is_table:
            talks.leave(talk, player)
            continue
        talks.unseat(seat)
        if not talk.seats:
            talks.remove(talk)


def _seats(player: str) -> list[Seat]:
    whole = joinedload(Seat.talk).joinedload(Talk.insight).joinedload(Insight.signatures)  # in one question for all
    mine = select(Seat).where(Seat.who == player).order_by(Seat.id).options(whole)
    return list(db.session.scalars(mine).unique())


PROFESSIONS = PersonalData(
    "professions", frozenset({Professional.__tablename__}), _professions, _end,
    label=_l("For whom you work here"), about=_l("What you answered for them stays, without a name."),
)  # fmt: skip
TALKS = PersonalData(
    "dialogues", frozenset({one.__tablename__ for one in (Talk, Seat, Insight, Signature)}), _talks, _leave,
    label=_l("Talk cards you answered"), about=_l("Your answers go, and what you learned together."),
    is_under_receipts=True,
)  # fmt: skip
