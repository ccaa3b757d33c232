"""An answer is to all that the page showed: whatever changes of it meanwhile, an editor looks again first."""

import dataclasses
import re
from datetime import timedelta

import pytest
from flask_babel import lazy_gettext as _l

from core import clock as time
from core.contributions import queries as contributions
from core.database import db
from core.desk import handlers, queries, service
from core.desk.handlers import Item
from core.desk.models import Decision, Verdict
from core.desk.queries import Waiting
from core.guard import Role
from core.refusal import Refusal, Sort
from game.challenges import at_desk
from game.challenges import queries as challenges
from tests import make
from tests.core import objects
from tests.core.desk.test_pages import QUEUE, key_of_photo, phone_of, say

MAY, MAY_NOT = _l("May stay"), _l("Photo")
OTHER = {
    "kind": "place", "key": "tulips", "title": _l("Place"), "ask": 2, "called": "Tulpen", "lang": "en",
    "where": "Plein", "facts": [(_l("Zone"), "Zuid")], "picture": "tulips", "size": (3, 4), "words": "Tulpen",
    "drawn_from": ["indoor"], "stays": MAY_NOT, "no_yes": MAY_NOT, "is_childs": True, "is_public": True,
    "is_away": True, "letters": "BBBBBB", "at": (52.1, 5.2), "labels": {Verdict.GOOD: MAY_NOT},
}  # fmt: skip
TOLD = [{"reports": ("child",)}, {"appealed": Decision(key="a")}, {"first_yes": "an editor"}]


@pytest.fixture
def roses(web):
    return Item(
        "photo", "roses", _l("Photo"), time.now(), frozenset(), 1, "Rozen", "nl", "Dijk", [(_l("Zone"), "Noord")],
        labels={Verdict.GOOD: MAY}, words="Rozen",
    )  # fmt: skip


@pytest.mark.parametrize("field", OTHER)
def test_whatever_else_the_page_shows_of_a_thing_it_is_another_answer(roses, field):
    other = dataclasses.replace(roses, **{field: OTHER[field]})
    assert Waiting(other).shown != Waiting(roses).shown


@pytest.mark.parametrize("told", TOLD)
def test_whatever_else_the_page_tells_of_why_it_waits_it_is_another_answer(roses, told):
    assert Waiting(roses, **told).shown != Waiting(roses).shown


def test_no_field_of_a_thing_is_forgotten_here():
    assert {one.name for one in dataclasses.fields(Item)} == (OTHER.keys() - {"labels"}) | handlers.UNSEEN


def test_the_same_page_an_hour_later_is_still_the_same(roses):
    later = dataclasses.replace(roses, since=roses.since + timedelta(hours=1))
    assert Waiting(later, reports=("other", "child")).shown == Waiting(roses, reports=("child", "other", "child")).shown


def test_every_form_of_the_desk_says_what_it_showed_and_without_it_nothing_is_decided(lombok, editor):
    key = key_of_photo(lombok)
    page = editor.get(QUEUE).text
    forms = re.findall(rf'(?:action|data-action)="{QUEUE}photo/{key}[^"]*".*?(?:name="shown" value|data-shown)="(\w+)"',
                       page, re.DOTALL)  # fmt: skip
    assert len(forms) == 4, "may be seen, blurred, back, away"
    assert len(set(forms)) == 1
    picture = {"photo": (make.jpeg(size=(1500, 2000)), "a.jpg")}
    for end, form in (("", {"verdict": "good"}), ("", {"verdict": "good", "shown": "0" * 16}), ("/blur", picture)):
        assert editor.post(f"{QUEUE}photo/{key}{end}", data=form).status_code == 409
    assert key_of_photo(lombok) == key
    assert "/answers/" not in phone_of(lombok, 0).get(f"{QUEUE}answers").text
    assert say(editor, "photo", key, verdict="good").status_code == 303


def test_who_answered_first_makes_the_second_of_two_yeses_no_accident(here, web, bram, cem, dirk):
    child = make.person(here, "Kleine Uil", is_young=True)
    key = objects.waiting_place(child, bram)[0]["key"]
    first_page = queries.one(here.id, "place", key, cem.player_key).shown
    service.decide(here.id, "place", key, "good", dirk.player_key, Role.EDITOR, shown=first_page)
    with pytest.raises(Refusal) as refused:  # its button said that a second editor looks
        service.decide(here.id, "place", key, "good", cem.player_key, Role.EDITOR, shown=first_page)
    assert refused.value.kind == Sort.CONFLICT
    assert contributions.one_of(child.player_key, key).waits


def test_another_card_or_another_pin_is_another_answer(here, web, amina, bram, cem):
    sent = (objects.waiting_place, objects.waiting_draft, objects.waiting_challenge)
    place, draft, challenge = (build(amina, bram)[0]["key"] for build in sent)
    before = {one.item.key: one.shown for one in queries.queue(here.id, cem.player_key)}
    pin = contributions.one_of(amina.player_key, place).last
    pin.content = {**pin.content, "lat": pin.content["lat"] + 0.0005}
    said = contributions.one_of(amina.player_key, draft).last
    said.content = {**said.content, "question": "En jij?"}
    challenges.one_of_staff(here.id, amina.player_key, challenge.partition("-")[2]).marks = ["indoor"]
    db.session.flush()
    after = {one.item.key: one.shown for one in queries.queue(here.id, cem.player_key)}
    assert before.keys() == after.keys() == {place, draft, challenge}
    assert not before.items() & after.items()


def test_a_card_is_drawn_for_a_page_and_not_for_its_digest(here, web, amina, bram, cem, monkeypatch):
    key = objects.waiting_challenge(amina, bram)[0]["key"]
    monkeypatch.setattr(at_desk, "card", None)  # whoever draws, fails
    [waits] = queries.queue(here.id, cem.player_key)
    service.decide(here.id, "challenge", key, "good", cem.player_key, Role.EDITOR, shown=waits.shown)
