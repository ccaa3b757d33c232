"""Words change at the very moment in which an editor decides: none are shown but those an editor saw."""

import pytest
from sqlalchemy import select

from core.database import db
from core.desk import queries as desk
from core.desk import service as deciding
from core.desk.models import Decision
from core.guard import Role
from core.people.models import Person
from game.challenges import queries, service
from game.challenges.models import State
from tests.game.challenges.test_drafts import WORDS
from tests.game.encounters.test_races import one_into_the_other

pytestmark = pytest.mark.both
OTHERS = {"nl": {"title": "Iets anders", "text": "Dit zag niemand.", "question": ""}}


@pytest.fixture
def draft(here, amina):
    return service.propose(amina, WORDS, named=False)


@pytest.fixture
def decide(app, here, draft, cem):
    """An editor says yes to what they see now."""
    [seen] = desk.queue(here.id, cem.player_key)
    said = (here.id, "challenge", draft.desk_key, "good", cem.player_key, Role.EDITOR)
    db.session.commit()
    return lambda: deciding.decide(*said, shown=seen.shown)


@pytest.fixture
def write_anew(draft, amina):
    """Its maker sends other words."""
    key, player, number = draft.key, amina.player_key, amina.id

    def send():
        mine = queries.one_of_maker(player, key)
        service.send_again(mine, db.session.get_one(Person, number), OTHERS, named=False)

    return send


def test_what_is_written_anew_at_this_moment_waits(app, draft, decide, write_anew):
    one_into_the_other(app, write_anew, decide)
    db.session.rollback()
    assert (draft.texts, draft.state) == (OTHERS, State.DRAFT)
    assert db.session.scalars(select(Decision)).all() == []


def test_what_is_shown_from_this_moment_on_keeps_the_words_that_the_editor_saw(app, draft, decide, write_anew):
    one_into_the_other(app, decide, write_anew)
    db.session.rollback()
    assert (draft.texts, draft.state) == (WORDS, State.SHOWN)


@pytest.mark.parametrize("names", [True, False])
def test_a_maker_who_changes_it_at_this_moment_changes_what_is_shown(app, here, draft, cem, decide, names):
    where, maker, key = here.id, draft.maker, draft.key

    def change():
        service.change(queries.one_of_staff(where, maker, key), {"texts": OTHERS}, maker, names)

    one_into_the_other(app, decide, change)
    db.session.rollback()
    assert draft.texts == OTHERS
    assert (draft.state == State.SHOWN) is not names
