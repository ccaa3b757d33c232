"""Documentation that is checked: settings, commands, links, layers, tables about people, and texts on screen."""

import inspect
import re
import subprocess
import sys
import tomllib
import typing
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from flask import Flask

from core import personal_data
from core.config import INSTANCE, Settings
from core.database import Model, PlayerKey
from core.people.models import Person
from game.challenges.kinds import KINDS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
DUTCH = ROOT / "core/translations/nl/LC_MESSAGES/messages.po"
OF_THE_TESTS = {"BUURT_SAMPLES", "BUURT_CHROMIUM"}
MADE_BY_SETTING_UP = {"secret": "(made once, in `instance/secret`)", "public_url": "(the address of the request)"}

NAMELESS = {"audit_entry": "what was done in somebody else's name: player keys only, and the database lets none go"}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


# ---- settings ----


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_every_setting_is_documented_with_its_default(field):
    row = rf"^\| `BUURT_{field.name.upper()}` \| (.+?) \|"
    found = re.findall(row, text(DOCS / "settings.md"), re.MULTILINE)
    assert found == [MADE_BY_SETTING_UP.get(field.name) or said(field.default)]


def test_no_setting_is_named_that_does_not_exist():
    known = {f"BUURT_{field.name.upper()}" for field in fields(Settings)} | OF_THE_TESTS
    code = [file for part in ("core", "game", "tours") for file in (ROOT / part).rglob("*.py")]
    places = [*PAGES, *code, ROOT / "Makefile", ROOT / "requirements.txt", ROOT / "wsgi.py"]
    named = {name for place in places for name in re.findall(r"BUURT_[A-Z][A-Z_]*", text(place))}
    assert named == known


@pytest.mark.parametrize("name", ["HOST", "PORT", "TEST_POSTGRES_URL", *sorted(OF_THE_TESTS)])
def test_what_the_commands_and_the_tests_read_is_documented_too(name: str):
    assert f"| `{name}` |" in text(DOCS / "settings.md")


def said(default: object) -> str:
    """A default as the page writes it."""
    if isinstance(default, bool):
        return f"`{int(default)}`"
    return f"`{default}`".replace(str(INSTANCE), "instance") if default != "" else "(none)"


# ---- commands ----


def test_every_command_is_explained(site: Flask):
    explained = set(re.findall(r"^\| `([a-z ]+)` \|", text(DOCS / "deploy.md"), re.MULTILINE))
    assert explained == {*commands(site.cli.commands.values()), "db upgrade"}


def commands(found: Iterable[click.Command], above: str = "") -> Iterator[str]:
    """The names of our own commands, those in groups as "ledger replay"."""
    for command in found:
        name = f"{above}{command.name}"
        if isinstance(command, click.Group):
            yield from commands(command.commands.values(), f"{name} ")
        elif command.callback and inspect.unwrap(command.callback).__module__.startswith(("core.", "game.", "tours.")):
            yield name


def test_the_readme_has_its_two_commands_and_no_target_is_made_up():
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    shown = {page: set(re.findall(r"(?:^ {4}|`|\d )make ([a-z-]+)", text(page), re.MULTILINE)) for page in PAGES}
    assert {"run", "test"} <= shown[ROOT / "README.md"]
    assert set().union(*shown.values()) <= targets


# ---- what the pages point at ----


@each_page
def test_every_link_leads_to_a_file(page: Path):
    links = re.findall(r"\]\(([^)\s]+)\)", text(page)) + re.findall(r'(?:src|href)="([^"]+)"', text(page))
    files = [link.partition("#")[0] for link in links if not re.match(r"https?:|#", link)]
    assert [file for file in files if not (page.parent / file).is_file()] == []


@each_page
def test_every_file_of_the_code_that_a_page_names_is_there(page: Path):
    named = re.findall(
        r"\b(?:core|game|tours|tests|templates|static|docs)/[\w./-]+\.(?:py|json|md|html|js|po|svg)", text(page)
    )
    made_later = {"core/translations/tr/LC_MESSAGES/messages.po"}
    assert [file for file in named if not (ROOT / file).exists() and file not in made_later] == []


