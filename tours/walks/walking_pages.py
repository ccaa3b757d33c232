"""Walking: the way to a stop, the stop itself, and the end. Pages and links; JavaScript only saves taps."""

from dataclasses import dataclass

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.database import writing
from core.guard import may
from core.saved import saved
from tours.stories import queries as stories
from tours.stories import text
from tours.stories.views import Shown as Told
from tours.stories.views import shown
from tours.walks import queries, tally
from tours.walks.models import Tour
from tours.walks.queries import Shown
from tours.walks.views import bp, gone, line

MOST = "600 per hour"  # a stop each; many walk on one network address
BEGUN, ONLY_OVER = limits.VISITORS, "30 per hour"  # walks of an address that count, and those that heard no stop
Answer = str | tuple[str, int] | BaseResponse


@dataclass(frozen=True)
class Way:
    """A walk at one of its stops: `before` is None at the first, `after` at the last; `metres` None where unknown."""

    tour: Tour
    stops: list[Shown]
    number: int

    @property
    def one(self) -> Shown:
        """The stop."""
        return self.stops[self.number - 1]

    @property
    def before(self) -> Shown | None:
        """The stop that one comes from."""
        return self.stops[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> Shown | None:
        """The stop that one goes to from here."""
        return self.stops[self.number] if self.number < len(self.stops) else None

    @property
    def metres(self) -> int | None:
        """How far from the stop before, as last solved; to the ten, and never 0."""
        between = (self.before.stop.id if self.before else 0, self.one.stop.id)
        found = next((leg["metres"] for leg in self.tour.legs if (leg["from"], leg["to"]) == between), None)
        return None if found is None else max(10, round(found / 10) * 10)

    @property
    def remarks(self) -> list[str]:
        """What the maker says one should know of that way."""
        leg = self.before.stop.leg if self.before else None
        return [leg["remark"]] if leg and leg.get("remark") else []


@bp.get("/<key>/<int(max=99):number>")
@may("public.read")
def way(key: str, number: int) -> Answer:
    """Where one walks now: the sign to look for, how far, the bridge words, and the voice of the stop before."""
    found = _at(key, number)
    if not isinstance(found, Way):
        return found
    before = found.before.stop.story if found.before else None
    return render_template(
        "tours/walks/way.html", way=found, tour=found.tour, one=found.one,
        heard=before if before and stories.can_be_heard(before) else None,
        line=line(found.tour, [each.stop for each in found.stops]), points=_points(found.stops),
    )  # fmt: skip


@bp.get("/<key>/<int(max=99):number>/here")
@may("public.read")
def here(key: str, number: int) -> Answer:
    """At a stop: what the walk says there, and the story."""
    found = _at(key, number)
    if not isinstance(found, Way):
        return found
    story = found.one.stop.story
    return render_template(
        "tours/walks/here.html", way=found, tour=found.tour, one=found.one, story=story, item=_told(found.one),
        words=text.shown(story.words) if story else "", is_heard=story is not None and stories.can_be_heard(story),
        points=_points(found.stops),
    )  # fmt: skip


@bp.get("/<key>/end")
@may("public.read")
def end(key: str) -> Answer:
    """After the last stop: what its maker says, and whose turn it is to tell."""
    tour = queries.one(g.neighbourhood.id, key)
    if tour is None:
        return gone(key)
    stops = queries.live([tour.id])[tour.id]
    return render_template("tours/walks/end.html", tour=tour, stops=stops, points=_points(stops))


@bp.post("/<key>/walked")
@may("public.read")
@limits.each(MOST, of_visitors=MOST)
def walked(key: str) -> BaseResponse:
    """Somebody who walks reached something: for the sums of a week, by an id that their phone made up."""
    said = request.form
    with writing():
        tour = queries.one(g.neighbourhood.id, key) or abort(404)
        added = tally.reach(tour, said.get("walk", ""), said.get("reached", ""), said.get("number", 0, int))
        if added.starts:  # what is over the limit is not counted after all
            most = ONLY_OVER if added.finishes else BEGUN
            limits.spend(limits.by_who(f"walks {most}", most, of_visitors=most))
    if "quiet" in said:  # a phone that says so as one walks: nobody waits for words
        return Response(status=204)
    return saved(url_for(".end", key=key), _l("Thank you. Your walk counts."))


def _points(stops: list[Shown]) -> list[dict[str, float]]:
    """Where the stops are, for the phone to know that one is there."""
    return [{"number": one.number, "lat": one.stop.spot.lat, "lon": one.stop.spot.lon} for one in stops]


def _at(key: str, number: int) -> Way | Answer:
    """The walk at that stop. Past its last one: the end. Walks get shorter while somebody walks them."""
    tour = queries.one(g.neighbourhood.id, key)
    if tour is None:
        return gone(key)
    stops = queries.live([tour.id])[tour.id]
    if number > len(stops):
        return redirect(url_for(".end", key=key))
    return Way(tour, stops, max(1, number))


def _told(one: Shown) -> Told | None:
    return shown([one.stop.story])[0] if one.stop.story else None
