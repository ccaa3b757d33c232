"""Somebody with a pause, on their own phone: what waits, what stays possible, and that they read why and until when."""

import io
import json
import re
import zipfile

import pytest
from sqlalchemy import select

from core.conduct import pauses, suspending
from core.consent.models import Consent
from core.database import db, writing
from core.desk import queries as desk
from core.guard import Role
from core.people.models import Person
from core.photos.models import PLAYERS, WEB, Photo
from game.challenges.models import Challenge
from game.encounters.models import Encounter, State, Yes
from tests import make
from tests.core.desk.test_pages import say
from tests.core.people.test_cards import issue
from tests.core.staff.test_pages import join, with_code
from tests.game.encounters.test_allowed import NAMES, code, hand_in, person, street, tag  # noqa: F401 - a fixture

pytestmark = pytest.mark.both
BASE = "/w/lombok"
OWN = "You have a pause until Friday 5 June 12.00."
WHY = f"{BASE}/desk/answers"


@pytest.fixture
def fay(app, street):  # noqa: F811
    """Fay met Dirk, waits for Amina, is waited for by Bram and has a draft; then she gets a pause."""
    for one, key, challenge, other in (("dirk", "met", "bench", "fay"), ("bram", "asks fay", "bench", "fay")):
        street[one].post(
            f"{BASE}/together/{challenge}",
            data={"client_key": key, "photo": (make.jpeg(), "a.jpg"), "tag": tag(app, other)},
        )
    street["fay"].post(f"{at(app, 'met')}/yes")
    hand_in(street["fay"], "asks amina", "bike", tag=tag(app, "amina"))
    code(app, street["fay"], "draft", "colour")
    pause(app)
    return street["fay"]


def pause(app, days=3):
    with app.app_context(), writing():
        suspending.suspend(person("sister"), Role.EDITOR, person("fay"), days, "pushed", "Bel mij gerust.")


def at(app, key: str) -> str:
    with app.app_context():
        return f"/e/{db.session.scalars(select(Encounter.key).where(Encounter.client_key == key)).one()}"


def photo_of(app, key: str) -> str:
    with app.app_context():
        found = db.session.scalars(select(Encounter).where(Encounter.client_key == key)).one()
        return found.photos[0].key


def counts(app):
    with app.app_context():
        return {table.__name__: db.session.query(table).count() for table in (Encounter, Yes, Consent, Challenge)}


def refused(answer) -> bool:
    """In words for her alone, with the way to why."""
    page = answer.get_data(as_text=True)
    return answer.status_code == 403 and OWN in page and WHY in page


def test_what_waits_reads_why_until_when_and_where_to_ask(app, fay, street):  # noqa: F811
    letters = code(app, street["dirk"], "dirks", "colour")
    before = counts(app)
    answers = {
        "start": fay.get(f"{BASE}/together"),
        "the photo": fay.get(f"{BASE}/together/bench"),
        "hand in": hand_in(fay, "new", "bench", tag=tag(app, "amina")),
        "a card": fay.get(f"{BASE}/with/{tag(app, 'dirk')}"),
        "a code": fay.get(f"/e/{letters}"),
        "yes to a code": fay.post(f"/e/{letters}/yes"),
        "yes": fay.post(f"{at(app, 'asks fay')}/yes"),
        "yes without a photo": fay.post(f"{at(app, 'asks fay')}/yes", data={"photo": "without"}),
        "fresh letters": fay.post(f"{at(app, 'draft')}/code"),
        "name somebody": fay.post(f"{at(app, 'draft')}/here", data={"tag": tag(app, "amina")}),
        "yes to another photo": fay.post(f"{at(app, 'met')}/photo/{photo_of(app, 'met')}/yes"),
        "propose": fay.get(f"{BASE}/me/drafts/new"),
        "send": fay.post(f"{BASE}/me/drafts/new", data={"title": "Zwaai", "text": "Zwaai.", "lang": "nl"}),
        "propose a place": fay.get(f"{BASE}/me/places/new"),
        "send a place": fay.post(f"{BASE}/me/places/new", data={"name": "Stoep", "lat": "52.0905", "lon": "5.1005"}),
        "wider": fay.post(f"{BASE}/photos/{photo_of(app, 'met')}/who", data={"scope": WEB}),
        "another name": fay.post(f"{BASE}/me/name", data={"name": "Andere Naam"}),
        "a household": fay.post(f"{BASE}/me/household", data={"letters": tag(app, "dirk")}),
    }
    assert {what for what, answer in answers.items() if not refused(answer)} == set()
    assert counts(app) == before
    assert NAMES["fay"] in fay.get(f"{BASE}/me").get_data(as_text=True)


