"""The desk: a host sees two meet, each still says yes, and who has no phone says it at the desk."""

import re
from threading import Barrier

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from core import clock as time
from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.people import blocks
from core.people import queries as people
from core.people.models import Person
from core.refusal import Refusal
from game.challenges.models import Challenge
from game.encounters import queries as encounters
from game.encounters import second_yes
from game.encounters import service as meetings
from game.encounters.models import Encounter, State
from game.headquarters import service
from game.scoring import newcomers
from game.scoring import queries as scoring
from tests import make
from tests.forms import fault, told
from tests.game.encounters.test_races import at_once

pytestmark = pytest.mark.both
HELPED = "They help you in the neighbourhood house."


@pytest.fixture
def child(here):
    return make.person(here, "Kleine Vlieger", is_young=True)


def test_a_host_lets_a_child_meet_and_each_still_says_yes(here, amina, bram, child, bench):
    meeting = service.witness(amina, Role.HOST, child, bram, bench, "one")
    assert meeting.state == State.PROPOSED
    assert meeting.is_witnessed
    assert [len(encounters.waiting_for(one)) for one in (child, bram)] == [1, 1]
    meetings.agree(meeting.id, bram, with_photo=True)
    assert second_yes.say(meeting.key, child.player_key) is None  # the fast way knows no children
    meetings.agree(meeting.id, child, with_photo=True)
    assert scoring.points(meeting.season_id, child.player_key) == scoring.points(meeting.season_id, bram.player_key) > 0
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "meeting.witness"))
    assert (entry.actor, entry.role, entry.about) == (amina.player_key, "host", meeting.key)


def test_without_the_host_the_same_child_is_refused(bram, child, bench):
    with pytest.raises(Refusal):
        meetings.hand_in(bram, bench, None, "one", child)


def test_a_host_is_no_witness_of_their_own_meeting_nor_of_one_person(amina, bram, bench):
    for one, other in ((amina, bram), (bram, amina), (bram, bram)):
        with pytest.raises(Refusal):
            service.witness(amina, Role.HOST, one, other, bench, "one")


def test_a_block_holds_at_the_desk_too(amina, bram, cem, bench):
    blocks.block(bram, cem.player_key)
    with pytest.raises(Refusal, match="In het huis van de wijk helpen ze je"):
        service.witness(amina, Role.HOST, cem, bram, bench, "one")


def test_the_same_form_twice_is_one_and_what_they_reported_themselves_is_the_same_meeting(amina, bram, cem, bench):
    own = meetings.hand_in(cem, bench, None, "of cem", bram)
    seen = service.witness(amina, Role.HOST, bram, cem, bench, "one")
    assert service.witness(amina, Role.HOST, bram, cem, bench, "one") is seen is own
    assert len(own.witnesses) == 1
    meetings.agree(own.id, bram, with_photo=True)
    assert own.is_confirmed


def test_a_form_that_comes_twice_at_one_moment_is_one_meeting_and_no_refusal(app, amina, bram, cem, bench):
    ids = [person.id for person in (amina, bram, cem)]
    challenge_id, answers = bench.id, []
    db.session.rollback()

    def witness():
        host, one, other = (db.session.get_one(Person, number) for number in ids)
        doing = db.session.get_one(Challenge, challenge_id)
        answers.append(service.witness(host, Role.HOST, one, other, doing, "one").id)

    at_once(app, [witness] * 2, Barrier(2))
    assert len(answers) == 2
    assert len(set(answers)) == 1
    [meeting] = db.session.scalars(select(Encounter))
    assert len(meeting.witnesses) == 1


def test_only_a_form_that_came_before_is_read_as_one(amina, bram, cem, bench):
    bench_gone = Challenge(id=10**6, key="gone", kind=bench.kind, neighbourhood_id=bench.neighbourhood_id)
    with pytest.raises(IntegrityError), db.session.no_autoflush:
        service.witness(amina, Role.HOST, bram, cem, bench_gone, "one")


def test_for_who_has_no_phone_the_host_says_yes_and_for_nobody_else(here, amina, bram, bench):
    from core.people.service import sign_in

    paper = make.person(here, "Papieren Boot")
    sign_in(bram)
    meeting = service.witness(amina, Role.HOST, paper, bram, bench, "one")
    assert people.without_phone({paper.player_key, bram.player_key}) == {paper.player_key}
    service.say_yes_for(amina, Role.HOST, meeting, paper.player_key)
    with pytest.raises(Refusal):
        service.say_yes_for(amina, Role.HOST, meeting, bram.player_key)
    stranger = make.person(here, "Andere Boot")
    with pytest.raises(Refusal):
        service.say_yes_for(stranger, Role.HOST, meeting, paper.player_key)
    meetings.agree(meeting.id, bram, with_photo=True)
    assert meeting.is_confirmed


