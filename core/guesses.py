"""Counting wrong guesses of short codes. Right ones cost nothing, so a party on one wifi can play on."""

from flask import abort, g
from limits import parse

from core.security import address, limiter

MOST = parse("100 per 10 minutes")  # of 308,915,776 codes; an address may be a whole house
SCOPE = "guesses"


def refuse_too_many() -> None:
    """Answer 429 to who guessed wrong too often, before anything is looked up."""
    if limiter.enabled and not limiter.limiter.test(MOST, SCOPE, _who()):
        abort(429)


def count() -> None:
    """A guess was wrong."""
    if limiter.enabled:
        limiter.limiter.hit(MOST, SCOPE, _who())


def _who() -> str:
    """The player, so that nobody pays for a neighbour's guesses; a visitor by address."""
    return g.person.player_key if g.person else address()
