"""A team, who is of it, and sheets of letters with a code each."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Id, Key, Model, Moment, PlayerKey

JOINS = 4  # that one letter serves (docs/rules.md §4)


class Team(Model):
    """People who do something together anyway. Its key stands in yeses too, so it is never used for another one."""

    __tablename__ = "team"

    key: Mapped[Key] = mapped_column(primary_key=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class TeamMember(Model):
    """Somebody of a team: of one at a time."""

    __tablename__ = "team_member"

    player: Mapped[PlayerKey] = mapped_column(primary_key=True)
    team_key: Mapped[str] = mapped_column(ForeignKey("team.key"), index=True)
    since: Mapped[Moment]
    team: Mapped[Team] = relationship()


class LetterSheet(Model):
    """Letters that were printed in one go, for a team or for nobody in particular. It ends whole."""

    __tablename__ = "letter_sheet"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    team_key: Mapped[str | None] = mapped_column(ForeignKey("team.key"))
    made_at: Mapped[Moment]
    last_day: Mapped[date]  # as it stands on the paper: the last of the season then
    ended_at: Mapped[Moment | None]
    team: Mapped[Team | None] = relationship()

    @property
    def is_over(self) -> bool:
        """Whether its letters open nothing any more."""
        return self.ended_at is not None or clock.today() > self.last_day


class LetterCode(Model):
    """A letter: here lies only a keyed hash of its code, and how often it served. Whom it served is written nowhere."""

    __tablename__ = "letter_code"

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(ForeignKey("letter_sheet.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    joins: Mapped[int] = mapped_column(default=0)
    sheet: Mapped[LetterSheet] = relationship()
