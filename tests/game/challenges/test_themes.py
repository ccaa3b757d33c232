"""Themes: a neighbourhood's own short list; a challenge may carry one, and lie in a part of the neighbourhood."""

import threading
from contextlib import contextmanager
from time import sleep

import pytest
from sqlalchemy import delete, select, update

from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Zone
from core.refusal import Refusal
from game.challenges import maker_pages, service, themes
from game.challenges.models import Challenge, State, Theme
from tests import make
from tests.core.desk.test_pages import say
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, twice_at_once
from tests.game.challenges.test_making import MINE, TOGETHER, acts, kept, rows
from tests.game.encounters.test_races import at_once

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
    assert 'in <bdi translate="no" lang="nl">Noord</bdi>' in page.text
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
    answer = maker.post(f"{MINE}/new", data={**TOGETHER, **form})
    assert answer.status_code == 422
    assert fault(answer.text, "theme-nl")
    assert kept(lombok) is None


def test_the_thirteenth_theme_is_refused_at_its_field_and_nothing_is_kept(lombok, maker):
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        for number in range(themes.MOST):
            make.challenge(here, theme_id=named_here(here.id, f"Thema {number}").id)
    answer = maker.post(f"{MINE}/new", data={**TOGETHER, **GREEN})
    assert answer.status_code == 409
    assert "twaalf thema" in fault(answer.text, "theme-nl")
    assert 'value="Green in the street"' in answer.text
    assert kept(lombok) is None


@pytest.mark.both
def test_a_challenge_with_a_theme_that_comes_twice_at_one_moment_makes_one_of_each(lombok, maker):
    sent = {**TOGETHER, **GREEN, "client_key": key_in(maker.get(f"{MINE}/new?kind=together").text)}
    assert twice_at_once(lombok, maker, f"{MINE}/new", sent) == [303, 303]
    assert maker.post(f"{MINE}/new", data=sent).status_code == 303
    assert kept(lombok, "ruil-een-plantje-2") is None
    assert names(lombok) == ["Groen in de straat"]
    assert acts(lombok) == ["challenge.new"]


def test_a_theme_or_a_zone_of_another_neighbourhood_or_of_who_is_still_to_come_is_none(lombok, maker):
    with lombok.app_context(), writing():
        there = neighbourhoods.by_slug("hoograven")
        themes.named(there.id, {"nl": {"name": "Elders"}})
        there.zones[0].name = "Verweg"
    for zone in ("Verweg", "Ik kom hier wonen"):
        answer = maker.post(f"{MINE}/bench", data={**TOGETHER, "theme": "elders", "zone": zone})
        assert answer.status_code == 422
        assert [fault(answer.text, name) for name in ("theme", "zone")] == ["Kies er een uit de lijst."] * 2
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
    again = themes.named(here.id, {"nl": {"name": "Nog een"}})
    make.challenge(here, theme_id=again.id)
    with pytest.raises(Refusal):
        themes.named(here.id, theme.texts)  # the one that made place


@pytest.mark.both
def test_one_that_no_challenge_carries_is_there_again_for_its_name_in_new_words(here):
    first = themes.named(here.id, {"nl": {"name": "Groen"}, "en": {"name": "Greens"}})
    again = themes.named(here.id, {"nl": {"name": "GROEN"}, "en": {"name": "Green"}})
    assert (again.id, again.texts) == (first.id, {"nl": {"name": "GROEN"}, "en": {"name": "Green"}})


def test_a_language_that_a_theme_lacks_is_filled_in_and_one_that_it_has_stays(lombok, maker):
    for english in ("", "Green", "Greenery"):
        maker.post(f"{MINE}/new", data={**TOGETHER, "theme-nl": "groen", "theme-en": english})
    with lombok.app_context():
        assert [one.texts for one in db.session.scalars(select(Theme))] == [
            {"nl": {"name": "groen"}, "en": {"name": "Green"}}
        ]


def test_themes_of_other_names_stay_apart_also_where_an_address_has_no_signs_for_them(lombok, maker):
    apart = ["C++", "C", "!!!", "موسيقى"]
    for name in (*apart, "c"):
        maker.post(f"{MINE}/new", data={**TOGETHER, "theme-nl": name})
    assert names(lombok) == apart
    with lombok.app_context():
        assert list(db.session.scalars(select(Theme.key).order_by(Theme.id))) == ["c", "c-2", "thema", "thema-2"]


