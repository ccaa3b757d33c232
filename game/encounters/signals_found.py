"""Finding signals: a sweep looks at the meetings since its last look, and keeps what it saw until the season closes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import takewhile
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    and_,
    delete,
    func,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from core import clock, codes
from core.database import Id, Key, Model, Moment, PlayerKey, db, dialect, insert_into, writing
from core.people import queries as people
from core.personal_data import PersonalData
from core.photos.models import Photo
from game.encounters import signals
from game.encounters.models import Encounter, State, Witness, Yes, photos_of_encounter
from game.encounters.signals import Met, Picture, Seen
from game.scoring import newcomers
from game.scoring.models import Known, Vouch
from game.seasons.models import CLOSES_AFTER, Season

BATCH = 200  # yeses that one look reads
SETTLED = timedelta(minutes=1)  # ids are given before the commit: a yes this old has none before it still to come


class Raised(Model):
    """That a signal was seen about a player, in the meeting of a moment. It does not say whom they met."""

    __tablename__ = "signal"
    __table_args__ = (UniqueConstraint("season_id", "player", "name", "at"),)

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    player: Mapped[PlayerKey] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(20))  # of signals.SIGNALS
    at: Mapped[Moment]
    found_at: Mapped[Moment]


class Look(Model):
    """How far the last look came: one row."""

    __tablename__ = "signal_look"

    id: Mapped[Id]
    upto: Mapped[int]  # the id of the last yes that was looked at


def sweep() -> int:
    """How many new signals were seen since the last look. Killed in the middle, all of it is done again."""
    since = db.session.scalar(select(Look.upto)) or 0
    yeses = _settled(since)
    found = _seen_in(yeses)
    with writing():
        over = select(Season.id).where(~_is_open())
        db.session.execute(delete(Raised).where(Raised.season_id.in_(over)))
        if yeses:
            _move(yeses[-1].id)
        return _keep(found)


def history(seasons: Collection[int], players: Collection[str]) -> list[Met]:
    """Every meeting of these players in these seasons, each other one here in which a picture of those stands, and
    those in which somebody became known for whom one of these players vouched.
    """
    wanted = _wanted(seasons, players)
    report, link = aliased(Encounter), photos_of_encounter.c
    is_reported_by_both = select(report.id).where(
        report.starter == Encounter.companion, report.merged_into_id == Encounter.id
    )
    is_witnessed = select(Witness.id).where(Witness.encounter_id == Encounter.id)
    met = select(
        Encounter.id, Encounter.neighbourhood_id, Encounter.season_id, Encounter.starter, Encounter.companion,
        Encounter.made_at, Encounter.confirmed_at, is_reported_by_both.exists().label("is_reported_by_both"),
        is_witnessed.exists().label("is_witnessed"),
    ).where(Encounter.id.in_(wanted), Encounter.state == State.CONFIRMED)  # fmt: skip
    said: dict[int, list[Any]] = defaultdict(list)
    for yes in db.session.execute(
        select(Yes.encounter_id, Yes.is_on_this_phone, Yes.household, Yes.team).where(Yes.encounter_id.in_(wanted))
    ):
        said[yes.encounter_id].append(yes)
    pictures: dict[int, list[Picture]] = defaultdict(list)
    sent = select(link.encounter_id, Photo.id, Photo.maker, Photo.sha256).join(Photo, Photo.id == link.photo_id)
    for meeting, number, maker, sha256 in db.session.execute(sent.where(link.encounter_id.in_(wanted))):
        pictures[meeting].append(Picture(number, maker, sha256))
    rows = db.session.execute(met).all()
    vouchers, loners = _vouchers(wanted), _loners(rows)
    return [_met(one, said[one.id], pictures[one.id], vouchers[one.id], loners) for one in rows]


def _met(
    one: Any, yeses: list[Any], pictures: list[Picture], vouchers: set[str], loners: Collection[tuple[int, str]]
) -> Met:
    groups = [{yes.household for yes in yeses}, {yes.team for yes in yeses}]
    return Met(
        number=one.id, neighbourhood=one.neighbourhood_id, season=one.season_id, starter=one.starter,
        companion=one.companion, made_at=one.made_at, moment=one.confirmed_at,
        is_on_one_phone=any(yes.is_on_this_phone for yes in yeses), is_reported_by_both=one.is_reported_by_both,
        is_witnessed=one.is_witnessed, is_of_one_group=any(len(of) == 1 and None not in of for of in groups),
        pictures=tuple(pictures), vouchers=frozenset(vouchers),
        loners=frozenset(who for who in (one.starter, one.companion) if (one.season_id, who) in loners),
    )  # fmt: skip


def _vouchers(wanted: Select[Any]) -> Mapping[int, set[str]]:
    """By the id of each meeting in which somebody became known: who had vouched for them."""
    became = (
        select(Encounter.id, Vouch.voucher)
        .join(Known, _is_when_known())
        .join(Vouch, and_(Vouch.newcomer == Known.player, Vouch.season_id == Encounter.season_id))
    )
    found: dict[int, set[str]] = defaultdict(set)
    for meeting, voucher in db.session.execute(became.where(Encounter.id.in_(wanted))):
        found[meeting].add(voucher)
    return found


def _loners(rows: Collection[Any]) -> set[tuple[int, str]]:
    """Who in these meetings is not known, and met one person in that season: the season and the player."""
    strangers = newcomers.unknown({player for one in rows for player in (one.starter, one.companion)})
    theirs = select(Encounter.season_id, Encounter.starter, Encounter.companion).where(
        Encounter.season_id.in_({one.season_id for one in rows}), Encounter.state == State.CONFIRMED,
        or_(Encounter.starter.in_(strangers), Encounter.companion.in_(strangers)),
    )  # fmt: skip
    met: dict[tuple[int, str], set[str]] = defaultdict(set)
    found: Iterable[Any] = db.session.execute(theirs) if strangers else ()
    for season, one, other in found:
        met[season, one].add(other)
        met[season, other].add(one)
    return {(season, who) for (season, who), others in met.items() if who in strangers and len(others) == 1}


def _is_when_known() -> ColumnElement[bool]:
    """Somebody became known in a meeting, and by it."""
    is_one = or_(Known.player == Encounter.starter, Known.player == Encounter.companion)
    return and_(Known.how == "met", Known.at == Encounter.confirmed_at, is_one)


def _wanted(seasons: Collection[int], players: Collection[str]) -> Select[Any]:
    """The ids of those meetings."""
    met = or_(Encounter.starter.in_(players), Encounter.companion.in_(players))
    theirs = select(Encounter.id).where(met, Encounter.season_id.in_(seasons), Encounter.state == State.CONFIRMED)
    link, of_copy = photos_of_encounter, photos_of_encounter.alias()
    sent = select(Photo.neighbourhood_id, Photo.sha256).join(link, link.c.photo_id == Photo.id)
    pictures = sent.where(link.c.encounter_id.in_(theirs)).distinct().subquery()
    is_copy = and_(Photo.neighbourhood_id == pictures.c.neighbourhood_id, Photo.sha256 == pictures.c.sha256)
    copies = (
        select(of_copy.c.encounter_id)
        .select_from(pictures)
        .join(Photo, is_copy)
        .join(of_copy, of_copy.c.photo_id == Photo.id)
    )
    vouched_for = select(Vouch.newcomer).where(Vouch.voucher.in_(players))
    known = select(Encounter.id).join(Known, _is_when_known())
    made_known = known.where(Known.player.in_(vouched_for), Encounter.season_id.in_(seasons))
    return select(union(theirs, copies, made_known).subquery())


def _settled(since: int) -> Sequence[Any]:
    """The yeses after one, in order, up to the first that may still have another before it."""
    rows = db.session.execute(
        select(Yes.id, Yes.at, Yes.encounter_id).where(Yes.id > since).order_by(Yes.id).limit(BATCH)
    )
    return list(takewhile(lambda yes: yes.at <= clock.now() - SETTLED, rows))


def _seen_in(yeses: Iterable[Any]) -> set[tuple[str, Seen]]:
    """What is seen now about the players in these meetings, in a season that did not close yet."""
    new = db.session.execute(
        select(Encounter.season_id, Encounter.starter, Encounter.companion)
        .join(Season, Season.id == Encounter.season_id)
        .where(Encounter.id.in_({yes.encounter_id for yes in yeses}), Encounter.state == State.CONFIRMED)
        .where(_is_open())
    ).all()
    players = {player for one in new for player in (one.starter, one.companion)}
    return set(signals.look(history({one.season_id for one in new}, players), players)) if new else set()


def _is_open() -> ColumnElement[bool]:
    """It did not close yet: what was seen in it is kept."""
    return Season.ends_on > clock.today() - CLOSES_AFTER


def _keep(found: Collection[tuple[str, Seen]]) -> int:
    """Keep what was seen and not kept yet, of people still here and seasons still open; how many those are.

    An older copy of a photo is found in whatever season it came.
    """
    open_ = set(db.session.scalars(select(Season.id).where(_is_open())))
    here = people.by_player_keys({seen.player for _name, seen in found})
    rows = [
        {"key": codes.new_key(), "season_id": seen.season, "player": seen.player, "name": name, "at": seen.at,
         "found_at": clock.now()}
        for name, seen in found if seen.player in here and seen.season in open_
    ]  # fmt: skip
    if not rows:
        return 0
    new = insert_into(Raised, dialect()).on_conflict_do_nothing().returning(Raised.id)
    return len(db.session.connection().scalars(new, rows).all())


def _move(upto: int) -> None:
    mine = insert_into(Look, dialect()).values(id=1, upto=upto)
    db.session.execute(mine.on_conflict_do_update(index_elements=["id"], set_={"upto": upto}))


def leave(season: Season) -> None:
    """Nothing of a season that closes is kept, and the next look begins at the last yes that is left."""
    db.session.execute(delete(Raised).where(Raised.season_id == season.id))
    last = db.session.scalar(select(func.max(Yes.id))) or 0  # SQLite gives the numbers above it again
    db.session.execute(update(Look).where(Look.upto > last).values(upto=last))


def _export(player: str) -> list[dict[str, Any]]:
    mine = select(Raised).where(Raised.player == player).order_by(Raised.id)
    return [{"seen": one.name, "at": one.at, "found": one.found_at} for one in db.session.scalars(mine)]


def _erase(player: str) -> None:
    db.session.execute(delete(Raised).where(Raised.player == player))


PERSONAL_DATA = PersonalData(
    "signals", frozenset({Raised.__tablename__}), _export, _erase,
    label=_l("Have a look"), about=_l("What was seen in your meetings, for which an editor may look. Points stay."),
)  # fmt: skip
