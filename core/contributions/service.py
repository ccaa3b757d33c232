"""The one life of what people hand in: sent, looked at, shown or back, written anew, signed, taken back."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from core import clock, codes
from core.contributions import kinds, rules
from core.contributions.kinds import Kind
from core.contributions.models import EDITOR, Approval, Contribution, State, TakenBack, Version, hash_of
from core.database import db
from core.desk import queries as desk
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as people
from core.people.word_filter import objection
from core.refusal import Refusal, Sort

HOW = ("screen", "receipt", "paper", "spoken")  # how somebody said yes to a version
NOT_HERE = _l("That is not here (any more).")
Content = Mapping[str, Any]


def hand_in(
    kind: Kind, here: Neighbourhood, who: str, content: Content, language: str, named: bool, by: str | None = None,
    called: str = "",
) -> Contribution:  # fmt: skip
    """Something new, to the editors; sent twice it is one, with or without a name as they said last.

    One that came back and is sent in the same words waits anew. `who`: a player's key, or who has a receipt, whom their
    page holds. `by`: who typed it, where that is somebody else. `called`: the name that may stand there, where that is
    not the player's. Raises Refusal for what does not fit here or is not theirs to send, for a name that is none, and
    after so many a day.
    """
    kind.fits(here, content)
    kind.takes_from(who, content)
    people.lock([who])
    if same := _same(kind, here, who, hash_of(kind.name, language, dict(content))):
        _name(same, named, called)
        if desk.came_back(kind.name, same.key, same.asks):
            _ask(same)
        return same
    rules.must_be_few(_todays(kind, who), kind.most_a_day)
    made = Contribution(
        key=codes.new_key(), kind=kind.name, neighbourhood_id=here.id, who=who, state=State.WAITING,
        sent_at=clock.now(), asks=1, last_version=0,
    )  # fmt: skip
    _name(made, named, called)
    db.session.add(made)
    _write(kind, made, content, language, by or who)
    return made


def can_be_sent_again(contribution: Contribution) -> bool:
    """Whether it waits or came back; of a signed kind also while it is shown, which stays as it is meanwhile."""
    kind = kinds.of(contribution.kind)
    if kind.is_final(contribution):
        return False
    return contribution.waits or (bool(kind.signed_as) and contribution.state == State.SHOWN)


def can_be_taken_back(contribution: Contribution) -> bool:
    """Whether it waits or came back; of a revocable kind always, also once an editor took it away."""
    return contribution.waits or kinds.of(contribution.kind).is_revocable


def send_again(
    contribution: Contribution, here: Neighbourhood, content: Content, language: str, named: bool,
    by: str | None = None, called: str = "",
) -> None:  # fmt: skip
    """Other words, to the editors.

    `by`: who wrote it, where that is not who handed it in. Raises Refusal where it cannot be sent again.
    """
    kind = kinds.of(contribution.kind)
    if not can_be_sent_again(contribution):
        raise Refusal(NOT_HERE, Sort.UNKNOWN)
    kind.fits(here, content)
    if contribution.waits:
        contribution.shown_version = None
    _name(contribution, named, called)
    _ask(contribution)
    _write(kind, contribution, content, language, by or contribution.who)


def withdraw(contribution: Contribution) -> None:
    """Who sent it takes it back, and nothing of it stays here. Raises Refusal where it cannot be taken back."""
    if not can_be_taken_back(contribution):
        raise Refusal(NOT_HERE, Sort.UNKNOWN)
    db.session.add(TakenBack(key=contribution.key, at=clock.now()))
    _take_back(contribution)


def withdraw_again(key: str) -> None:
    """It was taken back since the back-up from which it is here again."""
    if found := db.session.scalar(select(Contribution).where(Contribution.key == key)):
        with suppress(Refusal):  # what hangs on it keeps it there
            _take_back(found)


def _take_back(contribution: Contribution) -> None:
    kind = kinds.of(contribution.kind)
    if contribution.state == State.SHOWN:
        contribution.became = kind.unshow(contribution)
    if contribution.became is not None:
        kind.withdrawn(contribution)
    desk.close_reports(contribution.kind, contribution.key)  # nobody looks at what was said of it
    remove(kind, contribution)


def remove(kind: Kind, contribution: Contribution) -> None:
    """Nothing of it stays here; what it became is its kind's to see to."""
    kind.left(contribution)
    db.session.delete(contribution)
    db.session.flush()


def take_name_away(contribution: Contribution) -> None:
    """No name stands with it from now on. Putting it there needs the editors: then it is sent again."""
    contribution.named, contribution.called = False, ""
    db.session.flush()


def approve(
    contribution: Contribution, seen: str, who: str, as_what: str, how: str, entered_by: str | None = None
) -> None:
    """Somebody signs the last version, whose hash they saw; it is shown once an editor and all signers did.

    `entered_by`: who put in what was said on paper or aloud. Raises Refusal where it says something else by now, and
    for who enters a yes to words that they wrote themselves.
    """
    kind, last = kinds.of(contribution.kind), contribution.last
    if seen != last.hash or contribution.state == State.AWAY:
        raise Refusal(_l("It was changed meanwhile. Look again, then answer."), Sort.CONFLICT)
    if as_what not in kind.signers(contribution) or how not in HOW:
        raise Refusal(NOT_HERE, Sort.UNKNOWN)
    if entered_by and entered_by == last.by != who:
        raise Refusal(_l("Somebody who did not write these words puts that yes in."), Sort.FORBIDDEN)
    _sign(last, who, as_what, how, entered_by)
    if last.is_signed_by(kind.signers(contribution) | {EDITOR}):
        _show(kind, contribution, last)


