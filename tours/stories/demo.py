"""What stories add to the demo: twelve, made up and saying so, of six tellers, through the same services as all."""

import json
import shutil
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask

from core import clock, codes
from core.consent.models import How
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import db, writing
from core.demo.command import FURNISHERS, Furnished
from core.neighbourhoods.models import Neighbourhood
from core.photos.prepare import Prepared, prepare
from core.receipts import service as receipts
from core.storage import storage
from tours.stories import queries, service
from tours.stories.models import PAPER, SELF

FILE = Path(__file__).with_name("demo_stories.json")
HELPER, EDITOR = "joke", "farid"  # of the cast: who typed a paper story, and who looked at all of them


def init_app(app: Flask) -> None:
    """Furnish the demo."""
    FURNISHERS.add(app, "stories", _furnish)


@cache
def told() -> list[dict[str, Any]]:
    """The stories, the oldest telling first. Who is not of the cast has no account, and tells on paper."""
    return list(json.loads(FILE.read_text("utf-8")))


def _furnish(furnished: Furnished) -> None:
    if queries.many(furnished.neighbourhood.id)[0]:
        return
    with_receipt: dict[str, str] = {}
    for one in told():
        prepared = _drawn(one.get("picture"))
        clock.set(clock.now() - timedelta(days=one["days_ago"]))
        try:
            with writing():
                _tell(furnished, one, prepared, with_receipt)
        finally:
            clock.real()
            if prepared:
                shutil.rmtree(prepared.folder, ignore_errors=True)  # gone already when it was kept


def _drawn(picture: str | None) -> Prepared | None:
    if picture is None:
        return None
    from tours.stories import demo_pictures  # Pillow, which no web process needs

    return prepare(BytesIO(demo_pictures.draw(picture)), storage().tmp())


def _tell(furnished: Furnished, said: Mapping[str, Any], prepared: Prepared | None, receipt: dict[str, str]) -> None:
    """Told, looked at, and signed by its teller with the uses that they allow."""
    here = db.session.get_one(Neighbourhood, furnished.neighbourhood.id)
    player, helper = furnished.people.get(said["teller"]), furnished.people[HELPER].player_key
    who = player.player_key if player else receipt.setdefault(said["teller"], codes.new_key())
    about = {"about": said.get("about", ""), "when": said.get("pictured", ""), "whose": "mine"}
    content = {name: said.get(name, "") for name in ("title", "words", "when", "spot", "theme", "warning")}
    one = service.tell(
        here, who, content, said["language"], said["called"], SELF if player else PAPER,
        helper=None if player else helper, pictures=[service.keep_picture(prepared, about)] if prepared else (),
    )  # fmt: skip
    if player is None:
        receipts.issue(here.id, who)
    _sign(one, furnished.people[EDITOR].player_key, said, How.SCREEN if player else How.PAPER)


def _sign(one: Contribution, editor: str, said: Mapping[str, Any], how: How) -> None:
    contributions.say_yes(one, one.last, editor)
    entered_by = editor if how == How.PAPER else None
    service.approve(one, one.last.hash, one.who, how, named=bool(said["called"]), entered_by=entered_by)
    named = ["name"] if said["called"] else []
    service.allow(one, [*named, *said["uses"]], how)
