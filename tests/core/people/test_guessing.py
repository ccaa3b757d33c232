"""Codes under attack: 1,000 flipped, ended and guessed ones open nothing; limits are met, also behind forged headers.

Known and unknown cost the same questions and read the same (S7, S8 of the figures in docs/security.md).
"""

import random
import re

import pytest
from limits import parse
from sqlalchemy import select

import game
import tours
from core import clock as time
from core import codes, create_app, guesses
from core.database import db, writing
from core.people import cards, mail_links
from core.people import service as people
from core.people.models import Device, Person
from core.security import limiter
from game.encounters import service as encounters
from game.encounters.models import Code
from tests import make
from tests.bench.queries import counted
from tests.conftest import Phone

KINDS = ("way back", "mail", "tag", "encounter")
MANY = 250  # of each kind: 1,000
NAME = "Blauwe Reiger"


def flipped(code: str, letters: str, chance: random.Random) -> str:
    """A code with one letter changed."""
    at = chance.randrange(len(code))
    return code[:at] + chance.choice(letters.replace(code[at], "")) + code[at + 1 :]


class Victim:
    """Somebody with a live code of each kind, and a pile of dead ones."""

    def __init__(self) -> None:
        person = db.session.scalars(select(Person).where(Person.name == NAME)).unique().one()
        self.dead = {kind: [] for kind in KINDS}
        with writing():
            for _time in range(20):
                self.dead["way back"].append(cards.issue(person))  # each kills the one before
            self.live = {"way back": cards.issue(person), "tag": person.tag}
            for _time in range(20):
                self.dead["mail"].append(self._mailed(person))
            db.session.query(mail_links.EmailLink).update({"valid_until": time.now()})
            self.live["mail"] = self._mailed(person)
            meeting = encounters.hand_in(person, make.challenge(person.neighbourhood), None, "shared")
            for _time in range(20):
                self.dead["encounter"].append(encounters.new_code(meeting.id, person).letters)
            self.live["encounter"] = encounters.new_code(meeting.id, person).letters

    @staticmethod
    def _mailed(person: Person) -> str:
        ask = mail_links.EmailAsk(address="a@b.nl", person_id=None)
        return mail_links.new_link(ask, person)

    def wrong(self, kind: str, chance: random.Random) -> str:
        """A code that must open nothing: flipped, ended or guessed."""
        is_long = kind in {"way back", "mail"}
        letters = codes.LONG_LETTERS if is_long else codes.LETTERS
        sorts = ["flipped", "guessed"] + (["dead"] if self.dead[kind] else [])
        sort = chance.choice(sorts)
        if sort == "dead":
            return chance.choice(self.dead[kind])
        if sort == "flipped":
            return flipped(self.live[kind], letters, chance)
        return codes.long_code() if is_long else codes.short_code()


def attempt(phone, kind: str, code: str, number: int = 0):
    """One try, as a browser would, with proxy headers made up."""
    headers = {"X-Forwarded-For": f"192.0.2.{number % 250}, 203.0.113.9", "X-Real-IP": f"198.51.100.{number % 250}"}
    if kind in {"way back", "mail"}:
        return phone.post("/w/lombok/back", data={"code": code, "others": "stay"}, headers=headers)
    return phone.get(f"/w/lombok/with/{code}" if kind == "tag" else f"/e/{code}", headers=headers)


@pytest.fixture
def victim(app, clock):
    with app.app_context():
        make.world()
        return Victim()


def test_a_thousand_flipped_ended_and_guessed_codes_open_nothing(app, victim):
    chance, phone, answers = random.Random(1), app.test_client(), {}
    with app.app_context():
        tags = set(db.session.scalars(select(Person.tag)))
    for number in range(MANY * len(KINDS)):
        kind = KINDS[number % len(KINDS)]
        code = victim.wrong(kind, chance)
        assert code not in tags | set(victim.live.values())
        answer = attempt(phone, kind, code, number)
        answers[kind, answer.status_code] = answers.get((kind, answer.status_code), 0) + 1
        assert NAME not in answer.text
        assert "Set-Cookie" not in answer.headers
    assert {status for _kind, status in answers} == {404, 410, 422}
    assert sum(answers.values()) == 1000
    assert {kind for kind, status in answers if status == 410} == {"encounter"}  # ended letters say so: they were real
    with app.app_context():
        assert db.session.scalar(select(Device.id)) is None
    for kind in ("way back", "mail"):
        assert attempt(app.test_client(), kind, victim.live[kind]).status_code == 303
    for kind in ("tag", "encounter"):
        assert attempt(app.test_client(), kind, victim.live[kind]).status_code == 200


@pytest.fixture
def guarded(tmp_path, clock):
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{tmp_path / 'guarded.db'}", "media": str(tmp_path / "media"), "testing": True,
         "queue_url": "memory://", "secret": "x", "limits": True},
    )  # fmt: skip
    app.test_client_class = Phone
    with app.app_context():
        db.create_all()
        make.world()
        app.victim = Victim()
    limiter.reset()
    yield app
    limiter.reset()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def twenty(guarded, monkeypatch):
    """The same where an address may be wrong twenty times."""
    for budget in ("SHARED", "LONG"):
        monkeypatch.setattr(guesses, budget, (parse("20 per hour"),))
    return guarded


