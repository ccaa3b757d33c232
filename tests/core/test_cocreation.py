"""The command that looks whether what people do together is as it must be."""

import pytest

from core import clock as time
from core.contributions import service as contributions
from core.database import db, writing
from core.steps.models import Step
from game.ideas import queries, service
from game.ideas.course import COURSE, EDITOR, NOT_NOW, UPHELD
from game.ideas.kind import PROPOSAL
from game.ideas.models import CoSign

SAID = {"title": "Een bank", "words": "", "sort": "change", "spot": ""}


@pytest.fixture
def idea(app, here, amina, bram):
    """One of Amina's, that Bram decided about."""
    with writing():
        made = contributions.hand_in(PROPOSAL, here, amina.player_key, SAID, "nl", named=False)
        contributions.say_yes(made, made.last, "an editor")
        service.decide(queries.one(here.id, made.key), NOT_NOW, bram.player_key, "Vol.", "nl")
    return made


def checked(app):
    done = app.test_cli_runner().invoke(args=["cocreation", "check"])
    return done.exit_code, done.output.strip().splitlines()


def test_what_is_as_it_must_be_is_counted_and_nothing_is_said_of_it(app, idea):
    assert checked(app) == (0, ["2 things, 0 faults"])


def step(idea, number: int, state: str, by: str, words: str = "Daarom.") -> Step:
    return Step(
        kind=COURSE.kind, about=idea.key, number=number, state=state, by=by, as_what=EDITOR, words=words, language="nl",
        at=time.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (lambda idea, bram, cem: step(idea, 2, UPHELD, cem), "from not_now to upheld by editor"),
        (lambda idea, bram, cem: step(idea, 3, "adopted", cem), "a step is gone"),
        (lambda idea, bram, cem: step(idea, 2, "adopted", cem, words=""), "a step without words"),
        (lambda idea, bram, cem: step(idea, 2, UPHELD, bram), "looked at again by who decided"),
        (lambda idea, bram, cem: step(idea, 2, "adopted", idea.who), "decided by who sent it"),
        (lambda idea, bram, cem: CoSign(idea=idea.key, who=idea.who, shows_name=False, at=time.now()),
         "signed by who sent it"),
    ],
)  # fmt: skip
def test_what_no_service_would_do_is_named_and_the_command_fails(app, idea, bram, cem, planted, said):
    with writing():
        db.session.add(planted(idea, bram.player_key, cem.player_key))
    code, lines = checked(app)
    assert code == 1
    assert any(f"idea {idea.key}: {said}" == line for line in lines[:-1]), lines
