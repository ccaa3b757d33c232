"""More than three hundred files that should not go well, each with the answers it may get; all made here."""

import io
import random
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image, ImageCms

from tests.core.photos import hostile
from tests.core.photos.hostile import CANARY, as_file, chunk, picture

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
DRAWN, TOO_LARGE, UNSUPPORTED, INVALID = 201, 413, 415, 422
REFUSED = frozenset({TOO_LARGE, UNSUPPORTED, INVALID})
ANY = REFUSED | {DRAWN}
HEAD = b"\x89PNG\r\n\x1a\n"


class Beast(NamedTuple):
    """A file under the name it is sent with, and the statuses that are right for it."""

    name: str
    file: bytes
    right: frozenset[int]
    sent_as: str = "photo.jpg"
    kind: str = "image/jpeg"


def beasts() -> Iterator[Beast]:
    """All of them."""
    families = {
        "disguised": (_disguised, {UNSUPPORTED}),
        "magic and rubbish": (_magic, REFUSED),
        "cut short": (_cut, REFUSED),
        "bomb": (_bombs, {TOO_LARGE}),
        "flipped": (_flipped, ANY),
        "png structure": (_png_structures, ANY),
        "jpeg structure": (_jpeg_structures, ANY),
        "tail": (_tails, {DRAWN}),
        "mode": (_modes, {DRAWN}),
        "exif": (_exifs, {DRAWN}),
        "icc": (_profiles, {DRAWN}),
        "xmp": (_xmps, {DRAWN, INVALID}),
        "shape": (_shapes, {DRAWN}),
        "too many bytes": (_heavy, {TOO_LARGE}),
    }
    for family, (make, right) in families.items():
        for name, file in make():
            yield Beast(f"{family}: {name}", file, frozenset(right))
    for number, name in enumerate(NAMES):
        yield Beast(f"name: {number}", as_file(picture()), frozenset({DRAWN}), name, KINDS[number % len(KINDS)])


NAMES = (
    "photo.svg", "photo.html", "../../../../etc/passwd", "..\\..\\boot.ini", ".htaccess", "con", "a" * 3000,
    "\u202egpj.exe", "photo.php;.jpg", "<img src=x onerror=alert(1)>.jpg", "%00.jpg", "photo", ". .", "-rf",
)  # fmt: skip
KINDS = ("image/svg+xml", "text/html", "application/octet-stream", "", "image/gif", "application/x-php")

Files = Iterator[tuple[str, bytes]]


def _disguised() -> Files:
    yield from hostile.disguised().items()
    for name, head in {
        "windows program": b"MZ\x90\0", "wasm": b"\0asm\1\0\0\0", "gzip": b"\x1f\x8b\x08\0",
        "7z": b"7z\xbc\xaf\x27\x1c",
        "sqlite": b"SQLite format 3\0", "ogg": b"OggS\0\2", "mp3": b"ID3\4\0", "matroska": b"\x1a\x45\xdf\xa3",
        "flash": b"CWS\x0a", "postscript": b"%!PS-Adobe-3.0 EPSF", "photoshop": b"8BPS\0\1", "icon": b"\0\0\1\0\1\0",
        "cursor": b"\0\0\2\0\1\0", "icns": b"icns\0\0\1\0", "dds": b"DDS |\0\0\0", "pnm": b"P6 9 9 255\n",
        "pcx": b"\x0a\5\1\x08", "xcf": b"gimp xcf v011\0", "radiance": b"#?RADIANCE\n", "fits": b"SIMPLE  =  T",
        "jpeg xl": b"\xff\x0a\xfa\x1f", "jpeg xl box": b"\0\0\0\x0cJXL \r\n\x87\n", "webvtt": b"WEBVTT\n",
        "quicktime": b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "m4a": b"\0\0\0\x18ftypM4A \0\0\2\0M4A mp42",
        "canon raw": b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "3gp": b"\0\0\0\x14ftyp3gp4\0\0\0\0isom",
        "raw tiff": b"II*\0\x08\0\0\0", "big tiff": b"MM\0+\0\x08\0\0", "avi": b"RIFF\x24\0\0\0AVI LIST",
        "animated cursor": b"RIFF\x24\0\0\0ACONanih", "xml": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>",
        "mail": b"From: a@b\r\nTo: c", "shell": b"#!/bin/sh\nrm -rf /", "php": b"<?php system($_GET[0]);",
        "utf-16": "\ufeff<svg/>".encode("utf-16"), "spaces": b" " * 300, "zeros": bytes(5000), "newlines": b"\r\n" * 50,
        "mng": b"\x8aMNG\r\n\x1a\n", "jng": b"\x8bJNG\r\n\x1a\n",
    }.items():  # fmt: skip
        yield name, head + b"\0" * 80
    yield "html before a jpeg", b"<html><!--" + as_file(picture()) + b"-->"
    yield "space before a png", b" " + as_file(picture(), "PNG")
    yield "mark before a webp", b"\xef\xbb\xbf" + as_file(picture(), "WEBP")


