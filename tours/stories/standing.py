"""How a story stands, in words for its teller, and what a host calls it."""

from collections.abc import Collection
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core.contributions.models import EDITOR, Contribution, State
from core.database import db
from tours.stories import service
from tours.stories.models import Telling


class Standing(NamedTuple):
    """Where a story is on its way: the step of four, whose turn it is, and both in a sentence."""

    step: int
    is_yours: bool
    sentence: LazyString


def stands(one: Contribution) -> Standing:
    """How it stands now."""
    if one.last.is_signed_by(frozenset({EDITOR})) and not one.last.is_signed_by(service.STORY.signers(one)):
        return Standing(3, True, _l("Now it is your turn: read it, and say yes or no."))
    if one.state == State.SHOWN and one.newer is None:
        return Standing(4, False, _l("Everybody can read it."))
    if one.state == State.AWAY:
        return Standing(3, False, _l("An editor took it away."))
    return Standing(3, False, _l("Now an editor reads it, within 7 days. After that you say the last yes."))


def called(subjects: Collection[str]) -> dict[str, str]:
    """What a host calls each, by its title and who tells it; who stays anonymous is not among them."""
    told = (
        select(Contribution, Telling.called).join(Telling).where(Contribution.who.in_(subjects), Telling.called != "")
    )
    return {one.who: f"{one.last.content['title']} · {name}" for one, name in db.session.execute(told)}
