"""Consent: who said yes to which use of which thing, and what was shown that copies must drop again."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core import jobs as clockwork
from core.consent import cli, jobs, queries, service
from core.forgotten import FORGOTTEN, Forgotten
from core.personal_data import SORTS, PersonalData

PERSONAL_DATA = PersonalData(
    "consents", frozenset({"consent"}), queries.export, service.end_of,
    label=_l("What you allowed"), about=_l("Which use of what, since when and until when."),
    is_under_receipts=True,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Register the sweep, the command, and what is kept about people."""
    clockwork.SWEEPS.add(app, "consent", jobs.sweep, order=40)  # before the bytes that it lets go
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)
    FORGOTTEN.add(app, "consent", Forgotten(queries.ended_since, service.end_again), order=10)
    app.cli.add_command(cli.withdrawals)
