"""Every act that the code records has words in the log: the code itself is read for what it records."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from core.audit import acts
from core.desk.models import Verdict

ROOT = Path(__file__).resolve().parents[3]
BUILT = {  # actions that are put together
    "desk.{answer}": {f"desk.{verdict}" for verdict in Verdict},
    "{self.kind.name}.publish": {"gathering.publish"},  # of the kinds that some publish themselves
}


def recorded() -> set[str]:
    """Each action in a call of `audit.record`, or of a function of the same module that passes it on."""
    found: set[str] = set()
    for part in ("core", "game", "tours"):
        for file in (ROOT / part).rglob("*.py"):
            found |= set(_recorded_in(ast.parse(file.read_text())))
    return found


def _recorded_in(module: ast.Module) -> Iterator[str]:
    for holder in ast.walk(module):
        if isinstance(holder, ast.FunctionDef):
            for call in _calls(holder, "audit.record"):
                yield from _actions(module, holder, call.args[0])


def _actions(module: ast.Module, holder: ast.FunctionDef, said: ast.expr) -> Iterator[str]:
    if isinstance(said, ast.Constant):
        yield said.value
    elif isinstance(said, ast.IfExp):
        yield from _actions(module, holder, said.body)
        yield from _actions(module, holder, said.orelse)
    elif isinstance(said, ast.JoinedStr):
        yield from BUILT[ast.unparse(said).removeprefix("f").strip("'\"")]
    else:
        number = [argument.arg for argument in holder.args.args].index(ast.unparse(said))
        for call in _calls(module, holder.name):
            yield from _actions(module, holder, call.args[number])


def _calls(within: ast.AST, name: str) -> Iterator[ast.Call]:
    yield from (one for one in ast.walk(within) if isinstance(one, ast.Call) and ast.unparse(one.func) == name)


def test_every_act_that_the_code_records_has_a_label_and_every_label_an_act(app: Flask):
    with app.app_context():
        assert set(acts.by_action()) == recorded()
    assert len(recorded()) > 30


def test_a_label_fits_the_part_that_it_stands_with(app: Flask):
    with app.app_context():
        for part in acts.PARTS.all():
            assert part.on_players <= part.labels.keys()
            assert all(str(words) for words in (part.name, *part.labels.values()))


def test_an_act_has_one_label(app: Flask):
    with app.app_context():
        labelled = [action for part in acts.PARTS.all() for action in part.labels]
    assert len(labelled) == len(set(labelled))


@pytest.mark.parametrize("source", ["audit.record(action, 1)", "audit.record(f'desk.{other}', 1)"])
def test_an_action_that_cannot_be_read_from_the_code_is_a_failure(source: str):
    with pytest.raises((ValueError, KeyError)):
        list(_recorded_in(ast.parse(f"def act():\n    {source}")))
