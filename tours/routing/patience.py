"""Asks a tier in a thread of its own, so that one that hangs holds nobody up."""

import time
from collections.abc import Sequence
from threading import BoundedSemaphore, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tours.routing.legs import Leg, Pair, Point, Profile, Tier

AT_ONCE = 4  # askings that may be under way in a process; more would pile up behind a disk that hangs
_room = BoundedSemaphore(AT_ONCE)


def ask(
    tier: "Tier", points: Sequence["Point"], profile: "Profile", seconds: float
) -> tuple[dict["Pair", "Leg"], str, str]:
    """The legs that it gave within so many seconds, why it gave no more ("no way": it knows none), and what was wrong.

    A tier that fails in a way it did not foresee is broken: the next one has its turn all the same.
    """
    room = _room
    if not room.acquire(blocking=False):
        return {}, "busy", ""
    found: dict[Pair, Leg] = {}
    ending = ["slow", ""]
    until = time.monotonic() + seconds

    def work() -> None:
        try:
            for pair, leg in tier.legs(points, profile, until):
                found[pair] = leg
            if time.monotonic() < until:
                ending[:] = "no way", ""
        except FileNotFoundError as missing:
            ending[:] = "missing", str(missing)
        except Exception as fault:  # noqa: BLE001 - whatever is the matter with it, the walk goes on
            if time.monotonic() < until:  # what was stopped because it took too long is slow
                ending[:] = "broken", f"{type(fault).__name__}: {fault}"
        finally:
            room.release()

    asking = Thread(target=work, name=f"legs: {tier.name}", daemon=True)
    asking.start()
    asking.join(seconds)
    return found.copy(), ending[0], ending[1]
