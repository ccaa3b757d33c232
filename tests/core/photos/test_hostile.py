"""Any file as a photo: refused with a sentence and nothing left, or redrawn; and never more than one decoder lost."""

import hashlib
import io
import itertools
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.media import workshop
from core.photos.prepare import DARKROOM, prepare
from core.refusal import Refusal
from tests.core.photos import hostile

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = [str(ROOT / "core" / "photos"), str(ROOT / "core" / "media" / "apart")]
DEADLY = """
import os, signal, sys, time
sys.path[:0] = {folders!r}
import child
from darkroom import redraw
read = redraw.Path.read_bytes
def deadly(file):
    picture = read(file)
    order = picture[-5:]
    if order == b"CRASH": os.kill(os.getpid(), signal.SIGSEGV)
    if order == b"DEATH": os.kill(os.getppid(), signal.SIGKILL)
    if order == b"GREED": bytearray(600 * 1024 * 1024)
    if order == b"RAISE": raise Exception("a mistake of ours")
    if order == b"SLEEP": time.sleep(60)
    if order == b"WRITE": open(f"{{file}}.webp", "wb").write(bytes(41_000_000))
    return picture
redraw.Path.read_bytes = deadly
child.serve(redraw.work, **redraw.LIMITS)
"""


@pytest.fixture
def deadly(tmp_path, monkeypatch):
    """A darkroom whose pictures may end in the name of a disaster."""
    yield from darkroom_of(DEADLY, tmp_path, monkeypatch)


POOR = """
import sys
sys.path[:0] = {folders!r}
import child
from darkroom import redraw
child.serve(redraw.work, **redraw.LIMITS | {{"memory": 120 * 1024 * 1024}})
"""


@pytest.fixture
def poor(tmp_path, monkeypatch):
    """A darkroom with hardly any memory."""
    yield from darkroom_of(POOR, tmp_path, monkeypatch)


