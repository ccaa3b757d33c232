"""The wall in the house: a secret address, photos that all in them allow there, and nobody by name."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core import clock as time
from core.audit.models import AuditEntry
from core.codes import LONG_LETTERS
from core.database import db, writing
from core.guard import Role
from core.maps.drawings import Drawing
from core.people.models import Person
from core.photos import queries as photos_of
from core.photos import service as photos
from core.photos.models import PLAYERS, SCREEN, WEB
from core.walls import glows, service, views
from core.walls.models import Wall
from core.walls.views import EVERY
from tests import make
from tests.core.photos.album import choose, taken

pytestmark = pytest.mark.both


@pytest.fixture
def wall(here, amina) -> str:
    """The address of a screen."""
    with writing():
        keeper = db.session.get_one(Person, amina.id)
        return f"/w/lombok/wall/{service.make(keeper, Role.COORDINATOR, 'Bij de koffie')}"


def picture(page: str) -> str | None:
    """The address of the photo on the wall."""
    found = re.search(r'src="(/w/lombok/wall/[^"]+\.webp)"', page)
    return found and found[1]


def status(client, address: str) -> int:
    with client.get(address) as answer:
        return answer.status_code


def clear(photo) -> None:
    with writing():
        photos.clear(photos_of.by_key(photo.key))


@pytest.fixture
def hung(amina, bram):
    """A photo that both allow on the screen, and that an editor let through."""
    photo = taken(amina, bram)
    for one in (amina, bram):
        choose(photo, one, SCREEN)
    clear(photo)
    return photo


def test_a_photo_hangs_only_where_both_chose_the_screen_and_an_editor_cleared_it(client, wall, amina, bram):
    photo = taken(amina, bram)
    address = f"{wall}/{photo.key}.webp"

    def hangs() -> bool:
        is_there, is_sent = picture(client.get(wall).text) == address, status(client, address) == 200
        assert is_there == is_sent
        return is_sent

    steps = [hangs()]
    chosen = ((amina, SCREEN), (bram, PLAYERS, WEB), (amina, PLAYERS, WEB), (amina, SCREEN), (bram, SCREEN))
    for number, (person, *scopes) in enumerate(chosen):
        choose(photo, person, *scopes)
        if number == 0:
            steps.append(hangs())
            clear(photo)
        steps.append(hangs())
    assert steps == [False] * 6 + [True]
    choose(photo, amina)
    assert not hangs()


def test_a_photo_that_was_withdrawn_is_gone_at_once_and_the_rest_hangs(client, wall, hung, amina):
    assert picture(client.get(wall).text)
    with writing():
        photos.forget(photos_of.by_key(hung.key), amina.player_key)
    page = client.get(wall)
    assert (page.status_code, picture(page.text)) == (200, None)
    assert "nieuwe duo’s" in page.text
    assert client.get(f"{wall}/{hung.key}.webp").status_code == 404


def test_at_each_look_it_is_the_turn_of_the_next_photo(client, wall, hung, cem, dirk, clock):
    other = taken(cem, dirk)
    for one in (cem, dirk):
        choose(other, one, SCREEN)
    clear(other)
    seen = []
    for _look in range(4):
        seen.append(picture(client.get(wall).text))
        clock.advance(seconds=EVERY)
    assert len(set(seen)) == 2
    assert seen[0] == seen[2] != seen[1] == seen[3]


def test_it_names_nobody(client, wall, hung, amina, bram, cem):
    make.confirmed(cem, amina)
    db.session.commit()
    page = client.get(wall).text
    assert [name for name in make.CAST if name in page] == []


@pytest.mark.parametrize("letters", ["a" * 26, "x", "0" * 25])
def test_a_wrong_address_and_one_of_another_neighbourhood_are_nothing(client, wall, here, letters):
    with writing():
        make.neighbourhood("hoograven")
    assert client.get(f"/w/lombok/wall/{letters}").status_code == 404
    assert client.get(wall.replace("lombok", "hoograven")).status_code == 404
    assert client.get(wall.lower()).status_code == 200  # however its letters are typed


def test_a_screen_that_was_turned_off_shows_nothing_not_even_a_photo_of_a_moment_ago(client, wall, hung, amina):
    assert status(client, wall) == status(client, picture(client.get(wall).text)) == 200
    with writing():
        service.end(db.session.scalars(select(Wall)).one(), db.session.get_one(Person, amina.id), Role.COORDINATOR)
    assert status(client, wall) == status(client, f"{wall}/{hung.key}.webp") == 404
    acts = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("wall.")))
    assert list(acts) == ["wall.make", "wall.end"]


def test_of_the_secret_only_a_hash_is_kept_and_the_log_has_none_of_it(wall, caplog):
    secret = wall.rpartition("/")[2]
    kept = db.session.scalars(select(Wall)).one()
    assert secret not in str(vars(kept))
    assert len(secret) == 26
    assert set(secret) <= set(LONG_LETTERS)
    with caplog.at_level(logging.INFO):
        logging.getLogger("served").info('GET "%s/abc.webp" 200', wall)
    assert (secret in caplog.text, "/wall/…/abc.webp" in caplog.text) == (False, True)


# ---- where something was done


@pytest.fixture
def drawn(monkeypatch):
    """A drawing that says which pins it was given."""
    given: list[tuple[str, str]] = []

    def draw(pins):
        given[:] = [(pin.kind, pin.name) for pin in pins]
        return ""

    monkeypatch.setattr(views.drawings, "of", lambda _here: Drawing(draw, lambda: b"", "1"))
    return given


def meet_at_bench(here, people: int) -> None:
    """So many met at a bench, each surely there."""
    bench = make.spot(here)
    db.session.add(bench)
    db.session.flush()
    doing = make.challenge(here, spot_id=bench.id)
    met = [make.person(here, f"Buur {letter}") for letter in "abcdefgh"[:people]]
    for one in met[1:]:
        made = make.confirmed(met[0], one, doing)
        made.fits = True
    db.session.commit()


def lit(client, wall, drawn) -> list[str]:
    client.get(wall)
    return [kind for kind, _name in drawn if kind in set(glows.Part)]


@pytest.mark.parametrize(("people", "parts"), [(4, []), (5, ["afternoon"])])
def test_a_spot_glows_once_five_people_met_there_and_only_when_that_part_of_the_day_is_over(
    client, wall, here, drawn, clock, people, parts
):
    clock.advance(hours=1)  # one o'clock
    meet_at_bench(here, people)
    assert lit(client, wall, drawn) == []
    clock.advance(hours=4, minutes=59)
    assert lit(client, wall, drawn) == []
    clock.advance(minutes=1)  # six o'clock
    assert lit(client, wall, drawn) == parts
    clock.advance(days=glows.DAYS)
    assert lit(client, wall, drawn) == []


def test_a_part_of_the_day_begins_by_the_clock_on_the_wall_also_when_that_changes(clock):
    clock.set(day_of_25_hours())
    [*_, (start, end)] = glows.times()[glows.Part.MORNING][:1]
    assert (time.local(start).hour, time.local(end).hour) == (6, 12)
    assert end - start == timedelta(hours=6)
    assert [len(days) for days in glows.times().values()] == [7, 6, 6]


def day_of_25_hours():
    """Sunday 25 October 2026, the day of 25 hours, at noon in Amsterdam."""
    return datetime(2026, 10, 25, 11, 0, tzinfo=UTC)
