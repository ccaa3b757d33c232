"""A form that comes twice makes one thing: its key is used up in the transaction that makes it."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from core import clock, codes
from core import jobs as clockwork
from core.database import Model, Moment, db, dialect, insert_into, writing

ACCEPTED = timedelta(days=14)  # how long something may wait on a phone without network and still counts
KEPT = ACCEPTED + timedelta(days=1)  # how long a form is known again


class SentForm(Model):
    """A form that made something: SHA-256 of its random key with what it said, and the key of what it made."""

    __tablename__ = "sent_form"

    twin: Mapped[str] = mapped_column(String(64), primary_key=True)
    made: Mapped[str] = mapped_column(String(80))
    at: Mapped[Moment] = mapped_column(index=True)


def init_app(app: Flask) -> None:
    """Let templates give a form its client key, and forget what is too long ago to come twice."""
    app.add_template_global(codes.new_key, "new_key")
    clockwork.SWEEPS.add(app, "sent forms", forget)


def once(twin: str, make: Callable[[], str]) -> str:
    """The key of what this form makes: made now, or by the same form before. Inside `writing()`.

    `twin` is core.forms.Form.twin; without one it is always made.
    """
    if not is_first(twin):
        return db.session.scalar(select(SentForm.made).where(SentForm.twin == twin)) or ""
    made = make()
    db.session.execute(update(SentForm).where(SentForm.twin == twin).values(made=made))
    return made


def is_first(twin: str) -> bool:
    """Whether no form like this came before; from now on one did. Inside `writing()`.

    Of two at one instant the second waits for the first, whose row it meets; what was refused leaves none.
    """
    row = insert_into(SentForm, dialect()).values(twin=twin, made="", at=clock.now())
    return not twin or db.session.scalar(row.on_conflict_do_nothing().returning(SentForm.twin)) is not None


def forget() -> int:
    """Remove what came too long ago to come twice; how many that were."""
    with writing():
        over = delete(SentForm).where(SentForm.at <= clock.now() - KEPT).returning(SentForm.twin)
        return len(db.session.scalars(over).all())
