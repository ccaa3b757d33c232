"""How parts plug in: by name, in order, and never two of one name."""

import re
from pathlib import Path

import pytest
from flask import Flask

from core import registry
from core.registry import Registry

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "architecture.md"


@pytest.fixture
def sounds(monkeypatch: pytest.MonkeyPatch) -> Registry[str]:
    monkeypatch.setattr(registry, "ALL", {})
    return Registry("sounds")


def test_entries_come_in_their_order_and_of_one_order_as_they_were_added(sounds: Registry[str]):
    app = Flask("a")
    sounds.add(app, "late", "bell", order=90)
    sounds.add(app, "one", "drum")
    sounds.add(app, "two", "horn")
    sounds.add(app, "early", "whistle", order=10)
    with app.app_context():
        assert sounds.all() == ["whistle", "drum", "horn", "bell"]
        assert list(sounds.named()) == ["early", "one", "two", "late"]
        assert sounds.of("two") == "horn"
        assert sounds.of("three") is None


def test_a_second_entry_of_a_name_is_refused(sounds: Registry[str]):
    app = Flask("a")
    sounds.add(app, "one", "drum")
    with pytest.raises(ValueError, match="sounds has 'one' already"):
        sounds.add(app, "one", "horn")


def test_what_is_added_to_one_app_is_not_in_another(sounds: Registry[str]):
    one, other = Flask("one"), Flask("other")
    sounds.add(one, "one", "drum")
    with other.app_context():
        assert sounds.all() == []


def test_the_page_about_the_architecture_lists_every_registry(site: Flask):
    table = DOCS.read_text().partition("| what parts add |")[2].partition("\n\n")[0]
    listed = dict(re.findall(r"^\| ([^|`]+) \| `([^`]+)` \|$", table, re.MULTILINE))
    assert set(listed) == set(registry.ALL)
    for name, file in listed.items():
        assert f'Registry("{name}")' in (ROOT / file).read_text(), f"{name} is declared in {file}"
