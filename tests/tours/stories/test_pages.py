"""A story from its teller's first word to its last: told, changed, signed, read, and taken back everywhere."""

import re

import pytest
from sqlalchemy import func, select

from core.consent.models import Consent
from core.contributions.models import Contribution, Version
from core.database import Model, db, writing
from core.desk import service as deciding
from core.guard import Role
from core.media import jobs as media
from core.neighbourhoods import queries as neighbourhoods
from core.storage import storage
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in
from tours.stories import check, queries, service
from tours.stories.models import Story, Telling

pytestmark = pytest.mark.both
AT = "/w/lombok/stories"
GROUP = re.compile(r"<bdi[^>]*>([0-9A-Z]{5,6})</bdi>")
WORDS = "Op zaterdag stond de rij tot aan de brug. Buurman Teun vond dat niet eerlijk. Later sloot de winkel."
FORM = {"lang": "nl", "title": "De rij bij Kuiper", "words": WORDS, "when": "ongeveer 1974", "spot": "bank",
        "theme": "shops", "way": "self", "who": "named", "called": "Bram"}  # fmt: skip


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        here, _season = make.world()
        with writing():
            db.session.add(make.spot(here, name="Slagerij Kuiper"))
    return app


def tell(device, **change):
    """Sent as the page has it, once."""
    key = key_in(device.get(f"{AT}/tell/write").text)
    return device.post(f"{AT}/tell/write", data={**FORM, "client_key": key, **change})


def code_on(page) -> str:
    return "".join(GROUP.findall(page.text[page.text.index("buurt-receipt__letters") :])[:5])


def key_of(app) -> str:
    with app.app_context():
        return db.session.scalars(select(Contribution.key).order_by(Contribution.id.desc()).limit(1)).one()


def decide(app, verdict: str = "good", reason: str = "", key: str = "") -> None:
    about = key or key_of(app)
    with app.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        deciding.decide(here.id, "story", about, verdict, "an editor", Role.EDITOR, reason=reason)


def say_yes(device, key: str, **more) -> int:
    page = device.get(f"{AT}/mine/{key}/yes").text
    seen = re.search(r'name="seen" value="(\w{64})"', page)[1]
    return device.post(f"{AT}/mine/{key}/yes", data={"seen": seen, **more}).status_code


def told_and_read(app, **change):
    """A story of a visitor that everybody reads: the teller's device, and its key."""
    teller = app.test_client()
    tell(teller, **change)
    key = key_of(app)
    decide(app)
    assert say_yes(teller, key, named="1") == 303
    return teller, key


def test_nothing_is_read_before_both_signed_and_then_exactly_that(lombok):
    teller, reader = lombok.test_client(), lombok.test_client()
    page = tell(teller)
    key = key_of(lombok)
    assert page.status_code == 200
    assert "Bewaar deze bon" in page.text
    assert reader.get(f"{AT}/{key}").status_code == 404
    decide(lombok)
    assert reader.get(f"{AT}/{key}").status_code == 404, "the editor alone is not enough"
    assert "De rij bij Kuiper" not in reader.get(AT).text
    assert say_yes(teller, key, named="1") == 303
    shown = reader.get(f"{AT}/{key}").text
    assert "Buurman Teun" in shown
    assert "Bram" in shown
    assert "De rij bij Kuiper" in reader.get("/w/lombok/spots/bank").text
    assert "± 1974" in reader.get(AT).text
    with lombok.app_context():
        story = db.session.scalars(select(Story)).one()
        assert story.version_hash == db.session.scalars(select(Version.hash)).one()


