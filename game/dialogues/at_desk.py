"""What was learned, at the desk: only where somebody reports it. All who sit there signed it, so no editor looks first.

One that was hidden and is written anew waits until an editor found it good.
"""

from collections.abc import Collection, Sequence

from flask import render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from core.database import db
from core.desk import queries as desk
from core.desk.handlers import MAY_STAY, MOST, Answers, Before, Item
from core.desk.models import Verdict
from core.guard import Role
from game.dialogues import cards, talk_queries
from game.dialogues.models_talk import Insight, Stands, Talk


class Learned:
    """An insight of two, or the summary of a table."""

    kind = "insight"
    label = _l("What people learned")
    icon = "praten"
    answers = Answers(
        labels={
            Verdict.GOOD: _l("Everybody may read it"),
            Verdict.BACK: _l("Out of sight and back to who signed it, with a reason"),
            Verdict.AWAY: _l("Take it away, with a reason"),
        },
        done={
            Verdict.GOOD: _l("Everybody reads it, once all of them signed it."),
            Verdict.BACK: _l("Nobody reads it now. Who signed it reads why."),
            Verdict.AWAY: _l("It is gone. Who signed it reads why."),
        },
        told={
            Verdict.GOOD: _l("Another editor looked, and everybody reads it."),
            Verdict.BACK: _l("Nobody reads it. You can write it anew."),
            Verdict.AWAY: _l("It was taken away."),
        },
        onwards=("dialogues.index", _l("To the hours")),
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        asked = select(Insight).where(
            Insight.neighbourhood_id == neighbourhood_id, Insight.stands == Stands.HIDDEN,
            ~desk.answered(self.kind, Insight.key, Insight.version, editor),
        )  # fmt: skip
        return self._items(asked.order_by(Insight.written_at, Insight.id).limit(MOST))

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        held = self._of([key]).where(Insight.neighbourhood_id == neighbourhood_id).with_for_update(of=Insight)
        return next(iter(self._items(held)), None)

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        return self._items(self._of(keys).where(Insight.neighbourhood_id == neighbourhood_id))

    def publish(self, key: str, editor: str, role: Role) -> None:
        self._put(key, Stands.FREE)

    def hide(self, key: str, editor: str, role: Role) -> None:
        self._put(key, Stands.HIDDEN)

    def take_away(self, key: str, editor: str) -> Before:
        was = db.session.scalar(select(Insight.stands).where(Insight.key == key))
        self._put(key, Stands.AWAY)
        return {"stands": str(was)} if was else None

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        self._put(key, Stands((before or {}).get("stands", Stands.HIDDEN)))

    def _of(self, keys: Collection[str]) -> Select[Insight]:
        return select(Insight).where(Insight.key.in_(keys))

    def _put(self, key: str, stands: Stands) -> None:
        for one in db.session.scalars(self._of([key])):
            one.stands = stands
        db.session.flush()

    def _items(self, asked: Select[Insight]) -> list[Item]:
        found = db.session.scalars(asked.options(joinedload(Insight.talk).joinedload(Talk.hour))).unique().all()
        shown = set(db.session.scalars(talk_queries.is_public().where(Insight.id.in_([one.id for one in found]))))
        return [self._item(one, one in shown) for one in found]

    def _item(self, one: Insight, is_public: bool) -> Item:
        return Item(
            kind=self.kind, key=one.key, title=self.label, called=one.words[:80], lang=one.language,
            since=one.written_at, ask=one.version, who=frozenset(seat.who for seat in one.talk.seats),
            facts=[(_l("Card"), cards.every()[one.talk.card].question["question"])], words=one.words,
            draw=lambda: Markup(render_template("game/dialogues/insight_as_seen.html", insight=one)),  # nosec: ours
            drawn_from=one.hash, labels={Verdict.GOOD: MAY_STAY} if is_public else {}, is_public=is_public,
            is_away=one.stands == Stands.AWAY, asks=one.stands == Stands.HIDDEN,
        )  # fmt: skip
