"""Anything that tellers, editors and visitors can do to stories, in any order: what must always hold, holds."""

from datetime import timedelta
from itertools import count

import pytest
from flask import current_app
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from core import clock, codes, staying
from core.consent import service as consent
from core.consent.models import Showing
from core.contributions import service as contributions
from core.contributions.models import State
from core.database import db, writing
from core.desk import service as desk
from core.guard import Role
from core.media import service as media
from core.people import erasure
from core.people import queries as players
from core.people import service as joining
from core.personal_data import SORTS
from core.photos.prepare import prepare
from core.refusal import Refusal
from core.staying import Heir
from core.storage import storage
from tests import make
from tests.conftest import NOON
from tours.stories import check, collection, guardians, kind, pauses, pictures, queries, service
from tours.stories.collection import Asked
from tours.stories.models import Story
from tours.stories.uses import EMBED, NAME, SITE, VOICE

pytestmark = pytest.mark.both
CONTENT = {"title": "De rij", "when": "ongeveer 1974", "spot": "bank", "theme": "shops", "warning": ""}
EDITORS = ("first editor", "second editor")
IN_IT = st.lists(st.sampled_from(("nobody", "unrecognisable", "consented", "unasked")), max_size=2)
which, editor, yes = st.integers(0, 3), st.sampled_from(EDITORS), st.booleans()


def faults() -> list[str]:
    db.session.flush()
    db.session.expire_all()
    return list(check.faults(check.everything()))


def picture(people: str = "nobody") -> dict:
    return service.keep_picture(prepare(make.jpeg(size=(40, 30)), storage().tmp()),
                                {"about": "Een winkel", "when": "", "whose": "own", "people": people})  # fmt: skip


class Told:
    """What the test itself remembers of a story: which words each of those who must sign it said yes to."""

    def __init__(self, who: str, called: str, is_childs: bool) -> None:
        self.who, self.called, self.is_childs = who, called, is_childs
        self.teller: set[str] = set()
        self.guardian: set[str] = set()
        self.editor: set[str] = set()
        self.before: tuple[str, str, set[str]] | None = None  # of the last decision, for who undoes it
        self.may_be_named = self.is_gone = False
        self.people: dict[str, dict[str, str]] = {}  # by the words of a version: who is in each picture of it
        self.rests_until = NOON
        self.rested: tuple[str, str] | None = None  # by whom, and which words, the last time

    @property
    def signed(self) -> set[str]:
        """The words that all of them said yes to."""
        both = self.teller & self.editor
        return both & self.guardian if self.is_childs else both


