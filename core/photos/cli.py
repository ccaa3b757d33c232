"""An editor's yes to wider uses of a photo, until there is a desk (docs/deploy.md)."""

from collections.abc import Callable

import click
from flask.cli import with_appcontext

from core.database import writing
from core.photos import queries, service
from core.photos.models import Photo
from core.refusal import Refusal


@click.group()
def photos() -> None:
    """Photos that may be seen by more people than those in them."""


@photos.command("waiting")
@with_appcontext
def waiting() -> None:
    """Photos that everybody in them allows more with, and that nobody looked at: key, since when, where to look."""
    for photo in queries.wait_for_a_look():
        click.echo(f"{photo.key}\t{photo.kept_at:%Y-%m-%d %H:%M}\t{service.file(photo, 'large') or '(no file)'}")


@photos.command("clear")
@click.argument("key")
@with_appcontext
def clear(key: str) -> None:
    """Say yes to a photo: it is seen where everybody in it allows, now and later."""
    _say(key, service.clear)


@photos.command("unclear")
@click.argument("key")
@with_appcontext
def unclear(key: str) -> None:
    """Take that yes back: the photo is in its albums and nowhere else."""
    _say(key, service.unclear)


def _say(key: str, answer: Callable[[Photo], None]) -> None:
    with writing():
        photo = queries.by_key(key)
        if photo is None:
            raise click.ClickException(f"no photo has the key {key}, or it was taken away")
        try:
            answer(photo)
        except Refusal as refusal:
            raise click.ClickException(str(refusal.sentence)) from refusal