def darkroom_of(program: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (folder / "program.py").write_text(program.format(folders=FOLDERS))
    monkeypatch.setattr(DARKROOM.trade, "program", folder / "program.py")
    DARKROOM.close()
    DARKROOM.open()
    yield
    DARKROOM.close()
    DARKROOM.open()


@pytest.fixture
def tmp(tmp_path):
    """Where uploads are worked on; empty again after every refusal."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def good() -> bytes:
    return hostile.as_file(hostile.picture())


def empty(folder: Path) -> None:
    for entry in folder.iterdir():
        shutil.rmtree(entry)


def refused(file: bytes, tmp: Path) -> str:
    """The kind of the refusal. It has a sentence, and nothing is left behind."""
    with pytest.raises(Refusal) as no:
        prepare(io.BytesIO(file), tmp)
    assert list(tmp.iterdir()) == []
    return str(no.value.kind)


def test_a_good_photo_gives_three_files_and_the_hash_of_what_was_sent(tmp):
    prepared = prepare(io.BytesIO(good()), tmp)
    assert sorted(file.name for file in prepared.folder.iterdir()) == ["large.webp", "medium.webp", "small.webp"]
    assert prepared.folder.parent == tmp
    assert (prepared.width, prepared.height) == (160, 120)
    assert prepared.sha256 == hashlib.sha256(good()).hexdigest()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_all_five_formats_pass_the_gate(format, tmp):
    assert prepare(io.BytesIO(hostile.telling(format)), tmp).width == 160


def test_the_largest_picture_of_each_format_fits_the_decoders_memory(tmp):
    picture = hostile.Image.new("RGBA", (5712, 4284), (9, 99, 199, 128))
    file = hostile.as_file(picture, "WEBP", lossless=True, method=0, quality=0)
    assert prepare(io.BytesIO(file), tmp).width == 2000


@pytest.mark.parametrize("name", hostile.disguised())
def test_what_is_no_photo_is_unsupported_whatever_its_name(name, tmp):
    assert refused(hostile.disguised()[name], tmp) == "unsupported"


@pytest.mark.parametrize("name", hostile.BOMBS)
def test_a_bomb_is_too_large_before_it_is_decoded(name, tmp, monkeypatch):
    file = hostile.BOMBS[name]()
    monkeypatch.setattr(DARKROOM.trade, "patience", 5.0)  # who decodes it takes longer, and is refused as invalid
    assert refused(file, tmp) == "too_large"


@pytest.mark.parametrize("format", ["HEIF", "AVIF"])
def test_a_picture_for_which_memory_lacks_is_too_large_and_not_broken(format, tmp, poor):
    prepare(io.BytesIO(hostile.as_file(hostile.picture(), format)), tmp)
    empty(tmp)
    assert refused(hostile.as_file(hostile.Image.new("RGB", (2600, 2600), "teal"), format), tmp) == "too_large"


def test_nothing_is_an_invalid_photo(tmp):
    assert refused(b"", tmp) == "invalid"


def test_more_than_25_mb_is_not_read_to_its_end(tmp):
    stream = io.BytesIO(b"\xff\xd8\xff" + bytes(40_000_000))
    with pytest.raises(Refusal) as no:
        prepare(stream, tmp)
    assert no.value.kind == "too_large"
    assert stream.tell() < 27_000_000
    assert list(tmp.iterdir()) == []


def test_a_jpeg_cut_short_anywhere_is_invalid(tmp):
    file = hostile.as_file(hostile.Image.effect_noise((300, 200), 80))
    for part in range(20):
        assert refused(file[: 3 + (len(file) - 10) * part // 20], tmp) == "invalid", f"{part} twentieths"


@pytest.mark.parametrize("format", ["PNG", "WEBP", "HEIF", "AVIF"])
def test_any_other_photo_cut_short_is_invalid(format, tmp):
    file = hostile.as_file(hostile.Image.effect_noise((300, 200), 80).convert("RGB"), format)
    for tenths in (2, 5, 9):
        assert refused(file[: len(file) * tenths // 10], tmp) == "invalid"


@pytest.mark.parametrize(("name", "head"), [(b"zTXt", b"Note\0\0"), (b"iCCP", b"Profile\0\0")])
def test_a_packed_bomb_in_a_pngs_notes_harms_nobody(name, head, tmp):
    file = hostile.as_file(hostile.picture(), "PNG")
    bomb = hostile.chunk(name, head + hostile.zlib.compress(bytes(80_000_000)))
    assert outcome(file[:33] + bomb + file[33:], tmp) in {"prepared", "invalid"}


def outcome(file: bytes, tmp: Path) -> str:
    try:
        prepare(io.BytesIO(file), tmp)
    except Refusal as no:
        return str(no.kind)
    return "prepared"


@pytest.mark.parametrize(("disaster", "kind"), [("CRASH", "invalid"), ("GREED", "too_large"), ("WRITE", "full")])
def test_a_picture_that_kills_its_decoder_kills_only_that(disaster, kind, tmp, deadly):
    assert prepare(io.BytesIO(good()), tmp).width == 160
    before = DARKROOM.hands.queue[-1].process.pid
    empty(tmp)
    assert refused(good() + disaster.encode(), tmp) == kind
    assert prepare(io.BytesIO(good()), tmp).width == 160
    assert DARKROOM.hands.queue[-1].process.pid == before


def test_a_mistake_of_ours_in_the_decoder_is_a_refusal_too(tmp, deadly, capfd):
    assert refused(good() + b"RAISE", tmp) == "invalid"
    assert "a mistake of ours" in capfd.readouterr().err
    assert prepare(io.BytesIO(good()), tmp).width == 160


def test_a_picture_that_takes_too_long_is_given_up(tmp, deadly, monkeypatch):
    monkeypatch.setattr(DARKROOM.trade, "patience", 1.0)
    assert refused(good() + b"SLEEP", tmp) == "invalid"
    monkeypatch.setattr(DARKROOM.trade, "patience", 30.0)
    assert prepare(io.BytesIO(good()), tmp).width == 160


def test_a_darkroom_that_is_gone_is_replaced_once_and_then_called_busy(tmp, deadly):
    prepare(io.BytesIO(good()), tmp)
    DARKROOM.hands.queue[-1].process.kill()
    assert prepare(io.BytesIO(good()), tmp).width == 160
    empty(tmp)
    assert refused(good() + b"DEATH", tmp) == "busy"
    assert prepare(io.BytesIO(good()), tmp).width == 160


def test_who_waits_too_long_for_a_darkroom_is_told_to_come_back(tmp, monkeypatch):
    monkeypatch.setattr(DARKROOM.trade, "wait", 0.1)
    monkeypatch.setattr(DARKROOM, "hands", workshop.queue.LifoQueue())
    assert refused(good(), tmp) == "busy"


def test_many_at_once_all_get_their_own_photo(tmp):
    widths = range(100, 100 + workshop.PLACES)
    assert at_once(tmp, widths) == {width: width for width in widths}
    assert DARKROOM.hands.qsize() == workshop.CORES


def test_who_comes_when_every_place_is_taken_is_told_to_come_back_at_once(tmp, deadly, monkeypatch):
    monkeypatch.setattr(DARKROOM.trade, "patience", 2.0)
    monkeypatch.setattr(DARKROOM, "places", threading.BoundedSemaphore(2))
    slow = [threading.Thread(target=outcome, args=(good() + b"SLEEP", tmp)) for _place in range(2)]
    for each in slow:
        each.start()
    while DARKROOM.places._value:
        time.sleep(0.01)
    began = time.monotonic()
    with pytest.raises(Refusal) as no:
        prepare(io.BytesIO(good()), tmp)
    assert no.value.kind == "busy"
    assert time.monotonic() - began < 1
    for each in slow:
        each.join()
    assert prepare(io.BytesIO(good()), tmp).width == 160


def at_once(tmp: Path, widths: range) -> dict[int, int]:
    """The width of each picture that was sent, and of what came of it."""
    seen: dict[int, int] = {}

    def send(width: int) -> None:
        seen[width] = prepare(io.BytesIO(hostile.as_file(hostile.picture(width, 50))), tmp).width

    threads = [threading.Thread(target=send, args=(width,)) for width in widths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


OTHER_WORKER = """
import io, pathlib, sys, time
from core.media import workshop
from core.photos import prepare as photos
photos.DARKROOM.trade.program = pathlib.Path({program!r})
watched = workshop.Hand.work
def noted(self, source, folder):
    began = time.monotonic()
    answer = watched(self, source, folder)
    print(began, time.monotonic(), answer, flush=True)
    return answer
workshop.Hand.work = noted
photo = open({photo!r}, "rb").read()
for _time in range(6):
    photos.prepare(io.BytesIO(photo), pathlib.Path({tmp!r}))
"""


def test_all_web_processes_together_draw_one_picture_a_core(tmp, tmp_path):
    program = tmp_path / "unhurried.py"
    unhurried = DEADLY.replace("    return picture", "    time.sleep(0.05)\n    return picture")
    program.write_text(unhurried.format(folders=FOLDERS))
    (tmp_path / "photo.jpg").write_bytes(good())
    script = OTHER_WORKER.format(program=str(program), photo=str(tmp_path / "photo.jpg"), tmp=str(tmp))
    workers = [
        subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _worker in range(workshop.CORES + 2)
    ]
    lines = [line.split() for worker in workers for line in worker.communicate(timeout=60)[0].splitlines()]
    assert len(lines) == 6 * (workshop.CORES + 2)
    assert {line[2] for line in lines} == {"drawn"}
    edges = sorted([(float(line[0]), 1) for line in lines] + [(float(line[1]), -1) for line in lines])
    assert max(itertools.accumulate(step for _moment, step in edges)) <= workshop.CORES


def test_a_web_process_that_was_killed_holds_no_turn(tmp):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER.format(folder=str(tmp.parent))], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"held\n"
    with pytest.MonkeyPatch.context() as hurry:
        hurry.setattr(DARKROOM.trade, "wait", 0.2)
        assert refused(good(), tmp) == "busy"
    with holder:
        holder.kill()
    assert prepare(io.BytesIO(good()), tmp).width == 160


HOLDER = """
import contextlib, pathlib, time
from core.media import workshop
from core.photos.prepare import DARKROOM
with contextlib.ExitStack() as all:
    for core in range(workshop.CORES):
        all.enter_context(DARKROOM.turn(pathlib.Path({folder!r}), time.monotonic() + 5))
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_disk_that_takes_no_more_bytes_is_full(tmp):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        kind = refused(good() + bytes(8192), tmp)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert kind == "full"


def test_the_decoder_knows_no_secret_of_the_server(tmp, deadly, monkeypatch):
    monkeypatch.setenv("BUURT_SECRET", "hush")
    prepare(io.BytesIO(good()), tmp)
    environ = Path(f"/proc/{DARKROOM.hands.queue[-1].process.pid}/environ").read_bytes()
    assert b"PATH=" in environ
    assert b"hush" not in environ


def test_a_forked_web_worker_opens_darkrooms_of_its_own(tmp):
    prepare(io.BytesIO(good()), tmp)
    worker = os.fork()
    if worker == 0:
        os._exit(0 if all(not hand.process for hand in DARKROOM.hands.queue) and _works(tmp) else 1)
    assert os.waitpid(worker, 0)[1] == 0
    assert _works(tmp)


def _works(tmp: Path) -> bool:
    return prepare(io.BytesIO(good()), tmp).width == 160
