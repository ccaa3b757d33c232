"""Rules are data of a season: another card, other points, in the same program and at the same time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.clock import today
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from game.scoring import queries, rules
from game.scoring.models import LedgerEntry, Purse, Total
from game.scoring.rules import FIRST_CARD, Ruleset, rule
from game.seasons import service as seasons
from game.seasons.models import Season
from tests import make

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("inside", "clock")]
OTHER = "waves"


@pytest.fixture
def another_card(monkeypatch):
    """A card of two sentences, of which one reads the hour: 3 for a wave, 4 more in the morning; 5 a week."""
    monkeypatch.setitem(rules.RULESETS, OTHER, Ruleset(a_week=5))
    rule("a wave", "You two wave", OTHER)(lambda judged: 3)
    rule("early", "You were up early", OTHER)(lambda judged: 4 if judged.meeting.moment.hour < 9 else 0)


def play(slug: str, card: str) -> tuple[Season, list[int]]:
    """Three who meet on one morning, each with the first; the season, and what each got."""
    here = make.neighbourhood(slug)
    season = make.season(here)
    season.ruleset = card
    one, *others = (make.person(here, f"Buur {letter}", "Zuid") for letter in "abc")
    for other in others:
        make.confirmed(one, other)
    return season, [queries.points(season.id, player.player_key) for player in (one, *others)]


def test_two_neighbourhoods_play_by_two_cards_at_once(another_card, clock):
    clock.advance(hours=-2)  # ten o'clock in Amsterdam
    waves, theirs = play("zwaaien", OTHER)
    six, ours = play("zes", rules.SIX)
    first, before = play("vroeger", FIRST_CARD)
    assert (theirs, ours, before) == ([5, 5, 5], [20, 10, 10], [20, 10, 10])
    assert queries.given_to_buurt(waves.id) == 2 * 7 + 7 + 7 - 15, "above five a week"
    assert queries.given_to_buurt(six.id) == queries.given_to_buurt(first.id) == 0


def test_the_ledger_keeps_the_lines_of_its_card_and_the_totals_are_its_sums(another_card, clock):
    clock.advance(hours=-2)
    season, _points = play("zwaaien", OTHER)
    entries = db.session.scalars(select(LedgerEntry).where(LedgerEntry.season_id == season.id)).all()
    assert {tuple(map(tuple, entry.lines)) for entry in entries} == {(("a wave", 3), ("early", 4))}
    assert str(rules.sentence("a wave")) == "You two wave"
    own = select(LedgerEntry.player, func.sum(LedgerEntry.points)).where(LedgerEntry.purse == Purse.OWN)
    totals = select(Total.player, func.sum(Total.points))
    assert dict(db.session.execute(own.group_by(LedgerEntry.player)).all()) == dict(
        db.session.execute(totals.group_by(Total.player)).all()
    )


def test_a_season_goes_on_by_its_card_when_the_next_one_has_another(another_card, clock):
    season, before = play("zes", rules.SIX)
    after = seasons.start(
        season.neighbourhood_id, season.ends_on + timedelta(days=1), seasons.SHORTEST, {"nl": {"theme": "Zwaaien"}}
    )
    after.ruleset = OTHER
    clock.advance(days=(after.starts_on - today()).days)
    here = db.session.get_one(Neighbourhood, season.neighbourhood_id)
    one, other = (make.person(here, f"Nieuwe {letter}") for letter in "de")
    make.confirmed(one, other)
    assert queries.points(after.id, one.player_key) == 3
    assert before == [20, 10, 10]
