"""What of a walk may go along in a file: the stops that everybody sees, without the stories whose tellers keep it here.

Asked anew for each file; none is kept.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from tours.stories import licences
from tours.stories import queries as stories
from tours.stories.licences import ONLY_HERE
from tours.stories.models import Story
from tours.walks import queries
from tours.walks.models import Tour
from tours.walks.written import Halt, Point, Told, Written


class Addresses(NamedTuple):
    """Whole addresses: of the walk, of what was withdrawn, of a story, and of a picture of one (its number)."""

    walk: str
    revocations: str
    story: Callable[[str], str]
    picture: Callable[[str, int], str]


def written(tour: Tour, addresses: Addresses, house: str, at: datetime) -> Written:
    """A walk as files carry it. `house`: whose it is where its maker wrote no credit. In as many questions for 40 stops
    as for two.
    """
    shown = queries.live([tour.id]).get(tour.id, [])
    told = [one.stop.story for one in shown if one.stop.story]
    may_go = stories.export_keys([story.key for story in told])
    going = [one for one in shown if one.stop.story is None or one.stop.story.key in may_go]
    tellers = _Tellers([story for story in told if story.key in may_go], addresses)
    halts = tuple(_halt(one, after, tellers) for one, after in pairwise([*going, None]) if one)
    ids = [one.stop.id for one in going]
    return Written(
        title=tour.title, halts=halts, ways=_ways(tour, ids), intro=tour.intro, ending=tour.ending,
        credit=tour.credit or house, lang=tour.language, profile=tour.profile, is_loop=tour.is_loop,
        distance_m=float(tour.metres), minutes=float(tour.minutes), source=addresses.walk, licence=ONLY_HERE,
        exported_at=at.isoformat(timespec="seconds").replace("+00:00", "Z"), revocations_url=addresses.revocations,
        left_out=float(len(shown) - len(going)),
    )  # fmt: skip


class _Tellers:
    """Whose these stories are, and by which licence each goes: two questions for all of them."""

    def __init__(self, told: Collection[Story], addresses: Addresses) -> None:
        self.addresses = addresses
        self.names: Mapping[int, str] = stories.names(told)
        self.licences = licences.of([story.contribution_id for story in told if story.contribution_id])

    def told(self, story: Story) -> Told:
        """A story in full."""
        licence, picture = self.licences.get(story.contribution_id or 0), next(iter(story.pictures), None)
        return Told(
            story_url=self.addresses.story(story.key), story_title=story.title, words=story.words,
            teller=self.names.get(story.id, ""), lang=story.language, period=story.edtf or "",
            licence=licence.url if licence else ONLY_HERE,
            image_url=self.addresses.picture(story.key, picture.number) if picture else "",
            image_alt=picture.about if picture else "",
        )  # fmt: skip


def _halt(one: queries.Shown, after: queries.Shown | None, tellers: _Tellers) -> Halt:
    stop, spot = one.stop, one.stop.spot
    follows = after is not None and after.number == one.number + 1
    leg = stop.leg or {} if follows and one.bridge == stop.bridge else {}
    return Halt(
        name=one.title, lat=round(spot.lat, 6), lon=round(spot.lon, 6), place=spot.name, street=spot.street,
        intro=stop.intro, bridge=one.bridge if follows else "", radius_m=float(spot.radius),
        step_free=spot.access.step_free, leg_m=leg.get("metres"), leg_remark=leg.get("remark") or "",
        leg_step_free=leg.get("step_free") or "", story=tellers.told(stop.story) if stop.story else None,
    )  # fmt: skip


def _ways(tour: Tour, ids: Sequence[int]) -> tuple[tuple[Point, ...], ...]:
    """The line after each stop; () where nobody knows the way, or what stood between is left out."""
    lines = {(leg["from"], leg["to"]): leg["line"] or () for leg in tour.legs}
    pairs = [*pairwise(ids), *([(ids[-1], ids[0])] if tour.is_loop and len(ids) > 1 else [])]
    return tuple(tuple((lat, lon) for lat, lon in lines.get(pair, ())) for pair in pairs)
