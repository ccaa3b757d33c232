"""CSV that a community worker opens in any spreadsheet program without it doing anything."""

import csv
import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core import spreadsheet

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


def test_a_row_stays_one_row_with_as_many_cells_as_its_heading():
    rows = read(['Een "huis", een; tuin\nen meer', None, 52.09], heading=("name", "street", "latitude"))
    assert rows[1] == ['Een "huis", een; tuin en meer', "", "52.09"]


def test_it_comes_as_a_file():
    answer = spreadsheet.table("lombok-spots", ("name",), [])
    assert answer.content_type == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="[a-z-]+\.csv"', answer.headers["Content-Disposition"])
