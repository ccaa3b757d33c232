"""What the tests of dialogues do on phones: an hour with a professional, a card, and what they learn from it."""

import re
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core import clock
from core.codes import new_key
from core.database import Model, db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.places import queries as places
from game.dialogues import service
from game.dialogues.models import Hour, State
from tests.core.proposals.test_pages import phone_of
from tests.forms import key_in, words
from tests.tours.stories.test_pages import code_on

AT = "/w/lombok/dialogues"
JOOST, AMINA = "Warme Sjaal", "Blauwe Reiger"  # of the cast: the professional and a resident
THEIRS, HIS = "Zeldzame zonnebloem", "Stille steenuil"  # what they answer: nowhere else


@dataclass
class Scene:
    """An open hour: the phones of its professional, of a resident without an account, and of a stranger."""

    app: Flask
    hour: str
    joost: FlaskClient
    amina: FlaskClient
    stranger: FlaskClient
    talk: str = ""
    receipt: str = ""

    def page(self, phone: FlaskClient, path: str = "") -> str:
        """The words of a page among the dialogues."""
        return words(phone.get(f"{AT}{path}").text).replace(" ,", ",")

    def draws(self, said: str = THEIRS) -> "Scene":
        """The resident answers the card that they draw."""
        drawn = self.amina.get(f"{AT}/{self.hour}/card").text
        card = re.search(r'name="card" value="([^"]+)"', drawn)[1]
        form = {"card": card, "words": said, "client_key": key_in(drawn)}
        answer = self.amina.post(f"{AT}/{self.hour}/card", data=form)
        assert "Bewaar deze bon" in answer.text, answer.text
        self.talk, self.receipt = re.search(r"/dialogues/talks/([a-z2-7]{26})", answer.text)[1], code_on(answer)
        return self

    def replies(self, said: str = HIS) -> "Scene":
        """The professional answers the same card."""
        assert self.send(self.joost, "reply", said).status_code == 303
        return self

    def send(self, phone: FlaskClient, what: str, said: str = ""):
        """A form of the talk, as its page has it."""
        page = phone.get(f"{AT}/talks/{self.talk}").text
        seen = re.search(r'name="seen" value="([0-9a-f]*)"', page)
        form = {"words": said, "seen": seen[1] if seen else "", "client_key": new_key() if said else ""}
        return phone.post(f"{AT}/talks/{self.talk}/{what}", data=form)

    def learned(self, said: str = "Wie helpt, groet") -> "Scene":
        """They write down what they learned, and both sign it."""
        assert self.send(self.joost, "insight", said).status_code == 303
        for phone in (self.joost, self.amina):
            assert self.send(phone, "sign").status_code == 303
        return self


def appoint(app: Flask, name: str = JOOST, shows: bool = True):
    """Somebody of the cast works here; their key as a professional."""
    with app.app_context(), writing():
        person = db.session.scalars(select(Person).where(Person.name == name)).unique().one()
        one = service.appoint(person, "Kantwonen", "wijkbeheerder")
        service.show_name(one, shows)
        return one.key


def scene(app: Flask, shows: bool = True) -> Scene:
    """An hour that is open now, at the bench."""
    appoint(app, shows=shows)
    with app.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        one = db.session.scalars(select(service.Professional)).one()
        now = clock.local(clock.now())
        begins, ends = now.time().replace(second=0, microsecond=0), now.replace(hour=now.hour + 2).time()
        hour = service.plan(one, places.by_key(here.id, "bank"), "home", now.date(), begins, ends)
        service.move(hour, State.OPEN)
        key = hour.key
    return Scene(app, key, phone_of(app, JOOST), app.test_client(), app.test_client())


def hour_of(app: Flask, key: str) -> Hour:
    """Inside an app context."""
    return db.session.scalars(select(Hour).where(Hour.key == key)).one()


def rows_with(app: Flask, word: str) -> list[str]:
    """Every row of every table that has this word in it."""
    with app.app_context():
        rows = [str(row) for table in Model.metadata.sorted_tables for row in db.session.execute(select(table))]
    return [row for row in rows if word in row]