def test_an_editor_changes_a_sentence_and_the_teller_sees_which_on_another_device(lombok):
    teller, editor = lombok.test_client(), join(lombok, Role.EDITOR)
    with_code(editor)
    code, key = code_on(tell(teller)), key_of(lombok)
    edited = {"title": "De rij bij Kuiper", "words": WORDS.replace(" Buurman Teun vond dat niet eerlijk.", ""),
              "note": "De naam van de buurman is weg."}  # fmt: skip
    assert editor.post(f"{AT}/edit/{key}", data=edited).status_code == 303
    decide(lombok)
    other = lombok.test_client()
    assert other.get(f"{AT}/mine/{key}").status_code == 404
    other.post("/w/lombok/receipt", data={"code": code})
    assert "De rij bij Kuiper" in other.get("/w/lombok/receipt").text
    page = other.get(f"{AT}/mine/{key}/yes").text
    assert "<del>Buurman Teun vond dat niet eerlijk.</del>" in page
    assert "De naam van de buurman is weg." in page
    assert "1 van 3 anders" in page
    say_yes(other, key)
    shown = lombok.test_client().get(f"{AT}/{key}").text
    assert "Teun" not in shown
    assert "Bram" not in shown, "no name without the teller's yes to it"


def test_a_summary_by_an_editor_stands_marked_above_the_words_once_the_teller_said_yes_to_it_too(lombok):
    teller, key = told_and_read(lombok)
    editor, reader = join(lombok, Role.EDITOR), lombok.test_client()
    with_code(editor)
    long = {"title": "De rij bij Kuiper", "words": WORDS, "short": "woord " * 61}
    refused = editor.post(f"{AT}/edit/{key}", data=long)
    assert refused.status_code == 422
    assert "hoogstens 60 woorden" in refused.text
    assert editor.post(f"{AT}/edit/{key}", data={**long, "short": "Een rij bij de slager."}).status_code == 303
    assert "Een rij bij de slager." in editor.get(f"{AT}/edit/{key}").text
    decide(lombok, key=f"{key}.2")
    assert "Een rij bij de slager." not in reader.get(f"{AT}/{key}").text, "its teller said nothing yet"
    asked = teller.get(f"{AT}/mine/{key}/yes").text
    assert "Een rij bij de slager." in asked
    assert "Niets is anders" in asked, "it is no change of their words"
    assert say_yes(teller, key, named="1") == 303
    shown = reader.get(f"{AT}/{key}").text
    assert shown.index("In het kort, door de redactie") < shown.index("Een rij bij de slager.") < shown.index("Teun")
    with lombok.app_context():
        assert list(check.faults(check.everything())) == []
        db.session.scalars(select(Story)).one().in_short = "Iets anders."
        assert any("beside it" in fault for fault in check.faults(check.everything()))


def test_the_team_reads_how_long_a_story_waits_and_apart_what_waits_for_its_teller(lombok, clock):
    teller = lombok.test_client()
    tell(teller)
    key = key_of(lombok)
    clock.advance(days=12)
    editor = join(lombok, Role.EDITOR)
    with_code(editor)
    assert "Verhaal: wacht 12 dagen" in editor.get("/w/lombok/staff/").text
    assert "Wacht op het ja" not in editor.get("/w/lombok/desk/").text
    decide(lombok)
    clock.advance(minutes=10)
    assert "wacht 12 dagen" not in editor.get("/w/lombok/staff/").text, "it waits for its teller now"
    desk = editor.get("/w/lombok/desk/").text.split("Wacht op het ja")[1]
    assert "De rij bij Kuiper" in desk
    assert "10 minuten" in desk
    say_yes(teller, key)
    assert "Wacht op het ja" not in editor.get("/w/lombok/desk/").text


def test_a_yes_to_what_was_changed_meanwhile_is_refused(lombok):
    teller = lombok.test_client()
    tell(teller)
    key = key_of(lombok)
    decide(lombok)
    seen = re.search(r'name="seen" value="(\w{64})"', teller.get(f"{AT}/mine/{key}/yes").text)[1]
    with lombok.test_request_context("/w/lombok/"), writing():
        found = queries.handed_in(neighbourhoods.by_slug("lombok").id, key)
        service.edit(found, neighbourhoods.by_slug("lombok"), {"words": "Iets anders."}, "", "an editor", Role.EDITOR)
    assert teller.post(f"{AT}/mine/{key}/yes", data={"seen": seen}).status_code == 409
    assert lombok.test_client().get(f"{AT}/{key}").status_code == 404


