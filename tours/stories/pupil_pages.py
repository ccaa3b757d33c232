"""A pupil's story: its teacher sends a letter home with it, and who cares for the child reads it and says yes or no."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, abort, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core import i18n
from core.classes import queries as classes
from core.classes import service as class_service
from core.classes.models import SchoolClass, Work
from core.classes.onwards import ONWARDS, Onward
from core.classes.teacher_pages import own, shared
from core.database import db, writing
from core.errors import on_refusal
from core.forms import Keyed
from core.guard import may
from core.neighbourhoods.models import Neighbourhood
from core.once import is_first
from core.receipts.holdings import HOLDINGS, Holding
from core.receipts.views import hands
from core.refusal import Refusal, Sort
from core.saved import saved
from tours.stories import licences, pupils
from tours.stories.forms import PupilForm, YesForm
from tours.stories.models_pupils import PupilStory
from tours.stories.views import bp

SHOWN_ALREADY = _l("That letter was shown already. Make a new one if nobody kept it.")


def init_app(app: Flask) -> None:
    """Register the pages of a teacher, the way to them, and what stands under the receipt that went home."""
    add, one = app.add_url_rule, "/w/<slug>/staff/classes/<key>/work/<work>/story"
    add(one, "pupils.send", send)
    add(one, "pupils.do_send", do_send, methods=["POST"])
    add(f"{one}/letter", "pupils.letter", letter, methods=["POST"])
    add(f"{one}/back", "pupils.take_back", take_back, methods=["POST"])
    ONWARDS.add(app, "stories", Onward(_beside, pupils.written_anew, pupils.taken_out, pupils.ends))
    HOLDINGS.add(app, "stories of pupils", Holding(_held))


def _beside(here: SchoolClass, works: Sequence[Work]) -> Mapping[str, Markup]:
    """Under what a crew wrote: the way on, or how it stands."""
    plan, sent = class_service.plan_of(here), pupils.of_works([one.id for one in works])
    there = [one for one in works if one.id in sent or pupils.words_of(here, one, plan)]
    drawn = {
        one.key: render_template("tours/stories/pupil_beside.html", klas=here, work=one, sent=sent.get(one.id))
        for one in there
    }
    return {key: Markup(text) for key, text in drawn.items()}  # nosec: our own template


def _held(subject: str) -> Markup | None:
    found = pupils.waiting_for([subject])
    return Markup(render_template("tours/stories/pupils.html", items=found)) if found else None  # nosec: our own


# ---- the teacher


@may("class.keep")
def send(key: str, work: str) -> str:
    """What a pupil wrote, and what has to be said of it; once that is done, how it stands."""
    here, found = _work(key, work)
    if sent := pupils.of_works([found.id]).get(found.id):
        return render_template("tours/stories/pupil_sent.html", **shared(here), work=found, sent=sent, form=Keyed())
    plan = class_service.plan_of(here)
    at = plan.task(found.task) if plan else None
    begun = {"lang": plan.lang if plan else "", "spot": plan.stops[at[0] - 1].spot if plan and at else ""}
    return _send(here, found, PupilForm(data=begun))


@may("class.keep")
def do_send(key: str, work: str) -> str | BaseResponse:
    """The teacher signs it: the letter to take home, on this page and never again."""
    form = PupilForm(request.form)
    _offer(form, own(key))
    on_refusal(lambda: _send(*_work(key, work), form), form)
    form.must_fit()
    said = {"title": form.title.data, "spot": form.spot.data, "licence": form.licence.data}
    code = None
    with writing():
        here, found = _work(key, work, held=True)
        if is_first(form.twin):
            sent = pupils.sign(here, found, said, form.lang.data, bool(form.level.data))
            code = pupils.letter(sent)
    return _letter(*_work(key, work), code)


@may("class.keep")
def letter(key: str, work: str) -> str | BaseResponse:
    """Another letter, where the first one was lost: that one opens nothing any more."""
    form = Keyed(request.form)
    with writing():
        _here, found = _work(key, work, held=True)
        sent = pupils.of_works([found.id], held=True).get(found.id) or abort(404)
        code = pupils.letter(sent) if is_first(form.twin) else None
    return _letter(*_work(key, work), code)


@may("class.keep")
def take_back(key: str, work: str) -> BaseResponse:
    """The teacher's no, as long as the class is kept. Asked for twice, it is gone already."""
    with writing():
        _here, found = _work(key, work, held=True)
        if sent := pupils.of_works([found.id], held=True).get(found.id):
            pupils.say_no(sent)
    return saved(url_for("classes.works", key=key), _l("Done. Nothing is left of that story."), f"work-{work}")


