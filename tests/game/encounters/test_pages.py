"""The pages of the minute as two phones see them, through real requests."""

import io
import re
import shutil

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from core.database import db
from core.people.models import Device, Person
from core.photos.models import Photo
from game.encounters.models import Code, Encounter
from game.scoring.models import LedgerEntry, Total
from tests import make
from tests.forms import fault, words

pytestmark = pytest.mark.both
SIZES = ("small", "medium", "large")


@pytest.fixture
def lombok(app, clock):
    """The neighbourhood with its season and challenges; nobody's app context stays open."""
    with app.app_context():
        make.world()
    return app


@pytest.fixture
def amina(lombok) -> FlaskClient:
    return joined(lombok, "Rode Fiets")


@pytest.fixture
def bram(lombok) -> FlaskClient:
    return joined(lombok, "Groene Deur")


@pytest.fixture
def dirk(lombok) -> FlaskClient:
    return joined(lombok, "Gele Kraan")


def joined(app, name: str, age: str = "adult") -> FlaskClient:
    phone = app.test_client()
    assert phone.post("/w/lombok/join", data={"name": name, "age": age}).status_code == 303
    return phone


def hand_in(phone: FlaskClient, challenge: str = "bench", key: str = "one", photo=None, **more):
    data = {"client_key": key, **more}
    data |= {"photo": (photo, "kiek.jpg")} if photo else {"without": "1"}
    return phone.post(f"/w/lombok/together/{challenge}", data=data)


def letters(app, phone: FlaskClient, address: str) -> str:
    page = phone.get(address).get_data(as_text=True)
    with app.app_context():
        codes = db.session.scalars(select(Code.letters)).all()
    return next(code for code in codes if f"{code[:3]} {code[3:]}" in page)


def photo_addresses(page: str) -> list[str]:
    [found] = set(re.findall(r"/e/[^/\"]+/photo/[a-z2-7]{26}/", page))
    return [f"{found}{size}.webp" for size in SIZES]


def count(app, table) -> int:
    with app.app_context():
        return len(db.session.scalars(select(table)).all())


def test_the_minute(lombok, amina):
    """Amina hands in a photo; a stranger with her code joins and says yes; both read the same price."""
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    code = letters(lombok, amina, address)
    stranger = lombok.test_client()
    assert "Set-Cookie" not in stranger.get(f"/e/{code}").headers  # reading the code consumes nothing
    stranger.post(f"/e/{code}/join", data={"name": "Late Merel", "age": "adult"})
    mine = stranger.post(f"/e/{code}/yes", data={"photo": "with"}).headers["Location"]
    assert mine == address
    for phone in (amina, stranger):
        page = phone.get(mine).get_data(as_text=True)
        assert "10" in re.search(r'buurt-total__figure">(\d+)<', page).group(1)
    with lombok.app_context():
        assert [total.points for total in db.session.scalars(select(Total))] == [10, 10]


def test_the_waiting_page_turns_when_the_other_answers(lombok, amina, bram):
    address = hand_in(amina).headers["Location"]
    before = amina.get(f"{address}/state").json
    code = letters(lombok, amina, address)
    bram.post(f"/e/{code}/yes")
    assert amina.get(f"{address}/state").json != before


def test_a_code_is_for_one(lombok, amina, bram, dirk):
    address = hand_in(amina).headers["Location"]
    code = letters(lombok, amina, address)
    bram.post(f"/e/{code}/yes")
    assert dirk.get(f"/e/{code}").status_code == 410
    assert dirk.post(f"/e/{code}/yes").status_code == 410
    assert dirk.get(address).status_code == 404
    assert count(lombok, LedgerEntry) == 2


def test_a_code_lives_ten_minutes(lombok, amina, bram, clock):
    address = hand_in(amina, photo=make.jpeg()).location
    code = letters(lombok, amina, address)
    clock.advance(minutes=10)
    over = bram.get(f"/e/{code}")
    assert over.status_code == 410
    assert words(re.search("<h1.*?</h1>", over.text)[0]) == "Deze code is verlopen"
    assert 'href="/e/"' in over.text
    assert bram.post(f"/e/{code}/yes").status_code == 410
    typed = bram.post("/e/", data={"code": code})
    assert fault(typed.text, "code").startswith("Deze code is verlopen.")
    own = amina.get(address).text
    assert words(re.search("<h1.*?</h1>", own)[0]) == "Deze code is verlopen"
    assert f'action="{address}/code"><button' in own  # to make a new one


