"""Whatever a gardener, a helper, two editors and visitors do, in any order: what must always hold, holds."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from core import clock
from core.contributions import service
from core.contributions.kinds import of
from core.contributions.models import EDITOR, Contribution, State, hash_of
from core.database import db
from core.desk import service as deciding
from core.desk.models import Decision, Verdict
from core.guard import Role
from core.neighbourhoods.models import Neighbourhood
from core.people.models import Person
from core.places.models import Spot
from core.refusal import Refusal
from tests import make
from tests.conftest import NOON

pytestmark = pytest.mark.both
which, words = st.integers(0, 5), st.sampled_from(["Rozen", "Tulpen", "Lelies"])


class Garden(RuleBasedStateMachine):
    """A refusal is an answer like any other."""

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        clock.set(NOON)
        make.world()
        self.here = db.session.scalars(select(Neighbourhood)).one()
        people = db.session.scalars(select(Person).order_by(Person.id)).unique().all()
        self.gardener, self.helper, *self.editors = [one.player_key for one in people]
        self.written: dict[tuple[str, int], tuple[str, str]] = {}  # a version → its hash and words

    def attempt(self, act: Callable[[], object]) -> None:
        clock.set(clock.now() + timedelta(seconds=1))
        try:
            with db.session.begin_nested():
                act()
        except Refusal:
            pass
        db.session.expire_all()

    def one(self, index: int) -> Contribution | None:
        every = db.session.scalars(select(Contribution).order_by(Contribution.id)).all()
        return every[index % len(every)] if every else None

    @rule(kind=st.sampled_from(["bed", "letter"]), said=words, typed=st.booleans())
    def hand_in(self, kind: str, said: str, typed: bool) -> None:
        by = self.helper if typed else None
        self.attempt(lambda: service.hand_in(of(kind), self.here, self.gardener, {"words": said}, "nl", True, by=by))

    @rule(index=which, said=words, typed=st.booleans())
    def send_again(self, index: int, said: str, typed: bool) -> None:
        if one := self.one(index):
            by = self.helper if typed else None
            self.attempt(lambda: service.send_again(one, self.here, {"words": said}, "nl", True, by=by))

    @rule(index=which)
    def withdraw(self, index: int) -> None:
        if one := self.one(index):
            self.attempt(lambda: service.withdraw(one))

    @rule(index=which, last=st.booleans())
    def sign(self, index: int, last: bool) -> None:
        if one := self.one(index):
            hash_ = one.versions[-1 if last else 0].hash
            self.attempt(lambda: service.approve(one, hash_, self.gardener, "gardener", "screen"))

    @rule(
        index=which,
        editor=st.integers(0, 1),
        verdict=st.sampled_from(["good", "good", "back", "away"]),
        whole=st.booleans(),
    )
    def decide(self, index: int, editor: int, verdict: str, whole: bool) -> None:
        if one := self.one(index):
            key = one.key if whole else one.desk_key
            said = (self.here.id, one.kind, key, verdict, self.editors[editor], Role.EDITOR)
            self.attempt(lambda: deciding.decide(*said, reason="unclear"))

    @rule(editor=st.integers(0, 1))
    def undo(self, editor: int) -> None:
        last = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
        if last:
            self.attempt(lambda: deciding.undo(self.here.id, last.key, self.editors[editor], Role.EDITOR))

    @rule(index=which, reason=st.sampled_from(["threat", "other"]))
    def report(self, index: int, reason: str) -> None:
        if one := self.one(index):
            self.attempt(lambda: deciding.report(self.here.id, one.kind, one.key, reason))

    @invariant()
    def what_is_seen_is_what_was_said_yes_to(self) -> None:
        spots = {spot.id: spot for spot in db.session.scalars(select(Spot).where(Spot.kind == "place"))}
        by_spot = {one.became: one for one in db.session.scalars(select(Contribution)) if one.became}
        for id_, spot in spots.items():
            one = by_spot.get(id_)
            if spot.removed_at is None and spot.key != "bank":
                assert one is not None, "what was taken back is gone"
                assert one.state == State.SHOWN
                assert (spot.name, spot.street) == (one.shown.content["words"], one.shown.hash[:60])
                assert self.good(one), "without the yes of an editor"
                if one.kind == "bed":
                    assert one.shown.is_signed_by(frozenset({EDITOR, "gardener"})), "one of both did not sign this"
        shown = {one.became for one in by_spot.values() if one.state == State.SHOWN}
        assert shown <= {id_ for id_, spot in spots.items() if spot.removed_at is None}

    def good(self, one: Contribution) -> bool:
        """Whether an editor's yes to it stands."""
        keys = [one.key, f"{one.key}.{one.shown_version}"]
        said = select(Decision).where(Decision.about.in_(keys), Decision.undone_at.is_(None))
        return any(decision.verdict == Verdict.GOOD for decision in db.session.scalars(said))

    @invariant()
    def versions_never_change(self) -> None:
        for one in db.session.scalars(select(Contribution)):
            for version in one.versions:
                now = (version.hash, version.content["words"])
                assert self.written.setdefault((one.key, version.number), now) == now
                assert version.hash == hash_of(one.kind, version.language, version.content)
            assert one.last.number == one.last_version
            assert one.kind == "bed" or len(one.versions) == 1

    @invariant()
    def five_a_day_at_most(self) -> None:
        many = [one.kind for one in db.session.scalars(select(Contribution))]
        assert many.count("bed") <= of("bed").most_a_day
        assert many.count("letter") <= of("letter").most_a_day


def test_any_order_of_what_people_and_editors_do(app, inside, clock, kinds):
    with app.test_request_context("/w/lombok/"):
        run_state_machine_as_test(
            Garden,
            settings=settings(
                max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
