"""What people can say yes to: photos, later stories. The slice that keeps such things adds its kind."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True)
class Kind:
    """A sort of thing that has uses.

    `keys`: the public key of each of these things, by id. `look_again`: a yes to one ended by itself or went with who
    gave it; note anew where the thing may be seen, in the caller's transaction.
    """

    keys: Callable[[Collection[int]], Mapping[int, str]]
    look_again: Callable[[int], None]


KINDS: Registry[Kind] = Registry("what people say yes to")
"""By the name that stands in each consent."""
