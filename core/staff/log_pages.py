"""The log of a neighbourhood, for its coordinators: who did what in somebody else's name (docs/rules.md §3).

A name is looked up by its player key, and shown only for people here now. No name stands beside a meeting, a photo or
a look at a player: the log does not tell who met whom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Flask, g, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core import clock, menus
from core.audit import acts, queries
from core.audit.acts import Acts
from core.audit.models import AuditEntry
from core.audit.service import COMMAND_LINE
from core.guard import may
from core.people import queries as people
from core.staff import labels

Names = Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """An act as the page tells it."""

    entry: AuditEntry
    done: LazyString
    who: str | LazyString
    role: LazyString | None
    about: str | LazyString | None
    reason: LazyString | None


def init_app(app: Flask) -> None:
    """Register the page, and how the acts of staff read."""
    app.add_url_rule("/w/<slug>/staff/log", "staff.log", log)
    acts.PARTS.add(app, ACTS.part, ACTS)
    menus.TEAM.add(
        app, "log", menus.always(menus.Line("staff.log", "lijst", _l("Log"), group=menus.Group.MEANS)), order=90
    )


@may("audit.read")
def log() -> str:
    """What was done here, a day at a time, the last first; all of it, or of one part."""
    chosen = acts.PARTS.of(request.args.get("part", ""))
    actions = chosen.labels.keys() if chosen else None
    found = queries.of(g.neighbourhood.id, actions, request.args.get("before"))
    page, part = found[: queries.PAGE], chosen.part if chosen else None
    earlier = url_for("staff.log", part=part, before=page[-1].hash) if len(found) > len(page) else None
    return render_template(
        "core/staff/log.html", days=groupby(_lines(page), lambda line: clock.day_of(line.entry.at)), chosen=chosen,
        parts=acts.PARTS.all(), earlier=earlier,
    )  # fmt: skip


def _lines(entries: Sequence[AuditEntry]) -> list[Line]:
    whose, names = acts.by_action(), _names(entries)
    return [_line(entry, whose.get(entry.action, OTHERWISE), names) for entry in entries]


def _line(entry: AuditEntry, part: Acts, names: Names) -> Line:
    return Line(
        entry=entry,
        done=part.labels.get(entry.action, part.name),
        who=_who(entry, part, names),
        role=_roles().get(entry.role),
        about=_about(entry, part, names),
        reason=part.reasons().get((entry.reason or "").partition(",")[0]),  # what else stands there is not shown
    )


def _who(entry: AuditEntry, part: Acts, names: Names) -> str | LazyString:
    if entry.actor:
        return names.get(entry.actor, labels.FORMER)
    if entry.role in part.who:
        return part.who[entry.role]
    return _l("on the machine") if entry.role == COMMAND_LINE else _l("by what residents reported")


def _about(entry: AuditEntry, part: Acts, names: Names) -> str | LazyString | None:
    """Whom it was done to; else the sort of thing, where the act itself does not say it."""
    if entry.about == entry.actor:
        return None
    if entry.action in part.on_players:
        return names.get(entry.about, labels.FORMER)
    return part.kinds().get(entry.about.partition(" ")[0])


def _names(entries: Sequence[AuditEntry]) -> Names:
    """The people named in these acts who are here now, with one question."""
    keys = {key for entry in entries for key in (entry.actor, entry.about) if key}
    found = people.by_player_keys(keys)
    return {key: one.name for key, one in found.items() if one.neighbourhood_id == g.neighbourhood.id}


def _roles() -> acts.Labels:
    return {role: label for role, (label, _sentence) in labels.LABELS.items()}


OTHERWISE = Acts("", _l("Something else"), {})  # what an older or a newer version recorded is not kept silent
ACTS = Acts(
    "team",
    _l("The team"),
    {
        "staff.invite": _l("Invited somebody to the team"),
        "staff.withdraw": _l("Withdrew an invitation"),
        "role.grant": _l("Gave a role"),
        "role.end": _l("Ended a role"),
        "staff.second factor": _l("Set up a new second lock"),
        "staff.paper": _l("Made new codes on paper"),
        "staff.password": _l("Chose another password"),
        "staff.reset": _l("Took a lost second lock off"),
    },
    on_players=frozenset(
        {"role.grant", "role.end", "staff.second factor", "staff.paper", "staff.password", "staff.reset"}
    ),
    reasons=_roles,
)
