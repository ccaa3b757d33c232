"""A command that tells which withdrawals did not reach every copy (docs/deploy.md)."""

import click
from flask.cli import with_appcontext

from core.consent import queries


@click.command("withdrawals")
@with_appcontext
def withdrawals() -> None:
    """Name what a surface would not drop in LATE tries: surface, key, use, since when. Exits 1 for any."""
    late = queries.late()
    for one in late:
        click.echo(f"{one.surface}\t{one.kind}\t{one.key}\t{one.use}\t{one.withdrawn_at:%Y-%m-%d %H:%M}\t{one.tries}")
    click.echo(f"{len(late)} late")
    if late:
        raise SystemExit(1)
