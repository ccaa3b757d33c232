"""A question to a professional as a kind of thing that people hand in: by anybody, and past an editor."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import clock, i18n
from core.contributions.forms import ContributionForm
from core.contributions.kinds import AtDesk, Fact, Kind, Words
from core.contributions.models import Contribution, Version
from core.database import db
from core.forms import Passage, Text
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal, Sort
from core.steps import service as steps
from game.dialogues import queries
from game.dialogues.course import COURSE, due
from game.dialogues.models import Question

LONGEST = 300  # signs


class QuestionForm(ContributionForm):
    """What they ask, and in which hour."""

    words = Passage(LONGEST, _l("Ask your question."), label=_l("Your question"))
    hour = Text(26)  # its key


class Inquiry(Kind):
    """What somebody asks a professional. They read it when everybody does: nothing goes between two alone."""

    name, label, icon, titled = COURSE.kind, _l("Question to a professional"), "praten", "words"
    pages, path, right, page = "sent_questions", "asked", "dialogue.ask", "dialogues.question"
    form, form_page, drawing = QuestionForm, "game/dialogues/ask.html", "game/dialogues/question_as_seen.html"
    from_address, is_revocable, may_stay = ("hour",), True, True
    words = Words(
        own=_l("Your questions to professionals"), add=_l("Ask a question"), drawing="praten",
        onwards=_l("To the question"), none_yet=_l("Ask somebody who works here, at their hour."),
        intro=_l("Everybody reads your question, and what is done with it."),
        kept=_l("Your questions go, with what was said of them."),
    )  # fmt: skip
    at_desk = AtDesk(
        good=_l("Everybody may read it, and it gets an answer"),
        told_good=_l("Another editor looked. Everybody reads it, and it gets an answer."),
        done_good=_l("Everybody reads it. The one who was asked says within 14 days that they heard it."),
        onwards=_l("To your questions"),
    )  # fmt: skip

    def beside(self, here: Neighbourhood) -> Mapping[str, Any]:
        hours = queries.to_ask_in(here.id)
        faces = queries.faces([hour.professional for hour in hours])
        return {"hours": [(one.key, called(faces[one.professional_id], one.begins), "nl") for one in hours]}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for an hour that is not here, or was never opened."""
        hour = queries.hour(here.id, content["hour"]) if content["hour"] else None
        if hour is None or not hour.takes_questions:
            raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="hour")

    def said(self, content: Mapping[str, Any]) -> str:
        return str(content["words"])

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """Whom they ask."""
        hours = {one.key: one for one in queries.hours_by_keys(here.id, [one.content["hour"] for one in versions])}
        faces = queries.faces([hour.professional for hour in hours.values()])
        return {
            one.id: [(_l("Asked of"), called(faces[found.professional_id], found.begins))]
            for one in versions
            if (found := hours.get(one.content["hour"]))
        }

    def show(self, contribution: Contribution, version: Version) -> int:
        """The same row with other words, where it was shown before: who answers it and by when stays."""
        said, here = version.content, contribution.neighbourhood_id
        made = _row(contribution.key)
        if made is None:
            hour = queries.hour(here, said["hour"])
            if hour is None:
                raise Refusal(_l("That is not here (any more)."), Sort.UNKNOWN)
            made = Question(
                key=contribution.key, neighbourhood_id=here, hour=hour, professional=hour.professional,
                visible_at=clock.now(), reply_by=due(clock.today()),
            )  # fmt: skip
        made.words, made.language, made.is_shown = said["words"], version.language, True
        db.session.add(made)
        db.session.flush()
        return made.id

    def unshow(self, contribution: Contribution) -> None:
        """Nobody reads it; what was said of it, and who answers it, stay for when it comes back."""
        if made := _row(contribution.key):
            made.is_shown, made.words = False, ""

    def left(self, contribution: Contribution) -> None:
        """It goes for good, with its steps."""
        if made := _row(contribution.key):
            db.session.delete(made)
        steps.forget(COURSE.kind, contribution.key)

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        keys = [one.key for one in contributions]
        shown = db.session.scalars(select(Question.key).where(Question.key.in_(keys), Question.is_shown))
        return {key: {"key": key} for key in shown}


def called(face: queries.Face, begins: Any) -> str:
    """An hour in a list of them: who, for whom they work, and when."""
    name = f"{face.name}, " if face.name else ""
    return f"{name}{face.role} · {face.organisation} · {i18n.full_day(clock.day_of(begins))}"


def _row(key: str) -> Question | None:
    return db.session.scalar(select(Question).where(Question.key == key))


INQUIRY = Inquiry()
