"""Teacher, home, crew, editor and time in any order: nothing is at the desk or to read without every yes it takes."""

from datetime import timedelta
from itertools import count

import pytest
from flask import current_app
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from core import clock
from core.classes import service as school
from core.classes.models import Crew, SchoolClass, Work
from core.contributions.models import Approval, Contribution
from core.database import db
from core.desk import queries as desk
from core.desk import service as deciding
from core.guard import Role
from core.receipts.models import Receipt
from core.refusal import Refusal
from tests import make
from tests.conftest import NOON
from tests.core.classes import lesson
from tours.stories import check, pupils, queries, service
from tours.stories.models import Story
from tours.stories.models_pupils import PupilStory

pytestmark = pytest.mark.both
SAID = {"title": "De brug", "spot": "bank", "licence": "LicenseRef-alleen-hier"}
which = st.integers(0, 2)


class School(RuleBasedStateMachine):
    """Three works of a class; what the test remembers of each is the hash that somebody signed."""

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        clock.set(NOON)
        self.here = make.neighbourhood()
        db.session.add(make.spot(self.here))
        self.teacher = make.person(self.here, "Gele Jas")
        self.numbers = count(1)
        with current_app.test_request_context("/w/lombok/"):
            klas = lesson.opened(self.teacher)
            self.crews = [lesson.on_the_way(klas).id for _each in range(3)]
        self.class_id, self.is_gone = klas.id, False
        self.works: dict[int, int] = {}  # of each crew the last, which hangs
        self.taught: dict[int, str] = {}  # by crew: what its teacher signed, and waits
        self.guarded: dict[str, str] = {}  # by story: the hash that home signed, while it stands
        self.of_crew: dict[int, str] = {}
        self.good: set[str] = set()
        self.away: set[str] = set()
        for index in range(3):
            self.write(index)

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

    def waiting(self, index: int) -> PupilStory | None:
        return pupils.of_works([self.works[index]]).get(self.works[index]) if index in self.works else None

    @rule(index=which)
    def write(self, index) -> None:
        if self.is_gone:
            return

        def act() -> None:
            crew = db.session.get_one(Crew, self.crews[index])
            words = f"Zin {next(self.numbers)}."
            made = school.hand_in(crew, "hoor", {"words": words}, words)
            school.let_show(made, True)
            self.works[index] = made.id

        if self.attempt(act):
            self.taught.pop(index, None)
            self.of_crew.pop(index, None)  # a story that home signed stays, and is of words of before

    @rule(index=which)
    def teacher_signs(self, index) -> None:
        if self.is_gone or index not in self.works:
            return

        def act() -> None:
            here, work = db.session.get_one(SchoolClass, self.class_id), db.session.get_one(Work, self.works[index])
            made = pupils.sign(here, work, SAID, "nl", True)
            pupils.letter(made)
            self.taught[index] = made.hash

        was = self.waiting(index) is None
        assert self.attempt(act) == was

    @rule(index=which, same=st.booleans())
    def home_says_yes(self, index, same) -> None:
        story = self.waiting(index)
        if story is None:
            return
        seen, waits = (story.hash if same else "0" * 64), story.waits

        def act() -> None:
            made = pupils.say_yes(story, seen, self.here)
            self.guarded[made.key] = seen
            self.of_crew[index] = made.key

        assert self.attempt(act) == (same and waits)
        if same and waits:
            self.taught.pop(index)

    @rule(index=which, by=st.sampled_from(("home", "teacher", "hide", "away")))
    def somebody_says_no(self, index, by) -> None:
        story = self.waiting(index)
        if story is None or (by == "home" and not story.waits):
            return

        def act() -> None:
            work = db.session.get_one(Work, self.works[index])
            if by == "hide":
                school.let_show(work, False)
                school.let_show(work, True)
            elif by == "away":
                school.take_away([work])
            else:
                pupils.say_no(story)

        assert self.attempt(act)
        if by == "away":
            del self.works[index]
        self.taught.pop(index, None)
        self.forget(self.of_crew.pop(index, ""))

    def forget(self, key: str) -> None:
        self.guarded.pop(key, None)
        self.good.discard(key)
        self.away.discard(key)

    def some(self, index: int) -> str:
        keys = sorted(self.guarded)
        return keys[index % len(keys)] if keys else ""

    @rule(index=which)
    def home_withdraws(self, index) -> None:
        if key := self.some(index):
            self.attempt(lambda: service.withdraw(queries.handed_in(self.here.id, key)))
            self.forget(key)
            self.of_crew = {crew: one for crew, one in self.of_crew.items() if one != key}

    @rule(index=which, verdict=st.sampled_from(("good", "back", "away")))
    def an_editor_looks(self, index, verdict) -> None:
        key = self.some(index)
        reason = "" if verdict == "good" else "private"

        def act() -> None:
            deciding.decide(self.here.id, "story", key, verdict, "an editor", Role.EDITOR, reason=reason)

        if key and self.attempt(act):
            (self.good.add if verdict == "good" else self.good.discard)(key)
            if verdict == "away":
                self.away.add(key)

    @rule(index=which)
    def words_cannot_change(self, index) -> None:
        if key := self.some(index):
            story = queries.handed_in(self.here.id, key)
            new = {"title": "Anders", "words": "Anders."}
            assert not self.attempt(lambda: service.change(story, self.here, new, "nl"))
            assert not self.attempt(lambda: service.edit(story, self.here, new, "", "an editor", Role.EDITOR))

    @rule()
    def the_class_goes(self) -> None:
        if self.guarded and not self.is_gone:
            self.attempt(lambda: school.erase(db.session.get_one(SchoolClass, self.class_id)))
            self.is_gone = True
            self.works, self.taught, self.of_crew = {}, {}, {}

    @invariant()
    def only_what_both_signed_is_with_the_editors(self) -> None:
        handed_in = db.session.scalars(select(Contribution)).unique().all()
        assert {one.key: one.last.hash for one in handed_in} == self.guarded
        for one in handed_in:
            assert {"teacher", "guardian", "teller"} <= {approval.as_what for approval in one.last.approvals}
        with current_app.test_request_context("/w/lombok/"):
            assert {one.item.key for one in desk.queue(self.here.id, "another")} <= set(self.guarded)
            assert not desk.queue(self.here.id, self.teacher.player_key) or self.is_gone

    @invariant()
    def only_what_an_editor_found_good_too_is_to_read(self) -> None:
        readable = set(db.session.scalars(select(Story.key).where(queries.can_be_read())))
        assert readable == self.good - self.away

    @invariant()
    def what_waits_is_what_the_teacher_signed(self) -> None:
        waiting = db.session.scalars(select(PupilStory).where(PupilStory.became.is_(None))).all()
        assert sorted(one.hash for one in waiting) == sorted(self.taught.values())
        known = {one.guardian for one in waiting} | set(db.session.scalars(select(Contribution.who)))
        assert known <= set(db.session.scalars(select(Receipt.subject)))

    @invariant()
    def once_the_class_is_gone_nobody_knows_who_taught(self) -> None:
        keys = db.session.scalars(select(Approval.who).where(Approval.as_what == "teacher"))
        assert {key == self.teacher.player_key for key in keys} <= {not self.is_gone}
        assert not self.is_gone or not db.session.scalars(select(PupilStory)).all()

    def teardown(self) -> None:
        db.session.flush()
        db.session.expire_all()
        assert list(check.faults(check.everything())) == []
        db.session.rollback()


def test_in_any_order_nothing_is_seen_without_every_yes(app):
    lesson.in_force(app)
    with app.app_context():
        run_state_machine_as_test(
            School,
            settings=settings(
                max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck),
                phases=(Phase.reuse, Phase.generate),
            ),
        )  # fmt: skip
