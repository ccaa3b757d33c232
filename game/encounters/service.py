"""Handing in, pairing, saying yes or no, taking back, withdrawing a photo (docs/rules.md §4)."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from core import clock, codes
from core.database import db
from core.once import ACCEPTED
from core.people import queries as people
from core.people.models import Person
from core.photos import service as photos
from core.photos.models import Photo
from core.photos.prepare import Prepared
from core.photos.queries import had_key
from core.refusal import Refusal, Sort
from game.challenges.kinds import KINDS
from game.challenges.models import Challenge
from game.encounters import allowed, counting, queries
from game.encounters.models import (
    ANSWER_WITHIN,
    CODE_LIVES,
    Code,
    CodeOver,
    Encounter,
    Facts,
    State,
    Yes,
    once,
)
from game.scoring import newcomers
from game.scoring.service import award
from game.seasons import queries as seasons
from game.visits import rules
from game.visits import service as visits


class DoneBefore(Refusal):
    """Two did a challenge that they did before; another one is the way on."""


class NoChallenge(Refusal):
    """A challenge that cannot be done (any more); another one is the way on."""

    def __init__(self) -> None:
        super().__init__(_l("This challenge is not there (any more). Choose another one."), Sort.GONE)


def hand_in(
    person: Person, challenge: Challenge, prepared: Prepared | None, client_key: str, companion: Person | None = None,
    evidence: str = "", made_at: datetime | None = None,
) -> Encounter:  # fmt: skip
    """Start a meeting with the starter's yes, and propose it when the companion is named by tag.

    `evidence`: what shows that the starter is at the challenge's spot (game/visits/rules.py).

    The same client key with the same content gives the same encounter again; when the companion reported this meeting
    too, the two become one and each photo waits for the other's yes. When the pair did this challenge before, the
    companion stays open: the starter chooses another one, and the photo is kept (`switch`). `made_at` is when one that
    waited on the phone was made; later than now is now. Raises Refusal when the two may not meet, when the client key
    came with other content (conflict), or when it waited more than fourteen days (gone).
    """
    content = _digest(challenge, prepared, companion)
    before = queries.handed_in(person.player_key, client_key)
    if before:
        if before.content != content:
            raise Refusal(_l("This was sent before, with something else in it. Start again."), Sort.CONFLICT)
        return _final(before)
    taken_on = _taken_on(made_at)
    must_be_able_to_meet(person, companion)
    if not is_for_two(challenge, person) or not challenge.is_open_at(min(made_at or clock.now(), clock.now())):
        raise NoChallenge
    said = counting.facts(person.player_key, evidence=evidence)
    encounter = draft(person, challenge, client_key, content, said, taken_on)
    if encounter is None:  # the same request was faster in another tab: read what it made
        return hand_in(person, challenge, prepared, client_key, companion, evidence, made_at)
    final = encounter
    if companion:
        with suppress(DoneBefore):
            final = _propose(encounter, companion, is_report=True)
    if prepared:
        final.photos.append(photos.keep(prepared, person.neighbourhood_id, person.player_key))
        db.session.flush()
    return final


def draft(
    starter: Person, challenge: Challenge, client_key: str, content: str, said: Facts | None = None,
    taken_on: date | None = None,
) -> Encounter | None:  # fmt: skip
    """A new meeting without a companion yet, with the starter's yes when they `said` it.

    None when the same client key made one at this very instant.
    """
    encounter = Encounter(
        key=codes.new_key(), neighbourhood_id=starter.neighbourhood_id, challenge_id=challenge.id, challenge=challenge,
        starter=starter.player_key, state=State.DRAFT, client_key=client_key, content=content,
        made_at=clock.now(), answer_by=clock.now() + ANSWER_WITHIN, taken_on=taken_on,
    )  # fmt: skip
    if said:
        encounter.agree(starter.player_key, said)
    try:
        with db.session.begin_nested():
            db.session.add(encounter)
            db.session.flush()
    except IntegrityError:
        if queries.handed_in(starter.player_key, client_key) is None:
            raise  # something else is wrong with it
        return None
    return encounter


def is_for_two(challenge: Challenge, person: Person) -> bool:
    """Whether a challenge is one that two do together where this person plays."""
    return KINDS[challenge.kind].takes_two and challenge.neighbourhood_id == person.neighbourhood_id


def by_code(letters: str) -> Encounter:
    """The encounter that six letters lead to. Raises Refusal for letters that are unknown (unknown) or over (gone)."""
    code = queries.code(letters)
    if code is None:
        raise CodeOver(_l("See if you swapped a letter."), Sort.UNKNOWN, heading=_l("We do not know this code"))
    if not code.is_live:
        raise CodeOver(
            _l("A code is valid for 10 minutes. Ask the other for a new one."),
            Sort.GONE,
            heading=_l("This code is over"),
        )
    return code.encounter


def new_code(encounter_id: int, person: Person) -> Code:
    """Six fresh letters for a meeting whose companion is still open; those before it are over at once."""
    encounter = _own(encounter_id, person)
    if encounter.state != State.DRAFT or not encounter.is_open:
        raise Refusal(_l("This meeting needs no code any more."), Sort.GONE)
    queries.end_codes(encounter)
    letters = codes.short_code()
    while queries.code(letters):
        letters = codes.short_code()
    code = Code(letters=letters, encounter_id=encounter.id, valid_until=clock.now() + CODE_LIVES)
    db.session.add(code)
    db.session.flush()
    return code


def name_companion(encounter_id: int, person: Person, companion: Person) -> Encounter:
    """The starter says who the other is: by tag, or somebody who joined on the starter's phone."""
    encounter = _own(encounter_id, person)
    must_be_able_to_meet(person, companion)
    return _propose(encounter, companion, is_report=True)


