"""Meetings that wait for their second yes, made through the services: what the yes of P1 answers."""

import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.database import writing
from core.people import service as people
from core.photos.prepare import Prepared
from core.storage import storage
from game.encounters import service
from tests import make

COMPANIONS = 20


@dataclass(frozen=True)
class Waiting:
    """A proposed meeting, by its key, and the token of the phone that will answer it."""

    key: str
    token: str


def waiting(count: int) -> list[Waiting]:
    """So many first meetings of two from different zones, each with a photo. Commits."""
    with writing():
        here = make.neighbourhood(f"w-{secrets.token_hex(4)}")
        make.season(here)
        doing = make.challenge(here)
        companions = [make.person(here, f"Bram {letters(number)}", "Zuid") for number in range(COMPANIONS)]
        phones = [people.sign_in(companion) for companion in companions]
        starters = [make.person(here, f"Amina {letters(number)}", "Noord") for number in range(-(-count // COMPANIONS))]
        pairs = [(one, other, phone) for one in starters for other, phone in zip(companions, phones, strict=True)]
        return [
            Waiting(service.hand_in(one, doing, photo(), secrets.token_hex(8), other).key, phone)
            for one, other, phone in pairs[:count]
        ]


def photo() -> Prepared:
    """A photo ready to be kept, of no real pixels."""
    folder = Path(tempfile.mkdtemp(dir=storage().tmp()))
    for size in ("small", "medium", "large"):
        (folder / f"{size}.webp").write_bytes(b"no pixels")
    return Prepared(folder=folder, width=1500, height=2000, sha256=secrets.token_hex(32))


def letters(number: int) -> str:
    """A number in letters, none of which looks like another: names that look the same are refused."""
    return "".join("abcdefgh"[int(figure)] for figure in f"{number:03o}")
