"""Makes one AAC file in MP4 of an uploaded sound: one channel, at an even loudness, its length counted in samples."""

import errno
import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import IO

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.filter import Graph

LIMITS = {"memory": 512 * 1024 * 1024, "file_size": 40_000_000, "cpu_seconds": 60, "seconds": 80}
LONGEST = 305  # seconds: five minutes, and what a thumb is late
RATE, BITS = 44_100, 48_000  # samples and bits a second: a voice sounds well, and five minutes are 1.8 MB
EVEN = "p=0.9:m=12:g=11:b=1"  # FFmpeg's dynaudnorm: within some seconds, nothing more than twelve times as loud
HEARD = 0.001  # of full scale: what never gets louder is a microphone that was off
WHOLE = 0.95  # of the length that a file says it has
FORMATS = (  # by its first bytes, and nothing else: no list of other files, no address is ever followed
    (re.compile(rb"\x1aE\xdf\xa3"), "matroska"),
    (re.compile(rb"....ftyp", re.DOTALL), "mov"),
    (re.compile(rb"OggS"), "ogg"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "wav"),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), "aac"),
    (re.compile(rb"ID3|\xff[\xe2-\xff]"), "mp3"),
)
STRICT = {"protocol_whitelist": "none", "enable_drefs": "0"}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Unplayable(Exception):
    """No sound comes out of this file. `reason` is "unknown", "soundless", "silent", "long", "broken" or "full"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def work(source: Path, folder: Path) -> str:
    """A job of core/media/apart/child.py: "mixed <milliseconds>", or "refused <reason>"."""
    try:
        return f"mixed {mix(source, folder)}"
    except Unplayable as no:
        return f"refused {no.reason}"


def mix(source: Path, folder: Path) -> int:
    """Write sound.m4a; how long it is in milliseconds. Raises Unplayable; the folder may then hold a part of it."""
    try:
        with source.open("rb") as file, av.open(file, "r", format=_format(file), options=STRICT) as sound:
            return _mix(sound, folder / "sound.m4a")
    except (av.FFmpegError, OSError, ValueError, MemoryError) as error:
        raise Unplayable("full" if getattr(error, "errno", None) in NO_ROOM else "broken") from error


def _format(file: IO[bytes]) -> str:
    head = file.read(16)
    file.seek(0)
    found = next((name for first, name in FORMATS if first.match(head)), None)
    if found is None:
        raise Unplayable("unknown")
    return found


def _mix(sound: InputContainer, target: Path) -> int:
    if not sound.streams.audio:
        raise Unplayable("soundless")
    heard = Heard()
    with av.open(target, "w", format="mp4", container_options={"movflags": "+faststart", "fflags": "+bitexact"}) as out:
        stream = out.add_stream("aac", rate=RATE, layout="mono", options={"flags": "+bitexact"})
        stream.bit_rate = BITS
        written = 0
        for frame in _evened(heard.listen(_decoded(sound))):
            frame.pts = written
            written += frame.samples
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    seconds = heard.samples / RATE
    said = (sound.duration or 0) / av.time_base
    if seconds < 0.2 or seconds < WHOLE * said - 1:
        raise Unplayable("broken")
    if heard.loudest < HEARD:
        raise Unplayable("silent")
    return round(seconds * 1000)


def _decoded(sound: InputContainer) -> Iterator[AudioFrame]:
    """One channel at our rate, whatever came in. Packets that are no sound are passed over, as players do."""
    stream = sound.streams.audio[0]
    even = AudioResampler(format="fltp", layout="mono", rate=RATE)
    for packet in sound.demux(stream):
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            continue
        for frame in frames:
            frame.pts = None  # a pause in a recording is no silence
            yield from even.resample(frame)
    yield from even.resample(None)


class Heard:
    """Counts the samples that pass, and remembers the loudest. Raises Unplayable for one too many."""

    def __init__(self) -> None:
        self.samples, self.loudest = 0, 0.0

    def listen(self, frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
        for frame in frames:
            self.samples += frame.samples
            if self.samples > LONGEST * RATE:
                raise Unplayable("long")
            loudness = memoryview(frame.planes[0]).cast("B").cast("f")[: frame.samples]
            self.loudest = max(self.loudest, max(loudness), -min(loudness))
            yield frame


def _evened(frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    """The same at an even loudness: who whispers is heard, who shouts hurts nobody."""
    graph = Graph()
    graph.threads = 1
    step = Fraction(1, RATE)
    entrance = graph.add_abuffer(sample_rate=RATE, format="fltp", layout="mono", time_base=step)
    graph.link_nodes(
        entrance, graph.add("dynaudnorm", EVEN),
        graph.add("aformat", f"sample_fmts=fltp:sample_rates={RATE}:channel_layouts=mono"), graph.add("abuffersink"),
    ).configure()  # fmt: skip
    at = 0
    for frame in frames:
        frame.pts, frame.time_base = at, step
        at += frame.samples
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def _ready(graph: Graph) -> Iterator[AudioFrame]:
    """What came out by now."""
    with suppress(av.BlockingIOError, av.EOFError):
        while True:
            frame = graph.pull()
            assert isinstance(frame, AudioFrame)
            yield frame