def _magic() -> Files:
    """The right first bytes, then nothing or anything."""
    dice = random.Random(1)
    starts = {
        "jpeg": b"\xff\xd8\xff", "jfif": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", "png": HEAD,
        "webp": b"RIFF\x40\0\0\0WEBP", "webp lossy": b"RIFF\x40\0\0\0WEBPVP8 ",
        "webp lossless": b"RIFF\x40\0\0\0WEBPVP8L",
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
        "a box of no size": b"\0\0\0\0ftypheic", "a box of all sizes": b"\xff\xff\xff\xffftypavif",
    }  # fmt: skip
    for name, start in starts.items():
        yield f"{name} alone", start
        yield f"{name} and zeros", start + bytes(500)
        yield f"{name} and anything", start + dice.randbytes(2000)
    yield "nothing", b""
    yield "one byte", b"\xff"
    yield "two bytes", b"\xff\xd8"


def _cut() -> Files:
    for format in FORMATS:
        file = as_file(Image.effect_noise((200, 150), 80).convert("RGB"), format)
        for part in range(1, 16):
            yield f"{format} after {part} sixteenths", file[: len(file) * part // 16]


def _bombs() -> Files:
    for name, make in hostile.BOMBS.items():
        yield name, make()


def _flipped() -> Files:
    """A byte changed, a piece taken out, a piece doubled, at places that are the same each time."""
    dice = random.Random(2)
    for format in FORMATS:
        file = as_file(Image.effect_noise((120, 90), 80).convert("RGB"), format)
        for turn in range(8):
            at = dice.randrange(4, len(file) if turn % 2 else 200)
            yield (
                f"{format} byte {at}, turn {turn}",
                file[:at] + bytes([file[at % len(file)] ^ 1 << dice.randrange(8)]) + file[at + 1 :],
            )
        at = dice.randrange(20, len(file) - 60)
        yield f"{format} without 40 bytes at {at}", file[:at] + file[at + 40 :]
        yield f"{format} with 40 bytes twice at {at}", file[: at + 40] + file[at:]


def _ihdr(width: int = 9, height: int = 9, depth: int = 8, colour: int = 2, rest: bytes = b"\0\0\0") -> bytes:
    return chunk(b"IHDR", struct.pack(">2I2B", width, height, depth, colour) + rest)


def _png_structures() -> Files:
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 28 * 9))
    end = chunk(b"IEND", b"")
    wrong = {
        "no width": _ihdr(width=0) + pixels, "no height": _ihdr(height=0) + pixels, "depth 3": _ihdr(depth=3) + pixels,
        "colour 1": _ihdr(colour=1) + pixels, "colour 255": _ihdr(colour=255) + pixels,
        "unknown packing": _ihdr(rest=b"\5\0\0") + pixels, "unknown filter": _ihdr(rest=b"\0\x09\0") + pixels,
        "unknown interlacing": _ihdr(rest=b"\0\0\7") + pixels,
        "interlaced, plain pixels": _ihdr(rest=b"\0\0\1") + pixels,
        "short header": chunk(b"IHDR", b"\0\0\0\x09") + pixels, "long header": chunk(b"IHDR", bytes(5000)) + pixels,
        "no header": pixels, "pixels first": pixels + _ihdr(), "header twice": _ihdr() + _ihdr(99, 99) + pixels,
        "no pixels": _ihdr(), "empty pixels": _ihdr() + chunk(b"IDAT", b""),
        "pixels that are no zlib": _ihdr() + chunk(b"IDAT", b"no zlib at all"),
        "too few pixels": _ihdr(500, 500) + pixels,
        "far too many pixels": _ihdr() + chunk(b"IDAT", zlib.compress(bytes(30_000_000))),
        "a palette that is not there": _ihdr(colour=3) + pixels,
        "a palette of one and a half": _ihdr(colour=3) + chunk(b"PLTE", b"\1\2\3\4") + pixels,
        "a palette of a thousand": _ihdr(colour=3) + chunk(b"PLTE", bytes(3000)) + pixels,
        "transparency without end": _ihdr() + chunk(b"tRNS", bytes(9000)) + pixels,
        "a filter of 255": _ihdr() + chunk(b"IDAT", zlib.compress(b"\xff" * 28 * 9)),
        "a chunk that says two gigabytes": _ihdr() + b"\x7f\xff\xff\xffIDAT" + bytes(100),
        "a chunk that says it is negative": _ihdr() + b"\xff\xff\xff\xfftEXt" + bytes(100) + pixels,
        "a wrong checksum": _ihdr()[:-4] + b"\0\0\0\0" + pixels,
        "a critical chunk nobody knows": _ihdr() + chunk(b"ABCD", b"x") + pixels,
        "a chunk with no name": _ihdr() + chunk(b"\0\0\0\0", b"x") + pixels,
        "ten thousand small notes": _ihdr() + chunk(b"tEXt", b"k\0v") * 10_000 + pixels,
        "ten thousand pieces of pixels": _ihdr() + chunk(b"IDAT", b"") * 10_000 + pixels,
        "two hundred packed notes": _ihdr() + chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(900_000))) * 200 + pixels,
        "animation of no frames": _ihdr() + chunk(b"acTL", bytes(8)) + pixels,
        "animation of all frames": _ihdr() + chunk(b"acTL", b"\xff" * 8) + pixels,
        "a frame larger than its page": _ihdr() + chunk(b"acTL", struct.pack(">2I", 2, 0))
        + chunk(b"fcTL", struct.pack(">5I2H2B", 0, 60_000, 60_000, 0, 0, 1, 1, 0, 0)) + pixels,
    }  # fmt: skip
    for name, body in wrong.items():
        yield name, HEAD + body + end


