"""The picture beside a link: only with the teller's yes, of words alone, in the letters that the title has."""

import subprocess
import sys

import pytest
from PIL import Image, ImageChops

from core import jobs
from core.media import service as media
from tests.tours.stories.test_elsewhere import AT, change, lombok, told
from tours.stories import cards, service, sharing
from tours.stories.painter.paint import ENAMEL, Said, draw

__all__ = ["lombok", "told"]


def png(reader, key: str) -> bytes:
    with reader.get(f"{AT}/{key}/share.png") as answer:
        return answer.data if answer.status_code == 200 else b""


@pytest.mark.both
def test_a_link_shows_a_picture_only_while_its_teller_allows_other_sites(lombok, told):
    here, there, reader = told("name"), told("name", "embed", title="Elders"), lombok.test_client()
    assert "og:image" not in reader.get(f"{AT}/{there}").text, "none is promised before it was drawn"
    jobs.run(lombok)
    page = reader.get(f"{AT}/{there}").text
    assert f'<meta property="og:image" content="http://localhost{AT}/{there}/share.png">' in page
    assert '<meta property="og:title" content="Elders">' in page
    assert png(reader, there).startswith(b"\x89PNG")
    assert "og:" not in reader.get(f"{AT}/{here}").text
    assert png(reader, here) == b""
    change(lombok, there, lambda one: service.allow(one, ["name"], "receipt"))
    assert png(reader, there) == b"", "at once"
    assert "og:" not in reader.get(f"{AT}/{there}").text
    change(lombok, there, lambda one: service.allow(one, ["name", "embed"], "receipt"))
    jobs.run(lombok)
    jobs.run(lombok)
    assert png(reader, there) != b"", "allowed again it is drawn again"


@pytest.mark.both
def test_it_is_drawn_once_for_what_it_says_and_anew_for_another_title(lombok, told):
    key, reader = told("name", "embed"), lombok.test_client()
    with lombok.app_context():
        assert [sharing.sweep(), sharing.sweep()] == [1, 0]
    first = png(reader, key)
    change(lombok, key, lambda one: setattr(sharing.queries.of_contribution(one.id), "title", "Heel anders"))
    with lombok.app_context():
        assert [sharing.sweep(), sharing.sweep()] == [1, 0]
    assert png(reader, key) != first


@pytest.mark.both
def test_what_is_withdrawn_while_it_is_drawn_gets_no_picture(lombok, told, monkeypatch):
    key, painted = told("name", "embed"), cards.PAINTER.make

    def withdrawn_meanwhile(*job):
        change(lombok, key, service.withdraw)
        return painted(*job)

    monkeypatch.setattr(cards.PAINTER, "make", withdrawn_meanwhile)
    kept = []
    monkeypatch.setattr(media, "keep", lambda *what: kept.append(what))
    with lombok.app_context():
        assert sharing.sweep() == 0
    assert kept == []


@pytest.mark.parametrize(
    "title", ["De rij bij Kuiper", "İlk çay: şu köşede, ağacın altında", "المقعد تحت الشجرة (1991)."]
)
def test_dutch_turkish_and_arabic_titles_are_drawn(title):
    _picture, is_titled = draw(Said(title, "1976", "Huis van de Wijk", "De Kanterhoek"))
    assert is_titled


def test_arabic_letters_are_joined_and_run_from_the_right():
    joined, _ = draw(Said("باب", "", "", ""))
    apart, _ = draw(Said("ب ا ب", "", "", ""))
    box = ImageChops.difference(joined, draw(Said("", "", "", ""))[0]).getbbox()
    assert box[2] > 1100, "at the right edge"
    wider = ImageChops.difference(apart, draw(Said("", "", "", ""))[0]).getbbox()
    assert box[2] - box[0] < wider[2] - wider[0]


def test_a_title_in_letters_that_we_do_not_have_is_left_out_and_not_drawn_as_boxes():
    unknown, is_titled = draw(Said("漢字", "", "", "De Kanterhoek"))
    assert not is_titled
    assert ImageChops.difference(unknown, draw(Said("", "", "", "De Kanterhoek"))[0]).getbbox() is None


def test_the_longest_title_stays_within_the_sign():
    for title in ("W" * 80, "een heel lang woord " * 4, "ב" * 3):
        picture, _ = draw(Said(title, "x" * 200, "y" * 200, "z" * 200))
        strip = picture.crop((0, 40, 20, 590))
        assert strip.getcolors() == [(20 * 550, Image.new("RGB", (1, 1), ENAMEL).getpixel((0, 0)))]
        assert picture.crop((1180, 40, 1200, 590)).getcolors() == strip.getcolors()


def test_what_serves_loads_no_pillow_for_it():
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, tours.stories; print('PIL' in sys.modules)"],
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    assert seen.stdout == "False\n"
