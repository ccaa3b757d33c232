"""The page: a sentence, numbers as they were printed, the same everywhere; nobody and few look the same."""

import re

import pytest
from sqlalchemy import select

from core.database import db, writing
from core.guard import Role
from core.measures.models import Figure
from core.neighbourhoods.models import Zone
from tests import make
from tests.conftest import NOON, empty
from tests.core.measures.test_editions import export, meet, people, ring, weeks_on
from tests.core.measures.test_editions import lombok as lombok  # the fixture
from tests.core.staff.test_pages import join
from tests.forms import words

pytestmark = pytest.mark.both
AT, SEASON = "/w/lombok/insight", "/w/lombok/insight/2026-06-02"
PAGES = (AT, SEASON, f"{SEASON}/report", f"{SEASON}/window", f"{SEASON}/contacts.csv")

ME = re.compile(rb'data-me="\w+"')  # who looks


@pytest.fixture
def host(lombok):
    return join(lombok, Role.HOST, "balie", "Gulle Theepot")


def played(app, clock, weeks: int = 1) -> None:
    with app.app_context(), writing():
        ring(people(0, 12))
        ring(people(20, 33, "Zuid"))
        ring(people(40, 47, None))
    weeks_on(app, clock, weeks)


def at_home(app):
    """Who is on the team today: a session of staff does not last for weeks."""
    return join(app, Role.HOST, "straks", "Late Theepot")


def test_before_the_first_edition_it_says_when_that_comes(host):
    assert "De eerste editie van dit seizoen komt op dinsdag 9 juni." in words(host.get(AT).text)
    assert host.get(f"{SEASON}/report").status_code == 404


def test_it_begins_with_a_sentence_to_read_aloud(lombok, clock):
    played(lombok, clock)
    page = words(at_home(lombok).get(AT).text)
    assert "Lees dit voor In 1 week leerden 30 buren iemand nieuw kennen." in page
    assert "Editie van 9 juni 2026" in page


def test_it_names_the_parts_of_which_nothing_can_be_said(lombok, clock):
    with lombok.app_context(), writing():
        noord = people(0, 25)
        ring(noord)
        meet(noord[:3], people(30, 33, "Zuid"))
    weeks_on(lombok, clock)
    assert "Over Noord en Zuid kunnen we nog niets zeggen." in words(at_home(lombok).get(AT).text)


def test_one_figure_is_everywhere_the_same(lombok, clock):
    """On the page, in its picture and its table, on paper, in the file and in that for research."""
    played(lombok, clock)
    with lombok.app_context(), writing():
        figure = (Figure.measure == "contacts", Figure.cell == "")
        db.session.scalars(select(Figure).where(*figure)).one().shown = 85  # as if it had been printed
    device = at_home(lombok)
    for page in (AT, SEASON, f"{SEASON}/report"):
        text = device.get(page).text
        assert re.search(r"<strong>85</strong>", text), page
        assert re.search(r"De hele wijk\s*</th>\s*<td>\s*85\s*</td>", text), page
        assert "leerden 85 buren" in words(text), page
    assert "leerden 85 buren" in words(device.get(f"{SEASON}/window").text)
    assert '"De hele wijk","85"' in device.get(f"{SEASON}/contacts.csv").text
    assert '"contacts","all","85"' in export(lombok)


def test_each_cell_is_the_same_in_its_picture_its_table_and_its_file(lombok, clock):
    played(lombok, clock)
    device = at_home(lombok)
    text = device.get(AT).text
    for zone, number in (("Noord", 10), ("Zuid", 15), ("geen buurtje gekozen", 5)):
        assert re.search(rf">{zone}</text><rect [^>]*/><text [^>]*>{number}</text>", text)
        assert re.search(rf">{zone}(</bdi>)?\s*</th>\s*<td>\s*{number}\s*</td>", text)
        assert f'"{zone}","{number}"' in device.get(f"{SEASON}/contacts.csv").text


def test_nobody_and_four_are_the_same_bytes_on_every_page_and_in_every_file(app, clock):
    """In a cell and in all of it, also in the picture, the words for who cannot see it, the order and the file."""
    said = []
    for few in (0, 4):
        empty(app)
        clock.set(NOON)
        with app.app_context(), writing():
            here = make.neighbourhood()
            make.season(here, days_ago=0)
            make.challenge(here, "colour")
            ring(people(0, 30))
            ring(people(40, 53, "Zuid"))
            ring(people(60, 60 + few, None)) if few else None
        weeks_on(app, clock)
        device = at_home(app)
        said.append([ME.sub(b"", device.get(page).get_data()) for page in PAGES] + [export(app)])
    for one, other in zip(*said, strict=True):
        assert one == other
    assert b">30</text>" in said[0][0]


def test_it_is_for_the_team_that_reads_aggregates(lombok, clock):
    played(lombok, clock)
    teacher, maker = join(lombok, Role.TEACHER, "juf", "Juf Kwast"), join(lombok, Role.MAKER, "maker", "Maker Kwast")
    for page in PAGES:
        assert lombok.test_client().get(page).status_code in {303, 401}
        assert (teacher.get(page).status_code, maker.get(page).status_code) == (403, 200)


def test_names_of_zones_are_text_and_no_formula(lombok, clock):
    with lombok.app_context(), writing():
        db.session.scalars(select(Zone).where(Zone.name == "Noord")).one().name = "=1+1<script>"
        ring(people(0, 30, "=1+1<script>"))
        ring(people(40, 53, "Zuid"))
    weeks_on(lombok, clock)
    device = at_home(lombok)
    for page in PAGES[:4]:
        assert "<script>" not in device.get(page).text.replace('<script type="module"', "")
    assert '"\'=1+1<script>"' in device.get(f"{SEASON}/contacts.csv").text


def test_what_nobody_measures_and_seasons_that_are_not_there_are_404(lombok, clock):
    played(lombok, clock)
    device = at_home(lombok)
    for page in (f"{AT}/2026-06-03", f"{AT}/yesterday", f"{SEASON}/logins.csv"):
        assert device.get(page).status_code == 404
