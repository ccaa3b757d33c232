"""A year in somebody's own words is read, written down in EDTF, and shown short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours.stories.period import FIRST, LAST, of_edtf, read

NOW = 2026
SAID = {
    "1974": ("1974", 1974, 1974), "ongeveer 1974": ("1974~", 1974, 1974), "rond 1970": ("1970~", 1970, 1970),
    "± 1974": ("1974~", 1974, 1974), "1974?": ("1974~", 1974, 1974), "ca. 1910": ("1910~", 1910, 1910),
    "In 1961, toen de brug dicht was": ("1961", 1961, 1961),
    "jaren 60": ("196X", 1960, 1969), "de jaren zestig": ("196X", 1960, 1969), "jaren '70": ("197X", 1970, 1979),
    "jaren ’80": ("198X", 1980, 1989), "jaren 1920": ("192X", 1920, 1929), "the sixties": ("196X", 1960, 1969),
    "1950s": ("195X", 1950, 1959), "the 70s": ("197X", 1970, 1979),
    "eind jaren 60": ("1967/1969", 1967, 1969), "begin jaren zeventig": ("1970/1973", 1970, 1973),
    "halverwege de jaren 50": ("1954/1956", 1954, 1956),
    "tussen 1950 en 1960": ("1950/1960", 1950, 1960), "1948-1951": ("1948/1951", 1948, 1951),
    "van 1950 tot 1962": ("1950/1962", 1950, 1962),
    "voor de oorlog": ("../1940", FIRST, 1940), "in de oorlog": ("1940/1945", 1940, 1945),
    "na de oorlog": ("1945/..", 1945, LAST), "voor 1900": ("../1900", FIRST, 1900),
    "sinds 1998": ("1998/..", 1998, LAST),
    "mei 1974": ("1974-05", 1974, 1974), "zomer van 1976": ("1976-22", 1976, 1976),
    "19e eeuw": ("18XX", 1800, 1899), "vorig jaar": ("2025", 2025, 2025), "nu": ("2026", 2026, 2026),
}  # fmt: skip


@pytest.mark.parametrize(("words", "meant"), SAID.items(), ids=SAID)
def test_the_words_of_a_teller_become_a_time(words, meant):
    found = read(words, NOW)
    assert (found.edtf, found.first, found.last) == meant


@pytest.mark.parametrize("words", ["", "toen ik klein was", "2031", "lang geleden", "nummer 12", "1951-1948"])
def test_what_nobody_can_read_as_a_time_is_none(words):
    assert read(words, NOW) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_it_is_a_time_that_reads_back_or_none(words):
    found = read(words, NOW)
    if found:
        assert of_edtf(found.edtf) == found


@pytest.mark.parametrize(
    ("edtf", "shown"), [("1974~", "± 1974"), ("1948", "1948"), ("1950/1960", "1950–1960"), ("196X", "jaren 60"),
                        ("../1940", "voor 1940"), ("1998/..", "na 1998"), ("18XX", "de jaren 1800–1899")],
)  # fmt: skip
def test_it_is_shown_short(app, edtf, shown):
    with app.test_request_context("/w/lombok/", headers={"Accept-Language": "nl"}):
        assert str(of_edtf(edtf).words) == shown