def test_an_editor_reads_theme_and_zone_before_anybody_else(lombok, maker, visitor):
    piet = {"theme-nl": "Buurman Piet Jansen", "theme-en": "Neighbour Piet", "zone": "Noord", "names": "1"}
    maker.post(f"{MINE}/new", data={**TOGETHER, **piet})
    other = join(lombok, Role.MAKER, "other", "Blauwe Pet")
    assert "Piet" in maker.get(f"{MINE}/new?kind=together").text
    assert "Piet" not in other.get(f"{MINE}/new?kind=together").text
    other.post(f"{MINE}/bench", data={**TOGETHER, "theme": "buurman-piet-jansen"})
    assert kept(lombok, "bench").theme_id is None
    editor = join(lombok, Role.EDITOR, "editor", "Gele Kraan")
    with_code(editor)
    page = editor.get("/w/lombok/desk/").text
    for words in ("Buurman Piet Jansen", "Neighbour Piet", "Noord"):
        assert words in page
    assert "Piet" not in visitor.get(LIST).text
    with lombok.app_context():
        [waiting] = db.session.scalars(select(Challenge).where(Challenge.maker.is_not(None), Challenge.key != "bench"))
        key = waiting.desk_key
    say(editor, "challenge", key, verdict="good")
    assert "Piet" in visitor.get(LIST).text
    assert "Piet" in other.get(f"{MINE}/new?kind=together").text


@pytest.mark.both
def test_words_that_an_editor_sees_first_come_into_no_theme_that_is_read_already(here):
    waits = themes.named(here.id, {"nl": {"name": "Groen"}, "en": {"name": "Piet"}}, "one", names=True)
    make.challenge(here, theme_id=waits.id, state=State.DRAFT, maker="one")
    read = themes.named(here.id, {"nl": {"name": "Groen"}}, "other")
    make.challenge(here, theme_id=read.id)
    assert (read.key, read.texts) == ("groen-2", {"nl": {"name": "Groen"}})
    assert themes.named(here.id, {"nl": {"name": "groen"}, "en": {"name": "Jan"}}, "third", names=True) is read
    assert "en" not in read.texts


@pytest.mark.both
@pytest.mark.parametrize("address", [f"{MINE}/new", f"{MINE}/bench"])
def test_a_theme_and_a_zone_that_go_while_a_form_is_sent_are_chosen_anew(lombok, maker, monkeypatch, address):
    with lombok.app_context(), writing():
        lombok_itself = neighbourhoods.by_slug("lombok")
        lombok_itself.zones.append(Zone(name="Oost"))
        make.challenge(lombok_itself, theme_id=themes.named(lombok_itself.id, {"nl": {"name": "Oud"}}).id)

    @contextmanager
    def meanwhile():
        with writing():
            db.session.execute(update(Challenge).values(theme_id=None))
            db.session.execute(delete(Theme))
            db.session.execute(delete(Zone).where(Zone.name == "Oost"))
            themes.named(neighbourhoods.by_slug("lombok").id, {"nl": {"name": "Nieuw"}})
        with writing():
            yield

    monkeypatch.setattr(maker_pages, "writing", meanwhile)
    answer = maker.post(address, data={**TOGETHER, "theme": "oud", "zone": "Oost"})
    assert answer.status_code == 422
    assert [fault(answer.text, name) for name in ("theme", "zone")] == ["Kies er een uit de lijst."] * 2
    assert 'value="Ruil een plantje"' in answer.text
    assert acts(lombok) == []


@pytest.mark.both
def test_a_theme_that_another_maker_takes_up_at_this_moment_stays_theirs(app, here):
    themes.named(here.id, {"nl": {"name": "Oud"}})
    where, taken = here.id, threading.Event()
    db.session.commit()

    def take_up():
        make.challenge(neighbourhoods.by_slug("lombok"), key="taken", theme_id=named_here(where, "Oud").id)
        db.session.flush()
        taken.set()
        sleep(0.2)

    def add():
        make.challenge(neighbourhoods.by_slug("lombok"), key="added", theme_id=named_here(where, "Nieuw").id)

    def later():
        taken.wait(9)
        at_once(app, [add])

    thread = threading.Thread(target=later)
    thread.start()
    at_once(app, [take_up])
    thread.join()
    db.session.rollback()
    found = db.session.scalars(select(Challenge).where(Challenge.key.in_(["taken", "added"])).order_by(Challenge.key))
    assert [(one.key, one.theme.texts["nl"]["name"]) for one in found] == [("added", "Nieuw"), ("taken", "Oud")]


@pytest.mark.both
def test_two_makers_who_add_the_same_at_once_share_it(app, here):
    where, start = here.id, threading.Barrier(8)
    db.session.commit()

    def add():
        make.challenge(neighbourhoods.by_slug("lombok"), theme_id=named_here(where, "Groen").id)

    at_once(app, [add] * 8, start)
    db.session.rollback()
    assert len(themes.of(where)) == 1


def named_here(where, name):
    return themes.named(where, {"nl": {"name": name}})


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
