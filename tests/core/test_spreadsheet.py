"""CSV that a community worker opens in any spreadsheet program without it doing anything."""

import csv
import io
import re

import pytest
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core import spreadsheet
from core.contributions import service as contributions
from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Zone
from game.challenges import themes
from tests import make
from tests.core.test_headers import FILLED
from tests.core.test_matrix import somebody
from tests.game.challenges import drafting

DANGEROUS = "=+-@\t\r＝＋－＠"
signs = st.one_of(st.sampled_from(DANGEROUS + ",;|\"\n' \u00a0\u200b\ufeff"), st.characters())
nasty = st.lists(signs, max_size=20).map("".join)  # st.text() would pick the dangerous ones far too seldom


def read(*rows, heading=("name",)):
    answer = spreadsheet.table("plekken", heading, rows)
    content = answer.get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@settings(deadline=None)
@given(nasty)
@example("=1+1")
@example("  =1+1")
@example("\u200b@SUM(A1)")
@example("Bank;=1+1")
@example('",=cmd|calc')
def test_no_cell_of_any_name_begins_a_formula_whatever_the_separator(name):
    _heading, [cell] = read([name])
    for separator in (None, ",", ";", "|", "\t", '"'):
        for piece in [cell] if separator is None else cell.split(separator):
            assert not piece.lstrip().startswith(tuple(DANGEROUS)), (name, cell)
    assert cell.isprintable()


@pytest.mark.parametrize("sign", DANGEROUS)
def test_each_sign_that_begins_a_formula_is_held_back(sign):
    assert not read([f"{sign}SUM(A1)"])[1][0].startswith(sign)


@pytest.mark.parametrize("name", ["Café de Zwaan", "Plein 1944-1945", "Bij Ömer & Zn.", "مقهى", "a + b"])
def test_an_ordinary_name_stays_as_it_is(name):
    assert read([name])[1] == [name]


def test_a_number_stays_a_number_also_below_zero_and_a_text_that_looks_like_one_does_not():
    assert read([-68.27], [-5], ["-68.27"], [float("-inf")])[1:] == [["-68.27"], ["-5"], ["'-68.27"], ["'-inf"]]


def test_a_row_stays_one_row_with_as_many_cells_as_its_heading():
    rows = read(['Een "huis", een; tuin\nen meer', None, 52.09], heading=("name", "street", "latitude"))
    assert rows[1] == ['Een "huis", een; tuin en meer', "", "52.09"]


def test_it_comes_as_a_file():
    answer = spreadsheet.table("lombok-spots", ("name",), [])
    assert answer.content_type == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="[a-z-]+\.csv"', answer.headers["Content-Disposition"])


# ---- every table that the app sends

NO_EDITION = "measures.table"  # of numbers and names of zones, where an edition is: tests/core/measures/test_pages.py


def words(sign: str, *fields: str) -> dict[str, str]:
    """A formula in each field, that says which field it is."""
    return {field: f"{sign}SUM(1;2)|{field}" for field in fields}


def plant(sign: str) -> None:
    """A formula in whatever residents and makers write."""
    here = neighbourhoods.by_slug("lombok")
    said = {code: words(sign, "title", "text", "question") for code in ("nl", "en")}
    place = {**words(sign, "name", "street"), "texts": {code: words(sign, "about") for code in ("nl", "en")}}
    db.session.add(make.spot(here, f"spot-{ord(sign)}", **place))
    zone = Zone(name=f"{sign}SUM(1;2)|zone")
    here.zones.append(zone)
    db.session.flush()
    about = themes.named(here.id, {"nl": words(sign, "name"), "en": words(sign, "name")})
    made = make.challenge(here, theme_id=about.id, zone_id=zone.id)
    made.texts = said
    player = make.person(here, f"Buur {'abcdefghij'[DANGEROUS.index(sign)]}")
    for code in ("nl", "ar"):
        draft = drafting.propose(player, {code: words(sign, "title", "text", "question")}, named=True)
        contributions.say_yes(draft, draft.last, "an editor")


def test_no_table_of_the_app_has_a_cell_that_begins_a_formula(app: Flask, clock):
    with app.app_context():
        make.world()
        with writing():
            for sign in DANGEROUS:
                plant(sign)
    device, tables = somebody(app, "coordinator"), {}
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in {"static", NO_EDITION}:
            continue
        address = app.url_map.bind("localhost").build(rule.endpoint, {name: FILLED[name] for name in rule.arguments})
        answer = device.get(address)
        if "csv" in answer.mimetype or "csv" in rule.rule:
            assert (answer.status_code, answer.mimetype) == (200, "text/csv"), rule.endpoint
            tables[rule.endpoint] = answer.get_data().decode("utf-8-sig")
        answer.close()
    assert {"places.table", "challenges.table"} <= set(tables)
    for endpoint, table in tables.items():
        cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(tuple(DANGEROUS))], endpoint
    for field in ("name", "street", "about", "title", "text", "question", "zone"):
        found = sum(table.count(f"SUM(1;2)|{field}") for table in tables.values())
        assert found >= len(DANGEROUS), field
