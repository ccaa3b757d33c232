"""Themes: a neighbourhood's own short list; a challenge may carry one, and lie in a part of the neighbourhood."""

import pytest
from sqlalchemy import select

from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.refusal import Refusal
from game.challenges import service, themes
from game.challenges.models import Challenge, Theme
from tests import make
from tests.core.staff.test_pages import join
from tests.game.challenges.test_making import MINE, TOGETHER, kept, rows

GREEN = {"theme-nl": "Groen in de straat", "theme-en": "Green in the street"}
LIST = "/w/lombok/challenges"


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
        with writing():
            make.neighbourhood("hoograven")
    return app


@pytest.fixture
def maker(lombok):
    return join(lombok, Role.MAKER, "maker", "Rode Laars")


@pytest.fixture
def visitor(lombok):
    return lombok.test_client()


def names(app, slug="lombok"):
    with app.app_context():
        return [theme.texts["nl"]["name"] for theme in themes.of(neighbourhoods.by_slug(slug).id)]


def test_a_maker_adds_a_theme_while_making_a_challenge_and_everybody_reads_it(lombok, maker, visitor):
    assert maker.post(f"{MINE}/new", data={**TOGETHER, **GREEN, "zone": "Noord"}).status_code == 303
    page = visitor.get(f"{LIST}/ruil-een-plantje")
    assert "Groen in de straat" in page.text
    assert 'in <bdi lang="nl">Noord</bdi>' in page.text
    assert "Green in the street" in visitor.get(f"{LIST}/ruil-een-plantje", headers={"Accept-Language": "en"}).text
    assert names(lombok) == ["Groen in de straat"]
    assert names(lombok, "hoograven") == []


def test_the_list_is_narrowed_by_a_link(lombok, maker, visitor):
    assert f"{LIST}?theme=" not in visitor.get(LIST).text
    maker.post(f"{MINE}/new", data={**TOGETHER, **GREEN})
    assert f'href="{LIST}?theme=groen-in-de-straat"' in visitor.get(LIST).text
    narrow = visitor.get(f"{LIST}?theme=groen-in-de-straat").text
    assert "Ruil een plantje" in narrow
    assert "Trek dezelfde kleur aan" not in narrow
    assert "Trek dezelfde kleur aan" in visitor.get(f"{LIST}?theme=no-such").text


def test_a_theme_without_a_challenge_to_do_is_not_offered(lombok, maker, visitor):
    maker.post(f"{MINE}/new", data={**TOGETHER, **GREEN})
    maker.post(f"{MINE}/ruil-een-plantje/retire")
    assert "Groen in de straat" not in visitor.get(LIST).text


def test_it_is_chosen_from_the_list_changed_and_left_out_again(lombok, maker):
    maker.post(f"{MINE}/new", data={**TOGETHER, **GREEN})
    maker.post(f"{MINE}/bench", data={**TOGETHER, "theme": "groen-in-de-straat", "zone": "Zuid"})
    with lombok.app_context():
        bench = db.session.scalars(select(Challenge).where(Challenge.key == "bench")).one()
        assert (bench.theme.key, bench.zone.name) == ("groen-in-de-straat", "Zuid")
    form = maker.get(f"{MINE}/bench").text
    assert 'value="groen-in-de-straat" lang="nl" selected' in form
    assert 'value="Zuid" lang="nl" selected' in form
    maker.post(f"{MINE}/bench", data=TOGETHER)
    assert (kept(lombok, "bench").theme_id, kept(lombok, "bench").zone_id) == (None, None)


def test_the_same_name_is_the_same_theme(lombok, maker):
    for title in ("Een", "Twee"):
        maker.post(f"{MINE}/new", data={**TOGETHER, "title-nl": title, "theme-nl": "Groen  in de STRAAT"})
    assert names(lombok) == ["Groen in de STRAAT"]


def test_looking_first_shows_the_new_theme_and_keeps_nothing(lombok, maker):
    page = maker.post(f"{MINE}/new", data={**TOGETHER, **GREEN, "see": "1"}).text
    assert page.count('<span class="buurt-chip" lang="nl" dir="auto">Groen in de straat</span>') == 1
    assert 'value="Groen in de straat"' in page
    assert names(lombok) == []


@pytest.mark.parametrize("form", [{"theme-en": "Only English"}, {"theme-nl": "x" * 31}])
def test_a_theme_has_a_dutch_name_of_thirty_letters_at_most(lombok, maker, form):
    assert maker.post(f"{MINE}/new", data={**TOGETHER, **form}).status_code in (400, 422)
    assert kept(lombok) is None


def test_a_theme_or_a_zone_of_another_neighbourhood_or_of_who_is_still_to_come_is_none(lombok, maker):
    with lombok.app_context(), writing():
        there = neighbourhoods.by_slug("hoograven")
        themes.named(there.id, {"nl": {"name": "Elders"}})
        there.zones[0].name = "Verweg"
    for zone in ("Verweg", "Ik kom hier wonen"):
        maker.post(f"{MINE}/bench", data={**TOGETHER, "theme": "elders", "zone": zone})
        assert (kept(lombok, "bench").theme_id, kept(lombok, "bench").zone_id) == (None, None)


@pytest.mark.both
def test_there_are_twelve_at_most_and_one_that_no_challenge_carries_makes_place(here, bench):
    for number in range(themes.MOST):
        theme = themes.named(here.id, {"nl": {"name": f"Thema {number}"}})
        make.challenge(here, theme_id=theme.id)
    with pytest.raises(Refusal):
        themes.named(here.id, {"nl": {"name": "Nog een"}})
    assert themes.named(here.id, {"nl": {"name": "thema 3"}}).key == "thema-3"
    for challenge in db.session.scalars(select(Challenge).where(Challenge.theme_id == theme.id)):
        challenge.theme_id = None
    assert themes.named(here.id, {"nl": {"name": "Nog een"}}).key == "nog-een"
    assert len(themes.of(here.id)) == themes.MOST


@pytest.mark.both
def test_a_pack_brings_its_themes(here, monkeypatch):
    texts = {"nl": {"name": "Groen"}, "en": {"name": "Green"}}
    entries = [{**entry, "theme": texts} for entry in service.read_pack("everyday")[:2]]
    monkeypatch.setattr(service, "read_pack", lambda _name: entries)
    assert service.load_pack(here.id, "everyday", {}) == 2
    [theme] = db.session.scalars(select(Theme))
    assert theme.texts == texts
    assert {one.key for one in db.session.scalars(select(Challenge).where(Challenge.theme_id == theme.id))} == {
        entry["key"] for entry in entries
    }


def test_the_table_has_the_theme_and_the_zone_and_no_cell_begins_a_formula(lombok, maker):
    maker.post(f"{MINE}/new", data={**TOGETHER, "theme-nl": "=1+1", "zone": "Noord"})
    [row] = [row for row in rows(maker.get(f"{MINE}.csv")) if row["key"] == "ruil-een-plantje"]
    assert (row["theme"], row["zone"]) == ("'=1+1", "Noord")
