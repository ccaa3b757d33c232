"""Sounds as phones and programs make them, and as they should not be: a tone, in whatever container."""

import io
import math
import struct
from array import array
from fractions import Fraction
from pathlib import Path
from tempfile import NamedTemporaryFile

import av
from av.audio.resampler import AudioResampler

TONE = 220  # Hz
CODECS = {"webm": "libopus", "matroska": "libopus", "ipod": "aac", "mp4": "aac", "mp3": "libmp3lame",
          "wav": "pcm_s16le", "ogg": "libopus", "adts": "aac"}  # fmt: skip


def tone(seconds: float, container: str, rate: int = 48_000, layout: str = "mono", loud: float = 0.3,
         codec: str = "", options: dict[str, str] | None = None, video: bool = False,
         metadata: dict[str, str] | None = None) -> bytes:  # fmt: skip
    """A tone of so many seconds."""
    with (
        NamedTemporaryFile() as target,
        av.open(target.name, "w", format=container, container_options=options or {}) as out,
    ):
        out.metadata.update(metadata or {})
        stream = out.add_stream(codec or CODECS[container], rate=rate, layout=layout)
        picture = out.add_stream("mpeg4", rate=1) if video else None
        if picture:
            picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        even = AudioResampler(format=stream.format, layout=layout, rate=rate)
        if picture:
            for number in range(max(1, int(seconds))):
                frame = av.VideoFrame(64, 64, "yuv420p")
                frame.pts, frame.time_base = number, Fraction(1, 1)
                out.mux(picture.encode(frame))
            out.mux(picture.encode(None))
        for frame in (*_waves(seconds, rate, loud), None):
            for ready in even.resample(frame):
                out.mux(stream.encode(ready))
        out.mux(stream.encode(None))
        out.close()
        return Path(target.name).read_bytes()


def silent_film(seconds: int = 2) -> bytes:
    """A video without a sound."""
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as out:
        stream = out.add_stream("mpeg4", rate=1)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for number in range(seconds):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 1)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return target.getvalue()


def without_length(webm: bytes) -> bytes:
    """A WebM as a browser's recorder writes it: its Duration element (0x4489) is not there."""
    at = webm.index(b"\x44\x89\x88")
    return webm[:at] + b"\xec\x89" + bytes(9) + webm[at + 11 :]  # a Void of the same size in its place


def with_version_1(mp4: bytes) -> bytes:
    """An MP4 whose movie header has 64-bit times (ISO/IEC 14496-12, mvhd version 1)."""
    at = mp4.index(b"mvhd") - 4
    size, body = struct.unpack(">I", mp4[at : at + 4])[0], mp4[at + 12 : at + struct.unpack(">I", mp4[at : at + 4])[0]]
    made, changed, scale, length = struct.unpack(">IIII", body[:16])
    header = struct.pack(">I4sB3x", size + 12, b"mvhd", 1) + struct.pack(">QQIQ", made, changed, scale, length)
    grown = mp4[:at] + header + body[16:] + mp4[at + size :]
    moov = grown.index(b"moov") - 4
    return grown[:moov] + struct.pack(">I", struct.unpack(">I", grown[moov : moov + 4])[0] + 12) + grown[moov + 4 :]


def _waves(seconds: float, rate: int, loud: float) -> list[av.AudioFrame]:
    frames, total = [], int(seconds * rate)
    wave = array("f", (loud * math.sin(2 * math.pi * TONE * at / rate) for at in range(rate)))
    for at in range(0, total, rate):
        samples = min(rate, total - at)
        frame = av.AudioFrame(format="flt", layout="mono", samples=samples)
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        frame.planes[0].update(wave[:samples].tobytes())
        frames.append(frame)
    return frames
