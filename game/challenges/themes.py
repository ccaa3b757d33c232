"""The themes of a neighbourhood: a short list of its own. Makers add one while they write a challenge."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from core.database import db, dialect, insert_into
from core.refusal import Refusal, Sort
from core.spelling import slug
from game.challenges.models import Challenge, State, Theme

MOST = 12  # that challenges carry: one that none carries stays, in case somebody gives it that name again
FRESH = {"populate_existing": True}
TRIES = 9  # of a key, when others add a theme at this moment


def of(neighbourhood_id: int) -> Sequence[Theme]:
    """Its themes, in the order they were added: also those that no editor saw yet."""
    return db.session.scalars(select(Theme).where(Theme.neighbourhood_id == neighbourhood_id).order_by(Theme.id)).all()


def offered(neighbourhood_id: int, me: str) -> Sequence[Theme]:
    """Those that a maker can choose: a challenge that is shown carries them, or one of their own."""
    may_read = or_(Challenge.state == State.SHOWN, Challenge.maker == me, Challenge.changed_by == me)
    carried = select(Challenge.theme_id).where(Challenge.neighbourhood_id == neighbourhood_id, may_read)
    return db.session.scalars(select(Theme).where(Theme.id.in_(carried)).order_by(Theme.id)).all()


def named(neighbourhood_id: int, texts: dict[str, Any], me: str = "", names: bool = False) -> Theme:
    """The theme with this Dutch name, added where there was none: language → {"name"}, Dutch among them.

    One that is offered to this maker gets the languages that it lacks, unless they name somebody (`names`): an editor
    sees those first. Another's that no editor saw is not joined. Raises Refusal when twelve are carried.
    """
    for _try in range(TRIES):
        mine = select(Theme).where(Theme.neighbourhood_id == neighbourhood_id).order_by(Theme.id)
        known = db.session.scalars(
            mine.with_for_update(key_share=True), execution_options=FRESH
        ).all()  # who else adds waits
        same = [theme for theme in known if _name(theme.texts) == _name(texts)]
        open_, carried = {theme.id for theme in offered(neighbourhood_id, me)}, _carried(neighbourhood_id)
        if found := next((theme for theme in same if theme.id in open_), None):
            found.texts = found.texts if names else {**texts, **found.texts}
            return found
        if len(carried) >= MOST:
            raise Refusal(_l("There are twelve themes already. Choose one of those."))
        if found := next((theme for theme in same if theme.id not in carried), None):
            found.texts = texts
            return found
        key = _free_key(texts, {theme.key for theme in known})
        row = insert_into(Theme, dialect()).values(neighbourhood_id=neighbourhood_id, key=key, texts=texts)
        made = db.session.scalar(row.on_conflict_do_nothing().returning(Theme.id))
        if made:
            return db.session.get_one(Theme, made)
    raise Refusal(_l("Somebody else saves the same here at this moment. Try once more."), Sort.BUSY)


def _name(texts: dict[str, Any]) -> str:
    name: str = texts["nl"]["name"]
    return name.casefold()


def _carried(neighbourhood_id: int) -> set[int | None]:
    here = (Challenge.neighbourhood_id == neighbourhood_id, Challenge.theme_id.is_not(None))
    return set(db.session.scalars(select(Challenge.theme_id).where(*here)))


def _free_key(texts: dict[str, Any], taken: set[str]) -> str:
    """A name as it can stand in an address, with a number where it is taken."""
    base = slug(texts["nl"]["name"], "thema")
    numbered = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)