def test_what_is_shown_stays_as_it_is_while_a_newer_version_waits(lombok):
    teller, key = told_and_read(lombok)
    page = teller.get(f"{AT}/mine/{key}/change").text
    teller.post(f"{AT}/mine/{key}/change", data={**FORM, "words": "Het was anders.", "client_key": key_in(page)})
    reader = lombok.test_client()
    assert "Buurman Teun" in reader.get(f"{AT}/{key}").text
    decide(lombok, key=f"{key}.2")
    assert "Buurman Teun" in reader.get(f"{AT}/{key}").text
    say_yes(teller, key)
    assert "Het was anders." in reader.get(f"{AT}/{key}").text


def test_withdrawn_it_is_gone_from_every_page_and_its_address_says_so(lombok):
    picture = {"then-file": (make.jpeg(), "kuiper.jpg"), "then-about": "Een etalage", "then-people": "nobody"}
    teller, key = told_and_read(lombok, **picture)
    reader = lombok.test_client()
    image = f"{AT}/{key}/0/small.webp"
    with reader.get(image) as shown:
        assert shown.status_code == 200
    assert reader.get(f"{AT}?q=eerlijk").text.count(key) > 0
    teller.post(f"{AT}/mine/{key}/withdraw")
    gone = reader.get(f"{AT}/{key}")
    assert gone.status_code == 410
    assert "Dit verhaal is hier niet meer" in gone.text
    assert reader.get(image).status_code == 404
    for page in ("", "stories", "stories?q=eerlijk", "spots/bank", "map"):
        assert not re.search(rf"Teun|Kuiper bij|{key}|De rij bij", reader.get(f"/w/lombok/{page}").text), page
    with lombok.app_context():
        media.sweep()
        assert list(storage().names()) == []
        rows = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
        assert not [row for row in rows if "Teun" in row or "Bram" in row or "etalage" in row]
        assert not [one for one in db.session.scalars(select(Consent)) if one.stands]


def test_what_an_editor_took_away_its_teller_can_still_take_back(lombok):
    teller = lombok.test_client()
    tell(teller)
    key = key_of(lombok)
    decide(lombok, "away", "private")
    assert "Verhaal weghalen" in teller.get(f"{AT}/mine/{key}").text
    assert teller.post(f"{AT}/mine/{key}/withdraw").status_code == 303
    with lombok.app_context():
        rows = [str(row) for table in (Story, Telling, Version) for row in db.session.execute(select(table.__table__))]
        assert not [row for row in rows if "Teun" in row or "Bram" in row]


def test_a_name_alone_can_go_and_the_story_stays(lombok):
    teller, key = told_and_read(lombok)
    teller.post(f"{AT}/mine/{key}/name")
    shown = lombok.test_client().get(f"{AT}/{key}").text
    assert "Buurman Teun" in shown
    assert "Bram" not in shown
    with lombok.app_context():
        rows = [str(row) for table in (Story, Telling, Version) for row in db.session.execute(select(table.__table__))]
        assert not [row for row in rows if "Bram" in row]


def test_an_anonymous_one_leads_nowhere(lombok):
    teller = phone_of(lombok, "Blauwe Reiger")
    page = tell(lombok.test_client(), who="anonymous")
    assert "niemand een nieuwe bon" in page.text
    key = key_of(lombok)
    decide(lombok)
    editor = join(lombok, Role.EDITOR)
    with_code(editor)
    for device in (teller, editor, lombok.test_client()):
        assert device.get(f"{AT}/mine/{key}").status_code == 404
        assert device.post(f"{AT}/mine/{key}/withdraw").status_code == 404
    assert key not in editor.get("/w/lombok/receipt/lost").text
    with lombok.app_context():
        assert db.session.scalars(select(Telling.called)).one() == ""


