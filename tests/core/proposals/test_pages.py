"""The pages of who proposes a place, and what everybody sees of it: nothing before the yes."""

import re

import pytest
from sqlalchemy import select

from core.contributions.models import Contribution, Version
from core.database import db, writing
from core.desk import service as deciding
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.people import service as people
from core.people.models import Person
from core.places import service as places
from core.places.models import Spot
from tests import make
from tests.core.desk.test_pages import say
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, told, twice_at_once, typed

pytestmark = pytest.mark.both
OWN = "/w/lombok/me/places"
WHERE = {"lat": "52.0912", "lon": "5.1013"}
FORM = {**WHERE, "lang": "nl", "name": "De zonnige stoep", "street": "Plein", "about": "Met stoelen.", "named": "1"}
WORDS = {name: said for name, said in FORM.items() if name not in ("lang", "named")}
SPOT = "/w/lombok/spots/de-zonnige-stoep"
SEEN_BY_ALL = ("", "map", "map.geojson", "challenges", "spots/de-zonnige-stoep", "thermometer", "photos")


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
    return app


@pytest.fixture
def phone(lombok):
    return phone_of(lombok, "Blauwe Reiger")


def phone_of(app, name):
    with app.app_context(), writing():
        token = people.sign_in(db.session.scalars(select(Person).where(Person.name == name)).unique().one())
    device = app.test_client()
    device.set_cookie("device", token)
    return device


def send(phone, **change):
    return phone.post(f"{OWN}/new", data={**FORM, **change})


def key_of(app):
    with app.app_context():
        return db.session.scalars(select(Contribution.key).order_by(Contribution.id.desc()).limit(1)).one()


def accept(app):
    key = key_of(app)
    with app.test_request_context("/w/lombok/"), writing():
        here = neighbourhoods.by_slug("lombok")
        deciding.decide(here.id, "place", key, "good", "an editor", Role.EDITOR)


def test_a_player_proposes_one_and_sees_how_it_stands(lombok, phone):
    assert "Ken je een plek die hier hoort?" in phone.get("/w/lombok/map").text
    assert f'href="{OWN}/new"' in phone.get("/w/lombok/map").text
    assert "Nog geen plek voorgesteld" in phone.get(OWN).text
    assert OWN not in phone.get("/w/lombok/me").text
    assert send(phone).status_code == 303
    assert "Een redacteur kijkt eerst" in phone.get(OWN).text
    assert OWN in phone.get("/w/lombok/me").text
    accept(lombok)
    page = phone.get(OWN).text
    assert "Deze plek staat op de kaart" in page
    assert f'href="{SPOT}"' in page
    assert "De zonnige stoep" in phone.get("/w/lombok/map").text
    assert "Met stoelen." in phone.get(SPOT).text


def test_before_the_yes_nobody_sees_it_anywhere(lombok, phone):
    maker = join(lombok, Role.MAKER, "maker", "Rode Laars")
    everybody = {"visitor": lombok.test_client(), "player": phone_of(lombok, "Warme Sjaal"), "own": phone}
    pages = [(who, f"/w/lombok/{page}") for who in everybody for page in SEEN_BY_ALL]
    of_makers = [f"/w/lombok/{page}" for page in ("staff/spots", "staff/spots.csv", "staff/start", "print/plates")]
    maker.get("/w/lombok/staff/spots")  # says "welcome" once
    before = [everybody[who].get(page).data for who, page in pages], [maker.get(page).data for page in of_makers]
    assert "Een redacteur kijkt ernaar" in told(phone, send(phone))
    after = [everybody[who].get(page).data for who, page in pages], [maker.get(page).data for page in of_makers]
    assert [plain(one) for one in (*after[0], *after[1])] == [plain(one) for one in (*before[0], *before[1])]
    accept(lombok)
    assert "De zonnige stoep" in everybody["visitor"].get("/w/lombok/map").text
    assert "De zonnige stoep" in maker.get("/w/lombok/staff/spots.csv").text


def plain(page):
    """Without what is drawn by lot."""
    return re.sub(rb'value="[a-z2-7]{26}"', b"", page)


def test_a_place_is_its_players_alone(lombok, phone):
    send(phone)
    key, other = key_of(lombok), phone_of(lombok, "Warme Sjaal")
    assert "De zonnige stoep" not in other.get(OWN).text
    assert other.get(f"{OWN}/{key}").status_code == 404
    for act in ("", "/withdraw", "/name"):
        assert other.post(f"{OWN}/{key}{act}", data=FORM).status_code == 404
    assert lombok.test_client().get(f"{OWN}/{key}").location.startswith("/w/lombok/join?")
    assert "teruggenomen" in told(phone, phone.post(f"{OWN}/{key}/withdraw"))
    assert "De zonnige stoep" not in phone.get(OWN).text
    assert phone.post(f"{OWN}/{key}/withdraw").status_code == 404


