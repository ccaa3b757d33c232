"""Stories for an archive that keeps them: a BagIt bag (RFC 8493) in a zip, of what tellers allow there and no more.

Each story goes with its consents, licence, source and credit. What leaves this way cannot be called back; the bag says
where is told what was withdrawn since.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.consent import queries as consents
from core.consent.models import Consent
from core.database import db
from core.media import service as media
from core.neighbourhoods.models import Neighbourhood
from tours.stories import licences, queries, transcript
from tours.stories.models import Story
from tours.stories.uses import ARCHIVE, KIND, NAME, VOICE

TRIES = 3  # while somebody withdraws at this very moment


class Counted(NamedTuple):
    """How many stories are in an archive, and how many that everybody reads are left out."""

    kept: int
    left_out: int


def write(here: Neighbourhood, to: Path, public_url: str) -> Counted:
    """Write the archive of a neighbourhood. `public_url`: of the site, as it stands in the bag.

    A story withdrawn while it is written is not in it: it is written anew then. OSError when the disk is full;
    RuntimeError when it never came to rest. Nothing half is left.
    """
    for _again in range(TRIES):
        stories, how_many = _allowed(here.id), queries.many(here.id)[0]
        with tempfile.NamedTemporaryFile(dir=to.parent, prefix=f".{to.name}-", delete=False) as new:
            half = Path(new.name)
        try:
            _bag(here, stories, how_many - len(stories), public_url.rstrip("/"), half)
            db.session.rollback()  # what was read is looked at once more, as it is now
            db.session.expire_all()
            if {story.key for story in _allowed(here.id)} >= {story.key for story in stories}:
                os.replace(half, to)
                return Counted(len(stories), how_many - len(stories))
        finally:
            half.unlink(missing_ok=True)
    raise RuntimeError("stories went while they were written")


def _allowed(neighbourhood_id: int) -> Sequence[Story]:
    allows = select(Consent.id).where(consents.to(KIND, Story.contribution_id, ARCHIVE)).correlate(Story).exists()
    found = select(Story).where(Story.neighbourhood_id == neighbourhood_id, queries.can_be_read(), allows)
    whole = found.options(joinedload(Story.spot), selectinload(Story.pictures)).order_by(Story.id)
    return db.session.scalars(whole).all()


def _bag(here: Neighbourhood, stories: Sequence[Story], left_out: int, site: str, to: Path) -> None:
    manifest: dict[str, str] = {}
    size = 0
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as zipped:

        def put(name: str, content: bytes) -> None:
            zipped.writestr(name, content)
            manifest[name] = hashlib.sha256(content).hexdigest()

        for name, content in _payload(here, stories, site):
            put(name, content)
            size += len(content)
        put("manifest-sha256.txt", _manifest(manifest))
        put("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        put("bag-info.txt", _about(here, len(stories), left_out, site, f"{size}.{len(manifest) - 2}"))
        tags = {name: known for name, known in manifest.items() if not name.startswith("data/")}
        zipped.writestr("tagmanifest-sha256.txt", _manifest(tags))


def _about(here: Neighbourhood, kept: int, left_out: int, site: str, size: str) -> bytes:
    said = {
        "Source-Organization": here.name, "External-Identifier": f"{site}/w/{here.slug}/stories",
        "Bagging-Date": clock.now().date().isoformat(), "Payload-Oxum": size, "Stories": str(kept),
        "Stories-Left-Out": f"{left_out} (their tellers did not allow an archive)",
        "Made-At": clock.now().isoformat(), "Withdrawn-Since": f"{site}/w/{here.slug}/stories/revocations.json",
    }  # fmt: skip
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in said.items()).encode()


def _manifest(known: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(known.items())).encode()


def _payload(here: Neighbourhood, stories: Sequence[Story], site: str) -> Iterator[tuple[str, bytes]]:
    names, rights = queries.names(stories), licences.of([one.contribution_id for one in stories if one.contribution_id])
    given = _consents(stories)
    for story in stories:
        folder, yeses = f"data/stories/{story.key}", given.get(story.contribution_id or 0, [])
        files = list(_files(story, VOICE in {one.use for one in yeses}))
        yield from ((f"{folder}/{name}", content) for name, content in files)
        said = {
            **_said(story, names.get(story.id) if NAME in {one.use for one in yeses} else None),
            "source": f"{site}/w/{here.slug}/stories/{story.key}", "neighbourhood": here.name,
            "licence": _licence(rights.get(story.contribution_id or 0)),
            "consents": [_yes(one) for one in yeses], "files": [name for name, _content in files],
        }  # fmt: skip
        yield f"{folder}/story.json", json.dumps(said, ensure_ascii=False, indent=1).encode()


def _said(story: Story, name: str | None) -> dict[str, Any]:
    spot = story.spot
    place = {"name": spot.name, "street": spot.street, "lat": spot.lat, "lon": spot.lon} if spot else None
    return {
        "key": story.key, "title": story.title, "words": story.words, "language": story.language,
        "when": story.when, "edtf": story.edtf, "theme": story.theme, "warning": story.warning, "place": place,
        "credit": name, "version": story.version_hash, "published_at": story.published_at.isoformat(),
        "pictures": [
            {"file": f"picture-{one.number}.webp", "about": one.about, "when": one.when, "credit": one.credit,
             "rights": one.rights}
            for one in story.pictures
        ],
    }  # fmt: skip


def _files(story: Story, with_voice: bool) -> Iterator[tuple[str, bytes]]:
    """Its pictures; its voice with what is said in it, where the teller allows that people hear it."""
    for picture in story.pictures:
        if drawn := media.file(picture.key, "large.webp"):
            yield f"picture-{picture.number}.webp", drawn.read_bytes()
    if with_voice and story.sound_key and story.cues and (sound := media.file(story.sound_key, "sound.m4a")):
        yield "sound.m4a", sound.read_bytes()
        cues = [transcript.Cue(*cue) for cue in story.cues]
        yield "transcript.vtt", transcript.vtt(cues, story.milliseconds or 0).encode()


def _consents(stories: Sequence[Story]) -> dict[int, list[Consent]]:
    ids = [story.contribution_id for story in stories if story.contribution_id]
    standing = (Consent.kind == KIND, Consent.thing.in_(ids), consents.stands())
    by_story: dict[int, list[Consent]] = {}
    for one in db.session.scalars(select(Consent).where(*standing).order_by(Consent.use)):
        by_story.setdefault(one.thing, []).append(one)
    return by_story


def _yes(one: Consent) -> dict[str, Any]:
    """Without who gave it: a key is of no use there, and may be somebody's."""
    return {"use": one.use, "how": one.how, "version": one.version, "given_at": one.given_at.isoformat()}


def _licence(licence: licences.Licence | None) -> dict[str, str | None]:
    return {"id": licence.name if licence else licences.ONLY_HERE, "url": licence.url if licence else None}
