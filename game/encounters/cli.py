"""Commands that check what the game recorded: the ledger against its yeses, rows against files."""

from datetime import date

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import func, select

from core import clock
from core.database import db
from game.encounters import closing
from game.encounters.models import Encounter, State
from game.scoring.models import Correction, Held, Known, LedgerEntry, Purse, Total, What
from game.scoring.replay import Corrected, Days, Replay, Row, Wait, replay
from game.seasons import queries as seasons
from game.seasons.models import Season


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(ledger)
    app.cli.add_command(season)


@click.group()
def ledger() -> None:
    """The ledger of points."""


@ledger.command("replay")
@with_appcontext
def replay_ledger() -> None:
    """Score every confirmed meeting again, independently, and compare. Exits 1 on any difference."""
    wrong = differences()
    for line in wrong:
        click.echo(line)
    click.echo(f"{len(written_rows())} rows, {len(wrong)} differences")
    if wrong:
        raise SystemExit(1)


@click.group()
def season() -> None:
    """Seasons that close."""


@season.command("closing")
@with_appcontext
def say_what_waits() -> None:
    """Name each season that should be closed by now, and what it waits for."""
    for season_id in seasons.to_close(clock.today()):
        one = db.session.get_one(Season, season_id)
        waits = closing.waits_for(one) or ["copies of photos: at the next ticks"]
        click.echo(f"{one.starts_on} – {one.ends_on} in neighbourhood {one.neighbourhood_id}: {', '.join(waits)}")


def differences() -> list[str]:
    """Where the ledger, what waits, who is known or a total is not what it should be."""
    expected = replayed()
    wrong = _compared("row", expected.rows, written_rows())
    wrong += _compared("wait", set(expected.waits), waiting())
    wrong += _compared("known", expected.known, set(db.session.scalars(select(Known.player))))
    return wrong + [f"total: {total}" for total in wrong_totals()]


def replayed() -> Replay:
    """What the yeses should have given, by the independent scorer, each season by its own card."""
    open_ = db.session.scalars(select(Season).where(Season.closed_on.is_(None))).all()
    confirmed = select(Encounter).where(Encounter.state == State.CONFIRMED, Encounter.season_id.is_not(None))
    return replay(
        (encounter.as_meeting() for encounter in db.session.scalars(confirmed.order_by(Encounter.id))),
        {season.id: Days(season.ruleset, season.ends_on) for season in open_},
        welcomed={one.player: one.at for one in db.session.scalars(select(Known).where(Known.how != "met"))},
        today=clock.today(),
        corrected=corrected(),
    )


def written_rows() -> set[Row]:
    """What the ledger says meetings gave, in the seasons that did not close: a closed one has sums alone."""
    one, open_ = LedgerEntry, select(Season.id).where(Season.closed_on.is_(None))
    rows = select(one.season_id, one.meeting, one.player, one.reason, one.purse, one.points, one.week)
    return {Row(*row) for row in db.session.execute(rows.where(one.season_id.in_(open_)))}


def corrected() -> list[Corrected]:
    """What was taken away and given back, in order."""
    rows = select(Correction.meeting, Correction.what, Correction.at).order_by(Correction.id)
    return [Corrected(meeting, what == What.TAKEN, at) for meeting, what, at in db.session.execute(rows)]


def waiting() -> set[Wait]:
    """The points that wait."""
    held = select(Held.season_id, Held.meeting, Held.player, Held.about, Held.points)
    return {Wait(*row) for row in db.session.execute(held.where(Held.settled_at.is_(None)))}


def wrong_totals() -> list[tuple[int, str, date, int, int]]:
    """Running totals that are not the sum of their rows: (season, player, Monday, total, sum)."""
    whose = (LedgerEntry.season_id, LedgerEntry.player, LedgerEntry.week)
    summed = select(*whose, func.sum(LedgerEntry.points)).where(LedgerEntry.purse == Purse.OWN).group_by(*whose)
    sums = {(season, player, week): points for season, player, week, points in db.session.execute(summed)}
    totals = {(row.season_id, row.player, row.week): row.points for row in db.session.scalars(select(Total))}
    return [
        (*key, totals.get(key, 0), sums.get(key, 0))
        for key in sorted(sums.keys() | totals.keys())
        if totals.get(key, 0) != sums.get(key, 0)
    ]


def _compared(
    what: str, expected: set[Row] | set[Wait] | set[str], found: set[Row] | set[Wait] | set[str]
) -> list[str]:
    missing = [f"missing {what}: {one}" for one in expected - found]
    return sorted(missing + [f"{what} too much: {one}" for one in found - expected])