class Square(RuleBasedStateMachine):
    """Two players, one child and somebody without an account tell; two editors look; a refusal is an answer."""

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        clock.set(NOON)
        self.here = make.neighbourhood()
        db.session.add(make.spot(self.here))
        cast = (("Blauwe Reiger", False), ("Warme Sjaal", False), ("Stille Fiets", True))
        people = [make.person(self.here, name, is_young=young) for name, young in cast]
        self.tellers = [*((one.player_key, one.is_young) for one in people), (codes.new_key(), False)]
        self.told: dict[str, Told] = {}
        self.strangers: set[str] = set()
        self.numbers = count(1)

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

    def words(self) -> str:
        return f"Wat nummer{next(self.numbers)} zei."

    def one(self, index: int):
        """A story that is still there, with what the test knows of it."""
        here = [key for key, one in self.told.items() if not one.is_gone]
        found = queries.handed_in(self.here.id, here[index % len(here)]) if here else None
        return (found, self.told[found.key]) if found else (None, None)

    @rule(teller=which, called=st.sampled_from(("", "Bram")), young=yes, people=IN_IT)
    def tell(self, teller, called, young, people) -> None:
        who, is_young = self.tellers[teller]

        def act() -> None:
            made = service.tell(self.here, who, {**CONTENT, "words": self.words()}, "nl", called,
                                is_childs=young or is_young, pictures=[picture(one) for one in people])  # fmt: skip
            self.told[made.key] = Told(who, called, young or is_young)
            self.remember(made)

        self.attempt(act)

    def remember(self, made) -> None:
        """Who is in the pictures of what is told now."""
        last = made.last.content
        self.told[made.key].people[last["words"]] = {one["key"]: one["people"] for one in last["pictures"]}

    @initialize(people=IN_IT)
    def three_are_told(self, people) -> None:
        """Of a player and of somebody without an account, who both signed, and of the child."""
        for index, teller in enumerate((0, 3, 2)):
            self.tell(teller, "Bram", False, people)
            if teller != 2:
                self.look_and_sign(index, True)

    @rule(index=which, named=yes)
    def look_and_sign(self, index, named) -> None:
        """What most stories come to: else few of so many random lives are ever read."""
        self.decide(index, EDITORS[0], "good", False)
        self.say_yes(index, named)

    @rule(index=which)
    def edit(self, index) -> None:
        found, _one = self.one(index)
        if found:
            said = {"words": self.words()}
            if self.attempt(lambda: service.edit(found, self.here, said, "korter", EDITORS[0], Role.EDITOR)):
                self.remember(found)

    @rule(index=which, people=IN_IT)
    def change(self, index, people) -> None:
        """Told anew, also who is in its pictures; those of whom nothing is said now go, and more come."""
        found, _one = self.one(index)
        if not found:
            return
        had = found.last.content["pictures"]

        def act() -> None:
            kept = [{**one, "people": who} for one, who in zip(had, people, strict=False)]
            new = [picture(who) for who in people[len(kept) :]]
            said = {**CONTENT, "words": self.words(), "pictures": [*kept, *new]}
            service.change(found, self.here, said, "nl")

        if self.attempt(act):
            self.remember(found)

    @rule(index=which, who=editor, verdict=st.sampled_from(("good", "good", "good", "back", "away")), shown=yes)
    def decide(self, index, who, verdict, shown) -> None:
        found, one = self.one(index)
        if not found:
            return
        key = found.key if shown else found.desk_key
        said = (found.last if "." in key else found.shown or found.last).content["words"]
        before, made = set(one.editor), []
        reason = "" if verdict == "good" else "private"
        if self.attempt(lambda: made.append(
            desk.decide(self.here.id, "story", key, verdict, who, Role.EDITOR, reason=reason).key
        )):  # fmt: skip
            one.before = (made[0], who, before)
            if verdict == "good":
                one.editor.add(said)
            elif verdict == "away" or "." not in key:
                one.editor.clear()

    @rule(index=which)
    def undo(self, index) -> None:
        _found, one = self.one(index)
        if one and one.before:
            key, who, before = one.before
            if self.attempt(lambda: desk.undo(self.here.id, key, who, Role.EDITOR)):
                one.editor, one.before = before, None

    @rule(index=which, named=yes)
    def say_yes(self, index, named) -> None:
        found, one = self.one(index)
        if found:
            seen, said, was_away = found.last.hash, found.last.content["words"], found.state == State.AWAY
            if self.attempt(lambda: service.approve(found, seen, found.who, "receipt", named=named)):
                one.teller.add(said)
                one.may_be_named |= named and bool(one.called) and not one.is_childs
                if said in one.signed and not one.is_childs and one.rests_until <= clock.now():
                    assert queries.one(self.here.id, found.key).words == said, "both signed it"
            else:
                assert was_away

    @rule(index=which)
    def a_parent_says_yes(self, index) -> None:
        found, one = self.one(index)
        if found:
            seen, said = found.last.hash, found.last.content["words"]
            if self.attempt(lambda: guardians.say_yes(found, seen)):
                one.guardian.add(said)

    @rule(index=which, wish=yes)
    def a_parent_takes_the_yes_back(self, index, wish) -> None:
        found, one = self.one(index)
        if not found or not one.is_childs:
            return
        said = found.last.content["words"]
        if self.attempt(lambda: guardians.wish(found, "Zonder de laatste zin.") if wish else guardians.end(found)):
            one.guardian.clear()
            one.editor -= {said} if wish else set()

    @rule(index=which, who=editor, days=st.integers(1, 14))
    def let_it_rest(self, index, who, days) -> None:
        found, one = self.one(index)
        if not found:
            return
        is_read, seen = bool(queries.one(self.here.id, found.key)), found.shown.hash if found.shown else ""
        again = one.rested == (who, seen)
        if self.attempt(lambda: pauses.pause(found, days, "looking", who, Role.EDITOR)):
            assert is_read
            assert not again
            one.rests_until, one.rested = clock.now() + timedelta(days=days), (who, seen)
        else:
            assert again or not is_read

    @rule(index=which)
    def let_it_be_read_again(self, index) -> None:
        found, one = self.one(index)
        if found and self.attempt(lambda: pauses.go_on(found, EDITORS[1], Role.EDITOR)):
            one.rests_until = NOON

    @rule(days=st.integers(1, 8), sweeps=yes)
    def days_pass(self, days, sweeps) -> None:
        clock.set(clock.now() + timedelta(days=days))
        if sweeps:
            db.session.commit()
            with current_app.test_request_context("/w/lombok/"):
                pauses.sweep()

    @rule(index=which, uses=st.sets(st.sampled_from([EMBED, VOICE, NAME])))
    def allow(self, index, uses) -> None:
        found, one = self.one(index)
        if found and self.attempt(lambda: service.allow(found, uses, "receipt")):
            one.may_be_named = NAME in uses and bool(one.called) and not one.is_childs

    @rule(index=which)
    def take_the_name_away(self, index) -> None:
        found, one = self.one(index)
        if found and self.attempt(lambda: service.take_name_away(found)):
            one.called, one.may_be_named = "", False

    @rule(index=which, reason=st.sampled_from(("threat", "private", "other")))
    def report(self, index, reason) -> None:
        found, one = self.one(index)
        if found and self.attempt(lambda: desk.report(self.here.id, "story", found.key, reason)):
            is_hidden = queries.handed_in(self.here.id, found.key).state == State.WAITING
            one.editor = set() if is_hidden else one.editor

    @rule(index=which)
    def withdraw(self, index) -> None:
        found, one = self.one(index)
        if found and self.attempt(lambda: service.withdraw(found)):
            one.is_gone = True

    @rule(teller=st.integers(0, 2), stays=yes)
    def ask_to_be_erased_and_come_back(self, teller, stays) -> None:
        """All of it is as it was: the test remembers nothing new."""
        who, is_young = self.tellers[teller]
        person = players.by_player_key(who)
        if person is None:
            return
        heir = self.heir() if stays else None

        def act() -> None:
            device = joining.device(joining.sign_in(person))
            erasure.ask(person, person.name, device, heir)
            assert faults() == []
            gone = {key for key, one in self.told.items() if one.who == who and not (stays and not is_young)}
            assert not {key for key in gone if queries.one(self.here.id, key)}, "what goes is read no more"
            assert not queries.names(queries.some([key for key, one in self.told.items() if one.who == who]))
            erasure.undo(device)

        assert self.attempt(act)

    def heir(self) -> Heir:
        return Heir(self.here.id, codes.new_key(), codes.long_code())

    @rule(teller=st.integers(0, 2), stays=yes)
    def erase_the_account(self, teller, stays) -> None:
        who, is_young = self.tellers[teller]
        if who in self.strangers:
            return
        heir = self.heir()

        def act() -> None:
            if stays:
                staying.move(who, heir)
                staying.settle(heir.subject)
            for data in reversed(SORTS.all()):
                data.erase(who)
                db.session.flush()

        if self.attempt(act):
            self.tellers[teller] = (heir.subject, False)  # from now on somebody else, without an account
            self.strangers.add(self.tellers[teller][0])
            for one in (one for one in self.told.values() if one.who == who):
                one.is_gone |= not stays or is_young
                one.who, one.called, one.may_be_named = self.tellers[teller][0], "", False

    @invariant()
    def the_rows_are_whole(self) -> None:
        assert faults() == []

    @invariant()
    def a_visitor_reads_exactly_what_was_signed(self) -> None:
        listed = collection.page(self.here, Asked())
        opened = [story for key in self.told if (story := queries.one(self.here.id, key))]
        assert {one.key for one in listed} == {one.key for one in opened}
        assert queries.many(self.here.id)[0] == len(opened)
        for story in opened:
            assert story.words in self.told[story.key].signed
            assert not self.told[story.key].is_gone
            assert self.told[story.key].rests_until <= clock.now()
        named = {story.key for story in opened if queries.names([story])}
        assert named <= {key for key, one in self.told.items() if one.may_be_named}

    @invariant()
    def of_its_pictures_a_visitor_sees_those_whose_people_said_yes_and_no_face_with_a_childs(self) -> None:
        for key, one in self.told.items():
            if story := queries.one(self.here.id, key):
                may = {"nobody", "unrecognisable"} | (set() if one.is_childs else {"consented"})
                expected = [each for each, people in one.people[story.words].items() if people in may]
                assert [each.key for each in story.pictures] == expected

    @invariant()
    def what_is_gone_is_found_nowhere(self) -> None:
        gone = {key for key, one in self.told.items() if one.is_gone}
        assert not gone & {story.key for story in collection.page(self.here, Asked(words="wat"))}
        assert not gone & {one.key for one in db.session.scalars(select(Showing).where(Showing.until.is_(None)))}


