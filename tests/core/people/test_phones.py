"""The phones of somebody: seen, ended one by one or all others at once, each only their own."""

import re
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError

from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.people import phones
from core.people import service as people
from core.people.models import Device
from core.refusal import Refusal
from tests import make
from tests.game.encounters.test_races import at_once

pytestmark = pytest.mark.both


def test_my_phones_say_since_when_and_which_one_this_is(here, amina, clock):
    old = people.sign_in(amina)
    clock.advance(days=3)
    this = people.sign_in(amina)
    assert [phone.is_this for phone in phones.of(amina, this)] == [True, False]
    assert [phone.since.day for phone in phones.of(amina, old)] == [5, 2]


def test_an_ended_phone_is_a_visitor_at_its_next_request(here, amina):
    this, other = people.sign_in(amina), people.sign_in(amina)
    [key] = [phone.key for phone in phones.of(amina, this) if not phone.is_this]
    phones.end(amina, key)
    assert people.recognise(other) is None
    assert people.recognise(this) is amina


def test_ending_all_others_leaves_this_one_and_the_neighbours(here, amina, bram):
    this, theirs = people.sign_in(amina), people.sign_in(bram)
    others = [people.sign_in(amina) for _time in range(3)]
    assert phones.end_others(amina, this) == 3
    assert [people.recognise(token) for token in others] == [None] * 3
    assert people.recognise(this) is amina
    assert people.recognise(theirs) is bram


def test_nobody_ends_a_phone_of_somebody_else(here, amina, bram):
    theirs = people.sign_in(bram)
    for key in [phone.key for phone in phones.of(bram, "")] + ["", "%", "_" * 26]:
        phones.end(amina, key)
    assert people.recognise(theirs) is bram


def test_the_page_ends_the_other_phone_and_keeps_no_mark_of_a_phone_but_its_day(app):
    with app.app_context():
        make.world()
    first, second = app.test_client(), app.test_client()
    first.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"})
    with app.app_context(), writing():
        person = db.session.get(Device, db.session.query(Device.id).scalar()).person
        second.set_cookie("device", people.sign_in(person))
    page = first.get("/w/lombok/me/phones").text
    [key] = re.findall(r'name="which" value="([0-9a-f]{26})"', page)
    assert second.get("/w/lombok/me").status_code == 200
    assert first.post("/w/lombok/me/phones", data={"which": key}).headers["Location"].endswith("/me/phones#said")
    assert second.get("/w/lombok/me").status_code == 303
    assert first.get("/w/lombok/me").status_code == 200
    assert set(Device.__table__.columns.keys()) == {
        "id", "person_id", "token_hash", "token_before", "since", "ended_at"
    }  # fmt: skip


@pytest.mark.parametrize("leaves", [True, False])
def test_the_form_of_joining_brings_nobody_back_later(app, clock, leaves):
    with app.app_context():
        make.world()
    phone, form = app.test_client(), {"name": "Rode Laars", "age": "adult", "client_key": "of-this-form"}
    for _press in range(2):  # of one button, the second without the first's cookie
        phone.delete_cookie("device")
        assert phone.post("/w/lombok/join", data=form).status_code == 303
    if leaves:
        phone.post("/w/lombok/me/leave")
    clock.advance(hours=0 if leaves else 1)
    stranger = app.test_client()
    assert stranger.post("/w/lombok/join", data=form).status_code == 409
    assert stranger.get_cookie("device") is None
    assert stranger.post("/w/lombok/join", data={**form, "name": "Gele Jas"}).status_code == 303, "a name nobody has"


def test_only_a_name_that_somebody_has_is_said_to_be_taken(here, amina, monkeypatch):
    with pytest.raises(Refusal, match="naam"):
        people.join(here, amina.name, is_young=False)
    monkeypatch.setattr(people, "_free_tag", lambda: amina.tag)  # somebody got it at this moment
    with pytest.raises(IntegrityError):
        people.join(here, "Gele Jas", is_young=False)


@pytest.mark.parametrize("names", [["Rode Laars"] * 2, ["Rode Laars", "Rode Jas"]])
def test_a_form_of_joining_that_comes_twice_at_one_moment_joins_one(app, here, names):
    joined = []

    def join(name):
        joined.append(people.join(neighbourhoods.by_slug("lombok"), name, False, "of this form").id)

    db.session.rollback()
    at_once(app, [partial(join, name) for name in names], Barrier(2))
    assert len(joined) == 2
    assert len(set(joined)) == 1
