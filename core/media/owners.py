"""What is kept in bytes: a slice that keeps some says which files each of its folders has."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core.registry import Registry


@dataclass(frozen=True)
class Owner:
    """Who keeps bytes: its name, the files that must lie in each folder, and what it says where the disk is full."""

    name: str
    files: tuple[str, ...]
    is_full: LazyString = _l("Our disk is full. Your photo stays on your phone.")


OWNERS: Registry[Owner] = Registry("owners of media")
"""Whatever keeps files: photos and sound."""
