"""Opening a choice, voting in it, and saying what became of it (docs/rules.md §8)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import case, delete, func, insert, literal, select, update

from core import clock, codes
from core.database import db, dialect, insert_into
from core.media import service as media
from core.media.owners import Owner
from core.people import queries as people
from core.people import suspensions
from core.people.models import Person, PlayerKeyLine
from core.photos.prepare import Prepared
from core.refusal import Refusal, Sort
from game.choices import queries
from game.choices.models import Choice, Count, OpenVote, Option, Outcome, PaperCount, Voter

FEWEST, MOST = 2, 5  # options
PICTURES = Owner("picture of an option", ("large.webp", "medium.webp", "small.webp"))
LONGEST = 92  # days that a choice is open
CLOSED = _l("This choice is closed. Nobody can vote in it any more.")


class Offered(NamedTuple):
    """An option: what it is called, what it is, and perhaps a picture, redrawn, with what is seen in it."""

    title: str
    words: str
    seen: str = ""
    picture: Prepared | None = None


class Wording(NamedTuple):
    """What a coordinator asks: the question, what is decided already, what is not, and the options in their order."""

    title: str
    fixed: str
    undecided: str
    options: Sequence[Offered]


def open_choice(neighbourhood_id: int, by: str, said: Wording, mode: str, closes_on: date, language: str) -> Choice:
    """From now on everybody who plays here now, and has no pause, can vote until the end of that day.

    Raises Refusal for a day that is not among the coming ones, and for fewer than two options or more than five.
    """
    today = clock.today()
    if not today < closes_on <= today + timedelta(days=LONGEST):
        raise Refusal(_l("Choose a day from tomorrow on, within three months."), Sort.INVALID, field="closes_on")
    if not FEWEST <= len(said.options) <= MOST:
        raise Refusal(_l("A choice has two to five options."), Sort.INVALID, field="option_1")
    made = Choice(
        key=codes.new_key(), neighbourhood_id=neighbourhood_id, title=said.title, fixed=said.fixed,
        undecided=said.undecided, language=language, mode=mode, by=by, opened_at=clock.now(),
        closes_at=clock.last_moment_of(closes_on),
        options=[_option(number, one) for number, one in enumerate(said.options, start=1)],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add_all(Count(option_id=one.id, choice_id=made.id) for one in made.options)
    _list_voters(made)
    db.session.flush()
    return made


def _option(number: int, said: Offered) -> Option:
    made = Option(key=codes.new_key(), number=number, title=said.title, words=said.words)
    if said.picture:
        made.picture, made.seen = media.keep(said.picture.folder, PICTURES), said.seen
        made.width, made.height = said.picture.width, said.picture.height
    return made


def _list_voters(choice: Choice) -> None:
    """Everybody who plays here now, in the order of their keys, which are drawn by lot."""
    here = (Person.neighbourhood_id == choice.neighbourhood_id, Person.leaving_at.is_(None))
    who = select(literal(choice.id), PlayerKeyLine.key, literal(False)).join(Person).where(*here)
    listed = who.where(~suspensions.any_of(PlayerKeyLine.key)).order_by(PlayerKeyLine.key)
    db.session.execute(insert(Voter).from_select(["choice_id", "who", "voted"], listed))
    choice.voters = db.session.scalar(select(func.count()).where(Voter.choice_id == choice.id)) or 0


def vote(choice: Choice, who: str, option_key: str, shows_name: bool) -> None:
    """Somebody chooses. The caller holds the choice's row. In an open choice it can be changed until the close.

    In a secret one the first vote stays, and nothing says which it was: a second one, also the same form once more,
    is passed over. Raises Refusal after the close, for who is not on the list, and for an option of another choice.
    """
    option = next((one for one in choice.options if one.key == option_key), None)
    if option is None:
        raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="option")
    before = must_be_able_to_vote(choice, who)
    if choice.is_secret:
        if mark(choice, who):
            _count(choice, {option.id: 1})
        return
    if before.voted and queries.vote_of(choice, who) is None:
        raise Refusal(_l("You got a sheet of paper for this. Fill that in."), Sort.CONFLICT)
    mark(choice, who)
    said = {"option_id": option.id, "shows_name": shows_name and not people.any_young([who])}
    row = insert_into(OpenVote, dialect()).values(choice_id=choice.id, who=who, **said)
    db.session.execute(row.on_conflict_do_update(index_elements=["choice_id", "who"], set_=said))


def must_be_able_to_vote(choice: Choice, who: str) -> Voter:
    """Their line on the list. Raises Refusal after the close, and for who is not on it."""
    if not choice.is_open:
        raise Refusal(CLOSED, Sort.CONFLICT)
    found = queries.standing(choice, who)
    if found is None:
        raise Refusal(_l("Only who played here when this choice opened can vote in it."), Sort.FORBIDDEN)
    return found


def mark(choice: Choice, who: str) -> bool:
    """On the list: they voted, or got a sheet of paper. Whether that was not so before."""
    mine = (Voter.choice_id == choice.id, Voter.who == who, ~Voter.voted)
    return db.session.scalar(update(Voter).where(*mine).values(voted=True).returning(Voter.who)) is not None


def _count(choice: Choice, more: dict[int, int]) -> None:
    """So many more of each option, written in all of them at once: which row was written last tells nothing."""
    votes = case(more, value=Count.option_id, else_=0)
    db.session.execute(update(Count).where(Count.choice_id == choice.id).values(votes=Count.votes + votes))


def count_nameless(choice: Choice, votes: Sequence[int]) -> None:
    """Votes on paper: so many of each option, in their order."""
    _count(choice, {one.id: many for one, many in zip(choice.options, votes, strict=True)})


def decide(choice: Choice, by: str, option_key: str, because: str, language: str, review_on: date) -> Outcome:
    """What it becomes, and when that is looked at again. A next one takes its place, with a reason of its own.

    Raises Refusal before all is counted, without a reason, for a day that is over, and once the choice is void.
    """
    if not choice.has_result:
        raise Refusal(_l("Not everything is counted yet."), Sort.CONFLICT)
    option = next((one for one in choice.options if one.key == option_key), None)
    if option is None:
        raise Refusal(_l("Choose one of the list."), Sort.INVALID, field="option")
    if review_on <= clock.today():
        raise Refusal(_l("Choose a day from tomorrow on."), Sort.INVALID, field="review_on")
    return _say(choice, by, option.id, because, language, review_on)


def void(choice: Choice, by: str, because: str, language: str) -> Outcome:
    """It does not count, for a reason that everybody reads. An open one closes at once, and nobody reads a result."""
    choice.closes_at = min(choice.closes_at, clock.now())
    return _say(choice, by, None, because, language, None)


def _say(
    choice: Choice, by: str, option_id: int | None, because: str, language: str, review_on: date | None
) -> Outcome:  # fmt: skip
    before = queries.outcomes(choice)
    last = before[-1] if before else None
    if last and last.option_id is None:
        raise Refusal(_l("This choice is void. That stays so."), Sort.CONFLICT)
    if not because:
        raise Refusal(_l("Say why, in one sentence or more."), Sort.INVALID, field="because")
    said = {"option_id": option_id, "because": because, "by": by, "review_on": review_on}
    if last and said == {name: getattr(last, name) for name in said}:
        return last
    made = Outcome(choice_id=choice.id, number=len(before) + 1, language=language, at=clock.now(), **said)
    db.session.add(made)
    db.session.flush()
    return made


def empty(choice: Choice) -> None:
    """After the close: the list of voters goes, and of an open choice who hid their name. The caller holds its row."""
    if choice.is_open or choice.emptied_at:
        return
    db.session.execute(delete(Voter).where(Voter.choice_id == choice.id))
    _make_nameless(choice, OpenVote.choice_id == choice.id, ~OpenVote.shows_name)
    choice.emptied_at = clock.now()
    db.session.flush()


def _make_nameless(choice: Choice, *which: object) -> None:
    """These votes count on, without whose they were."""
    gone = delete(OpenVote).where(*which).returning(OpenVote.option_id)  # type: ignore[arg-type]
    options = list(db.session.scalars(gone))
    if options:
        _count(choice, {one: options.count(one) for one in set(options)})


def forget(who: str) -> None:
    """Somebody is erased: off each list, and of a choice that is closed their vote counts on without them.

    What they counted alone is counted anew. That they opened a choice or decided stays, under a key of nobody.
    """
    mine = select(Choice).join(OpenVote, OpenVote.choice_id == Choice.id).where(OpenVote.who == who)
    for choice in db.session.scalars(mine.order_by(Choice.id).with_for_update(of=Choice)):
        if choice.is_open:
            db.session.execute(delete(OpenVote).where(OpenVote.choice_id == choice.id, OpenVote.who == who))
        else:
            _make_nameless(choice, OpenVote.choice_id == choice.id, OpenVote.who == who)
    db.session.execute(delete(Voter).where(Voter.who == who))
    db.session.execute(delete(PaperCount).where(PaperCount.by == who))
