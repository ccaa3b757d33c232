"""The made-up people of De Kanterhoek and how the first days of their season went."""

from dataclasses import dataclass

from core.demo import neighbourhood


@dataclass(frozen=True)
class Member:
    """Somebody who does not exist; `zone` is the key of their buurtje, `languages` starts with the one they read."""

    key: str
    name: str  # the pseudonym
    zone: str | None
    languages: tuple[str, ...]
    role: str | None = None  # of core.guard.Role: on the team


@dataclass(frozen=True)
class Meeting:
    """Two members who did a challenge together; `one` handed it in. The oldest come first."""

    one: str
    other: str
    challenge: str
    days_ago: int
    has_photo: bool = True
    is_for_all: bool = False  # both let everybody see it
    was_looked_at: bool = True  # by an editor, where that is asked; else it waits at the desk


PEOPLE = (
    Member("amina", "Blauwe Reiger", "touwbaan", ("nl", "ar")),
    Member("bram", "Warme Sjaal", "kanterkade", ("nl",)),
    Member("cem", "Stille Fiets", "touwbaan", ("nl", "tr")),
    Member("dirk", "Ronde Deur", None, ("nl", "en")),  # the stranger: has met nobody yet
    Member("joke", "Vroege Merel", "touwbaan", ("nl",), role="coordinator"),
    Member("farid", "Gulle Theepot", "touwbaan", ("nl", "ar", "en"), role="editor"),
    Member("selma", "Zonnige Schommel", "lindeplein", ("nl", "tr")),
    Member("henk", "Kalme Kastanje", "lindeplein", ("nl",)),
    Member("oksana", "Zingende Ketel", "lindeplein", ("en", "uk")),
    Member("thijs", "Gestreepte Paraplu", "lindeplein", ("nl", "en")),
    Member("ria", "Bonte Vlinder", "weverseind", ("nl",)),
    Member("wei", "Vlugge Zwaluw", "weverseind", ("en", "zh")),
    Member("marwa", "Dappere Tulp", "kanterkade", ("nl", "ar"), role="teacher"),
    Member("noor", "Nieuwe Lantaarn", "ik-kom-hier-wonen", ("nl", "en")),
)

# A drawn photo shows, in turn: two before the houses, shoes, two in the park, hands, two at a table, shadows
# (core/demo/kieken.py); each challenge suits its turn.
MEETINGS = (
    Meeting("amina", "selma", "same-colour", 8),
    Meeting("ria", "henk", "shoes-together", 8, is_for_all=True),
    Meeting("cem", "bram", "share-a-bench", 8),
    Meeting("joke", "farid", "happy-plant", 7, has_photo=False),
    Meeting("oksana", "cem", "two-cups", 7, is_for_all=True),
    Meeting("wei", "thijs", "two-shadows", 7),
    Meeting("farid", "marwa", "newer-here", 6),
    Meeting("selma", "ria", "hopscotch", 6, is_for_all=True),
    Meeting("joke", "henk", "swap-a-recipe", 6),
    Meeting("wei", "amina", "hands-together", 5, is_for_all=True),
    Meeting("bram", "joke", "cooking-smells", 5, has_photo=False),
    Meeting("cem", "ria", "two-shadows", 5, is_for_all=True, was_looked_at=False),
    Meeting("amina", "henk", "longer-here", 4),
    Meeting("thijs", "farid", "shoes-together", 4, has_photo=False),
    Meeting("bram", "oksana", "quiet-minute", 4),
    Meeting("marwa", "wei", "hands-together", 3, is_for_all=True, was_looked_at=False),
    Meeting("joke", "selma", "play-a-round", 3, is_for_all=True),
    Meeting("thijs", "ria", "point-it-out", 3),
    Meeting("farid", "bram", "older-younger", 2, has_photo=False),
    Meeting("marwa", "amina", "first-day-here", 2),
    Meeting("noor", "ria", "share-a-bench", 2),
    Meeting("oksana", "wei", "make-a-letter", 1, is_for_all=True),
    Meeting("selma", "amina", "one-card", 0),  # for the second time, more than a week later
    Meeting("henk", "ria", "point-it-out", 0),  # these two as well
)

SPOTS_WITH_A_CHALLENGE = tuple(spot for spot in neighbourhood.at(0, 0).spots if spot.challenge)
