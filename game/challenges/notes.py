"""What somebody saw while looking, in a sentence, as a kind of thing that people hand in: an editor reads it first."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core.contributions import queries as contributions
from core.contributions.forms import ContributionForm
from core.contributions.kinds import Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.forms import Passage, Text
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal, Sort
from game.challenges import queries
from game.challenges.kinds import KINDS
from game.challenges.models import Answer, Challenge, Note, State

LATEST = 50  # on one page


class NoteForm(ContributionForm):
    """What they saw."""

    words = Passage(200, _l("Write down what you saw. One sentence is enough."), label=_l("What did you see?"))
    challenge = Text(40)  # its key


class Noted(Kind):
    """A sentence of who looked, which stands on the page of the challenge from the yes of an editor on."""

    name, label, icon, titled = "note", _l("What somebody saw"), "oog", "words"
    pages, path, right, page = "notes", "notes", "challenge.propose", "challenges.show"
    form, form_page, drawing = NoteForm, "game/challenges/note_form.html", "game/challenges/note.html"
    from_address, is_revocable = ("challenge",), True
    words = Words(
        own=_l("What you saw"), add=_l("Write down what you saw"), drawing="oog",
        none_yet=_l("Some challenges ask you to look. What you write down, you find back here."),
        onwards=_l("To the challenge"), kept=_l("What you wrote down goes everywhere."),
    )  # fmt: skip

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for a challenge that does not ask this."""
        found = queries.by_key(here.id, content["challenge"])
        if found is None or not asks(found):
            raise Refusal(_l("That challenge is no longer there."), Sort.UNKNOWN)

    def said(self, content: Mapping[str, Any]) -> str:
        return str(content["words"])

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """At which challenge."""
        keys = {one.content["challenge"] for one in versions}
        found = db.session.scalars(
            select(Challenge).where(Challenge.neighbourhood_id == here.id, Challenge.key.in_(keys))
        )
        titles = {one.key: one.words["title"] for one in found}
        return {one.id: [(_l("Challenge"), titles.get(one.content["challenge"], "?"))] for one in versions}

    def show(self, contribution: Contribution, version: Version) -> int:
        """Raises Refusal where nobody can do its challenge any more."""
        found = queries.known(contribution.neighbourhood_id, version.content["challenge"])
        if found is None:
            raise Refusal(_l("That challenge is no longer there."), Sort.UNKNOWN)
        self.unshow(contribution)
        made = Note(key=contribution.key, challenge_id=found.id, words=version.content["words"],
                    language=version.language)  # fmt: skip
        db.session.add(made)
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        db.session.execute(delete(Note).where(Note.key == contribution.key))

    left = unshow

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        shown = select(Note.key, Challenge.key).join(Challenge, Note.challenge_id == Challenge.id)
        keys = [one.key for one in contributions]
        offered = (Challenge.state == State.SHOWN, Challenge.retired_at.is_(None))
        found = db.session.execute(shown.where(Note.key.in_(keys), *offered))
        return {key: {"challenge": challenge} for key, challenge in found}


NOTED = Noted()


def asks(challenge: Challenge) -> bool:
    """Whether who looked says it in a sentence."""
    return KINDS[challenge.kind].finds and challenge.answer == Answer.NOTE


def of(challenge: Challenge) -> list[tuple[Note, str | None]]:
    """The notes at a challenge, the newest first, each with the name that may stand there."""
    if not asks(challenge):
        return []
    newest = select(Note).where(Note.challenge_id == challenge.id).order_by(Note.id.desc()).limit(LATEST)
    found = db.session.scalars(newest).all()
    names = contributions.names(NOTED.name, [one.id for one in found])
    return [(one, names.get(one.id)) for one in found]
