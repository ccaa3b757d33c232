"""Choosing to stand in the ranking, and drawing it up."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, delete, func, insert, select

from core import clock
from core.database import db, dialect, insert_into
from core.people.models import Person
from core.refusal import Refusal, Sort
from game.ranking import queries
from game.ranking.models import Entrant, Ranking, Standing
from game.scoring.models import Total
from game.seasons import rules
from game.seasons.models import Season


def stand(person: Person) -> None:
    """Stand in the ranking from its next drawing on. Raises Refusal for who is younger than 16."""
    if person.is_young:
        raise Refusal(_l("The ranking is for people of 16 and older. Your points count for the wall."), Sort.FORBIDDEN)
    wanted = insert_into(Entrant, dialect()).values(player=person.player_key, since=clock.now())
    db.session.execute(wanted.on_conflict_do_nothing())


def leave(player: str) -> None:
    """Not stand in it any more: the name is gone at once, the place at the next drawing, if one comes."""
    db.session.execute(delete(Entrant).where(Entrant.player == player))


def draw(season: Season) -> bool:
    """Draw the ranking of a locked season up for today, once however many ask; whether this one did.

    While its board stands still the last one stays. Once it is revealed the last ranking is drawn up, and stays too
    (docs/rules.md §4).
    """
    if not (rules.moves(season, clock.now()) and _is_first(season)):
        return False
    db.session.execute(delete(Standing).where(Standing.season_id == season.id))
    _place(season)
    return True


def _is_first(season: Season) -> bool:
    """Whether nobody drew it up today, or after the season's last day."""
    mark = insert_into(Ranking, dialect())
    is_older = and_(Ranking.day < mark.excluded.day, Ranking.day <= season.ends_on)
    newer = mark.on_conflict_do_update(
        index_elements=["season_id"], set_={"day": mark.excluded.day}, where=is_older
    ).returning(Ranking.season_id)
    return db.session.scalar(newer.values(season_id=season.id, day=clock.today())) is not None


def _place(season: Season) -> None:
    """By points alone: who has as many shares the place, whoever was first."""
    points = func.sum(Total.points)
    place = func.rank().over(order_by=points.desc())
    theirs = (Total.season_id == season.id, *queries.willing(Total.player))
    rows = select(Total.season_id, Total.player, place, points).where(*theirs)
    found = rows.group_by(Total.season_id, Total.player).having(points > 0)
    db.session.execute(insert(Standing).from_select(["season_id", "player", "place", "points"], found))