def propose(encounter: Encounter, companion: Person) -> Encounter:
    """Name the companion of a meeting that a host saw; one that the two reported themselves is the same meeting."""
    return _propose(encounter, companion)


def did_before(encounter: Encounter, person: Person) -> bool:
    """Whether this person cannot become the companion, since the two did this challenge already."""
    only = counting.once_with(encounter, person.player_key, counting.season_on(encounter, clock.today()))
    return any(_is_done(standing, None) for standing in queries.standing_of([only]))


def switch(encounter_id: int, person: Person, challenge: Challenge) -> Encounter:
    """Another challenge for a meeting whose companion is still open; its photo and the starter's yes stay.

    By its starter, or by somebody who did the one before with them already. What showed that the starter was at the
    place of that one shows nothing of this one. Raises Refusal once it has a companion or is over.
    """
    encounter = queries.locked(encounter_id)
    encounter.must_be_open()
    if encounter.state != State.DRAFT:
        raise Refusal(_l("This meeting has its challenge."), Sort.GONE)
    if person.player_key != encounter.starter and not did_before(encounter, person):
        raise Refusal(_l("Only the one who started this meeting can do that."), Sort.FORBIDDEN)
    if challenge.id != encounter.challenge_id:
        encounter.challenge = challenge
        for yes in encounter.yeses:
            yes.evidence = ""
    db.session.flush()
    return encounter


def agree(
    encounter_id: int, person: Person, with_photo: bool, on_this_phone: bool = False, evidence: str = ""
) -> Encounter:
    """Record a yes, and reward both when it is the second (docs/rules.md §4).

    Without photo the meeting counts the same and the photos of the other go, also when it is asked after a yes with;
    else asking again changes nothing. A yes is for the photos that the encounter has now, not for those that a merge
    brings. Raises Refusal when the person is not part of it, may not meet, or it is no longer open.
    """
    encounter = _final(queries.locked(encounter_id))
    shown = [photo for photo in encounter.photos if photo.maker != person.player_key]
    if not encounter.said_yes(person.player_key):
        encounter = _say_yes(encounter, person, on_this_phone, evidence)
        if with_photo and (not on_this_phone or _joined_for(encounter, person)):
            _allow(shown, person)
    if not with_photo:
        _forget(shown)
    db.session.flush()
    return encounter


def decline(encounter_id: int, person: Person) -> Encounter:
    """The companion says no: the photo goes, nobody is told why, nobody loses points."""
    encounter = queries.locked(encounter_id)
    if person.player_key == encounter.starter or encounter.companion not in {None, person.player_key}:
        raise Refusal(_l("Only the two people who met can answer."), Sort.FORBIDDEN)
    if encounter.companion is None:
        must_be_able_to_meet(person, encounter.starter)
    if encounter.state != State.DECLINED:
        if not encounter.is_confirmed:
            allowed.must_stand(encounter, even=person.player_key)  # a pause keeps nobody from a no
        encounter.companion = person.player_key
        _end(encounter, State.DECLINED)
    return encounter