def test_they_write_nothing_more_at_a_talk_card_and_take_their_words_back(app, street):  # noqa: F811
    with app.app_context(), writing():
        make.challenge(person("fay").neighbourhood, "talk", kind="talk")
    hand_in(street["dirk"], "talked", "talk", tag=tag(app, "fay"))
    where = at(app, "talked")
    street["fay"].post(f"{where}/yes")
    street["dirk"].post(f"{where}/words", data={"words": "Wij ook"})
    pause(app)
    assert refused(street["fay"].post(f"{where}/words", data={"words": "Iets naars"}))
    assert street["fay"].post(f"{where}/words", data={"take_back": "1"}).status_code == 303


def test_a_phone_that_kept_a_hand_in_or_an_answer_reads_the_sentence_and_loses_nothing(app, fay):
    sent = {"client_key": "late", "without": "1", "age": "3600"}
    for path, form in ((f"{BASE}/together/bench", sent), (f"{at(app, 'asks fay')}/yes", {"photo": "with"})):
        answer = fay.post(path, data=form, headers={"Accept": "application/json"})
        assert answer.status_code == 403
        assert OWN in answer.json["error"].replace("\u00a0", " ")


def test_what_arrived_before_the_pause_is_acknowledged_again(app, fay):
    sent = {"client_key": "draft", "without": "1"}
    assert fay.post(f"{BASE}/together/colour", data=sent, headers={"Accept": "application/json"}).status_code == 201
    answer = fay.post(f"{at(app, 'met')}/yes", headers={"Accept": "application/json"})
    assert answer.json["answered"] == "yes"


def test_an_open_meeting_says_that_it_waits_and_takes_a_no(app, fay):
    for key, button in (("asks fay", "/no"), ("asks amina", "/take-back"), ("draft", "/take-back")):
        page = fay.get(at(app, key)).get_data(as_text=True)
        assert "You have a pause" in page
        assert f'action="{at(app, key)}{button}"' in page
        assert "/yes" not in page
    assert fay.post(f"{at(app, 'asks fay')}/no").status_code == 303
    assert fay.post(f"{at(app, 'asks amina')}/take-back").status_code == 303
    with app.app_context():
        states = {one.client_key: one.state for one in db.session.scalars(select(Encounter))}
    assert states["asks fay"] == State.DECLINED
    assert states["asks amina"] == State.REMOVED


def test_what_is_always_possible_stays_possible(app, fay):
    for page in (
        "/",
        "/me",
        "/album",
        "/challenges",
        "/me/card",
        "/me/blocks",
        "/me/data",
        "/desk/answers",
        "/waiting",
    ):
        assert fay.get(f"{BASE}{page}").status_code == 200, page
    assert fay.get(at(app, "met")).status_code == 200
    assert fay.post(f"{BASE}/photos/{photo_of(app, 'met')}/who", data={}).status_code == 303
    assert fay.post(f"{BASE}/report/name/{tag(app, 'dirk')}", data={"reason": "other"}).status_code == 303
    assert fay.post(f"{BASE}/me/blocks", data={"letters": tag(app, "dirk")}).status_code == 303
    with zipfile.ZipFile(io.BytesIO(fay.get(f"{BASE}/me/data.zip").data)) as packed:
        assert [row["reason"] for row in json.loads(packed.read("pauses.json"))] == ["pushed"]
    assert fay.post(f"{at(app, 'met')}/photo/{photo_of(app, 'met')}/withdraw").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Photo.forgotten_at).order_by(Photo.id)).first() is not None
    assert fay.post(f"{BASE}/me/erase", data={"name": NAMES["fay"]}).location == f"{BASE}/erased"


