"""The steps of a question: its professional takes them, each with words and a name; who asked says "not yet"."""

from datetime import date

from flask_babel import lazy_gettext as _l

from core import clock
from core.database import db
from core.refusal import Refusal, Sort
from core.steps import service as steps
from core.steps.models import Step
from game.dialogues import question_queries
from game.dialogues.course import ASKER, COURSE, OVER, PROFESSIONAL, TAKEN_UP, due
from game.dialogues.models import Question


def take(question: Question, to: str, who: str, words: str, language: str, reply_by: date | None = None) -> Step:
    """Its professional says how it stands, under their name. The caller holds the question's row.

    `reply_by`: by when there is more, where it is not over. Raises Refusal for anybody else, without their yes to
    their name, and for a day that is past.
    """
    must_answer(question, who)
    if not question.professional.shows_name:
        raise Refusal(_l("An answer stands there with a name. First say yes to yours, at your hours."))
    if reply_by and reply_by < clock.today():
        raise Refusal(_l("That is past already."), Sort.INVALID, field="reply_by")
    step = steps.take(COURSE, question.key, to, who, PROFESSIONAL, words, language)
    if to not in OVER:
        question.reply_by = reply_by or due(clock.today())
    db.session.flush()
    return step


def must_answer(question: Question, who: str) -> None:
    """Raises Refusal for anybody but who was asked, while they work here."""
    if question.professional.who != who or question.professional.ended_at:
        raise Refusal(_l("Who was asked answers this."), Sort.FORBIDDEN)


def not_yet(question: Question, who: str, words: str, language: str) -> Step:
    """Who asked it says that it is not done: it is taken up again. Raises Refusal for anybody else."""
    if question_queries.asker(question.key) != who:
        raise Refusal(_l("Only who asked it can say that."), Sort.FORBIDDEN)
    step = steps.take(COURSE, question.key, TAKEN_UP, who, ASKER, words, language)
    question.reply_by = due(clock.today())
    db.session.flush()
    return step
