"""What people did together besides meeting: stories told, later walks made. A part that has such deeds counts them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString

from core.registry import Registry


@dataclass(frozen=True)
class Deed:
    """One sort of deed that raises the thermometer.

    `label`: what stands under the number, such as "stories told". `count`: how many there were in a neighbourhood from
    a day up to and with another, with one query. A deed that was undone is still counted: no number falls because
    somebody took something back, so that nobody can read from it who did. The tables that it counts are in
    `shared.DRAWN_FROM`, so that a row more shows at once.
    """

    label: LazyString
    count: Callable[[int, date, date], int]


DEEDS: Registry[Deed] = Registry("what raises the thermometer")
