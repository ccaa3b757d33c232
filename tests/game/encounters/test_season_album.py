"""The album of a season: on its page and in its book stands what everybody in it allows just there, and no more."""

import re
from itertools import combinations, product

import pytest

from core.database import db, writing
from core.guard import Role
from core.people.models import Person
from core.photos.models import PRINT, SCREEN, WEB, WIDER
from game.seasons import queries as seasons
from tests import make
from tests.core.photos.album import choose, clear, phone, status, taken

pytestmark = pytest.mark.both
ALBUM, BOOK, SLIDES = "/w/lombok/season/album", "/w/lombok/print/album", "/w/lombok/season/slides"
SAID = [frozenset(some) for many in range(3) for some in combinations((WEB, SCREEN, PRINT), many)]


@pytest.fixture
def visitor(app):
    return phone(app)


@pytest.fixture
def maker(client, dirk):
    with writing():
        make.as_staff(client, db.session.get_one(Person, dirk.id), Role.MAKER)
    return client


def book_photo(photo) -> str:
    return f"{BOOK}/{photo.key}.webp"


def stands(page: str, photo) -> bool:
    return photo.key in page


def test_a_photo_stands_where_all_in_it_and_an_editor_say_yes(visitor, maker, amina, bram):
    photo = taken(amina, bram)
    for is_cleared in (False, True):
        if is_cleared:
            clear(photo)
        for one in SAID:
            for other in SAID:
                choose(photo, amina, *one)
                choose(photo, bram, *other)
                both = one & other if is_cleared else set()
                for device in (visitor, maker):  # also who may print sees on the page what everybody sees
                    assert stands(device.get(ALBUM).text, photo) == (WEB in both)
                assert stands(maker.get(BOOK).text, photo) == (PRINT in both)
                assert (status(maker, book_photo(photo)) == 200) == (PRINT in both)


def test_slides_show_a_host_what_both_allow_on_the_screen_and_nobody_else(visitor, client, amina, bram, dirk):
    with writing():
        make.as_staff(client, db.session.get_one(Person, dirk.id), Role.HOST)
    photo = taken(amina, bram)
    clear(photo)
    for one, other in product(SAID, SAID):
        choose(photo, amina, *one)
        choose(photo, bram, *other)
        is_seen = SCREEN in one & other
        assert stands(client.get(SLIDES).text, photo) == is_seen
        assert (status(client, f"{SLIDES}/{photo.key}.webp") == 200) == is_seen
        assert status(visitor, f"{SLIDES}/{photo.key}.webp") != 200


def test_a_visitor_prints_no_book(visitor, amina, bram):
    photo = allowed(amina, bram)
    assert status(visitor, BOOK) != 200
    assert status(visitor, book_photo(photo)) != 200


def test_a_photo_that_is_withdrawn_is_gone_from_page_book_and_an_open_album(app, visitor, maker, amina, bram):
    photo = allowed(amina, bram)
    assert stands(visitor.get(ALBUM).text, photo)
    assert stands(maker.get(BOOK).text, photo)
    phone(app, bram).post(f"/w/lombok/photos/{photo.key}/withdraw")
    assert not stands(visitor.get(ALBUM).text, photo)
    assert not stands(maker.get(BOOK).text, photo)
    assert status(maker, book_photo(photo)) == 404


def test_an_open_album_drops_for_everybody_what_only_players_may_still_see(app, amina, bram):
    photo, player = allowed(amina, bram), phone(app, bram)
    gone = f"/w/lombok/photos/gone?on=web&keys={photo.key}"
    assert player.get(gone).get_json()["gone"] == []
    choose(photo, amina, "players")
    assert player.get(gone).get_json()["gone"] == [photo.key]
    assert player.get(gone.replace("web", "board")).get_json()["gone"] == []


def test_page_and_book_say_the_challenge_and_the_week_and_nobodys_name(visitor, maker, amina, bram):
    allowed(amina, bram)
    for page in (visitor.get(ALBUM).text, maker.get(BOOK).text):
        assert "Trek dezelfde kleur aan" in page
        assert "De week van maandag" in page
        assert amina.name not in page
        assert bram.name not in page


def test_of_another_season_no_photo_stands_here(visitor, maker, clock, here, amina, bram):
    photo = allowed(amina, bram)
    clock.advance(days=40)
    assert stands(visitor.get(ALBUM).text, photo)  # until the next one began
    with writing():
        make.season(here, days_ago=0)
    assert not stands(visitor.get(ALBUM).text, photo)
    assert not stands(maker.get(BOOK).text, photo)


def test_the_book_says_in_fives_how_many_stay_with_their_people(maker, amina, bram):
    allowed(amina, bram)
    for _number in range(4):
        taken(amina, bram)
    assert "Andere foto’s blijven" in maker.get(BOOK).text
    for _number in range(3):
        taken(amina, bram)
    assert "Minstens 5 andere foto’s blijven" in maker.get(BOOK).text


def allowed(one: Person, other: Person):
    """A photo with which both allow everything, and so does an editor."""
    photo = taken(one, other)
    for person in (one, other):
        choose(photo, person, *WIDER)
    clear(photo)
    return photo


def test_each_season_has_an_album_at_its_own_address_and_the_way_to_the_others(visitor, maker, amina, bram, clock):
    photo = allowed(amina, bram)
    first = seasons.latest(amina.neighbourhood_id).starts_on
    clock.advance(days=40)
    with writing():
        second = make.season(db.session.merge(amina.neighbourhood), days_ago=0).starts_on
    early, late = f"/w/lombok/season/{first}/album", f"/w/lombok/season/{second}/album"
    assert stands(visitor.get(early).text, photo)
    assert not stands(visitor.get(late).text, photo)
    assert visitor.get(ALBUM).text.count(f'href="{early}"') == 1
    assert f'href="{late}"' in visitor.get(early).text
    for wrong in ("2026-01-01", "never", "2026-13-01"):
        assert visitor.get(f"/w/lombok/season/{wrong}/album").status_code == 404


def test_a_season_that_is_still_to_come_has_no_album_yet(visitor, amina, clock):
    with writing():
        make.season(db.session.merge(amina.neighbourhood), days_ago=-60)
    coming = seasons.latest(amina.neighbourhood_id).starts_on
    assert visitor.get(f"/w/lombok/season/{coming}/album").status_code == 404


def test_a_printed_photo_that_was_taken_back_is_named_by_its_page_until_the_album_was_replaced(
    app, visitor, maker, amina, bram
):
    photo = allowed(amina, bram)
    first = seasons.latest(amina.neighbourhood_id).starts_on
    assert "vervangen" not in maker.get(ALBUM).text
    for _look in range(2):
        assert maker.get(BOOK).status_code == 200
    phone(app, bram).post(f"/w/lombok/photos/{photo.key}/withdraw")
    page = maker.get(ALBUM).text
    assert page.count("bladzijde 2") == 1
    assert photo.key not in page
    assert "bladzijde 2" not in visitor.get(ALBUM).text
    printed = re.search(r'name="printed" value="(\d+)"', page)[1]
    assert maker.post(f"/w/lombok/season/{first}/album/replaced", data={"printed": printed}).status_code == 303
    assert "bladzijde 2" not in maker.get(ALBUM).text
