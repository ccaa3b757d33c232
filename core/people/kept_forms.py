"""Forms that may have waited on a phone without network: whose they are, and since when."""

from datetime import datetime, timedelta

from flask import abort, g, request

from core import clock
from core.once import ACCEPTED


def refuse_another() -> None:
    """What waited on a phone goes in the name of its maker alone: 401 when somebody else is signed in there now."""
    maker = request.form.get("who", "")
    if maker and (g.person is None or maker != g.person.tag):
        abort(401)


def made_at() -> datetime | None:
    """When it was made, by the seconds it waited on the phone: a phone's clock may be wrong, its seconds are not.

    None when the form does not say it. What waited too long is just over `ACCEPTED`, by however much.
    """
    age = request.form.get("age", "")
    if not age.isdecimal():
        return None
    return clock.now() - min(timedelta(seconds=int(age[:9])), ACCEPTED + timedelta(days=1))
