"""Anything that four people and the clock can do to encounters, in any order: what must always hold, holds."""

from datetime import timedelta

import pytest
from flask import current_app
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from core import clock
from core.database import db
from core.people import blocks, households
from core.people.models import Person
from core.people.who_may_meet import two
from core.photos.prepare import prepare
from core.refusal import Refusal
from core.storage import storage
from game.challenges.models import Challenge
from game.encounters import cli, meeting_pages, queries, second_yes, service
from game.encounters.models import Encounter, State
from tests import make
from tests.conftest import NOON

pytestmark = pytest.mark.both
who = st.integers(0, 3)
which = st.integers(0, 5)


class Street(RuleBasedStateMachine):
    """Four people, three challenges, one season; a refusal is an answer like any other."""

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        clock.set(NOON)
        make.world()
        self.people = db.session.scalars(select(Person).order_by(Person.id)).unique().all()
        self.challenges = db.session.scalars(select(Challenge).order_by(Challenge.id)).all()
        self.encounters: list[int] = []
        self.ever_confirmed: dict[int, set[str]] = {}

    def attempt(self, act) -> None:
        clock.set(clock.now() + timedelta(seconds=1))  # no two things happen at the very same moment
        try:
            with db.session.begin_nested():
                act()
        except Refusal:
            pass
        db.session.expire_all()

    def one(self, index: int) -> int:
        return self.encounters[index % len(self.encounters)] if self.encounters else 0

    @rule(
        starter=who, challenge=st.integers(0, 2), companion=st.none() | who, key=st.integers(0, 3), photo=st.booleans()
    )
    def hand_in(self, starter, challenge, companion, key, photo) -> None:
        prepared = prepare(make.jpeg(size=(40, 30)), storage().tmp()) if photo else None
        other = self.people[companion] if companion is not None else None
        me, doing = self.people[starter], self.challenges[challenge % 3]
        self.attempt(lambda: self.encounters.append(service.hand_in(me, doing, prepared, str(key), other).id))

    @rule(index=which, person=who, with_photo=st.booleans())
    def say_yes(self, index, person, with_photo) -> None:
        if self.encounters:
            self.attempt(lambda: service.agree(self.one(index), self.people[person], with_photo))

    @rule(index=which, person=who)
    def say_yes_in_one_go(self, index, person) -> None:
        if self.encounters:
            key = queries.locked(self.one(index)).key
            self.attempt(lambda: second_yes.say(key, self.people[person].player_key))

    @rule(index=which, person=who)
    def say_yes_in_one_go_by_code(self, index, person) -> None:
        meeting = queries.locked(self.one(index)) if self.encounters else None
        if meeting and meeting.is_open and meeting.state == State.DRAFT:
            starter = next(one for one in self.people if one.player_key == meeting.starter)
            letters = service.new_code(meeting.id, starter).letters
            self.attempt(lambda: second_yes.say(letters, self.people[person].player_key))

    @rule(index=which, person=who)
    def say_no(self, index, person) -> None:
        if self.encounters:
            self.attempt(lambda: service.decline(self.one(index), self.people[person]))

    @rule(index=which, person=who)
    def take_back(self, index, person) -> None:
        if self.encounters:
            self.attempt(lambda: service.take_back(self.one(index), self.people[person]))

    @rule(index=which, person=who, companion=who)
    def name_the_other(self, index, person, companion) -> None:
        if self.encounters:
            self.attempt(lambda: service.name_companion(self.one(index), self.people[person], self.people[companion]))

    @rule(index=which, person=who)
    def withdraw_a_photo(self, index, person) -> None:
        if self.encounters:
            photos = queries.locked(self.one(index)).photos
            if photos:
                self.attempt(lambda: service.withdraw_photo(self.one(index), self.people[person], photos[0].key))

    @rule(index=which, person=who)
    def allow_a_photo(self, index, person) -> None:
        if self.encounters:
            photos = queries.locked(self.one(index)).photos
            if photos:
                self.attempt(lambda: service.allow_photo(self.one(index), self.people[person], photos[-1].key))

    @rule(person=who, other=who)
    def live_together(self, person, other) -> None:
        me, you = self.people[person], self.people[other]

        def both_say_so() -> None:
            households.ask(me, you)
            for asked in households.waiting_for(you):
                households.answer(you, asked.key, is_yes=True)

        self.attempt(both_say_so)

    @rule(person=who)
    def leave_the_household(self, person) -> None:
        self.attempt(lambda: households.leave(self.people[person]))

    @rule(person=who, other=who)
    def block(self, person, other) -> None:
        self.attempt(lambda: blocks.block(self.people[person], self.people[other].player_key))

    @rule(person=who)
    def undo_a_block(self, person) -> None:
        mine = blocks.of(self.people[person])
        if mine:
            self.attempt(lambda: blocks.undo(self.people[person], mine[0].key))

    @rule(person=who, is_young=st.booleans())
    def say_an_age(self, person, is_young) -> None:
        self.attempt(lambda: setattr(self.people[person], "is_young", is_young))

    @rule(hours=st.sampled_from([1, 30, 72, 24 * 7]))
    def time_passes(self, hours) -> None:
        clock.set(clock.now() + timedelta(hours=hours, seconds=1))

    @rule()
    def time_ticks(self) -> None:
        clock.set(clock.now() + timedelta(seconds=1))

    @invariant()
    def the_ledger_is_what_the_yeses_give(self) -> None:
        assert cli.differences() == []

    @invariant()
    def confirmed_is_for_ever_and_takes_two_yeses(self) -> None:
        for encounter in db.session.scalars(select(Encounter)):
            yeses = {yes.player for yes in encounter.yeses}
            if encounter.state == State.CONFIRMED:
                assert yeses == encounter.players
                assert len(yeses) == 2
                self.ever_confirmed[encounter.id] = yeses
            assert (encounter.id in self.ever_confirmed) == (encounter.state == State.CONFIRMED)

    @invariant()
    def who_may_not_meet_did_not_meet_just_now(self) -> None:
        for encounter in db.session.scalars(select(Encounter).where(Encounter.confirmed_at == clock.now())):
            how = two(encounter.starter, encounter.companion)
            assert not how.is_blocked
            assert how.live_together or not how.any_young

    @invariant()
    def a_pair_does_a_challenge_once_a_season(self) -> None:
        scored = db.session.scalars(select(Encounter).where(Encounter.scores)).all()
        assert len({(frozenset(one.players), one.challenge_id, one.season_id) for one in scored}) == len(scored)

    @invariant()
    def a_yes_of_what_ended_counts_nowhere(self) -> None:
        ended = select(Encounter).where(Encounter.state != State.CONFIRMED)
        meetings = {row[1] for row in cli.written_rows()}
        assert not meetings & {encounter.key for encounter in db.session.scalars(ended)}

    @invariant()
    def no_photo_outlives_a_no(self) -> None:
        for encounter in db.session.scalars(select(Encounter)):
            if encounter.state in {State.DECLINED, State.EXPIRED, State.REMOVED}:
                assert all(photo.is_forgotten for photo in encounter.photos)

    @invariant()
    def a_photo_is_shared_only_with_the_yes_of_both(self) -> None:
        with current_app.test_request_context():
            for person in self.people:
                for encounter in queries.album(person):
                    for picture in meeting_pages.shared(encounter, person.player_key):
                        said = {consent.who for consent in picture.photo.consents if consent.stands}
                        assert said == encounter.players


def test_whatever_people_do_what_must_hold_holds(inside, clock):
    machine = settings(
        max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )  # fmt: skip
    run_state_machine_as_test(Street, settings=machine)
