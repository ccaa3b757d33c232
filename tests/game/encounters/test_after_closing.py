"""What people read before and after a season closes: until when they decide for both, and what is left for each."""

from datetime import date

import pytest

from core import clock as time
from core.photos import queries
from tests.core.photos.album import phone, status
from tests.game.encounters import closed

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("inside", "clock")]
HERE = "/w/dicht"


@pytest.fixture
def season():
    made = closed.season(date(2026, 6, 1))
    closed.meet_in_every_way(*closed.people()[:2])
    return made


def test_until_it_closes_albums_say_when_and_that_a_photo_goes_for_both(app, season):
    one = closed.people()[0]
    time.set(time.first_moment_of(date(2026, 7, 10)))
    album = phone(app, one).get(f"{HERE}/album").text
    assert "Op zaterdag 26 september sluit een seizoen" in album
    assert "Tot die dag haal je een foto voor allebei weg" in album


def test_after_it_the_album_has_ones_own_copies_and_nothing_of_whom_where_or_when(app, season):
    one, other = closed.people()[:2]
    assert closed.close(season)
    album = phone(app, one).get(f"{HERE}/album").text
    assert "sluit een seizoen" not in album
    copies = phone(app, one).get(f"{HERE}/album?closed=1").text
    mine, theirs = ([photo.key for photo in queries.album(who.player_key)] for who in (one, other))
    assert len(mine) == 2
    assert all(key in copies for key in mine)
    assert not any(key in copies for key in theirs)
    for page in (album, copies):
        assert other.name not in page
        assert "Brandweerbrug" not in page
        assert "juni 2026" not in page.replace("28 juni 2026", "")
    for size in ("small", "large"):
        picture = f"{HERE}/photos/{mine[0]}/{size}.webp"
        assert status(phone(app, one), picture) == 200
        assert status(phone(app, other), picture) == status(phone(app), picture) == 404


def test_a_copy_is_taken_away_for_oneself_and_the_page_says_so(app, season):
    one, other = closed.people()[:2]
    assert closed.close(season)
    key = queries.album(one.player_key)[0].key
    page = phone(app, one).get(f"{HERE}/photos/{key}/who").text
    assert "De foto gaat alleen uit jouw album" in page
    assert "voor jullie allebei" not in page
    assert 'name="scope"' not in page
    answer = phone(app, one).post(f"{HERE}/photos/{key}/withdraw", follow_redirects=True).text
    assert "De foto is uit je album" in answer
    assert [len(queries.album(who.player_key)) for who in (one, other)] == [1, 2]


def test_the_album_of_the_season_says_that_it_is_over_and_there_is_no_book(app, season):
    before = phone(app).get(f"{HERE}/season/album").text
    assert "sloot op" not in before
    assert closed.close(season)
    assert "Dit seizoen sloot op" in phone(app).get(f"{HERE}/season/album").text
    assert "season/album" not in phone(app).get(f"{HERE}/photos").text


def test_the_archive_has_closed_seasons_with_their_numbers_and_nobody(app, season):
    assert "Deuren open" not in phone(app).get(f"{HERE}/seasons").text
    assert closed.close(season)
    page = phone(app).get(f"{HERE}/seasons").text
    assert "Deuren open" in page
    assert "nieuwe duo" in page
    assert not any(one.name in page for one in closed.people())


def test_the_address_of_a_meeting_leads_nowhere(app, season):
    from sqlalchemy import select

    from core.database import db
    from game.encounters.models import Encounter

    one = closed.people()[0]
    key = db.session.scalars(select(Encounter.key)).first()
    assert status(phone(app, one), f"/e/{key}") == 200
    assert closed.close(season)
    assert status(phone(app, one), f"/e/{key}") == 404
