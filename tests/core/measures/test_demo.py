"""The season of the demo that is over, traced by hand: plain questions about its rows, and what was printed of it."""

import re

import pytest
from sqlalchemy import text

from core.database import db
from core.measures import queries
from core.measures.measure import MEASURES, seasons_of
from core.neighbourhoods import queries as neighbourhoods
from tests.forms import words

SEASON = "(SELECT id FROM season ORDER BY starts_on LIMIT 1)"
STARTS = "(SELECT starts_on FROM season ORDER BY starts_on LIMIT 1)"
IN_ITS_DAYS = f">= {STARTS} AND date({{0}}) < date({STARTS}, '+28 days')"
MET = f"SELECT low AS who FROM pair WHERE season_id = {SEASON} UNION SELECT high FROM pair WHERE season_id = {SEASON}"
BY_HAND = {  # of each measure that says something there: how many, whoever they are
    "contacts": f"SELECT count(*) FROM ({MET})",
    "newcomers": f"SELECT count(*) FROM known WHERE how != 'met' AND at {IN_ITS_DAYS.format('at')}",
    "again": f"SELECT count(DISTINCT who) FROM (SELECT low AS who FROM pair WHERE returned_on IS NOT NULL AND season_id"
    f" = {SEASON} UNION SELECT high FROM pair WHERE returned_on IS NOT NULL AND season_id = {SEASON})",
    "talks": "SELECT count(DISTINCT player) FROM talk_answer JOIN encounter e ON e.id = encounter_id"
    f" WHERE e.confirmed_at {IN_ITS_DAYS.format('e.confirmed_at')}",
    "coming_in": f"SELECT count(*) FROM person WHERE joined_at {IN_ITS_DAYS.format('joined_at')}",
}
BETWEEN = f"""SELECT min(low_zone_id, high_zone_id) || '-' || max(low_zone_id, high_zone_id), count(*) FROM pair
    WHERE season_id = {SEASON} AND low_zone_id != high_zone_id GROUP BY 1"""


@pytest.fixture
def furnished(app):
    printed = app.test_cli_runner().invoke(args=["demo"])
    assert printed.exit_code == 0, printed.output
    return app


def fives(number: int) -> int | None:
    return 5 * round(number / 5) if number >= 5 else None


def test_every_number_of_the_demos_season_follows_from_its_rows_and_is_what_the_export_says(furnished):
    with furnished.app_context():
        here = neighbourhoods.by_slug("kanterhoek").id
        report = queries.of_season(seasons_of(here)[-1])
        exact = {name: db.session.scalar(text(question)) for name, question in BY_HAND.items()}
        printed = {one.measure.name: one.total for one in report.tables if not one.measure.is_list}
        assert printed.keys() == {one.name for one in MEASURES.all() if not one.is_list}
        assert printed == dict.fromkeys(printed) | {name: fives(number) for name, number in exact.items()}
        assert None not in {printed[name] for name in BY_HAND}
        pairs = dict(db.session.execute(text(BETWEEN)).all())
        lines = {row.cell: row.shown for row in report.of("between").rows if row.shown is not None}
        assert lines == {cell: fives(pairs[cell]) for cell in lines} != {}
        first = report.season.first.isoformat()
    made = furnished.test_cli_runner().invoke(args=["measures", "export", "kanterhoek", "--season", first]).output
    cells = [line.split('","') for line in made.splitlines() if line.startswith('"kanterhoek"')]
    exported = {cell[5]: cell[7].strip('"') for cell in cells if cell[6] == "all"}
    assert exported == {name: str(shown or "few") for name, shown in printed.items()}
    assert exact["contacts"] == exact["newcomers"] == exact["coming_in"] == 54, "26, 16 and 12 came, and all met"
    assert re.search(r"\b55\b", words(made))
