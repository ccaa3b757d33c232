"""The page with the stories of the neighbourhood: the search, the years, the filters, thirty at a time."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from flask import g, render_template, request
from flask_babel import gettext as _

from core import i18n
from core.guard import may
from tours.stories import collection
from tours.stories.collection import NO_TIME, OLDER, Asked, Tally
from tours.stories.forms import THEMES
from tours.stories.views import Shown, bp, shown

WORDS = 80  # signs of a search


@bp.get("")
@may("public.read")
def index() -> str:
    """The stories that are asked for, the oldest time first. Each thing that can be asked is an address."""
    here, asked = g.neighbourhood, _asked()
    number = min(max(request.args.get("page", 1, int), 1), collection.MOST)
    tally = collection.tally(here, asked)
    found = tally.get(asked.period, 0) if asked.period else sum(tally.values())
    decades, languages = collection.decades(tally), collection.languages(here)
    return render_template(
        "tours/stories/index.html", times=in_time(shown(collection.page(here, asked, number))), asked=asked,
        address=_address(asked), tally=tally, decades=decades,
        highest=max((tally.get(one, 0) for one in decades), default=0),
        periods=_periods(tally, decades), found=found, number=number,
        pages=min(-(-found // collection.PAGE), collection.MOST), themes=THEMES,
        how_many=sum(many for many, _oldest in languages.values()),
        oldest=min((oldest for _many, oldest in languages.values() if oldest), default=None),
        zones=[(zone, zone) for zone in collection.zones(here)], spot=collection.spot(here, asked.spot),
        written=[(code, i18n.OWN_NAMES.get(code, code)) for code in languages],
    )  # fmt: skip


def in_time(items: Sequence[Shown]) -> list[tuple[str, list[Shown]]]:
    """The same by the year that stands there, in the order that they have."""
    return [(year, list(those)) for year, those in groupby(items, key=lambda item: item.year)]


def _periods(tally: Tally, decades: Sequence[str]) -> list[tuple[str, str]]:
    """The periods that can be asked for, each with its words."""
    years = [(decade, f"{decade}–{int(decade) + 9}") for decade in decades]
    older = [(OLDER, str(_("earlier")))] if OLDER in tally else []
    return [*older, *years, *([(NO_TIME, str(_("without a time")))] if NO_TIME in tally else [])]


def _asked() -> Asked:
    said = request.args
    return Asked(
        words=said.get("q", "")[:WORDS], period=said.get("period", ""), theme=said.get("theme", ""),
        language=said.get("lang", ""), heard=said.get("heard") == "1", zone=said.get("zone", ""),
        spot=said.get("spot", ""),
    )  # fmt: skip


def _address(asked: Asked) -> dict[str, str]:
    """What of it stands in an address."""
    names = {"words": "q", "language": "lang"}
    said = {names.get(name, name): value for name, value in asdict(asked).items() if value}
    return {**said, **({"heard": "1"} if asked.heard else {})}
