"""What neighbours ask each other, and one question with the stories that answer it, side by side."""

from flask import abort, g, render_template

from core.contributions import queries as contributions
from core.guard import may
from tours.stories import prompts
from tours.stories.views import bp, shown


@bp.get("/questions")
@may("public.read")
def questions() -> str:
    """The questions of the neighbourhood, the newest first."""
    return render_template("tours/stories/questions.html", questions=prompts.of(g.neighbourhood.id))


@bp.get("/questions/<key>")
@may("public.read")
def question(key: str) -> str:
    """One question: who asks it, and the answers."""
    asked = prompts.one(g.neighbourhood.id, key) or abort(404)
    by = contributions.names(prompts.QUESTION.name, [asked.id]).get(asked.id)
    return render_template("tours/stories/question.html", asked=asked, by=by, items=shown(prompts.answers(asked)))
