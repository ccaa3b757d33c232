"""Walks on other sites: no story without its teller's yes to that, and what is taken back is gone from each at once."""

from html import unescape
from xml.etree.ElementTree import fromstring

import pytest
from sqlalchemy import select

from core import jobs
from core.contributions.models import Contribution
from core.database import db, writing
from core.media.models import Media
from core.neighbourhoods import queries as neighbourhoods
from tests.tours.stories.test_elsewhere import ATOM, GONE
from tests.tours.walks.stories import told
from tests.tours.walks.test_pages import AT, STAFF, begin, key_of, lombok, maker, publish
from tours.stories import service as stories
from tours.walks import sharing, tellers
from tours.walks.models import Tour, TourCard

__all__ = ["lombok", "maker"]
pytestmark = pytest.mark.both
WALK = f"{AT}/rondje-kanaal"
FEED = "/w/lombok/walks.atom"


@pytest.fixture
def walk(lombok, maker):
    """A published walk past four stories, of which two may stand on other sites; a reader."""
    with lombok.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        for title, spot in (("Elders de kade", "spot-0"), ("Elders het pad", "spot-2")):
            told(here, title, spot, uses=("tours", "embed"))
    begin(lombok, maker, ("De rij", "Elders de kade", "De soep", "Elders het pad"))
    publish(lombok, maker)
    return lombok.test_client()


def png(reader) -> bytes:
    with reader.get(f"{WALK}/share.png") as answer:
        return answer.data if answer.status_code == 200 else b""


def withdraw(app, title: str, how=stories.withdraw) -> None:
    with app.test_request_context("/w/lombok/"), writing():
        how(db.session.scalar(select(Contribution).where(Contribution.key == key_of(app, title))))


def no_walks(found: Contribution) -> None:
    stories.allow(found, ["embed"], "receipt")


def no_other_sites(found: Contribution) -> None:
    stories.allow(found, ["tours"], "receipt")


def no_to_this_walk(found: Contribution) -> None:
    tellers.answer(db.session.scalars(select(Tour)).one(), stories.queries.of_contribution(found.id), False)


def test_a_frame_shows_what_tellers_let_stand_elsewhere_and_says_how_many_do_not(walk):
    page = walk.get(f"{WALK}/frame").text
    assert all(words in page for words in ("Rondje Kanaal!", "Langs het water.", "Elders de kade", "Elders het pad"))
    assert "De rij" not in page
    assert "De soep" not in page
    assert "2 haltes staan alleen op de pagina van de wandeling" in page


def test_only_the_frame_may_be_framed_and_nothing_runs_in_it(walk):
    frame = walk.get(f"{WALK}/frame")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "<script" not in frame.text
    assert "<form" not in frame.text
    for page in (WALK, AT, f"{WALK}/1", f"{WALK}/1/here", FEED, f"{AT}/nergens/frame", f"{WALK}/share.png"):
        with walk.get(page) as answer:
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_feed_names_walks_and_no_story_that_may_not_stand_elsewhere(walk):
    answer = walk.get(FEED)
    assert answer.mimetype == "application/atom+xml"
    (entry,) = fromstring(answer.data).findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Rondje Kanaal!"
    summary = entry.find(f"{ATOM}summary").text
    assert "Langs het water." in summary
    assert "Elders de kade · Elders het pad" in summary
    assert "De rij" not in answer.text
    assert "Bram" not in answer.text


def test_the_page_of_a_walk_leads_to_feed_files_frame_and_picture(walk, lombok):
    page = walk.get(WALK).text
    assert f'type="application/atom+xml" title="Wandelingen" href="{FEED}"' in page
    assert f'type="application/gpx+xml" href="{WALK}/walk.gpx"' in page
    assert f'<link rel="canonical" href="http://localhost{WALK}">' in page
    assert "og:image" not in page, "none is promised before it was drawn"
    assert f"http://localhost{WALK}/frame" in page
    assert FEED in walk.get(AT).text
    with lombok.app_context(), writing():
        db.session.scalars(select(Tour)).one().title = 'Rond "de <b>brug'
    shown = walk.get(WALK).text.partition("<textarea")[2].partition("</textarea>")[0]
    assert 'title="Rond &#34;de &lt;b&gt;brug"' in unescape(shown), "what is copied from the page is whole HTML"
    with lombok.app_context():
        assert [sharing.sweep(), sharing.sweep()] == [1, 0]
    assert f'<meta property="og:image" content="http://localhost{WALK}/share.png">' in walk.get(WALK).text
    assert png(walk).startswith(b"\x89PNG")


def test_search_engines_find_a_walk_only_where_all_its_tellers_let_them(walk, lombok):
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in walk.get(WALK).text
    for title in ("De rij", "De soep"):
        withdraw(lombok, title)
    assert noindex not in walk.get(WALK).text
    assert all(noindex in walk.get(f"{WALK}/{page}").text for page in ("1", "1/here", "end", "kept", "paper/large"))
    assert walk.get(f"{WALK}/walk.geojson").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("how", [stories.withdraw, no_walks, no_other_sites, no_to_this_walk])
def test_what_a_teller_takes_back_is_gone_from_each_at_once_and_readers_are_told(walk, lombok, clock, how):
    before = fromstring(walk.get(FEED).data).find(f"{ATOM}entry/{ATOM}updated").text
    clock.advance(hours=1)
    withdraw(lombok, "Elders de kade", how)
    assert "Elders de kade" not in walk.get(f"{WALK}/frame").text
    feed = walk.get(FEED)
    assert "Elders de kade" not in feed.text
    assert "Elders het pad" in feed.text
    assert fromstring(feed.data).find(f"{ATOM}entry/{ATOM}updated").text > before, "a reader fetches it anew"


def test_a_walk_that_is_gone_is_gone_from_frame_feed_and_link_and_its_picture_goes(walk, lombok, maker):
    jobs.run(lombok)
    assert png(walk) != b""
    assert maker.post(f"{STAFF}/rondje-kanaal/step", data={"step": "retire"}).status_code == 303
    assert {walk.get(f"{WALK}/{page}").status_code for page in ("frame", "share.png")} == {410}
    assert "Rondje" not in walk.get(f"{WALK}/frame").text
    feed = fromstring(walk.get(FEED).data)
    assert feed.findall(f"{ATOM}entry") == []
    assert [gone.get("ref") for gone in feed.findall(GONE)] == [f"http://localhost{WALK}"]
    with lombok.app_context():
        of_walk = select(TourCard.key)
        key = db.session.scalars(of_walk).one()
        sharing.sweep()
        assert db.session.scalars(of_walk).all() == []
        assert db.session.scalars(select(Media.let_go_at).where(Media.key == key)).one() is not None


def test_the_picture_is_drawn_anew_when_the_walk_gets_shorter(walk, lombok):
    jobs.run(lombok)
    first = png(walk)
    withdraw(lombok, "Elders het pad")
    for _twice in range(2):
        jobs.run(lombok)
    assert png(walk) not in (b"", first)
