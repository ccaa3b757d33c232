"""What the two said at a talk card: each in their own words, once, and read by the two only when both wrote.

So it stays an answer and never becomes a conversation on the phone (docs/rules.md §3: no private messages).
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core import clock, spelling
from core.database import db, dialect, insert_into
from core.people import queries as people
from core.refusal import Refusal, Sort
from game.challenges.kinds import KINDS
from game.encounters.models import Encounter, TalkAnswer

LONGEST = 280  # signs


def has_card(encounter: Encounter) -> bool:
    """Whether its challenge is one that the two can write down something at now: a talk card, or what they made."""
    return encounter.is_confirmed and KINDS[encounter.challenge.kind].is_written


def must_have_card(encounter: Encounter, player: str) -> None:
    """Raises Refusal when this player has no card to answer here."""
    if player not in encounter.players or not has_card(encounter):
        raise Refusal(_l("There is no talk card to answer here."), Sort.INVALID)


def say(encounter: Encounter, player: str, words: str) -> None:
    """Keep what one of the two said. Said again changes nothing.

    Raises Refusal when there is no card to answer, or it is empty or too long.
    """
    must_have_card(encounter, player)
    said = spelling.line(words)
    if not said or len(said) > LONGEST:
        raise Refusal(_l("Write something, in 280 signs at most."), Sort.INVALID)
    people.lock([player])
    row = insert_into(TalkAnswer, dialect()).values(
        encounter_id=encounter.id, player=player, words=said, at=clock.now()
    )
    db.session.execute(row.on_conflict_do_nothing())


def take_back(encounter: Encounter, player: str) -> None:
    """Take one's own words away, for both. They cannot be written anew."""
    mine = db.session.get(TalkAnswer, (encounter.id, player))
    if mine:
        mine.words = ""
        db.session.flush()


def said(encounter: Encounter) -> dict[str, str]:
    """Who said what: player key → words, empty when they were taken back. Who asked to be erased said nothing."""
    rows = db.session.scalars(select(TalkAnswer).where(TalkAnswer.encounter_id == encounter.id)).all()
    here = people.by_player_keys(row.player for row in rows)
    return {row.player: row.words for row in rows if row.player in here}


def export(player: str) -> list[dict[str, Any]]:
    """What a person said, for themselves."""
    mine = select(TalkAnswer).where(TalkAnswer.player == player).order_by(TalkAnswer.at)
    return [{"words": row.words, "at": row.at.isoformat()} for row in db.session.scalars(mine)]


def erase(player: str) -> None:
    """Forget what somebody said."""
    db.session.execute(delete(TalkAnswer).where(TalkAnswer.player == player))
