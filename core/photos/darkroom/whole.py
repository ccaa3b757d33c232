"""Is a picture whole? Decoders draw what they have and keep silent about what lacks: here that is looked for.

A file that lacks only its end marker is whole; one that was overwritten in the middle is not, although it can be drawn.
What a format has no means of telling (other pixels in the place of the right ones) cannot be told here either:
docs/security.md says which damage is seen in which format.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple


class Lacking(ValueError):
    """Pixels of this picture are not in its file."""


def check(kind: str, file: bytes, pixels: int) -> None:
    """Raises Lacking, or ValueError, zlib.error or struct.error, where a picture that is no JPEG is not whole."""
    if kind == "PNG":
        _check_png(file)
    else:
        longest = pixels // 4096 if kind == "WEBP" else 0  # a grey wall as lossy WebP has zeros, a quarter of this
        if any(re.search(rb"\0{%d}" % max(64, longest), coded) for coded in _coded(kind, file)):
            raise Lacking  # a part that was never written: no coder writes so many zeros


# ---- PNG: what is packed has a length that follows from the header, and a checksum

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # interlaced


def _check_png(file: bytes) -> None:
    packer, there, due = zlib.decompressobj(), 0, 0
    for name, body in _chunks(file):
        if name == b"IHDR":
            due = _unpacked(*struct.unpack(">2I5B", body[:13]))
        for at in range(0, len(body) if name == b"IDAT" else 0, 65536):
            piece = body[at : at + 65536]
            while piece and there <= due:  # more than that is of no use to anybody
                there += len(packer.decompress(piece, 65536))
                piece = packer.unconsumed_tail
    if there < due:
        raise Lacking


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(file):
        length, name = struct.unpack(">I4s", file[at : at + 8])
        yield name, file[at + 8 : at + 8 + length]
        at += length + 12


def _unpacked(width: int, height: int, depth: int, colour: int, _packing: int, _filter: int, interlaced: int) -> int:
    """Bytes of all rows, each with the byte that says its filter."""
    bits = depth * CHANNELS[colour]
    sizes = [(-(-(width - x) // dx), -(-(height - y) // dy)) for x, y, dx, dy in PASSES]
    return sum(
        (1 + (w * bits + 7) // 8) * h for w, h in (sizes if interlaced else [(width, height)]) if w > 0 and h > 0
    )


# ---- WebP, HEIC and AVIF: no checksum, but no long run of zeros either


def _coded(kind: str, file: bytes) -> Iterator[bytes]:
    """The pieces of a file that hold coded pixels."""
    return _coded_in_webp(file) if kind == "WEBP" else _coded_in_boxes(file)


def _coded_in_webp(file: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(file):
        name, length = struct.unpack("<4sI", file[at : at + 8])
        if name in {b"VP8 ", b"VP8L"}:
            yield file[at + 8 : at + 8 + length]
        at += 24 if name == b"ANMF" else 8 + length + length % 2  # into a frame


def _coded_in_boxes(file: bytes) -> Iterator[bytes]:
    """Of each item of HEVC or AV1 (ISO/IEC 14496-12, ItemInfoBox and ItemLocationBox), wherever it lies."""
    meta = dict(_boxes(file)).get(b"meta", b"")[4:]
    boxes = dict(_boxes(meta))
    coded = {number for number, kind in _items(boxes.get(b"iinf", b"")) if kind in {b"hvc1", b"av01"}}
    for number, start, length in _places(boxes.get(b"iloc", b"")):
        if number in coded:
            yield file[start : start + length]


def _boxes(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(file):
        length, name = struct.unpack(">I4s", file[at : at + 8])
        head = 8
        if length == 1:
            head, length = 16, int.from_bytes(file[at + 8 : at + 16], "big")
        end = at + max(length, head) if length else len(file)
        yield name, (b"" if name == b"mdat" else file[at + head : end])
        at = end


def _items(box: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and kind of each."""
    for name, body in _boxes(box[8 if box[:1] > b"\0" else 6 :]):
        if name == b"infe":
            wide = 4 if body[0] > 2 else 2
            yield int.from_bytes(body[4 : 4 + wide], "big"), body[6 + wide : 10 + wide]


