"""Whatever twelve people do in a season: the ledger is what the slow scorer says, and no point is lost or made."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from core import clock
from core.database import db
from game.encounters import cli
from game.scoring import corrections, newcomers
from game.scoring.meeting import Meeting
from game.scoring.models import Held, Known, LedgerEntry
from game.scoring.replay import CARDS, Corrected, Days, replay
from game.scoring.service import award
from game.seasons.models import Season

pytestmark = pytest.mark.both
START = datetime(2026, 5, 30, 22, 0, tzinfo=UTC)  # the first day of make.season, at midnight in Amsterdam
LONG = timedelta(days=27)
player = st.integers(0, 11).map("p{}".format)
minutes = st.integers(0, 27 * 24 * 60 - 1).map(lambda passed: timedelta(minutes=passed))


@dataclass(frozen=True)
class Met:
    """Two met; `group`: how they were together before (1: a household, 2: a team)."""

    after: timedelta
    one: str
    other: str
    fits: bool
    group: int


@dataclass(frozen=True)
class Welcomed:
    """A host scanned a card."""

    after: timedelta
    player: str


@dataclass(frozen=True)
class Corrects:
    """A coordinator takes away what one of the meetings until then gave, or gives it back."""

    after: timedelta
    which: int


act = st.one_of(
    *[st.builds(Met, minutes, player, player, st.booleans(), st.sampled_from([0, 0, 0, 0, 1, 2]))] * 5,
    st.builds(Welcomed, minutes, player),
    st.builds(Corrects, minutes, st.integers(0, 99)),
)


def as_meeting(met: Met, number: int, season: int, zones: list[int | None]) -> Meeting:
    two = (met.one, met.other)
    group = ("g", "g") if met.group else (None, None)
    return Meeting(
        f"{number:026}", season, two, (zones[int(met.one[1:]) % 3], zones[int(met.other[1:]) % 3]), START + met.after,
        number, households=group if met.group == 1 else (None, "h"), teams=group if met.group == 2 else ("t", None),
        fits=met.fits,
    )  # fmt: skip


def correct(played: list[Meeting], which: int) -> None:
    """Take it away where it stands, else give it back."""
    if played:
        meeting = played[which % len(played)].key
        corrections.take(meeting, "not met", "c") or corrections.give_back(meeting, "c")


def play(here, season: int, known: set[str], acts: list[Met | Welcomed | Corrects]) -> list[Meeting]:
    card = db.session.get_one(Season, season).ruleset
    zones, played = [None, *(zone.id for zone in here.zones[:2])], []
    db.session.add_all(Known(player=player, how="letter", at=START) for player in known)
    db.session.flush()
    for number, act in enumerate(acts):
        clock.set(START + act.after)
        if isinstance(act, Welcomed):
            newcomers.welcome(here.id, [act.player], "host")
        elif isinstance(act, Corrects):
            correct(played, act.which)
        elif act.one != act.other:
            played.append(as_meeting(act, number, season, zones))
            award(played[-1], card)
    return played


def groups(corrected: list[Corrected]) -> dict[str, list[bool]]:
    """Of each meeting that was corrected, in order whether it was taken away or given back."""
    found: dict[str, list[bool]] = {}
    for one in corrected:
        found.setdefault(one.meeting, []).append(one.is_taken)
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(act, min_size=5, max_size=60, unique_by=lambda act: act.after),
    known=st.sets(player, max_size=8),
    card=st.sampled_from(sorted(CARDS)),
    late=st.none() | st.lists(st.integers(0, 99), max_size=5),
)
def test_the_ledger_equals_the_slow_scorer_and_no_point_is_lost_or_made(here, acts, known, card, late):
    """`late`: which meetings are corrected once the season is over; None: it is not."""
    season = db.session.scalars(select(Season)).one()
    with db.session.begin_nested() as savepoint:
        db.session.execute(update(Season).values(ruleset=card))
        db.session.expire_all()
        played = play(here, season.id, known, sorted(acts, key=lambda act: act.after))
        for number, which in enumerate(late or ()):
            clock.set(START + LONG + timedelta(days=2, hours=number))
            correct(played, which)
        if late is not None:
            clock.set(START + LONG + timedelta(days=3))
            newcomers.give_to_buurt()
        rows, waits, totals = cli.written_rows(), cli.waiting(), cli.wrong_totals()
        events = {one.player: (one.how, one.at) for one in db.session.scalars(select(Known))}
        corrected = cli.corrected()
        taken = {meeting for meeting, whats in groups(corrected).items() if whats[-1]}
        entries = db.session.scalars(
            select(LedgerEntry).where(LedgerEntry.reason == "meeting", LedgerEntry.meeting.not_in(taken))
        ).all()
        earned = sum(points for entry in entries if entry.purse == "own" for _name, points in entry.lines)
        most = max((row.points for row in db.session.scalars(select(Held))), default=0)
        number, days, today = season.id, Days(card, season.ends_on), clock.today()
        savepoint.rollback()
    welcomed = {player: at for player, (how, at) in events.items() if how != "met"}
    expected = replay(played, {number: days}, welcomed, today, corrected)
    assert (rows, waits, set(events)) == (expected.rows, set(expected.waits), expected.known | {*welcomed})
    assert earned == sum(row.points for row in rows) + sum(wait.points for wait in waits)
    assert totals == []
    assert not (late is not None and waits)
    assert most <= 20
