"""A challenge that a resident thinks up, as a kind of thing that people hand in (docs/rules.md §3).

Once a maker wrote other words into what it became, that is a challenge of makers: the desk decides about the challenge.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from core import clock, codes
from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.contributions.models import State as Stands
from core.database import db
from core.desk import queries as desk
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal
from game.challenges import labels, queries
from game.challenges.forms import DraftForm
from game.challenges.kinds import Together
from game.challenges.models import Challenge, State

NOW = {"populate_existing": True}


class Draft(Kind):
    """Title, what to do, a question to ask: a challenge for two, from the yes of an editor on."""

    name, label, icon, titled = queries.DRAFT, _l("Challenge"), "hinkel", "title"
    pages, path, right, page = "drafts", "drafts", "challenge.propose", "challenges.show"
    form, drawing = DraftForm, "game/challenges/draft.html"
    stays = _l("A maker wrote it anew since. Take it out of the list on the page of challenges.")
    words = Words(
        own=_l("Challenges you thought up"), add=_l("Think up a challenge"), drawing="krijt",
        intro=_l("For two neighbours, in five minutes, with what they have on them."),
        taken_back=_l("Done. You took that challenge back."), is_shown=_l("It stands among the challenges"),
        onwards=_l("To the challenge"), is_gone=_l("It is no longer there as you wrote it."),
        kept=_l("After erasing they stay without a name. Drafts go."),
    )  # fmt: skip
    at_desk = AtDesk(
        good=_l("May stand among the challenges"), back=_l("Back to who made it, with a reason"),
        done_good=_l("It stands among the challenges."),
        done_back=_l("Players do not see it. Who made it reads why."),
        done_away=_l("It is gone. Who made it reads why."),
        told_good=_l("Another editor looked, and it stands among the challenges."),
        told_back=_l("Players do not see it. You can change it and send it again."),
        onwards=_l("To the challenges you thought up"),
    )  # fmt: skip

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """What makers put on what it became."""
        became = {one.contribution.became: one.id for one in versions if one.contribution.became}
        along = (selectinload(one) for one in (Challenge.theme, Challenge.zone, Challenge.spot))
        found = db.session.scalars(select(Challenge).where(Challenge.id.in_(became)).options(*along)) if became else ()
        return {became[one.id]: [*_at(one), *labels.of(one)] for one in found}

    def show(self, contribution: Contribution, version: Version) -> int:
        challenge = _made(contribution) or _new(contribution)
        words = {part: version.content[part] for part in ("title", "text", "question")}
        challenge.texts, challenge.state = {version.language: words}, State.SHOWN
        db.session.add(challenge)
        db.session.flush()
        return challenge.id

    def unshow(self, contribution: Contribution) -> int | None:
        """What people did with it stays, and it does. Raises Refusal while makers offer it in words of theirs."""
        challenge = _made(contribution)
        if challenge is None or (challenge.changed_by and not _is_offered(challenge)):
            return None  # by now it is theirs
        if challenge.changed_by:
            raise Refusal(self.stays)
        challenge.state = State.HIDDEN
        db.session.flush()
        return challenge.id

    def left(self, contribution: Contribution) -> None:
        """What everybody sees stays, thought up by nobody, with what was reported of it; what was hidden goes."""
        challenge = _made(contribution)
        if challenge is None or challenge.changed_by:
            return
        challenge.maker = None
        if challenge.state == State.SHOWN:
            desk.hand_over((self.name, contribution.key), (queries.DESK_KIND, challenge.desk_key))
        else:
            challenge.retired_at = challenge.retired_at or clock.now()

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        """In the words in which they were sent."""
        return {key: {"challenge": name} for key, name in _offered(contributions, Challenge.changed_by.is_(None))}

    def staying(self, contributions: Collection[Contribution]) -> set[str]:
        return {key for key, _name in _offered(contributions, Challenge.changed_by.is_not(None))}


def _new(contribution: Contribution) -> Challenge:
    return Challenge(
        neighbourhood_id=contribution.neighbourhood_id, key=codes.new_key(), kind=Together.name,
        icon=Together.icon, marks=[], faceless=True, maker=contribution.who,
    )  # fmt: skip


def _made(contribution: Contribution) -> Challenge | None:
    """What it became, held until the end of the transaction, as it stands now."""
    this = select(Challenge).where(Challenge.id == contribution.became).with_for_update(of=Challenge)
    return db.session.scalar(this, execution_options=NOW) if contribution.became else None


def _is_offered(challenge: Challenge) -> bool:
    return challenge.state == State.SHOWN and challenge.retired_at is None


def _offered(contributions: Collection[Contribution], whose: ColumnElement[bool]) -> list[tuple[str, str]]:
    """The key of each with that of its challenge. One question."""
    became = {one.became: one.key for one in contributions if one.became and one.state == Stands.SHOWN}
    offered = (Challenge.id.in_(became), Challenge.state == State.SHOWN, Challenge.retired_at.is_(None), whose)
    found = db.session.execute(select(Challenge.id, Challenge.key).where(*offered)) if became else ()
    return [(became[id_], key) for id_, key in found]


def _at(challenge: Challenge) -> list[Fact]:
    return [(_l("Place"), challenge.spot.name)] if challenge.spot else []