def test_a_new_code_ends_the_one_before(lombok, amina, bram):
    address = hand_in(amina).headers["Location"]
    old = letters(lombok, amina, address)
    amina.post(f"{address}/code")
    assert bram.get(f"/e/{old}").status_code == 410
    assert bram.get(f"/e/{letters(lombok, amina, address)}").status_code == 200


@pytest.mark.parametrize("code", ["BCDFGH", "bcdfgh", "222222"])
def test_an_unknown_code_is_not_found(bram, code):
    assert bram.get(f"/e/{code}").status_code == 404
    typed = bram.post("/e/", data={"code": code})
    assert fault(typed.text, "code") == "Deze code kennen we niet. Kijk of je een letter verwisselde."
    assert f'value="{code}"' in typed.text


@pytest.mark.parametrize(
    ("typed", "lacks"),
    [("", "Typ de zes tekens."), ("4QM7X", "Er mist één teken, je hebt er vijf."), ("K7R X4P and more", None),
     ("ÀÉÎÖÜÝ", None), ("‮K7RX4", "Er mist één teken, je hebt er vijf."), ("A" * 10_000, None)],
)  # fmt: skip
@pytest.mark.parametrize(("page", "field"), [("/e/", "code"), ("/q/", "code"), ("{}/here", "tag")])
def test_a_typing_error_is_no_dead_end(lombok, amina, page, field, typed, lacks):
    """The field comes back filled in, says what lacks, and the other ways in stand there."""
    answer = amina.post(page.format(hand_in(amina).location), data={field: typed, "name": "", "age": "adult"})
    assert answer.status_code == 422
    if field == "tag" and not typed:
        return  # then somebody joins
    said = fault(answer.text, field)
    assert said == lacks if lacks else said
    assert f'value="{typed[:2000]}"' in answer.text
    assert (
        "/e/" in answer.text
        if page == "/q/"
        else "/q/" in answer.text
        if page == "/e/"
        else 'name="age"' in answer.text
    )


def test_typed_letters_lead_there_however_they_are_written(lombok, amina, bram):
    code = letters(lombok, amina, hand_in(amina).headers["Location"])
    typed = f" {code[:3].lower()}-{code[3:]} "
    assert bram.post("/e/", data={"code": typed}).headers["Location"] == f"/e/{code}"


def test_a_photo_is_for_the_two_in_it_in_every_size(lombok, amina, bram, dirk):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    code = letters(lombok, amina, address)
    addresses = photo_addresses(amina.get(address).get_data(as_text=True))
    bram.post(f"/e/{code}/yes", data={"photo": "with"})
    for phone, status in ((amina, 200), (bram, 200), (dirk, 404), (lombok.test_client(), 404)):
        assert [phone.get(one, buffered=True).status_code for one in addresses] == [status] * 3


def test_who_holds_the_code_sees_the_photo_until_it_is_used(lombok, amina, bram):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    code = letters(lombok, amina, address)
    visitor = lombok.test_client()
    seen = photo_addresses(visitor.get(f"/e/{code}").get_data(as_text=True))
    assert [visitor.get(one, buffered=True).status_code for one in seen] == [200] * 3
    bram.post(f"/e/{code}/yes", data={"photo": "with"})
    assert [visitor.get(one, buffered=True).status_code for one in seen] == [410] * 3


@pytest.mark.parametrize("who", ["amina", "bram"])
def test_withdrawing_the_photo_leaves_the_points(lombok, amina, bram, who):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    bram.post(f"/e/{letters(lombok, amina, address)}/yes", data={"photo": "with"})
    addresses = photo_addresses(amina.get(address).get_data(as_text=True))
    withdraw = addresses[0].rsplit("/", 1)[0] + "/withdraw"
    assert {"amina": amina, "bram": bram}[who].post(withdraw).status_code == 303
    for phone in (amina, bram):
        assert [phone.get(one, buffered=True).status_code for one in addresses] == [404] * 3
        assert phone.get(address).status_code == 200
    assert count(lombok, LedgerEntry) == 2


