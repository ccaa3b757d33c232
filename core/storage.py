"""Where files lie. Files come before rows: tmp, fsync, rename, fsync of the folder, then the commit."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from flask import Flask, current_app


class Storage(Protocol):
    """Keeps folders of finished files under a name."""

    def tmp(self) -> Path:
        """A folder for work in progress, on the same disk."""

    def coming(self) -> Path:
        """A folder for what comes in over more than one request."""

    def keep(self, folder: Path, name: str) -> None:
        """Move a finished folder to its name, safe against a crash. OSError when the disk is full."""

    def path(self, name: str) -> Path | None:
        """Where a file lies, or None when it is not there."""

    def delete(self, name: str) -> None:
        """Remove a folder; nothing happens when it is gone already. OSError when it will not go."""

    def names(self) -> Iterator[str]:
        """The name of every folder that is kept."""

    def arrived(self, older_than: float) -> list[str]:
        """What was kept so long ago, by age in seconds, and is not settled: whoever kept it has its row by then."""

    def settle(self, name: str) -> None:
        """It has its row."""

    def sweep_tmp(self, older_than: float) -> int:
        """Remove work in progress that nobody finished, by age in seconds; how many."""

    def sweep_coming(self, older_than: float) -> int:
        """Remove what stopped coming, by the seconds since its last piece; how many."""


class Disk:
    """Storage on the local disk: <root>/<first two letters>/<name>/."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._tmp = root / "tmp"
        self._coming = root / "coming"
        self._arriving = root / "arriving"

    def tmp(self) -> Path:
        self._tmp.mkdir(parents=True, exist_ok=True)
        return self._tmp

    def coming(self) -> Path:
        self._coming.mkdir(parents=True, exist_ok=True)
        return self._coming

    def keep(self, folder: Path, name: str) -> None:
        target = self._folder(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        for file in folder.iterdir():
            _fsync(file)
        _fsync(folder)
        self._arriving.mkdir(exist_ok=True)
        (self._arriving / name).touch()
        os.rename(folder, target)
        _fsync(target.parent)

    def path(self, name: str) -> Path | None:
        folder, _, file = name.partition("/")
        path = self._folder(folder) / file
        return path if path.is_file() else None

    def delete(self, name: str) -> None:
        with suppress(FileNotFoundError):
            shutil.rmtree(self._folder(name))
        self.settle(name)

    def names(self) -> Iterator[str]:
        for shelf in sorted(self.root.glob("??")):
            yield from (folder.name for folder in sorted(shelf.iterdir()))

    def arrived(self, older_than: float) -> list[str]:
        if not self._arriving.is_dir():
            return []
        before = time.time() - older_than
        return [entry.name for entry in os.scandir(self._arriving) if entry.stat().st_mtime < before]

    def settle(self, name: str) -> None:
        (self._arriving / name).unlink(missing_ok=True)

    def sweep_tmp(self, older_than: float) -> int:
        return sum(_remove_old(entry, time.time() - older_than) for entry in self.tmp().iterdir())

    def sweep_coming(self, older_than: float) -> int:
        return sum(_remove_old(entry, time.time() - older_than) for entry in self.coming().iterdir())

    def _folder(self, name: str) -> Path:
        return self.root / name[:2] / name


def _remove_old(entry: Path, before: float) -> bool:
    """Whether it was old and went: what will not go, or is gone by now, keeps nothing else back."""
    try:
        if entry.stat().st_mtime >= before:
            return False
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    except OSError:
        return False
    return True


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def init_app(app: Flask) -> None:
    """Give the app its storage (the setting `media`); a testing app without one gets a folder of its own."""
    root = app.config["BUURT"].media or tempfile.mkdtemp(prefix="media")
    app.extensions["storage"] = Disk(Path(root).absolute())


def storage() -> Storage:
    """The storage of the app at work."""
    kept: Storage = current_app.extensions["storage"]
    return kept
