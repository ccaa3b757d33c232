"""Languages: which one this reader gets, its direction, and dates and clock times in it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

import click
from babel.dates import format_interval, get_day_names
from babel.lists import format_list
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, LazyString, format_date, format_datetime, format_timedelta, get_locale
from markupsafe import escape
from werkzeug.wrappers import Response

from core import clock
from core.unbroken import Domain

OWN_NAMES = {"nl": "Nederlands", "en": "English", "yi": "⟦ﺔﻐﻟ⟧"}
MADE_UP = "yi"  # a right-to-left locale for tests: its texts are mirrored Dutch, and it says so in its lang attribute
YEAR = 365 * 24 * 3600

babel = Babel()
babel.domain_instance = Domain()
LazyString.__html__ = lambda self: escape(str(self))  # it calls itself safe as it is, names of residents in it too


def init_app(app: Flask) -> None:
    """Choose the language from the reader's own choice, then the phone's, then the first that is on offer."""
    app.extensions["languages"] = lambda: None
    settings = app.config["BUURT"]
    extra = [settings.translations] if settings.translations else []
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(["translations", *extra])
    babel.init_app(app, default_locale="nl", default_timezone="Europe/Amsterdam", locale_selector=choose)
    app.context_processor(_texts)


def offer_with(app: Flask, offered: Callable[[], list[str] | None]) -> None:
    """Let a higher layer say which languages are on offer where this request is; None for all that the site has."""
    app.extensions["languages"] = offered


def of_site() -> list[str]:
    """The codes of every language that this site has, in the order of the setting."""
    return [code.strip() for code in current_app.config["BUURT"].languages.split(",")]


def languages() -> list[str]:
    """The codes of the languages on offer here; the first is for readers who ask for none of them."""
    every = of_site()
    here = current_app.extensions["languages"]() if has_request_context() else None
    return [code for code in here or () if code in every] or every


def choose() -> str:
    """This reader's language."""
    offered = languages()
    if not has_request_context():  # a command speaks English, as who keeps the server does; a sweep the first language
        return "en" if click.get_current_context(silent=True) else offered[0]
    own = request.cookies.get(_cookie())
    return own if own in offered else request.accept_languages.best_match(offered, offered[0]) or offered[0]


def remember(response: Response, code: str) -> Response:
    """Keep a reader's choice of language on their phone; an unknown code changes nothing."""
    if code in of_site():
        response.set_cookie(_cookie(), code, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


def lang() -> str:
    """The lang attribute of a page in the language in force."""
    code = str(get_locale() or "nl")
    return "ar-XB" if code == MADE_UP else code


def direction() -> str:
    """ltr or rtl."""
    locale = get_locale()
    return str(locale.text_direction) if locale else "ltr"


def pick(texts: dict[str, Any]) -> dict[str, Any]:
    """The texts in the reader's language, else in Dutch, with the `lang` they are in."""
    code = next(code for code in (str(get_locale()), "nl", *texts) if code in texts)
    return {**texts[code], "lang": code}


def day(of: date) -> str:
    """A date as people say it, also that of a moment: "dinsdag 3 maart"."""
    return str(format_date(_date(of), "EEEE d\u00a0MMMM", rebase=False))


def full_day(of: date) -> str:
    """A date with its year, also that of a moment: "3 maart 2026"."""
    return str(format_date(_date(of), "d\u00a0MMMM y", rebase=False))


def period(first: date, last: date) -> str:
    """Days from one until another, short enough for a row: "19 nov – 16 dec", with the year where it is another."""
    skeleton = "MMMMd" if {first.year, last.year} == {clock.today().year} else "yMMMMd"
    return str(format_interval(first, last, skeleton, locale=str(get_locale() or "nl")))


def weekday(number: int) -> str:
    """A day of the week, Monday being 0: "maandag"."""
    names = get_day_names("wide", locale=str(get_locale() or "nl"))
    return str(names[number])


def day_and_time(moment: datetime) -> str:
    """A moment as people say it: "dinsdag 14.20 uur" without the word "uur"."""
    return str(format_datetime(moment, "EEEE H.mm"))


def day_with_time(moment: datetime) -> str:
    """A moment some days away: "dinsdag 9 juni 14.20"."""
    return str(format_datetime(moment, "EEEE d\u00a0MMMM H.mm"))


def time_of_day(moment: datetime) -> str:
    """The clock time of a moment in the neighbourhood, as wide as any other: "09.20"."""
    return str(format_datetime(moment, "HH.mm"))


def day_sheet(moment: datetime) -> list[str]:
    """The day of a moment as it stands on the sheet of a calendar: "di", "12", "mei"."""
    return [str(format_datetime(moment, part)).strip(".") for part in ("EEE", "d", "MMM")]


def age(since: datetime) -> str:
    """How long ago a moment is, in one unit: "5 uur", "2 dagen"."""
    return str(format_timedelta(max(clock.now() - since, timedelta(minutes=1)), "minute", threshold=1))


def in_days(since: datetime) -> str:
    """How long ago a moment is, in days however many they are; in hours or minutes on the first."""
    passed = clock.now() - since
    return age(since) if passed < timedelta(days=1) else str(format_timedelta(passed, "day", threshold=1e6))


def in_a_while(seconds: float) -> str:
    """When it is so long from now, never too early: "over 12 minuten"."""
    unit = 60 if seconds <= 90 * 60 else 3600
    ahead = timedelta(seconds=ceil(seconds / unit) * unit)
    return str(format_timedelta(ahead, granularity="minute", threshold=1.5, add_direction=True))


def listed(words: Iterable[object]) -> str:
    """Words one after the other, as people say them: "brood, melk en kaas"."""
    return str(format_list([str(word) for word in words], locale=str(get_locale() or "nl")))


def _date(of: date) -> date:
    """The Amsterdam date of a moment: half past midnight there is another day than in UTC."""
    return clock.day_of(of) if isinstance(of, datetime) else of


def _cookie() -> str:
    return "__Host-lang" if request.is_secure else "lang"


def _texts() -> dict[str, object]:
    return {
        "lang": lang(),
        "dir": direction(),
        "languages": [(code, OWN_NAMES.get(code, code)) for code in languages()],
        "age": age,
        "day": day,
        "day_of": clock.day_of,
        "day_sheet": day_sheet,
        "full_day": full_day,
        "period": period,
        "weekday": weekday,
        "day_and_time": day_and_time,
        "day_with_time": day_with_time,
        "time_of_day": time_of_day,
        "today": clock.today,
    }
