"""An offer or a wish as a kind of thing that people hand in: any player whom others know; an editor looks first."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select

from core import clock
from core.contributions.forms import ContributionForm
from core.contributions.kinds import Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.forms import Day, Misfit, Passage, Pick, Text
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal, Sort
from game.offers.models import Match, Offer
from game.scoring import newcomers

CAN, WANTS = "can", "wants"
SORTS: dict[str, LazyString] = {CAN: _l("I can do this"), WANTS: _l("I would like this")}
LONGEST = timedelta(days=180)  # that it is read


class CardForm(ContributionForm):
    """What they can do, or would like."""

    sort = Pick(SORTS, needs=_l("Choose one of the list."))
    words = Passage(200, _l("Say it in one sentence."), label=_l("What is it?"))
    zone = Text(80)  # its name
    until = Day(_l("Choose until when it stands there."), label=_l("Until which day?"))

    def validate_until(self, field: Day) -> None:
        """A day to come, within half a year."""
        if not clock.today() <= field.data <= clock.today() + LONGEST:
            raise Misfit(_l("Choose a day within half a year."))

    @property
    def content(self) -> dict[str, Any]:
        """With the day as JSON has it."""
        return {**super().content, "until": self.until.data.isoformat() if self.until.data else ""}


class Card(Kind):
    """What a neighbour can do, or would like."""

    name, label, icon, titled = "offer", _l("Offer or wish"), "hand", "words"
    pages, path, right, page = "sent_offers", "offers", "offer.send", "offers.index"
    form, form_page, drawing = CardForm, "game/offers/send.html", "game/offers/as_seen.html"
    from_address, is_revocable = ("sort",), True
    words = Words(
        own=_l("What you can and would like"), add=_l("I can, I would like"), drawing="hand",
        onwards=_l("To the offers and wishes"), none_yet=_l("A hand, an hour, a ladder: what can you share?"),
        intro=_l("A host looks for somebody whom it fits. Nobody keeps a tally."),
        kept=_l("They go, with what a host found for them."),
    )  # fmt: skip

    def begins(self, here: Neighbourhood) -> Mapping[str, Any]:
        return {"until": clock.today() + timedelta(days=60)}

    def beside(self, here: Neighbourhood) -> Mapping[str, Any]:
        zones = [(zone.name, zone.name, "nl") for zone in here.zones if not zone.is_future]
        return {"zones": zones, "sorts": SORTS.items()}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a part that is not here."""
        if content["zone"] and content["zone"] not in {zone.name for zone in here.zones}:
            raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="zone")

    def takes_from(self, who: str, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a newcomer (docs/rules.md §3, "known")."""
        if newcomers.unknown([who]):
            raise Refusal(
                _l("First meet a few neighbours, or go by the house and say hello. Then you can send one."),
                Sort.CONFLICT,
            )

    def said(self, content: Mapping[str, Any]) -> str:
        return str(content["words"])

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """Which of the two, where and until when."""
        return {
            one.id: [(_l("What it is"), SORTS[one.content["sort"]]), (_l("Zone"), one.content["zone"] or _l("none")),
                     (_l("Until which day?"), one.content["until"])]
            for one in versions
        }  # fmt: skip

    def show(self, contribution: Contribution, version: Version) -> int:
        said, here = version.content, db.session.get_one(Neighbourhood, contribution.neighbourhood_id)
        zone = next((zone for zone in here.zones if zone.name == said["zone"]), None)
        made = Offer(
            key=contribution.key, neighbourhood_id=here.id, is_wish=said["sort"] == WANTS, words=said["words"],
            language=version.language, zone_id=zone.id if zone else None, until=date.fromisoformat(said["until"]),
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        """Nobody reads it, and no host found anything for it: words that come back may be others."""
        db.session.execute(delete(Offer).where(Offer.key == contribution.key))
        both = or_(Match.offer == contribution.key, Match.wish == contribution.key)
        db.session.execute(delete(Match).where(both))

    left = unshow

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = db.session.scalars(select(Offer.key).where(Offer.key.in_([one.key for one in contributions])))
        return {key: {} for key in shown}


CARD = Card()
