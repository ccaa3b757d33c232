"""Where the time of a yes goes, and which stage asks the database how often; measured inside this process."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from unittest import mock

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder

import core.people.service
import game.encounters.second_yes
import game.encounters.views
import game.scoring.service
from core.database import db
from tests.bench import meetings, site

YESES, WARM = 60, 20
AROUND = "routes, rights, limits, headers"
STAGES: list[tuple[str, Any, str]] = [
    ("whose phone", core.people.service, "whose"),
    ("BEGIN", game.encounters.views, "_in_one_go"),
    ("meeting, yes, photo", game.encounters.second_yes, "say"),
    ("the pair", game.scoring.service, "_judge"),
    ("rules, ledger, totals", game.encounters.second_yes, "award"),
    ("commit", Session, "commit"),
]
CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Stage:
    """A part of the work: its own seconds a yes, and its own queries."""

    name: str
    seconds: float
    queries: float


def measure() -> list[Stage]:
    """The stages of the mean yes, on SQLite."""
    with site.scratch() as ours:
        with ours.app.app_context():
            todo = meetings.waiting(WARM + YESES)
        for waiting in todo[:WARM]:
            _say_yes(ours.app, waiting)
        watch = Watch()
        with watch.on(ours.app):
            for waiting in todo[WARM:]:
                watch.timed(AROUND, _say_yes)(ours.app, waiting)
        names = [AROUND, *(name for name, _owner, _attribute in STAGES)]
        return [Stage(name, watch.seconds[name] / YESES, watch.queries[name] / YESES) for name in names]


def table(seen: list[Stage]) -> list[str]:
    """The stages as lines of text."""
    total = sum(stage.seconds for stage in seen)
    rows = [f"{one.name:<34}{1000 * one.seconds:7.2f} ms{one.seconds / total:6.0%}{one.queries:6.1f}" for one in seen]
    return [f"{'stage of a yes':<34}{'':>10}{'':>6}{'queries':>9}", *rows, f"{'together':<34}{1000 * total:7.2f} ms"]


class Watch:
    """Counts seconds and queries for the innermost stage at work."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()  # type: ignore[assignment]
        self.queries: Counter[str] = Counter()
        self._at_work: list[str] = []
        self._since = 0.0

    @contextmanager
    def on(self, app: Flask) -> Iterator[None]:
        """Watch the stages of an app."""
        with app.app_context():
            engine = db.engine
        patches = [
            mock.patch.object(owner, name, self.timed(stage, getattr(owner, name))) for stage, owner, name in STAGES
        ]
        event.listen(engine, "before_cursor_execute", self._query)
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()
            event.remove(engine, "before_cursor_execute", self._query)

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, on the clock of its stage; the stage around it waits."""

        @wraps(work)
        def counted(*arguments: Any, **more: Any) -> Any:
            self._turn()
            self._at_work.append(stage)
            try:
                return work(*arguments, **more)
            finally:
                self._turn()
                self._at_work.pop()

        return counted

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._at_work:
            self.seconds[self._at_work[-1]] += now - self._since  # type: ignore[assignment]
        self._since = now

    def _query(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if self._at_work and not statement.startswith(CONTROL):
            self.queries[self._at_work[-1]] += 1


def _say_yes(app: Flask, waiting: meetings.Waiting) -> None:
    headers = {"Origin": "http://localhost", "Cookie": f"device={waiting.token}", "Accept-Language": "nl"}
    form = EnvironBuilder(f"/e/{waiting.key}/yes", method="POST", data={"photo": "with"}, headers=headers)
    answers: list[str] = []
    for _piece in app(form.get_environ(), lambda status, _headers, _error=None: answers.append(status)):  # type: ignore[arg-type, return-value]
        pass
    if not answers[0].startswith("303"):
        raise RuntimeError(f"a yes was answered with {answers[0]}")
