"""What was asked of professionals, publicly: each step with words and a name, and "not yet" of who asked."""

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.audit import service as audit
from core.contributions import queries as contributions
from core.database import writing
from core.errors import on_refusal
from core.forms import Form
from core.guard import acting_as, may, may_open
from core.i18n import lang
from core.menus import COUNTS
from core.once import once
from core.people.views import refuse_suspended
from core.receipts.views import hands
from core.saved import saved
from core.steps import queries as steps
from game.dialogues import asking, queries, question_queries, service
from game.dialogues.course import ASKER, COURSE, DONE, OVER, PROFESSIONAL
from game.dialogues.forms import HandOverForm, NotYetForm, StepForm
from game.dialogues.models import Question
from game.dialogues.views import bp


def init_app(app: Flask) -> None:
    """How many wait for a coordinator to name who answers them, on the page of the team."""
    COUNTS.add(app, "professionals.index", lambda: len(question_queries.orphaned(g.neighbourhood.id)) or "")


@bp.get("/questions", endpoint="questions")
@may("public.read")
def questions() -> str:
    """All of them, the newest first; what cannot be is counted apart."""
    asked = question_queries.questions(g.neighbourhood.id)
    done, cannot = question_queries.ends(asked)
    return render_template(
        "game/dialogues/questions.html", questions=asked, done=done, cannot=cannot, COURSE=COURSE,
        faces=queries.faces([one.question.professional for one in asked]),
    )  # fmt: skip


@bp.get("/questions/<key>", endpoint="question")
@may("public.read")
def question(key: str) -> str:
    """One question and every step of it."""
    return question_page(key)


def question_page(
    key: str, step: Form | None = None, not_yet: Form | None = None, successor: Form | None = None
) -> str:  # fmt: skip
    """The page of a question, with the forms that who looks may send."""
    one = find(key)
    taken = steps.of(COURSE.kind, key)
    state, who = (taken[-1].state if taken else COURSE.begins), question_queries.asker(key)
    behind = queries.behind(one.neighbourhood_id, {step.by for step in taken if step.as_what == PROFESSIONAL})
    shown = queries.faces([one.professional, *behind.values()])
    said = [(step, shown[behind[step.by].id] if step.by in behind else None) for step in taken]
    mine = g.person.player_key if g.person else None
    ways = COURSE.moves.get(state, {}).get(PROFESSIONAL, frozenset())
    answers = mine == one.professional.who and not one.professional.ended_at
    return render_template(
        "game/dialogues/question.html", question=one, said=said, state=state, face=shown[one.professional_id],
        by=contributions.names(COURSE.kind, [one.id]).get(one.id), is_mine=who in hands(), COURSE=COURSE, ASKER=ASKER,
        is_over=state in OVER, is_late=clock.today() > one.reply_by and state not in OVER,
        choices=[(to, COURSE.labels[to]) for to in COURSE.labels if to in ways] if answers else (), answers=answers,
        may_say_not_yet=who in hands() and state == DONE,
        others=_others(one) if may_open("dialogues.hand_over") else (),
        step=step or StepForm(), not_yet=not_yet or NotYetForm(), successor=successor or HandOverForm(),
    )  # fmt: skip


@bp.post("/questions/<key>/step", endpoint="step")
@may("dialogue.open")
def step(key: str) -> BaseResponse:
    """Its professional says how it stands."""
    refuse_suspended()
    asking.must_answer(find(key), g.person.player_key)
    form = StepForm(request.form)
    on_refusal(lambda: question_page(key, step=form), form)
    form.must_fit()
    with writing():
        one = find(key, lock=True)
        who, said = g.person.player_key, form.words.data
        once(form.twin, lambda: str(asking.take(one, form.to.data, who, said, lang(), form.reply_by.data).id))
    return saved(url_for(".question", key=key), _l("It stands there. Who asked reads it too."), "steps")


@bp.post("/questions/<key>/not-yet", endpoint="not_yet")
@may("dialogue.ask")
def not_yet(key: str) -> BaseResponse:
    """Who asked says that it is not done: it is taken up again."""
    form = NotYetForm(request.form)
    on_refusal(lambda: question_page(key, not_yet=form), form)
    form.must_fit()
    with writing():
        one = find(key, lock=True)
        who = next(iter({question_queries.asker(key)} & set(hands())), None) or abort(404)
        once(form.twin, lambda: str(asking.not_yet(one, who, form.words.data, lang()).id))
    return saved(url_for(".question", key=key), _l("Said. It is taken up again."), "steps")


@bp.post("/questions/<key>/successor", endpoint="hand_over")
@may("professional.keep")
def hand_over(key: str) -> BaseResponse:
    """Somebody else answers it from now on."""
    form = HandOverForm(request.form)
    form.professional.among = [value for value, _words in _others(find(key))]
    on_refusal(lambda: question_page(key, successor=form), form)
    form.must_fit()

    def do() -> str:
        one = find(key, lock=True)
        to = queries.professional_by_key(one.neighbourhood_id, form.professional.data) or abort(404)
        service.hand_over(one, to)
        audit.record("question.hand over", key, one.neighbourhood_id, g.person.player_key, acting_as())
        return key

    with writing():
        once(form.twin, do)
    return saved(url_for(".question", key=key), _l("Done. From now on they answer it."), "steps")


def find(key: str, lock: bool = False) -> Question:
    """A question of this neighbourhood that everybody reads; else 404."""
    return question_queries.question(g.neighbourhood.id, key, lock) or abort(404)


def _others(one: Question) -> list[tuple[str, Markup]]:
    """Who could answer it instead, those of the same organisation first."""
    those = [other for other in queries.professionals(one.neighbourhood_id) if other.id != one.professional_id]
    those.sort(key=lambda other: other.organisation != one.professional.organisation)
    shown = queries.faces(those)
    said = [(other.key, " · ".join(part for part in shown[other.id][1:4] if part)) for other in those]
    return [(key, Markup("<bdi>{}</bdi>").format(words)) for key, words in said]  # nosec: escaped by format
