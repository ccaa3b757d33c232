"""What people hand in: the one life of it, whatever it is. A kind is added in one line (docs/add-to-core.md)."""

from flask import Flask

from core.contributions import handing_over, own_pages, personal_data, queries, service
from core.contributions.at_desk import Contributions
from core.contributions.kinds import KINDS, Kind
from core.desk.handlers import ELSEWHERE, HANDLERS
from core.forgotten import FORGOTTEN, Forgotten
from core.personal_data import SORTS
from core.staying import STAYING


def init_app(app: Flask) -> None:
    """Register what is kept of who signs what others handed in, and what a restore does again."""
    FORGOTTEN.add(app, "under a receipt", Forgotten(handing_over.since, handing_over.again), order=5)
    FORGOTTEN.add(app, "contribution", Forgotten(queries.taken_back_since, service.withdraw_again), order=20)
    SORTS.add(app, personal_data.SIGNED.name, personal_data.SIGNED)


def add(app: Flask, kind: Kind, has_pages: bool = True) -> None:
    """A kind of thing that people hand in: its pages, how the desk decides about it, and what is kept of a person.

    `has_pages`: whether the usual ones serve; a kind with pages of its own has at least its `own`.
    """
    KINDS.add(app, kind.name, kind)
    at_desk = Contributions(kind)
    HANDLERS.add(app, kind.name, at_desk)
    if kind.signed_as:
        ELSEWHERE.add(app, kind.name, at_desk.elsewhere)
    if has_pages:
        own_pages.init_app(app, kind)
    if kind.may_stay:
        STAYING.add(app, kind.path, handing_over.of(kind))
    data = personal_data.of(kind)
    SORTS.add(app, data.name, data)