def test_every_button_on_the_own_page_says_of_which_place_it_is(lombok, phone):
    send(phone)
    accept(lombok)
    send(phone, name="De boom")
    page = phone.get(OWN).text
    acts = [*re.findall(r"<button[^>]*--small.*?</button>", page), *re.findall(r"<a[^>]*--small.*?</a>", page)]
    named = [re.search(r"boom|stoep", act)[0] for act in acts]
    assert named == ["boom", "stoep", "boom"]


def test_what_is_written_anew_stands_there_in_place_of_the_first(lombok, phone):
    send(phone)
    key = key_of(lombok)
    form = phone.get(f"{OWN}/{key}").text
    assert 'value="De zonnige stoep"' in form
    assert "Met stoelen." in form
    assert phone.post(f"{OWN}/{key}", data={**FORM, "name": "De stoep van 12"}).status_code == 303
    accept(lombok)
    assert phone.get(f"{OWN}/{key}").status_code == 404
    with lombok.app_context():
        assert db.session.scalars(select(Spot.name)).all() == ["De stoep van 12"]


@pytest.mark.parametrize(
    "change",
    [{"name": ""}, {"name": " … "}, {"name": "x" * 81}, {"street": "x" * 81}, {"about": "x" * 301}, {"lat": "noord"},
     {"lat": "nan"}, {"lat": "52.5"}, {"lon": ""}, {"lat": "52.09", "lon": "5.1"}, {"lat": "1e400"},
     {"lon": "365.1013"}, {"lat": "127.909", "lon": "-174.9"}, {"lat": "127.91", "lon": "185.1"}],
)  # fmt: skip
def test_a_refused_form_keeps_what_was_typed_and_nothing_is_sent(lombok, phone, change):
    answer = send(phone, **change)
    assert answer.status_code == 422
    assert {name: typed(answer.text, name) for name in WORDS} == {**WORDS, **change}
    assert 'name="named" value="1" checked' in answer.text
    at = next(
        iter(change.keys() & {"name", "street", "about"}), "lat"
    )  # what is wrong with a place stands at its first
    assert [name for name in WORDS if fault(answer.text, name)] == [at]
    with lombok.app_context():
        assert db.session.scalars(select(Contribution)).all() == []


def test_a_place_sent_twice_at_one_instant_is_one_and_with_other_words_another(lombok, phone):
    said = {**FORM, "client_key": key_in(phone.get(f"{OWN}/new").text)}
    assert twice_at_once(lombok, phone, f"{OWN}/new", said) == [303, 303]
    assert send(phone, **{**said, "name": "De boom"}).status_code == 303
    with lombok.app_context():
        sent = db.session.scalars(select(Version.content).order_by(Version.id)).all()
        assert [one["name"] for one in sent] == ["De zonnige stoep", "De boom"]


def test_a_refused_form_keeps_every_line_of_what_there_is_to_know(lombok, phone):
    lines = "\r\n".join(f"regel {number:02}" for number in range(32))  # 287 signs on one line, 318 as they are sent
    assert "regel 31</textarea>" in send(phone, about=lines, lat="noord").text
    too_long = f"{lines} en nog veel meer"  # to send, not to keep
    assert "en nog veel meer</textarea>" in send(phone, about=too_long).text


def test_unseen_signs_go_and_markup_stays_words(lombok, phone):
    send(phone, name="\u202e<b>Stoep</b>\u200f", about="<script>1</script>", lang="en")
    assert "&lt;b&gt;Stoep&lt;/b&gt;" in phone.get(OWN).text
    accept(lombok)
    with lombok.app_context():
        spot = db.session.scalars(select(Spot)).one()
        assert (spot.name, spot.texts) == ("<b>Stoep</b>", {"en": {"about": "<script>1</script>"}})
    assert "<script>1" not in phone.get(f"/w/lombok/spots/{spot.key}").text


def test_the_name_stands_there_only_when_ticked_follows_the_player_and_goes_with_a_tap(lombok, phone):
    send(phone)
    accept(lombok)
    assert 'Bedacht door <bdi translate="no">Blauwe Reiger</bdi>' in lombok.test_client().get(SPOT).text
    phone.post("/w/lombok/me/name", data={"name": "Zilveren Meeuw"})
    assert "Zilveren Meeuw" in lombok.test_client().get(SPOT).text
    assert "Jouw naam staat er niet meer" in told(phone, phone.post(f"{OWN}/{key_of(lombok)}/name"))
    assert "Zilveren Meeuw" not in lombok.test_client().get(SPOT).text


