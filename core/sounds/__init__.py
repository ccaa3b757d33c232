"""Sounds: what somebody says, received, made into one file of our own, and kept (core/media)."""

from flask import Flask

from core.media.owners import OWNERS
from core.sounds.prepare import OWNER


def init_app(app: Flask) -> None:
    """Register which files a sound has."""
    OWNERS.add(app, OWNER.name, OWNER)
