"""Draws an uploaded picture again from its pixels, in three sizes and without anything else in the file."""

import errno
import io
import struct
import warnings
import zlib
from pathlib import Path
from typing import IO, NamedTuple

from PIL import AvifImagePlugin, Image, ImageCms, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from . import whole


class Bounds(NamedTuple):
    """How large a size is: the long side so many pixels; longer where else the short one would be under `narrow`."""

    long: int
    narrow: int = 0
    area: int = 0
    """At most so many pixels, where the short side decides."""


LARGE, MEDIUM, SMALL = Bounds(2000, 720, 4_000_000), Bounds(1000, 480, 2_500_000), Bounds(320)
"""Nothing is enlarged. What comes cheaply near them stays: of 2000 that is 1600-2048, of 1000 960-1040."""
LONGEST = 16_000  # in a WebP
MEGAPIXELS = {"JPEG": 64, "PNG": 24, "WEBP": 24, "HEIF": 24, "AVIF": 24}
"""The most each format may hold. Only a JPEG decodes scaled down; the others cost their full size in memory."""

LIMITS = {"memory": 512 * 1024 * 1024, "file_size": 40_000_000, "cpu_seconds": 20, "seconds": 25}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
BROKEN = (
    ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError, RuntimeError, AssertionError,
    struct.error,
)  # fmt: skip
"""What Pillow's readers raise on bytes that lie."""

PLUGINS = (AvifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)  # imported here: a fork finds them warm
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
SRGB = ImageCms.createProfile("sRGB")
NAMES_OF_SRGB = {"sRGB", "sRGB built-in", "sRGB IEC61966-2.1"}
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Drawn(NamedTuple):
    """The size in pixels of the large picture."""

    width: int
    height: int


class Undrawable(Exception):
    """No picture comes out of this file. `reason` is "unknown", "pixels", "broken" or "full"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def redraw(source: Path, folder: Path) -> Drawn:
    """Write large.webp, medium.webp and small.webp: upright, sRGB, on white, the first frame, pixels only.

    Raises Undrawable; the folder may then hold some of the three.
    """
    try:
        return _draw(_decoded(source.read_bytes()), folder)
    except (Image.DecompressionBombError, MemoryError):
        raise Undrawable("pixels") from None
    except (*BROKEN, OSError, zlib.error) as error:
        raise Undrawable(_reason(error)) from error


def _reason(error: Exception) -> str:
    """The libraries say in words only that memory lacked."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return "full"
    return "pixels" if "memory" in str(error).lower() else "broken"


def work(source: Path, folder: Path) -> str:
    """A job of core/media/apart/child.py: "drawn <width> <height>", or "refused <reason>"."""
    try:
        width, height = redraw(source, folder)
    except Undrawable as no:
        return f"refused {no.reason}"
    return f"drawn {width} {height}"


def _decoded(file: bytes) -> Image.Image:
    """The pixels, all of them: before anything else, for what reads a picture's notes decodes it too, and is silent."""
    kind = _kind(file[:256])
    if kind == "JPEG":
        return _decoded_jpeg(file)
    if kind == "HEIF":
        _learn_heif()
    image = _opened(io.BytesIO(file), kind)
    whole.check(kind, file, image.width * image.height)
    image.load()
    return image


