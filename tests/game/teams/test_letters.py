"""Letters with a code and teams: whom a letter makes known, how often it serves, and what a team is worth."""

import threading

import pytest
from sqlalchemy import select

from core import clock as clockwork
from core.database import db, writing
from core.people import erasure
from core.people.models import Person
from core.refusal import Refusal
from game.encounters import cli
from game.encounters.models import Yes
from game.scoring import queries as scoring
from game.scoring.models import Known, LedgerEntry
from game.seasons.models import Season
from game.teams import letters, queries, service
from game.teams.models import LetterCode, TeamMember
from tests import make

pytestmark = pytest.mark.both


@pytest.fixture
def noor(here):
    """Somebody new, from Zuid, whom nobody knows."""
    return make.person(here, "Nieuwe Lantaarn", "Zuid", known=False)


def newcomers(here, many: int) -> list[Person]:
    return [make.person(here, f"Buur {word}", "Zuid", known=False) for word in ("Een", "Twee", "Drie", "Vier")[:many]]


def codes(here, team=None, many: int = 1) -> list[str]:
    return service.make_letters(here.id, team, many)[1]


def known(person) -> str | None:
    return db.session.scalar(select(Known.how).where(Known.player == person.player_key))


def joins() -> int:
    return db.session.scalars(select(LetterCode.joins)).one()


def lines(person) -> list[list]:
    return [line for each in db.session.scalars(select(LedgerEntry.lines).where(
        LedgerEntry.player == person.player_key)) for line in each]  # fmt: skip


def test_a_letter_makes_known_and_what_waited_about_them_arrives(here, amina, noor, clock):
    met = make.confirmed(amina, noor)
    assert scoring.share(met.key, amina.player_key).waits == 5
    clock.advance(minutes=1)
    [code] = codes(here)
    assert service.use(noor, code) is None
    assert known(noor) == "letter"
    assert scoring.share(met.key, amina.player_key).waits == 0
    assert cli.differences() == []


def test_a_letter_serves_four_and_the_fifth_is_told_so(here, noor):
    [code] = codes(here)
    for one in newcomers(here, 4):
        service.use(one, code)
    with pytest.raises(Refusal, match="Vier mensen"):
        service.use(noor, code)
    assert known(noor) is None


def test_who_is_known_already_uses_no_letter_up(here, amina, noor):
    [code] = codes(here)
    service.use(amina, code)
    assert joins() == 0
    service.use(noor, code)
    service.use(noor, code)
    assert joins() == 1


def test_a_letter_opens_nothing_after_its_season_once_ended_or_in_another_neighbourhood(here, noor, clock):
    sheet, [code] = service.make_letters(here.id, None, 1)
    season = db.session.scalars(select(Season)).one()
    assert sheet.last_day == season.ends_on
    stranger = make.person(make.neighbourhood("hoograven"), "Verre Buur", known=False)
    with pytest.raises(Refusal, match="kennen we niet"):
        service.use(stranger, code)
    service.end_letters(sheet)
    with pytest.raises(Refusal, match="werkt niet meer"):
        service.use(noor, code)
    [other] = codes(here)
    clock.advance(days=(season.ends_on - clockwork.today()).days + 1)
    with pytest.raises(Refusal, match="werkt niet meer"):
        service.use(noor, other)
    with pytest.raises(Refusal, match="Start eerst een seizoen"):
        codes(here)


def test_no_copy_of_the_database_tells_a_code(here):
    made = codes(here, many=3)
    kept = " ".join(db.session.scalars(select(LetterCode.code_hash)))
    assert len(set(made)) == 3
    assert all(len(code) == 10 and code not in kept for code in made)
    assert letters.SHAPE.read(letters.spaced(made[0]).lower()) == made[0]


def test_two_of_one_team_get_five_each_and_vouch_for_nobody(here, amina, bram, noor):
    team = service.make_team(here.id, "Het koor")
    [code] = codes(here, team)
    for one in (amina, bram):
        assert service.use(one, code) is team
    met = make.confirmed(amina, bram)
    assert lines(amina) == lines(bram) == [["team", 5]]
    assert set(db.session.scalars(select(Yes.team).where(Yes.encounter_id == met.id))) == {team.key}
    assert cli.differences() == []


def test_the_yes_keeps_the_team_of_then(here, amina, bram, clock):
    team = service.make_team(here.id, "Het koor")
    [code] = codes(here, team)
    service.use(amina, code)
    service.use(bram, code)
    met = make.confirmed(amina, bram)
    service.end_team(team)
    clock.advance(seconds=1)
    assert queries.member(amina.player_key) is None
    assert set(db.session.scalars(select(Yes.team).where(Yes.encounter_id == met.id))) == {team.key}
    assert cli.differences() == []
    with pytest.raises(Refusal, match="werkt niet meer"):
        service.use(bram, code)


def test_who_is_in_a_team_leaves_it_before_another(here, amina):
    one, other = (codes(here, service.make_team(here.id, name))[0] for name in ("Het koor", "De tuin"))
    service.use(amina, one)
    with pytest.raises(Refusal, match="Ga daar eerst uit"):
        service.use(amina, other)
    service.leave(amina)
    assert service.use(amina, other).name == "De tuin"


def test_two_teams_of_one_name_cannot_be(here):
    service.make_team(here.id, "Het koor")
    with pytest.raises(Refusal, match="met die naam"):
        service.make_team(here.id, "het koor")


def test_erased_from_a_team_the_yes_keeps_its_key_and_nobody_is_in_it(here, amina, bram, clock):
    [code] = codes(here, service.make_team(here.id, "Het koor"))
    service.use(amina, code)
    db.session.commit()
    with writing():
        erasure.ask(amina, amina.name, None)
    clock.advance(hours=25)
    erasure.sweep()
    assert db.session.scalars(select(TeamMember)).all() == []


def test_of_eight_who_type_one_letter_at_the_very_same_moment_four_are_known(app, clock):
    with app.app_context():
        here, _season = make.world()
    with app.app_context(), writing():
        here = db.session.merge(here)
        keys = [make.person(here, f"Buur {word}", "Zuid", known=False).id
                for word in ("Een", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht")]  # fmt: skip
        [code] = codes(here)
    start, refused = threading.Barrier(8), []

    def go(person_id: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with writing():
                    service.use(db.session.get_one(Person, person_id), code)
            except Refusal:
                refused.append(person_id)

    threads = [threading.Thread(target=go, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        people = [db.session.get_one(Person, key) for key in keys]
        assert sum(known(one) == "letter" for one in people) == joins() == 4
    assert len(refused) == 4
