"""What slices hold about a person: a registry, so that "my data" shows, exports and erases every copy of it.

A slice whose table says something about a person registers a Holding in its `init_app`; `tests/test_docs.py` compares
the tables with the registry (docs/rules.md §3, "export, erase own data").
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import LazyString

from core.people.models import Person
from core.registry import Registry


@dataclass(frozen=True)
class Holding:
    """One sort of thing that is kept about a person.

    `tables`: where it stands. `export`: what is kept, as plain JSON values. `files`: names in the export and where the
    bytes lie. `erase`: takes it away, in the caller's transaction; what the ledger needs stays under the player key.
    `label` and `about`: how it reads under "my data". `hide` and `bring_back`: what others see goes at once when
    somebody asks to be erased (person, moment, when it is for good), and back when they undo it (person, moment).
    """

    name: str
    tables: frozenset[str]
    export: Callable[[Person], list[dict[str, Any]]]
    erase: Callable[[Person], None]
    files: Callable[[Person], Iterator[tuple[str, Path]]] = lambda _person: iter(())
    label: LazyString | None = None
    about: LazyString | None = None
    hide: Callable[[Person, datetime, datetime], None] = lambda _person, _moment, _until: None
    bring_back: Callable[[Person, datetime], None] = lambda _person, _moment: None


HOLDINGS: Registry[Holding] = Registry("what is kept about a person")
"""In the order in which the slices were made: lower ones first."""