@each_page
def test_every_test_that_a_page_names_exists(page: Path):
    tests = "\n".join(text(file) for file in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", text(page)))
    assert {name for name in named if f"def {name}(" not in tests} == set()


def test_every_section_of_the_rules_that_the_code_cites_is_there():
    sections = set(re.findall(r"^## (\d+)\.", text(DOCS / "rules.md"), re.MULTILINE))
    code = [file for part in ("core", "game", "tours") for file in (ROOT / part).rglob("*.py")]
    cited = {number for file in code for number in re.findall(r"docs/rules\.md §(\d+)", text(file))}
    assert cited
    assert cited <= sections


def test_the_diagram_shows_the_layers_that_are_checked():
    contracts = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    of = {
        contract["containers"][0]: contract["layers"]
        for contract in contracts
        if len(contract.get("containers", [])) == 1
    }
    diagram = text(DOCS / "architecture.md").split("```mermaid")[1].split("```")[0]
    drawn = re.findall(r'\["(.+?)"\]', diagram)
    assert [layer for layer in drawn if layer in of["core"]] == of["core"]
    assert [layer for layer in drawn if layer in of["game"]] == of["game"]
    assert [layer for layer in drawn if layer in of["tours"]] == of["tours"]


# ---- people ----


def test_every_table_about_people_is_in_the_privacy_page(site: Flask):
    listed = set(re.findall(r"^\| `(\w+)` \|", text(DOCS / "privacy.md"), re.MULTILINE))
    about = {str(model.__tablename__) for model in models() if is_about_people(model)}
    assert {"person", "device", "ledger_entry", "yes"} <= about
    assert about == listed - {"lang"}


def test_every_table_about_people_is_shown_exported_and_erased(site: Flask):
    with site.app_context():
        held = {table for data in personal_data.SORTS.all() for table in data.tables}
    about = {str(model.__tablename__) for model in models() if is_about_people(model)}
    assert about - held == set(NAMELESS)
    assert held <= set(Model.metadata.tables)


def test_every_other_table_is_named_there_too(site: Flask):
    assert [name for name in Model.metadata.tables if f"`{name}`" not in text(DOCS / "privacy.md")] == []


def models() -> list[type[Model]]:
    return [mapper.class_ for mapper in Model.registry.mappers]


def is_about_people(model: type[Model]) -> bool:
    """Whether a table holds a person, points at one, or has a column of the type PlayerKey."""
    columns = model.__table__.columns
    points_at = any(key.column.table is Person.__table__ for column in columns for key in column.foreign_keys)
    return (
        model is Person
        or points_at
        or any(map(is_player_key, typing.get_type_hints(model, include_extras=True).values()))
    )


def is_player_key(hint: object) -> bool:
    ours = typing.get_args(PlayerKey)[1]
    inner = [hint, *typing.get_args(hint), *(deep for part in typing.get_args(hint) for deep in typing.get_args(part))]
    return any(ours is extra for part in inner for extra in getattr(part, "__metadata__", ()))


# ---- texts on screen ----


@pytest.fixture(scope="module")
def dutch() -> Catalog:
    with DUTCH.open("rb") as file:
        return read_po(file)


def test_every_text_of_the_code_has_its_dutch(dutch: Catalog, tmp_path: Path):
    found = tmp_path / "found.pot"
    keywords = ["-k", "_l", "-k", "lazy_gettext", "-k", "lazy_ngettext:1,2"]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml", *keywords]
    subprocess.run([*command, "-o", str(found), "core", "game", "tours", "templates"], cwd=ROOT, check=True)
    with found.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    have = {message.id for message in dutch if message.id and all(texts(message.string))}
    assert len(wanted) > 200
    assert wanted - have == set()


def test_dutch_has_its_two_forms_of_plural(dutch: Catalog):
    assert str(dutch.locale) == "nl"
    assert dutch.num_plurals == 2


def test_dutch_stays_short_and_calm_and_is_never_empty(dutch: Catalog):
    written = [one for message in dutch if message.id for one in texts(message.string)]
    assert [one for one in written if not one.strip() or "!" in one] == []
    assert [sentence for one in written for sentence in sentences(one) if words(sentence) > 15] == []


def test_dutch_keeps_every_placeholder(dutch: Catalog):
    kept = {message.id: names(message) for message in dutch if message.id}
    assert {key: found for key, found in kept.items() if found} == {}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_of_challenge_has_an_icon_a_dutch_name_and_a_line(kind, dutch: Catalog):
    assert f'id="{kind.icon}"' in text(ROOT / "static/icons/icons.svg")
    assert dutch.get(kind.label._args[0])
    assert f"`{kind.name}`" in text(DOCS / "add-a-challenge.md")


def texts(string: str | tuple[str, ...] | list[str]) -> list[str]:
    """The Dutch of a message, of each plural form."""
    return [string] if isinstance(string, str) else list(string)


def sentences(written: str) -> list[str]:
    return re.split(r"(?<=[.?:…])\s+", re.sub(r"<[^>]+>", " ", written))


def words(sentence: str) -> int:
    return sum(bool(re.search(r"\w", word)) for word in sentence.split())


def names(message) -> set[str]:
    """Placeholders of the Dutch that the English lacks, or the other way round where there is one form."""
    english, written = (set(re.findall(r"%\((\w+)\)", " ".join(texts(one)))) for one in (message.id, message.string))
    return written - english if message.pluralizable else written ^ english


def text(file: Path) -> str:
    return file.read_text("utf-8")
