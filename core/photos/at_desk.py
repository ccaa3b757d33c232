"""Photos that everybody in them allows more with than the albums."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, func, select

from core import clock, i18n
from core.consent import queries as consents
from core.consent.models import Consent
from core.desk import queries as desk
from core.desk import reasons
from core.desk.handlers import MAY_STAY, MOST, Answers, Before, Item
from core.desk.models import Decision, Verdict
from core.guard import Role
from core.media import service as media
from core.media.queries import aside_until as _until
from core.photos import blurring, captions, queries, rules, service, set_aside
from core.photos.captions import Caption
from core.photos.models import ALBUM, KIND, PLAYERS, PRINT, SCREEN, WEB, Photo
from core.photos.prepare import Prepared

UNDO_KEEPS = timedelta(minutes=10)  # bytes that were replaced, or taken away twice, stay so long for who undoes it

STAYS = _l("It stays in their album. Nobody else may see it now.")
TO = {PLAYERS: _l("to players"), SCREEN: _l("on the screen"), WEB: _l("on the internet"), PRINT: _l("on paper")}


class Photos:
    """Wider uses of a photo."""

    kind = KIND
    label = _l("Photo")
    icon = "camera"
    pictures, changes = "desk.picture", "desk.blur"  # core/photos/desk_pages.py
    answers = Answers(
        labels={
            Verdict.GOOD: _l("May be seen"),
            Verdict.BLUR: _l("Make somebody unrecognisable"),
            Verdict.BACK: _l("Only in their album, with a reason"),
            Verdict.AWAY: _l("Gone from their album too, with a reason"),
        },
        done={
            Verdict.GOOD: _l("It may be seen where they asked."),
            Verdict.BLUR: _l("Somebody is unrecognisable now, and it may be seen."),
            Verdict.BACK: _l("It is in their album and nowhere else. They read why."),
            Verdict.AWAY: _l("It is gone, from their album too. They read why."),
        },
        told={
            Verdict.GOOD: _l("Another editor looked, and it may be seen where you asked."),
            Verdict.BLUR: _l("An editor made a part of it unrecognisable. We keep it like that now."),
            Verdict.BACK: _l("It stays in your album. Others do not see it."),
            Verdict.AWAY: _l("It was taken away."),
        },
        final=frozenset({Verdict.GOOD}),
        why=lambda decisions: _why(decisions),
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        last = select(func.max(Consent.id)).where(Consent.kind == KIND, Consent.thing == Photo.id)
        wider = last.where(Consent.use != ALBUM, consents.stands())
        asked = wider.correlate(Photo).scalar_subquery()
        done = desk.answered(self.kind, Photo.key, asked, editor)
        theirs = and_(~queries.is_in_it(editor), ~done)
        return _items(queries.wait_for_a_look(neighbourhood_id, MOST, theirs))

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        """Also one that was taken away, while another editor may bring it back."""
        photo = queries.by_key(key) or (queries.aside(key) if desk.away_once(self.kind, [key]) else None)
        return _items([photo])[0] if photo and photo.neighbourhood_id == neighbourhood_id else None

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        """What was asked for more than the albums: editors do not see what went back to them."""
        here = [*queries.some(neighbourhood_id, keys), *_taken_away(neighbourhood_id, keys)]
        return _items([photo for photo in here if _wanted(photo)])

    def publish(self, key: str, editor: str, role: Role) -> None:
        service.clear(_back(key), editor, role)

    def hide(self, key: str, editor: str, role: Role) -> None:
        service.unclear(_back(key), editor or None, role)

    def take_away(self, key: str, editor: str) -> Before:
        """Another editor may bring it back within a day; what a second one takes away nobody does, but for an undo."""
        if queries.aside(key) is None:
            set_aside.hide([_photo(key)], _stays_until(key), editor)
            return None
        until = _until([key])[key]
        media.let_go([key], min(until, clock.now() + UNDO_KEEPS))
        return {"until": until.isoformat()}

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        """With all that its people allowed: nobody withdrew any of it."""
        photo = queries.aside(key)
        if photo and before and "until" in before:
            media.let_go([key], datetime.fromisoformat(before["until"]))
        elif photo:
            set_aside.bring_back([photo])

    def blur(self, key: str, made: Prepared, editor: str, role: Role) -> str:
        photo = _back(key)
        blurring.blur(photo, made, editor, role, clock.now() + UNDO_KEEPS)
        return photo.key

    def unblur(self, key: str, editor: str, role: Role) -> str:
        """One that was withdrawn meanwhile stays away."""
        photo = queries.by_key(key)
        if photo is None:
            return key
        blurring.undo(photo, editor, role)
        return photo.key


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
        set_aside.bring_back([photo])
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
    kept = _until({photo.key for photo in _taken_away(where, keys)})
    here = {photo.key for photo in queries.some(where, keys)}
    return {one.key: _what_is_left(one, kept.get(one.about)) for one in away if one.about not in here}


def _what_is_left(decision: Decision, until: datetime | None) -> Sequence[LazyString]:
    if until is None:
        return [_l("Nothing is left of it. Your meeting and your points stay. Next time you can make a new photo.")]
    kept = _l("Nobody sees it now. We keep it until %(moment)s.", moment=i18n.day_with_time(until))
    return [kept] if decision.appealed_at else [kept, _l("Until then you can ask another editor.")]


def _items(photos: Sequence[Photo]) -> list[Item]:
    """As the desk shows them, with as many questions for a hundred as for one."""
    said = captions.of([photo.id for photo in photos])
    staying, until = queries.staying(photos), _until({photo.key for photo in photos if photo.is_forgotten})
    return [_item(photo, said.get(photo.id), until.get(photo.key), photo.id in staying) for photo in photos]


def _item(photo: Photo, caption: Caption | None, until: datetime | None, stays: bool) -> Item:
    """A child's photo never waits: it stays in the two albums."""
    standing = _standing(photo)
    who = frozenset(consent.who for consent in standing if consent.use == ALBUM)
    wider, wanted = [consent for consent in standing if consent.use != ALBUM], _wanted(photo)
    is_public = photo.cleared_at is not None and not photo.is_forgotten and bool(wanted)
    return Item(
        kind=Photos.kind,
        key=photo.key,
        title=Photos.label,
        called=caption.words if caption else "",
        lang=caption.lang if caption else None,
        where=caption.where if caption else "",
        since=max((consent.given_at for consent in wider), default=photo.kept_at),
        who=who,
        ask=max((consent.id for consent in wider), default=0),
        facts=[
            (_l("Asked for"), ", ".join(str(rules.WORDS[scope]) for scope in wanted)),
            (_l("Who said yes?"), _l("everybody in it")),
            (_l("If they allow more later"), _l("then that may be seen too")),
            *([(_l("Kept until"), i18n.day_with_time(until))] if until else []),
        ],
        no_yes=STAYS if stays else None,
        picture=photo.key,
        size=(photo.width, photo.height),
        labels={Verdict.GOOD: MAY_STAY if is_public else _may_go(photo, wanted)},
        is_public=is_public,
        is_away=photo.is_forgotten,
        asks=photo.cleared_at is None and not photo.is_forgotten and bool(wanted),
    )


def _may_go(photo: Photo, scopes: Collection[str]) -> LazyString:
    """What a yes does: where it may be seen from then on."""
    uses = i18n.listed(TO[scope] for scope in scopes)
    if photo.is_forgotten:
        return _l("Back in their album, and %(uses)s", uses=uses)
    return _l("May go %(uses)s", uses=uses)


def _wanted(photo: Photo) -> list[str]:
    """The uses beyond the albums that everybody in it allows, without those that another of them implies."""
    standing = [consent.use for consent in _standing(photo)]
    allowed = [scope for scope in rules.WORDS if standing.count(scope) == photo.people]
    implied = set[str]().union(*(rules.IMPLIED.get(scope, ()) for scope in allowed))
    return [scope for scope in allowed if scope not in implied]


def _standing(photo: Photo) -> list[Consent]:
    return [consent for consent in photo.consents if consent.stands]
