"""What was said at a gathering, as a kind of thing that its opener or a host hands in; an editor looks first."""

from collections.abc import Collection, Mapping, Sequence
from textwrap import shorten
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core import clock
from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.contributions.service import NOT_HERE
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as people
from core.refusal import Refusal, Sort
from core.staff import queries as staff
from game.gatherings import keeping, queries
from game.gatherings.forms import ReportForm
from game.gatherings.models import Gathering, Report


class Told(Kind):
    """What was said at a gathering."""

    name, label, icon, titled = "gathering_report", _l("What was said at a gathering"), "tekst", "words"
    pages, path, right, page = "sent_reports", "gathering-reports", "gathering.keep", "gatherings.show"
    form, form_page, drawing = ReportForm, "game/gatherings/tell.html", "game/gatherings/told.html"
    from_address, is_revocable = ("gathering",), True
    words = Words(
        own=_l("What you wrote of gatherings"), add=_l("Write down what was said"), drawing="tekst",
        none_yet=_l("You write of a gathering on its page, once it has begun."),
        intro=_l("What did you talk about? A few sentences are enough."),
        onwards=_l("To the gathering"), kept=_l("Your words go everywhere."),
    )  # fmt: skip
    at_desk = AtDesk(onwards=_l("To what you wrote"))

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a gathering that nobody reads, and for one that has not begun."""
        gathering = queries.one(here.id, content["gathering"])
        if gathering is None:
            raise Refusal(NOT_HERE, Sort.UNKNOWN)
        if gathering.begins_at > clock.now():
            raise Refusal(_l("It has not begun yet."), Sort.CONFLICT)

    def takes_from(self, who: str, content: Mapping[str, Any]) -> None:
        """Raises Refusal for who neither opened it nor is a host."""
        person = people.by_player_key(who)
        keeping.must_keep(content["gathering"], who, staff.roles_of(person) if person else ())

    def called(self, content: Mapping[str, Any]) -> str:
        return shorten(content["words"], 60, placeholder=" …")

    def said(self, content: Mapping[str, Any]) -> str:
        return str(content["words"])

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """Of which gathering."""
        keys = [one.content["gathering"] for one in versions]
        found = db.session.execute(select(Gathering.key, Gathering.title).where(Gathering.key.in_(keys)))
        titles = {one.key: one.title for one in found}
        return {one.id: [(_l("Gathering"), titles.get(one.content["gathering"], "?"))] for one in versions}

    def show(self, contribution: Contribution, version: Version) -> int:
        """Raises Refusal where nobody reads its gathering by now."""
        if queries.one(contribution.neighbourhood_id, version.content["gathering"]) is None:
            raise Refusal(_l("Its gathering is not here any more."), Sort.UNKNOWN)
        made = Report(
            key=contribution.key, gathering=version.content["gathering"], words=version.content["words"],
            language=version.language, at=clock.now(),
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        db.session.execute(delete(Report).where(Report.key == contribution.key))

    left = unshow

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = select(Report.key, Gathering.key).join(Gathering, Gathering.key == Report.gathering)
        found = db.session.execute(shown.where(Report.key.in_([one.key for one in contributions])))
        return {key: {"key": gathering} for key, gathering in found}


TOLD = Told()
