"""Photos that everybody in them allows more with than the albums."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core import clock
from core.desk.handlers import Item
from core.guard import Role
from core.photos import aside, queries, rules, service
from core.photos.models import ALBUM, Photo

UNDO_KEEPS = timedelta(minutes=10)  # the bytes of a photo that was taken away stay so long, for who undoes it


class Photos:
    """Wider uses of a photo."""

    kind = "photo"
    label = _l("Photo")
    icon = "camera"

    def waiting(self, neighbourhood_id: int) -> Sequence[Item]:
        return [_item(photo) for photo in queries.wait_for_a_look(neighbourhood_id)]

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

    def bring_back(self, key: str, editor: str) -> None:
        aside.bring_back(photo for photo in [queries.aside(key)] if photo)


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
    )


def _wanted(photo: Photo) -> list[LazyString]:
    """What everybody in it allows beyond the albums."""
    standing = [consent.scope for consent in photo.consents if consent.withdrawn_at is None]
    return [words for scope, words in rules.WORDS.items() if standing.count(scope) == photo.people]
