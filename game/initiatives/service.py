"""What people do with an initiative: begin it, take part, see to a need, say how it stands (docs/rules.md §8)."""

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from core import clock, codes
from core.database import db, dialect, insert_into
from core.people import queries as people
from core.refusal import Refusal, Sort
from core.steps import queries as stepped
from core.steps import service as stepping
from core.steps.models import Step
from game.ideas import queries as ideas
from game.ideas.models import Idea
from game.initiatives import queries
from game.initiatives.course import COURSE, DONE
from game.initiatives.models import Initiative, Need, Participant, Taker

NEEDS = 20  # of one initiative
GONE = _l("That is no longer there. Look again.")


def begin(idea: Idea) -> None:
    """An idea goes ahead: what neighbours do begins, once; nobody takes part in it yet."""
    row = insert_into(Initiative, dialect()).values(
        key=codes.new_key(), neighbourhood_id=idea.neighbourhood_id, idea=idea.key, title="", words="",
        next_words="", language="", is_hidden=False, asks=0, begun_at=clock.now(),
    )  # fmt: skip
    db.session.execute(row.on_conflict_do_nothing(index_elements=["idea"]))


def join(initiative: Initiative, who: str, shows_name: bool, would_lead: bool) -> None:
    """Somebody takes part, or says anew how. The caller holds the initiative's row.

    No name of a child stands there. Who leads is named; who sent the idea leads at once, others once they are asked to.
    Raises Refusal where it is done.
    """
    _must_go_on(initiative)
    is_child = people.any_young([who])
    would = would_lead and not is_child
    known = queries.participant(initiative, who)
    one = known or Participant(key=codes.new_key(), initiative_id=initiative.id, who=who, leads=False, at=clock.now())
    one.would_lead, one.shows_name = would, (shows_name or would) and not is_child
    one.leads = would and (one.leads or ideas.sender(initiative.idea) == who)
    db.session.add(one)
    db.session.flush()


def leave(initiative: Initiative, who: str) -> None:
    """They take part no longer, and see to none of its needs: nothing of it stays."""
    theirs = select(Need.id).where(Need.initiative_id == initiative.id)
    db.session.execute(delete(Taker).where(Taker.who == who, Taker.need_id.in_(theirs)))
    mine = (Participant.initiative_id == initiative.id, Participant.who == who)
    db.session.execute(delete(Participant).where(*mine))


def appoint(initiative: Initiative, key: str) -> None:
    """Who would lead it does. Raises Refusal for anybody else."""
    mine = (Participant.initiative_id == initiative.id, Participant.key == key)
    found = db.session.scalar(select(Participant).where(*mine).with_for_update())
    if found is None or not found.would_lead:
        raise Refusal(GONE, Sort.UNKNOWN)
    found.leads = True
    db.session.flush()


def take(initiative: Initiative, key: str, who: str) -> None:
    """Somebody sees to a need, and takes part from then on. The caller holds the initiative's row.

    Raises Refusal where there are enough already, and where it is done.
    """
    _must_go_on(initiative)
    need = _need(initiative, key)
    if any(one.who == who for one in need.takers):
        return
    if need.is_met:
        raise Refusal(_l("Somebody else sees to that already."), Sort.CONFLICT)
    if queries.participant(initiative, who) is None:
        join(initiative, who, shows_name=False, would_lead=False)
    need.takers.append(Taker(who=who))
    db.session.flush()


def give_back(initiative: Initiative, key: str, who: str) -> None:
    """They do not see to it any more."""
    need = _need(initiative, key)
    need.takers = [one for one in need.takers if one.who != who]
    db.session.flush()


def write(initiative: Initiative, said: Mapping[str, str], next_on: date | None, language: str, by: str) -> None:
    """What it is and when its people meet next, in words of their own: everybody reads them at once.

    Where the desk took it out of sight an editor looks first.
    """
    initiative.asks += initiative.is_hidden
    initiative.title, initiative.words, initiative.next_words = said["title"], said["words"], said["next_words"]
    initiative.next_on, initiative.language, initiative.changed_by = next_on, language, by
    db.session.flush()


def add_need(initiative: Initiative, words: str, many: int, is_there: bool, language: str) -> Need:
    """What it needs or has. The caller holds the initiative's row. Raises Refusal for too many."""
    if len(queries.needs(initiative)) >= NEEDS:
        raise Refusal(_l("Twenty is the most. Take one away first."), Sort.CONFLICT)
    need = Need(
        key=codes.new_key(), initiative_id=initiative.id, is_there=is_there, words=words, language=language, many=many
    )
    db.session.add(need)
    db.session.flush()
    return need


def drop_need(initiative: Initiative, key: str) -> None:
    """It is needed no longer."""
    db.session.delete(_need(initiative, key))
    db.session.flush()


def step(initiative: Initiative, to: str, by: str, as_what: str, words: str, language: str) -> Step:
    """How it stands from now on, said by who leads it or an editor. The caller holds the initiative's row."""
    return stepping.take(COURSE, initiative.key, to, by, as_what, words, language)


def forget(who: str) -> None:
    """Somebody is erased: they take part in nothing. What they wrote for all who take part stays."""
    db.session.execute(delete(Taker).where(Taker.who == who))
    db.session.execute(delete(Participant).where(Participant.who == who))
    db.session.execute(update(Initiative).where(Initiative.changed_by == who).values(changed_by=None))


def _need(initiative: Initiative, key: str) -> Need:
    found = db.session.scalar(select(Need).where(Need.initiative_id == initiative.id, Need.key == key))
    if found is None:
        raise Refusal(GONE, Sort.UNKNOWN)
    return found


def _must_go_on(initiative: Initiative) -> None:
    last = stepped.last(COURSE.kind, [initiative.key]).get(initiative.key)
    if last and last.state == DONE:
        raise Refusal(_l("It is done. Nothing is needed any more."), Sort.CONFLICT)