def test_whatever_is_done_to_stories_what_must_hold_holds(inside, clock):
    machine = settings(
        max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.reuse, Phase.generate),
    )  # fmt: skip
    run_state_machine_as_test(Square, settings=machine)


# ---- faults planted on purpose: `stories check` finds each


@pytest.fixture
def here(inside, clock):
    made = make.neighbourhood()
    db.session.add(make.spot(made))
    db.session.flush()
    return made


@pytest.fixture
def tell(here):
    """A story handed in, and whatever has to be signed."""

    def tell(called: str = "Bram", people: str = "nobody", **more):
        return service.tell(here, codes.new_key(), {**CONTENT, "words": "Buurman Teun."}, "nl", called,
                            pictures=[picture(people)], **more)  # fmt: skip

    return tell


@pytest.fixture
def good(app, here):
    def good(one) -> None:
        with app.test_request_context("/w/lombok/"):
            desk.decide(here.id, "story", one.desk_key, "good", EDITORS[0], Role.EDITOR)

    return good


@pytest.fixture
def shown(tell, good):
    one = tell()
    good(one)
    service.approve(one, one.last.hash, one.who, "receipt", named=True)
    service.allow(one, {NAME, EMBED}, "receipt")
    assert faults() == []
    return one


def found(*parts: str) -> bool:
    """Whether a fault says each of these."""
    return all(any(part in fault for fault in faults()) for part in parts)