def test_a_stranger_cannot_withdraw_a_photo(lombok, amina, dirk):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    addresses = photo_addresses(amina.get(address).get_data(as_text=True))
    assert dirk.post(addresses[0].rsplit("/", 1)[0] + "/withdraw").status_code == 404
    assert amina.get(addresses[0], buffered=True).status_code == 200


def test_yes_without_photo_takes_the_photo_away_and_pays_the_same(lombok, amina, bram):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    addresses = photo_addresses(amina.get(address).get_data(as_text=True))
    bram.post(f"/e/{letters(lombok, amina, address)}/yes", data={"photo": "without"})
    assert [amina.get(one, buffered=True).status_code for one in addresses] == [404] * 3
    assert count(lombok, LedgerEntry) == 2


def test_declined_and_expired_read_the_same_to_the_starter(lombok, amina, bram, dirk, clock):
    declined = hand_in(amina, key="one", photo=make.jpeg()).headers["Location"]
    expired = hand_in(amina, key="two", photo=make.jpeg("red")).headers["Location"]
    bram.post(f"/e/{letters(lombok, amina, declined)}/no")
    clock.advance(hours=72)
    pages = [amina.get(one) for one in (declined, expired)]
    states = [amina.get(f"{one}/state").json for one in (declined, expired)]
    assert pages[0].status_code == pages[1].status_code
    assert pages[0].get_data(as_text=True).replace(declined, "") == pages[1].get_data(as_text=True).replace(expired, "")
    assert states[0] == states[1]


@pytest.mark.parametrize("with_photo", [True, False])
def test_pages_speak_of_a_photo_only_where_there_is_one(lombok, amina, bram, with_photo):
    address = hand_in(amina, photo=make.jpeg() if with_photo else None).headers["Location"]
    code = letters(lombok, amina, address)
    with lombok.app_context():
        tag = db.session.scalars(select(Person.tag).where(Person.name == "Groene Deur")).one()

    def says(phone: FlaskClient, sentence: str) -> bool:
        main = phone.get(address).get_data(as_text=True).split("<main")[1].split("</main>")[0]
        return sentence in main

    assert says(amina, "De ander ziet de foto") == with_photo
    assert says(amina, "Rode Fiets")
    amina.post(f"{address}/here", data={"tag": tag})
    assert says(amina, "Zonder antwoord gaat de foto weg") == with_photo
    assert says(bram, "foto") == with_photo
    bram.post(f"/e/{code}/no")
    assert says(amina, "De foto is weg") == says(bram, "De foto is weg") == with_photo
    assert says(bram, "Dat is goed.")


def test_a_meeting_is_not_there_for_a_stranger(lombok, amina, dirk):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    for path in ("", "/state", "/here", "/here/answer"):
        assert dirk.get(address + path).status_code == 404
    for path in ("/yes", "/no", "/take-back", "/code", "/here"):
        assert dirk.post(address + path).status_code == 404


def test_one_phone_for_two(lombok, amina):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    answer = amina.post(f"{address}/here", data={"name": "Oude Eik", "age": "adult"})
    assert answer.headers["Location"] == f"{address}/here/answer"
    assert "Oude Eik" in amina.get(f"{address}/here/answer").get_data(as_text=True)
    amina.post(f"{address}/yes", data={"photo": "with", "here": "1"})
    assert count(lombok, LedgerEntry) == 2


def test_nobody_answers_for_somebody_who_has_a_phone(lombok, amina, bram):
    with lombok.app_context():
        tag = db.session.scalars(select(Person.tag).where(Person.name == "Groene Deur")).one()
    address = hand_in(amina, tag=tag).headers["Location"]
    assert amina.post(f"{address}/yes", data={"here": "1"}).status_code == 403
    assert count(lombok, LedgerEntry) == 0
    assert "wacht" in bram.get("/w/lombok/").get_data(as_text=True)  # the strip


