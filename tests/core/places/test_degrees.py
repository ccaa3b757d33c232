"""Where a place is, as people write or paste it."""

import pytest

from core.places import degrees
from core.refusal import Refusal

HERE = (52.0907, 5.1014)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("52.0907", "5.1014"), ("52,0907", " 5,1014 "), ("52.0907, 5.1014", "5.1"), ("", "52.0907,5.1014"),
        ("52,0907, 5,1014", ""), ("52,0907,5,1014", ""), ("52.0907 5.1014", ""), ("(52.0907; 5.1014)", ""),
        ("52.0907° N, 5.1014° E", ""), ("52.0907N", "5.1014E"), ("N 52.0907 E 5.1014", ""), ("52.0907 NB", "5.1014 OL"),
        ("5.1014 E, 52.0907 N", ""), ("5.1014 OL", "52.0907 NB"), ("\u200e52.0907\u00a0", "\ufeff5.1014"),
        ("٥٢٫٠٩٠٧", "٥٫١٠١٤"), ("52°5′26,52″N 5°6′5,04″E", ""), ("52° 5' 26.52\" NB, 5° 6' 5.04\" OL", ""),
    ],
)  # fmt: skip
def test_a_place_is_read_from_two_fields_or_from_one(lat, lon):
    assert degrees.read(lat, lon) == pytest.approx(HERE, abs=1e-6)


def test_south_and_west_are_below_nought():
    assert degrees.read("-33,9", "−18.4") == degrees.read("33.9 Z", "18.4 W") == (-33.9, -18.4)
    assert degrees.read("33.9 S 18.4 W", "") == (-33.9, -18.4)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("", ""), ("52.09", ""), ("nan", "5"), ("inf", "5"), ("1e1", "5"), ("52..1", "5"), ("52 5 26", "5"), ("95", "5"),
     ("52.09, 5.1, 3", ""), ("bij 52.1, 5.1", ""), ("52°75'", "5°"), ("52.1", "185"), ("52.1, 5.1" * 40, "")],
)  # fmt: skip
def test_anything_else_is_no_place(lat, lon):
    with pytest.raises(Refusal):
        degrees.read(lat, lon)


def test_two_numbers_that_lie_here_only_the_other_way_round_hear_that(app):
    near = lambda lat, lon: abs(lat - 52) < 1 and abs(lon - 5) < 1  # noqa: E731
    with app.test_request_context(headers={"Accept-Language": "en"}):
        degrees.must_lie(HERE, near, "far")
        with pytest.raises(Refusal, match="other way round"):
            degrees.must_lie((5.1, 52.1), near, "far")
        with pytest.raises(Refusal, match="far"):
            degrees.must_lie((48.0, 2.0), near, "far")
