"""The darkroom: draws an uploaded picture again from its pixels, in three sizes and without anything else in the file.

Only this file decodes what strangers send. It runs as a program of its own, where every picture gets a forked child
with little memory and little time: a picture that kills the decoder kills only that child. The program is started by
its path and imports nothing of the project, so that it is small, forks fast and knows no secrets.
"""

import errno
import io
import json
import os
import resource
import signal
import struct
import sys
import warnings
import zlib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from PIL import AvifImagePlugin, Image, ImageCms, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

SIZES = {"large": 2000, "medium": 1000, "small": 320}
"""Long sides in pixels; nothing is enlarged. What comes cheaply near them stays: large 1600-2048, medium 960-1040."""
MEGAPIXELS = {"JPEG": 64, "PNG": 24, "WEBP": 24, "HEIF": 24, "AVIF": 24}
"""The most each format may hold. Only a JPEG decodes scaled down; the others cost their full size in memory."""

MEMORY = 512 * 1024 * 1024
FILE_SIZE = 40_000_000
CPU_SECONDS, SECONDS = 20, 25
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
        with source.open("rb") as file:
            return _draw(_opened(file), folder)
    except (Image.DecompressionBombError, MemoryError):
        raise Undrawable("pixels") from None
    except OSError as error:
        raise Undrawable("full" if error.errno in NO_ROOM else "broken") from error
    except (*BROKEN, zlib.error) as error:
        raise Undrawable("broken") from error


def serve() -> None:
    """Read jobs (a line of JSON: source, folder) until the input ends; answer each with one line."""
    for job in iter(sys.stdin.buffer.readline, b""):
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            _confine()
            os.write(write_end, _answer(**json.loads(job)).encode())
            os._exit(0)
        os.close(write_end)
        answer = os.read(read_end, 100)  # nothing, when the picture killed its child
        os.close(read_end)
        os.waitpid(child, 0)
        with suppress(BrokenPipeError):  # the web process is gone; the input ends with it
            os.write(1, answer.split(b"\n")[0] + b"\n")


def _confine() -> None:
    """The child may take this much and no more. It writes to the pipe and the folder of its own job only."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    signal.alarm(SECONDS)
    if sys.platform == "linux":  # macOS, where somebody may develop, refuses this limit
        _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    _limit(resource.RLIMIT_FSIZE, FILE_SIZE)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(what: int, most: int) -> None:
    """As low as asked, or as low as whoever started us said."""
    _soft, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _answer(source: str, folder: str) -> str:
    """ "drawn <width> <height> <peak memory in MiB>", or "refused <reason>"."""
    try:
        width, height = redraw(Path(source), Path(folder))
    except Undrawable as no:
        return f"refused {no.reason}"
    return f"drawn {width} {height} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}"


def _opened(file: io.BufferedReader) -> Image.Image:
    """The picture with its header read and its size judged; nothing is decoded yet."""
    kind = _kind(file.read(256))
    file.seek(0)
    if kind == "HEIF":
        _learn_heif()
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
    image = _in_srgb(_about_large(_flat(_decoded(image))), profile)
    large = image.transpose(turn) if turn is not None else image
    halved = large.reduce(2)
    medium = halved if 960 <= max(halved.size) <= 1040 else _fit(large, SIZES["medium"])
    for name, picture in {"large": large, "medium": medium, "small": _fit(medium, SIZES["small"], gap=1.0)}.items():
        picture.info.clear()
        picture.save(folder / f"{name}.webp", "WEBP", method=2, quality=80, exif=b"", xmp=b"", icc_profile=b"")
    return Drawn(*large.size)


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How to set it upright, by EXIF. HEIC turns itself while decoding and says here that nothing is left to do."""
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except (*BROKEN, OSError):
        return None  # a photo is not refused for what its maker wrote about it


def _decoded(image: Image.Image) -> Image.Image:
    """The pixels. libjpeg halves while it decodes, which costs least of all: 4000 gives 2000 and 4032 gives 2016."""
    scale = next((by for by in (8, 4, 2) if max(image.size) // by >= 1600), 1)
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        image.draft(None, (max(1, image.width // scale), max(1, image.height // scale)))
    image.load()
    return image


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


def _about_large(image: Image.Image) -> Image.Image:
    return image if max(image.size) <= 2048 else _fit(image, SIZES["large"])


def _fit(image: Image.Image, longest: int, gap: float = 2.0) -> Image.Image:
    """Smaller by Lanczos. A smaller `gap` (at least 1) leaves more of the work to plain averaging, which is faster."""
    scale = longest / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
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


if __name__ == "__main__":
    serve()
