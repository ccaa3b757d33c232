"""Photos that everybody in them allows more with than the albums."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, func, select

from core import clock, i18n
from core.desk import queries as desk
from core.desk import reasons
from core.desk.handlers import MOST, USUAL, Before, Item
from core.desk.models import Decision, Verdict
from core.guard import Role
from core.photos import aside, blurring, queries, rules, service
from core.photos.models import ALBUM, Consent, Photo
from core.photos.prepare import Prepared

UNDO_KEEPS = timedelta(minutes=10)  # bytes that were replaced, or taken away twice, stay so long for who undoes it


class Photos:
    """Wider uses of a photo."""

    kind = "photo"
    label = _l("Photo")
    icon = "camera"
    answers = replace(
        USUAL,
        labels={**USUAL.labels, Verdict.BLUR: _l("Make somebody unrecognisable")},
        final=frozenset({Verdict.GOOD}),
        why=lambda decisions: _why(decisions),
        told={**USUAL.told, Verdict.BLUR: _l("An editor made a part of it unrecognisable. We keep it like that now.")},
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        last = select(func.max(Consent.given_at)).where(Consent.photo_id == Photo.id, Consent.scope != ALBUM)
        asked = last.where(Consent.withdrawn_at.is_(None)).correlate(Photo).scalar_subquery()
        done = desk.answered(self.kind, Photo.key, asked, editor)
        theirs = and_(~queries.is_in_it(editor), ~done)
        return [_item(photo) for photo in queries.wait_for_a_look(neighbourhood_id, MOST, theirs)]

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        """Also one that was taken away, while another editor may bring it back."""
        photo = queries.by_key(key) or (queries.aside(key) if desk.away_once(self.kind, [key]) else None)
        return _item(photo) if photo and photo.neighbourhood_id == neighbourhood_id else None

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        """What was asked for more than the albums: editors do not see what went back to them."""
        here = [*queries.some(neighbourhood_id, keys), *_taken_away(neighbourhood_id, keys)]
        return [_item(photo) for photo in here if _wanted(photo)]

    def publish(self, key: str, editor: str, role: Role) -> None:
        service.clear(_back(key), editor, role)

    def hide(self, key: str, editor: str, role: Role) -> None:
        service.unclear(_back(key), editor or None, role)

    def take_away(self, key: str, editor: str) -> Before:
        """Another editor may bring it back within a day; what a second one takes away nobody does, but for an undo."""
        photo = queries.aside(key)
        if photo is None or photo.bytes_stay_until is None:
            aside.set_aside([_photo(key)], _stays_until(key))
            return None
        until = photo.bytes_stay_until
        photo.bytes_stay_until = min(until, clock.now() + UNDO_KEEPS)
        return {"until": until.isoformat()}

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        """With all that its people allowed: nobody withdrew any of it."""
        photo = queries.aside(key)
        if photo and before and "until" in before:
            photo.bytes_stay_until = datetime.fromisoformat(before["until"])
        elif photo:
            aside.bring_back([photo], with_wider_uses=True)

    def blur(self, key: str, prepared: Prepared, editor: str, role: Role) -> str:
        photo = _back(key)
        blurring.blur(photo, prepared, editor, role, clock.now() + UNDO_KEEPS)
        return photo.key

    def unblur(self, key: str, editor: str, role: Role) -> str:
        """One that was withdrawn meanwhile stays away."""
        photo = queries.by_key(key)
        if photo is None:
            return key
        blurring.undo(photo, editor, role)
        return photo.key


def gone(photo: Photo) -> None:
    """It was withdrawn: nobody looks at what was said of it any more."""
    desk.close_reports(Photos.kind, photo.key, clock.now())


def _stays_until(key: str) -> datetime:
    """A day from when it was first taken away, also where an answer since then was undone; only an undo is left after
    a second time."""
    away = desk.standing(Photos.kind, key)
    if away and not desk.away_once(Photos.kind, [key]):
        return clock.now() + UNDO_KEEPS
    return (away.at if away else clock.now()) + reasons.AWAY_KEEPS


def _photo(key: str) -> Photo:
    photo = queries.by_key(key)
    if photo is None:
        raise LookupError(f"no photo {key}")
    return photo


def _back(key: str) -> Photo:
    """The photo, in its albums again where it was taken away."""
    if photo := queries.aside(key):
        aside.bring_back([photo], with_wider_uses=True)
    return _photo(key)


def _taken_away(neighbourhood_id: int, keys: Collection[str]) -> Sequence[Photo]:
    once = desk.away_once(Photos.kind, keys)
    return queries.some_aside(neighbourhood_id, once) if once else ()


def _why(decisions: Collection[Decision]) -> Mapping[str, Sequence[LazyString]]:
    """Of what was taken away: until when it is kept, or that nothing is left, by the key of the decision."""
    away = [decision for decision in decisions if decision.verdict == Verdict.AWAY]
    if not away:
        return {}
    where, keys = away[0].neighbourhood_id, {decision.about for decision in away}
    kept = {photo.key: photo.bytes_stay_until for photo in _taken_away(where, keys)}
    here = {photo.key for photo in queries.some(where, keys)}
    return {one.key: _what_is_left(one, kept.get(one.about)) for one in away if one.about not in here}


def _what_is_left(decision: Decision, until: datetime | None) -> Sequence[LazyString]:
    if until is None:
        return [_l("Nothing is left of it. Your meeting and your points stay. Next time you can make a new photo.")]
    kept = _l("Nobody sees it now. We keep it until %(moment)s.", moment=i18n.day_with_time(until))
    return [kept] if decision.appealed_at else [kept, _l("Until then you can ask another editor.")]


def _item(photo: Photo) -> Item:
    """A child's photo never waits: it stays in the two albums."""
    standing = _standing(photo)
    who = frozenset(consent.player for consent in standing if consent.scope == ALBUM)
    wider = [consent for consent in standing if consent.scope != ALBUM]
    return Item(
        kind=Photos.kind,
        key=photo.key,
        title=_l("Photo"),
        since=max((consent.given_at for consent in wider), default=photo.kept_at),
        who=who,
        facts=[
            (_l("Asked for"), ", ".join(str(words) for words in _wanted(photo))),
            (_l("Who said yes?"), _l("everybody in it")),
            *_kept_until(photo),
        ],
        picture=photo.key,
        is_public=photo.cleared_at is not None and not photo.is_forgotten and bool(_wanted(photo)),
        is_away=photo.is_forgotten,
        asks=photo.cleared_at is None and not photo.is_forgotten and bool(_wanted(photo)),
    )


def _wanted(photo: Photo) -> list[LazyString]:
    """What everybody in it allows beyond the albums."""
    standing = [consent.scope for consent in _standing(photo)]
    return [words for scope, words in rules.WORDS.items() if standing.count(scope) == photo.people]


def _standing(photo: Photo) -> list[Consent]:
    """What stands; of a photo that was taken away, what stood until then."""
    return [consent for consent in photo.consents if consent.withdrawn_at == photo.forgotten_at]


def _kept_until(photo: Photo) -> list[tuple[LazyString, LazyString | str]]:
    return [(_l("Kept until"), i18n.day_with_time(photo.bytes_stay_until))] if photo.bytes_stay_until else []
