"""Closing a season: partner, spot and moment leave it, in one step (docs/rules.md §4, docs/decisions/0041-closing.md).

What takes long is done before: copies of photos that everybody in them keeps are drawn one at a time, a few at each
tick. Then one transaction does the rest, so that a season is open or closed and never in between.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update

from core import clock
from core.audit import service as audit
from core.database import db, leave_no_traces, some_at_a_time, writing
from core.desk import queries as desk
from core.desk import service as deciding
from core.desk.models import Decision
from core.media import queries as media
from core.photos import own_copies
from core.photos.models import KIND, Photo
from core.photos.own_copies import Lacking
from core.refusal import Refusal, Sort
from game.encounters import signals_found
from game.encounters.models import OPEN, Code, Encounter, TalkAnswer, Witness, Yes, photos_of_encounter
from game.encounters.signals_at_desk import Looks
from game.encounters.signals_found import Raised
from game.scoring import closing as points
from game.seasons import queries, rules
from game.seasons.models import Season
from game.visits import service as visits

AT_A_TICK = 50  # copies: other sweeps wait meanwhile
HELD_UP = timedelta(days=14)  # at most, by the desk or by a picture that cannot be read: not for ever
LATER = {Sort.BUSY, Sort.FULL}
log = logging.getLogger(__name__)


def sweep() -> int:
    """How many seasons closed. Killed at any moment, the next one goes on where it was."""
    closed = sum(_close(season_id) for season_id in queries.to_close(clock.today()))
    if closed:
        leave_no_traces()
    return closed


def waits_for(season: Season) -> list[str]:
    """Why a season that is due does not close yet, for whoever runs the site; empty where it may."""
    meetings = _meetings(season)
    photos = _photos(meetings)
    why = {
        "points that wait, or its last board": points.waits(season),
        "meetings that can still be answered": _are_open(meetings),
        "photos that are aside": _are_aside(photos),
        "reports or appeals at the desk": _wait_at_desk(season, photos),
    }
    return [said for said, waits in why.items() if waits]


def _close(season_id: int) -> bool:
    try:
        season = db.session.get(Season, season_id)
        without = _draw(season) if season and not waits_for(season) else None
        if without is None:
            return False
        with writing():
            return leave(season_id, without)
    except Exception:  # one that will not close keeps no other back; the next tick tries again
        log.exception("season %s did not close", season_id)
        return False


def _draw(season: Season) -> Collection[Lacking] | None:
    """Draw the copies that lack. Those that can never be; None where some can still come, at another tick.

    A picture that cannot be read is tried on for as long as the desk may take: a decoder may have a bad day.
    """
    at, never = clock.last_moment_of(season.ends_on), set[Lacking]()
    for number, one in enumerate(own_copies.lacking(_photos(_meetings(season)))):
        if number >= AT_A_TICK + len(never):
            return None
        try:
            is_there = _drawn(one, at)
        except Refusal as no:
            if no.kind in LATER or not _is_late(season):
                return None
            is_there = False
        if not is_there:
            log.warning("photo %s cannot be read: it closes without a copy", one.key)
            never.add(one)
    return never


def _drawn(one: Lacking, at: datetime) -> bool:
    prepared = own_copies.draw(one)
    if prepared:
        with writing():
            own_copies.keep(one, prepared, at)
    return prepared is not None


def _is_late(season: Season) -> bool:
    return clock.today() >= rules.closes_on(season) + HELD_UP


def leave(season_id: int, without: Collection[Lacking] = ()) -> bool:
    """Close a season whose copies are drawn, but for these; whether it did. In the caller's transaction.

    Judged anew while everything is locked: closed twice is closed once, and what changed a moment ago counts.
    """
    season = queries.get(season_id)
    meetings = _meetings(season, lock=True)
    photos = _photos(meetings)
    if season.closed_on or waits_for(season) or set(own_copies.lacking(photos)) - set(without):
        return False
    players = _players(meetings)
    _those_told_leave(season, photos)
    _meetings_leave(meetings, photos, season)
    signals_found.leave(season)
    points.leave(season, players)
    visits.leave(season.neighbourhood_id, season.ends_on)
    season.closed_on = clock.today()
    audit.record("season.close", season.starts_on.isoformat(), season.neighbourhood_id)
    db.session.flush()
    return True


def _meetings(season: Season, lock: bool = False) -> Sequence[int]:
    """The ids of its meetings: those that counted in it, those of no season that were made by its end, and the reports
    that became one with them. Whatever came of them.
    """
    here = and_(Encounter.neighbourhood_id == season.neighbourhood_id, Encounter.season_id.is_(None))
    made = Encounter.made_at <= clock.last_moment_of(season.ends_on)
    own = select(Encounter.id).where(or_(Encounter.season_id == season.id, and_(here, made)))
    wanted = select(Encounter.id).where(or_(Encounter.id.in_(own), Encounter.merged_into_id.in_(own)))
    return db.session.scalars((wanted.with_for_update() if lock else wanted).order_by(Encounter.id)).all()


def _photos(meetings: Sequence[int]) -> list[int]:
    link = photos_of_encounter.c
    of_them = select(link.photo_id)
    return [
        photo
        for some in some_at_a_time(meetings)
        for photo in db.session.scalars(of_them.where(link.encounter_id.in_(some)))
    ]


def _players(meetings: Sequence[int]) -> set[str]:
    both = select(Encounter.starter, Encounter.companion)
    return {
        player
        for some in some_at_a_time(meetings)
        for two in db.session.execute(both.where(Encounter.id.in_(some)))
        for player in two
        if player
    }


def _are_open(meetings: Sequence[int]) -> bool:
    """Also where their time is over: the next sweep ends them."""
    one = select(Encounter.id).where(Encounter.state.in_(OPEN)).limit(1)
    return any(db.session.scalar(one.where(Encounter.id.in_(some))) for some in some_at_a_time(meetings))


def _are_aside(photos: Sequence[int]) -> bool:
    one = select(Photo.id).where(Photo.forgotten_at.is_not(None), media.is_aside(Photo.key)).limit(1)
    return any(db.session.scalar(one.where(Photo.id.in_(some))) for some in some_at_a_time(photos))


def _wait_at_desk(season: Season, photos: Sequence[int]) -> bool:
    if _is_late(season):
        return False
    return desk.waits_about(KIND, _keys(photos)) or desk.waits_about(Looks.kind, _looks(season))


def _keys(photos: Sequence[int]) -> list[str]:
    key = select(Photo.key)
    return [one for some in some_at_a_time(photos) for one in db.session.scalars(key.where(Photo.id.in_(some)))]


def _looks(season: Season) -> list[str]:
    """The looks at its players about which an editor decided: all here but those of seasons that are still kept."""
    decided = select(Decision.about).where(
        Decision.kind == Looks.kind, Decision.neighbourhood_id == season.neighbourhood_id
    )
    others = select(Raised.key).where(Raised.season_id != season.id)
    return list(db.session.scalars(decided.where(Decision.about.not_in(others)).distinct()))


def _those_told_leave(season: Season, photos: Sequence[int]) -> None:
    """Two who were told of one decision are two who met."""
    deciding.whom_it_told_leaves(KIND, _keys(photos))
    deciding.whom_it_told_leaves(Looks.kind, _looks(season))


def _meetings_leave(meetings: Sequence[int], photos: Sequence[int], season: Season) -> None:
    link = photos_of_encounter
    for some in some_at_a_time(meetings):
        db.session.execute(delete(link).where(link.c.encounter_id.in_(some)))
        for table in (Code, Witness, TalkAnswer, Yes):
            db.session.execute(delete(table).where(table.encounter_id.in_(some)))
        db.session.execute(update(Encounter).where(Encounter.merged_into_id.in_(some)).values(merged_into_id=None))
    own_copies.take_over(photos, clock.last_moment_of(season.ends_on))
    for some in some_at_a_time(meetings):
        db.session.execute(delete(Encounter).where(Encounter.id.in_(some)))
