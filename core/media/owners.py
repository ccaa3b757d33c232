"""What is kept in bytes: a slice that keeps some says which files each of its folders has."""

from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True)
class Owner:
    """Who keeps bytes: its name, and the files that must lie in each folder."""

    name: str
    files: tuple[str, ...]


OWNERS: Registry[Owner] = Registry("owners of media")
"""Whatever keeps files: photos, and later sound."""
