"""Which teams there are, who is of which, and what a code leads to."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core import clock
from core.database import db
from game.teams.models import LetterCode, LetterSheet, Team, TeamMember

SHOWN = 50  # sheets of letters on one page


def teams(neighbourhood_id: int) -> Sequence[Team]:
    """The teams of a neighbourhood, by name."""
    here = select(Team).where(Team.neighbourhood_id == neighbourhood_id, Team.ended_at.is_(None))
    return db.session.scalars(here.order_by(Team.name, Team.key)).all()


def team(neighbourhood_id: int, key: str) -> Team | None:
    """One of them."""
    here = select(Team).where(Team.neighbourhood_id == neighbourhood_id, Team.ended_at.is_(None))
    return db.session.scalar(here.where(Team.key == key))


def called(neighbourhood_id: int, name: str) -> bool:
    """Whether a team here has this name."""
    return any(one.name.casefold() == name.casefold() for one in teams(neighbourhood_id))


def member(player: str) -> TeamMember | None:
    """In which team somebody is, and since when."""
    mine = select(TeamMember).where(TeamMember.player == player).options(joinedload(TeamMember.team))
    return db.session.scalar(mine.execution_options(populate_existing=True))


def sheets(neighbourhood_id: int) -> Sequence[tuple[LetterSheet, int, int]]:
    """The sheets whose letters still open something, the newest first: how many letters, and how often they served."""
    counted = select(LetterSheet, func.count(LetterCode.id), func.coalesce(func.sum(LetterCode.joins), 0))
    alive = (LetterSheet.ended_at.is_(None), LetterSheet.last_day >= clock.today())
    mine = counted.join(LetterCode).where(LetterSheet.neighbourhood_id == neighbourhood_id, *alive)
    mine = mine.group_by(LetterSheet.id).order_by(LetterSheet.id.desc()).limit(SHOWN)
    return [(one, many, joins) for one, many, joins in db.session.execute(mine.options(joinedload(LetterSheet.team)))]


def sheet(neighbourhood_id: int, key: str) -> LetterSheet | None:
    """One of this neighbourhood."""
    mine = (LetterSheet.key == key, LetterSheet.neighbourhood_id == neighbourhood_id)
    return db.session.scalar(select(LetterSheet).where(*mine))


def letter(neighbourhood_id: int, code_hash: str) -> LetterCode | None:
    """The letter whose code has this hash, in this neighbourhood."""
    mine = (LetterCode.code_hash == code_hash, LetterSheet.neighbourhood_id == neighbourhood_id)
    return db.session.scalar(select(LetterCode).join(LetterSheet).where(*mine).options(joinedload(LetterCode.sheet)))
