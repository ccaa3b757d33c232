"""The position is judged and dropped: marked coordinates go through every form that takes one, and stay nowhere."""

import logging

import pytest
from sqlalchemy import select

from core.database import Model, db, writing
from core.neighbourhoods.models import Neighbourhood
from core.places import plates
from core.places import service as places
from tests import make
from tests.game.encounters.test_pages import hand_in, joined, letters

pytestmark = pytest.mark.both
MARK = "734251"  # in no other number of the test
VERIFIED = {"lat": f"52.09{MARK}", "lon": f"5.10{MARK}", "accuracy": f"12.{MARK}"}
FAR = {"lat": f"52.19{MARK}", "lon": f"5.10{MARK}", "accuracy": f"12.{MARK}"}
ABSURD = {"lat": f"nan{MARK}", "lon": f"999{MARK}", "accuracy": f"-12.{MARK}"}


@pytest.fixture
def app_with_a_spot(app, clock):
    with app.app_context():
        make.world()
        with writing():
            here = db.session.scalars(select(Neighbourhood)).one()
            spot = make.spot(here, "stoep", lat=52.0973, lon=5.1073)
            db.session.add(spot)
            db.session.flush()
            make.challenge(here, "find-it", "find", spot_id=spot.id)
            plates.code_of(places.put_up(spot))
    return app


def everything_kept(app) -> str:
    """Every value of every row of every table, as text."""
    with app.app_context():
        return "\n".join(
            f"{table.name}: {tuple(row)!r}"
            for table in Model.metadata.sorted_tables
            for row in db.session.execute(table.select())
        )


def test_a_marked_position_is_found_in_no_table_no_log_and_no_answer(app_with_a_spot, caplog, capfd):
    app, said = app_with_a_spot, []
    caplog.set_level(logging.DEBUG)
    amina, bram, cem = (joined(app, name) for name in ("Rode Fiets", "Groene Deur", "Gele Kraan"))
    for fix in (FAR, ABSURD, VERIFIED):
        said += [amina.post(f"/w/lombok/{where}/here", data=fix) for where in ("spots/stoep", "challenges/find-it")]
        said.append(amina.post("/w/lombok/spots/stoep/here", data={**fix, "anyway": "1", "answer": "x", "plate": "y"}))
    said.append(hand_in(amina, "find-it", **VERIFIED))
    code = letters(app, amina, said[-1].location)
    said.append(bram.post(f"/e/{code}/yes", data={"photo": "with", **FAR}))
    said.append(cem.post(f"/e/{code}/yes", data={"photo": "with", **VERIFIED}))  # refused: used
    said.append(hand_in(amina, "find-it", key="two", photo=make.jpeg(), **ABSURD))
    said += [phone.get(page.location) for phone, page in ((amina, said[-1]), (amina, said[0])) if page.location]
    assert {answer.status_code for answer in said} == {200, 303, 410}
    told = "".join(f"{answer.headers} {answer.get_data(as_text=True)} {answer.request.url}" for answer in said)
    kept = everything_kept(app)
    assert "verified" in kept
    assert "visit: (" in kept
    for place in (kept, caplog.text, "".join(capfd.readouterr()), told):
        assert MARK not in place


def test_no_table_has_a_column_for_a_position_of_a_person():
    columns = {(table.name, column.name) for table in Model.metadata.sorted_tables for column in table.columns}
    places = {(table, column) for table, column in columns if column in {"lat", "lon", "accuracy", "position", "fix"}}
    of_places = ("neighbourhood", "spot", "story")  # where somebody put a pin, not where they stood
    assert places == {(table, column) for table in of_places for column in ("lat", "lon")}
