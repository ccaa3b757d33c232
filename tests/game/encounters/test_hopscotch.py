"""The double tile of the hopscotch carries both names: short, and never twice the same word."""

import re

import pytest
from flask import Flask, get_template_attribute

pytestmark = pytest.mark.both


@pytest.mark.parametrize(
    ("two", "shown"),
    [
        (("Bloeiende Vlieger", "Blauwe Reiger"), ["Vlieger", "Reiger"]),
        (("Bloeiende Vlieger", "Gezellige Vlieger"), ["Bloeiende", "Gezellige"]),
        (("Amina", "Bram"), ["Amina", "Bram"]),
    ],
)
def test_the_double_tile_tells_the_two_apart(app: Flask, two: tuple[str, str], shown: list[str]):
    with app.test_request_context("/"):
        drawn = get_template_attribute("components/hopscotch.html", "hopscotch")(4, *two)
    assert re.findall(r"<bdi>([^<]+)</bdi>", drawn) == shown