@pytest.mark.parametrize("kind", KINDS)
def test_after_so_many_wrong_ones_an_address_gets_in_no_more_even_with_the_right_one(twenty, kind):
    chance, phone = random.Random(2), twenty.test_client()
    wrong = [flipped(twenty.victim.live[kind], codes.LETTERS, chance) for _time in range(25)]
    statuses = [attempt(phone, kind, code, number).status_code for number, code in enumerate(wrong)]
    no = 422 if kind in {"way back", "mail"} else 404  # typed in a form, which comes back
    assert statuses == [no] * 20 + [429] * 5
    assert attempt(phone, kind, twenty.victim.live[kind], 77).status_code == 429
    elsewhere = twenty.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "10.9.9.9"
    assert attempt(elsewhere, kind, twenty.victim.live[kind]).status_code in {200, 303}


@pytest.mark.parametrize(("guessed", "others"), [(("tag", "encounter"), KINDS[:2]), (KINDS[:2], ("tag", "encounter"))])
def test_wrong_letters_count_together_and_wrong_long_codes_do_and_neither_with_the_other(twenty, guessed, others):
    chance, phone = random.Random(3), twenty.test_client()
    for number in range(20):
        kind = guessed[number % 2]
        attempt(phone, kind, flipped(twenty.victim.live[kind], codes.LETTERS, chance))
    assert {attempt(phone, kind, twenty.victim.live[kind]).status_code for kind in guessed} == {429}
    assert {attempt(phone, kind, twenty.victim.live[kind]).status_code for kind in others} <= {200, 303}


def test_asking_for_mails_runs_out_by_whose_it_is_also_behind_forged_headers(guarded):
    from dataclasses import replace

    guarded.config["BUURT"] = replace(guarded.config["BUURT"], mail_url="smtp://x", mail_from="a@b.nl")

    def ask(phone, to: str, number: int) -> int:
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        return phone.post("/w/lombok/back/mail", data={"address": to}, headers=headers).status_code

    phones = [guarded.test_client() for _time in range(5)]
    for number, phone in enumerate(phones):
        phone.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
    assert [ask(phone, "amina@example.nl", n) for n, phone in enumerate(phones)] == [303, 303, 303, 429, 429]


@pytest.mark.both
def test_an_unknown_a_killed_and_a_foreign_code_cost_the_same_questions_and_hashes(app, victim, monkeypatch):
    with app.app_context(), writing():
        elsewhere = make.person(make.neighbourhood("elders"), "Verre Buur")
        foreign = cards.issue(elsewhere)
    hashed = []
    known_hash = cards.hashed
    for module in (cards, mail_links):
        monkeypatch.setattr(module, "hashed", lambda code: hashed.append(code) or known_hash(code))
    seen = set()
    for code in (codes.long_code(), victim.dead["way back"][0], victim.dead["mail"][0], foreign):
        hashed.clear()
        phone = app.test_client()
        with counted(app) as asked:
            answer = attempt(phone, "way back", code)
        said = re.search(r"<main.*", answer.text, re.DOTALL).group().replace(code, "")
        seen.add((answer.status_code, said, tuple(asked), len(hashed)))
    assert len(seen) == 1


@pytest.mark.both
def test_an_unknown_and_a_foreign_card_cost_the_same_questions(app, victim):
    with app.app_context(), writing():
        foreign = make.person(make.neighbourhood("elders"), "Verre Buur").tag
    seen = set()
    for letters in ("XXXXXX", foreign, "7K2QXV"):
        phone = app.test_client()
        with counted(app) as asked:
            answer = attempt(phone, "tag", letters)
        seen.add((answer.status_code, tuple(asked)))
    assert len(seen) == 1


@pytest.mark.both
def test_a_mailed_link_pressed_twice_at_once_opens_once(app, victim):
    from concurrent.futures import ThreadPoolExecutor

    code = victim.live["mail"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _n: attempt(app.test_client(), "mail", code).status_code, range(8)))
    assert sorted(answers) == [303] + [422] * 7


def test_codes_of_an_encounter_that_are_ended_stay_ended(app, victim):
    with app.app_context():
        live = [code.letters for code in db.session.scalars(select(Code)) if code.is_live]
    assert live == [victim.live["encounter"]]


def test_a_token_of_a_phone_with_one_letter_changed_is_nobodys(app, victim):
    with app.app_context(), writing():
        person = db.session.scalars(select(Person).where(Person.name == NAME)).unique().one()
        token = people.sign_in(person)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        chance = random.Random(4)
        assert all(people.recognise(flipped(token, letters, chance)) is None for _time in range(100))
        assert people.recognise(token) is person
