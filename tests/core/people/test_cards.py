"""The player card: a face that names somebody, a way back in that is shown once, and coming back with it."""

import re

import pytest
from sqlalchemy import select

from core import codes
from core.database import db, writing
from core.desk.models import Report
from core.people import cards, recovery
from core.people import service as people
from core.people.cards import WayBack
from core.people.models import Device, Person
from core.refusal import Refusal
from tests import make
from tests.forms import fault, told
from tests.game.challenges import drafting
from tests.game.challenges.drafting import WORDS

GROUP = re.compile(r"<bdi[^>]*>([0-9A-Z]{5,6})</bdi>")


@pytest.fixture
def phone(app):
    with app.app_context():
        make.world()
    made = app.test_client()
    assert made.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"}).status_code == 303
    return made


def issue(phone) -> str:
    answer = phone.post("/w/lombok/me/card")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return "".join(GROUP.findall(answer.text))


def come_back(phone, code: str, **more: str):
    return phone.post("/w/lombok/back", data={"code": code, **more})


def name_of(phone) -> str | None:
    found = re.search(r"<h1><bdi[^>]*>(.+?)</bdi></h1>", phone.get("/w/lombok/me").text)
    return found and found.group(1)


def test_a_secret_has_130_bits_and_reads_back_however_it_is_typed():
    assert len(codes.LONG_LETTERS) == 32
    code = codes.long_code()
    assert len(code) * 5 == 130
    for typed in (code.lower(), " ".join(codes.in_groups(code)), "-".join(codes.in_groups(code)), f" {code}\n"):
        assert codes.LONG.read(typed) == code
    assert codes.LONG.read("OoIiLl" + "7" * 20) == "001111" + "7" * 20
    for wrong in ("", code[:-1], code + "7", code[:-1] + "U", code[:-1] + "é"):
        assert codes.LONG.read(wrong) is None


def test_the_way_back_is_shown_once_and_kept_as_a_hash(app, phone):
    code = issue(phone)
    assert codes.LONG.read(code) == code
    later = phone.get("/w/lombok/me/card").text
    assert code[:5] not in later
    assert not GROUP.search(later)
    with app.app_context():
        [kept] = db.session.scalars(select(WayBack)).all()
        assert kept.code_hash == cards.hashed(code)
        assert code not in repr(vars(kept))


def test_another_phone_becomes_theirs_and_the_old_one_a_visitor(app, phone):
    code, new = issue(phone), app.test_client()
    assert come_back(new, code).status_code == 303
    assert name_of(new) == "Rode Fiets"
    assert phone.get("/w/lombok/me").status_code == 303
    assert "/join" in phone.get("/w/lombok/me").headers["Location"]


def test_the_other_phones_stay_when_asked(app, phone):
    code, new = issue(phone), app.test_client()
    come_back(new, code, others="stay")
    assert name_of(new) == name_of(phone) == "Rode Fiets"


def test_a_new_card_kills_the_old_one_and_a_card_may_serve_again(app, phone):
    old, new = issue(phone), issue(phone)
    assert come_back(app.test_client(), old).status_code == 422
    for _time in range(2):
        assert come_back(app.test_client(), new).status_code == 303


def test_the_page_that_shows_a_way_back_loaded_again_makes_no_other_and_kills_none(app, phone):
    key = re.search(r'name="client_key" value="(\w+)"', phone.get("/w/lombok/me/card").text)[1]
    code = "".join(GROUP.findall(phone.post("/w/lombok/me/card", data={"client_key": key}).text))
    again = phone.post("/w/lombok/me/card", data={"client_key": key})
    assert told(phone, again) == "Die code heb je al gezien. Heb je hem niet bewaard? Maak dan een nieuwe."
    assert come_back(app.test_client(), code).status_code == 303


