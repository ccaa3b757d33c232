"""Making challenges from a pack."""

import json
from pathlib import Path
from typing import Any

from core.database import db
from game.challenges import queries
from game.challenges.kinds import KINDS
from game.challenges.models import Challenge

PACKS = Path(__file__).parent / "packs"


def load_pack(neighbourhood_id: int, name: str, spots: dict[str, int]) -> int:
    """Add the challenges of a pack that this neighbourhood does not have yet; how many.

    `spots` ties a challenge to a spot: challenge key → spot id. Raises KeyError for a kind that we do not know.
    """
    have = {challenge.key for challenge in queries.of(neighbourhood_id)}
    fresh = [entry for entry in read_pack(name) if entry["key"] not in have]
    for entry in fresh:
        db.session.add(
            Challenge(
                neighbourhood_id=neighbourhood_id, key=entry["key"], kind=KINDS[entry["kind"]].name,
                icon=entry["icon"], texts=entry["texts"], marks=entry["marks"], faceless=entry["faceless"],
                by=entry["by"], spot_id=spots.get(entry["key"]),
            )
        )  # fmt: skip
    db.session.flush()
    return len(fresh)


def read_pack(name: str) -> list[dict[str, Any]]:
    """The challenges of a pack of ours, as they stand in its file."""
    entries: list[dict[str, Any]] = json.loads((PACKS / f"{name}.json").read_text(encoding="utf-8"))["challenges"]
    return entries
