"""What the survey adds to the demo: a wave from before this season that was closed, and one that is open."""

from datetime import timedelta
from pathlib import Path

from flask import Flask

from core import clock, codes
from core.database import writing
from core.demo.command import FURNISHERS, Furnished
from core.survey import queries, service
from core.survey.forms import PaperForm
from core.survey.models import Moment

FILE = Path(__file__).with_name("demo_sheets.txt")
DAYS_AGO, LASTED = 40, 21  # days


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "survey", _furnish, order=85)


def _furnish(furnished: Furnished) -> None:
    here, now = furnished.neighbourhood.id, clock.now()
    if queries.open_now(here) or queries.results(here):
        return
    sheets = PaperForm(data={"lines": FILE.read_text("utf-8")}).sheets
    try:
        clock.set(now - timedelta(days=DAYS_AGO))
        with writing():
            wave = service.open_wave(here, Moment.BEFORE)
            service.fill_in(wave, codes.new_key(), sheets)
        clock.set(now - timedelta(days=DAYS_AGO - LASTED))
        with writing():
            closing = queries.open_now(here)
            assert closing is not None
            service.close(closing)
    finally:
        clock.real()
    with writing():
        service.fill_in(service.open_wave(here, Moment.AFTER), codes.new_key(), sheets[:6])
