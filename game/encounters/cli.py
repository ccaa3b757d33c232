"""Commands that check what the game recorded: the ledger against its yeses, rows against files."""

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import func, select

from core.database import db
from game.encounters.models import Encounter, State
from game.scoring.models import LedgerEntry, Total
from game.scoring.replay import Row, replay
from game.scoring.service import MEETING


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(ledger)


@click.group()
def ledger() -> None:
    """The ledger of points."""


@ledger.command("replay")
@with_appcontext
def replay_ledger() -> None:
    """Score every confirmed meeting again, independently, and compare. Exits 1 on any difference."""
    expected, written = expected_rows(), written_rows()
    wrong = [f"missing: {row}" for row in sorted(expected - written)]
    wrong += [f"too much: {row}" for row in sorted(written - expected)]
    wrong += [f"total of {player}: {points}, its rows: {summed}" for _season, player, points, summed in wrong_totals()]
    for line in wrong:
        click.echo(line)
    click.echo(f"{len(written)} rows, {len(wrong)} differences")
    if wrong:
        raise SystemExit(1)


def expected_rows() -> set[Row]:
    """What the yeses should have given, by the independent scorer."""
    confirmed = db.session.scalars(
        select(Encounter).where(Encounter.state == State.CONFIRMED, Encounter.season_id.is_not(None))
    )
    return replay(encounter.as_meeting() for encounter in confirmed)


def written_rows() -> set[Row]:
    """What the ledger says meetings gave."""
    columns = (LedgerEntry.season_id, LedgerEntry.meeting, LedgerEntry.player, LedgerEntry.points, LedgerEntry.week)
    rows = db.session.execute(select(*columns).where(LedgerEntry.reason == MEETING))
    return {(season, meeting, player, points, week) for season, meeting, player, points, week in rows}


def wrong_totals() -> list[tuple[int, str, int, int]]:
    """Running totals that are not the sum of their rows: (season, player, total, sum)."""
    sums = {
        (season, player): summed
        for season, player, summed in db.session.execute(
            select(LedgerEntry.season_id, LedgerEntry.player, func.sum(LedgerEntry.points)).group_by(
                LedgerEntry.season_id, LedgerEntry.player
            )
        )
    }
    totals = {(row.season_id, row.player): row.points for row in db.session.scalars(select(Total))}
    return [
        (*key, totals.get(key, 0), sums.get(key, 0))
        for key in sorted(sums.keys() | totals.keys())
        if totals.get(key, 0) != sums.get(key, 0)
    ]
