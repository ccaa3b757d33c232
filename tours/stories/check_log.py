"""I12: each change of how a story stands has an entry in the log, with as what it was done and no word of a person."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.contributions.models import EDITOR
from core.desk.handlers import reasons_given
from core.guard import Role
from tours.stories import acts
from tours.stories.kind import TEACHER

if TYPE_CHECKING:
    from tours.stories.check import Whole

HIDES = {"desk.back", "desk.away", "desk.undo", "story.end", "story.wish", "story.reported"}


def faults(one: "Whole") -> Iterator[str]:
    """What of one story the log lacks, or says too much. One told before the log kept this is not looked at."""
    done = Counter(entry.action for entry in one.log)
    yield from _of_the_entries(one)
    if done["story.tell"]:
        yield from _of_the_versions(one, done)
        yield from _of_what_is_read(one, done)


def _of_the_entries(one: "Whole") -> Iterator[str]:
    reasons = {*acts.PAUSES, *map(str, reasons_given())}
    for entry in one.log:
        if entry.role not in {*Role, *acts.WHO}:
            yield f"{entry.action} does not say as what it was done"
        if entry.actor and entry.role in {*acts.WHO, Role.VISITOR}:
            yield f"{entry.action} has a key of who is not of the team"
        if entry.reason and entry.reason.partition(",")[0] not in reasons:
            yield f"{entry.action} has a reason of its own words"


def _of_the_versions(one: "Whole", done: Counter[str]) -> Iterator[str]:
    versions = one.handed_in.versions if one.handed_in else []
    if done["story.change"] + done["story.edit"] < len(versions) - 1:
        yield "it was changed, and the log does not say so"
    said = {entry.role for entry in one.log if entry.action == "story.yes"}
    said |= {TEACHER for entry in one.log if entry.role == acts.TEACHER}  # whose letter it was
    signed = {approval.as_what for version in versions for approval in version.approvals} - {EDITOR}
    if signed - said:
        yield "somebody signed it, and the log does not say so"


def _of_what_is_read(one: "Whole", done: Counter[str]) -> Iterator[str]:
    story = one.story
    if story is None:
        return
    if story.gone_at and not done["story.withdraw"]:
        yield "it is gone, and the log does not say so"
    if story.hidden_at and not story.gone_at and not one.is_leaving and not HIDES & set(done):
        yield "it is hidden, and the log does not say so"
    ended = sum(pause.ended_at is not None for pause in one.pauses)
    if done["story.pause"] < len(one.pauses) or done["story.go_on"] < ended:
        yield "it rests or rested, and the log does not say so"
