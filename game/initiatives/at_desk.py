"""Initiatives at the desk: what was reported, and what was written anew after it had to go out of sight.

Who leads one writes what everybody reads at once (docs/decisions/0048-initiatives.md).
"""

from collections.abc import Collection, Sequence

from flask import render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import Select, select, update
from sqlalchemy.orm import selectinload

from core.contributions.models import Contribution
from core.database import db
from core.desk import queries as desk
from core.desk.handlers import MAY_STAY, MOST, Answers, Before, Item
from core.desk.models import Verdict
from core.guard import Role
from core.steps.models import Step
from game.ideas.kind import PROPOSAL
from game.ideas.models import Idea
from game.initiatives.course import COURSE, LEADER
from game.initiatives.models import Initiative, Participant
from game.initiatives.queries import Told

BACK = _l("Out of sight, with a reason")


class Initiatives:
    """What stands on the page of an initiative. About: its key."""

    kind, label, icon = "initiative", _l("Initiative"), "hand"
    answers = Answers(
        labels={Verdict.GOOD: _l("Everybody may see it"), Verdict.BACK: BACK},
        done={Verdict.GOOD: _l("Everybody sees it."), Verdict.BACK: _l("Nobody sees it. Who wrote it last reads why.")},
        told={
            Verdict.GOOD: _l("Another editor looked, and everybody sees it."),
            Verdict.BACK: _l("Nobody sees it now. You can write it anew, and ask another editor to look."),
        },
        onwards=("initiatives.index", _l("To the initiatives")),
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        """What was hidden and written anew by somebody else."""
        asked = (Initiative.is_hidden, Initiative.asks > 0, Initiative.changed_by.is_distinct_from(editor))
        open_ = _all().where(Initiative.neighbourhood_id == neighbourhood_id, *asked)
        open_ = open_.where(~desk.answered(self.kind, Initiative.key, Initiative.asks, editor))
        return _items(open_.order_by(Initiative.id).limit(MOST))

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        held = _of([key]).where(Initiative.neighbourhood_id == neighbourhood_id).with_for_update(of=Initiative)
        return next(iter(_items(held)), None)

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        return _items(_of(keys).where(Initiative.neighbourhood_id == neighbourhood_id))

    def publish(self, key: str, editor: str, role: Role) -> None:
        _set(key, is_hidden=False)

    def hide(self, key: str, editor: str, role: Role) -> None:
        _set(key, is_hidden=True)

    def take_away(self, key: str, editor: str) -> Before:
        """The same: no answer does it for good."""
        _set(key, is_hidden=True)
        return None

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        _set(key, is_hidden=False)


def _of(keys: Collection[str]) -> Select[Initiative, Idea]:
    return _all().where(Initiative.key.in_(keys))


def _all() -> Select[Initiative, Idea]:
    found = select(Initiative, Idea).outerjoin(Idea, Idea.key == Initiative.idea)
    return found.options(selectinload(Initiative.needs))


def _set(key: str, is_hidden: bool) -> None:
    db.session.execute(update(Initiative).where(Initiative.key == key).values(is_hidden=is_hidden))
    db.session.expire_all()


def _items(found: Select[Initiative, Idea]) -> list[Item]:
    """As the desk shows them, with as many questions for ten as for one."""
    told = [Told(one, idea, COURSE.begins, one.begun_at, 0) for one, idea in db.session.execute(found)]
    keys = [one.initiative.key for one in told]
    leads = select(Initiative.key, Participant.who).join(Participant, Participant.initiative_id == Initiative.id)
    leaders = _by_key(leads.where(Initiative.key.in_(keys), Participant.leads))
    sent = select(Initiative.key, Contribution.who).join(Contribution, Contribution.key == Initiative.idea)
    senders = _by_key(sent.where(Initiative.key.in_(keys), Contribution.kind == PROPOSAL.name))
    said = select(Step.about, Step.words).where(Step.kind == COURSE.kind, Step.as_what == LEADER)
    steps = _by_key(said.where(Step.about.in_(keys)).order_by(Step.id))
    return [_item(one, *(some.get(one.initiative.key, []) for some in (leaders, senders, steps))) for one in told]


def _by_key(found: Select[str, str]) -> dict[str, list[str]]:
    many: dict[str, list[str]] = {}
    for key, one in db.session.execute(found):
        many.setdefault(key, []).append(one)
    return many


def _item(told: Told, leaders: list[str], senders: list[str], steps: list[str]) -> Item:
    one = told.initiative
    lines = [told.title, told.words, one.next_words, *(need.words for need in one.needs), *steps]
    wrote = [one.changed_by] if one.changed_by else senders
    return Item(
        kind=Initiatives.kind, key=one.key, title=Initiatives.label, called=told.title, lang=told.language,
        since=one.begun_at, who=frozenset([*leaders, *wrote]), readers=frozenset(wrote),
        words=" · ".join(filter(None, lines)), drawn_from=[told.language, *lines],
        draw=lambda: _drawn(told, steps), labels={} if one.is_hidden else {Verdict.GOOD: MAY_STAY},
        is_public=not one.is_hidden, ask=one.asks,
        asks=one.is_hidden and one.asks > 0,
    )  # fmt: skip


def _drawn(told: Told, steps: list[str]) -> Markup:
    page = render_template("game/initiatives/as_seen.html", told=told, steps=steps)
    return Markup(page)  # nosec: from our own template
