"""What everybody is shown alike: drawn once, and anew after a commit that wrote to a table that it is drawn from.

Each such commit makes a new edition: it writes a random word into one row, as the last thing in its own transaction.
Whoever shows a piece looks at that row first, so none is ever older than what was committed, whichever process drew it.
The word is for us alone: how often it changes says how often people meet. A browser gets a hash of the page.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache, wraps
from typing import Any, NamedTuple

from flask import Flask, Response, abort, current_app, g, request
from sqlalchemy import String, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import UpdateBase

from core import clock, codes
from core.database import OF_THIS_SITE, Id, Model, db, dialect, insert_into
from core.i18n import lang
from core.registry import Registry
from core.squeeze import LANGUAGE

MOST = 500  # pieces that a process keeps; then it begins anew
OF_ALL = {"neighbourhood", "languages", "public_url"}  # what `g` has that is not of who asks

DRAWN_FROM: Registry[frozenset[str]] = Registry("tables that everybody reads from")
"""Of each part the tables, by name, that its shared pieces are drawn from: a row written there makes a new edition."""


class Edition(Model):
    """The one row, which says what was committed last: another word, another edition."""

    __tablename__ = "edition"
    __table_args__ = {"info": {OF_THIS_SITE: True}}

    id: Mapped[Id]
    word: Mapped[str] = mapped_column(String(26))


class Kept(NamedTuple):
    """A piece as it was drawn: in which edition, and in which hour, since no rule about time changes within one."""

    edition: str | None
    hour: datetime
    text: str | None
    tag: str

    def is_of(self, edition: str | None, hour: datetime) -> bool:
        """Whether it would be drawn the same now."""
        return edition is not None and (self.edition, self.hour) == (edition, hour)


LAST = select(Edition.word)
ASKED = ("wsgi.url_scheme", "HTTP_HOST", "PATH_INFO", "HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE")


def init_app(app: Flask) -> None:
    """From now on what is written in this app is looked at."""
    app.extensions["shared"] = {}
    app.url_value_preprocessor(_answer_at_once)
    with app.app_context():
        event.listen(db.engine, "after_execute", _look)


def piece(name: str, draw: Callable[[], str | None]) -> Callable[[], str | None]:
    """The same piece of a page of a neighbourhood, kept in each language. `draw` does not know who asks."""

    def shown() -> str | None:
        with _nobody_asks():
            return _kept((name, g.neighbourhood.id, lang()), draw).text

    return shown


def page(view: Callable[..., str]) -> Callable[..., str | Response]:
    """A whole page, kept for those of whom we know nothing: no cookie, and no question in the address."""

    @wraps(view)
    def shown(**arguments: Any) -> str | Response:
        return _answer(_kept(_asked(), lambda: view(**arguments))) if _is_anybody() else view(**arguments)

    return shown


def _is_anybody() -> bool:
    return request.method in {"GET", "HEAD"} and not request.query_string and request.cookies.keys() <= LANGUAGE


def _asked() -> tuple[str | None, ...]:
    """All that a page for anybody depends on: where it was asked for, and what a reader says of languages."""
    return tuple(map(request.environ.get, ASKED))


def _answer_at_once(_endpoint: str | None, _arguments: object) -> None:
    """The one hot path: a page that is kept is answered before it is asked which neighbourhood this is, and of whom."""
    known = _kept_by_key().get(_asked()) if _is_anybody() else None
    if known and known.is_of(_last_word(), _hour()):
        abort(_answer(known))


def _last_word() -> str | None:
    """The same without a session or a statement of SQLAlchemy, which takes some twenty times as long."""
    with closing(db.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT word FROM edition")
        found = cursor.fetchone()
    return found[0] if found else None


def _answer(kept: Kept) -> Response:
    """May lie in a browser, which asks each time whether it still holds: often nothing has to travel."""
    g.may_be_kept = True
    answer = Response(kept.text, mimetype="text/html")
    answer.cache_control.no_cache = True
    answer.vary.update(("Cookie", "Accept-Language"))
    answer.set_etag(kept.tag)
    answer.make_conditional(request)
    return answer


def _kept(key: tuple[Any, ...], draw: Callable[[], str | None]) -> Kept:
    """The edition is looked at before drawing: what is committed meanwhile may show, and is drawn again."""
    all_, edition, hour = _kept_by_key(), db.session.scalar(LAST), _hour()
    known = all_.get(key)
    if known and known.is_of(edition, hour):
        return known
    text = draw()
    drawn = Kept(edition, hour, text, hashlib.sha256((text or "").encode()).hexdigest()[:32])
    if len(all_) >= MOST:
        all_.clear()
    all_[key] = drawn
    return drawn


def _kept_by_key() -> dict[tuple[Any, ...], Kept]:
    found: dict[tuple[Any, ...], Kept] = current_app.extensions["shared"]
    return found


def _hour() -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0)


@contextmanager
def _nobody_asks() -> Iterator[None]:
    own = {name: g.pop(name) for name in set(g) - OF_ALL}
    try:
        yield
    finally:
        for name, value in own.items():
            setattr(g, name, value)


def _look(_connection: object, statement: object, *_more: object) -> None:
    if isinstance(statement, UpdateBase) and getattr(statement.table, "name", "") in _tables(current_app):
        db.session.info["is new"] = True


@event.listens_for(db.session, "before_commit")
def _make_new(session: Session) -> None:
    """Last of all that the transaction does, so that others who write wait for the row no longer than it must."""
    if session.in_nested_transaction():
        return
    session.flush()
    if session.info.pop("is new", False):
        session.execute(_write(dialect()), {"id": 1, "word": codes.new_key()})


def _tables(app: Flask) -> frozenset[str]:
    found: frozenset[str] | None = app.extensions.get("shared tables")
    if found is None:
        found = app.extensions["shared tables"] = frozenset().union(*DRAWN_FROM.all())
    return found


@cache
def _write(dialect: str) -> Any:
    row = insert_into(Edition, dialect)
    return row.on_conflict_do_update(index_elements=["id"], set_={"word": row.excluded.word})
