"""Challenges of makers and of packs at the desk: what names somebody, and what was reported (residents': drafts.py)."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, String, cast, exists, select, tuple_
from sqlalchemy.orm import selectinload

from core import clock
from core.database import db
from core.desk import queries as desk
from core.desk.handlers import MAY_STAY, MOST, Answers, Before, Item
from core.desk.models import Verdict
from core.guard import Role
from core.people import queries as people
from core.people.models import Person, PlayerKeyLine
from game.challenges import labels, queries
from game.challenges.kinds import Together
from game.challenges.models import Challenge, State

NUMBERED = re.compile(r"(\d{1,9})-(.{1,40})", re.ASCII)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # of a pack, which asked nobody

HIDE = _l("Show it no longer, with a reason")


class Challenges:
    """What may stand among the challenges. About: the neighbourhood's number and the challenge's key."""

    kind = queries.DESK_KIND
    label = _l("Challenge")
    icon = "hinkel"
    answers = Answers(
        labels={
            Verdict.GOOD: _l("May stand among the challenges"),
            Verdict.BACK: _l("Back to who made it, with a reason"),
            Verdict.AWAY: _l("Take it away, with a reason"),
        },
        done={
            Verdict.GOOD: _l("It stands among the challenges."),
            Verdict.BACK: _l("Players do not see it. Who made it reads why."),
            Verdict.AWAY: _l("It is gone. Who made it reads why."),
        },
        told={
            Verdict.GOOD: _l("Another editor looked, and it stands among the challenges."),
            Verdict.BACK: _l("Players do not see it. You can change it and send it again."),
            Verdict.AWAY: _l("It was taken away."),
        },
        onwards=("challenges.mine", _l("To the challenges")),
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        not_theirs = (Challenge.maker.is_distinct_from(editor), Challenge.changed_by.is_distinct_from(editor))
        here = (Challenge.neighbourhood_id == neighbourhood_id, *not_theirs)
        asked = (Challenge.state != State.SHOWN, Challenge.retired_at.is_(None), ~_answered(editor), ~_is_leaving())
        open_ = select(Challenge).where(*here, *asked, ~queries.is_an_idea())
        return _items(open_.order_by(Challenge.sent_at, Challenge.id).limit(MOST))

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        return next(iter(_items(_of([key], neighbourhood_id).with_for_update())), None)

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        return _items(_of(keys, neighbourhood_id))

    def publish(self, key: str, editor: str, role: Role) -> None:
        for challenge in db.session.scalars(_of([key])):
            challenge.state = State.SHOWN

    def hide(self, key: str, editor: str, role: Role) -> None:
        """By a report alone only what once asked for a look goes; else anybody could empty the list of challenges."""
        for challenge in db.session.scalars(_of([key])):
            if editor or challenge.sent_at:
                challenge.state = State.HIDDEN

    def take_away(self, key: str, editor: str) -> None:
        for challenge in db.session.scalars(_of([key])):
            challenge.retired_at = clock.now()

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        for challenge in db.session.scalars(_of([key])):
            challenge.retired_at = None


def _of(keys: Collection[str], neighbourhood_id: int | None = None) -> Select[Challenge]:
    """Those with these keys of the desk; in one neighbourhood where it is given."""
    parts = [NUMBERED.fullmatch(key) for key in keys]
    named = tuple_(Challenge.neighbourhood_id, Challenge.key).in_([(int(part[1]), part[2]) for part in parts if part])
    found = select(Challenge).where(named, ~queries.is_an_idea())
    return found.where(Challenge.neighbourhood_id == neighbourhood_id) if neighbourhood_id is not None else found


def _answered(editor: str) -> ColumnElement[bool]:
    """An editor sent it back since its maker last asked, or this editor said the first of two yeses."""
    about = cast(Challenge.neighbourhood_id, String).concat("-").concat(Challenge.key)
    return desk.answered(Challenges.kind, about, Challenge.asks, editor)


def _is_leaving() -> ColumnElement[bool]:
    theirs = (PlayerKeyLine.key == Challenge.maker, Person.leaving_at.is_not(None))
    return exists().where(Person.id == PlayerKeyLine.person_id, *theirs)


def _items(wanted: Select[Challenge]) -> list[Item]:
    along = (selectinload(one) for one in (Challenge.theme, Challenge.zone, Challenge.spot))
    found = db.session.scalars(wanted.options(*along)).all()
    makers = people.by_player_keys({challenge.maker for challenge in found if challenge.maker})
    return [_item(challenge, makers.get(challenge.maker or "")) for challenge in found]


def _item(challenge: Challenge, maker: Person | None) -> Item:
    said = [*challenge.texts.values(), *labels.asked(challenge).values()]
    is_public = challenge.state == State.SHOWN and challenge.retired_at is None
    return Item(
        kind=Challenges.kind, key=challenge.desk_key, title=Challenges.label,
        called=challenge.words["title"], lang=challenge.words["lang"],
        where=challenge.spot.name if challenge.spot else "",
        since=challenge.sent_at or LONG_AGO, who=_whose(challenge), ask=challenge.asks,
        readers=frozenset(filter(None, [challenge.changed_by or challenge.maker])),  # whose words they are
        facts=[(_l("Name that comes with it"), challenge.by or _l("none")), *labels.of(challenge)],
        words=" | ".join(" · ".join(text for text in words.values() if text) for words in said),
        draw=lambda: Markup("\n").join(card(challenge, code, challenge.by) for code in challenge.texts),
        drawn_from=[challenge.kind, challenge.texts, sorted(challenge.told_marks)],
        labels={Verdict.GOOD: MAY_STAY, Verdict.BACK: HIDE} if is_public else {},
        is_childs=bool(maker and maker.is_young),
        is_public=is_public,
        asks=challenge.state != State.SHOWN and challenge.retired_at is None and bool(maker or not challenge.maker),
    )  # fmt: skip


def card(challenge: Challenge, code: str, by: str | None) -> Markup:
    """Its card as players would see it in a language."""
    with force_locale(code):
        drawn = render_template("game/challenges/card.html", challenge=challenge, code=code, by=by)
    return Markup(drawn)  # nosec: from our own template


def card_of(content: Mapping[str, Any], language: str, by: str | None) -> Markup:
    """The same of what a resident thought up."""
    texts = {language: content}
    draft = Challenge(kind=Together.name, icon=Together.icon, texts=texts, marks=[], faceless=True)
    return card(draft, language, by)


def _whose(challenge: Challenge) -> frozenset[str]:
    """Who thought it up, and who wrote its words last."""
    return frozenset(who for who in (challenge.maker, challenge.changed_by) if who)
