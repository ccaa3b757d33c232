"""What is kept about somebody: where they may vote and took part, and what they did for a choice as staff."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from core.database import db
from core.personal_data import PersonalData
from game.choices import service
from game.choices.models import Choice, OpenVote, Option, Outcome, PaperCount, Voter

TABLES = frozenset(table.__tablename__ for table in (Choice, Voter, OpenVote, PaperCount, Outcome))


def _export(player: str) -> list[dict[str, Any]]:
    listed = select(Choice.title, Voter.voted).join(Choice).where(Voter.who == player).order_by(Choice.id)
    chosen = select(Choice.title, Option.title, OpenVote.shows_name)
    chosen = chosen.join(Choice, Choice.id == OpenVote.choice_id).join(Option, Option.id == OpenVote.option_id)
    return [
        *({"may vote in": title, "took part": voted} for title, voted in db.session.execute(listed)),
        *(
            {"chose in": title, "chose": option, "with your name": named}
            for title, option, named in db.session.execute(chosen.where(OpenVote.who == player).order_by(Choice.id))
        ),
        *_as_staff(player),
    ]


def _as_staff(player: str) -> list[dict[str, Any]]:
    opened = select(Choice.title).where(Choice.by == player).order_by(Choice.id)
    first = select(PaperCount.choice_id).where(PaperCount.by == player)
    theirs = or_(Choice.counted_by == player, Choice.counted_too == player, Choice.id.in_(first))
    said = select(Choice.title, Outcome.because).join(Outcome, Outcome.choice_id == Choice.id)
    return [
        *({"opened": title} for title in db.session.scalars(opened)),
        *({"counted paper of": title} for title in db.session.scalars(select(Choice.title).where(theirs))),
        *(
            {"decided": title, "because": because}
            for title, because in db.session.execute(said.where(Outcome.by == player).order_by(Outcome.id))
        ),
    ]


VOTES = PersonalData(
    "votes", TABLES, _export, service.forget, label=_l("Choosing together"),
    about=_l("Where you took part. Of a secret choice nothing says what you chose."),
)  # fmt: skip
