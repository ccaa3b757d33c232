"""Making challenges: from a pack, and by makers (docs/rules.md §3, §4); what residents think up is drafts.py."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from core import clock
from core.database import db, dialect, insert_into
from core.desk import queries as desk
from core.refusal import Refusal, Sort
from core.spelling import slug
from game.challenges import queries, themes
from game.challenges.kinds import KINDS, Kind
from game.challenges.models import Challenge, ChosenWeek, DaysTurn, State, Theme

PACKS = Path(__file__).parent / "packs"
TRIES = 9  # of a key, when others put the same title in at this moment


def load_pack(neighbourhood_id: int, name: str, spots: dict[str, int]) -> int:
    """Add the challenges of a pack that this neighbourhood does not have yet; how many.

    `spots` ties a challenge to a spot: challenge key → spot id; one whose kind needs a spot is left out without.
    Raises KeyError for a kind that we do not know.
    """
    for _try in range(TRIES):
        with suppress(IntegrityError), db.session.begin_nested():  # another maker may put it in at this moment
            return _load_missing(neighbourhood_id, name, spots)
    raise _busy()


def _load_missing(neighbourhood_id: int, name: str, spots: dict[str, int]) -> int:
    have = queries.keys(neighbourhood_id)
    fresh = [entry for entry in read_pack(name) if entry["key"] not in have and _has_its_spot(entry, spots)]
    for entry in fresh:
        db.session.add(
            Challenge(
                neighbourhood_id=neighbourhood_id, key=entry["key"], kind=KINDS[entry["kind"]].name,
                icon=entry["icon"], texts=entry["texts"], marks=entry["marks"], faceless=entry["faceless"],
                by=entry["by"], spot_id=spots.get(entry["key"]), on_site=entry.get("on_site"),
                picture=entry.get("picture"), answer=entry.get("answer"), **_hours(entry),
                theme=_theme(neighbourhood_id, entry.get("theme")),
            )
        )  # fmt: skip
    db.session.flush()
    return len(fresh)


def read_pack(name: str) -> list[dict[str, Any]]:
    """The challenges of a pack of ours, as they stand in its file; what the whole pack is about, each is about."""
    told = _file(name)
    return [{"theme": told.get("theme"), **entry} for entry in told["challenges"]]


def packs() -> dict[str, dict[str, Any]]:
    """Our packs for any neighbourhood that are about something: name → what that is called, by language."""
    told = {file.stem: _file(file.stem) for file in sorted(PACKS.glob("*.json"))}
    return {name: one["theme"] for name, one in told.items() if "theme" in one}


def make(neighbourhood_id: int, kind: type[Kind], fields: dict[str, Any], maker: str, names: bool) -> Challenge:
    """A challenge of a maker: shown at once, unless it names somebody; then an editor looks first."""
    made = Challenge(neighbourhood_id=neighbourhood_id, kind=kind.name, icon=kind.icon, maker=maker, **fields)
    if names or made.by:
        _ask_for_a_look(made)
    for _try in range(TRIES):
        made.key = _free_key(neighbourhood_id, made.texts["nl"]["title"])
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(made)
            db.session.flush()
            return made
    raise _busy()


def change(challenge: Challenge, fields: dict[str, Any], by: str, names: bool) -> None:
    """Other words, days or place. What waits keeps waiting; what now names somebody goes out of sight until a look.

    It stays its maker's: who changes another's neither takes it over nor decides about it. What a resident thought up
    is not what they handed in any more: their name does not stand there, and the desk decides about the challenge.
    """
    was_by, said, idea = challenge.by, _said(challenge), queries.idea(challenge)
    for name, value in fields.items():
        setattr(challenge, name, value)
    is_rewritten = _said(challenge) != said or (names and idea is not None)
    if is_rewritten and (idea or by != challenge.maker):
        challenge.changed_by = by
    if is_rewritten and idea:
        desk.hand_over((queries.DRAFT, idea.key), (queries.DESK_KIND, challenge.desk_key))
    if challenge.state != State.SHOWN or names or (challenge.by and challenge.by != was_by):
        _ask_for_a_look(challenge)
    elif is_rewritten:
        challenge.ask_anew()
    db.session.flush()


def retire(challenge: Challenge) -> None:
    """Offer it no longer. What people did with it stays."""
    challenge.retired_at = challenge.retired_at or clock.now()
    db.session.flush()


def bring_back(challenge: Challenge) -> None:
    """Offer it again. Raises Refusal for what an editor took away: only an editor undoes that."""
    if queries.taken_away([challenge]):
        raise Refusal(_l("An editor took this away. It stays away."), Sort.FORBIDDEN)
    challenge.retired_at = None
    db.session.flush()


def choose_week(neighbourhood_id: int, monday: date, key: str) -> bool:
    """Put a challenge in a week, or none; whether anything changed.

    Raises Refusal for the running week once it has one that is still there, for a week that is over, and for a
    challenge that is not there that whole week.
    """
    [(_monday, before)] = queries.weeks(neighbourhood_id, monday, 1)
    if key == (before.key if before else ""):
        return False
    if monday < clock.week_of(clock.today()) or stays(monday, before):
        raise Refusal(_l("This week has its challenge. Choose for the weeks to come."))
    wanted = next((one for one in queries.in_week(neighbourhood_id, monday) if one.key == key), None)
    if key and wanted is None:
        raise Refusal(_l("That challenge is not there all of that week. Choose another one."), Sort.INVALID)
    if wanted is None:
        there = (ChosenWeek.neighbourhood_id == neighbourhood_id, ChosenWeek.week == monday)
        db.session.execute(delete(ChosenWeek).where(*there))
    else:
        row = insert_into(ChosenWeek, dialect()).values(
            neighbourhood_id=neighbourhood_id, week=monday, challenge_id=wanted.id
        )
        where = ["neighbourhood_id", "week"]
        db.session.execute(row.on_conflict_do_update(index_elements=where, set_={"challenge_id": wanted.id}))
    db.session.flush()
    return True


def fix_turn(neighbourhood_id: int, day: date) -> bool:
    """Fix whose turn it is on a day; whether there was one. Again on that day it stays, while it is offered."""
    whose = queries.of_day(neighbourhood_id, day)
    if whose is None:
        return False
    row = insert_into(DaysTurn, dialect()).values(neighbourhood_id=neighbourhood_id, day=day, challenge_id=whose.id)
    anew = {"day": day, "challenge_id": whose.id}
    db.session.execute(row.on_conflict_do_update(index_elements=["neighbourhood_id"], set_=anew))
    return True


def stays(monday: date, chosen: Challenge | None) -> bool:
    """Whether a week keeps what was chosen for it: the running one, as long as that is there."""
    return monday == clock.week_of(clock.today()) and chosen is not None and chosen.is_open_at(clock.now())


def _file(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((PACKS / f"{name}.json").read_text(encoding="utf-8"))
    return told


def _theme(neighbourhood_id: int, texts: dict[str, Any] | None) -> Theme | None:
    with suppress(Refusal):  # where twelve are carried the challenge comes without
        return themes.named(neighbourhood_id, texts) if texts else None
    return None


def _busy() -> Refusal:
    return Refusal(_l("Somebody else saves the same here at this moment. Try once more."), Sort.BUSY)


def _ask_for_a_look(challenge: Challenge) -> None:
    if challenge.state != State.DRAFT:
        challenge.state = State.HIDDEN if challenge.id else State.DRAFT
    challenge.ask_anew()


def _said(challenge: Challenge) -> tuple[object, ...]:
    """All of it that somebody wrote."""
    return challenge.texts, challenge.by, challenge.on_site


def _has_its_spot(entry: dict[str, Any], spots: dict[str, int]) -> bool:
    return not KINDS[entry["kind"]].needs_spot or entry["key"] in spots


def _hours(entry: dict[str, Any]) -> dict[str, int]:
    return dict(zip(("from_hour", "until_hour"), entry.get("hours", ()), strict=False))


def _free_key(neighbourhood_id: int, title: str) -> str:
    """A title as it can stand in an address, with a number where it is taken."""
    base = slug(title, "opdracht")
    taken = {*queries.keys(neighbourhood_id), "new"}
    numbered = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 3))
    return next(key for key in numbered if key not in taken)
