"""What people hand in: the one life of it, whatever it is. A kind is added in one line (docs/add-to-core.md)."""

from flask import Flask

from core.contributions import own_pages, personal_data
from core.contributions.at_desk import Contributions
from core.contributions.kinds import KINDS, Kind
from core.desk.handlers import HANDLERS
from core.personal_data import SORTS


def init_app(app: Flask) -> None:
    """Register what is kept of who signs what others handed in."""
    SORTS.add(app, personal_data.SIGNED.name, personal_data.SIGNED)


def add(app: Flask, kind: Kind, has_pages: bool = True) -> None:
    """A kind of thing that people hand in: its pages, how the desk decides about it, and what is kept of a person.

    `has_pages`: whether the usual ones serve; a kind with pages of its own has at least its `own`.
    """
    KINDS.add(app, kind.name, kind)
    HANDLERS.add(app, kind.name, Contributions(kind))
    if has_pages:
        own_pages.init_app(app, kind)
    data = personal_data.of(kind)
    SORTS.add(app, data.name, data)
