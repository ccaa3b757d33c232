"""What was counted of the people of a season, once a week."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model


class WeekCount(Model):
    """One count of a week, as it is said everywhere until the next; never counted anew when it is read.

    `exact` is what was counted for the numbers that are said, so that the next edition can be held against it. No page
    reads it. It names nobody.
    """

    __tablename__ = "week_count"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id", ondelete="CASCADE"), primary_key=True)
    count: Mapped[str] = mapped_column(String(20), primary_key=True)  # a name of care.COUNTED
    drawn_on: Mapped[date] = mapped_column(primary_key=True)
    exact: Mapped[dict[str, int]] = mapped_column(JSON)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)  # a disclosure.Table