def take_back(encounter_id: int, person: Person) -> Encounter:
    """The starter takes back their yes while nobody answered it."""
    encounter = _own(encounter_id, person)
    if encounter.state != State.REMOVED:
        _end(encounter, State.REMOVED)
    return encounter


def withdraw_photo(encounter_id: int, person: Person, photo_key: str) -> Encounter:
    """Take a photo away, always possible for either of the two: the encounter and the points stay."""
    encounter, photo = _photo_of(encounter_id, person, photo_key)
    photos.forget(photo, person.player_key)
    db.session.flush()
    return encounter


def allow_photo(encounter_id: int, person: Person, photo_key: str) -> Encounter:
    """Say yes to a photo that the other one added when two reports became one."""
    encounter, photo = _photo_of(encounter_id, person, photo_key)
    if photo.is_forgotten:
        raise Refusal(_l("That photo is not here (any more)."), Sort.UNKNOWN)
    photos.allow(photo, person.player_key)
    db.session.flush()
    return encounter


def must_be_able_to_meet(person: Person, other: Person | str | None = None) -> None:
    """Raises Refusal when somebody cannot start a meeting, or not with this other (a person or a player key).

    The same words both ways, and they name nobody (docs/rules.md §3, §4; game/encounters/allowed.py).
    """
    if other is None:
        allowed.must_be_able_to_start(person)
    else:
        allowed.must_be_able_to_meet(person, other if isinstance(other, str) else other.player_key)


def done_together(person: Person, other: str, challenges: Iterable[Challenge]) -> set[int]:
    """Which of these (ids) somebody did with another (a player key) already: handed in again they would be refused."""
    season = seasons.on(person.neighbourhood_id, clock.today())
    when: int | date = season.id if season else clock.today()
    onces = [once(when, person.player_key, other, challenge.id) for challenge in challenges]
    return {one.challenge_id for one in queries.standing_of(onces) if _is_done(one, person.player_key)}


def answers_on_this_phone(encounter: Encounter, companion: Person) -> bool:
    """Whether the companion, who never had a phone here, may answer on the starter's."""
    return encounter.state == State.PROPOSED and not people.ever_had_phone(companion)


def has_no_phone(person: Person | None) -> bool:
    """Whether somebody plays here who never had a phone."""
    return person is not None and not people.ever_had_phone(person)


def companion_on_this_phone(encounter: Encounter, starter: Person) -> Person:
    """Who answers on the starter's phone. Raises Refusal when the companion has a phone of their own."""
    companion = people.by_player_key(encounter.companion or "")
    if starter.player_key != encounter.starter or companion is None or not has_no_phone(companion):
        raise Refusal(_l("The other answers on their own phone."), Sort.FORBIDDEN)
    return companion


def expire(encounter_id: int) -> bool:
    """End an encounter that nobody answered in time; whether it was one."""
    return _expire(queries.locked(encounter_id))


def _say_yes(encounter: Encounter, person: Person, on_this_phone: bool, evidence: str) -> Encounter:
    if encounter.companion is None:
        must_be_able_to_meet(person, encounter.starter)
        encounter = _propose(encounter, person)
    elif person.player_key not in encounter.players:
        encounter.propose(person.player_key, "")  # refuses, in the right words
    newcomers.lock(encounter.neighbourhood_id, encounter.players)
    if not encounter.is_confirmed:
        allowed.must_stand(encounter)  # asked while both are locked: a block that came in a moment ago counts
    if encounter.agree(person.player_key, counting.facts(person.player_key, on_this_phone, evidence)):
        _confirm(encounter)
    return encounter


def _propose(encounter: Encounter, companion: Person, is_report: bool = False) -> Encounter:
    """Name the companion; where this season, pair and challenge has a meeting already, the two become one."""
    encounter.must_be_open()
    season = counting.season_on(encounter, clock.today())
    only = counting.once_with(encounter, companion.player_key, season)
    standing = queries.standing(only)
    if standing is encounter:
        return encounter
    if standing is None or _expire(standing):
        try:
            with db.session.begin_nested():
                encounter.propose(companion.player_key, only)
                db.session.flush()
            return encounter
        except IntegrityError:
            if queries.standing(only) is None:
                raise  # something else is wrong with it
            # the other phone reported it a moment ago
            return _propose(encounter, companion, is_report)
    if _is_done(standing, encounter.starter if is_report else None):
        raise DoneBefore(
            _l("You two did this challenge already. Choose another one."), Sort.CONFLICT, field="challenge"
        )
    return _merge(encounter, standing)


