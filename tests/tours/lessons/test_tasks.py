"""Eight kinds of tasks: what each keeps, what it takes for an answer, and that it is there on screen and on paper."""

import json
from pathlib import Path

import pytest
from flask import render_template

from core.refusal import Refusal
from tours.lessons import tasks
from tours.lessons.tasks import KINDS

ROOT = Path(__file__).resolve().parents[3]
SAID = {
    "look": {"options": [{"words": "Een vis", "drawing": "fish"}, {"words": "Een paard"}]},
    "difference": {"then": "Hier stond een slager."},
    "count": {"counts": ["deuren", "groene deuren"]},
    "draw": {},
    "interview": {"questions": ["Wat was hier vroeger?", "Wat mist u?"]},
    "sentence": {"begin": "Vroeger was hier …"},
    "timeline": {"events": [{"words": "De brug"}, {"words": "De soep"}, {"words": "De pomp"}]},
    "source": {"statements": [{"words": "De winkel sloot in 1983."}, {"words": "De worst was lekker."}]},
}
ANSWERS = {
    "look": ({"choice": "1"}, {"choice": "1"}, ["Een paard"]),
    "difference": ({"gone": " Het bord ", "new": ""}, {"gone": "Het bord"}, ["Dit is weg: Het bord"]),
    "count": ({"number-0": "12", "number-1": "2,5"}, {"numbers": [12, 2.5]}, ["12 deuren", "2.5 groene deuren"]),
    "draw": ({"words": "De brug"}, {"words": "De brug"}, ["De brug"]),
    "interview": ({"answer-1": "De worst"}, {"answers": ["", "De worst"]}, ["Wat mist u? De worst"]),
    "sentence": ({"words": "Bir\nsu sesi"}, {"words": "Bir\nsu sesi"}, ["Bir\nsu sesi"]),
    "timeline": (
        {"place-0": "2", "place-1": "1", "place-2": "9"},
        {"places": [2, 1, 0]},
        ["1. De soep", "2. De brug"],
    ),
    "source": (
        {"sort-0": "check", "sort-1": "", "how": "In het archief"},
        {"sorts": ["check", ""], "how": "In het archief"},
        ["“De winkel sloot in 1983.” nakijken", "In het archief"],
    ),
}


def task(kind: str, more=()):
    return tasks.fit({**{"key": "t1", "kind": kind, "at": "brug", "ask": "Kijk.", "said": SAID[kind]}, **dict(more)})


def test_there_are_eight_and_each_is_tried_here():
    assert set(KINDS) == set(SAID) == set(ANSWERS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_task_is_the_same_after_json(kind):
    one = task(kind, {"of": ["a" * 26], "minutes": 9, "help": "Kijk omhoog."})
    assert tasks.fit(json.loads(json.dumps(one.written()))) == one


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_read_and_told(app, kind):
    sent, kept, told = ANSWERS[kind]
    with app.test_request_context("/"):
        assert tasks.read_answer(task(kind), sent) == kept == json.loads(json.dumps(kept))
        assert tasks.read_answer(task(kind), {f"a-{name}": text for name, text in sent.items()}, "a-") == kept
        assert tasks.tell(task(kind), kept) == told


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sent", [{}, {"choice": "7", "number-0": "NaN", "place-0": "-1", "sort-0": "true"}])
def test_what_was_left_open_or_is_not_there_to_pick_is_nothing(app, kind, sent):
    with app.test_request_context("/"):
        assert tasks.read_answer(task(kind), sent) == {}
        assert tasks.tell(task(kind), {}) == []


@pytest.mark.parametrize(("kind", "name"), [("sentence", "words"), ("interview", "answer-0"), ("source", "how")])
def test_a_text_that_is_too_long_is_refused_at_its_field(app, kind, name):
    with app.test_request_context("/"), pytest.raises(Refusal) as no:
        tasks.read_answer(task(kind), {name: "a" * 4000})
    assert no.value.field == name


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_on_screen_and_on_paper(app, kind):
    one = task(kind)
    said = {"task": one, "said": one.said, "told": {}, "spoken": "nl", "prefix": "a-", "answer": ANSWERS[kind][1]}
    with app.test_request_context("/"):
        on_screen, on_paper = (render_template(of(one), **said) for of in (tasks.screen, tasks.paper))
    assert 'name="a-' in on_screen
    assert "<input" not in on_paper


WRONG = [
    {"kind": "poll"}, {"kind": ["look"]}, {"ask": ""}, {"ask": "a" * 161}, {"minutes": 0}, {"minutes": "5"},
    {"of": "x"}, {"of": [3]}, {"said": []}, {"said": {"options": []}}, {"said": {"options": [{"words": "a"}] * 7}},
    {"said": {"options": [{"words": "a", "drawing": "../secret"}] * 2}}, {"key": "k" * 13}, {"at": None},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_a_task_is_refused(app, wrong):
    with app.test_request_context("/"), pytest.raises(Refusal):
        task("look", wrong)


@pytest.mark.parametrize("kind", KINDS.values())
def test_each_kind_has_a_drawing_of_ours_and_a_line_in_the_page_about_kinds(kind):
    assert f'id="i-{kind.icon}"' in (ROOT / "static/icons/icons.svg").read_text()
    assert f"| `{kind.name}` |" in (ROOT / "docs/add-a-task.md").read_text()


@pytest.mark.parametrize("name", tasks.look.DRAWINGS)
def test_each_drawing_of_what_there_is_to_see_is_there(name):
    assert (ROOT / f"static/illustrations/lessons/{name}.svg").is_file()
