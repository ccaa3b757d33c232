"""How a story stands, in words for its teller, and what a host calls it."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import case, select

from core.contributions.models import EDITOR, Contribution, State
from core.database import db
from tours.stories import queries, service
from tours.stories.kind import GUARDIAN, is_pupils
from tours.stories.models import SCHOOL, Telling
from tours.stories.models_rights import Pause


class Standing(NamedTuple):
    """Where a story is on its way: the step of four, whose turn it is, and both in a sentence."""

    step: int
    is_yours: bool
    sentence: LazyString


def of(stories: Sequence[Contribution]) -> list[tuple[Contribution, Standing]]:
    """These, each with how it stands."""
    resting = queries.pauses_of([one.id for one in stories])
    return [(one, stands(one, resting.get(one.id))) for one in stories]


def stands(one: Contribution, rest: Pause | None = None) -> Standing:
    """How it stands now. `rest`: the pause that it has."""
    lacks = service.STORY.signers(one) - {approval.as_what for approval in one.last.approvals}
    if one.last.is_signed_by(frozenset({EDITOR})) and lacks == {GUARDIAN}:
        return Standing(3, False, _l("Now who cares for you reads it, with a receipt of their own."))
    if rest:
        return Standing(4, False, _l("It rests for a while. Nobody reads it now."))
    if one.last.is_signed_by(frozenset({EDITOR})) and lacks:
        return Standing(3, True, _l("Now it is your turn: read it, and say yes or no."))
    if one.state == State.SHOWN and one.newer is None:
        return Standing(4, False, _l("Everybody can read it."))
    if one.state == State.AWAY:
        return Standing(3, False, _l("An editor took it away."))
    if is_pupils(one.last):
        return Standing(3, False, _l("You and the teacher said yes. Now the editors decide."))
    return Standing(3, False, _l("Now an editor reads it, within 7 days. After that you say the last yes."))


def called(subjects: Collection[str]) -> dict[str, str]:
    """What a host calls each, by its title and who tells it; who stays anonymous is not among them.

    Who cares for a child is: they give a name to nobody here, and a host sees them.
    """
    told = (
        select(Contribution, Telling.called).join(Telling).where(Contribution.who.in_(subjects), Telling.called != "")
    )
    named = {one.who: f"{one.last.content['title']} · {name}" for one, name in db.session.execute(told)}
    whose = case((Telling.way == SCHOOL, Contribution.who), else_=Telling.guardian)
    guarded = select(Contribution, whose).join(Telling).where(whose.in_(subjects))
    for one, guardian in db.session.execute(guarded):
        named[str(guardian)] = _("%(title)s · of who cares for the teller", title=one.last.content["title"])
    return named