def _segment(marker: int, body: bytes, length: int | None = None) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2 if length is None else length) + body


def _jpeg_structures() -> Files:
    good = as_file(Image.effect_noise((64, 48), 80).convert("RGB"))
    many = as_file(Image.effect_noise((64, 48), 80).convert("RGB"), progressive=True)
    frame, scan = good.index(b"\xff\xc0"), good.index(b"\xff\xda")
    tables = good.index(b"\xff\xdb")
    last = many.rindex(b"\xff\xda")

    def framed(at: int, new: bytes) -> bytes:
        return good[: frame + at] + new + good[frame + at + len(new) :]

    yield from {
        "no height": framed(5, b"\0\0"), "no width": framed(7, b"\0\0"), "no components": framed(9, b"\0"),
        "255 components": framed(9, b"\xff"), "two components": framed(9, b"\2"), "12 bits": framed(4, b"\x0c"),
        "0 bits": framed(4, b"\0"), "no sampling": framed(11, b"\0"), "sampling of 15": framed(11, b"\xff"),
        "table 255": framed(12, b"\xff"), "arithmetic": framed(0, b"\xff\xc9"), "lossless": framed(0, b"\xff\xc3"),
        "hierarchical": framed(0, b"\xff\xc5"), "a marker nobody knows": framed(0, b"\xff\xf0"),
        "no frame": good[:frame] + good[scan:], "no tables": good[:tables] + good[frame:],
        "no scan": good[:scan] + b"\xff\xd9", "scan first": good[:2] + good[scan:], "only an end": b"\xff\xd8\xff\xd9",
        "two beginnings": good[:2] + good, "two frames": good[:frame] + good[frame:scan] * 2 + good[scan:],
        "ten thousand beginnings": good[:2] * 10_000 + good[2:],
        "an end in the middle": good[:scan] + b"\xff\xd9" + good[scan:],
        "a segment longer than the file": good[:2] + _segment(0xE1, b"Exif\0\0", 65535) + good[2:],
        "a segment of length 0": good[:2] + _segment(0xE1, b"", 0) + good[2:],
        "a segment of length 1": good[:2] + _segment(0xFE, b"", 1) + good[2:],
        "two thousand segments": good[:2] + _segment(0xE7, bytes(40)) * 2000 + good[2:],
        "a hundred comments of 64 KB": good[:2] + _segment(0xFE, b"x" * 65533) * 100 + good[2:],
        "two hundred profiles in pieces": good[:2]
        + b"".join(_segment(0xE2, b"ICC_PROFILE\0" + bytes((at, 200)) + bytes(60_000)) for at in range(1, 200))
        + good[2:],
        "profile piece 0 of 0": good[:2] + _segment(0xE2, b"ICC_PROFILE\0\0\0" + bytes(200)) + good[2:],
        "restart at each block": good[:scan] + _segment(0xDD, b"\0\1") + good[scan:],
        "an Adobe mark that lies": good[:2] + _segment(0xEE, b"Adobe\0\x64\0\0\0\0\2") + good[2:],
        "a Huffman table of 255s": good[:2] + _segment(0xC4, b"\xff" * 300) + good[2:],
        "a quantization of zeros": good[:2] + _segment(0xDB, bytes(65)) + good[2:],
        "five hundred scans": many[:last] + many[last:-2] * 500 + b"\xff\xd9",
        "multi picture index to nowhere": good[:2] + _segment(0xE2, b"MPF\0MM\0*\0\0\0\x08" + b"\xff" * 60) + good[2:],
        "multi picture index of loops": good[:2] + _segment(0xE2, b"MPF\0MM\0*\0\0\0\x08" + bytes(60)) + good[2:],
        "a thumbnail of 255 by 255 that is not there": good[:2]
        + _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\xff\xff") + good[2:],
        "photoshop blocks that overlap": good[:2]
        + _segment(0xED, b"Photoshop 3.0\0" + b"8BIM\4\4\0\0\xff\xff\xff\xff" * 40) + good[2:],
    }.items()  # fmt: skip


