"""Pauses at the desk: a player asks another editor, who lets the pause stay or ends it (docs/rules.md §3)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from core import i18n
from core.audit import service as audit
from core.database import db
from core.desk.handlers import Answers, Before, Item
from core.desk.models import Decision, Verdict
from core.guard import Role
from core.people import queries, suspensions
from core.people.models import Person, PlayerKeyLine
from core.people.suspensions import Suspension

Pause = tuple[Suspension, Person]

REASONS = {
    "hurt": _l("Somebody was hurt or threatened."),
    "not met": _l("A meeting did not happen, or somebody played for another."),
    "pictures": _l("A photo or a name can hurt somebody."),
    "pushed": _l("Somebody was pushed to meet."),
}


class Pauses:
    """A pause of a player. About: its key. It comes here only when its player asks another editor."""

    kind = "pause"
    label = _l("A pause")
    icon = "pauze"
    answers = Answers(
        labels={Verdict.GOOD: _l("The pause ends now"), Verdict.BACK: _l("The pause stays, with a reason")},
        reasons=REASONS,
        done={Verdict.GOOD: _l("The pause is over."), Verdict.BACK: _l("The pause stays. They read why.")},
        told={
            Verdict.GOOD: _l("Another editor looked, and your pause is over."),
            Verdict.BACK: _l("You get a pause: you cannot meet for some days. Your points and your album stay."),
        },
        why=lambda decisions: _why(decisions),
        begins_here=True,
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        return []

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        """Also one that was ended a moment ago, so that this can be undone."""
        found = _first(neighbourhood_id, Suspension.key == key)
        if found is None:
            return None
        queries.lock((found[0].player,))
        db.session.refresh(found[0])
        return _items([found])[0]

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        """Those that run: of one that is over nothing is left to decide."""
        return _items(_pauses(neighbourhood_id, Suspension.key.in_(keys), suspensions.running()))

    def publish(self, key: str, editor: str, role: Role) -> None:
        """It is over."""
        suspension, person = _known(key)
        suspensions.end(suspension, editor)
        audit.record("player.resume", suspension.player, person.neighbourhood_id, editor, role)

    def hide(self, key: str, editor: str, role: Role) -> None:
        """Undo `publish`: it runs again, unless its player got another one meanwhile."""
        suspension, person = _known(key)
        if suspensions.of(suspension.player) is None:
            suspension.ended_at = suspension.ended_by = None
            about = (suspension.player, person.neighbourhood_id, editor, role)
            audit.record("player.suspend", *about, reason=suspension.reason)

    def take_away(self, key: str, editor: str) -> None:
        """Never offered."""

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        """Never offered."""


def running(neighbourhood_id: int) -> list[Pause]:
    """The pauses of a neighbourhood that run now, with whose they are, by when they end."""
    return _pauses(neighbourhood_id, suspensions.running())


def by_key(neighbourhood_id: int, key: str) -> Suspension | None:
    """A pause of this neighbourhood, over or not."""
    found = _first(neighbourhood_id, Suspension.key == key)
    return found[0] if found else None


def _pauses(neighbourhood_id: int | None, *wanted: Any) -> list[Pause]:
    """Not of who asked to be erased: they are not here any more for anybody."""
    theirs = select(Suspension, Person).join(PlayerKeyLine, PlayerKeyLine.key == Suspension.player)
    of = theirs.join(Person, Person.id == PlayerKeyLine.person_id)
    here = () if neighbourhood_id is None else (Person.neighbourhood_id == neighbourhood_id,)
    found = db.session.execute(of.where(*wanted, *here, Person.leaving_at.is_(None)).order_by(Suspension.until))
    return [(suspension, person) for suspension, person in found.unique()]


def _first(neighbourhood_id: int | None, *wanted: Any) -> Pause | None:
    return next(iter(_pauses(neighbourhood_id, *wanted)), None)


def _known(key: str) -> Pause:
    found = _first(None, Suspension.key == key)
    if found is None:
        raise LookupError(f"no pause {key}")
    return found


def _items(found: Sequence[Pause]) -> list[Item]:
    if not found:
        return []
    editors = queries.by_player_keys({suspension.by for suspension, _person in found})
    notes = _notes([suspension.key for suspension, _person in found])
    return [_item(one, person, editors.get(one.by), notes.get(one.key)) for one, person in found]


def _item(suspension: Suspension, person: Person, editor: Person | None, note: str | None) -> Item:
    return Item(
        kind=Pauses.kind, key=suspension.key, title=Pauses.label, called=person.name, since=suspension.since,
        who=frozenset({suspension.player}), asks=False, words=note, logged=suspension.player,
        facts=[
            (_l("Why"), REASONS[suspension.reason]), (_l("Until"), i18n.day_with_time(suspension.until)),
            (_l("By"), _l("%(name)s, editor", name=editor.name) if editor else _l("an editor")),
        ],
    )  # fmt: skip


def _notes(keys: Collection[str]) -> dict[str, str | None]:
    """What the editor who gave each wrote with it, by the key of the pause."""
    first = select(func.min(Decision.id)).where(Decision.kind == Pauses.kind, Decision.about.in_(keys))
    said = select(Decision).where(Decision.id.in_(first.group_by(Decision.about)))
    return {decision.about: decision.note for decision in db.session.scalars(said)}


def _why(decisions: Collection[Decision]) -> Mapping[str, Sequence[LazyString]]:
    """Until when it is, or that it is over, by the key of the decision."""
    stays = [decision for decision in decisions if decision.verdict == Verdict.BACK]
    if not stays:
        return {}
    about = select(Suspension).where(Suspension.key.in_({decision.about for decision in stays}))
    found = {one.key: one for one in db.session.scalars(about)}
    return {decision.key: _lines(found[decision.about]) for decision in stays if decision.about in found}


def _lines(suspension: Suspension) -> Sequence[LazyString]:
    if not suspension.is_running:
        return [_l("This pause is over. You can play on.")]
    return [
        _l("It is until %(moment)s.", moment=i18n.day_with_time(suspension.until)),
        _l("You can still read, say no, withdraw your photos, get your data and be erased."),
    ]
