"""Where things stand: what knows the web, has routes or keeps tables is told by its file's name (docs/architecture.md).

import-linter's wildcards let an import in a file of another name through; this reads the syntax of each file. And a
template is as narrow as code: one that only fits by being wide is two (docs/style.md).
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDEST = 120  # characters; ruff keeps it for Python
WEB = {"flask", "werkzeug"}
NOT_WEB = {"Flask", "current_app"}  # an app to register with, and its settings
KNOW_THE_WEB = {  # by name, in a slice: what else asks a request or makes an address
    "core/contributions/at_desk.py": "draws a contribution as it will be",
    "core/demo/command.py": "the demo's ways in are printed as addresses",
    "core/maps/drawings.py": "which ground lies under the page that is asked for",
    "core/people/kept_forms.py": "whose a form is that waited on a phone, and since when",
    "core/people/waiting.py": "a strip on every page counts for who asks",
    "core/places/sheet.py": "the address behind each plate",
    "core/staff/devices.py": "the cookie of a device",
    "core/staff/tries.py": "whose tries are counted",
    "core/staff/typed.py": "what was typed before somebody had to prove who they are",
    "game/challenges/at_desk.py": "draws a challenge as it will be",
    "game/dialogues/at_desk.py": "draws what was learned as it will be",
    "game/encounters/addresses.py": "how encounters stand in addresses",
    "game/encounters/after.py": "which page comes after an answer",
    "game/initiatives/at_desk.py": "draws an initiative as it stands",
    "tours/walks/at_desk.py": "draws a walk as it will be",
    "game/visits/forms.py": "what a form says of being there",
}
KEEP_TABLES = {  # a small thing with its table and its rules in one file
    "core/people/blocks.py", "core/people/cards.py", "core/people/erasure.py", "core/people/households.py",
    "core/people/mail_links.py", "core/people/suspensions.py", "core/people/zones.py",
    "game/encounters/signals_found.py",
}  # fmt: skip


def slices() -> Iterator[tuple[str, str, ast.Module]]:
    """Each file of a slice: its path, its name, its syntax. The ground (core/*.py) and the server are none."""
    for part in ("core", "game", "tours"):
        for file in sorted((ROOT / part).rglob("*.py")):
            path = file.relative_to(ROOT)
            if len(path.parts) > 2 and path.parts[1] not in {"serving", "migrations"}:
                yield str(path), file.stem, ast.parse(file.read_text())


def is_for_the_web(name: str) -> bool:
    return name.startswith("views") or name.endswith("_pages") or name in {"api", "cli"}


def imports_the_web(tree: ast.Module) -> bool:
    for node in ast.walk(tree):
        roots, names = set[str](), set[str]()
        if isinstance(node, ast.Import):
            roots = names = {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots, names = {(node.module or "").partition(".")[0]}, {alias.name for alias in node.names}
        if roots & WEB and names - NOT_WEB:
            return True
    return False


def has_routes(tree: ast.Module) -> bool:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in {"add_url_rule", "route"} for call in calls)


def test_only_pages_know_the_web_and_who_is_named_here():
    knows = {path for path, name, tree in slices() if imports_the_web(tree) and not is_for_the_web(name)}
    assert knows == set(KNOW_THE_WEB)


def test_routes_stand_in_pages():
    assert [path for path, name, tree in slices() if has_routes(tree) and not is_for_the_web(name)] == []


def test_tables_stand_in_models_and_in_who_is_named_here():
    keep = {
        path
        for path, name, tree in slices()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not name.startswith("models")
        if any(isinstance(base, ast.Name) and base.id == "Model" for base in node.bases)
    }
    assert keep == KEEP_TABLES


def test_no_line_of_a_template_is_wide():
    templates = ROOT / "templates"
    wide = [
        f"{file.relative_to(templates)}:{number}"
        for file in sorted(templates.rglob("*"))
        if file.is_file()
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if len(line) > WIDEST
    ]
    assert wide == []
