"""The line before SQLite's one writer: over threads and processes, in the order in which they came."""

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from flask import Flask

from core.database import db, dialect, writing
from core.line import SEATS, in_line
from core.neighbourhoods.models import Neighbourhood

MANY = 12
FORK = multiprocessing.get_context("fork")


def test_who_writes_stands_in_it(app: Flask, here: Neighbourhood):
    if dialect() != "sqlite":
        pytest.skip("PostgreSQL has many writers")
    with ThreadPoolExecutor(1) as others, in_line(Path(db.engine.url.database).with_name("line-buurtspoor")):
        wrote = others.submit(_write, app)
        with pytest.raises(TimeoutError):
            wrote.result(timeout=0.2)
    assert wrote.done()


def test_each_goes_when_it_came(tmp_path: Path):
    with in_line(tmp_path / "line"):
        coming = [_come(tmp_path, number) for number in range(MANY)]
    _wait_for(coming)
    assert _went(tmp_path) == list(range(MANY))


def test_who_is_killed_in_it_keeps_nobody_waiting(tmp_path: Path):
    with in_line(tmp_path / "line"):
        coming = [_come(tmp_path, number) for number in range(MANY)]
        coming[MANY // 2].kill()
        coming[MANY // 2].join()
    _wait_for(coming)
    assert sorted(_went(tmp_path)) == [number for number in range(MANY) if number != MANY // 2]


def test_its_seats_serve_again(tmp_path: Path):
    for _turn in range(SEATS + 2):
        with in_line(tmp_path / "line"):
            pass
    assert len(list((tmp_path / "line").iterdir())) == SEATS + 1  # and the number


def _write(app: Flask) -> None:
    with app.app_context(), writing():
        pass


def _come(folder: Path, number: int) -> BaseProcess:
    """A process of its own, once it stands in line."""
    process = FORK.Process(target=_go, args=(folder, number))
    process.start()
    while int((folder / "line" / "number").read_text() or 0) < number + 2:
        time.sleep(0.001)
    return process


def _go(folder: Path, number: int) -> None:
    with in_line(folder / "line"), (folder / "went").open("a") as told:
        told.write(f"{number}\n")


def _wait_for(coming: list[BaseProcess]) -> None:
    for each in coming:
        each.join(timeout=30)
    assert not any(each.is_alive() for each in coming)


def _went(folder: Path) -> list[int]:
    return [int(line) for line in (folder / "went").read_text().split()]
