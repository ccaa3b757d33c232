"""At the very same moment: a name changes while an editor decides, or one editor taps twice. One of the two counts."""

import pytest
from sqlalchemy import select

from core.database import db
from core.desk import queries, service
from core.desk.models import Decision
from core.guard import Role
from core.people import queries as people
from core.people import service as naming
from tests.core import objects
from tests.core.desk.test_desk import refused_at_once
from tests.game.encounters.test_races import one_into_the_other

pytestmark = pytest.mark.both
TO_DECIDE = [
    objects.waiting_photo, objects.waiting_place, objects.waiting_draft, objects.waiting_challenge,
    objects.reported_name, objects.appealed_pause,
]  # fmt: skip


@pytest.fixture
def reported(here, amina, cem):
    """Amina's name as an editor saw it: what `decide` is told."""
    service.report(here.id, "name", amina.tag, "threat")
    [seen] = queries.queue(here.id, cem.player_key)
    db.session.commit()
    return here.id, amina.tag, cem.player_key, seen.shown


def rename(here, tag):
    naming.rename(people.by_tag(here, tag), "Gele Kat")


def decide(verdict, here, tag, editor, shown):
    service.decide(here, "name", tag, verdict, editor, Role.EDITOR, "hurtful", shown=shown)


@pytest.mark.parametrize("verdict", ["good", "back", "away"])
def test_a_name_that_somebody_changes_at_this_moment_is_not_decided_about(app, amina, reported, verdict):
    here, tag, _editor, _shown = reported
    one_into_the_other(app, lambda: rename(here, tag), lambda: decide(verdict, *reported))
    db.session.rollback()
    assert amina.name == "Gele Kat"
    assert db.session.scalars(select(Decision)).all() == []


def test_a_name_that_is_taken_away_at_this_moment_gives_way_to_the_one_they_chose(app, amina, reported):
    here, tag, _editor, _shown = reported
    one_into_the_other(app, lambda: decide("away", *reported), lambda: rename(here, tag))
    db.session.rollback()
    assert amina.name == "Gele Kat"
    assert db.session.scalars(select(Decision.verdict)).all() == ["away"]


def test_an_undo_leaves_the_name_that_they_choose_at_this_moment(app, amina, reported):
    here, tag, editor, _shown = reported
    decide("away", *reported)
    done = db.session.scalars(select(Decision.key)).one()
    db.session.commit()
    one_into_the_other(app, lambda: rename(here, tag), lambda: service.undo(here, done, editor, Role.EDITOR))
    db.session.rollback()
    assert amina.name == "Gele Kat"


@pytest.mark.parametrize("verdict", ["good", "back"])
@pytest.mark.parametrize("build", TO_DECIDE)
def test_of_two_taps_at_once_one_decides_whatever_it_is_about(app, here, amina, bram, dirk, web, build, verdict):
    arguments, _form = build(amina, bram)
    db.session.commit()
    kind, key, editor = arguments["kind"], arguments["key"], dirk.player_key
    assert refused_at_once(app, here.id, kind, key, [(editor, verdict)] * 2) == 1
    db.session.rollback()
    assert db.session.scalars(select(Decision.about).where(Decision.by == editor)).all() == [key]
