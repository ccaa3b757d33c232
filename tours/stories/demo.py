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
from core.sounds import prepare as sounds
from core.storage import storage
from tours.stories import queries, reactions, service, sound
from tours.stories.models import PAPER, SELF
from tours.stories.pictures import FAMILY, NOW, OWN, THEN, UNRECOGNISABLE

FILE = Path(__file__).with_name("demo_stories.json")
VOICES = FILE.with_name("demo_voices")  # of a computer, made by tests/voices.py
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
        prepared = {role: _drawn(f"{one['picture']} {role}") for role in (THEN, NOW)} if "picture" in one else {}
        voice = _spoken(one["voice"]) if "voice" in one else None
        clock.set(clock.now() - timedelta(days=one["days_ago"]))
        try:
            with writing():
                _tell(furnished, one, prepared, voice, with_receipt)
        finally:
            clock.real()
            for folder in [*(one.folder for one in prepared.values()), *([voice.folder] if voice else [])]:
                shutil.rmtree(folder, ignore_errors=True)  # gone already when it was kept


def _drawn(picture: str) -> Prepared:
    from tours.stories import demo_pictures  # Pillow, which no web process needs

    return prepare(BytesIO(demo_pictures.draw(picture)), storage().tmp())


def spoken(words: str) -> str:
    """What a voice says of these words."""
    return words.replace("*", "")


def _spoken(voice: str) -> sounds.Prepared:
    with (VOICES / f"{voice}.ogg").open("rb") as file:
        return sounds.prepare(file, storage().tmp())


def _typed(said: Mapping[str, Any]) -> dict[str, Any]:
    starts = json.loads((VOICES / "starts.json").read_text("utf-8"))[said["voice"]]
    return {"transcript": {"words": spoken(said["words"]), "starts": starts}}


def _tell(
    furnished: Furnished, said: Mapping[str, Any], drawn: Mapping[str, Prepared], voice: sounds.Prepared | None,
    receipt: dict[str, str],
) -> None:  # fmt: skip
    """Told, looked at, and signed by its teller with the uses that they allow."""
    here = db.session.get_one(Neighbourhood, furnished.neighbourhood.id)
    player, helper = furnished.people.get(said["teller"]), furnished.people[HELPER].player_key
    who = player.player_key if player else receipt.setdefault(said["teller"], codes.new_key())
    about = {THEN: {"about": said.get("about", ""), "when": said.get("pictured", ""), "whose": FAMILY},
             NOW: {"about": said.get("about_now", ""), "when": "nu", "whose": OWN}}  # fmt: skip
    shown = [service.keep_picture(each, {**about[role], "people": UNRECOGNISABLE}, role)
             for role, each in drawn.items()]  # fmt: skip
    content = {name: said.get(name, "") for name in ("title", "words", "when", "spot", "theme", "warning")}
    content |= _typed(said) if voice else {}
    one = service.tell(
        here, who, content, said["language"], said["called"], SELF if player else PAPER,
        helper=None if player else helper, pictures=shown, voice=sound.keep(voice) if voice else None,
    )  # fmt: skip
    if player is None:
        receipts.issue(here.id, who)
    editor = furnished.people[EDITOR].player_key
    _sign(one, editor, said, How.SCREEN if player else How.PAPER)
    for memory in said.get("memories", ()):
        content, who = {"words": memory["words"], "story": one.key}, furnished.people[memory["by"]].player_key
        known = contributions.hand_in(reactions.MEMORY, here, who, content, memory["language"], named=True)
        contributions.say_yes(known, known.last, editor)


def _sign(one: Contribution, editor: str, said: Mapping[str, Any], how: How) -> None:
    contributions.say_yes(one, one.last, editor)
    entered_by = editor if how == How.PAPER else None
    service.approve(one, one.last.hash, one.who, how, named=bool(said["called"]), entered_by=entered_by)
    named = ["name"] if said["called"] else []
    service.allow(one, [*named, *said["uses"]], how)
