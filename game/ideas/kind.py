"""An idea as a kind of thing that people hand in: anybody, with a name or none, with an account or a receipt."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select

from core import clock
from core.contributions.forms import ContributionForm
from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.forms import Line, Passage, Pick, Text
from core.neighbourhoods.models import Neighbourhood
from core.places import queries as places
from core.refusal import Refusal, Sort
from core.steps import service as steps
from game.ideas.course import COURSE
from game.ideas.models import PHONE, CoSign, Idea, Merged

SORTS: dict[str, tuple[LazyString, LazyString]] = {
    "challenge": (_l("Challenge"), _l("to do together")),
    "theme": (_l("Theme"), _l("for a season")),
    "activity": (_l("Activity"), _l("on a day")),
    "change": (_l("Change"), _l("in the street")),
}
"""By name: what it is called, and what that is."""


class IdeaForm(ContributionForm):
    """What they would like here."""

    title = Line(80, _l("Say it in one sentence."), label=_l("Your idea"))
    words = Passage(800, label=_l("Do you want to say more?"))
    sort = Pick(SORTS, needs=_l("Choose what it is."))
    spot = Text(80)  # its key


class Proposal(Kind):
    """What a neighbour would like here."""

    name, label, icon, titled = "idea", _l("Idea"), "idee", "title"
    pages, path, right, page = "sent_ideas", "ideas", "idea.send", "ideas.show"
    form, form_page, drawing = IdeaForm, "game/ideas/send.html", "game/ideas/as_seen.html"
    from_address, is_revocable, may_stay = ("spot", "sort", "title"), True, True
    words = Words(
        own=_l("Your ideas"), add=_l("Send an idea"), drawing="idee", onwards=_l("To the idea"),
        none_yet=_l("What would you like here? One sentence is enough."),
        intro=_l("What would you like here? One sentence is enough. Write in your own language."),
        kept=_l("Your ideas go, with what was said of them."),
    )  # fmt: skip
    at_desk = AtDesk(
        good=_l("Everybody may read it and sign it too"),
        told_good=_l("Another editor looked. Everybody reads it, and neighbours can sign it too."),
        done_good=_l("Everybody reads it. Within 14 days an editor decides, with a reason."),
        onwards=_l("To your ideas"),
    )  # fmt: skip

    def beside(self, here: Neighbourhood) -> Mapping[str, Any]:
        spots = [(spot.key, spot.name, "nl") for spot in places.of(here.id)]
        return {"spots": spots, "sorts": [(name, label, about) for name, (label, about) in SORTS.items()]}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a place that is not here."""
        if content["spot"] and places.by_key(here.id, content["spot"]) is None:
            raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="spot")

    def said(self, content: Mapping[str, Any]) -> str:
        return " · ".join(text for text in (content["title"], content["words"]) if text)

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """What it is, and where."""
        spots = {spot.key: spot.name for spot in places.of(here.id)}
        return {
            one.id: [(_l("What it is"), SORTS[one.content["sort"]][0]),
                     (_l("Where"), spots.get(one.content["spot"]) or _l("nowhere in particular"))]
            for one in versions
        }  # fmt: skip

    def show(self, contribution: Contribution, version: Version) -> int:
        """The same row with other words, where it is shown already: its fourteen days run on."""
        said, here = version.content, contribution.neighbourhood_id
        spot = places.by_key(here, said["spot"]) if said["spot"] else None
        made = db.session.scalar(select(Idea).where(Idea.key == contribution.key)) or Idea(
            key=contribution.key, neighbourhood_id=here, visible_at=clock.now()
        )
        made.title, made.words, made.sort = said["title"], said["words"], said["sort"]
        made.language, made.spot_id = version.language, spot.id if spot else None
        made.channel = said.get("channel", PHONE)
        db.session.add(made)
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        """Nobody reads it; who signed it and what was said of it stay for when it comes back."""
        db.session.execute(delete(Idea).where(Idea.key == contribution.key))

    def left(self, contribution: Contribution) -> None:
        """It goes for good, with its steps, who signed it, and what goes on in it."""
        self.unshow(contribution)
        both = or_(Merged.idea == contribution.key, Merged.into == contribution.key)
        db.session.execute(delete(Merged).where(both))
        db.session.execute(delete(CoSign).where(CoSign.idea == contribution.key))
        steps.forget(COURSE.kind, contribution.key)

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = db.session.scalars(select(Idea.key).where(Idea.key.in_([one.key for one in contributions])))
        return {key: {"key": key} for key in shown}


PROPOSAL = Proposal()
