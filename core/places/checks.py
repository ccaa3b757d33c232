"""Signs to look after: nobody saw them for long, or somebody said that one is not right."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import LazyString

from core.places import plates, queries
from core.places.models import Plate, PlateReport
from core.places.service import WRONG

LONG = timedelta(days=30)


@dataclass(frozen=True)
class Check:
    """One sign, and why somebody should go there: what was said of it since it was last seen, or nothing but time."""

    plate: Plate
    wrong: list[LazyString]

    @property
    def seen_on(self) -> date | None:
        """The day on which somebody of the team last saw it."""
        return self.plate.last_seen_on

    @property
    def code(self) -> str:
        """Its code: to its page, where one says that it hangs."""
        return plates.code_of(self.plate)


def due(neighbourhood_id: int, today: date) -> list[Check]:
    """The signs to check in a neighbourhood, those that are not right first. Two questions."""
    said: dict[int, list[PlateReport]] = {}
    for report in queries.reports(neighbourhood_id):
        said.setdefault(report.spot_id, []).append(report)
    checks = [(plate, _wrong(plate, said.get(plate.spot_id, []))) for plate in plates.in_use(neighbourhood_id)]
    found = [Check(plate, wrong) for plate, wrong in checks if wrong or _since(plate) < today - LONG]
    return sorted(found, key=lambda check: (not check.wrong, _since(check.plate)))


def _since(plate: Plate) -> date:
    return plate.last_seen_on or plate.made_on


def _wrong(plate: Plate, said: Collection[PlateReport]) -> list[LazyString]:
    """What was said at its place of it, or without a code, on a day after it was last seen."""
    since = plate.last_seen_on or date.min
    about = [one for one in said if one.letters in ("", plate.letters)]
    return [WRONG[wrong] for wrong in WRONG if any(one.wrong == wrong and one.on > since for one in about)]
