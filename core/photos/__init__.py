"""Photos: redrawn from pixels, kept in three sizes, shown only where everybody in them said yes."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from core.audit import acts
from core.consent.things import KINDS, Kind
from core.desk.handlers import HANDLERS
from core.forgotten import FORGOTTEN, Forgotten
from core.media.owners import OWNERS
from core.personal_data import SORTS, PersonalData
from core.photos import at_desk, cli, desk_pages, queries, service, views
from core.photos.models import KIND

PERSONAL_DATA = PersonalData(
    "photos", frozenset({"photo"}), queries.export, service.forget_all, service.files,
    label=_l("Your photos"), about=_l("Which ones you are in, and who may see them if it is up to you."),
)  # fmt: skip
ACTS = acts.Acts(
    "photos",
    _l("Photos"),
    {
        "photo.clear": _l("Let a photo be seen"),
        "photo.unclear": _l("Put a photo back in its albums"),
        "photo.blur": _l("Made somebody in a photo unrecognisable"),
        "photo.unblur": _l("Put a photo back as it was"),
    },
)


def init_app(app: Flask) -> None:
    """Register the pages, the sweep, the commands, what is held about people, and how what is recorded reads."""
    views.init_app(app)
    desk_pages.init_app(app)
    HANDLERS.add(app, at_desk.Photos.kind, at_desk.Photos())
    KINDS.add(app, KIND, Kind(queries.keys, service.look_again))
    OWNERS.add(app, service.OWNER.name, service.OWNER)
    app.cli.add_command(cli.photos)
    FORGOTTEN.add(app, "photo", Forgotten(queries.forgotten_since, service.forget_again), order=30)
    SORTS.add(app, PERSONAL_DATA.name, PERSONAL_DATA)
    acts.PARTS.add(app, ACTS.part, ACTS)
