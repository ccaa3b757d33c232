"""Voting on paper: a sheet marks the list of voters, and two people count what came back (docs/rules.md §8)."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from core.database import db
from core.people import suspensions
from core.people.models import Person
from core.refusal import Refusal, Sort
from game.choices import queries, service
from game.choices.models import Choice, PaperCount


def hand_out(choice: Choice, person: Person) -> None:
    """Somebody gets a sheet: with it they took part. The caller holds the choice's row.

    Raises Refusal after the close, for who is not on the list or has a pause, and for who took part already.
    """
    service.must_be_able_to_vote(choice, person.player_key)
    if suspensions.is_on(person.player_key):
        raise Refusal(_l("This cannot be done for them now."), Sort.FORBIDDEN)
    if not service.mark(choice, person.player_key):
        raise Refusal(_l("They took part already: with a phone, or with a sheet that they got."), Sort.CONFLICT)
    choice.sheets += 1
    db.session.flush()


def count(choice: Choice, by: str, votes: Sequence[int]) -> bool:
    """What somebody counted; whether it is the same as somebody else did, and so it counts.

    Where it is not, theirs takes the place of what was counted before, and somebody else counts again. Raises Refusal
    before the close, where nothing is to be counted any more, and for more votes than sheets. The caller holds its row.
    """
    if choice.is_open:
        raise Refusal(_l("Count the paper after the close."), Sort.CONFLICT)
    before = queries.first_count(choice)
    if not choice.waits_for_paper:
        if by in (choice.counted_by, choice.counted_too):
            return True  # the same form once more
        raise Refusal(_l("The paper of this choice is counted already."), Sort.CONFLICT)
    if sum(votes) > choice.sheets:
        raise Refusal(_l("That is more than the sheets that were handed out."), Sort.INVALID, field="votes_1")
    service.empty(choice)  # before any total of paper is there: who had a sheet is not known beside it
    if before and before.by != by and before.votes == list(votes):
        choice.counted_by, choice.counted_too = before.by, by
        db.session.delete(before)
        service.count_nameless(choice, votes)
    else:
        before = before or PaperCount(choice_id=choice.id)
        before.by, before.votes = by, list(votes)
        db.session.add(before)
    db.session.flush()
    return choice.counted_too is not None
