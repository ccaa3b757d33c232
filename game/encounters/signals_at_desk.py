"""Signals at the desk: two together about one player ask an editor to have a look. Nothing follows by itself."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import Label, and_, case, exists, func, literal, or_, select, tuple_
from sqlalchemy.orm import aliased

from core import clock
from core.database import db
from core.desk.handlers import MOST, Answers, Before, Item
from core.desk.models import Decision, Verdict
from core.guard import Role
from core.people import queries as people
from core.people.models import Person
from game.encounters import signals, signals_found
from game.encounters.signals import SIGNALS
from game.encounters.signals_found import Raised
from game.seasons.models import Season

About = tuple[int, str, bool]  # a season, a player, and whether it is seen about several together

REASONS = {
    "new photo": _l("Take a new photo at each meeting."),
    "own phone": _l("Let everybody say yes on their own phone, if they can."),
    "take time": _l("Take the time to look at the photo together, before you say yes."),
    "more people": _l("Let people who are new here meet other neighbours too."),
}


class Looks:
    """What was seen about a player in a season, or about several together. About: the key of the first signal."""

    kind = "look"
    label = _l("Have a look")
    icon = "oog"
    answers = Answers(
        labels={Verdict.GOOD: _l("Nothing the matter"), Verdict.BACK: _l("Send an explanation")},
        reasons=REASONS,
        done={
            Verdict.GOOD: _l("Nothing follows, and nobody reads of it."),
            Verdict.BACK: _l("They read your explanation. Their points stay."),
        },
        told={
            Verdict.GOOD: _l("Another editor looked, and nothing is the matter."),
            Verdict.BACK: _l("Somebody looked at your meetings. Your points stay, and you play on as before."),
        },
        why=lambda decisions: _why(decisions),
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        """What was seen since an editor last decided about that player, if they ever did."""
        found, head = _enough(neighbourhood_id).subquery(), aliased(Raised)
        answered = (Decision.kind == self.kind, Decision.undone_at.is_(None), Decision.about == head.key)
        is_new = ~exists().where(*answered, Decision.ask >= found.c.last)
        heads = select(found.c.season_id, found.c.player, found.c.of_several).join(head, head.id == found.c.first)
        return _items(heads.where(is_new, head.player != editor).order_by(found.c.last, head.id).limit(MOST))

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        db.session.execute(_of(neighbourhood_id, [key]).with_for_update(of=Raised))
        return next(iter(self.some(neighbourhood_id, [key])), None)

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        return _items(_of(neighbourhood_id, keys))

    def publish(self, key: str, editor: str, role: Role) -> None:
        """Nothing was the matter, and nothing changes."""

    def hide(self, key: str, editor: str, role: Role) -> None:
        """The player reads an explanation, and nothing changes."""

    def take_away(self, key: str, editor: str) -> None:
        """Never offered."""

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        """Never offered."""


def _enough(neighbourhood_id: int) -> Any:
    """Whom to look at: season, player, whether with others, the first of these signals and the last."""
    is_alone = Raised.name.in_([signal.name for signal in SIGNALS.values() if signal.alone])
    whom = (Raised.season_id, Raised.player, _of_several(Raised))
    grouped = select(*whom, func.min(Raised.id).label("first"), func.max(Raised.id).label("last")).group_by(*whom)
    mine = (Season.neighbourhood_id == neighbourhood_id, Raised.name.in_(SIGNALS))
    are_two = func.count(Raised.name.distinct()) >= signals.TOGETHER
    return grouped.join(Season).where(*mine).having(or_(are_two, func.max(case((is_alone, 1), else_=0)) == 1))


def _of(neighbourhood_id: int, keys: Collection[str]) -> Any:
    mine = (Raised.key.in_(keys), Season.neighbourhood_id == neighbourhood_id)
    return select(Raised.season_id, Raised.player, _of_several(Raised)).join(Season).where(*mine)


def _of_several(raised: Any) -> Label[int]:
    """Whether it is seen about several together: they have one look, beside what is seen about each alone."""
    several = [signal.name for signal in SIGNALS.values() if signal.is_of_several]
    return case((raised.name.in_(several), literal(1)), else_=literal(0)).label("of_several")


def _items(wanted: Any) -> list[Item]:
    """The looks of these seasons and players. Who asked to be erased is not looked at."""
    whom = tuple_(Raised.season_id, Raised.player, _of_several(Raised).element)
    raised = select(Raised).where(whom.in_(wanted), Raised.name.in_(SIGNALS))
    about: dict[About, list[Raised]] = defaultdict(list)
    for one in db.session.scalars(raised.order_by(Raised.id)):
        about[one.season_id, one.player, SIGNALS[one.name].is_of_several].append(one)
    if not about:
        return []
    decided, partners = _decided([rows[0].key for rows in about.values()]), _partners(about)
    groups = {one: frozenset({one[1]}.union(partners[one] if one[2] else ())) for one in about}
    here = people.by_player_keys({player for group in groups.values() for player in group})
    items = [
        _item(here, one[1], rows, since, groups[one].intersection(here), partners[one])
        for one, rows in about.items()
        if one[1] in here and one[1] == min(groups[one].intersection(here))
        if (since := _since(rows, decided.get(rows[0].key, 0)))
    ]
    return sorted(items, key=lambda item: (item.since, item.key))  # by chance: a pair does not stand together


def _item(
    here: Mapping[str, Person], player: str, rows: Sequence[Raised], since: datetime, group: frozenset[str],
    partners: Collection[str],
) -> Item:  # fmt: skip
    """Without a day: what is seen about two of a pair is seen of the same day, which would tell that they met."""
    names, monday = {one.name for one in rows}, clock.week_of(clock.day_of(since))
    seen = [(signal.label, signal.seen) for one, signal in SIGNALS.items() if one in names]
    called = sorted(here[one].name for one in group)
    return Item(
        kind=Looks.kind, key=rows[0].key, title=Looks.label, called=" · ".join(called),
        since=datetime.combine(monday, time(), clock.AMSTERDAM), since_exactly=since,
        who=group.union(partners), ask=rows[-1].id, readers=group,
        letters=here[player].tag if len(group) == 1 else "",
        facts=[*seen, (_l("What follows"), _l("Nothing by itself. Points stay as they are."))],
    )  # fmt: skip


def _since(rows: Sequence[Raised], decided: int) -> datetime | None:
    """When they were enough, or when the first new one came after the last decision; None when they are not enough."""
    enough = [one for number, one in enumerate(rows, 1) if signals.are_enough({row.name for row in rows[:number]})]
    new = [one for one in enough if one.id > decided]
    return next((one.found_at for one in new or enough), None)


def _decided(keys: Collection[str]) -> dict[str, int]:
    """Up to which signal an editor decided about each, as far as it stands."""
    mine = (Decision.kind == Looks.kind, Decision.about.in_(keys), Decision.undone_at.is_(None))
    last = select(Decision.about, func.max(Decision.ask)).where(*mine).group_by(Decision.about)
    return {about: ask for about, ask in db.session.execute(last)}  # noqa: C416 - rows are not pairs to mypy


def _partners(about: Collection[About]) -> Mapping[About, set[str]]:
    """The people with whom it was seen, who do not decide about it."""
    seasons, players = {season for season, *_ in about}, {player for _, player, _ in about}
    found: dict[About, set[str]] = defaultdict(set)
    for name, seen in signals.look(signals_found.history(seasons, players), players):
        found[seen.season, seen.player, SIGNALS[name].is_of_several] |= seen.partners
    return found


def _why(decisions: Collection[Decision]) -> Mapping[str, Sequence[LazyString]]:
    """What was seen before each decision, in the words for the player."""
    if not decisions:
        return {}
    head = aliased(Raised)
    whom = (Raised.season_id == head.season_id, Raised.player == head.player)
    same = and_(*whom, _of_several(Raised).element == _of_several(head).element)
    seen = select(head.key, Raised.name, func.min(Raised.id)).select_from(head).join(Raised, same)
    seen = seen.where(head.key.in_({decision.about for decision in decisions})).group_by(head.key, Raised.name)
    first = {(key, name): number for key, name, number in db.session.execute(seen)}
    return {
        one.key: [
            signal.plain
            for name, signal in SIGNALS.items()
            if (one.about, name) in first and first[one.about, name] <= one.ask
        ]
        for one in decisions
    }