def _decoded_jpeg(file: bytes) -> Image.Image:
    """Halved by libjpeg while it decodes, which costs least of all: 4000 gives 2000 and 4032 gives 2016."""
    _opened(io.BytesIO(file), "JPEG")  # refused before anything is looked for in it
    drawn = []
    for reading in whole.readings(file):
        with reading:
            image = _opened(reading, "JPEG")
            enough = 0.8 * max(_fitting(image.size, LARGE))
            scale = next((by for by in (8, 4, 2) if max(image.size) // by >= enough), 1)
            image.draft(None, (max(1, image.width // scale), max(1, image.height // scale)))
            image.load()
        drawn.append(image)
        if not reading.is_used or any(image != other for other in drawn[:-1]):
            raise whole.Lacking
    return drawn[0]


def _opened(file: IO[bytes], kind: str) -> Image.Image:
    """The picture with its header read and its size judged; nothing is decoded yet."""
    most = MEGAPIXELS[kind] * 1_000_000 + 499_999  # as phones are sold: "24 megapixels" is 5712 x 4284
    Image.MAX_IMAGE_PIXELS = most // 2  # Pillow refuses twice this before its WebP reader takes memory for a canvas
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(file, formats=[kind])  # never "MPO": an iPhone's MPO opens as the JPEG it begins with
    if image.width * image.height > most:
        raise Undrawable("pixels")
    return image


def _kind(head: bytes) -> str:
    """What the first bytes say it is; a name or a Content-Type is never believed."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    brands = _brands(head)
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    if brands & {b"heic", b"heix", b"heim", b"heis", b"mif1"}:
        return "HEIF"
    raise Undrawable("unknown")


def _brands(head: bytes) -> set[bytes]:
    """The brands of an ISO media file (ISO/IEC 14496-12, FileTypeBox): HEIC and AVIF, but also every video."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[at : at + 4] for at in range(8, end, 4)} if head[4:8] == b"ftyp" else set()


def _learn_heif() -> None:
    """Only the child that needs it imports it: a large library, for one format."""
    import pillow_heif

    pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)


def _draw(image: Image.Image, folder: Path) -> Drawn:
    profile, turn = image.info.get("icc_profile"), _turn(image)
    image = _in_srgb(_fit(_flat(image), LARGE, spare=1.024), profile)
    large = image.transpose(turn) if turn is not None else image
    halved = large.reduce(2)
    medium = halved if _near(halved.size, _fitting(large.size, MEDIUM)) else _fit(large, MEDIUM)
    for name, picture in {"large": large, "medium": medium, "small": _fit(medium, SMALL, gap=1.0)}.items():
        picture.info.clear()
        picture.save(folder / f"{name}.webp", "WEBP", method=2, quality=80, exif=b"", xmp=b"", icc_profile=b"")
    return Drawn(*large.size)


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How to set it upright, by EXIF. HEIC turns itself while decoding and says here that nothing is left to do."""
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except (*BROKEN, OSError):
        return None  # a photo is not refused for what its maker wrote about it


def _flat(image: Image.Image) -> Image.Image:
    """RGB, greyscale or CMYK of 8 bits, whatever came in. What is transparent lies on white."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")  # Pillow's own conversion from 16 bits clips
    if image.has_transparency_data:
        picture = image if image.mode == "RGBA" else image.convert("RGBA")  # convert copies: 98 MiB at 24 megapixels
        page = Image.new("RGB", image.size, "white")
        page.paste(picture, mask=picture)
        return page
    return image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")


def _fitting(size: tuple[int, int], bounds: Bounds) -> tuple[int, int]:
    """What a picture of this size becomes: a long strip stays legible, which by its long side alone it would not."""
    long, narrow, area = max(size), min(size), size[0] * size[1]
    scale = min(1, LONGEST / long, max(bounds.long / long, min(bounds.narrow / narrow, (bounds.area / area) ** 0.5)))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _near(size: tuple[int, int], meant: tuple[int, int]) -> bool:
    return 0.96 * max(meant) <= max(size) <= 1.04 * max(meant)


def _fit(image: Image.Image, bounds: Bounds, gap: float = 2.0, spare: float = 1.0) -> Image.Image:
    """Smaller by Lanczos, unless it is within `spare` times that already.

    A smaller `gap` (at least 1) leaves more of the work to plain averaging, which is faster.
    """
    size = _fitting(image.size, bounds)
    if max(image.size) <= spare * max(size):
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=gap)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours converted, not just stripped of their profile. A profile that is broken or does not fit is ignored."""
    if profile:
        try:
            found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            needs = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}.get(found.profile.xcolor_space.strip())
            fits = needs == image.mode or (needs == "RGB" and image.mode == "L")
            if fits and ImageCms.getProfileDescription(found).strip() not in NAMES_OF_SRGB:
                converted = ImageCms.profileToProfile(image.convert(needs), found, SRGB, outputMode="RGB")
                return converted or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image if image.mode == "RGB" else image.convert("RGB")
