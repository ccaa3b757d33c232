"""Making a team and letters, and what a letter does for who types its code (docs/rules.md §3, §4)."""

from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from core import clock, codes
from core.database import db
from core.neighbourhoods import queries as neighbourhoods
from core.people.models import Person
from core.refusal import Refusal, Sort
from game.scoring import newcomers
from game.seasons import queries as seasons
from game.teams import letters, queries
from game.teams.models import JOINS, LetterCode, LetterSheet, Team, TeamMember

MANY = (8, 16, 24, 40)  # letters at a time: one to five pages of A4


def make_team(neighbourhood_id: int, name: str) -> Team:
    """A team without members: who joins by its letters becomes one. Raises Refusal for a name that a team here has."""
    neighbourhoods.lock(neighbourhood_id)
    if queries.called(neighbourhood_id, name):
        raise Refusal(_l("There is a team of that name already."), Sort.CONFLICT, field="name")
    team = Team(key=codes.new_key(), neighbourhood_id=neighbourhood_id, name=name, made_at=clock.now())
    db.session.add(team)
    db.session.flush()
    return team


def end_team(team: Team) -> None:
    """Nobody is of it any more, and its letters are over. What was scored stays.

    The letters first: who uses one at this moment holds its sheet, and is of the team before everybody leaves it.
    """
    team.ended_at = clock.now()
    alive = (LetterSheet.team_key == team.key, LetterSheet.ended_at.is_(None))
    db.session.execute(update(LetterSheet).where(*alive).values(ended_at=clock.now()))
    db.session.execute(delete(TeamMember).where(TeamMember.team_key == team.key))
    db.session.flush()


def last_day(neighbourhood_id: int) -> date | None:
    """Until when letters made now would serve: the last day of this season, else of the next; None without one."""
    to_come = seasons.to_come(neighbourhood_id, clock.today())
    return to_come[0].ends_on if to_come else None


def make_letters(neighbourhood_id: int, team: Team | None, many: int) -> tuple[LetterSheet, list[str]]:
    """A sheet of letters, and their codes, given this once. Raises Refusal where no season runs or comes."""
    until = last_day(neighbourhood_id)
    if until is None:
        raise Refusal(_l("Letters serve in a season, and there is none yet. Start a season first."))
    sheet = LetterSheet(
        key=codes.new_key(), neighbourhood_id=neighbourhood_id, team_key=team.key if team else None,
        made_at=clock.now(), last_day=until,
    )  # fmt: skip
    db.session.add(sheet)
    db.session.flush()
    made = [letters.new_code() for _ in range(many)]
    db.session.add_all(LetterCode(sheet_id=sheet.id, code_hash=letters.hashed(code), joins=0) for code in made)
    db.session.flush()
    return sheet, made


def end_letters(sheet: LetterSheet) -> None:
    """The letters of this sheet open nothing any more. Who joined by them stays known, and of the team."""
    sheet.ended_at = sheet.ended_at or clock.now()
    db.session.flush()


def must_exist(neighbourhood_id: int, code: str) -> LetterCode:
    """The letter with this code, of this neighbourhood. Raises Refusal for a code that is none here."""
    found = queries.letter(neighbourhood_id, letters.hashed(code))
    if found is None:
        raise Refusal(_l("We do not know this code. See if you swapped a letter."), Sort.UNKNOWN)
    return found


def use(person: Person, code: str) -> Team | None:
    """Somebody types the code of a letter: they are known, and of its team, which is given.

    Who was both already uses nothing up. Raises Refusal for a code that is none, that is over or served four times,
    and for who is in another team.
    """
    found = must_exist(person.neighbourhood_id, code)
    newcomers.lock(person.neighbourhood_id, [person.player_key])
    db.session.refresh(found.sheet, with_for_update=True)  # one at a time
    db.session.refresh(found, ["joins"])
    if found.sheet.is_over:
        raise Refusal(_l("This letter is over. Ask in the neighbourhood house for a new one."), Sort.GONE)
    if found.joins >= JOINS:
        raise Refusal(_l("Four people used this letter already. Ask for a new one in the house."), Sort.GONE)
    is_new = bool(newcomers.unknown([person.player_key]))
    joined = _join(person, found.sheet.team)
    if is_new or joined:
        found.joins += 1
        db.session.flush()
    newcomers.welcome(person.neighbourhood_id, [person.player_key], "letter")
    return found.sheet.team


def leave(person: Person) -> None:
    """Not of a team any more. What was scored stays."""
    forget(person.player_key)


def forget(player: str) -> None:
    """Take somebody out of their team."""
    db.session.execute(delete(TeamMember).where(TeamMember.player == player))
    db.session.flush()


def _join(person: Person, team: Team | None) -> bool:
    """Whether they came to be of the team just now."""
    mine = queries.member(person.player_key) if team else None
    if team is None or (mine and mine.team_key == team.key):
        return False
    if mine:
        raise Refusal(_l("You are in another team. Leave that one first."))
    db.session.add(TeamMember(player=person.player_key, team_key=team.key, since=clock.now()))
    db.session.flush()
    return True