def test_ending_a_use_of_a_photo_is_possible_and_widening_it_is_not(app, fay, street):  # noqa: F811
    with app.app_context(), writing():
        suspending.resume(person("sister"), Role.EDITOR, _running())
    at_who = f"{BASE}/photos/{photo_of(app, 'met')}/who"
    fay.post(at_who, data={"scope": [PLAYERS, WEB]})
    pause(app)
    assert fay.post(at_who, data={"scope": PLAYERS}).status_code == 303
    assert refused(fay.post(at_who, data={"scope": [PLAYERS, WEB]}))


def test_coming_back_by_the_card_works_and_the_pause_comes_along(app, fay):
    secret = issue(fay)
    phone = app.test_client()
    phone.set_cookie("lang", "en")
    assert phone.post(f"{BASE}/back", data={"code": secret}).status_code == 303
    assert refused(phone.get(f"{BASE}/together"))


def test_every_page_of_theirs_says_so_and_no_page_of_another(app, fay, street):  # noqa: F811
    assert "You have a pause until Friday 5 June 12.00" in fay.get(f"{BASE}/me").get_data(as_text=True)
    for page in ("/", "/me", "/album", "/waiting", "/photos"):
        for other in ("dirk", "amina", "bram"):
            assert "pause" not in street[other].get(f"{BASE}{page}").get_data(as_text=True).lower(), page
    page = fay.get(f"{BASE}/offline").get_data(as_text=True)  # which the phone keeps: it holds nothing of anybody
    assert "pause" not in page.lower()


def test_who_waits_for_them_sees_a_meeting_that_is_over(app, fay, street):  # noqa: F811
    page = street["bram"].get(at(app, "asks fay")).get_data(as_text=True)
    assert "This meeting is over" in page or "The photo is gone" in page
    assert "pause" not in page.lower()


def test_after_it_they_play_on_and_points_and_album_were_never_touched(app, fay, clock):
    album = fay.get(f"{BASE}/album").get_data(as_text=True)
    assert NAMES["dirk"] in album
    assert ">10</span>" in fay.get(at(app, "met")).get_data(as_text=True)
    clock.advance(days=3)
    assert fay.get(f"{BASE}/together").status_code == 200
    assert hand_in(fay, "after", "bench", tag=tag(app, "amina")).status_code == 303
    assert "You have a pause" not in fay.get(f"{BASE}/me").get_data(as_text=True)


def test_they_read_who_and_why_and_ask_another_editor(app, fay):
    page = fay.get(WHY).get_data(as_text=True)
    for words in (
        NAMES["sister"],
        "Bel mij gerust.",
        "Somebody was pushed to meet.",
        "It is until Friday 5 June 12.00.",
    ):
        assert words in page
    [action] = re.findall(r'action="(/w/lombok/desk/answers/\w+/appeal)"', page)
    assert fay.post(action).status_code == 303
    editor = join(app, Role.EDITOR, "zoe", "Zwarte Fiets")
    with_code(editor)
    editor.set_cookie("lang", "en")
    desk_page = editor.get(f"{BASE}/desk/").get_data(as_text=True)
    for words in (NAMES["fay"], "The pause stays", "The pause ends now", "Bel mij gerust."):
        assert words in desk_page
    assert not any(NAMES[name] in desk_page for name in ("dirk", "bram", "amina"))  # whom she met
    [pause] = set(re.findall(r'action="/w/lombok/desk/pause/(\w+)"', desk_page))
    assert say(editor, "pause", pause, verdict="good").status_code == 303
    assert fay.get(f"{BASE}/together").status_code == 200
    assert "your pause is over" in fay.get(WHY).get_data(as_text=True)


# ---- the page of the desk


def test_an_editor_gives_a_pause_by_six_letters_and_ends_it(app, street):  # noqa: F811
    editor = join(app, Role.EDITOR, "zoe", "Zwarte Fiets")
    with_code(editor)
    empty = editor.get(f"{BASE}/desk/pauses").get_data(as_text=True)
    assert "Niemand heeft pauze" in empty
    assert re.findall(r'name="days" value="(\d+)"', empty) == ["1", "3", "7"]
    assert not any(name in empty for name in NAMES.values())
    form = {"letters": tag(app, "fay"), "days": "7", "reason": "pushed", "note": "Bel mij gerust."}
    assert editor.post(f"{BASE}/desk/pauses/long", data=form).status_code == 403
    assert editor.post(f"{BASE}/desk/pauses", data={**form, "days": "14"}).status_code == 422
    assert editor.post(f"{BASE}/desk/pauses", data=form).status_code == 303
    assert refused_for_a_week(street["fay"].get(f"{BASE}/together"))
    page = editor.get(f"{BASE}/desk/pauses").get_data(as_text=True)
    for words in (NAMES["fay"], "Zwarte Fiets", "dinsdag 9 juni 12.00", "Pauze beëindigen"):
        assert words in page
    [end] = re.findall(r'action="(/w/lombok/desk/pauses/\w+/end)"', page)
    assert editor.post(end).status_code == 303
    assert street["fay"].get(f"{BASE}/together").status_code == 200


