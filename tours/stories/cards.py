"""The pictures that other sites show beside a link: made by us, of words alone, while what they stand for may be shown.

They are drawn with the clockwork, by a program of its own (painter/), once for what each says. What has such pictures
says which, of what, and whether one may still stand (sharing.py, tours/walks/sharing.py).
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.database import db, writing
from core.media import service as media
from core.media.owners import Owner
from core.media.workshop import Made, Trade, Workshop
from core.refusal import Refusal
from core.storage import storage

FILE = "share.png"
OWNER = Owner("share picture", (FILE,))
AT_ONCE = 20  # of a sort, in one minute
BROKEN = (_l("This picture could not be drawn."), "invalid")
PAINTER = Workshop(
    Trade(
        "share",
        program=Path(__file__).with_name("painter") / "__main__.py",
        most_bytes=10_000,
        beginnings=re.compile(rb"\{"),
        refusals=dict.fromkeys(("empty", "bytes", "unknown", "broken", "full", "busy"), BROKEN),
    )
)


class Words(NamedTuple):
    """What stands in a picture; "" for nothing."""

    title: str
    year: str
    place: str
    neighbourhood: str

    @property
    def hash(self) -> str:
        """Another one is another picture."""
        return hashlib.sha256(self.written).hexdigest()

    @property
    def written(self) -> bytes:
        """As the painter reads it."""
        return json.dumps(self._asdict(), ensure_ascii=False).encode()


class Wanted(NamedTuple):
    """A thing that may have a picture, what stands in it, and the hash of what stands in the one it has."""

    id: int
    words: Words
    has: str | None


class Cards(NamedTuple):
    """The pictures of one sort of thing. `owner`: the name of the column of their model that says whose each is.

    `may_stand`: whether a thing may still have one, held until the end of the transaction.
    """

    model: type[Any]
    owner: str
    wanted: Callable[[], Iterable[Wanted]]
    may_stand: Callable[[int], bool]

    def file(self, id_: int) -> Path | None:
        """Where the picture lies; None for none yet. Whether it may be shown is the caller's to ask."""
        card = self._card(id_)
        return media.file(card.key, FILE) if card else None

    def sweep(self) -> int:
        """Draw what lacks, or says something else by now; how many."""
        lacking = [one for one in self.wanted() if one.words.hash != one.has]
        return sum(self._draw(one) for one in lacking[:AT_ONCE])

    def drop(self, id_: int) -> None:
        """Say goodbye to the picture of a thing, where it has one."""
        if card := self._card(id_):
            media.let_go({card.key})
            db.session.delete(card)

    def _card(self, id_: int) -> Any:
        return db.session.scalar(select(self.model).filter_by(**{self.owner: id_}))

    def _draw(self, one: Wanted) -> bool:
        try:
            made = PAINTER.make(BytesIO(one.words.written), storage().tmp())
        except Refusal:  # the next minute tries again; the page says nothing of a picture meanwhile
            return False
        try:
            with writing():
                return self._keep(one, made)
        finally:
            shutil.rmtree(made.folder, ignore_errors=True)

    def _keep(self, one: Wanted, made: Made) -> bool:
        if not self.may_stand(one.id):
            return False
        key, card = media.keep(made.folder, OWNER), self._card(one.id)
        if card is None:
            db.session.add(self.model(**{self.owner: one.id}, key=key, of=one.words.hash))
            return True
        media.let_go({card.key})
        card.key, card.of = key, one.words.hash
        return True
