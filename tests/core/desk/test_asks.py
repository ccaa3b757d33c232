"""Which ask an answer is about is a number: also what is asked anew in the very same moment waits anew."""

from collections.abc import Callable

import flask_migrate
import pytest
from sqlalchemy import select

from core import clock as time
from core import codes
from core.contributions import queries as contributions
from core.contributions import service as sending
from core.database import db, writing
from core.desk import queries, service
from core.guard import Role
from core.people.models import Person
from core.photos import queries as photos
from core.photos import service as keeping
from core.photos.models import PLAYERS, WEB
from core.refusal import Refusal, Sort
from game.challenges import queries as challenges
from game.challenges import service as making
from game.encounters.signals_found import Raised
from game.seasons.models import Season
from tests import make
from tests.core import objects

SENT = {
    "photo": objects.waiting_photo,
    "place": objects.waiting_place,
    "draft": objects.waiting_draft,
    "challenge": objects.waiting_challenge,
}


def photo_again(who: Person, key: str) -> None:
    for scopes in ((), (PLAYERS, WEB)):
        keeping.choose(photos.by_key(key), who.player_key, scopes)


def sent_again(who: Person, key: str) -> None:
    found = contributions.one_of(who.player_key, key)
    sending.send_again(found, who.neighbourhood, found.last.content, found.last.language, found.named)


def challenge_again(who: Person, key: str) -> None:
    found = challenges.one_of_staff(who.neighbourhood_id, who.player_key, key.partition("-")[2])
    making.change(found, {"texts": {"nl": {**found.texts["nl"], "title": "Anders"}}}, who.player_key, names=True)


AGAIN: dict[str, Callable[[Person, str], None]] = {
    "photo": photo_again, "place": sent_again, "draft": sent_again, "challenge": challenge_again
}  # fmt: skip


def seen(here: int, editor: str) -> dict[str, str]:
    """What waits, by its key: the digest of all that the page shows."""
    return {one.item.key: one.shown for one in queries.queue(here, editor)}


def back(here: int, kind: str, key: str, editor: str, shown: str | None = None) -> None:
    reason = "new photo" if kind == "look" else "unclear"
    service.decide(here, kind, key, "back", editor, Role.EDITOR, reason, shown=shown)


def raise_signal(who: Person, name: str) -> None:
    """That something was seen about somebody."""
    season = db.session.scalars(select(Season.id)).one()
    row = {"key": codes.new_key(), "season_id": season, "player": who.player_key, "name": name}
    db.session.add(Raised(**row, at=time.now(), found_at=time.now()))
    db.session.flush()


@pytest.mark.parametrize("kind", SENT)
def test_what_went_back_and_is_sent_again_in_the_same_moment_waits_anew(here, web, amina, bram, cem, clock, kind):
    key = SENT[kind](amina, bram)[0]["key"]
    back(here.id, kind, key, cem.player_key)
    assert key not in seen(here.id, cem.player_key)
    AGAIN[kind](amina, key)
    assert key in seen(here.id, cem.player_key)


@pytest.mark.parametrize("kind", SENT)
def test_an_answer_to_an_older_ask_is_none_to_this_one(here, web, amina, bram, cem, clock, kind):
    key = SENT[kind](amina, bram)[0]["key"]
    older = seen(here.id, cem.player_key)[key]
    AGAIN[kind](amina, key)
    with pytest.raises(Refusal) as refused:
        back(here.id, kind, key, cem.player_key, older)
    assert refused.value.kind == Sort.CONFLICT
    back(here.id, kind, key, cem.player_key, seen(here.id, cem.player_key)[key])


def test_a_signal_that_comes_in_the_moment_of_a_decision_asks_for_another_look(here, web, amina, cem, clock):
    for name in ("one phone", "at once"):
        raise_signal(amina, name)
    [key] = seen(here.id, cem.player_key)
    back(here.id, "look", key, cem.player_key)
    assert seen(here.id, cem.player_key) == {}
    raise_signal(amina, "same picture")
    assert key in seen(here.id, cem.player_key)


@pytest.mark.parametrize("kind", SENT)
def test_undoing_a_no_shows_nothing_that_was_asked_in_the_same_moment(here, web, amina, bram, cem, dirk, clock, kind):
    key = SENT[kind](amina, bram)[0]["key"]
    service.decide(here.id, kind, key, "good", cem.player_key, Role.EDITOR)
    service.report(here.id, kind, key, "other")
    no = service.decide(here.id, kind, key, "back", cem.player_key, Role.EDITOR, "unclear")
    AGAIN[kind](amina, key)
    service.undo(here.id, no.key, cem.player_key, Role.EDITOR)
    assert not queries.one(here.id, kind, key, dirk.player_key).item.is_public


@pytest.mark.both
def test_what_was_answered_and_what_was_asked_anew_since_stay_so_both_ways(migrated, clock):
    make.world()
    with writing():
        amina, bram, cem, _dirk = db.session.scalars(select(Person).order_by(Person.id)).unique()
        here, editor = amina.neighbourhood_id, cem.player_key
        anew, answered = ([build(*two)[0]["key"] for build in SENT.values()] for two in ((amina, bram), (bram, amina)))
        for player in (amina, bram):
            for name in ("one phone", "at once"):
                raise_signal(player, name)
        clock.advance(minutes=1)
        for one in queries.queue(here, editor):
            back(here, one.item.kind, one.item.key, editor)
        clock.advance(minutes=1)
        for kind, key in zip(SENT, anew, strict=True):
            AGAIN[kind](amina, key)
        raise_signal(bram, "same picture")
        asked = set(seen(here, editor))
    assert asked > set(anew)
    assert len(asked) == len(anew) + 1
    assert not asked & set(answered)
    flask_migrate.downgrade(revision="0030")
    flask_migrate.upgrade()
    db.session.rollback()
    assert set(seen(here, editor)) == asked
    assert queries.unread(amina.player_key) == 6  # two photos, a place, a draft, a challenge, a look
