"""The pictures of a story: chosen in plain fields, shown with the yes of who is in them, changed and taken away."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from core.contributions.models import Contribution
from core.database import db, writing
from core.guard import Role
from core.media.models import Media
from core.neighbourhoods import queries as neighbourhoods
from core.storage import storage
from tests import make
from tests.core.photos import hostile
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in
from tests.tours.stories.test_pages import AT, FORM, decide, key_of, lombok, say_yes, tell, told_and_read
from tours.stories import pictures, queries, service
from tours.stories.models import Picture
from tours.stories.picture_pages import SLOTS

pytestmark = pytest.mark.both
__all__ = ["lombok"]  # a fixture
UNASKED = "Iemand erop is nog niet gevraagd"


def picture(slot: str, about: str, colour: str = "teal", **more) -> dict:
    """What a browser sends of one picture."""
    said = {"file": (make.jpeg(colour), "foto.jpg"), "about": about, "whose": "own", "people": "nobody", **more}
    return {f"{slot}-{name}": value for name, value in said.items() if value is not None}


def change(device, key: str, **sent):
    """The page of a story that is told anew, sent as it stands but for this."""
    page = device.get(f"{AT}/mine/{key}/change").text
    kept = dict(re.findall(r'name="(\w+-kept)"[^>]*value="(\w+)"', page))
    return device.post(f"{AT}/mine/{key}/change", data={**FORM, "client_key": key_in(page), **kept, **sent})


def described(slot: str, about: str, **more) -> dict:
    """What is said of a picture that was there before."""
    return {name: value for name, value in picture(slot, about, **more).items() if not name.endswith("-file")}


def given(app) -> list[dict]:
    """What the last version of the last story says of its pictures."""
    with app.app_context():
        found = db.session.scalars(select(Contribution).order_by(Contribution.id.desc()).limit(1)).one()
        return found.last.content["pictures"]


def nothing_is_kept(app) -> bool:
    with app.app_context():
        rows = [*db.session.scalars(select(Contribution)), *db.session.scalars(select(Media))]
        return not rows and not list(storage().names()) and not list(storage().tmp().iterdir())


def test_four_pictures_come_in_by_plain_fields_and_stand_there_with_all_that_was_said_of_them(lombok):
    sent = {
        **picture("then", "De winkel met een luifel", "sienna", when="ongeveer 1974", whose="family"),
        **picture("now", "De winkel is nu een kas", when="nu"),
        **picture("third", "De kassa", whose="archive", source="Het Utrechts Archief 123-4"),
        **picture("fourth", "De stoep", whose="other", source="", people="unrecognisable"),
    }
    _teller, key = told_and_read(lombok, **sent)
    reader = lombok.test_client()
    page = reader.get(f"{AT}/{key}").text
    assert page.index('alt="De winkel met een luifel"') < page.index('alt="De winkel is nu een kas"')
    for words in ("<then-now", "± 1974", "Het Utrechts Archief 123-4", "Vraag het eerst aan het archief", "niet wie."):
        assert words in page, words
    for number in range(4):
        with reader.get(f"{AT}/{key}/{number}/small.webp") as answer:
            assert answer.status_code == 200
    with lombok.app_context():
        shown = db.session.scalars(select(Picture).order_by(Picture.number)).all()
        assert [one.role for one in shown] == ["then", "now", "photo", "photo"]
        names = [one.rights.removeprefix("http://rightsstatements.org/vocab/").partition("/")[0] for one in shown]
        assert names == ["InC", "InC", "CNE", "InC-RUU"]
        assert (shown[0].edtf, shown[2].credit) == ("1974~", "Het Utrechts Archief 123-4")


@pytest.mark.parametrize(
    ("when", "read"),
    [("ongeveer 1974", "ongeveer 1974 (wij lezen: ± 1974)"), ("1974", ">1974</bdi>"),
     ("in de jaren zestig", "in de jaren zestig (wij lezen: jaren 60)"),
     ("toen oma jong was", "toen oma jong was (wij lezen er geen jaar in)")],
)  # fmt: skip
def test_its_teller_and_the_desk_see_which_year_was_read_in_what_was_written(lombok, when, read):
    teller, editor = lombok.test_client(), join(lombok, Role.EDITOR)
    with_code(editor)
    tell(teller, **picture("third", "De kassa", when=when))
    key = key_of(lombok)
    for page in (teller.get(f"{AT}/mine/{key}"), editor.get(f"/w/lombok/desk/?item=story.{key}")):
        text = page.get_data(as_text=True)
        assert read in text, re.findall("figcaption.*?/figcaption", text, re.DOTALL)
    decide(lombok)
    say_yes(teller, key)
    assert "wij lezen" not in lombok.test_client().get(f"{AT}/{key}").text, "everybody reads the teller's own words"


def test_one_half_of_a_pair_stands_there_as_any_picture(lombok):
    _teller, key = told_and_read(lombok, **picture("now", "De kas"))
    page = lombok.test_client().get(f"{AT}/{key}").text
    assert 'alt="De kas"' in page
    assert "then-now" not in page


def test_a_picture_of_people_who_were_not_asked_stays_away_and_teller_and_editor_read_so_at_once(lombok):
    teller, reader, editor = lombok.test_client(), lombok.test_client(), join(lombok, Role.EDITOR)
    with_code(editor)
    answer = tell(teller, **picture("third", "De rij", people="unasked"), **picture("fourth", "De deur"))
    assert "Eén foto blijft weg" in answer.text
    key = key_of(lombok)
    assert UNASKED in teller.get(f"{AT}/mine/{key}").text
    desk = editor.get(f"/w/lombok/desk/?item=story.{key}").text
    assert UNASKED in desk
    assert "blijft weg om wie erop staan" in desk
    decide(lombok)
    assert UNASKED in teller.get(f"{AT}/mine/{key}/yes").text
    say_yes(teller, key)
    page = reader.get(f"{AT}/{key}").text
    assert 'alt="De deur"' in page
    assert "De rij" not in page.replace("De rij bij Kuiper", "")
    assert reader.get(f"{AT}/{key}/0/large.webp").status_code == 404
    change(teller, key, **described("third", "De rij", people="consented"), **described("fourth", "De deur"))
    decide(lombok, key=f"{key}.2")
    assert reader.get(f"{AT}/{key}/0/large.webp").status_code == 404, "its teller did not sign that yet"
    say_yes(teller, key)
    with reader.get(f"{AT}/{key}/0/large.webp") as shown:
        assert shown.status_code == 200, "they said yes after all"


def test_a_childs_story_shows_nobody_who_can_be_recognised_whoever_said_yes(lombok):
    teller = lombok.test_client()
    tell(teller, young="1", **picture("third", "Mijn klas", people="consented"), **picture("fourth", "Het plein"))
    key = key_of(lombok)
    assert "tonen we geen gezichten" in teller.get(f"{AT}/mine/{key}").text
    decide(lombok)
    say_yes(teller, key)
    with lombok.test_request_context("/w/lombok/"), writing():
        found = queries.handed_in(neighbourhoods.by_slug("lombok").id, key)
        service.approve(found, found.last.hash, "a parent", "paper", "guardian")
    page = lombok.test_client().get(f"{AT}/{key}").text
    assert 'alt="Het plein"' in page
    assert "Mijn klas" not in page


def test_told_anew_one_is_described_anew_one_goes_and_one_comes(lombok):
    teller, key = told_and_read(lombok, **picture("then", "Een luifel"), **picture("third", "De kassa"))
    first, second = (one["key"] for one in given(lombok))
    answer = change(
        teller, key, **described("then", "Een gestreepte luifel"), **described("third", "De kassa", away="1"),
        **picture("now", "De kas", "green"),
    )  # fmt: skip
    assert answer.status_code == 303
    now = given(lombok)
    assert [(one["role"], one["about"]) for one in now] == [("then", "Een gestreepte luifel"), ("now", "De kas")]
    assert now[0]["key"] == first
    assert second not in {one["key"] for one in now}
    reader = lombok.test_client()
    assert 'alt="De kassa"' in reader.get(f"{AT}/{key}").text, "until both signed the new one"
    decide(lombok, key=f"{key}.2")
    say_yes(teller, key)
    page = reader.get(f"{AT}/{key}").text
    assert "De kassa" not in page
    assert "<then-now" in page


def test_an_editors_words_keep_the_pictures(lombok):
    teller, editor = lombok.test_client(), join(lombok, Role.EDITOR)
    with_code(editor)
    tell(teller, **picture("then", "Een luifel"))
    before, key = given(lombok), key_of(lombok)
    editor.post(f"{AT}/edit/{key}", data={"title": "De rij", "words": "Korter.", "note": ""})
    assert given(lombok) == before


def test_the_same_form_sent_twice_is_one_and_with_another_picture_it_is_another(lombok):
    teller = lombok.test_client()
    key = key_in(teller.get(f"{AT}/tell/write").text)
    for colour, many in (("teal", 1), ("teal", 1), ("red", 2)):
        teller.post(f"{AT}/tell/write", data={**FORM, "client_key": key, **picture("then", "Een luifel", colour)})
        with lombok.app_context():
            assert len(db.session.scalars(select(Media)).all()) == many
            assert list(storage().tmp().iterdir()) == []


@pytest.mark.parametrize("slot", SLOTS)
@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "Deze foto kunnen we niet lezen"),
        (b"<html><script>alert(1)</script>", "Deze foto kunnen we niet lezen"),
        (hostile.as_file(hostile.picture())[:700], "stuk of niet compleet"),
        (hostile.as_file(hostile.picture(9000, 12), "PNG")[:-40], "stuk of niet compleet"),
    ],
    ids=["empty", "svg", "html", "cut off", "half a png"],
)
def test_a_file_that_is_no_picture_is_refused_at_its_field_and_nothing_is_kept(lombok, slot, file, says):
    sent = picture(slot, "Een luifel", file=(BytesIO(file), "foto.jpg"))
    other = next(each for each in SLOTS if each != slot)
    answer = tell(lombok.test_client(), **picture(other, "Goed"), **sent)
    assert answer.status_code in (413, 415, 422)
    said = fault(answer.text, f"{slot}-file")
    assert (says or "foto") in said
    assert "Buurman Teun" in answer.text, "what was told is still there"
    assert nothing_is_kept(lombok)


@pytest.mark.parametrize(
    ("missing", "field", "says"),
    [
        ({"about": ""}, "about", "Zeg wat er op de foto staat."),
        ({"people": None}, "people", "Zeg wie er op de foto staan."),
        ({"people": "somebody"}, "people", "Kies"),
        ({"whose": "the king"}, "whose", "Kies"),
        ({"about": "x" * 201}, "about", "Te lang"),
        ({"file": None}, "file", "Kies ook de foto zelf."),
    ],
)
def test_what_has_to_be_said_of_a_picture_is_asked_at_its_field_and_nothing_is_kept(lombok, missing, field, says):
    answer = tell(lombok.test_client(), **picture("now", **{"about": "De kas", **missing}))
    assert answer.status_code == 422
    assert says in fault(answer.text, f"now-{field}")
    assert nothing_is_kept(lombok)
    assert '<details class="buurt-more" open>' in answer.text


def test_nobody_takes_a_picture_of_another_story_into_their_own(lombok):
    other = lombok.test_client()
    tell(other, **picture("then", "Van een ander"))
    [theirs] = given(lombok)
    mine, key = told_and_read(lombok, title="De mijne")
    page = mine.get(f"{AT}/mine/{key}/change").text
    sent = {**FORM, "client_key": key_in(page), **described("then", "Gestolen"), "then-kept": theirs["key"]}
    assert mine.post(f"{AT}/mine/{key}/change", data=sent).status_code == 422
    assert given(lombok) == []


def test_the_camera_may_be_used_where_a_story_is_told_and_nowhere_else_of_stories(lombok):
    teller, key = told_and_read(lombok)
    allowed = {page: "camera=(self)" in teller.get(f"{AT}{page}").headers["Permissions-Policy"]
               for page in ("/tell/write", f"/mine/{key}/change", "", f"/{key}", f"/mine/{key}", "/tell")}  # fmt: skip
    assert [page for page, may in allowed.items() if may] == ["/tell/write", f"/mine/{key}/change"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"whose": "own"}, "InC"), ({"whose": "family"}, "InC"), ({"whose": "other", "source": "Wies"}, "InC"),
        ({"whose": "other", "source": ""}, "InC-RUU"), ({"whose": "archive"}, "CNE"), ({"whose": "unknown"}, "UND"),
        ({"whose": "mine"}, "UND"), ({}, "UND"),
    ],
)  # fmt: skip
def test_what_may_be_done_with_a_picture_follows_from_whose_it_is(said, name):
    assert pictures.rights(said).uri == f"http://rightsstatements.org/vocab/{name}/1.0/"
    assert (pictures.credit(said) == "Wies") == (said.get("source") == "Wies")
