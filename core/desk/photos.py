"""Photos that everybody in them allows more with than the albums."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, func, select

from core import clock
from core.desk import queries as desk
from core.desk.handlers import MOST, USUAL, Before, Item
from core.desk.models import Verdict
from core.guard import Role
from core.photos import aside, blurring, queries, rules, service
from core.photos.models import ALBUM, Consent, Photo
from core.photos.prepare import Prepared

UNDO_KEEPS = timedelta(minutes=10)  # bytes that were taken away or replaced stay so long, for who undoes it


class Photos:
    """Wider uses of a photo."""

    kind = "photo"
    label = _l("Photo")
    icon = "camera"
    answers = replace(
        USUAL,
        labels={**USUAL.labels, Verdict.BLUR: _l("Make somebody unrecognisable")},
        told={**USUAL.told, Verdict.BLUR: _l("An editor made a part of it unrecognisable. We keep it like that now.")},
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        last = select(func.max(Consent.given_at)).where(Consent.photo_id == Photo.id, Consent.scope != ALBUM)
        asked = last.where(Consent.withdrawn_at.is_(None)).correlate(Photo).scalar_subquery()
        done = desk.answered(self.kind, Photo.key, asked, editor)
        theirs = and_(~queries.is_in_it(editor), ~done)
        return [_item(photo) for photo in queries.wait_for_a_look(neighbourhood_id, MOST, theirs)]

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        photo = queries.by_key(key)
        return _item(photo) if photo and photo.neighbourhood_id == neighbourhood_id else None

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        """What was asked for more than the albums: editors do not see what went back to them."""
        return [_item(photo) for photo in queries.some(neighbourhood_id, keys) if _wanted(photo)]

    def publish(self, key: str, editor: str) -> None:
        service.clear(_photo(key), editor, Role.EDITOR)

    def hide(self, key: str, editor: str) -> None:
        service.unclear(_photo(key), editor or None, Role.EDITOR if editor else Role.VISITOR)

    def take_away(self, key: str, editor: str) -> None:
        aside.set_aside([_photo(key)], clock.now() + UNDO_KEEPS)

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        """With all that its people allowed: nobody withdrew any of it."""
        aside.bring_back((photo for photo in [queries.aside(key)] if photo), with_wider_uses=True)

    def blur(self, key: str, prepared: Prepared, editor: str) -> str:
        photo = _photo(key)
        blurring.blur(photo, prepared, editor, Role.EDITOR, clock.now() + UNDO_KEEPS)
        return photo.key

    def unblur(self, key: str, editor: str) -> str:
        """One that was withdrawn meanwhile stays away."""
        photo = queries.by_key(key)
        if photo is None:
            return key
        blurring.undo(photo, editor, Role.EDITOR)
        return photo.key


def gone(photo: Photo) -> None:
    """It was withdrawn: nobody looks at what was said of it any more."""
    desk.close_reports(Photos.kind, photo.key, clock.now())


def _photo(key: str) -> Photo:
    photo = queries.by_key(key)
    if photo is None:
        raise LookupError(f"no photo {key}")
    return photo


def _item(photo: Photo) -> Item:
    """A child's photo never waits: it stays in the two albums."""
    standing = [consent for consent in photo.consents if consent.withdrawn_at is None]
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
        ],
        picture=photo.key,
        is_public=photo.cleared_at is not None and bool(_wanted(photo)),
        asks=photo.cleared_at is None and bool(_wanted(photo)),
    )


def _wanted(photo: Photo) -> list[LazyString]:
    """What everybody in it allows beyond the albums."""
    standing = [consent.scope for consent in photo.consents if consent.withdrawn_at is None]
    return [words for scope, words in rules.WORDS.items() if standing.count(scope) == photo.people]
