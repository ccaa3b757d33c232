"""Places of residents at the desk: an editor looks, and a place becomes a spot."""

from collections.abc import Collection, Sequence

from flask import render_template
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from core.database import db
from core.desk.handlers import MAY_STAY, MOST, Answers, Before, Item
from core.desk.models import Verdict
from core.guard import Role
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as people
from core.people.models import Person
from core.places import geo
from core.places import queries as places
from core.places.models import Spot
from core.proposals import queries, service
from core.proposals.models import SpotProposal, State

OFF_AND_BACK = _l("Off the map and back to who proposed it, with a reason")


class Places:
    """A place that a resident proposed. About: its key."""

    kind = queries.DESK_KIND
    label = _l("Place")
    icon = "bordje"
    answers = Answers(
        labels={
            Verdict.GOOD: _l("May go on the map"),
            Verdict.BACK: _l("Back to who proposed it, with a reason"),
            Verdict.AWAY: _l("Take it away, with a reason"),
        },
        done={
            Verdict.GOOD: _l("It stands on the map."),
            Verdict.BACK: _l("It went back. Who proposed it reads why."),
            Verdict.AWAY: _l("It is gone. Who proposed it reads why."),
        },
        told={
            Verdict.GOOD: _l("Another editor looked, and it stands on the map."),
            Verdict.BACK: _l("It is not on the map. You can change it and send it again."),
            Verdict.AWAY: _l("It was taken away."),
        },
        onwards=("proposals.own", _l("To the places you proposed")),
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        return _items(queries.for_a_look(neighbourhood_id, editor, MOST))

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        return next(iter(_found(queries.by_keys([key], neighbourhood_id).with_for_update())), None)

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        return _found(queries.by_keys(keys, neighbourhood_id).options(joinedload(SpotProposal.spot)))

    def publish(self, key: str, editor: str, role: Role) -> None:
        for proposal in db.session.scalars(queries.by_keys([key])):
            service.put_on_map(proposal)

    def hide(self, key: str, editor: str, role: Role) -> None:
        """By a report alone it stays: a plate may hang there by now, and an editor looks within a day."""
        for proposal in db.session.scalars(queries.by_keys([key])) if editor else ():
            service.take_off_map(proposal)

    def take_away(self, key: str, editor: str) -> Before:
        for proposal in db.session.scalars(queries.by_keys([key])):
            service.take_off_map(proposal)
            proposal.state = State.AWAY
        return None

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        for proposal in db.session.scalars(queries.by_keys([key])):
            proposal.state = State.WAITING


def _found(wanted: Select[SpotProposal]) -> list[Item]:
    return _items(db.session.scalars(wanted).all())


def _items(proposals: Sequence[SpotProposal]) -> list[Item]:
    """As the desk shows them, with as many questions for a hundred as for one."""
    if not proposals:
        return []
    here = db.session.get_one(Neighbourhood, proposals[0].neighbourhood_id)
    players, spots = people.by_player_keys({one.player for one in proposals}), places.of(here.id)
    staying = service.staying(proposals)
    return [_item(one, here, players.get(one.player), spots, one.key in staying) for one in proposals]


def _item(
    proposal: SpotProposal, here: Neighbourhood, player: Person | None, spots: Sequence[Spot], stays: bool
) -> Item:
    name = player.name if player and proposal.named else None
    return Item(
        kind=Places.kind, key=proposal.key, title=Places.label, called=proposal.name, lang=proposal.language,
        where=proposal.street, since=proposal.sent_at, who=frozenset({proposal.player}), ask=proposal.asks,
        draw=lambda: _drawn(proposal, here, name), stays=service.STAYS if stays else None,
        labels={Verdict.GOOD: MAY_STAY, Verdict.BACK: OFF_AND_BACK} if proposal.is_on_the_map else {},
        words=" · ".join(text for text in (proposal.name, proposal.street, proposal.about) if text),
        facts=[
            (_l("Name that comes with it"), name or _l("none")),
            (_l("Zone"), service.part_of(here, proposal.lat, proposal.lon) or _l("none")),
            (_l("Nearest place on the map"), _nearest(proposal, spots)),
        ],
        at=(proposal.lat, proposal.lon),
        is_childs=bool(player and player.is_young), is_public=proposal.is_on_the_map,
        asks=proposal.waits and player is not None,
    )  # fmt: skip


def _drawn(proposal: SpotProposal, here: Neighbourhood, name: str | None) -> Markup:
    """The head of its page, as everybody would see it."""
    return Markup(render_template("core/proposals/as_spot.html", place=proposal, here=here, by=name))  # nosec: ours


def _nearest(proposal: SpotProposal, spots: Sequence[Spot]) -> LazyString:
    """What lies closest by, and how far: it may be there already."""
    away = [(geo.distance_to(spot, proposal.lat, proposal.lon), spot.name) for spot in spots
            if spot.id != proposal.spot_id]  # fmt: skip
    if not away:
        return _l("none")
    metres, name = min(away)
    return _l("%(name)s, %(metres)s metres away", name=name, metres=round(metres))
