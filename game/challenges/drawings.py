"""Our drawing of what a challenge asks: its own, or that of its kind. It says nothing that the words do not say."""

from pathlib import Path

from game.challenges.kinds import KINDS
from game.challenges.models import Challenge

FOLDER = Path(__file__).parents[2] / "static" / "illustrations" / "challenges"  # a file for each key that has one
DRAWN = frozenset(file.stem for file in FOLDER.glob("*.svg"))


def of(challenge: Challenge) -> str:
    """Its file in static/illustrations, 640 by 480. One that makers wrote, or wrote anew, gets that of its kind."""
    is_ours = challenge.maker is None and challenge.changed_by is None
    own = f"challenges/{challenge.key}.svg" if is_ours and challenge.key in DRAWN else None
    return challenge.picture or own or KINDS[challenge.kind].drawing