def test_a_child_joins_but_does_not_meet(lombok, amina):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    code = letters(lombok, amina, address)
    child = lombok.test_client()
    assert child.post(f"/e/{code}/join", data={"name": "Kleine Vlieger", "age": "young"}).status_code == 303
    assert child.get(f"/e/{code}").status_code == 403
    assert child.post(f"/e/{code}/yes").status_code == 403
    assert child.post(f"/e/{code}/no").status_code == 403
    assert child.get("/w/lombok/together").location == "/w/lombok/me/now"
    assert child.get("/w/lombok/together/bench").status_code == 403
    assert hand_in(child, key="of the child").status_code == 403
    assert "Kleine Vlieger" not in amina.get(address).get_data(as_text=True)
    assert count(lombok, LedgerEntry) == 0


def test_without_an_age_button_somebody_is_taken_for_a_child(lombok):
    phone = lombok.test_client()
    phone.post("/w/lombok/join", data={"name": "Stille Wesp"})
    assert hand_in(phone).status_code == 403


@pytest.mark.parametrize(
    "name",
    ["", " ", "a", "x" * 25, "12", "Blauwe\x00Reiger", "Blauwe\u202eReiger", "Blauwe\u200bReiger", "Аmina", "B\ufffdB",
     "Blauwe Reiger", "BLAUWE  REIGER", "Bláuwe Reiger", "Blauwe Re1ger"],
)  # fmt: skip
def test_a_name_of_hidden_signs_mixed_alphabets_or_somebody_elses_looks_is_refused(lombok, name):
    before = count(lombok, Person)
    answer = lombok.test_client().post("/w/lombok/join", data={"name": name, "age": "adult"})
    assert answer.status_code in {400, 409, 422}
    assert "Set-Cookie" not in answer.headers
    assert count(lombok, Person) == before
    assert count(lombok, Device) == 0


@pytest.mark.parametrize("name", ["Zoë", "عائشة", "Şirin Çay", "Оксана", "O'Brien", "Jean-Luc 2"])
def test_names_of_every_alphabet_are_welcome(lombok, name):
    assert lombok.test_client().post("/w/lombok/join", data={"name": name, "age": "adult"}).status_code == 303


BAD_PICTURES = {
    b"": 422,
    b"hello": 415,
    b"<svg onload=alert(1)>": 415,
    b"GIF89a" + b"0" * 99: 415,
    b"\xff\xd8\xff\xe0 broken": 422,
}


@pytest.mark.parametrize(("content", "status"), BAD_PICTURES.items())
def test_a_bad_picture_is_refused_with_a_sentence_and_leaves_nothing(lombok, amina, content, status):
    answer = hand_in(amina, photo=io.BytesIO(content))
    assert answer.status_code == status
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert count(lombok, Encounter) == count(lombok, Photo) == 0
    storage = lombok.extensions["storage"]
    assert list(storage.tmp().iterdir()) == []
    assert list(storage.names()) == []


