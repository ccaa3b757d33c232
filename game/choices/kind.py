"""A card as a kind of thing that people hand in: for or against an option, or an objection to what became of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core.contributions.forms import ContributionForm
from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.forms import Passage, Pick, Text
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal, Sort
from game.choices import queries
from game.choices.models import Choice, Reason

FOR, AGAINST, OBJECTION = "for", "against", "objection"
SIDES: dict[str, LazyString] = {FOR: _l("For"), AGAINST: _l("Against"), OBJECTION: _l("Does not agree")}


class ReasonForm(ContributionForm):
    """What speaks for an option or against it; or why somebody does not agree with an outcome."""

    about = Text(26, _l("Choose one of the list."))  # the key of an option, or of a choice that has an outcome
    side = Pick(SIDES, needs=_l("Choose one of the list."))
    words = Passage(300, _l("Say why, in one sentence or more."), label=_l("Your reason"))


class Card(Kind):
    """What a neighbour has to say about a choice, apart from how they vote."""

    name, label, icon, titled = queries.REASON, _l("Reason"), "krijt", "words"
    pages, path, right, page = "reasons", "reasons", "choice.reason", "choices.show"
    form, form_page, drawing = ReasonForm, "game/choices/reason.html", "game/choices/as_seen.html"
    from_address, is_revocable = ("about", "side"), True
    words = Words(
        own=_l("Your reasons"), add=_l("Write a reason"), drawing="krijt", onwards=_l("To the choice"),
        none_yet=_l("At a choice you can write what speaks for an option, or against it."),
        intro=_l("A reason is no vote. It says nothing of what you choose."),
        kept=_l("Your reasons go."),
    )  # fmt: skip
    at_desk = AtDesk(
        good=_l("Everybody may read it at the choice"),
        told_good=_l("Another editor looked, and everybody can read it."),
        done_good=_l("It stands at the choice. Without a name it shows from three on."),
        onwards=_l("To your reasons"),
    )  # fmt: skip

    def beside(self, here: Neighbourhood) -> Mapping[str, Any]:
        """The options that a reason can be about."""
        found = queries.with_options(queries.open_in(here.id))
        about = [(one.key, f"{one.letter} {one.title}", choice.language) for choice in found for one in choice.options]
        return {"about": about, "SIDES": SIDES}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for an option that is not of an open choice here, and for what has no outcome yet."""
        if content["side"] == OBJECTION:
            choice = queries.one(here.id, content["about"])
            last = queries.outcomes(choice)[-1:] if choice else []
            if not last or last[0].option_id is None:
                raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="about")
        else:
            option = queries.option(here.id, content["about"])
            if option is None or not option.choice.is_open:
                raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="about")

    def said(self, content: Mapping[str, Any]) -> str:
        return str(content["words"])

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """Which side it takes, of what."""
        titles = queries.titles([one.content["about"] for one in versions])
        return {
            one.id: [(SIDES[one.content["side"]], titles.get(one.content["about"], ""))] for one in versions
        }  # fmt: skip

    def show(self, contribution: Contribution, version: Version) -> int:
        """The same row with other words, where it is shown already. Raises Refusal where the choice is gone."""
        said, here = version.content, contribution.neighbourhood_id
        option = queries.option(here, said["about"])
        choice = option.choice if option else queries.one(here, said["about"])
        if choice is None:
            raise Refusal(_l("Choose one of the list."), Sort.INVALID)
        made = db.session.scalar(select(Reason).where(Reason.key == contribution.key)) or Reason(key=contribution.key)
        made.choice_id, made.option_id = choice.id, option.id if option else None
        made.side, made.words, made.language = said["side"], said["words"], version.language
        db.session.add(made)
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        """Nobody reads it."""
        db.session.execute(delete(Reason).where(Reason.key == contribution.key))

    def left(self, contribution: Contribution) -> None:
        """It goes for good."""
        self.unshow(contribution)

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        keys = [one.key for one in contributions]
        found = select(Reason.key, Choice.key).join(Choice, Choice.id == Reason.choice_id).where(Reason.key.in_(keys))
        return {key: {"key": choice} for key, choice in db.session.execute(found)}


CARD = Card()