def _letter(here: SchoolClass, found: Work, code: str | None) -> str | BaseResponse:
    sent = pupils.of_works([found.id]).get(found.id)
    if code is None or sent is None:
        return saved(url_for("pupils.send", key=here.key, work=found.key), SHOWN_ALREADY)
    return render_template("tours/stories/pupil_letter.html", **shared(here), work=found, code=code, **_told(sent))


def _work(key: str, work: str, held: bool = False) -> tuple[SchoolClass, Work]:
    """A class of the teacher who asks, and what one of its crews wrote that can go on or did."""
    here = own(key, held)
    found = classes.work(here, work)
    if found is None:
        abort(404)
    if not (pupils.words_of(here, found, class_service.plan_of(here)) or pupils.of_works([found.id])):
        abort(404)
    return here, found


def _offer(form: PupilForm, here: SchoolClass) -> list[tuple[str, str, str]]:
    plan = class_service.plan_of(here)
    stops = plan.stops if plan else ()
    spots = {stop.spot: stop.title for stop in stops if stop.spot}
    form.spot.among, form.lang.among = list(spots), i18n.languages()
    return [(spot, title, "nl") for spot, title in spots.items()]


def _send(here: SchoolClass, found: Work, form: PupilForm) -> str:
    plan = class_service.plan_of(here)
    rules = [(licences.ONLY_HERE, _l("No, only here")), *((one.name, one.label) for one in licences.LICENCES.values())]
    return render_template(
        "tours/stories/pupil_send.html", **shared(here), work=found, form=form, spots=_offer(form, here), rules=rules,
        words=pupils.words_of(here, found, plan), level=pupils.level_of(here, plan) if plan else "",
        written=[(code, i18n.OWN_NAMES.get(code, code), code) for code in i18n.languages()],
    )  # fmt: skip


# ---- who cares for the child


@bp.get("/pupils/<key>")
@may("story.guard")
def pupil(key: str) -> str:
    """Exactly what the teacher signed, and what a yes to it means."""
    return render_template("tours/stories/pupil.html", **_told(_waiting(key)))


@bp.post("/pupils/<key>/yes", endpoint="pupil_yes")
@may("story.guard")
def pupil_yes(key: str) -> BaseResponse:
    """Good so, to exactly what was seen: now an editor reads it."""
    form = YesForm(request.form)
    on_refusal(lambda: pupil(key))
    with writing():
        story = _waiting(key)
        if g.person and g.person.player_key == story.school_class.teacher:
            raise Refusal(_l("Who cares for the child says this yes, on a device of their own."), Sort.FORBIDDEN)
        made = pupils.say_yes(story, form.seen.data, db.session.get_one(Neighbourhood, g.neighbourhood.id)).key
    return saved(url_for(".mine", key=made), _l("Kept. Now an editor reads it, within 7 days."))


@bp.get("/pupils/<key>/no", endpoint="ask_pupil_no")
@may("story.guard")
def ask_pupil_no(key: str) -> str:
    """Asks again: then nothing is left of it."""
    return render_template("tours/stories/pupil_no.html", **_told(_waiting(key)))


@bp.post("/pupils/<key>/no", endpoint="pupil_no")
@may("story.guard")
def pupil_no(key: str) -> BaseResponse:
    """Rather not: gone, and the receipt too."""
    with writing():
        pupils.say_no(_waiting(key))
    return saved(url_for(".index"), _l("Done. Nothing is left of that story."))


def _waiting(key: str) -> PupilStory:
    """What waits for the yes of who asks, by the receipt that is open here."""
    return pupils.one_waiting(g.neighbourhood.id, hands(), key) or abort(404)


def _told(story: PupilStory) -> dict[str, Any]:
    """What it says, where it would stand, and what may be done with it."""
    licence = licences.LICENCES.get(story.content.get("licence", ""))
    return {"sent": story, "place": pupils.place_of(story), "licence": licence}