@pytest.mark.parametrize(
    ("change", "status"), [({"letters": "ZZZZZZ"}, 404), ({"days": "14"}, 422), ({"reason": "because"}, 422)]
)
def test_a_pause_that_is_refused_keeps_what_the_editor_wrote(app, street, change, status):  # noqa: F811
    editor = join(app, Role.EDITOR, "zoe", "Zwarte Fiets")
    with_code(editor)
    form = {"letters": tag(app, "fay"), "days": "7", "reason": "pushed", "note": "Bel mij gerust.", **change}
    answer = editor.post(f"{BASE}/desk/pauses", data=form)
    assert answer.status_code == status
    assert re.search(r'id="\w+-fault"', answer.text), "the sentence stands at its field"
    assert re.search(r">\s*Bel mij gerust\.</textarea>", answer.text)
    assert f'value="{form["letters"]}"' in answer.text
    assert 'value="7" required checked' in answer.text or "days" in change
    assert 'value="pushed" required checked' in answer.text or "reason" in change


def refused_for_a_week(answer) -> bool:
    return answer.status_code == 403 and "Tuesday 9 June 12.00" in answer.get_data(as_text=True)


def test_a_coordinator_shows_first_that_it_is_them_and_then_gives_up_to_thirty_days(app, street, clock):  # noqa: F811
    lead = join(app, Role.COORDINATOR, "zoe", "Zwarte Fiets")
    with_code(lead)
    form = {"letters": tag(app, "fay"), "days": "30", "reason": "hurt"}
    clock.advance(minutes=11)
    page = lead.get(f"{BASE}/desk/pauses?tag={tag(app, 'fay')}").get_data(as_text=True)
    assert 'name="days"' not in page
    assert "/staff/again?then=" in page
    assert lead.post(f"{BASE}/desk/pauses/long", data=form).status_code == 403
    assert lead.post(f"{BASE}/desk/pauses", data=form).status_code == 403  # not an editor
    assert street["fay"].get(f"{BASE}/together").status_code == 200
    lead = join(app, Role.COORDINATOR, "yara", "Witte Fiets")
    with_code(lead)
    page = lead.get(f"{BASE}/desk/pauses?tag={tag(app, 'fay')}").get_data(as_text=True)
    assert re.findall(r'name="days" value="(\d+)"', page) == ["1", "3", "7", "14", "30"]
    assert f'value="{tag(app, "fay")}"' in page
    assert lead.post(f"{BASE}/desk/pauses/long", data=form).status_code == 303
    assert street["fay"].get(f"{BASE}/together").status_code == 403


def test_letters_of_another_neighbourhood_read_as_unknown_ones(app, street):  # noqa: F811
    with app.app_context(), writing():
        theirs = make.person(make.neighbourhood("hoograven"), "Verre Vriend").tag
    editor = join(app, Role.EDITOR, "zoe", "Zwarte Fiets")
    with_code(editor)
    answers = [
        editor.post(f"{BASE}/desk/pauses", data={"letters": letters, "days": "3", "reason": "hurt"})
        for letters in (theirs, "XXXXXX")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    pages = [answer.text.replace(letters, "") for answer, letters in zip(answers, (theirs, "XXXXXX"), strict=True)]
    assert pages[0] == pages[1]
    with app.app_context():
        far = db.session.scalars(select(Person).where(Person.name == "Verre Vriend")).unique().one()
        assert desk.answers(far.player_key) == []


def _running() -> str:
    [(found, _person)] = pauses.running(person("fay").neighbourhood_id)
    return found.key