def test_without_the_tick_no_name_stands_there(lombok, phone):
    phone.post(f"{OWN}/new", data={name: value for name, value in FORM.items() if name != "named"})
    accept(lombok)
    assert "Bedacht door" not in lombok.test_client().get(SPOT).text


def test_sent_once_more_without_the_tick_it_is_one_place_without_a_name(lombok, phone):
    send(phone)
    phone.post(f"{OWN}/new", data={name: value for name, value in FORM.items() if name != "named"})
    with lombok.app_context():
        assert db.session.scalars(select(Contribution.named)).all() == [False]


def test_with_words_of_staff_no_name_of_a_player_stands(lombok, phone):
    send(phone)
    accept(lombok)
    maker = join(lombok, Role.MAKER, "maker", "Rode Laars")
    change = f"/w/lombok/staff/spots/{SPOT.rpartition('/')[2]}"
    said = {**WHERE, "name": "De zonnige stoep", "about-nl": "Met stoelen.", "about-en": "With chairs.", "radius": "60"}
    assert maker.post(change, data=said).status_code == 303
    assert "Blauwe Reiger" in lombok.test_client().get(SPOT).text
    maker.post(change, data={**said, "about-nl": "Zonder stoelen."})
    assert "Blauwe Reiger" not in lombok.test_client().get(SPOT).text


def test_who_asked_to_be_erased_is_named_no_more(lombok, phone):
    send(phone)
    accept(lombok)
    with lombok.app_context(), writing():
        person = db.session.scalars(select(Person).where(Person.name == "Blauwe Reiger")).unique().one()
        person.leaving_at = person.joined_at
    page = lombok.test_client().get(SPOT)
    assert page.status_code == 200
    assert "Blauwe Reiger" not in page.text


def test_a_reported_place_at_which_something_hangs_has_no_answer_that_can_only_be_refused(lombok, phone):
    send(phone)
    accept(lombok)
    lombok.test_client().post(f"/w/lombok/report/place/{key_of(lombok)}", data={"reason": "other"})
    editor = join(lombok)
    with_code(editor)
    page = editor.get("/w/lombok/desk/").text
    assert all(words in page for words in (">Mag blijven<", ">Van de kaart en terug naar de bedenker", ">Weghalen"))
    with lombok.app_context(), writing():
        places.put_up(db.session.scalars(select(Spot)).one())
    page = editor.get("/w/lombok/desk/").text
    assert ">Mag blijven<" in page
    assert "Bij deze plek hoort al een bordje of opdracht." in page
    assert 'href="/w/lombok/staff/spots/de-zonnige-stoep"' in page
    assert 'name="reason"' not in page


def test_a_place_of_makers_says_nothing_of_who_or_of_reporting(lombok):
    with lombok.app_context(), writing():
        db.session.add(make.spot(neighbourhoods.by_slug("lombok")))
    page = lombok.test_client().get("/w/lombok/spots/bank").text
    assert "Bedacht door" not in page
    assert "/report/" not in page


def test_an_editor_sees_it_on_a_map_answers_and_undoes(lombok, phone):
    send(phone)
    editor = join(lombok)
    with_code(editor)
    page = editor.get("/w/lombok/desk/").text
    assert re.search(
        r'buurt-sign" lang="nl" dir="auto" translate="no">De zonnige stoep<.*?Plein, Lombok', page, re.DOTALL
    )
    assert "Met stoelen.</p>" in page, "as its page would say it"
    assert ">Mag op de kaart<" in page
    assert '<place-shown class="buurt-stack buurt-stack--sm" data-lat=' in page
    assert "52.09120, 5.10130" in page
    answer = say(editor, "place", key_of(lombok), verdict="good")
    assert lombok.test_client().get(SPOT).status_code == 200
    editor.post(f"/w/lombok/desk/undo/{answer.location.rpartition('=')[2]}")
    assert lombok.test_client().get(SPOT).status_code == 404
    say(editor, "place", key_of(lombok), verdict="back", reason="unclear", note="Welke stoep?")
    page = phone.get(OWN).text
    assert "Je kreeg hem terug" in page
    assert "Welke stoep?" in phone.get("/w/lombok/desk/answers").text
    assert phone.get(f"{OWN}/{key_of(lombok)}").status_code == 200


def test_who_plays_elsewhere_proposes_nothing_here(lombok, phone):
    with lombok.app_context(), writing():
        make.neighbourhood("zuilen")
    assert phone.post("/w/zuilen/me/places/new", data=FORM).status_code in (401, 403)
    with lombok.app_context():
        assert db.session.scalars(select(Contribution)).all() == []
