"""The named things that can happen. Listeners never raise into the sender."""

import logging
from collections.abc import Callable
from typing import Any

from core.database import db

log = logging.getLogger(__name__)


class Event:
    """Something that happened, told to whoever listens, in the sender's transaction."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._listeners: list[Callable[..., None]] = []

    def listen(self, listener: Callable[..., None]) -> Callable[..., None]:
        """Add a listener; twice the same is once."""
        if listener not in self._listeners:
            self._listeners.append(listener)
        return listener

    def tell(self, **facts: Any) -> None:
        """Tell every listener. One that fails is logged; the others and the sender go on."""
        for listener in self._listeners:
            try:
                with db.session.begin_nested():  # what a failing listener wrote goes; the sender's work stays
                    listener(**facts)
            except Exception:  # a listener's fault is never the sender's: the rule of this module
                log.exception("a listener of %s failed", self.name)


photo_forgotten = Event("photo forgotten")  # after a photo was withdrawn or refused; its URLs already answer 404
