"""Ideas that sleep and wake, and ideas that go on in another one: nobody is counted twice, nothing is deleted."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.contributions import queries as handed_in
from core.contributions import service as contributions
from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from core.refusal import Refusal
from core.steps import queries as steps
from game.ideas import queries, service
from game.ideas.course import ADOPTED, COURSE, IDLE, MERGED, NOT_NOW, UPHELD
from game.ideas.kind import PROPOSAL
from game.ideas.models import Idea, Merged
from tests import make
from tests.forms import key_in, words
from tests.game.ideas.test_ideas import AT, FORM_CONTENT, editor

pytestmark = pytest.mark.both
DAY = timedelta(days=1)


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        here, _season = make.world()
        with writing():
            db.session.add(make.spot(here))
    return app


def shown(title: str, who: str = "", sort: str = "activity") -> Idea:
    """An idea that everybody reads. Inside `writing()`."""
    here = neighbourhoods.by_slug("lombok")
    said = {**FORM_CONTENT, "title": title, "sort": sort}
    made = contributions.hand_in(PROPOSAL, here, who or f"who sent {title}"[:26], said, "nl", named=False)
    contributions.say_yes(made, made.last, "an editor")
    found = queries.one(here.id, made.key)
    assert found is not None
    return found


def titles(here: int, asleep: bool) -> list[str]:
    return [row.idea.title for row in queries.of(here, asleep)]


def test_an_idea_sleeps_after_half_a_year_and_a_co_sign_or_a_step_wakes_it(lombok):
    begun = clock.now()
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok").id
        for title in ("Bank", "Boom", "Bak"):
            shown(title)
    for passed, asleep in ((IDLE - DAY, []), (IDLE, ["Bak", "Boom", "Bank"])):
        clock.set(begun + passed)
        with lombok.app_context():
            assert titles(here, asleep=True) == asleep
    with lombok.app_context(), writing():
        bank, boom = (
            next(row.idea for row in queries.of(here, True) if row.idea.title == one) for one in ("Bank", "Boom")
        )
        service.sign(bank, "a neighbour", shows_name=False)
        service.decide(boom, NOT_NOW, "an editor", "Nu niet.", "nl")
    with lombok.app_context():
        assert (titles(here, asleep=True), titles(here, asleep=False)) == (["Bak"], ["Boom", "Bank"])


def test_what_sleeps_stands_apart_and_still_waits_for_its_answer(lombok):
    with lombok.app_context(), writing():
        key = shown("Een bank").key
    clock.set(clock.now() + IDLE)
    page = words(lombok.test_client().get(AT).text)
    assert "Ze slapen" in page
    assert "Dit idee slaapt" in words(lombok.test_client().get(f"{AT}/{key}").text)
    assert "Een bank" in editor(lombok).get("/w/lombok/staff/ideas").text


def test_what_goes_ahead_never_sleeps(lombok):
    with lombok.app_context(), writing():
        one = shown("Een bank")
        here = one.neighbourhood_id
        service.decide(one, ADOPTED, "an editor", "Het mag.", "nl")
    clock.set(clock.now() + 10 * IDLE)
    with lombok.app_context():
        assert titles(here, asleep=False) == ["Een bank"]


NEIGHBOURS = st.sets(st.sampled_from(["ann", "bob", "cas", "dee", "eve", "sender of into"]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=NEIGHBOURS, second=NEIGHBOURS, into=NEIGHBOURS)
def test_merged_each_person_counts_once_and_never_who_sent_it(lombok, first, second, into):
    with lombok.app_context(), writing():
        target = shown("In dit", "sender of into")
        sources = [shown(f"Bron {number}") for number in (1, 2)]
        for idea, who in ((sources[0], first), (sources[1], second), (target, into - {"sender of into"})):
            for one in sorted(who):
                service.sign(idea, one, shows_name=True)
        for one in sources:
            service.merge(one, target, "an editor", "Dat is hetzelfde.", "nl")
        everybody = (first | second | into) - {"sender of into"}
        counted = queries.many_signed([target.key, sources[0].key])
        assert counted.get(target.key, 0) == len(everybody)
        assert counted.get(sources[0].key, 0) == len(first)
        assert titles(target.neighbourhood_id, asleep=False) == ["In dit"]
        for one in (*sources, target):
            contributions.remove(PROPOSAL, contributions_of(one.key))


def contributions_of(key: str):
    return db.session.scalars(handed_in.by_keys(PROPOSAL.name, [key])).one()


def test_it_goes_on_only_in_one_that_goes_on_itself_and_never_round(lombok):
    with lombok.app_context(), writing():
        one, two, no = shown("Een"), shown("Twee"), shown("Nee")
        service.decide(no, NOT_NOW, "an editor", "Nee.", "nl")
        for into in (one, no, None):
            with pytest.raises(Refusal):
                service.merge(one, into, "an editor", "Hetzelfde.", "nl")
        service.merge(one, two, "an editor", "Hetzelfde.", "nl")
        for idea, into in ((two, one), (two, shown("Drie")), (shown("Vier"), one)):
            with pytest.raises(Refusal):
                service.merge(idea, into, "an editor", "Hetzelfde.", "nl")
        assert queries.goes_on_in(one.key) == two


def test_who_does_not_agree_asks_another_editor_who_parts_them(lombok):
    with lombok.app_context(), writing():
        one, two = shown("Een", "its sender"), shown("Twee")
        service.merge(one, two, "an editor", "Hetzelfde.", "nl")
        service.appeal(one, "its sender", "Het is iets anders.", "nl")
        for to, who in ((UPHELD, "another"), (NOT_NOW, "an editor")):
            with pytest.raises(Refusal):
                service.decide(one, to, who, "Zo.", "nl")
        service.decide(one, ADOPTED, "another", "Inderdaad.", "nl")
        assert [taken.state for taken in steps.of(COURSE.kind, one.key)] == [MERGED, "appealed", ADOPTED]
        assert queries.goes_on_in(one.key) is None


def test_its_target_taken_back_it_waits_for_an_editor_again_and_no_row_leads_there(lombok):
    with lombok.app_context(), writing():
        one, two = shown("Een"), shown("Twee")
        service.merge(one, two, "an editor", "Hetzelfde.", "nl")
        contributions.withdraw(contributions_of(two.key))
        assert db.session.query(Merged).count() == 0
        assert [row.idea.title for row, _since in queries.to_answer(one.neighbourhood_id)] == ["Een"]


def test_an_editor_merges_on_the_page_and_its_page_leads_on(lombok):
    with lombok.app_context(), writing():
        one, two = shown("Een ruiltafel").key, shown("Een ruilkast").key
    device = editor(lombok)
    sent = {"to": MERGED, "words": "Dat is hetzelfde idee.", "client_key": key_in(device.get(f"{AT}/{one}").text)}
    assert device.post(f"/w/lombok/staff/ideas/{one}", data={**sent, "into": ""}).status_code == 422
    assert device.post(f"/w/lombok/staff/ideas/{one}", data={**sent, "into": two}).status_code == 303
    reader = lombok.test_client()
    assert f"{AT}/{two}" in reader.get(f"{AT}/{one}").text
    assert "Een ruiltafel" not in reader.get(AT).text
    assert "Een ruiltafel" in reader.get(f"{AT}/{two}").text
