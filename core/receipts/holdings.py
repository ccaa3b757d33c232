"""What stands under a receipt: each part that takes things from people without an account adds what it shows them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from core.registry import Registry


@dataclass(frozen=True)
class Holding:
    """What one part keeps under receipts.

    `panel`: by subject, what its holder reads and can do; None where there is nothing. `called`: what a host calls that
    which these subjects handed in, where they may be given a new receipt. Who stays anonymous is not among them.
    """

    panel: Callable[[str], Markup | None]
    called: Callable[[Collection[str]], Mapping[str, str]] = lambda _subjects: {}


HOLDINGS: Registry[Holding] = Registry("what stands under a receipt")