def test_coming_back_on_a_phone_of_somebody_else_leaves_no_second_phone_behind(app, phone):
    code, other = issue(phone), app.test_client()
    other.post("/w/lombok/join", data={"name": "Groene Deur", "age": "adult"})
    come_back(other, code, others="stay")
    assert name_of(other) == "Rode Fiets"
    with app.app_context():
        green = db.session.scalar(select(Person).where(Person.name == "Groene Deur"))
        live = select(Device).where(Device.person_id == green.id, Device.ended_at.is_(None))
        assert db.session.scalar(live) is None


def test_unknown_killed_and_another_neighbourhoods_codes_read_the_same_and_what_is_none_says_what_it_lacks(app, phone):
    old, code = issue(phone), issue(phone)
    with app.app_context(), writing():
        make.neighbourhood("elders")
    wrong = [("lombok", codes.long_code()), ("lombok", old), ("elders", code)]
    answers = [app.test_client().post(f"/w/{where}/back", data={"code": typed}) for where, typed in wrong]
    assert {answer.status_code for answer in answers} == {422}
    sentences = {fault(answer.text, "code") for answer in answers}
    assert sentences == {"Deze code kennen we niet, of hij is verlopen. Kijk of je een letter verwisselde."}
    assert all(f'value="{typed}"' in answer.text for answer, (_where, typed) in zip(answers, wrong, strict=True))
    short = app.test_client().post("/w/lombok/back", data={"code": code[:-1]})
    assert fault(short.text, "code") == "Er mist één teken, je hebt er 25."
    assert f'value="{code[:-1]}"' in short.text
    assert not any("Set-Cookie" in answer.headers for answer in answers)


def test_who_asked_to_be_erased_does_not_come_back_by_card(here, amina):
    from core import clock

    code = cards.issue(amina)
    amina.leaving_at = clock.now()
    with pytest.raises(Refusal):
        recovery.come_back(here.id, code, True, "")


def test_a_chosen_language_goes_along_to_a_new_phone_and_none_keeps_the_phones_own(app, phone):
    english = {"Accept-Language": "en"}
    code = issue(phone)
    plain = app.test_client()
    come_back(plain, code, others="stay")
    assert 'lang="en"' in plain.get("/w/lombok/me", headers=english).text[:200]
    phone.post("/language", data={"lang": "nl", "back": "/w/lombok/me"})
    new = app.test_client()
    come_back(new, code, others="stay")
    assert 'lang="nl"' in new.get("/w/lombok/me", headers=english).text[:200]


def test_an_unknown_language_is_not_kept(app, phone):
    phone.post("/language", data={"lang": "xx", "back": "/w/lombok/me"})
    with app.app_context():
        assert db.session.scalar(select(Person.lang).where(Person.name == "Rode Fiets")) is None


# ---- the face


def letters_of(app, name: str) -> str:
    with app.app_context():
        return db.session.scalar(select(Person.tag).where(Person.name == name))


def test_a_player_who_opens_a_card_gets_a_photo_together_with_the_letters_filled_in(app, phone):
    tag = letters_of(app, "Blauwe Reiger")
    page = phone.get(f"/w/lombok/with/{tag.lower()}").text
    assert "Blauwe Reiger" in page
    onwards = re.search(rf'href="(/w/lombok/together/\w+\?tag={tag})"', page).group(1)
    assert f'value="{tag}"' in phone.get(onwards).text


def test_a_meeting_that_waits_for_its_other_is_offered_on_the_card(app, phone):
    phone.post("/w/lombok/together/bench", data={"without": "1"})
    tag = letters_of(app, "Blauwe Reiger")
    page = phone.get(f"/w/lombok/with/{tag}").text
    here = re.search(r'action="(/e/[a-z2-7]{26}/here)"', page).group(1)
    assert phone.post(here, data={"tag": tag}).status_code == 303


def test_a_visitor_reads_a_kind_page_that_names_nobody_and_joins_towards_the_card(app, client):
    with app.app_context():
        make.world()
    tag = letters_of(app, "Blauwe Reiger")
    page = client.get(f"/w/lombok/with/{tag}")
    assert page.status_code == 200
    assert "Blauwe Reiger" not in page.text
    assert "Set-Cookie" not in page.headers
    join = re.search(r'href="(/w/lombok/join\?[^"]+)"', page.text).group(1).replace("&amp;", "&")
    form = client.get(join).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    answer = client.post("/w/lombok/join", data={**hidden, "name": "Gele Kraan", "age": "adult"})
    assert answer.headers["Location"].endswith(f"/w/lombok/with/{tag}#said")


