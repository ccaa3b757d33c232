"""How often: counting what somebody does, and the true time until it works again."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from math import ceil
from time import monotonic, time
from typing import Any, TypeVar, cast

from flask import g
from flask_babel import lazy_gettext as _l
from flask_limiter import RateLimitExceeded
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from core import i18n
from core.refusal import Refusal, Sort
from core.security import address, limiter, wider_address

JOINS = parse("200 per hour")
VISITORS = "150 per hour"  # of one address, which may be a hall
LEFT_ALONE = 10  # seconds that a store of counts which did not answer is not asked again
_by_itself = FixedWindowRateLimiter(MemoryStorage())  # what this process counts meanwhile
_ask_again_at = 0.0

Budget = tuple[RateLimitItem, str, str]  # how often, of what, and whose
View = TypeVar("View", bound=Callable[..., Any])


class TooOften(Refusal):
    """Somebody did something too often. `seconds`: until it works again, which the sentence says (`%(when)s`)."""

    def __init__(self, seconds: int, sentence: object = None) -> None:
        words = sentence or _l("That was often, in a short time. It works again %(when)s.")
        super().__init__(str(words) % {"when": i18n.in_a_while(seconds)}, Sort.OFTEN)
        self.seconds = seconds


@contextmanager
def counted(budgets: Collection[Budget], *sorts: Sort) -> Iterator[None]:
    """What is refused inside counts, or only what is for one of these sorts of reasons.

    Raises TooOften before that, where there are no more.
    """
    refuse(budgets)
    try:
        yield
    except Refusal as refusal:
        if not sorts or refusal.kind in sorts:
            count(budgets)
        raise


@contextmanager
def done(budgets: Collection[Budget]) -> Iterator[None]:
    """What is done inside counts, and what is refused does not. Raises TooOften before that."""
    refuse(budgets)
    yield
    count(budgets)


def spend(budgets: Collection[Budget]) -> None:
    """One more time of each, whatever comes of it. Raises TooOften where there are no more.

    For a form with words, after `on_refusal`: they stay. Where there is nothing to lose, `each` stands above the view.
    """
    for most, what, who in budgets if limiter.enabled else ():
        if not _ask("hit", most, what, who):
            raise TooOften(_wait(most, what, who) or 1)


def by_who(what: str, most: str, of_visitors: str = VISITORS) -> list[Budget]:
    """So often by this player; or else by all visitors of one address."""
    if g.person:
        return [(parse(most), what, g.person.player_key)]
    return [(parse(of_visitors), what, address())]


def joins() -> AbstractContextManager[None]:
    """Somebody joins inside: 200 an hour on one address, which may be a hall. What is refused costs nothing."""
    return done([(JOINS, "joins", address()), (JOINS, "joins around", wider_address())])


def refuse(budgets: Collection[Budget], sentence: object = None) -> None:
    """Raises TooOften where one of them is used up, with the longest wait."""
    if seconds := max((_wait(*budget) for budget in budgets), default=0):
        raise TooOften(seconds, sentence)


def count(budgets: Collection[Budget]) -> None:
    """One more time, of each."""
    for budget in budgets if limiter.enabled else ():
        _ask("hit", *budget)


def was_counted(most: RateLimitItem, what: str, who: str) -> bool:
    """Whether it was counted within this window."""
    return limiter.enabled and _ask("get_window_stats", most, what, who).remaining < most.amount


def each(most: str, of_visitors: str | None = None) -> Callable[[View], View]:
    """A view that each player may ask for so often; or else all visitors of one address so often, as in a hall."""

    def give(view: View) -> View:
        own = limiter.limit(most, key_func=lambda: g.person.player_key, exempt_when=lambda: not g.person)
        theirs = limiter.limit(of_visitors, exempt_when=lambda: bool(g.person)) if of_visitors else None
        return cast(View, own(theirs(view) if theirs else view))

    return give


def of(error: RateLimitExceeded) -> TooOften:
    """The same for a limit that stands above a view (`limiter.limit`)."""
    breached = limiter.current_limit
    return TooOften(_until(breached.window.reset_time) if breached else 60)


def _wait(most: RateLimitItem, what: str, who: str) -> int:
    if not limiter.enabled or _ask("test", most, what, who):
        return 0
    return _until(_ask("get_window_stats", most, what, who).reset_time)


def _until(moment: float) -> int:
    return max(1, ceil(moment - time()))


def _ask(what: str, *arguments: object) -> Any:
    """Of the store that all processes share; of this process alone while that one is away."""
    global _ask_again_at
    if monotonic() >= _ask_again_at:
        try:
            return getattr(limiter.limiter, what)(*arguments)
        except StorageError:
            _ask_again_at = monotonic() + LEFT_ALONE
    return getattr(_by_itself, what)(*arguments)
