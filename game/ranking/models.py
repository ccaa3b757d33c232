"""Who wants to stand in the ranking, and the ranking of a season as it was drawn up last."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model, Moment, PlayerKey


class Entrant(Model):
    """Somebody who chose to stand in the ranking, and since when. Without a row they do not."""

    __tablename__ = "ranking_entrant"

    player: Mapped[PlayerKey] = mapped_column(primary_key=True)
    since: Mapped[Moment]


class Ranking(Model):
    """That the ranking of a season was drawn up, and on which day. The one before it is not kept."""

    __tablename__ = "ranking"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), primary_key=True)
    day: Mapped[date]


class Standing(Model):
    """A player's place in it, and the points that gave it. Equal points share a place: 1, 1, 3."""

    __tablename__ = "ranking_place"
    __table_args__ = (Index("ix_ranking_place_season_id_place", "season_id", "place"),)

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"), primary_key=True)
    player: Mapped[PlayerKey] = mapped_column(primary_key=True)
    place: Mapped[int]
    points: Mapped[int]
