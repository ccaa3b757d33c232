"""Words change at the very moment in which an editor decides: none are shown but those an editor saw."""

import pytest
from sqlalchemy import select

from core.contributions import queries as contributions
from core.database import db
from core.desk import queries as desk
from core.desk import service as deciding
from core.desk.models import Decision
from core.guard import Role
from core.people.models import Person
from game.challenges import queries, service
from game.challenges.models import State
from tests.game.challenges.drafting import WORDS, made_of, propose, send_again
from tests.game.encounters.test_races import one_into_the_other

pytestmark = pytest.mark.both
OTHERS = {"nl": {"title": "Iets anders", "text": "Dit zag niemand.", "question": ""}}


@pytest.fixture
def draft(here, amina):
    return propose(amina, WORDS, named=False)


@pytest.fixture
def decide(app, here, draft, cem):
    """An editor says yes to what they see now."""
    [seen] = desk.queue(here.id, cem.player_key)
    said = (here.id, "draft", draft.desk_key, "good", cem.player_key, Role.EDITOR)
    db.session.commit()
    return lambda: deciding.decide(*said, shown=seen.shown)


@pytest.fixture
def write_anew(draft, amina):
    """Its maker sends other words."""
    key, player, number = draft.key, amina.player_key, amina.id

    def send():
        mine = contributions.one_of(player, key)
        send_again(mine, db.session.get_one(Person, number), OTHERS, named=False)

    return send


def test_what_is_written_anew_at_this_moment_waits(app, draft, decide, write_anew):
    one_into_the_other(app, write_anew, decide)
    db.session.rollback()
    assert (draft.last.content, draft.state, draft.became) == (OTHERS["nl"], "waiting", None)
    assert db.session.scalars(select(Decision)).all() == []


def test_what_is_shown_from_this_moment_on_keeps_the_words_that_the_editor_saw(app, draft, decide, write_anew):
    one_into_the_other(app, decide, write_anew)
    db.session.rollback()
    assert (draft.last.content, draft.state) == (WORDS["nl"], "shown")
    assert (made_of(draft).texts, made_of(draft).state) == (WORDS, State.SHOWN)


@pytest.fixture
def rewrite(draft, here, cem, dirk):
    """A maker writes other words into what it became."""
    deciding.decide(here.id, "draft", draft.desk_key, "good", dirk.player_key, Role.EDITOR)
    deciding.report(here.id, "draft", draft.key, "other")
    where, maker, key = here.id, cem.player_key, made_of(draft).key
    db.session.commit()

    def change(names=False):
        if found := queries.one_of_staff(where, maker, key):
            service.change(found, {"texts": OTHERS}, maker, names)

    return change


@pytest.mark.parametrize("names", [True, False])
def test_an_editor_who_hides_it_while_a_maker_changes_it_hides_no_words_of_the_maker(
    app, here, draft, bram, rewrite, names
):
    said = (here.id, "draft", draft.desk_key, "back", bram.player_key, Role.EDITOR, "unclear")
    made = made_of(draft)
    db.session.commit()

    def hide():
        deciding.decide(*said)

    one_into_the_other(app, lambda: rewrite(names), hide)
    db.session.rollback()
    assert (made.texts, made.state) == (OTHERS, State.HIDDEN if names else State.SHOWN)


def test_a_maker_who_changes_it_while_an_editor_hides_it_changes_nothing(app, here, draft, bram, rewrite):
    said = (here.id, "draft", draft.desk_key, "back", bram.player_key, Role.EDITOR, "unclear")
    db.session.commit()

    def hide():
        deciding.decide(*said)

    one_into_the_other(app, hide, rewrite)
    db.session.rollback()
    assert (made_of(draft).texts, made_of(draft).state) == (WORDS, State.HIDDEN)
