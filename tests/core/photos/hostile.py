"""Makes pictures: friendly ones with everything a phone writes into them, and files that mean harm."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

CANARY = b"CANARY-52.0907N-5.1214E"
TEXT = CANARY.decode()
QUADRANTS = ((220, 30, 30), (30, 160, 40), (40, 60, 210), (235, 215, 60))
UNDONE = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""For each EXIF orientation the transposition that a camera held that way did (PIL.Image.Transpose)."""

QUARTER_TURNS = {1: 0, 3: 2, 6: 3, 8: 1}
"""The same for HEIC, which knows mirrors too, but phones do not write them: quarter turns to the left."""


def picture(width: int = 160, height: int = 120) -> Image.Image:
    """Red, green, blue and yellow from the top left to the bottom right."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for at, colour in enumerate(QUADRANTS):
        left, top = (at % 2) * width // 2, (at // 2) * height // 2
        draw.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
    return image


def quadrants(image: Image.Image) -> list[Any]:
    """The colours in the middle of the four quarters."""
    width, height = image.size
    return [image.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]


def as_file(image: Image.Image, format: str = "JPEG", **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **how)
    return out.getvalue()


def turned(orientation: int, format: str = "JPEG") -> bytes:
    """The picture as a camera held that way stores it: turned pixels and an EXIF orientation."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    undone = UNDONE[orientation]
    stored = picture() if undone is None else picture().transpose(Image.Transpose(undone))
    file = as_file(stored, format, exif=exif)
    return _with_quarter_turns(file, QUARTER_TURNS[orientation]) if format == "HEIF" else file


def _with_quarter_turns(file: bytes, turns: int) -> bytes:
    """A HEIC that says it twice, as phones do: in EXIF and as a property (irot; put where pixi was)."""
    at = file.index(b"\0\0\0\x10pixi") + 4
    return file[:at] + b"irot" + bytes([turns]) + bytes(7) + file[at + 12 :]


