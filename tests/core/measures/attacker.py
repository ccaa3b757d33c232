"""Who reads a print, knows the rules, and tries all that could be meant. Slow, and written apart from the module."""

from collections.abc import Iterator
from itertools import product


def neighbourhoods(zones: int, most: int) -> Iterator[tuple[int, ...]]:
    """All that there can be, up to so many people together."""
    return (counts for counts in product(range(most + 1), repeat=zones) if sum(counts) <= most)


def reads(counts: tuple[int, ...]) -> tuple[tuple[int | None, ...], int | None]:
    """What one reads of a neighbourhood with these people in its zones."""
    everybody = sum(counts)
    if everybody < 5:
        return tuple(None for _ in counts), None
    dark = [count < 5 for count in counts]
    while any(dark) and not all(dark):
        together = [count for count, is_dark in zip(counts, dark, strict=True) if is_dark]
        if len(together) >= 2 and sum(together) >= 5:
            break
        bright = [zone for zone, is_dark in enumerate(dark) if not is_dark]
        dark[min(bright, key=lambda zone: (counts[zone], zone))] = True
    shown = [None if is_dark else in_fives(count) for count, is_dark in zip(counts, dark, strict=True)]
    total = in_fives(everybody)
    if betrays(total, [number for number in shown if number is not None]):
        shown = [None] * len(counts)
    return tuple(shown), total


def in_fives(number: int) -> int:
    """The nearest of 0, 5, 10, …"""
    return min(range(0, number + 6, 5), key=lambda step: abs(step - number))


def betrays(total: int, shown: list[int]) -> bool:
    """Whether more is left for the hidden, at least, than the smallest number that is shown."""
    fewest_left = (total - 2) - sum(number + 2 for number in shown)
    return shown != [] and fewest_left > min(shown)
