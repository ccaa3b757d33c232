"""What everybody reads: the stories of a neighbourhood, one of them, its pictures; each by the same question."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Flask, Response, abort, g, render_template, send_file
from flask_babel import LazyString, lazy_ngettext
from flask_babel import lazy_gettext as _l

from core import shared
from core.guard import may
from core.media import service as media
from core.pages import deeds
from core.pages import panels as home
from core.places import panels
from core.places.models import Spot
from core.receipts.views import hands
from tours.stories import feed, licences, prompts, queries, reactions, sharing, text
from tours.stories.forms import THEMES
from tours.stories.models import Picture, Story

bp = Blueprint("stories", __name__, url_prefix="/w/<slug>/stories")
AT_A_SPOT = 5


@dataclass(frozen=True)
class Shown:
    """A story with what a list needs of it."""

    story: Story
    name: str | None  # None where no name may stand there

    @property
    def year(self) -> str:
        """Where it stands in the order of time: "± 1974", "" for no time."""
        return str(self.story.period.words) if self.story.period else ""

    @property
    def begins(self) -> str:
        """Its first words, for who chooses one."""
        return feed.about(self.story)

    @property
    def length(self) -> LazyString:
        """How long it takes."""
        return lazy_ngettext("%(num)s minute", "%(num)s minutes", self.story.minutes)


def init_app(app: Flask) -> None:
    """Register the pages, the voices at a spot, and what home and the map say of them."""
    app.register_blueprint(bp)
    panels.PANELS.add(app, "stories", _at_spot, order=30)
    home.PANELS.add(app, "stories", _panel, order=60)
    deeds.DEEDS.add(app, "stories", deeds.Deed(_l("stories told"), queries.told))
    shared.DRAWN_FROM.add(app, "stories", frozenset({Story.__tablename__}))
    app.add_template_filter(text.shown, "story")


def shown(stories: Sequence[Story]) -> list[Shown]:
    """The same with their names, in one question."""
    names = queries.names(stories)
    return [Shown(story, names.get(story.id)) for story in stories]


@bp.get("/<key>")
@may("public.read")
def show(key: str) -> str | tuple[str, int]:
    """One story. Of one that is gone its address says so (410), and no more."""
    here = g.neighbourhood.id
    story = queries.one(here, key)
    if story is None:
        if (before := queries.was_here(here, key)) is None:
            abort(404)
        return absent(before)
    [item] = shown([story])
    return render_template(
        "tours/stories/show.html", item=item, story=story, words=text.shown(story.words), themes=THEMES,
        licence=licences.one(story.contribution_id),
        is_heard=queries.can_be_heard(story), is_elsewhere=queries.can_stand_elsewhere(story),
        has_card=sharing.file(story) is not None,
        memories=reactions.of(story), asked=prompts.one(here, story.prompt),
        mine=reactions.theirs(hands(), key),
    )  # fmt: skip


def absent(story: Story) -> tuple[str, int]:
    """What the address of a story says that nobody reads: gone (410), or only that it is not there now (404)."""
    if queries.pause_of(story.id):
        return render_template("tours/stories/resting.html"), 404
    return render_template("tours/stories/gone.html"), 410


@bp.get("/<key>/<int(max=99):number>/<any(small, medium, large):size>.webp")
@may("public.read")
def picture(key: str, number: int, size: str) -> Response:
    """One size of a picture of a story that everybody may read now."""
    found = queries.picture(g.neighbourhood.id, key, number)
    answer = send_picture(found, size)
    if found and not queries.can_stand_elsewhere(found.story):
        answer.headers["X-Robots-Tag"] = "noindex"  # as its page says
    return answer


def send_picture(found: Picture | None, size: str) -> Response:
    """It, or 404 when there is none (any more)."""
    file = media.file(found.key, f"{size}.webp") if found else None
    return send_file(file, mimetype="image/webp", etag=False, last_modified=None) if file else abort(404)


def _at_spot(spot: Spot, _plate: str | None) -> str:
    """The voices at a spot, and the way to tell one."""
    stories, how_many = queries.at(spot.id, AT_A_SPOT)
    return render_template(
        "tours/stories/spot_panel.html", spot=spot, items=shown(stories), how_many=how_many,
        questions=prompts.of(spot.neighbourhood_id, spot.id)[:AT_A_SPOT],
    )  # fmt: skip


def _panel() -> str:
    """On home: how many stories there are, and of when the oldest."""
    how_many, oldest = queries.many(g.neighbourhood.id)
    return render_template("tours/stories/panel.html", how_many=how_many, oldest=oldest)