def _tails() -> Files:
    """A good picture with something behind it, and pictures that hold a second one: the first is drawn, no more."""
    other = as_file(picture(64, 48), "PNG", pnginfo=None) + CANARY
    for format in FORMATS:
        good = as_file(picture(), format)
        for name, tail in {
            "zip": b"PK\x03\x04" + CANARY + b"PK\5\6" + bytes(18), "html": b"<script>//" + CANARY + b"</script>",
            "php": b"<?php /*" + CANARY + b"*/", "pdf": b"%PDF-1.7 " + CANARY, "a picture": other,
            "a megabyte": random.Random(3).randbytes(1_000_000) + CANARY,
        }.items():  # fmt: skip
            if format in {"HEIF", "AVIF"}:
                tail = struct.pack(">I", len(tail) + 8) + b"free" + tail
            yield f"{name} behind a {format}", good + tail
        yield f"everything told in a {format}", hostile.telling(format)
    frames = [picture(80, 60), picture(80, 60).transpose(Image.Transpose.ROTATE_180)]
    yield "multi picture", as_file(frames[0], "MPO", save_all=True, append_images=frames[1:])
    yield "two in a heic", as_file(frames[0], "HEIF", save_all=True, append_images=frames[1:])
    for format in ("PNG", "WEBP", "AVIF"):
        yield f"moving {format}", as_file(frames[0], format, save_all=True, append_images=frames[1:] * 20, duration=20)