def test_a_photo_over_25_mb_is_refused(lombok, amina):
    head = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="k.jpg"\r\n\r\n\xff\xd8\xff'
    body = head + b"0" * (25 * 1024 * 1024) + b"\r\n--x--\r\n"
    answer = amina.post("/w/lombok/together/bench", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "Formaten" in answer.get_data(as_text=True)  # the way on
    assert list(lombok.extensions["storage"].tmp().iterdir()) == []


def test_a_photo_that_lacks_only_its_end_marker_is_kept_without_scripts_too(lombok, amina):
    whole = make.jpeg().read()
    assert whole[-2:] == b"\xff\xd9"
    assert hand_in(amina, photo=io.BytesIO(whole[:-2])).status_code == 303
    assert len(list(lombok.extensions["storage"].names())) == 1


def test_a_photo_of_too_many_pixels_says_which_setting_of_the_camera_helps(lombok, amina):
    large = io.BytesIO()
    Image.new("L", (8000, 6000)).save(large, "PNG")  # few bytes, too many pixels
    large.seek(0)
    answer = hand_in(amina, photo=large)
    assert answer.status_code == 413
    assert "Formaten" in answer.text


def test_a_full_disk_says_so_and_keeps_nothing_half(lombok, amina, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.storage.os.rename", full)
    answer = hand_in(amina, photo=make.jpeg())
    assert answer.status_code == 507
    assert count(lombok, Encounter) == count(lombok, Photo) == 0


def test_the_same_hand_in_from_two_tabs_is_one(lombok, amina):
    first = hand_in(amina, key="same", photo=make.jpeg())
    second = hand_in(amina, key="same", photo=make.jpeg())
    assert first.headers["Location"] == second.headers["Location"]
    assert count(lombok, Encounter) == count(lombok, Photo) == 1
    assert hand_in(amina, key="same", photo=make.jpeg("red")).status_code == 409
    assert len(list(lombok.extensions["storage"].names())) == 1


def test_our_own_javascript_gets_json(lombok, amina):
    data = {"client_key": "js", "photo": (make.jpeg(), "kiek.jpg")}
    answer = amina.post("/w/lombok/together/bench", data=data, headers={"Accept": "application/json"})
    assert answer.status_code == 201
    assert answer.json["sha256"] == __import__("hashlib").sha256(make.jpeg().getvalue()).hexdigest()
    refused = amina.post("/w/lombok/together/bench", data={"client_key": "x"}, headers={"Accept": "application/json"})
    assert refused.status_code == 422
    assert refused.json["error"]


def test_the_sweep_removes_the_bytes_of_what_was_withdrawn(lombok, amina, bram):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    bram.post(f"/e/{letters(lombok, amina, address)}/no")
    assert len(list(lombok.extensions["storage"].names())) == 1
    answer = lombok.test_cli_runner().invoke(args=["sweep"])
    assert answer.exit_code == 0
    assert list(lombok.extensions["storage"].names()) == []
    assert lombok.test_cli_runner().invoke(args=["fsck"]).exit_code == 0


def test_fsck_finds_a_row_without_its_file_and_a_file_without_its_row(lombok, amina):
    hand_in(amina, photo=make.jpeg())
    storage = lombok.extensions["storage"]
    [name] = storage.names()
    shutil.copytree(storage.path(f"{name}/small.webp").parent, storage.root / "zz" / "zzstray")
    storage.path(f"{name}/small.webp").unlink()
    answer = lombok.test_cli_runner().invoke(args=["fsck"])
    assert answer.exit_code == 1
    assert f"a row without its files: {name}" in answer.output
    assert "files without a row: zzstray" in answer.output


def test_leaving_this_phone_ends_it_for_good(lombok, amina):
    cookie = amina.get_cookie("device")
    amina.post("/w/lombok/me/leave")
    amina.set_cookie("device", cookie.value)
    assert amina.get("/w/lombok/me").status_code == 303


def test_the_album_goes_on_page_after_page_without_counting_numbers(lombok, amina):
    with lombok.app_context():
        me = db.session.scalars(select(Person).where(Person.name == "Rode Fiets")).one()
        for letter in "ABCDEFGHJKMNOPQRSTUVWXY"[:23]:
            make.confirmed(me, make.person(me.neighbourhood, f"Buurvrouw {letter}"))
        db.session.commit()
    page = amina.get("/w/lombok/album").get_data(as_text=True)
    older = re.search(r"/w/lombok/album\?before=([a-z2-7]{26})", page)
    assert page.count("<article") == 20
    assert amina.get(older.group(0)).get_data(as_text=True).count("<article") == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
def test_a_forged_origin_changes_nothing(lombok, amina, bram, headers):
    address = hand_in(amina).headers["Location"]
    code = letters(lombok, amina, address)
    assert bram.post(f"/e/{code}/yes", headers=headers).status_code == 403
    assert count(lombok, LedgerEntry) == 0


@pytest.mark.parametrize(
    ("method", "path", "form"),
    [
        ("get", "/w/%00/", None),
        ("get", "/w/lombok/challenges/%00", None),
        ("get", "/w/lombok/together/%00", None),
        ("get", "/w/lombok/album?before=%00", None),
        ("post", "/w/lombok/together/bench", {"client_key": "a\0b", "without": "1"}),
        ("post", "/w/lombok/me/name", {"name": "a\0b"}),
        ("post", "/e/", {"code": "K7R\0X4P"}),
    ],
)
def test_a_nul_sign_is_refused_before_it_meets_the_database(amina, method, path, form):
    assert getattr(amina, method)(path, data=form).status_code in {400, 404}


@pytest.mark.parametrize("headers", [{"Origin": "http://[::1"}, {"Referer": "//[::1"}, {"Referer": "http://[::1"}])
def test_headers_that_are_no_address_break_nothing(amina, headers):
    assert amina.post("/w/lombok/me/name", data={"name": "x"}, headers=headers).status_code in {403, 422}


def test_the_photo_of_a_meeting_that_ended_is_not_there_before_the_sweep_either(lombok, amina, clock):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    addresses = photo_addresses(amina.get(address).get_data(as_text=True))
    clock.advance(hours=72)
    assert [amina.get(one, buffered=True).status_code for one in addresses] == [404] * 3


def test_somebody_who_plays_elsewhere_keeps_who_they_are(lombok, amina):
    with lombok.app_context():
        make.neighbourhood("zuid")
        db.session.commit()
    assert amina.get("/w/zuid/join").status_code == 409
    assert amina.post("/w/zuid/join", data={"name": "Tweede Ik", "age": "adult"}).status_code == 409
    assert "Rode Fiets" in amina.get("/w/lombok/me").get_data(as_text=True)


def test_a_double_tap_on_a_form_without_javascript_is_one(lombok, amina, bram):
    address = hand_in(amina, photo=make.jpeg()).headers["Location"]
    code = letters(lombok, amina, address)
    form = {"name": "Late Merel", "age": "adult", "client_key": "of this form"}
    stranger = lombok.test_client()
    for _time in range(2):  # the first answer, with its cookie, never arrives
        stranger.delete_cookie("device")
        assert stranger.post(f"/e/{code}/join", data=form).status_code == 303
    for _time in range(3):
        assert stranger.post(f"/e/{code}/yes", data={"photo": "with"}).status_code == 303
    withdraw = photo_addresses(amina.get(address).get_data(as_text=True))[0].rsplit("/", 1)[0] + "/withdraw"
    assert [amina.post(withdraw).status_code for _time in range(3)] == [303] * 3
    assert [amina.post("/w/lombok/me/leave").status_code for _time in range(3)] == [303] * 3
    assert count(lombok, LedgerEntry) == 2


def test_one_phone_for_two_tapped_twice_is_one(lombok, amina):
    address = hand_in(amina).headers["Location"]
    form = {"name": "Oude Eik", "age": "adult", "client_key": "of this form"}
    answers = [amina.post(f"{address}/here", data=form) for _time in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"{address}/here/answer"] * 2


def test_after_two_reports_became_one_the_old_addresses_lead_to_it(lombok, amina, bram):
    first, second = hand_in(amina).headers["Location"], hand_in(bram).headers["Location"]
    code = letters(lombok, amina, first)
    bram.post(f"/e/{code}/yes")
    amina.post(f"/e/{letters(lombok, bram, second)}/yes")
    assert bram.get(second).headers["Location"] == first
    assert bram.get(f"/e/{code}").status_code == 303


@pytest.mark.parametrize("then", ["pages.language", "encounters.yes", "a.b.c", "static", "../evil", "pages.home.x"])
def test_after_joining_only_a_page_of_ours_comes_next(lombok, then):
    form = {"name": "Late Merel", "age": "adult", "then": then, "challenge": "../../../x"}
    answer = lombok.test_client().post("/w/lombok/join", data=form)
    assert answer.headers["Location"] == "/w/lombok/#said"


def test_after_the_first_points_one_tap_says_where_somebody_lives(lombok, amina, bram):
    address = hand_in(amina).headers["Location"]
    bram.post(f"/e/{letters(lombok, amina, address)}/yes")
    assert "/w/lombok/me/zone" in amina.get(address).get_data(as_text=True)
    assert amina.post("/w/lombok/me/zone", data={"zone": "Zuid", "back": address}).location == f"{address}#said"
    assert amina.post("/w/lombok/me/zone", data={"zone": "Zuid", "back": "//evil.example"}).status_code == 303
    assert amina.post("/w/lombok/me/zone", data={"zone": "Noord"}).status_code == 303  # one change a season
    assert amina.post("/w/lombok/me/zone", data={"zone": "Zuid"}).status_code == 409
    assert bram.post("/w/lombok/me/zone", data={"zone": "Elders"}).status_code == 422
    assert "/w/lombok/me/zone" not in amina.get(address).get_data(as_text=True)
    with lombok.app_context():
        assert [entry.points for entry in db.session.scalars(select(LedgerEntry))] == [10, 10]  # as it was at the yes
