"""A letter with a code: who types it joins, and is known; and the own team."""

from flask import Blueprint, Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core import guesses
from core.database import writing
from core.errors import on_refusal
from core.guard import may
from core.menus import ME, PURPOSES, Group, Line, always, page
from core.once import once
from core.people import service as people
from core.people.views import give_device, join_as_asked, refuse_who_plays_elsewhere, reread
from core.refusal import about
from core.saved import saved
from game.teams import queries, service
from game.teams.forms import LetterForm, LetterJoinForm

bp = Blueprint("teams", __name__)


def init_app(app: Flask) -> None:
    """Register the pages, the row on Ik, and the way there for who joins."""
    app.register_blueprint(bp, url_prefix="/w/<slug>")
    ME.add(
        app,
        "letter",
        always(Line("teams.letter", "tekst", _l("Team, or a letter with a code"), group=Group.OWN)),
        order=53,
    )
    PURPOSES.add(app, "type the code of a letter", page("teams.letter"))


@bp.get("/letter")
@may("letter.use")
def letter() -> str:
    """Type the code; who does not play yet joins with it. Below it the own team."""
    refuse_who_plays_elsewhere()
    return _letter(LetterForm() if g.person else LetterJoinForm(name=people.offer_name(g.neighbourhood)))


def _letter(form: LetterForm | LetterJoinForm) -> str:
    mine = queries.member(g.person.player_key) if g.person else None
    return render_template("game/teams/letter.html", form=form, team=mine.team if mine else None)


@bp.post("/letter", endpoint="use")
@may("letter.use")
def use() -> BaseResponse:
    """They are known from now on, and of the team of the letter. Wrong codes are counted."""
    refuse_who_plays_elsewhere()
    return _use(LetterForm(request.form)) if g.person else _join(LetterJoinForm(request.form))


def _use(form: LetterForm) -> BaseResponse:
    on_refusal(lambda: _letter(form), form)
    form.must_fit()
    with guesses.of_long_codes(), about("code"), writing():
        me = reread()
        once(form.twin, lambda: _team(service.use(me, form.code.data)))
    return saved(url_for(".letter"), _l("Kept. Your letter is right."), "letter")


def _join(form: LetterJoinForm) -> BaseResponse:
    on_refusal(lambda: _letter(form), form)
    form.must_fit()
    with guesses.of_long_codes(), about("code"), writing():
        service.must_exist(g.neighbourhood.id, form.code.data)  # a slip of the finger is no join that counts
        person = join_as_asked(g.neighbourhood, form)
        once(form.twin, lambda: _team(service.use(person, form.code.data)))
        welcome = _l("You play along now. Here you are called %(name)s.", name=person.name)
        return give_device(saved(url_for("pages.home"), welcome), person)


@bp.post("/letter/leave", endpoint="leave")
@may("person.own")
def leave() -> BaseResponse:
    """Not of the team any more."""
    with writing():
        service.leave(reread())
    return saved(url_for(".letter"), _l("Done. You left this team."), "letter")


def _team(found: object) -> str:
    return "team" if found else ""