def _merge(report: Encounter, standing: Encounter) -> Encounter:
    """Two phones reported one meeting: one stays, with the yeses and the photos of both."""
    carried = list(report.photos)
    yeses = [(yes.player, _said(yes)) for yes in report.yeses]
    report.photos.clear()
    report.close(State.REMOVED)
    report.merged_into = standing
    queries.end_codes(report)
    db.session.flush()
    standing.photos.extend(carried)
    newcomers.lock(standing.neighbourhood_id, standing.players)
    if not standing.is_confirmed:
        allowed.must_stand(standing)
    for player, facts in yeses:
        if standing.agree(player, facts):
            _confirm(standing)
    db.session.flush()
    return standing


def _confirm(encounter: Encounter) -> None:
    _keep_visits(encounter)
    encounter.fits = counting.fits(encounter)
    if season := counting.settle(encounter):
        db.session.flush()
        award(encounter.as_meeting(), season.ruleset)


def _keep_visits(encounter: Encounter) -> None:
    """Whoever of the two surely was at the challenge's spot was there."""
    if (spot := encounter.challenge.spot_id) is None:
        return
    for yes in encounter.yeses:
        if rules.counts(encounter.evidence(yes.player)):
            visits.record(yes.player, spot, encounter.taken_on or clock.today())


def _taken_on(made_at: datetime | None) -> date | None:
    """The day of a hand-in that waited on the phone until a later one, else None. Raises Refusal past fourteen days."""
    if made_at is None:
        return None
    if made_at < clock.now() - ACCEPTED:
        raise Refusal(
            _l("This is more than 14 days ago, so it does not count any more. It stays on your phone."), Sort.GONE
        )
    day = clock.day_of(made_at)
    return day if day < clock.today() else None


def _expire(encounter: Encounter) -> bool:
    """End an open encounter whose time is over; whether it was."""
    if encounter.is_open or encounter.state not in {State.DRAFT, State.PROPOSED}:
        return False
    _end(encounter, State.EXPIRED)
    return True


def _end(encounter: Encounter, state: State) -> None:
    encounter.close(state)
    queries.end_codes(encounter)
    _forget(encounter.photos)
    db.session.flush()


def _allow(pictures: Iterable[Photo], person: Person) -> None:
    for photo in pictures:
        photos.allow(photo, person.player_key)


def _forget(pictures: Iterable[Photo]) -> None:
    for photo in pictures:
        photos.forget(photo)


def _joined_for(encounter: Encounter, person: Person) -> bool:
    """Whether somebody joined on the starter's phone for this very meeting, so is there to see its photo."""
    return person.joined_at >= encounter.made_at


def _own(encounter_id: int, person: Person) -> Encounter:
    encounter = queries.locked(encounter_id)
    if encounter.starter != person.player_key:
        raise Refusal(_l("Only the one who started this meeting can do that."), Sort.FORBIDDEN)
    return encounter


def _photo_of(encounter_id: int, person: Person, photo_key: str) -> tuple[Encounter, Photo]:
    """One of its photos, also by a key from before an editor blurred it."""
    encounter, earlier = queries.locked(encounter_id), had_key(photo_key)
    photo = next((photo for photo in encounter.photos if photo.key == photo_key or photo.id == earlier), None)
    if person.player_key not in encounter.players or photo is None:
        raise Refusal(_l("That photo is not here (any more)."), Sort.UNKNOWN)
    return encounter, photo


def _is_done(standing: Encounter, reports: str | None) -> bool:
    """Whether it is a meeting of its own, and no other report of what one of the two (`reports`) hands in now."""
    is_todays = standing.confirmed_at is not None and clock.day_of(standing.confirmed_at) == clock.today()
    return standing.starter == reports or not (standing.is_open or is_todays)


def _final(encounter: Encounter) -> Encounter:
    return encounter.merged_into or encounter


def _said(yes: Yes) -> Facts:
    return Facts(yes.zone_id, evidence=yes.evidence, household=yes.household, team=yes.team)


def _digest(challenge: Challenge, prepared: Prepared | None, companion: Person | None) -> str:
    content = (challenge.key, prepared.sha256 if prepared else "", companion.tag if companion else "")
    return hashlib.sha256("|".join(content).encode()).hexdigest()
