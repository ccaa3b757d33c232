"""A promise as a kind of thing that people hand in: who is known here, or staff for an organisation; an editor looks.

It is no revocable kind: what everybody reads is kept, changed, broken or released, with words. With its maker's data it
goes; an organisation's stays.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core import clock
from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as people
from core.refusal import Refusal, Sort
from core.staff import queries as staff
from core.steps import service as steps
from game.promises import queries
from game.promises.course import COURSE
from game.promises.forms import VowForm
from game.promises.models import Against, NewDay, Promise, Receiver, Successor
from game.promises.speakers import organisation_of
from game.scoring import newcomers

AHEAD = timedelta(days=3 * 366)


class Vow(Kind):
    """Somebody promises something."""

    name, label, icon, titled = COURSE.kind, _l("Promise"), "krijt", "what"
    pages, path, right, page = "sent_promises", "promises", "promise.make", "promises.show"
    form, form_page, drawing = VowForm, "game/promises/make.html", "game/promises/as_seen.html"
    from_address = ("gathering",)
    words = Words(
        own=_l("Your promises"), add=_l("Make a promise"), drawing="krijt", onwards=_l("To the promise"),
        none_yet=_l("Who does what, for whom, and when."), intro=_l("Who does what, for whom, and when."),
        kept=_l("Your promises go, with what you said of them. Those of an organisation stay, without a name."),
    )  # fmt: skip
    at_desk = AtDesk(onwards=_l("To your promises"))

    def beside(self, here: Neighbourhood) -> Mapping[str, Any]:
        return {"neighbourhood_name": here.name}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a day that is over or far away, and for letters that nobody here has."""
        due_on = date.fromisoformat(content["due_on"])
        if not clock.today() <= due_on <= clock.today() + AHEAD:
            raise Refusal(_l("Choose a day that is still to come."), Sort.INVALID, field="due_on")
        if content["tag"] and people.by_tag(here.id, content["tag"]) is None:
            raise Refusal(_l("Nobody here has these letters. Look once more."), Sort.INVALID, field="tag")

    def takes_from(self, who: str, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a newcomer, for a promise to oneself, and for who speaks for no organisation."""
        person = people.by_player_key(who)
        roles = staff.roles_of(person) if person else frozenset()
        speaks_for = organisation_of(person.neighbourhood_id, who) if person else None
        if not roles and not speaks_for and newcomers.unknown([who]):
            raise Refusal(
                _l("First meet a few neighbours, or go by the house and say hello. Then you can promise something."),
                Sort.CONFLICT,
            )
        if not roles and content["organisation"] not in ("", speaks_for):
            raise Refusal(_l("Only the team and who works there promise for an organisation."), Sort.FORBIDDEN)
        if person and content["tag"] == person.tag:
            raise Refusal(_l("These are your own letters."), Sort.INVALID, field="tag")

    def said(self, content: Mapping[str, Any]) -> str:
        said = (content[name] for name in ("what", "to_whom", "decided_by", "organisation"))
        return " · ".join(text for text in said if text)

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """By when."""
        return {one.id: [(_l("By when"), one.content["due_on"])] for one in versions}

    def show(self, contribution: Contribution, version: Version) -> int:
        """The same row with other words, where it is shown already. Where its day was changed since, it stays so."""
        said, here, changed = version.content, contribution.neighbourhood_id, queries.last_day(contribution.key)
        made = queries.by_key(contribution.key) or Promise(
            key=contribution.key, neighbourhood_id=here, shown_at=clock.now()
        )
        for name in ("what", "to_whom", "decided_by", "organisation", "gathering"):
            setattr(made, name, said[name])
        made.language = version.language
        made.due_on = changed.due_on if changed and changed.at >= version.at else date.fromisoformat(said["due_on"])
        db.session.add(made)
        receiver = people.by_tag(here, said["tag"]) if said["tag"] else None
        if receiver and queries.receiver(made.key) is None:
            db.session.add(Receiver(promise=made.key, who=receiver.player_key, shows_name=False))
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        """Nobody reads it; its steps stay for when it comes back."""
        db.session.execute(delete(Promise).where(Promise.key == contribution.key))

    def left(self, contribution: Contribution) -> None:
        """It goes for good with its maker; what an organisation promised, and everybody reads, does not."""
        promise = queries.by_key(contribution.key)
        if promise and promise.organisation:
            return
        self.unshow(contribution)
        for table in (NewDay, Receiver, Successor, Against):
            db.session.execute(delete(table).where(table.promise == contribution.key))
        steps.forget(COURSE.kind, contribution.key)

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = db.session.scalars(select(Promise.key).where(Promise.key.in_([one.key for one in contributions])))
        return {key: {"key": key} for key in shown}


VOW = Vow()
