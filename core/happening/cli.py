"""What the page of a neighbourhood says, for who sits at a terminal (docs/deploy.md)."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from core.happening import goings_on
from core.i18n import day_with_time
from core.neighbourhoods import queries as neighbourhoods


def init_app(app: Flask) -> None:
    """Register the command."""
    app.cli.add_command(happening)


@click.command("happening")
@click.argument("slug")
@with_appcontext
def happening(slug: str) -> None:
    """What happens in neighbourhood SLUG, as its public page says it: one line each, tab separated."""
    here = neighbourhoods.by_slug(slug)
    if here is None:
        raise click.ClickException(f"There is no neighbourhood {slug}.")
    with current_app.test_request_context(f"/w/{slug}/happening"):
        page = goings_on.of(here)
        for part in ("today", "soon", "open", "became"):
            for one in getattr(page, part):
                when = day_with_time(one.begins) if one.begins else ""
                click.echo("\t".join(" ".join(str(text).split()) for text in (part, when, one.name, one.about)))
