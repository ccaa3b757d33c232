"""Telling: how one would like to, then the story itself; without an account, and also for somebody else."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from core.places import queries as places
from core.receipts import service as receipts
from core.receipts.views import give, hands
from core.refusal import Sort
from core.saved import saved
from core.security import takes
from core.sounds import prepare as sounds
from core.storage import storage
from tours.stories import guardians, kind, prompts, queries, service, sound, where_pages
from tours.stories.forms import THEMES, StoryForm, TellerForm
from tours.stories.models import SELF
from tours.stories.picture_pages import PARTS, SENT_WITHOUT, TAKES, Album
from tours.stories.pictures import PEOPLE, WHOSE
from tours.stories.reactions import MEMORY
from tours.stories.sound_pages import recorded
from tours.stories.views import bp
from tours.stories.where_pages import looked_up

if TYPE_CHECKING:
    from core.places import geocoding

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
    return _page(Album(StoryForm(data=begun)), teller)


@bp.post("/tell/write", endpoint="do_write")
@may("story.tell")
@takes(TAKES + sounds.MAX_BYTES, parts=PARTS)
def do_write() -> BaseResponse:
    """To the editors. Who has no account gets a receipt, on this page and never again."""
    refuse_suspended()
    form, teller = StoryForm(request.form), TellerForm(request.form)
    _offer(form)
    album = Album(form)
    on_refusal(lambda: _page(album, teller), album, Sort.UNSUPPORTED, Sort.TOO_LARGE)
    if form.look.data or form.pick.data:
        return make_response(_page(album, teller, looked_up(form)))
    limits.spend(limits.by_who("stories told", MOST))
    form.has_voice = bool(form.recorded.data or _sent("sound"))
    album.must_fit()
    teller.must_fit()
    who = g.person.player_key if g.person and teller.way.data == SELF else codes.new_key()
    is_made = False

    def made() -> str:
        nonlocal is_made
        is_made = True
        return _kept(form, teller, who, redrawn.keep(), voice())

    with ExitStack() as after:
        redrawn, voice = album.redrawn(after), _voice(form, after)
        with writing():
            key = once(redrawn.twin, made)
            needs_receipt = is_made and not (g.person and teller.way.data == SELF)
            code = receipts.issue(g.neighbourhood.id, who) if needs_receipt else None
            guardian = _for_who_cares(key) if is_made else None
    stays_away = album.stays_away(_is_young(teller))
    if code or guardian:
        return _with_receipt(code, guardian, key, teller, stays_away)
    return saved(url_for(".own"), SENT_WITHOUT if stays_away else service.STORY.words.sent)


def _grown(memory: str) -> dict[str, str]:
    """What somebody said under a story, to make it a story of their own."""
    found = next((one for who in hands() if (one := contributions.one_of(who, memory, MEMORY.name))), None)
    if found is None:
        return {}
    under = queries.one(g.neighbourhood.id, found.last.content["story"])
    spot = under.spot.key if under and under.spot else ""
    return {"words": found.last.content["words"], "lang": found.last.language, "spot": spot}


def _for_who_cares(key: str) -> str | None:
    """The secret of a second receipt, for who cares for a child that tells."""
    made = queries.handed_in(g.neighbourhood.id, key)
    guardian = guardians.receipt_for(made) if made else None
    return receipts.issue(g.neighbourhood.id, guardian) if guardian else None


def _with_receipt(
    code: str | None, guardian: str | None, key: str, teller: TellerForm, stays_away: bool
) -> BaseResponse:
    """Shown once; who told it themselves has theirs open on this device too, and never that of who cares for them."""
    page = render_template(
        "tours/stories/receipt.html", code=code, guardian=guardian, key=key, teller=teller, stays_away=stays_away
    )
    return give(make_response(page), code) if code and teller.way.data == SELF else make_response(page)


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


def _page(album: Album, teller: TellerForm, answer: "geocoding.Answer | None" = None) -> str:
    g.records = g.films = True
    asked = prompts.one(g.neighbourhood.id, album.story.prompt.data or "")
    return render_template(
        "tours/stories/tell.html", form=album.story, album=album, teller=teller, asked=asked,
        speaks="speaks" in request.values, answer=answer, **around(),
    )  # fmt: skip


def around() -> dict[str, Any]:
    """What the fields of a story can be chosen from."""
    return {
        "written": [(code, i18n.OWN_NAMES.get(code, code), code) for code in i18n.languages()],
        **where_pages.around(),
        "themes": [(name, label, None) for name, label in THEMES.items()],
        "whose": list(WHOSE.items()),
        "people": list(PEOPLE.items()),
    }
