"""Telling: how one would like to, then the story itself; without an account, and also for somebody else."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from flask import g, make_response, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from core import codes, i18n, limits
from core.contributions import queries as contributions
from core.database import db, writing
from core.errors import on_refusal
from core.guard import may
from core.neighbourhoods.models import Neighbourhood
from core.once import once
from core.people.views import refuse_suspended
from core.photos import prepare
from core.places import queries as places
from core.receipts import service as receipts
from core.receipts.views import give, hands
from core.refusal import Sort
from core.saved import saved
from core.security import FORM_BYTES, takes
from core.sounds import prepare as sounds
from core.storage import storage
from tours.stories import kind, prompts, queries, service, sound
from tours.stories.forms import THEMES, WHOSE, StoryForm, TellerForm
from tours.stories.models import SELF
from tours.stories.reactions import MEMORY
from tours.stories.sound_pages import recorded
from tours.stories.views import bp

MOST = "20 per hour"


@bp.get("/tell")
@may("story.tell")
def tell() -> str:
    """Four doors, and how it goes on from there."""
    spot = places.by_key(g.neighbourhood.id, request.args.get("spot", ""))
    asked = prompts.one(g.neighbourhood.id, request.args.get("prompt", ""))
    return render_template("tours/stories/doors.html", spot=spot or (asked.spot if asked else None), asked=asked)


@bp.get("/tell/write")
@may("story.tell")
def write() -> str:
    """The story, and who tells it."""
    refuse_suspended()
    way = request.args.get("way", SELF)
    teller = TellerForm(data={"way": way if way in kind.WAYS else SELF, "called": g.person.name if g.person else ""})
    begun = {"lang": i18n.lang(), "spot": request.args.get("spot", ""), **_grown(request.args.get("memory", ""))}
    if asked := prompts.one(g.neighbourhood.id, request.args.get("prompt", "")):
        begun |= {"prompt": asked.key, "theme": asked.theme, "spot": asked.spot.key if asked.spot else begun["spot"]}
    return _page(StoryForm(data=begun), teller)


@bp.post("/tell/write", endpoint="do_write")
@may("story.tell")
@takes(prepare.MAX_BYTES + sounds.MAX_BYTES + FORM_BYTES)
def do_write() -> BaseResponse:
    """To the editors. Who has no account gets a receipt, on this page and never again."""
    refuse_suspended()
    form, teller = StoryForm(request.form), TellerForm(request.form)
    _offer(form)
    on_refusal(lambda: _page(form, teller), form, Sort.UNSUPPORTED, Sort.TOO_LARGE)
    limits.spend(limits.by_who("stories told", MOST))
    form.has_voice = bool(form.recorded.data or _sent("sound"))
    form.must_fit()
    teller.must_fit()
    who = g.person.player_key if g.person and teller.way.data == SELF else codes.new_key()
    is_made = False

    def made() -> str:
        nonlocal is_made
        is_made = True
        return _kept(form, teller, who, pictures(), voice())

    with ExitStack() as after:
        pictures, voice = _pictures(form, after), _voice(form, after)
        with writing():
            key = once(form.twin, made)
            needs_receipt = is_made and not (g.person and teller.way.data == SELF)
            code = receipts.issue(g.neighbourhood.id, who) if needs_receipt else None
    return _with_receipt(code, key, teller) if code else saved(url_for(".own"), service.STORY.words.sent)


def _grown(memory: str) -> dict[str, str]:
    """What somebody said under a story, to make it a story of their own."""
    found = next((one for who in hands() if (one := contributions.one_of(who, memory, MEMORY.name))), None)
    if found is None:
        return {}
    under = queries.one(g.neighbourhood.id, found.last.content["story"])
    spot = under.spot.key if under and under.spot else ""
    return {"words": found.last.content["words"], "lang": found.last.language, "spot": spot}


def _with_receipt(code: str, key: str, teller: TellerForm) -> BaseResponse:
    """Shown once; who told it themselves has it open on this device too."""
    page = make_response(render_template("tours/stories/receipt.html", code=code, key=key, teller=teller))
    return give(page, code) if teller.way.data == SELF else page


def _kept(
    form: StoryForm, teller: TellerForm, who: str, pictures: list[dict[str, Any]], voice: dict[str, Any] | None
) -> str:
    helper = g.person.player_key if g.person and teller.way.data != SELF else None
    return service.tell(
        db.session.get_one(Neighbourhood, g.neighbourhood.id), who, form.content, form.lang.data, teller.name,
        teller.way.data, _is_young(teller), helper, pictures, voice,
    ).key  # fmt: skip


def _is_young(teller: TellerForm) -> bool:
    is_mine = g.person and teller.way.data == SELF
    return bool(g.person.is_young) if is_mine else bool(teller.young.data)


def _pictures(form: StoryForm, after: ExitStack) -> Callable[[], list[dict[str, Any]]]:
    """Its picture, prepared: kept with its story."""
    upload = _sent("picture")
    if upload is None:
        return list
    prepared = prepare.prepare(upload.stream, storage().tmp())
    after.callback(_remove, prepared.folder)
    return lambda: [service.keep_picture(prepared, form.picture)]


def _voice(form: StoryForm, after: ExitStack) -> Callable[[], dict[str, Any] | None]:
    """Its voice, which came before in pieces or comes as a file now: kept with its story."""
    if form.recorded.data:
        voice = recorded(form.recorded.data)
        return lambda: sound.take(voice)
    upload = _sent("sound")
    if upload is None:
        return lambda: None
    made = sounds.prepare(upload.stream, storage().tmp())
    after.callback(_remove, made.folder)
    return lambda: sound.keep(made)


def _sent(name: str) -> FileStorage | None:
    """The file that was chosen in a field."""
    upload = request.files.get(name)
    return upload if upload and upload.filename else None


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # gone already when it was kept


def _offer(form: StoryForm) -> None:
    form.lang.among = i18n.languages()
    form.spot.among = [spot.key for spot in places.of(g.neighbourhood.id)]


def _page(form: StoryForm, teller: TellerForm) -> str:
    g.records = True
    asked = prompts.one(g.neighbourhood.id, form.prompt.data or "")
    return render_template(
        "tours/stories/tell.html", form=form, teller=teller, asked=asked, max_bytes=prepare.MAX_BYTES,
        too_large=prepare.TOO_LARGE, **around(),
    )  # fmt: skip


def around() -> dict[str, Any]:
    """What the fields of a story can be chosen from."""
    return {
        "written": [(code, i18n.OWN_NAMES.get(code, code), code) for code in i18n.languages()],
        "spots": [(spot.key, spot.name, "nl") for spot in places.of(g.neighbourhood.id)],
        "themes": [(name, label, None) for name, label in THEMES.items()],
        "whose": list(WHOSE.items()),
    }