def take_signature_back(contribution: Contribution, as_what: str) -> None:
    """Who signed as that takes it back, of every version: nobody may see it until they sign anew."""
    for version in contribution.versions:
        version.approvals = [one for one in version.approvals if one.as_what != as_what]
    if contribution.state == State.SHOWN:
        contribution.became = kinds.of(contribution.kind).unshow(contribution)
        contribution.state = State.WAITING
    db.session.flush()


def forget_who_signed(contribution: Contribution, as_what: str) -> None:
    """That somebody signed as that stands; who it was, nothing says any more."""
    for approval in [one for version in contribution.versions for one in version.approvals if one.as_what == as_what]:
        approval.who = codes.new_key()
    db.session.flush()


def ask_anew(contribution: Contribution) -> None:
    """Editors look at its last version once more, for somebody who does not sign it like this."""
    _unsign(contribution.last)
    _ask(contribution)
    db.session.flush()


def say_yes(contribution: Contribution, version: Version, editor: str) -> None:
    """An editor does: everybody may see that version, of a signed kind once its signers signed it. Again is nothing."""
    kind = kinds.of(contribution.kind)
    signers = kind.signers(contribution)
    if signers:
        _sign(version, editor, EDITOR, "screen")
    if not signers or version.is_signed_by(signers | {EDITOR}):
        _show(kind, contribution, version)


def take_yes_back(contribution: Contribution, version: Version) -> None:
    """The editor's yes to a newer version goes: what was shown before it is shown again."""
    kind = kinds.of(contribution.kind)
    _unsign(version)
    if contribution.shown_version == version.number:
        signers = kind.signers(contribution) | {EDITOR}
        before = [one for one in contribution.versions if one.number < version.number and one.is_signed_by(signers)]
        if before:
            _show(kind, contribution, before[-1])
        else:
            hide(contribution)


def hide(contribution: Contribution) -> None:
    """Nobody may see it, and no editor said yes to any version of it. Raises Refusal where its kind says it stays."""
    for version in contribution.versions:
        _unsign(version)
    if contribution.state == State.SHOWN:
        contribution.became = kinds.of(contribution.kind).unshow(contribution)
        contribution.state = State.WAITING
    db.session.flush()


def take_away(contribution: Contribution) -> dict[str, Any]:
    """An editor takes it away; what `bring_back` has to know."""
    before = {"shown": contribution.shown_version if contribution.newer else None}
    hide(contribution)
    contribution.state = State.AWAY
    return before


def bring_back(contribution: Contribution, editor: str, before: Mapping[str, Any]) -> None:
    """Undo `take_away`: it waits, and what was shown beside a newer version is shown."""
    contribution.state = State.WAITING
    if before.get("shown") and contribution.shown:
        say_yes(contribution, contribution.shown, editor)


def show_again(contribution: Contribution) -> None:
    """Who handed it in was leaving and stays: as it was; where that cannot be any more it waits."""
    try:
        contribution.became = kinds.of(contribution.kind).show(contribution, contribution.shown or contribution.last)
    except Refusal:
        contribution.became, contribution.state = None, State.WAITING
    db.session.flush()


def _same(kind: Kind, here: Neighbourhood, who: str, hash_: str) -> Contribution | None:
    """What they sent in these very words, and waits."""
    mine = (Contribution.kind == kind.name, Contribution.who == who, Contribution.neighbourhood_id == here.id)
    last = (Version.number == Contribution.last_version, Version.hash == hash_)
    said = select(Contribution).join(Version).where(*mine, Contribution.state == State.WAITING, *last)
    return db.session.scalar(said.order_by(Contribution.id).limit(1))


def _name(contribution: Contribution, named: bool, called: str) -> None:
    """No name stands with what somebody younger than 16 sends."""
    if called and (why := objection(called)):
        raise Refusal(why, Sort.INVALID, field="called")
    contribution.named = rules.may_be_named(contribution.who, named)
    contribution.called = called if contribution.named else ""


def _todays(kind: Kind, who: str) -> int:
    mine = (Contribution.kind == kind.name, Contribution.who == who, Contribution.sent_at >= rules.midnight())
    return db.session.scalar(select(func.count()).where(*mine)) or 0


def _ask(contribution: Contribution) -> None:
    contribution.asks, contribution.sent_at = contribution.asks + 1, clock.now()


def _write(kind: Kind, contribution: Contribution, content: Content, language: str, by: str) -> None:
    """A version of its own, signed at once by who hands in words of their own; unsigned ones leave no trace."""
    contribution.last_version += 1
    version = Version(
        number=contribution.last_version, content=dict(content), language=language, by=by, at=clock.now(),
        hash=hash_of(kind.name, language, dict(content)),
    )  # fmt: skip
    if not kind.signed_as:
        contribution.versions.clear()
    contribution.versions.append(version)
    db.session.flush()
    if kind.signed_as and kind.signs_at_sending and by == contribution.who:
        _sign(version, by, kind.signed_as, "screen")


def _sign(version: Version, who: str, as_what: str, how: str, entered_by: str | None = None) -> None:
    if not any((one.who, one.as_what) == (who, as_what) for one in version.approvals):
        version.approvals.append(Approval(who=who, as_what=as_what, how=how, entered_by=entered_by, at=clock.now()))
        db.session.flush()


def _unsign(version: Version) -> None:
    """The yes of editors to it stands no more."""
    version.approvals = [one for one in version.approvals if one.as_what != EDITOR]
    db.session.flush()


def _show(kind: Kind, contribution: Contribution, version: Version) -> None:
    if contribution.state != State.AWAY and (contribution.state, contribution.shown_version) != (
        State.SHOWN, version.number,
    ):  # fmt: skip
        contribution.became = kind.show(contribution, version)
        contribution.state, contribution.shown_version = State.SHOWN, version.number
        db.session.flush()
