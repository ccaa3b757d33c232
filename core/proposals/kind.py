"""A place that a resident proposes, as a kind of thing that people hand in (docs/rules.md §3, "make spots")."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, State, Version
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.places import geo, service
from core.places import queries as places
from core.places.models import Spot
from core.proposals.forms import ProposalForm
from core.refusal import Refusal


class Place(Kind):
    """A place as a resident wrote it: where its pin stands (WGS 84 degrees), not where they stood."""

    name, label, icon = "place", _l("Place"), "bordje"
    pages, path, right, page = "proposals", "places", "spot.propose", "places.spot"
    form, form_page, drawing = ProposalForm, "core/proposals/form.html", "core/proposals/as_spot.html"
    titled = "name"
    report_hides = False  # a plate may hang there by now, and an editor looks within a day
    stays = _l("Something hangs on this place by now. Take it off the map on the page of places.")
    words = Words(
        own=_l("Places you proposed"), add=_l("Propose a place"),
        none=_l("No place proposed yet"),
        none_yet=_l("A bench in the sun, a tree, a good door step: others may like it too."),
        intro=_l("A place where everybody may come: not a house, and not a garden of somebody."),
        taken_back=_l("Done. You took that place back."), is_shown=_l("It stands on the map"),
        onwards=_l("To the place"), is_gone=_l("It is no longer on the map."),
        kept=_l("After erasing, places on the map stay without a name. The others go."),
    )  # fmt: skip
    at_desk = AtDesk(
        good=_l("May go on the map"), back=_l("Back to who proposed it, with a reason"),
        done_good=_l("It stands on the map."), done_back=_l("It went back. Who proposed it reads why."),
        done_away=_l("It is gone. Who proposed it reads why."),
        told_good=_l("Another editor looked, and it stands on the map."),
        told_back=_l("It is not on the map. You can change it and send it again."),
        hide=_l("Off the map and back to who proposed it, with a reason"), onwards=_l("To the places you proposed"),
    )  # fmt: skip

    def begins(self, here: Neighbourhood) -> Mapping[str, Any]:
        return {"lat": here.lat, "lon": here.lon}

    def beside(self, here: Neighbourhood) -> Mapping[str, Any]:
        return {"others": [(spot.name, spot.lat, spot.lon) for spot in places.of(here.id)]}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a pin outside the neighbourhood, or that nobody put."""
        service.must_lie_in(here, content["lat"], content["lon"])
        service.must_be_put(here, content["lat"], content["lon"])

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """What lies closest by: it may be there already."""
        spots = places.of(here.id)
        return {version.id: [(_l("Nearest place on the map"), _nearest(version, spots))] for version in versions}

    def show(self, contribution: Contribution, version: Version) -> int:
        return service.put_on_map(contribution.neighbourhood_id, _as_spot(version)).id

    def unshow(self, contribution: Contribution) -> None:
        """The spot goes. Where something hangs on it by now, or a maker changed it, it goes as any other spot.

        Raises Refusal until it did; from then on it stays with those that were taken off.
        """
        spot = db.session.scalar(select(Spot).where(Spot.id == contribution.became).with_for_update())
        if spot and self._has_more(contribution, spot, service.used([spot.id])):
            if spot.removed_at is None:
                raise Refusal(self.stays)
        elif spot:
            db.session.delete(spot)
            db.session.flush()

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        return {key: {"spot": spot.key} for key, spot in _on_the_map(contributions).items()}

    def staying(self, contributions: Collection[Contribution]) -> set[str]:
        spots = _on_the_map(contributions)
        used = service.used([spot.id for spot in spots.values()])
        there = [(one, spots[one.key]) for one in contributions if one.key in spots]
        return {one.key for one, spot in there if self._has_more(one, spot, used)}

    def _has_more(self, contribution: Contribution, spot: Spot, used: Collection[int]) -> bool:
        return spot.id in used or any(getattr(spot, on) != of for on, of in _as_spot(contribution.last).items())


def keeps_its_words(contribution: Contribution, spot: Spot) -> bool:
    """Whether the spot still says what was proposed: with other words no name of who proposed it stands."""
    said, language = contribution.last.content, contribution.last.language
    return (spot.name, (spot.texts.get(language) or {}).get("about", "")) == (said["name"], said["about"])


def _as_spot(version: Version) -> dict[str, Any]:
    said = {name: version.content[name] for name in ("name", "street", "lat", "lon")}
    return {**said, "texts": {version.language: {"about": version.content["about"]}}}


def _on_the_map(contributions: Collection[Contribution]) -> dict[str, Spot]:
    became = {one.became: one.key for one in contributions if one.became and one.state == State.SHOWN}
    there = select(Spot).where(Spot.id.in_(became), Spot.removed_at.is_(None))
    return {became[spot.id]: spot for spot in db.session.scalars(there)} if became else {}


def _nearest(version: Version, spots: Sequence[Spot]) -> LazyString:
    """What lies closest by, and how far."""
    (lat, lon), own = (version.content["lat"], version.content["lon"]), version.contribution.became
    away = [(geo.distance_to(spot, lat, lon), spot.name) for spot in spots if spot.id != own]
    if not away:
        return _l("none")
    metres, name = min(away)
    return _l("%(name)s, %(metres)s metres away", name=name, metres=round(metres))