def test_an_editor_who_sets_a_consent_is_found(tell, good, monkeypatch):
    yes = contributions.say_yes

    def and_for_the_teller(one, version, editor) -> None:
        consent.give("story", one.id, editor, {SITE})
        yes(one, version, editor)

    monkeypatch.setattr(contributions, "say_yes", and_for_the_teller)
    good(tell())
    assert found("somebody else than its teller said yes")


def test_a_version_that_its_teller_did_not_sign_is_found(shown, here, good, monkeypatch):
    service.edit(shown, here, {"words": "Heel iets anders."}, "", EDITORS[1], Role.EDITOR)
    monkeypatch.setattr(kind.Stories, "signers", lambda _kind, _one: frozenset())
    monkeypatch.setattr(kind.Stories, "signed_as", "")
    service.STORY.signed_as = "teller"  # whatever the class says, the check knows who must sign
    contributions.say_yes(shown, shown.last, EDITORS[0])
    assert found("without its teller's signature")


def test_a_story_that_changes_after_it_was_signed_is_found(shown):
    queries.of_contribution(shown.id).words = "Een bijzin erbij."
    assert found("something else than the version that is shown")
    queries.of_contribution(shown.id).words = "Buurman Teun."
    shown.shown.content = {**shown.shown.content, "theme": "war"}
    assert found("no longer what was signed")


def test_a_story_that_stays_after_its_teller_ended_the_yes_is_found(shown):
    consent.end("story", shown.id, shown.who, {SITE}, shown.who)
    assert found("without its teller's yes to the site")


@pytest.mark.parametrize(
    ("owner", "forgotten", "fault"),
    [
        (Story, "empty", "what was made of it is not"),
        (kind, "note", "the uses noted for its copies"),
        (media, "let_go", "is kept, and no story has it"),
        (consent, "end_all", "stand, and the story is gone"),
    ],
)
def test_whatever_a_withdrawal_forgets_is_found(shown, monkeypatch, owner, forgotten, fault):
    monkeypatch.setattr(owner, forgotten, lambda *_given, **_named: None)
    service.withdraw(shown)
    assert found(fault)


@pytest.mark.parametrize("column", ["title", "words", "called", "found", "edtf", "spot_id", "sound_key"])
def test_whatever_is_left_in_the_row_of_a_withdrawn_story_is_found(shown, monkeypatch, column):
    empty = Story.empty

    def all_but_one(story, moment) -> None:
        before = getattr(story, column) or "x"
        empty(story, moment)
        setattr(story, column, before)

    monkeypatch.setattr(Story, "empty", all_but_one)
    service.withdraw(shown)
    assert found(f"its row still has {column}")


def test_a_name_with_who_is_anonymous_or_a_child_is_found(tell, shown):
    nameless = tell(called="")
    consent.give("story", nameless.id, nameless.who, {NAME})
    assert found("its teller is anonymous")
    shown.shown.content = {**shown.shown.content, "young": True}
    assert found("its teller is a child", "who cares for them")


def test_a_picture_of_people_who_were_not_asked_is_found_and_a_face_with_a_childs_story(tell, good, monkeypatch):
    monkeypatch.setattr(pictures, "why_not", lambda _said, _is_childs: None)
    for people, more in (("unasked", {}), ("consented", {"is_childs": True})):
        one = tell(people=people, **more)
        good(one)
        service.approve(one, one.last.hash, one.who, "receipt")
        if more:
            service.approve(one, one.last.hash, "a parent", "paper", kind.GUARDIAN)
    assert found("somebody in it was not asked", "shows people who can be recognised")


def test_a_picture_that_is_not_of_what_was_signed_is_found(shown):
    queries.of_contribution(shown.id).pictures[0].about = "Heel iets anders"
    assert found("other pictures than the version")


def test_a_voice_without_a_text_is_found(shown):
    queries.of_contribution(shown.id).sound_key = "a voice"
    assert found("its voice is heard without a text")


def test_the_command_says_how_many_it_looked_at_and_fails_on_a_fault(app, shown):
    db.session.commit()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["stories", "check"]).output == "1 stories, 0 faults\n"
    with writing():
        db.session.scalars(select(Story)).one().words = "Anders."
    answer = runner.invoke(args=["stories", "check"])
    assert answer.exit_code == 1
    assert answer.output.endswith("1 stories, 1 faults\n")