def test_what_a_host_typed_stays_and_what_lacks_stands_at_its_field(app, client, amina, bram, cem, dirk, bench):
    with writing():
        make.as_staff(client, amina, Role.HOST)
        blocks.block(bram, cem.player_key)
        meetings.hand_in(dirk, bench, None, "before", bram)
    client.set_cookie("lang", "en")
    for one, other, challenge, field, sentence in (
        (bram.tag[:5], cem.tag, "bench", "one", "One sign is missing, you have five."),
        (bram.tag, "XXXXXX", "bench", "other", "We do not know these letters. See if you swapped one."),
        (bram.tag, cem.tag, "bench", "other", f"The app cannot do this meeting. {HELPED}"),
        (bram.tag, bram.tag, "bench", "other", "These are twice the same letters. Type those of two people."),
        (bram.tag, dirk.tag, "none", "challenge", "Choose what they did together."),
    ):  # fmt: skip
        sent = {"one": one, "other": other, "challenge": challenge, "client_key": "desk"}
        answer = client.post("/w/lombok/host", data=sent)
        assert answer.status_code in {403, 422}
        assert fault(answer.text, field) == sentence
        assert f'value="{one}"' in answer.text
        assert f'value="{other}"' in answer.text
    kept = client.post("/w/lombok/host", data={**sent, "challenge": "bike"})
    assert told(client, kept) == "Kept. Each of them still says yes."


def test_a_host_by_command_sees_the_desk_where_they_signed_in_until_it_ends(app, clock):
    with app.app_context():
        make.world()
    phone, runner = app.test_client(), app.test_cli_runner()
    phone.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"})
    with app.app_context():
        tag, other, third = db.session.scalars(select(Person.tag).order_by(Person.id.desc()).limit(3)).all()
    said = runner.invoke(args=["host", tag]).output
    assert "Rode Fiets is a host" in said
    assert phone.get("/w/lombok/host").status_code == 403  # a phone that only plays
    assert "/w/lombok/host" not in phone.get("/w/lombok/me").text
    accepted = {"token": re.search(r"invited#([\w-]{43})", said)[1], "login": "rode", "password": make.PASSWORD}
    assert phone.post("/w/lombok/staff/invited", data=accepted).status_code == 303
    assert phone.get("/w/lombok/host").status_code == 200
    assert "/w/lombok/host" in phone.get("/w/lombok/me").text
    assert runner.invoke(args=["host", tag]).output == "Rode Fiets is a host\n"  # has a password: no link
    sent = {"one": other, "other": third, "challenge": "bench", "client_key": "desk"}
    assert phone.post("/w/lombok/host", data=sent).status_code == 303
    assert phone.post("/w/lombok/host", data=sent).status_code == 303
    page = phone.get("/w/lombok/host").get_data(as_text=True)
    assert page.count('name="meeting"') == 2  # neither has a phone
    with app.app_context():
        key = db.session.scalars(select(Person).where(Person.tag == other)).unique().one().player_key
        meeting = encounters.handed_in(key, "desk").key
    assert phone.post("/w/lombok/host/yes", data={"meeting": meeting, "player": key}).status_code == 303
    with app.app_context(), writing():
        db.session.execute(update(Challenge).values(retired_at=time.now()))
    page = phone.get("/w/lombok/host").get_data(as_text=True)
    assert "Er is nog geen opdracht die je met zijn tweeën doet." in page
    assert 'action="/w/lombok/host"' not in page, "a form that can only be refused"
    runner.invoke(args=["host", tag, "--end"])
    assert phone.get("/w/lombok/host").status_code == 303  # a visitor now
    assert phone.post("/w/lombok/host/yes", data={"meeting": meeting, "player": key}).status_code == 401
    assert runner.invoke(args=["host", "XXXXXX"]).exit_code == 1


def test_a_child_is_no_host(app, child):
    tag = child.tag
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["host", tag])
    assert answer.exit_code == 1
    assert "16" in answer.output


def test_a_host_makes_known_whoever_they_see_and_reads_the_same_each_time(app, here, amina, bram):
    with writing():
        noor = make.person(here, "Nieuwe Lantaarn", known=False)
        tag, player = noor.tag, noor.player_key
        host = db.session.get_one(Person, amina.id)
        phone = app.test_client()
        make.as_staff(phone, host, Role.HOST)
    said = [phone.post("/w/lombok/host/seen", data={"letters": tag}) for _time in range(2)]
    assert said[0].location == said[1].location == "/w/lombok/host#said"
    db.session.rollback()
    assert newcomers.unknown([player]) == set()
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "player.see")).all()) == 2


def test_who_is_seen_meeting_at_the_desk_is_known(here, amina, bram, bench):
    noor = make.person(here, "Nieuwe Lantaarn", known=False)
    service.witness(amina, Role.HOST, noor, bram, bench, "one")
    assert newcomers.unknown([noor.player_key]) == set()
