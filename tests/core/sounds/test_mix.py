"""Any file as a sound: one AAC file of the right length that can be sought in, or a sentence and nothing left."""

import io
import shutil
import subprocess
from pathlib import Path

import av
import pytest

from core.refusal import Refusal
from core.sounds.prepare import prepare
from tests.core.sounds import recordings
from tests.core.sounds.recordings import tone

FINE = {
    "webm": (3.0, lambda: tone(3, "webm")),
    "webm as a recorder writes it": (3.0, lambda: recordings.without_length(tone(3, "webm"))),
    "webm in stereo": (2.0, lambda: tone(2, "webm", layout="stereo")),
    "matroska": (2.5, lambda: tone(2.5, "matroska")),
    "mp4 of an iPhone": (3.0, lambda: tone(3, "ipod", 44_100)),
    "mp4 with its header last": (3.0, lambda: tone(3, "mp4", 44_100)),
    "mp4 with its header first": (3.0, lambda: tone(3, "mp4", 44_100, options={"movflags": "+faststart"})),
    "mp4 in pieces": (4.0, lambda: tone(4, "mp4", 44_100, options={"movflags": "frag_keyframe+empty_moov"})),
    "mp4 with a header of version 1": (3.0, lambda: recordings.with_version_1(tone(3, "mp4", 44_100))),
    "ogg": (3.0, lambda: tone(3, "ogg")),
    "mp3": (3.0, lambda: tone(3, "mp3", 44_100)),
    "mp3 with tags before it": (3.0, lambda: tone(3, "mp3", 44_100, metadata={"title": "Geheimpje"})),
    "wav": (3.0, lambda: tone(3, "wav", 44_100)),
    "wav of a telephone": (3.0, lambda: tone(3, "wav", 8_000)),
    "bare aac": (3.0, lambda: tone(3, "adts", 44_100)),
    "two channels": (2.0, lambda: tone(2, "ipod", 44_100, "stereo")),
    "six channels": (2.0, lambda: tone(2, "wav", 48_000, "5.1")),
    "six channels in aac": (2.0, lambda: tone(2, "mp4", 48_000, "5.1")),
    "a video": (3.0, lambda: tone(3, "mp4", 44_100, video=True)),
    "96 kHz": (2.0, lambda: tone(2, "wav", 96_000)),
    "a whisper": (3.0, lambda: tone(3, "webm", loud=0.004)),
    "half a second": (0.5, lambda: tone(0.5, "webm")),
    "ninety seconds": (90.0, lambda: tone(90, "webm")),
    "webm cut off in the middle": (None, lambda: recordings.without_length(tone(4, "webm"))[:12_000]),
    "ogg cut off": (None, lambda: tone(4, "ogg")[:15_000]),
}
REFUSED = {
    "nothing": ("invalid", lambda: b""),
    "0 seconds": ("invalid", lambda: tone(0, "wav", 44_100)),
    "0 seconds of webm": ("invalid", lambda: tone(0, "webm")),
    "silence": ("invalid", lambda: tone(3, "webm", loud=0.0)),
    "silence as wav": ("invalid", lambda: tone(3, "wav", loud=0.0)),
    "six minutes": ("too_large", lambda: tone(360, "mp3", 8_000)),
    "a video without sound": ("unsupported", recordings.silent_film),
    "mp4 without its header": ("invalid", lambda: tone(3, "mp4", 44_100)[:-2_000]),
    "mp4 with half its sound": ("invalid", lambda: tone(8, "mp4", 44_100, options={"movflags": "+faststart"})[:30_000]),
    "mp3 cut off": ("invalid", lambda: tone(4, "mp3", 44_100)[:20_000]),
    "webm, only its beginning": ("invalid", lambda: tone(3, "webm")[:40]),
    "noise behind a good beginning": ("invalid", lambda: b"\x1aE\xdf\xa3" + bytes(range(256)) * 40),
    "an mp4 of nothing": ("invalid", lambda: b"\0\0\0\x18ftypM4A \0\0\0\0" + bytes(400)),
    "a list of other files": ("unsupported", lambda: b"ffconcat version 1.0\nfile /etc/hostname\n"),
    "a playlist": ("unsupported", lambda: b"#EXTM3U\n#EXT-X-TARGETDURATION:3\nhttp://127.0.0.1/a.ts\n"),
    "a photo": ("unsupported", lambda: b"\xff\xd8\xff\xe0" + bytes(100)),
    "a page": ("unsupported", lambda: b"<!doctype html><script>alert(1)</script>"),
    "midi": ("unsupported", lambda: b"MThd\0\0\0\x06\0\0\0\x01\0\x60" + bytes(30)),
}


@pytest.fixture
def tmp(tmp_path: Path) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(("seconds", "sound"), FINE.values(), ids=FINE.keys())
def test_it_becomes_one_aac_file_of_its_length_that_can_be_sought_in(seconds, sound, tmp):
    made = prepare(io.BytesIO(sound()), tmp)
    assert [file.name for file in made.folder.iterdir()] == ["sound.m4a"]
    with av.open(str(made.folder / "sound.m4a")) as ours:
        [stream] = ours.streams
        assert (stream.codec_context.name, stream.codec_context.channels) == ("aac", 1)
        assert abs(made.milliseconds / 1000 - ours.duration / av.time_base) < 0.1
        ours.seek(ours.duration // 2)
        assert next(ours.decode(stream)).time >= ours.duration / av.time_base / 2 - 0.2
    if seconds:
        assert abs(made.milliseconds / 1000 - seconds) < 0.15
    else:
        assert made.milliseconds > 300


@pytest.mark.parametrize(("kind", "sound"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_a_sentence_and_nothing_is_left(kind, sound, tmp):
    with pytest.raises(Refusal) as no:
        prepare(io.BytesIO(sound()), tmp)
    assert no.value.kind == kind
    assert list(tmp.iterdir()) == []


def test_what_a_phone_wrote_into_it_is_gone(tmp):
    told = {"title": "Geheimpje", "artist": "Bram", "location": "+52.0908+005.1013/", "comment": "bij de brug"}
    made = prepare(io.BytesIO(tone(2, "mp4", 44_100, metadata=told)), tmp)
    written = (made.folder / "sound.m4a").read_bytes()
    assert not any(text.encode() in written for text in (*told.values(), "Lavf", "Lavc"))


def test_exiftool_finds_nothing_of_it_either(tmp):
    if not shutil.which("exiftool"):
        pytest.skip("exiftool is not installed: only our own reader looked for what is no sound.")
    told = {"title": "Geheimpje", "location": "+52.0908+005.1013/"}
    made = prepare(io.BytesIO(tone(2, "mp4", 44_100, metadata=told)), tmp)
    read = subprocess.check_output(["exiftool", "-a", "-u", "-G1", made.folder / "sound.m4a"], text=True)
    assert not any(word in read for word in ("Geheimpje", "GPS", "Lavf"))


def test_who_whispers_is_heard(tmp):
    made = prepare(io.BytesIO(tone(4, "webm", loud=0.01)), tmp)
    with av.open(str(made.folder / "sound.m4a")) as ours:
        frames = [memoryview(frame.planes[0]).cast("B").cast("f") for frame in ours.decode(audio=0)]
    assert max(max(frame) for frame in frames[len(frames) // 2 :]) > 0.08