def test_a_player_needs_no_receipt_and_a_helper_prints_one_for_somebody_else(lombok):
    mine = phone_of(lombok, "Blauwe Reiger")
    assert tell(mine).status_code == 303
    assert "De rij bij Kuiper" in mine.get(f"{AT}/mine").text
    page = tell(mine, way="paper", title="Van papier", called="Wies")
    assert "Bewaar deze bon" in page.text
    key = key_of(lombok)
    assert mine.get(f"{AT}/mine/{key}").status_code == 404, "it is the teller's, not the helper's"
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Telling).where(Telling.helper.is_not(None))) == 1


def test_a_childs_story_takes_the_yes_of_a_parent_and_has_no_name(lombok):
    teller = lombok.test_client()
    tell(teller, young="1")
    key = key_of(lombok)
    decide(lombok)
    say_yes(teller, key, named="1")
    assert lombok.test_client().get(f"{AT}/{key}").status_code == 404
    with lombok.test_request_context("/w/lombok/"), writing():
        found = queries.handed_in(neighbourhoods.by_slug("lombok").id, key)
        service.approve(found, found.last.hash, "a parent", "paper", "guardian")
    shown = lombok.test_client().get(f"{AT}/{key}").text
    assert "Buurman Teun" in shown
    assert "Bram" not in shown


def test_what_came_back_says_why_to_who_has_no_account_and_another_editor_can_be_asked(lombok):
    teller = lombok.test_client()
    tell(teller)
    key = key_of(lombok)
    decide(lombok, "back", "private")
    page = teller.get(f"{AT}/mine/{key}").text
    assert "Je kreeg hem terug" in page
    assert teller.post(f"{AT}/mine/{key}/appeal").status_code == 303
    assert "Een andere redacteur kijkt" in teller.get(f"{AT}/mine/{key}").text


def test_a_form_that_is_refused_keeps_what_was_told(lombok):
    answer = tell(lombok.test_client(), warning="w" * 121)
    assert answer.status_code == 422
    assert fault(answer.text, "warning").startswith("Te lang")
    assert "Buurman Teun" in answer.text


@pytest.mark.parametrize(
    ("words", "title"),
    [("De bel ging. Later niet meer.", "De bel ging"), (WORDS, "Op zaterdag stond de rij tot …"),
     ("x" * 90, "x" * 60 + " …")],
)  # fmt: skip
def test_a_story_without_a_title_is_called_after_how_it_begins(lombok, words, title):
    assert tell(lombok.test_client(), title="", words=words).status_code == 200
    with lombok.app_context():
        assert db.session.scalars(select(Contribution)).one().last.content["title"] == title


@pytest.mark.parametrize("said", ["eerlijk", "EERLIJK", "éérlijk", "rij brug", "slagerij"])
def test_the_search_finds_it_however_it_is_spelled(lombok, said):
    _teller, key = told_and_read(lombok)
    assert key in lombok.test_client().get(f"{AT}?q={said}").text
    assert key not in lombok.test_client().get(f"{AT}?q=bakkerij").text


def test_paragraphs_stay_and_a_long_story_is_kept_whole_or_refused(lombok):
    long = "Een zin van het verhaal. " * 230
    _teller, key = told_and_read(lombok, words=f"Eerst dit.\r\n\r\nDan dat.\r\n\r\n{long}")
    shown = lombok.test_client().get(f"{AT}/{key}").text
    assert "<p>Eerst dit.</p>" in shown
    assert shown.count("Een zin van het verhaal.") == 230
    refused = tell(lombok.test_client(), words="a" * 6001)
    assert refused.status_code == 422
    assert "a" * 6001 in refused.text, "nothing that was typed is lost"