def test_the_name_on_a_card_is_reported_from_the_page_that_it_leads_to(app, phone):
    tag = letters_of(app, "Blauwe Reiger")
    page = phone.get(f"/w/lombok/with/{tag}").text
    report = re.search(r'href="(/w/lombok/report/name/\w+)">.*?Meld deze naam', page).group(1)
    assert "Blauwe Reiger" not in phone.get(report).text, "it reads the same for whatever letters"
    assert phone.post(report, data={"reason": "threat"}).status_code == 303
    assert letters_of(app, "Blauwe Reiger") == tag, "nobody loses their name by a report alone"
    with app.app_context():
        assert db.session.execute(select(Report.kind, Report.about)).all() == [("name", tag)]


def test_who_sees_no_name_is_given_no_letters_to_report_it_by(app, phone, client):
    tag = letters_of(app, "Blauwe Reiger")
    assert "report/name" not in client.get(f"/w/lombok/with/{tag}").text
    for device in (phone, client):
        for page in ("/w/lombok/together", "/w/lombok/challenges/bench"):
            assert "report/name" not in device.get(page, follow_redirects=True).text


def test_a_challenge_tells_who_thought_it_up_and_not_their_letters(app, phone):
    tag = letters_of(app, "Blauwe Reiger")
    with app.test_request_context("/w/lombok/"), writing():
        idea = drafting.propose(db.session.scalars(select(Person).where(Person.tag == tag)).one(), WORDS, named=True)
        drafting.decide(idea, db.session.scalars(select(Person).where(Person.name == "Warme Sjaal")).one())
        address, report = drafting.made_of(idea).key, f"/w/lombok/report/draft/{idea.desk_key}"
    page = phone.get(f"/w/lombok/challenges/{address}").text
    assert "Blauwe Reiger" in page
    assert tag not in page
    assert report in page, "its name is reported with it"


def test_ones_own_card_leads_to_ones_own_page(app, phone):
    assert phone.get(f"/w/lombok/with/{letters_of(app, 'Rode Fiets')}").headers["Location"].endswith("/me/card")


def test_a_card_of_nobody_of_nonsense_or_of_elsewhere_is_the_same_404(app, phone):
    with app.app_context(), writing():
        tag = make.person(make.neighbourhood("elders"), "Verre Buur").tag
    answers = [phone.get(f"/w/lombok/with/{letters}") for letters in ("XXXXXX", "nonsense", tag, "%20")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({re.search(r"<main.*", answer.text, re.DOTALL).group() for answer in answers}) == 1


def test_a_childs_card_is_refused_as_any_meeting_that_cannot_be(app, phone):
    with app.app_context(), writing():
        child = make.person(db.session.scalar(select(Person)).neighbourhood, "Kleine Vlieger", is_young=True).tag
    by_card = phone.get(f"/w/lombok/with/{child}")
    handed_in = phone.post("/w/lombok/together/bench", data={"without": "1", "tag": child})
    assert by_card.status_code == handed_in.status_code
    assert "Kleine Vlieger" not in by_card.text


def test_signing_out_a_token_that_is_none_ends_nobody(here, amina):
    token = people.sign_in(amina)
    people.sign_out("")
    assert people.recognise(token) is amina


def test_a_way_back_that_was_mistyped_stays_in_its_field_and_the_house_helps(app, phone):
    with app.app_context(), writing():
        here = db.session.scalars(select(Person)).first().neighbourhood
        db.session.add(make.spot(here, "huis", kind="hq", name="Huis van de wijk"))
    page = come_back(app.test_client(), "ABCDEF").text
    assert 'value="ABCDEF"' in page
    assert "Vraag het in het huis van de wijk" in page
    assert 'href="/w/lombok/spots/huis"' in page
