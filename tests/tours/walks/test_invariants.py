"""Anything that makers, tellers, editors and the clockwork do to walks, in any order: what must always hold, holds."""

from datetime import timedelta

import pytest
from flask import current_app
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from core import clock
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import db
from core.desk import service as desk
from core.guard import Role
from core.places.models import Spot
from core.refusal import Refusal
from tests import make
from tests.conftest import NOON
from tests.tours.walks.stories import told
from tours.stories import service as stories
from tours.stories.models import Story
from tours.walks import check, queries, service, tellers
from tours.walks.models import PUBLIC, State, Stop, Tour

pytestmark = pytest.mark.both
which, other, yes = st.integers(0, 1), st.integers(0, 3), st.booleans()
WORDS = {"title": "", "intro": "Kijk omhoog.", "bridge": "Steek over."}


class Street(RuleBasedStateMachine):
    """Two walks past four stories; tellers refuse, withdraw and come back, editors look, the clockwork ticks."""

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        clock.set(NOON)
        self.here = make.neighbourhood()
        for number in range(4):
            db.session.add(make.spot(self.here, f"spot-{number}", 52.09 + number / 1000))
        db.session.flush()
        with current_app.test_request_context("/w/lombok/"):
            self.told = [told(self.here, f"Verhaal {number}", f"spot-{number}").id for number in range(4)]
            self.tours = [service.make(self.here.id, f"Rondje {number}", "nl", "a maker").id for number in range(2)]
        self.refused: set[tuple[int, int]] = set()  # as this test remembers it
        self.said_yes: dict[int, int] = {}  # at which version an editor last said yes to a walk

    def attempt(self, act) -> bool:
        clock.set(clock.now() + timedelta(seconds=1))
        try:
            with current_app.test_request_context("/w/lombok/"), db.session.begin_nested():
                act()
        except Refusal:
            return False
        finally:
            db.session.expire_all()
        return True

    def tour(self, which: int) -> Tour:
        return db.session.get_one(Tour, self.tours[which])

    def story(self, index: int) -> Story | None:
        return db.session.scalar(select(Story).where(Story.contribution_id == self.told[index]))

    def stop(self, which: int, index: int) -> int:
        stops = self.tour(which).stops
        return stops[index % len(stops)].id if stops else 0

    @initialize()
    def one_is_published(self) -> None:
        for index in range(3):
            self.add(0, index)
        self.publish(0)
        assert self.tour(0).state == State.PUBLISHED

    @rule(which=which)
    def publish(self, which) -> None:
        """All of the way there."""
        self.write(which)
        self.walk(which)
        self.send(which)
        self.decide(which, "good", "an editor")

    @rule(which=which, index=other)
    def add(self, which, index) -> None:
        story = self.story(index)
        if story and story.spot:
            self.attempt(lambda: service.add(self.tour(which), story.spot, story))

    @rule(which=which, index=other)
    def remove(self, which, index) -> None:
        self.attempt(lambda: service.remove(self.tour(which), self.stop(which, index)))

    @rule(which=which, index=other, number=st.integers(-1, 9))
    def move(self, which, index, number) -> None:
        self.attempt(lambda: service.move(self.tour(which), self.stop(which, index), number))

    @rule(which=which, index=other, locked=yes)
    def lock(self, which, index, locked) -> None:
        self.attempt(lambda: service.lock(self.tour(which), self.stop(which, index), locked))

    @rule(which=which, index=other)
    def write_a_stop(self, which, index) -> None:
        self.attempt(lambda: service.write_stop(self.tour(which), self.stop(which, index), WORDS, {"metres": 90}))

    @rule(which=which)
    def write(self, which) -> None:
        self.attempt(lambda: service.write(self.tour(which), {"intro": "Langs de winkels."}))

    @rule(which=which, minutes=st.sampled_from((None, 12, 60)), by_time=yes)
    def make_a_round(self, which, minutes, by_time) -> None:
        order = "chronological" if by_time else "shortest"
        self.attempt(lambda: service.make_loop(self.tour(which), order, minutes))

    @rule(which=which)
    def undo(self, which) -> None:
        self.attempt(lambda: service.undo(self.tour(which)))

    @rule(which=which)
    def walk(self, which) -> None:
        self.attempt(lambda: service.check_on_foot(self.tour(which), clock.today(), "de wandelclub"))

    @rule(which=which)
    def send(self, which) -> None:
        self.attempt(lambda: service.send(self.tour(which)))

    @rule(which=which, act=st.sampled_from((service.open_again, service.go_on, service.retire)))
    def step(self, which, act) -> None:
        was = self.tour(which).version
        if self.attempt(lambda: act(self.tour(which))) and act is service.go_on and self.tour(which).version != was:
            self.said_yes[which] = self.tour(which).version  # less than the editor saw

    @rule(which=which, verdict=st.sampled_from(("good", "good", "back", "away")),
          who=st.sampled_from(("an editor", "a maker")))  # fmt: skip
    def decide(self, which, verdict, who) -> None:
        key, reason = self.tour(which).desk_key, "" if verdict == "good" else "private"
        act = lambda: desk.decide(self.here.id, "tour", key, verdict, who, Role.EDITOR, reason=reason)  # noqa: E731
        if self.attempt(act):
            assert who != "a maker", "nobody decides about their own walk"
            if verdict == "good":
                self.said_yes[which] = self.tour(which).version

    @rule(which=which, index=other, wants=yes)
    def a_teller_answers(self, which, index, wants) -> None:
        story, pair = self.story(index), (self.tours[which], self.told[index])
        if story and self.attempt(lambda: tellers.answer(self.tour(which), story, wants)):
            self.refused = self.refused - {pair} if wants else self.refused | {pair}

    @rule(index=other, walks=yes)
    def a_teller_chooses(self, index, walks) -> None:
        found = db.session.get(Contribution, self.told[index])
        if found:
            self.attempt(lambda: stories.allow(found, ["tours"] if walks else [], "receipt"))

    @rule(index=other)
    def a_teller_withdraws(self, index) -> None:
        found = db.session.get(Contribution, self.told[index])
        if found:
            self.attempt(lambda: stories.withdraw(found))

    @rule(index=other, back=yes)
    def an_editor_hides_a_story(self, index, back) -> None:
        found = db.session.get(Contribution, self.told[index])
        if found:
            act = (
                (lambda: contributions.say_yes(found, found.last, "an editor"))
                if back
                else (lambda: contributions.hide(found))
            )
            self.attempt(act)

    @rule(index=other, back=yes)
    def a_place_goes(self, index, back) -> None:
        spot = db.session.scalar(select(Spot).where(Spot.key == f"spot-{index}"))
        spot.removed_at = None if back else clock.now()
        db.session.flush()

    @rule()
    def the_clockwork_ticks(self) -> None:
        for which in (0, 1):
            self.attempt(lambda which=which: service.look_again(self.tour(which)))
            tour, seen = self.tour(which), len(queries.live([self.tours[which]]).get(self.tours[which], []))
            if tour.state in PUBLIC:
                assert (tour.state == State.PUBLISHED) == (seen == len(tour.stops))

    @invariant()
    def the_rows_are_whole(self) -> None:
        db.session.flush()
        db.session.expire_all()
        assert list(check.faults()) == []

    @invariant()
    def what_a_teller_does_not_want_is_shown_nowhere(self) -> None:
        """I7: by what this test remembers, through undo, removing and adding anew."""
        for tour, shown in queries.live(self.tours).items():
            those = {(tour, one.stop.story.contribution_id) for one in shown if one.stop.story}
            assert not those & self.refused

    @invariant()
    def a_walk_of_one_stop_is_not_public(self) -> None:
        """I10, and nothing but what an editor said yes to."""
        public = {tour.id for tour in queries.of(self.here.id)}
        shown = queries.live(self.tours)
        assert all(len(shown[tour]) >= 2 for tour in public)
        for which, id_ in enumerate(self.tours):
            if id_ in public:
                assert which in self.said_yes
                stops = db.session.scalars(select(Stop.number).where(Stop.tour_id == id_).order_by(Stop.number)).all()
                assert stops == list(range(1, len(stops) + 1))


def test_whatever_is_done_to_walks_what_must_hold_holds(inside, clock):
    machine = settings(
        max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.reuse, Phase.generate),
    )  # fmt: skip
    run_state_machine_as_test(Street, settings=machine)
