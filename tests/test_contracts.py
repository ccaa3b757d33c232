"""The contracts of the project can fail: planted faults are refused by the tool that watches over them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Blueprint, Flask

from core import create_app

ROOT = Path(__file__).resolve().parents[1]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code without its data, to plant a fault in."""
    for name in ("core", "game", "tours"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "*.json"))
    for name in ("wsgi.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words], cwd=cwd, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("core/clock.py", "import core.database", "core, from the clock up"),
        ("core/guard.py", "import game", "game and tours stand on core"),
        ("tours/__init__.py", "import game.seasons", "game and tours stand on core"),
        ("game/__init__.py", "import wsgi", "wsgi.py alone knows every part"),
        ("game/scoring/models.py", "import game.scoring.service", "a slice: the web on top"),
        ("game/encounters/service.py", "import flask", "models, services, queries, kinds and rules know no web"),
    ],
)
def test_an_import_in_the_wrong_direction_is_refused(copy: Path, file: str, line: str, broken: str):
    with (copy / file).open("a") as module:
        module.write(f"\n{line}\n")
    said = run(LINT_IMPORTS, "--no-cache", cwd=copy)
    assert said.returncode != 0
    assert re.search(rf"{re.escape(broken)}.* BROKEN", said.stdout)


def test_a_new_module_of_core_needs_a_place_in_the_order(copy: Path):
    (copy / "core" / "helpers.py").touch()
    said = run(LINT_IMPORTS, "--no-cache", cwd=copy)
    assert said.returncode != 0
    assert "core.helpers" in said.stdout


def test_an_untyped_function_is_refused(tmp_path: Path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "planted.py").write_text("def price(meeting):\n    return 10\n")
    said = run(sys.executable, "-m", "mypy", "core", cwd=tmp_path)
    assert said.returncode == 1
    assert "core/planted.py:1: error: Function is missing a type annotation" in said.stdout


def test_a_route_without_a_rights_row_does_not_start(tmp_path: Path):
    class Planted:
        @staticmethod
        def init_app(app: Flask) -> None:
            part = Blueprint("planted", __name__)
            part.add_url_rule("/planted", view_func=lambda: "everybody may read this", endpoint="open_door")
            app.register_blueprint(part)

    with pytest.raises(RuntimeError, match=r"planted\.open_door has no row in the rights table"):
        create_app(parts=(Planted,), settings={"testing": True, "media": str(tmp_path), "queue_url": "memory://"})


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_we_chose_says_why(name: str):
    chosen, _, _ = (ROOT / name).read_text().partition("# --- brought along")
    lines = [line for line in chosen.splitlines()[1:] if line and not line.startswith("-r ")]
    unexplained = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if not line.startswith("#") and not before.startswith("#") and base(line) != base(before)
    ]
    assert not unexplained


def base(line: str) -> str:
    """The project a line belongs to: psycopg-binary goes with psycopg."""
    return re.split(r"[=-]", line)[0].lower()


def test_every_version_is_exact():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line.split(" ;")[0] for line in (ROOT / name).read_text().splitlines() if line and line[0] not in "#-"]
        assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
