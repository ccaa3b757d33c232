"""What is kept about somebody: each slice says it of its own tables, so that "my data" shows, exports and erases all.

A slice whose table says something about a person adds its PersonalData in `init_app`; `tests/test_docs.py` compares the
tables with the registry (docs/rules.md §3, "export, erase own data").
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import LazyString

from core.registry import Registry


@dataclass(frozen=True)
class PersonalData:
    """One sort of thing that is kept about somebody. Every function is given their player key.

    `tables`: where it stands. `export`: what is kept, as plain JSON values. `files`: names in the export and where the
    bytes lie. `erase`: takes it away, in the caller's transaction; what the ledger needs stays under the player key.
    `label` and `about`: how it reads under "my data". `hide` and `bring_back`: what others see goes at once when
    somebody asks to be erased (player, moment, when it is for good), and back when they undo it (player, moment).
    `stays`: why somebody cannot be erased now, None where they can. `is_under_receipts`: whether it is also kept of
    people without an account; `export` and `files` are given the subject of their receipt then.
    """

    name: str
    tables: frozenset[str]
    export: Callable[[str], list[dict[str, Any]]]
    erase: Callable[[str], None]
    files: Callable[[str], Iterator[tuple[str, Path]]] = lambda _player: iter(())
    label: LazyString | None = None
    about: LazyString | None = None
    hide: Callable[[str, datetime, datetime], None] = lambda _player, _moment, _until: None
    bring_back: Callable[[str, datetime], None] = lambda _player, _moment: None
    stays: Callable[[str], LazyString | None] = lambda _player: None
    is_under_receipts: bool = False


SORTS: Registry[PersonalData] = Registry("personal data")
"""In the order in which the slices were made: lower ones first, and erased last."""
