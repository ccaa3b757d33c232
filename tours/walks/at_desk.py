"""Walks at the desk: an editor who is not the maker looks at all that people will see."""

import re
from collections.abc import Collection, Mapping, Sequence

from flask import render_template
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import Select, String, cast, select, tuple_
from sqlalchemy.orm import selectinload

from core import clock, i18n
from core.database import db
from core.desk import queries as desk
from core.desk.handlers import MAY_STAY, MOST, Answers, Before, Item
from core.desk.models import Verdict
from core.guard import Role
from tours.stories import queries as stories
from tours.walks import queries
from tours.walks.models import FEWEST, PUBLIC, State, Tour

NUMBERED = re.compile(r"(\d{1,9})-(.{1,40})", re.ASCII)
LEFT = _l("Something left this walk since it was sent. Its maker looks first.")
HIDE = _l("Show it no longer, with a reason")


class Walks:
    """What may stand among the walks. About: the neighbourhood's number and the walk's key."""

    kind = queries.DESK_KIND
    label = _l("Walk")
    icon = "wandelen"
    answers = Answers(
        labels={
            Verdict.GOOD: _l("May stand among the walks"),
            Verdict.BACK: _l("Back to who made it, with a reason"),
            Verdict.AWAY: _l("Take it away, with a reason"),
        },
        done={
            Verdict.GOOD: _l("It stands among the walks."),
            Verdict.BACK: _l("Nobody walks it now. Who made it reads why."),
            Verdict.AWAY: _l("It is gone. Who made it reads why."),
        },
        told={
            Verdict.GOOD: _l("Another editor looked, and it stands among the walks."),
            Verdict.BACK: _l("Nobody sees it. You can change it and send it again."),
            Verdict.AWAY: _l("It was taken away."),
        },
        onwards=("walks.made", _l("To the walks")),
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        about = cast(Tour.neighbourhood_id, String).concat("-").concat(Tour.key)
        asked = (Tour.state == State.CHECKED, Tour.sent_at.is_not(None), Tour.maker.is_distinct_from(editor))
        open_ = select(Tour).where(
            Tour.neighbourhood_id == neighbourhood_id, *asked, ~desk.answered(self.kind, about, Tour.asks, editor)
        )
        return _items(open_.order_by(Tour.sent_at, Tour.id).limit(MOST))

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        return next(iter(_items(_of([key], neighbourhood_id).with_for_update())), None)

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        return _items(_of(keys, neighbourhood_id))

    def publish(self, key: str, editor: str, role: Role) -> None:
        for tour in db.session.scalars(_of([key])):
            tour.state, tour.published_at = State.PUBLISHED, tour.published_at or clock.now()

    def hide(self, key: str, editor: str, role: Role) -> None:
        """It waits as it is: nobody changed it."""
        for tour in db.session.scalars(_of([key])):
            tour.state = State.CHECKED

    def take_away(self, key: str, editor: str) -> Before:
        was = None
        for tour in db.session.scalars(_of([key])):
            was, tour.state = {"state": str(tour.state)}, State.RETIRED
        return was

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        for tour in db.session.scalars(_of([key])):
            tour.state = State((before or {}).get("state", State.CHECKED))


def _of(keys: Collection[str], neighbourhood_id: int | None = None) -> Select[Tour]:
    parts = [NUMBERED.fullmatch(key) for key in keys]
    named = tuple_(Tour.neighbourhood_id, Tour.key).in_([(int(part[1]), part[2]) for part in parts if part])
    found = select(Tour).where(named)
    return found.where(Tour.neighbourhood_id == neighbourhood_id) if neighbourhood_id is not None else found


def _items(wanted: Select[Tour]) -> list[Item]:
    tours = db.session.scalars(wanted.options(selectinload(Tour.stops))).all()
    shown = queries.live([tour.id for tour in tours])
    names = stories.names([one.stop.story for those in shown.values() for one in those if one.stop.story])
    return [_item(tour, shown.get(tour.id, []), names) for tour in tours]


def _item(tour: Tour, shown: list[queries.Shown], names: Mapping[int, str]) -> Item:
    is_public = tour.state in PUBLIC and len(shown) >= FEWEST
    lacks = len(shown) < max(len(tour.stops), FEWEST)
    said = [tour.intro, *(text for one in shown for text in _words(one)), tour.ending]
    return Item(
        kind=Walks.kind, key=tour.desk_key, title=Walks.label, called=tour.title, lang=tour.language,
        since=tour.sent_at or tour.published_at or clock.now(), who=frozenset({tour.maker} if tour.maker else ()),
        ask=tour.asks, facts=_facts(tour, len(shown)), words=" | ".join(text for text in said if text),
        draw=lambda: _drawn(tour, shown, names),
        drawn_from=[tour.version, [[one.stop.id, one.title, one.stop.story and one.stop.story.version_hash,
                                    names.get(one.stop.story_id or 0)] for one in shown]],
        labels={Verdict.GOOD: MAY_STAY, Verdict.BACK: HIDE} if is_public else {},
        no_yes=None if is_public or not lacks else LEFT,
        is_public=is_public, is_away=tour.state == State.RETIRED,
        asks=tour.state == State.CHECKED and tour.sent_at is not None,
    )  # fmt: skip


def _words(one: queries.Shown) -> tuple[str, ...]:
    return one.stop.title, one.stop.intro, one.bridge


def _facts(tour: Tour, stops: int) -> list[tuple[LazyString, LazyString | str]]:
    walked = f"{i18n.full_day(tour.checked_on)}, {tour.checked_by}" if tour.checked_on else _l("nobody")
    steps = {True: _l("yes"), False: _l("no"), None: _l("nobody knows")}[tour.step_free]
    return [
        (_l("Stops"), str(stops)), (_l("Length"), f"{tour.metres} m"), (_l("Minutes"), str(tour.minutes)),
        (_l("Without a step"), steps), (_l("Walked by"), walked), (_l("Made by"), tour.credit or _l("no name")),
    ]  # fmt: skip


def _drawn(tour: Tour, shown: list[queries.Shown], names: Mapping[int, str]) -> Markup:
    """All that people will see of it."""
    page = render_template("tours/walks/whole.html", tour=tour, stops=shown, names=names)
    return Markup(page)  # nosec: our own template
