"""What went for good, so that a back-up of before cannot bring it back: each slice says what went, and does it again.

A slice from which something is erased or taken back adds its Forgotten in `init_app`. `core/backup` writes the keys to
a file beside the database, and a restore hands them back before the site opens (docs/decisions/0027-backup.md).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from core.registry import Registry


@dataclass(frozen=True)
class Forgotten:
    """One sort of thing that goes for good.

    `since`: what went from a moment on, as opaque keys with the moment: they say nothing to who reads the file.
    `again`: it goes once more, in the caller's transaction; nothing happens where it is not there.
    """

    since: Callable[[datetime], Iterable[tuple[str, datetime]]]
    again: Callable[[str], None]


FORGOTTEN: Registry[Forgotten] = Registry("what a restore forgets again")
"""By name, in the order in which a restore does it again."""
