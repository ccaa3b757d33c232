"""An e-mail address as one more way back: optional, confirmed, apart; the same answer and questions for any address."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select

import game
import tours
from core import create_app
from core import jobs as clockwork
from core.database import db, writing
from core.people import mail_links
from core.people.mail_links import EmailAddress, EmailAsk, EmailLink
from core.people.models import Person
from core.refusal import Refusal
from tests import make
from tests.bench.queries import counted
from tests.conftest import Phone
from tests.core.people.postbox import postbox

OWN = "amina@example.nl"


@pytest.fixture
def box():
    with postbox() as opened:
        yield opened


@pytest.fixture
def mailing(tmp_path, box, clock):
    """An app of its own that sends mail, with one player."""
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{tmp_path / 'mail.db'}", "media": str(tmp_path / "media"), "testing": True,
         "queue_url": "memory://", "secret": "x", "limits": False, "mail_url": box.url,
         "mail_from": "hallo@buurt.example", "public_url": "https://buurt.example"},
    )  # fmt: skip
    app.test_client_class = Phone
    with app.app_context():
        db.create_all()
        make.world()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def phone(mailing):
    made = mailing.test_client()
    made.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"}, headers={"Accept-Language": "nl"})
    return made


def give(mailing, phone, address: str = OWN) -> None:
    assert phone.post("/w/lombok/me/email", data={"address": address}).status_code == 303
    clockwork.run(mailing)


def ask_back(mailing, address: str = OWN, where: str = "lombok"):
    answer = mailing.test_client().post(f"/w/{where}/back/mail", data={"address": address})
    clockwork.run(mailing)
    return answer


def confirmed(mailing, phone, box) -> None:
    give(mailing, phone)
    assert mailing.test_client().post("/w/lombok/email", data={"code": box.codes()[-1]}).status_code == 303


def rows(mailing, model) -> int:
    with mailing.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def test_an_address_counts_once_its_owner_agreed(mailing, phone, box):
    give(mailing, phone, " Amina@Example.NL ")
    assert rows(mailing, EmailAddress) == 0
    [letter] = box.letters
    assert letter["To"] == OWN
    assert letter["From"] == "hallo@buurt.example"
    assert "Rode Fiets" in letter.get_content()
    assert f"https://buurt.example/w/lombok/email#{box.codes()[0]}" in letter.get_content()
    assert mailing.test_client().post("/w/lombok/email", data={"code": box.codes()[0]}).status_code == 303
    assert OWN in phone.get("/w/lombok/me/email").text


def test_a_link_brings_back_once_and_needs_a_press_of_a_button(mailing, phone, box):
    confirmed(mailing, phone, box)
    assert ask_back(mailing).status_code == 303
    code = box.codes()[-1]
    assert f"/w/lombok/back#{code}" in box.letters[-1].get_content()
    new = mailing.test_client()
    for _time in range(3):  # mail scanners open links; the secret is behind the # anyway
        assert new.get("/w/lombok/back").status_code == 200
    assert new.post("/w/lombok/back", data={"code": code, "others": "stay"}).status_code == 303
    assert "Rode Fiets" in new.get("/w/lombok/me").text
    assert mailing.test_client().post("/w/lombok/back", data={"code": code}).status_code == 422


def test_a_link_lives_ten_minutes_counted_from_its_sending(mailing, phone, box, clock):
    confirmed(mailing, phone, box)
    ask_back(mailing)
    clock.advance(minutes=10)
    assert mailing.test_client().post("/w/lombok/back", data={"code": box.codes()[-1]}).status_code == 422
    clockwork.run(mailing)
    assert rows(mailing, EmailLink) == 0


def test_a_link_to_confirm_brings_nobody_back_and_the_other_way_round(mailing, phone, box):
    give(mailing, phone)
    assert mailing.test_client().post("/w/lombok/back", data={"code": box.codes()[-1]}).status_code == 422
    mailing.test_client().post("/w/lombok/email", data={"code": box.codes()[-1]})
    ask_back(mailing)
    assert mailing.test_client().post("/w/lombok/email", data={"code": box.codes()[-1]}).status_code == 422


def test_a_known_and_an_unknown_address_get_the_same_answer_after_the_same_questions(mailing, phone, box):
    confirmed(mailing, phone, box)
    seen = []
    for address in (OWN, "nobody@example.nl", OWN, "other@example.nl"):
        client = mailing.test_client()
        with counted(mailing) as asked:
            answer = client.post("/w/lombok/back/mail", data={"address": address})
        seen.append((answer.status_code, answer.headers["Location"], re.sub(r"\W+", " ", " ".join(asked))))
    assert len(set(seen)) == 1
    clockwork.run(mailing)
    assert [letter["To"] for letter in box.letters[1:]] == [OWN, OWN]
    assert rows(mailing, EmailAsk) == 0


def test_elsewhere_an_address_is_unknown(mailing, phone, box):
    confirmed(mailing, phone, box)
    with mailing.app_context(), writing():
        make.neighbourhood("elders")
    ask_back(mailing, where="elders")
    assert len(box.letters) == 1


def test_a_code_from_the_mail_does_not_open_another_neighbourhood(mailing, phone, box):
    confirmed(mailing, phone, box)
    with mailing.app_context(), writing():
        make.neighbourhood("elders")
    ask_back(mailing)
    code = box.codes()[-1]
    assert mailing.test_client().post("/w/elders/back", data={"code": code}).status_code == 422
    assert mailing.test_client().post("/w/lombok/back", data={"code": code}).status_code == 303


def test_a_server_that_is_full_or_away_is_tried_again_three_times_then_let_go(mailing, phone, box, clock):
    box.is_full = True
    phone.post("/w/lombok/me/email", data={"address": OWN})
    clockwork.run(mailing)
    box.is_full = False
    clockwork.run(mailing)
    assert box.letters == []  # not at once
    clock.advance(minutes=3)
    clockwork.run(mailing)
    assert len(box.letters) == 1
    box.is_full = True
    phone.post("/w/lombok/me/email", data={"address": OWN})
    for _time in range(3):
        clock.advance(minutes=3)
        clockwork.run(mailing)
    assert rows(mailing, EmailAsk) == 0


def test_a_sweep_killed_before_it_says_done_sends_again_with_a_new_secret(mailing, phone, box, clock, monkeypatch):
    phone.post("/w/lombok/me/email", data={"address": OWN})
    with monkeypatch.context() as broken:
        broken.setattr(mail_links, "done", lambda *_a, **_k: (_ for _ in ()).throw(RuntimeError("killed")))
        clockwork.run(mailing)
    clock.advance(minutes=3)
    clockwork.run(mailing)
    assert len(set(box.codes())) == 2
    assert rows(mailing, EmailAsk) == 0


def test_no_secret_lies_in_the_database(mailing, phone, box):
    give(mailing, phone)
    with mailing.app_context():
        [link] = db.session.scalars(select(EmailLink)).all()
        assert box.codes()[0] not in repr(vars(link))


def test_an_address_goes_with_everything_that_was_mailed(mailing, phone, box):
    confirmed(mailing, phone, box)
    ask_back(mailing)
    assert phone.post("/w/lombok/me/email/forget").status_code == 303
    assert OWN not in phone.get("/w/lombok/me/email").text
    assert mailing.test_client().post("/w/lombok/back", data={"code": box.codes()[-1]}).status_code == 422
    assert rows(mailing, EmailAddress) + rows(mailing, EmailLink) + rows(mailing, EmailAsk) == 0


def test_a_family_with_one_address_gets_a_mail_a_player(mailing, phone, box):
    confirmed(mailing, phone, box)
    other = mailing.test_client()
    other.post("/w/lombok/join", data={"name": "Groene Deur", "age": "adult"})
    confirmed(mailing, other, box)
    ask_back(mailing)
    texts = [letter.get_content() for letter in box.letters[-2:]]
    assert "Rode Fiets" in texts[0]
    assert "Groene Deur" in texts[1]


def test_who_ended_all_phones_ended_the_mailed_links_too(mailing, phone, box):
    confirmed(mailing, phone, box)
    ask_back(mailing)
    phone.post("/w/lombok/me/phones", data={"which": "others"})
    assert mailing.test_client().post("/w/lombok/back", data={"code": box.codes()[-1]}).status_code == 422


def test_a_mail_is_in_the_language_of_who_asked(mailing, phone, box):
    english = {"Accept-Language": "en"}
    phone.post("/w/lombok/me/email", data={"address": OWN}, headers=english)
    clockwork.run(mailing)
    assert box.letters[0]["Subject"] == "Is this address yours?"


ABOUT_MAIL = {"me": 'href="/w/lombok/me/email"', "back": 'action="/w/lombok/back/mail"'}  # a page, and its way to it


def test_what_is_about_mail_stands_where_it_is_sent_and_nowhere_else(mailing, phone, app):
    with app.app_context():
        make.world()
    silent = app.test_client()
    silent.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"})
    for page, way in ABOUT_MAIL.items():
        assert way in phone.get(f"/w/lombok/{page}").text
        assert way not in silent.get(f"/w/lombok/{page}").text


def test_an_address_of_before_can_be_taken_away_after_mail_was_switched_off(mailing, phone, box, monkeypatch):
    confirmed(mailing, phone, box)
    monkeypatch.setitem(mailing.config, "BUURT", replace(mailing.config["BUURT"], mail_url=""))
    assert ABOUT_MAIL["me"] in phone.get("/w/lombok/me").text
    assert phone.post("/w/lombok/me/email/forget").status_code == 303
    assert ABOUT_MAIL["me"] not in phone.get("/w/lombok/me").text


@pytest.mark.parametrize(
    "wrong",
    ["", "amina", "@x.nl", "a@b", "a@b@c.nl", "a b@c.nl", "a@c.nl\r\nBcc: all@c.nl", "a@c.nl,b@c.nl", "é@c.nl",
     "<a@c.nl>", "a@c.nl" + "x" * 300, "a@.", "a\x7f@c.nl"],
)  # fmt: skip
def test_what_is_no_address_is_refused(wrong):
    with pytest.raises(Refusal):
        mail_links.tidy(wrong)


def test_without_a_mail_server_nothing_is_asked_and_a_sentence_says_so(app, client):
    with app.app_context():
        make.world()
    client.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"})
    page = client.get("/w/lombok/me/email").text
    assert "Deze site verstuurt geen mail." in page
    assert 'name="address"' not in page
    assert 'name="address"' not in client.get("/w/lombok/back").text
    for path in ("me/email", "back/mail"):
        assert client.post(f"/w/lombok/{path}", data={"address": OWN}).status_code == 404
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(EmailAsk)) == 0
        assert db.session.scalar(select(Person.id).where(Person.name == "Rode Fiets"))


@pytest.mark.parametrize(
    "given",
    [{"mail_url": "smtp://x"}, {"mail_url": "mailto:x", "public_url": "https://x", "mail_from": "a@b.nl"},
     {"mail_url": "smtp://x", "public_url": "https://x"}],
)  # fmt: skip
def test_a_mail_server_without_our_own_address_does_not_start(given):
    from core.config import read

    with pytest.raises(ValueError, match="BUURT_MAIL"):
        read({}, {"secret": "x", **given})
