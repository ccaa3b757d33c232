"""Making a back-up of everything in one file, and restoring it on an empty machine."""

import hmac
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

from flask_babel import lazy_gettext as _l
from sqlalchemy import Connection, or_, select, text

from core import clock
from core.backup import again, archive, rows
from core.database import db, dialect, writing
from core.media.models import Media
from core.media.owners import OWNERS
from core.refusal import Refusal, Sort
from core.storage import storage

Say = Callable[[str, int, int], None]  # what is being done, how much of it is done, of how much
A_LITTLE = timedelta(minutes=1)  # what went in the minute before is forgotten again too


def make(file: Path, secret: str, say: Say) -> int:
    """Everything as it is at one moment: rows, and the files that those name. Its size in bytes.

    The file is there once it is whole. Raises Refusal for a name that is taken.
    """
    if file.exists():
        raise Refusal(_l("There is a file of that name already."), Sort.INVALID)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with _one_moment() as connection, archive.Writer(fresh) as writer:
            made_at = clock.now()
            for number, table in enumerate(rows.tables(), 1):
                writer.add(f"rows/{table.name}.jsonl", rows.lines(connection, table))
                say("tables", number, len(rows.tables()))
            _add_files(writer, connection, say)
            writer.end(_revision(connection), made_at, _hash(secret))
        _settle(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)
    return file.stat().st_size


def restore(file: Path, secret: str, forgotten: Path | None, say: Say) -> tuple[int, int]:
    """Put a back-up in an empty database of the same version; first of all, what went since then goes again.

    How many rows there are, and how much was forgotten again. Nothing opens half: rows and what is forgotten are one
    transaction, and files without a row go with the sweeps. Raises Refusal where it does not fit.
    """
    with archive.Reader(file) as reader:
        with db.engine.connect() as connection:
            _must_fit(reader.manifest, connection, secret)
        reader.must_be_whole()
        keys = _put_files(reader, say)
        with writing():
            many = _put_rows(reader, db.session.connection(), say)
            since = reader.manifest.made_at - A_LITTLE
            went = again.forget(since, forgotten) if forgotten else 0
        for key in keys:
            storage().settle(key)
    return many, went


@contextmanager
def _one_moment() -> Iterator[Connection]:
    """A reading in which nothing changes."""
    with db.engine.connect() as connection:
        if dialect() == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def _add_files(writer: archive.Writer, connection: Connection, say: Say) -> None:
    here = or_(Media.let_go_at.is_(None), Media.let_go_at > clock.now())
    kept = connection.execute(select(Media.key, Media.owner).where(here, Media.gone_at.is_(None))).all()
    owners = {owner.name: owner.files for owner in OWNERS.all()}
    for number, (key, owner) in enumerate(kept, 1):
        for name in owners.get(owner, ()):
            if path := storage().path(f"{key}/{name}"):  # else it went at this moment, or fsck names it
                writer.add(f"media/{key}/{name}", archive.pieces(path.open("rb")))
        say("files", number, len(kept))


def _must_fit(manifest: archive.Manifest, connection: Connection, secret: str) -> None:
    if manifest.revision != _revision(connection):
        raise Refusal(
            _l("The back-up is of version %(theirs)s of the tables, and here it is %(ours)s.",
               theirs=manifest.revision, ours=_revision(connection)),
            Sort.INVALID,
        )  # fmt: skip
    if not hmac.compare_digest(manifest.secret, _hash(secret)):
        raise Refusal(_l("This site has another secret: put the old one back first, or every plate is dead."))
    if not rows.is_empty(connection):
        raise Refusal(_l("There is something in this database. Restore into an empty one."))
    if manifest.size > shutil.disk_usage(storage().tmp()).free:
        raise Refusal(_l("It does not fit on this disk."), Sort.FULL)


def _put_files(reader: archive.Reader, say: Say) -> list[str]:
    folders: dict[str, list[str]] = {}
    for name in reader.names:
        if found := archive.MEDIA.fullmatch(name):
            folders.setdefault(found[1], []).append(found[2])
    for number, (key, files) in enumerate(folders.items(), 1):
        folder = Path(mkdtemp(dir=storage().tmp()))
        for file in files:
            with (folder / file).open("wb") as out:
                for piece in archive.pieces(reader.open(f"media/{key}/{file}")):
                    out.write(piece)
        storage().delete(key)  # of a restore that was killed: the database is empty
        storage().keep(folder, key)
        say("files", number, len(folders))
    return list(folders)


def _put_rows(reader: archive.Reader, connection: Connection, say: Say) -> int:
    if not rows.is_empty(connection):
        raise Refusal(_l("There is something in this database. Restore into an empty one."))
    many, here = 0, [table for table in rows.tables() if f"rows/{table.name}.jsonl" in reader.names]
    try:
        for number, table in enumerate(here, 1):
            with reader.open(f"rows/{table.name}.jsonl") as said:
                many += rows.put(connection, table, iter(lambda: said.readline(rows.LONGEST), b""))
            rows.count_on(connection, table)
            say("tables", number, len(here))
        rows.plan_on(connection)
    except rows.Unreadable:
        raise Refusal(archive.UNREADABLE, Sort.INVALID) from None
    return many


def _revision(connection: Connection) -> str:
    """The version of the tables; "" where no migration made them (tests)."""
    if not db.inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _hash(secret: str) -> str:
    return hmac.digest(secret.encode(), b"which site a back-up is of", "sha256").hex()


def _settle(fresh: Path, file: Path) -> None:
    """On the disk, and then under its name."""
    with fresh.open("rb+") as made:
        os.fsync(made.fileno())
    os.link(fresh, file)  # unlike a rename it takes no other's place
    descriptor = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
