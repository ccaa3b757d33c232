"""`audit verify`: whether the log is whole."""

import click
from flask.cli import with_appcontext

from core.audit import service


@click.group("audit")
def audit() -> None:
    """The audit log."""


@audit.command("verify")
@click.option("--head", default="", help="a hash that an earlier run printed; it must still be there")
@with_appcontext
def verify(head: str) -> None:
    """Check every entry; print how many there are and the last hash. Exits 1 when something was altered or is gone."""
    found = list(service.faults())
    if head and not service.has(head):
        found.append("the entry with that hash is gone: the end of the log was cut off")
    for fault in found:
        click.echo(fault)
    click.echo(f"{service.length()} entries, {len(found)} faults, head {service.head()}")
    if found:
        raise SystemExit(1)