def telling(format: str) -> bytes:
    """A picture that tells where it was taken in every place the format has."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = TEXT
    exif.get_ifd(0x8825)[0x001D] = TEXT
    exif.get_ifd(0x8769)[0x9286] = CANARY
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><t>{TEXT}</t></x:xmpmeta>'.encode()
    how: dict[str, Any] = {"exif": exif.tobytes()}
    if format == "PNG":
        notes = PngInfo()
        notes.add_text("Comment", TEXT)
        notes.add_text("Zipped", TEXT, zip=True)
        notes.add_itxt("XML:com.adobe.xmp", xmp.decode())
        how["pnginfo"] = notes
    else:
        how["xmp"] = xmp
    if format == "JPEG":
        how["comment"] = CANARY
    file = as_file(picture(), format, **how)
    if format == "JPEG":
        file = file[:2] + _iptc() + file[2:]
    return file + CANARY


def _iptc() -> bytes:
    """A Photoshop segment with a caption (IPTC 2:120)."""
    record = b"\x1c\x02\x78" + struct.pack(">H", len(CANARY)) + CANARY
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    body = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def display_p3() -> bytes:
    """An ICC profile of Display P3 (ICC.1:2010): three primaries, seen under D50, and sRGB's curve."""

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))

    def words(text: str) -> bytes:
        letters = text.encode("utf-16-be")
        return b"mluc\0\0\0\0" + struct.pack(">2I", 1, 12) + b"enUS" + struct.pack(">2I", len(letters), 28) + letters

    curve = b"para\0\0\0\0\0\3\0\0" + struct.pack(">5i", *(round(v * 65536) for v in _SRGB_CURVE))
    tags = {
        b"desc": words("By hand P3"),
        b"cprt": words("none"),
        b"wtpt": xyz(0.9642, 1, 0.8249),
        b"rXYZ": xyz(0.51512, 0.24120, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": xyz(0.15710, 0.06657, 0.78407),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    index, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        padded = value + b"\0" * (-len(value) % 4)
        index += name + struct.pack(">2I", start + len(body), len(value))
        body += padded
    head = b"\0" * 8 + b"\x04\0\0\0mntrRGB XYZ " + struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    head += struct.pack(">3i", 63190, 65536, 54061) + b"\0" * 48
    return struct.pack(">I", 128 + len(index) + len(body)) + head[4:128] + index + body


_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def in_display_p3(colour: tuple[int, int, int]) -> tuple[int, ...]:
    """The numbers in Display P3 that mean an sRGB colour; from the published matrix, without any library."""
    linear = [(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4) for v in (c / 255 for c in colour)]
    rows = ((0.8225, 0.1774, 0.0), (0.0332, 0.9669, 0.0), (0.0171, 0.0724, 0.9108))
    wide = [sum(weight * value for weight, value in zip(row, linear, strict=True)) for row in rows]
    return tuple(round(255 * (v * 12.92 if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055)) for v in wide)


def disguised() -> dict[str, bytes]:
    """What is no photo of ours, under a photo's name."""
    return {
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "html": b"<!doctype html><script>alert(1)</script>",
        "pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
        "zip": b"PK\x03\x04" + b"\0" * 60,
        "elf": b"\x7fELF" + b"\0" * 60,
        "text": b"just words",
        "one byte": b"\xff",
        "mp4": b"\0\0\0\x18ftypisom\0\0\2\0isommp42" + b"\0" * 40,
        "wave": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40,
        "gif": as_file(picture(), "GIF"),
        "tiff": as_file(picture(), "TIFF"),
        "bmp": as_file(picture(), "BMP"),
        "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 40,
    }


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _flat_png(width: int, height: int, rows: int | None = None) -> bytes:
    """All black, one bit a pixel, with all or only some of the rows that it promises."""
    packer = zlib.compressobj(1)
    row = b"\0" * (1 + (width + 7) // 8 if rows is None else 100)
    pixels = b"".join(packer.compress(row) for _row in range(rows or height)) + packer.flush()
    header = struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _resized_jpeg(width: int, height: int) -> bytes:
    file = as_file(picture())
    at = file.index(b"\xff\xc0") + 5
    return file[:at] + struct.pack(">2H", height, width) + file[at + 4 :]


def _resized_webp(width: int, height: int) -> bytes:
    file = as_file(picture(), "WEBP", xmp=b"<x/>")
    at = file.index(b"VP8X") + 12
    return file[:at] + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3] + file[at + 6 :]


def _resized_boxes(format: str, width: int, height: int) -> bytes:
    """Every image size (ispe) in a HEIC or AVIF replaced."""
    pieces = as_file(picture(), format).split(b"ispe\0\0\0\0")
    size = struct.pack(">2I", width, height)
    return pieces[0] + b"".join(b"ispe\0\0\0\0" + size + piece[8:] for piece in pieces[1:])


BOMBS: dict[str, Callable[[], bytes]] = {
    "png of 900 megapixels": lambda: _flat_png(30_000, 30_000),
    "png header": lambda: _flat_png(2**31 - 1, 2**31 - 1, rows=1),
    "png just over": lambda: _flat_png(5_000, 5_000, rows=1),
    "jpeg just over": lambda: _resized_jpeg(9_000, 8_000),
    "jpeg header": lambda: _resized_jpeg(65_500, 65_500),
    "webp": lambda: _resized_webp(16_383, 16_383),
    "webp just over": lambda: _resized_webp(5_000, 5_000),
    "avif": lambda: _resized_boxes("AVIF", 12_000, 12_000),
    "avif just over": lambda: _resized_boxes("AVIF", 5_000, 5_000),
    "heic": lambda: _resized_boxes("HEIF", 12_000, 12_000),
    "heic just over": lambda: _resized_boxes("HEIF", 5_000, 5_000),
}
"""Small files that say, some of them truly, that they are enormous pictures."""
