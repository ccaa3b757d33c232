"""A gathering as a kind of thing that people hand in: any player whom others here know; an editor looks first."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core import clock
from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.guard import RIGHTS, Role
from core.neighbourhoods.models import Neighbourhood
from core.places import queries as places
from core.refusal import Refusal, Sort
from core.steps import service as steps
from game.gatherings import queries, when
from game.gatherings.course import COURSE
from game.gatherings.forms import CHOOSE_SPOT, OpeningForm
from game.gatherings.models import Attendance, Gathering, Move, Others
from game.scoring import newcomers


class Opening(Kind):
    """Neighbours come together at a spot."""

    name, label, icon, titled = COURSE.kind, _l("Gathering"), "kopje", "title"
    pages, path, right, page = "sent_gatherings", "gatherings", "gathering.open", "gatherings.show"
    form, form_page, drawing = OpeningForm, "game/gatherings/open.html", "game/gatherings/as_seen.html"
    from_address, is_revocable = ("spot",), True
    words = Words(
        own=_l("Your gatherings"), add=_l("Open a gathering"), drawing="kopje", onwards=_l("To the gathering"),
        none_yet=_l("Soup, a plan, a walk around the square: you can open it."),
        intro=_l("Everybody whom neighbours or a host know here can open one."),
        kept=_l("Your gatherings go, with what was said there and who came."),
    )  # fmt: skip
    at_desk = AtDesk(
        good=_l("Everybody may read it and come"),
        told_good=_l("Another editor looked. Everybody reads it. You find your code on its page."),
        done_good=_l("Everybody reads it."),
        onwards=_l("To your gatherings"),
    )  # fmt: skip

    def beside(self, here: Neighbourhood) -> Mapping[str, Any]:
        return {"spots": [(spot.key, spot.name, "nl") for spot in places.of(here.id)]}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a place that is not here, and for a time that cannot be."""
        if places.by_key(here.id, content["spot"]) is None:
            raise Refusal(CHOOSE_SPOT, Sort.INVALID, field="spot")
        when.read(date.fromisoformat(content["day"]), content["begins"], content["until"])

    def takes_from(self, who: str, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a newcomer (docs/rules.md §3, "known")."""
        if newcomers.unknown([who]):
            raise Refusal(
                _l("First meet a few neighbours, or go by the house and say hello. Then you can open one."),
                Sort.CONFLICT,
            )

    def shown_at_once(self, content: Mapping[str, Any], roles: Collection[Role]) -> Role | None:
        """Makers show their own things that name nobody (docs/rules.md §3)."""
        mine = None if content["names"] else RIGHTS["challenge.make"] & set(roles)
        return next((role for role in Role if mine and role in mine), None)

    def said(self, content: Mapping[str, Any]) -> str:
        return " · ".join(text for text in (content["title"], content["words"]) if text)

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """Where, and when."""
        spots = {spot.key: spot.name for spot in places.of(here.id)}
        return {
            one.id: [(_l("Where"), spots.get(one.content["spot"], "?")),
                     (_l("When"), "{day} {begins}–{until}".format(**one.content))]
            for one in versions
        }  # fmt: skip

    def show(self, contribution: Contribution, version: Version) -> int:
        """The same row with other words, where it is shown already. Where it was moved since, it stays moved.

        Raises Refusal where its place is off the map by now.
        """
        said, here = version.content, contribution.neighbourhood_id
        moved, spot = queries.last_move(contribution.key), places.by_key(here, said["spot"])
        if moved is None or moved.at < version.at:
            if spot is None:
                raise Refusal(_l("Its place is not on the map any more."), Sort.CONFLICT)
            moment = when.moments(date.fromisoformat(said["day"]), said["begins"], said["until"])
            place = {"spot_id": spot.id, "begins_at": moment.begins_at, "ends_at": moment.ends_at}
        else:
            place = {"spot_id": moved.spot_id, "begins_at": moved.begins_at, "ends_at": moved.ends_at}
        made = queries.by_key(contribution.key) or Gathering(
            key=contribution.key, neighbourhood_id=here, shown_at=clock.now()
        )
        made.title, made.words, made.language = said["title"], said["words"], version.language
        for name, value in place.items():
            setattr(made, name, value)
        db.session.add(made)
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        """Nobody reads it; who was there and its steps stay for when it comes back."""
        db.session.execute(delete(Gathering).where(Gathering.key == contribution.key))

    def left(self, contribution: Contribution) -> None:
        """It goes for good, with all that hangs on it; a report is its teller's, and leads nowhere without it."""
        self.unshow(contribution)
        for table in (Attendance, Others, Move):
            db.session.execute(delete(table).where(table.gathering == contribution.key))
        steps.forget(COURSE.kind, contribution.key)

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = db.session.scalars(select(Gathering.key).where(Gathering.key.in_([one.key for one in contributions])))
        return {key: {"key": key} for key in shown}


OPENING = Opening()
