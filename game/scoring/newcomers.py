"""Newcomers: who is known, who vouches for whom, and the points that wait until then (docs/rules.md §4).

None of it is told to anybody: not who is known, nor by whom, nor about whom points wait. What waits is moved by one at
a time in a neighbourhood, so that whoever becomes known finds all that waits.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select, update

from core import clock
from core.database import db, dialect, insert_into
from core.people import queries as people
from game.scoring import ledger, still
from game.scoring.ledger import Gift
from game.scoring.meeting import Meeting
from game.scoring.models import Held, Known, Purse, Vouch
from game.scoring.rules import RULESETS
from game.seasons.models import Season

BEFORE = "before"  # the card had newcomers, or in a season that was closed since
WAYS = ("letter", "host", "met", BEFORE)  # what Known keeps
LINE = 4_010_052  # with a neighbourhood: the line in which what waits is moved, on PostgreSQL
VOUCHERS, VOUCHES_A_WEEK = 3, 3
ARRIVED, OVER = "arrived", "over"


def unknown(players: Iterable[str | None]) -> set[str]:
    """Those of these players who are not known yet."""
    asked = {player for player in players if player}
    return asked - set(db.session.scalars(select(Known.player).where(Known.player.in_(asked))))


def lock(neighbourhood_id: int, players: Collection[str | None]) -> None:
    """Lock two who meet, and everybody for whom points may arrive by it, all in one order; before taking the moment."""
    if not (newcomers := unknown(players)):
        people.lock(players)
        return
    wait_in_line(neighbourhood_id)
    waiting = select(Held.player).where(Held.about.in_(newcomers), Held.settled_at.is_(None))
    people.lock({*players, *db.session.scalars(waiting)})


def pay_at_once(meeting: Meeting, price: int, at_once: int, newcomers: set[str]) -> dict[str, int]:
    """How much of the price each gets now: looking at a newcomer, up to `at_once` once a week. The rest is held."""
    shares = dict.fromkeys(meeting.pair, price)
    for player, other in (meeting.pair, meeting.pair[::-1]):
        if other in newcomers:
            shares[player] = 0 if _had_one(meeting, player) else min(at_once, price)
            held = Held(
                season_id=meeting.season_id, meeting=meeting.key, player=player, about=other, week=meeting.week,
                points=price - shares[player], settled_at=meeting.moment if price == shares[player] else None,
            )  # fmt: skip
            db.session.add(held)
    db.session.flush()
    return shares


def vouch(meeting: Meeting, newcomers: set[str]) -> None:
    """The known one of the two vouches for the other, unless they live together or are in one team.

    For at most three newcomers a week; one over that counts when the two meet again. Both count within a season: who
    vouched for whom goes when it closes (docs/decisions/0041-closing.md).
    """
    known = set(meeting.pair) - newcomers
    if len(known) != 1 or meeting.is_of_one_group:
        return
    [voucher], [newcomer] = known, newcomers
    here = Vouch.season_id == meeting.season_id
    this_week = select(func.count()).where(here, Vouch.voucher == voucher, Vouch.week == meeting.week)
    before = select(Vouch.voucher).where(here, Vouch.newcomer == newcomer)
    vouchers = set(db.session.scalars(before))
    if voucher in vouchers or (db.session.scalar(this_week) or 0) >= VOUCHES_A_WEEK:
        return
    db.session.add(Vouch(season_id=meeting.season_id, newcomer=newcomer, voucher=voucher, week=meeting.week))
    db.session.flush()
    if len(vouchers) + 1 >= VOUCHERS:
        become_known(newcomer, "met", meeting.moment)


def welcome(neighbourhood_id: int, players: Collection[str], how: str) -> None:
    """These become known by a letter or a host: what waited about them arrives. Once is enough."""
    if unknown(players):
        lock(neighbourhood_id, players)
        for player in sorted(unknown(players)):
            become_known(player, how, clock.now())


def become_known(player: str, how: str, at: datetime) -> None:
    """The event, and what comes of it. Its caller locked whom points arrive for."""
    event = insert_into(Known, dialect()).values(player=player, how=how, at=at).on_conflict_do_nothing()
    if db.session.scalar(event.returning(Known.player)):
        arrive(player, at)


def arrive(player: str, at: datetime) -> None:
    """What waited about them is paid into the week of now. Only while its season runs: after it the buurt gets it."""
    day = clock.day_of(at)
    runs = (Season.starts_on <= day, Season.ends_on >= day)
    waits = select(Held, Season.ruleset).join(Season, Season.id == Held.season_id)
    found = waits.where(Held.about == player, Held.settled_at.is_(None), *runs).order_by(Held.id)
    if rows := db.session.execute(found).all():
        still.keep(db.session.get_one(Season, rows[0].Held.season_id))
        shares = [one for one, _ruleset in rows]
        gifts = [Gift(one.season_id, one.player, one.points, one.meeting, ARRIVED, at) for one in shares]
        ledger.give(gifts, RULESETS[rows[0].ruleset].a_week)
        _settle(shares, at)


def give_to_buurt() -> int:
    """What still waits of seasons that are over goes to the buurt, in rows that say so; how many there were."""
    over = select(Season).where(Season.ends_on < clock.today())
    waits = over.where(select(Held.id).where(Held.season_id == Season.id, Held.settled_at.is_(None)).exists())
    return sum(end(season) for season in db.session.scalars(waits.order_by(Season.id)).all())


def end(season: Season) -> int:
    """What still waits of a season that is over goes to the buurt; how many shares that were."""
    wait_in_line(season.neighbourhood_id)
    mine = select(Held).where(Held.season_id == season.id, Held.settled_at.is_(None)).order_by(Held.id)
    shares = db.session.scalars(mine.execution_options(populate_existing=True)).all()
    last = clock.last_moment_of(season.ends_on)
    gifts = [Gift(season.id, one.player, one.points, one.meeting, OVER, last) for one in shares]
    if gifts:
        still.keep(season)
        ledger.write([ledger.row(gift, Purse.BUURT, gift.points) for gift in gifts])
    _settle(shares, clock.now())
    return len(shares)


def wait_in_line(neighbourhood_id: int) -> None:
    """Be the only one who moves what waits in a neighbourhood, until the end of the transaction."""
    if dialect() != "sqlite":  # which has one writer anyway
        db.session.execute(select(func.pg_advisory_xact_lock(LINE, neighbourhood_id)))


def _settle(shares: Collection[Held], at: datetime) -> None:
    ids = [one.id for one in shares]
    db.session.execute(update(Held).where(Held.id.in_(ids)).values(settled_at=at))


def _had_one(meeting: Meeting, player: str) -> bool:
    """Whether this player met a newcomer for points in this week already."""
    mine = (Held.season_id == meeting.season_id, Held.player == player, Held.week == meeting.week)
    return db.session.scalar(select(Held.id).where(*mine).limit(1)) is not None
