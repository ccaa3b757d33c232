"""The pictures of a telling as they were sent: a form for each of four, its file redrawn and kept with the story."""

import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_babel import lazy_gettext as _l

from core.contributions.models import Version
from core.photos import prepare
from core.refusal import Refusal, Sort, about
from core.security import FORM_BYTES
from core.storage import storage
from tours.stories import pictures, service
from tours.stories.forms import PictureForm, StoryForm
from tours.stories.pictures import NOW, PHOTO, THEN

SLOTS = {"then": THEN, "now": NOW, "third": PHOTO, "fourth": PHOTO}
TAKES = pictures.MOST * prepare.MAX_BYTES + FORM_BYTES
PARTS = 80  # fields and files: those of the story, and eight of each picture
SENT_WITHOUT = _l("Your story came in. One picture stays away because of who is in it. The story goes on without it.")
Said = Mapping[str, Any]


def init_app(app: Flask) -> None:
    """What templates say of a picture that waits."""
    app.add_template_filter(pictures.words, "picture_words")
    app.add_template_filter(pictures.why_not, "why_not_shown")


class Album:
    """The pictures of one form: new ones, and of a story that is changed those that its versions had, oldest first."""

    def __init__(self, story: StoryForm, versions: Sequence[Version] = ()) -> None:
        self.story = story
        self.now: Sequence[Said] = versions[-1].content.get("pictures", ()) if versions else ()
        had = {said["key"]: said for version in versions for said in version.content.get("pictures", ())}
        placed = {} if request.form else _placed(self.now)
        self.slots = {name: _form(name, placed.get(name)) for name in SLOTS}
        for form in self.slots.values():
            form.is_new = _sent(form) is not None
            form.was = had.get(form.kept.data or "")  # also one that another tab took away meanwhile

    def stays_away(self, is_childs: bool) -> bool:
        """Whether one of them is shown to nobody."""
        return pictures.kept_back({"pictures": [one.said for one in self.slots.values() if one.is_there],
                                   "young": is_childs})  # fmt: skip

    def number(self, said: Said) -> int | None:
        """The number of one that the story has now."""
        return next((at for at, one in enumerate(self.now) if one["key"] == said["key"]), None)

    def has(self, name: str) -> bool:
        """Whether the story or a picture has this field."""
        return self.story.has(name) or any(field.name == name for form in self.slots.values() for field in form)

    def refuse(self, name: str, sentence: object) -> bool:
        """Put a sentence at its field."""
        slot, _, field = name.partition("-")
        return self.slots[slot].refuse(field, sentence) if slot in self.slots else self.story.refuse(name, sentence)

    def must_fit(self) -> None:
        """Raise Refusal (invalid) when the story or a picture does not fit."""
        self.story.must_fit()
        for form in self.slots.values():
            if not form.validate():
                field = next(field for field in form if field.errors)
                raise Refusal(field.errors[0], Sort.INVALID, field=field.name)

    def redrawn(self, after: ExitStack) -> "Redrawn":
        """Each new one redrawn. Raises Refusal at the field of one that cannot be, with nothing kept."""
        made = {}
        for name, form in self.slots.items():
            if upload := _sent(form):
                with about(form.file.name):
                    made[name] = prepare.prepare(upload.stream, storage().tmp())
                after.callback(_remove, made[name].folder)
        return Redrawn(self, made)


class Redrawn:
    """An album that can be kept."""

    def __init__(self, album: Album, made: Mapping[str, prepare.Prepared]) -> None:
        self.album, self.made = album, made

    @property
    def twin(self) -> str:
        """What two copies of one sent form have in common: its words, what is said of its pictures, their files."""
        said = [(form.data, self.made[name].sha256 if name in self.made else "")
                for name, form in self.album.slots.items()]  # fmt: skip
        words = self.album.story.twin
        return sha256(f"{words} {said}".encode("utf-8", "replace")).hexdigest() if words else ""

    def keep(self) -> list[dict[str, Any]]:
        """As the content of a story names them, in their order; files are kept in this transaction."""
        found: dict[str, dict[str, Any]] = {}
        for name, form in self.album.slots.items():
            if made := self.made.get(name):
                kept = service.keep_picture(made, form.said, SLOTS[name])
            elif form.was and not form.away.data:
                kept = {**form.was, **form.said, "role": SLOTS[name]}
            else:
                continue
            found.setdefault(kept["key"], kept)
        return list(found.values())


def _form(name: str, said: Said | None) -> PictureForm:
    """As it was sent, else as the story has it now."""
    return PictureForm(request.form or None, data={**said, "kept": said["key"]} if said else None, prefix=name)


def _placed(said: Sequence[Said]) -> dict[str, Said]:
    """Each picture at the field that it came by."""
    free, placed = dict(SLOTS), {}
    for one in said:
        role = one["role"] if one["role"] in free.values() else PHOTO
        name = next((name for name, each in free.items() if each == role), next(iter(free)))
        placed[name] = one
        del free[name]
    return placed


def _sent(form: PictureForm) -> Any:
    """The file that was chosen in its field."""
    upload = request.files.get(form.file.name)
    return upload if upload and upload.filename else None


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # gone already when it was kept