def _places(box: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, start and length of each piece of an item that lies in the file itself."""
    file = io.BytesIO(box)

    def number(wide: int) -> int:
        return int.from_bytes(file.read(wide), "big")

    version, sizes = number(4) >> 24, number(2)
    of_offset, of_length, of_base, of_index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    number(4 if version == 2 else 2)  # how many it says there are
    while file.tell() < len(box) and of_length:
        item, method = number(4 if version == 2 else 2), number(2) if version else 0
        number(2)  # which file it lies in: this one
        base = number(of_base)
        for _piece in range(min(number(2), len(box))):
            number(of_index if version else 0)
            start, length = base + number(of_offset), number(of_length)
            if not method & 15:
                yield item, start, length


# ---- JPEG: its scans are whole when the decoder needs nothing beyond them, and nearly all of them

MARKER, FILLING = re.compile(rb"\xff[^\0]", re.DOTALL), re.compile(rb"\xff+")
FILL, START_OF_SCAN, END_OF_IMAGE = 0xFF, 0xDA, 0xD9
RESTARTS = range(0xD0, 0xD8)
WITHOUT_BODY = {0x01, 0xD8, END_OF_IMAGE, *RESTARTS}
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SEQUENTIAL, ARITHMETIC = {0xC0, 0xC1}, range(0xC9, 0xD0)
ONES = b"\xff\0" * 8
"""No code of a JPEG is all ones: this lets a decoder look ahead at the end, and is worth no pixel."""
ANYTHING = (bytes(range(1, 129)), bytes(range(254, 126, -1)))
A_BLOCK = 64  # coefficients
MOST_COEFFICIENTS = 380 * 1024 * 1024  # bytes, of the decoder's memory: 64 megapixels in full colour
MOST_SEGMENTS = 10_000  # a hundred are many
SPARE = 64  # bytes that belong to nothing, which some cameras write behind a scan


class Frame(NamedTuple):
    """What a JPEG says of itself. Its components are (name, across, down): how finely it has each."""

    code: int
    height: int
    width: int
    components: list[tuple[int, int, int]]

    @property
    def blocks(self) -> int:
        """At most so many of 8 x 8 pixels: a restart comes after one, or after more."""
        return (self.width // 8 + 1) * (self.height // 8 + 1)

    @property
    def coefficients(self) -> int:
        """Bytes of them all: what a decoder takes that has to wait for the last scan."""
        across, down = (max(one[which] for one in self.components) for which in (1, 2))
        return sum(2 * self.width * self.height * h * v // (across * down) for _name, h, v in self.components)


class Scan(NamedTuple):
    """Its header, and where its coded data lies in the file."""

    header: bytes
    start: int
    end: int

    def finishes(self) -> set[tuple[int, int]]:
        """Of which components it brings which coefficients to their last bit."""
        first, last, bits = self.header[-3:]
        here = range(first, last + 1 if not bits & 15 else first)
        return {(name, at) for name in self.header[1:-3:2] for at in here}


class Reading(io.BytesIO):
    """A file to decode from that gives its last bytes by themselves, and knows whether it was asked for them."""

    def __init__(self, file: bytes, last: int = 0) -> None:
        super().__init__(file)
        self._last, self.is_used = last, False

    def read(self, size: int | None = -1, /) -> bytes:
        at = self.tell()
        self.is_used = self.is_used or at >= self._last
        return super().read(min(size, self._last - at) if size and 0 <= at < self._last else size)


def readings(file: bytes) -> Iterator[Reading]:
    """What to decode a JPEG from: one that gets used, or two of which the same picture comes.

    Raises Lacking, and MemoryError for one that a decoder would have to keep whole and cannot.
    """
    frame, scans = _parsed(file)
    if frame.code in ARITHMETIC:
        yield Reading(file)
    elif frame.code in SEQUENTIAL and scans[0].header[0] == len(frame.components):
        data = file[: scans[0].end].rstrip(b"\xff") + ONES
        yield Reading(data, max(scans[0].start, len(data) - SPARE))
    elif frame.coefficients > MOST_COEFFICIENTS:
        raise MemoryError
    elif len(set[object]().union(*(scan.finishes() for scan in scans))) < A_BLOCK * len(frame.components):
        raise Lacking
    else:
        for filling in ANYTHING:
            yield Reading(_filled(file, scans, filling))


def _filled(file: bytes, scans: list[Scan], filling: bytes) -> bytes:
    """With something behind each scan: a decoder that still needs it draws another picture."""
    edges = [0, *(scan.end for scan in scans)]
    return b"".join(file[start:end].rstrip(b"\xff") + filling for start, end in pairwise(edges)) + b"\xff\xd9"


def _parsed(file: bytes) -> tuple[Frame, list[Scan]]:
    """Of the first picture in the file. Raises Lacking where it has no scan, or a restart lacks in one."""
    frame, scans, header, begin, restarts, segments = None, list[Scan](), b"", 0, 0, 0
    for code, start, body in _segments(file):
        if code in RESTARTS:
            if not frame or restarts > frame.blocks or code != RESTARTS[restarts % 8]:
                raise Lacking
            restarts += 1
            continue
        segments += 1
        if segments > MOST_SEGMENTS:
            raise Lacking
        if header:
            scans.append(Scan(header, begin, start))
        if code in FRAMES:
            frame = frame or _frame(code, body)
        header, begin, restarts = (body, start + len(body) + 4, 0) if code == START_OF_SCAN else (b"", 0, 0)
    if not frame or not scans:
        raise Lacking
    return frame, scans


def _frame(code: int, body: bytes) -> Frame:
    height, width, many = struct.unpack(">HHB", body[1:6])
    parts = [body[at : at + 3] for at in range(6, 6 + 3 * many, 3)]
    return Frame(code, height, width, [(part[0], part[1] >> 4, part[1] & 15) for part in parts])


def _segments(file: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Code, beginning and body of each, up to the end of the first picture, or of the file where that lacks."""
    at = 2
    while found := MARKER.search(file, at):
        code, at, body = file[found.start() + 1], found.end(), b""
        if code == FILL and (run := FILLING.match(file, found.start())):
            at = run.end() - 1
            continue
        if code not in WITHOUT_BODY:
            length = max(2, int.from_bytes(file[at : at + 2], "big"))
            body, at = file[at + 2 : at + length], at + length
        yield code, found.start(), body
        if code == END_OF_IMAGE:
            return
    yield END_OF_IMAGE, len(file), b""
