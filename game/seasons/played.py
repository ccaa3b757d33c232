"""Whether people met in a season: higher parts say so, since a season knows no meeting."""

from collections.abc import Callable

from flask import Flask, current_app

from game.seasons.models import Season

Played = Callable[[Season], bool]


def ask_with(app: Flask, played: Played) -> None:
    """Let a higher part say whether something of it hangs on a season."""
    app.extensions.setdefault("played in season", []).append(played)


def in_(season: Season) -> bool:
    """Whether anything hangs on it: its days then stay, and so does it."""
    return any(played(season) for played in current_app.extensions.get("played in season", []))