def _modes() -> Files:
    seen = picture()
    for mode in ("L", "CMYK", "YCbCr"):
        yield f"jpeg {mode}", as_file(seen.convert(mode), "JPEG")
    for mode in ("1", "L", "LA", "P", "RGBA", "I;16"):
        image = Image.new("I;16", (60, 40), 40_000) if mode == "I;16" else seen.convert(mode)
        yield f"png {mode}", as_file(image, "PNG")
    for mode in ("RGBA", "L", "LA"):
        yield f"webp {mode}", as_file(seen.convert(mode), "WEBP", lossless=mode == "LA")
        yield f"avif {mode}", as_file(seen.convert(mode), "AVIF")
        yield f"heic {mode}", as_file(seen.convert(mode), "HEIF")
    yield "png of a palette with alpha", as_file(seen.convert("P"), "PNG", transparency=bytes(range(256)))
    yield "png of a palette with one clear colour", as_file(seen.convert("P"), "PNG", transparency=3)
    yield "png with a clear colour", as_file(seen, "PNG", transparency=(220, 30, 30))
    for colour, channels in ((2, 3), (6, 4), (4, 2), (0, 1)):
        row = b"\0" + bytes(2 * channels * 9)
        body = _ihdr(depth=16, colour=colour) + chunk(b"IDAT", zlib.compress(row * 9)) + chunk(b"IEND", b"")
        yield f"png of 16 bits, colour type {colour}", HEAD + body


def _tiff(*entries: tuple[int, int, int, bytes], following: int = 0) -> bytes:
    """A block of EXIF with these entries: tag, type, count, four bytes."""
    body = b"".join(struct.pack(">2HI", tag, kind, count) + value for tag, kind, count, value in entries)
    return b"MM\0*\0\0\0\x08" + struct.pack(">H", len(entries)) + body + struct.pack(">I", following)


def _exifs() -> Files:
    orientation, short = 0x0112, 3
    blocks = {f"orientation {value}": _tiff((orientation, short, 1, struct.pack(">2H", value, 0)))
              for value in (0, 9, 255, 65535)}  # fmt: skip
    blocks |= {
        "orientation as text": _tiff((orientation, 2, 4, b"up!\0")),
        "orientation as a fraction of nothing": _tiff((orientation, 5, 1, b"\0\0\0\x08")),
        "orientation of many numbers": _tiff((orientation, short, 0xFFFFFFFF, b"\0\0\0\x08")),
        "orientation of no numbers": _tiff((orientation, short, 0, b"\0\0\0\0")),
        "orientation of an unknown type": _tiff((orientation, 999, 1, b"\0\0\0\0")),
        "an offset outside": _tiff((0x010E, 2, 5000, b"\x7f\xff\xff\xff")),
        "a directory that leads to itself": _tiff((orientation, short, 1, b"\0\1\0\0"), following=8),
        "a sub-directory that leads to itself": _tiff((0x8769, 4, 1, b"\0\0\0\x08"), (0x8825, 4, 1, b"\0\0\0\x08")),
        "sixty thousand entries, ten there": b"MM\0*\0\0\0\x08\xff\xff" + bytes(120),
        "a directory outside": b"MM\0*\x7f\xff\xff\xff", "no directory": b"MM\0*",
        "neither end first": b"XX\0*\0\0\0\x08",
        "only a header": b"", "a thousand directories": b"MM\0*\0\0\0\x08"
        + b"".join(b"\0\0" + struct.pack(">I", 8 + 6 * (at + 1)) for at in range(1000)) + bytes(6),
    }  # fmt: skip
    good = as_file(picture())
    for name, block in blocks.items():
        yield f"{name}, jpeg", good[:2] + _segment(0xE1, b"Exif\0\0" + block) + good[2:]
        png = as_file(picture(), "PNG")
        yield f"{name}, png", png[:33] + chunk(b"eXIf", block) + png[33:]
        yield f"{name}, webp", as_file(picture(), "WEBP", exif=block or b"\0")


