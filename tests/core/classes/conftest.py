"""The small lesson is there for each test here."""

import pytest
from flask import Flask

from tests.core.classes import lesson


@pytest.fixture(autouse=True)
def small_lesson(site: Flask) -> None:
    """It can be opened."""
    lesson.in_force(site)