def _profiles() -> Files:
    wide = hostile.display_p3()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    profiles = {
        "rubbish": random.Random(4).randbytes(3000), "a word": b"none", "zeros": bytes(300_000),
        "half": wide[: len(wide) // 2],
        "only its head": wide[:128], "of another space": lab,
        "a size that lies": b"\xff\xff\xff\xff" + wide[4:],
        "a tag that leads outside": wide[:136] + b"\x7f\xff\xff\xff" + wide[140:],
        "four billion tags": wide[:128] + b"\xff" * 4 + wide[132:],
        "for a printer": wide[:12] + b"prtrCMYKLab " + wide[24:],
    }  # fmt: skip
    for name, profile in profiles.items():
        for format in ("JPEG", "PNG", "WEBP"):
            yield f"{name}, {format}", as_file(picture(), format, icc_profile=profile)


def _xmps() -> Files:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%b">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9)
    )
    notes = {
        "laughs": laughs + b"]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&j;</x:xmpmeta>",
        "deep": b"<a>" * 9000 + b"</a>" * 9000, "no utf-8": b"\xff\xfe\xfd" * 900, "an outer entity": (
            b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'),
        "an orientation": b"<x:xmpmeta xmlns:tiff='t' tiff:Orientation='99'/>", "nothing": b"",
    }  # fmt: skip
    good = as_file(picture())
    for name, note in notes.items():
        segment = _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + note[:65000])
        yield f"{name}, jpeg", good[:2] + segment + good[2:]
        yield f"{name}, webp", as_file(picture(), "WEBP", xmp=note or b" ")
        png = as_file(picture(), "PNG")
        yield f"{name}, png", png[:33] + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + note) + png[33:]


def _shapes() -> Files:
    for format in FORMATS:
        yield f"{format} of one pixel", as_file(Image.new("RGB", (1, 1)), format)
    yield "a jpeg as thin as can be", as_file(Image.new("RGB", (65_500, 1)), "JPEG")
    yield "a jpeg as tall as can be", as_file(Image.new("L", (1, 65_500)), "JPEG")
    yield "a webp as thin as can be", as_file(Image.new("RGB", (16_383, 1)), "WEBP")
    yield "a png of 24 megapixels in one bit", as_file(Image.new("1", (20_000, 1_200)), "PNG")
    yield "a jpeg of 64 megapixels", as_file(Image.new("L", (8_000, 8_000)), "JPEG")


def _heavy() -> Files:
    yield "a jpeg of 25 MB and one byte", as_file(picture()) + bytes(25 * 1024 * 1024 + 1)
    yield "more than two photos of 25 MB", b"\xff\xd8\xff" + bytes(52 * 1024 * 1024)


def count() -> int:
    """How many there are."""
    return sum(1 for _beast in beasts())


def readable(file: bytes) -> tuple[int, int]:
    """The size of a stored picture, by a reader that trusts nothing. Raises when it is none."""
    image = Image.open(io.BytesIO(file), formats=["WEBP"])
    image.load()
    return image.size
