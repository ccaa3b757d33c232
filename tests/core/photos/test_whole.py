"""A picture of which pixels lack is refused, wherever they lack; one that lacks only its end marker is a picture."""

import io
import random
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFilter

from core.photos.darkroom.redraw import Undrawable, redraw
from core.photos.prepare import prepare
from tests.core.photos import hostile
from tests.core.photos.test_redraw import FORMATS

END = b"\xff\xd9"
HOWS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "jpeg": ("RGB", "JPEG", {}),
    "jpeg in several scans": ("RGB", "JPEG", {"progressive": True}),
    "jpeg with restarts": ("RGB", "JPEG", {"restart_marker_rows": 1}),
    "jpeg in grey": ("L", "JPEG", {"optimize": True}),
    "jpeg for a printer": ("CMYK", "JPEG", {}),
    "an iPhone's two": ("RGB", "MPO", {"save_all": True, "append_images": [hostile.picture()]}),
    "png": ("RGBA", "PNG", {}),
    "png of a palette": ("P", "PNG", {}),
    "webp": ("RGB", "WEBP", {}),
    "webp without loss": ("RGB", "WEBP", {"lossless": True}),
    "heic": ("RGB", "HEIF", {}),
    "avif": ("RGB", "AVIF", {"speed": 9}),
}
PNGS = [name for name in HOWS if name.startswith("png")]


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    """As a camera sees a street, so that every part of it takes some bytes."""
    noise = Image.merge("RGB", [Image.effect_noise((500, 400), 90) for _band in "rgb"])
    return noise.filter(ImageFilter.GaussianBlur(1.5))


def made(photo: Image.Image, name: str) -> bytes:
    mode, format, how = HOWS[name]
    return hostile.as_file(photo.convert(mode), format, **how)


def outcome(file: bytes, folder: Path) -> str | bytes:
    """Why it is refused, or the large picture that comes of it."""
    (folder / "source").write_bytes(file)
    try:
        redraw(folder / "source", folder)
    except Undrawable as no:
        return no.reason
    return (folder / "large.webp").read_bytes()


def without(file: bytes, start: int, end: int, instead: bytes = b"") -> bytes:
    return file[:start] + (instead * (end - start))[: end - start] + file[end:]


LACKS: dict[str, Callable[[bytes, int], bytes]] = {
    "the rest was never written": lambda file, at: without(file, at, len(file), b"\0"),
    "the rest never came": lambda file, at: file[:at],
    "a block was never written": lambda file, at: without(file, at, at + 4096, b"\0"),
    "a block fell out": lambda file, at: without(file, at, at + 4096),
}


SEEN = [(name, how) for name in HOWS for how in LACKS if "several" not in name or "block" not in how]
"""All but a block of a JPEG in several scans, which takes other coefficients from the next block."""


@pytest.mark.parametrize(("name", "how"), SEEN)
def test_a_picture_of_which_a_part_lacks_is_broken(name, how, photo, tmp_path):
    file = made(photo, name)
    assert len(outcome(file, tmp_path)) > 1000  # whole
    first = file.index(END) if name.startswith("an iPhone") else len(file)
    for tenths in (3, 5, 7):
        assert outcome(LACKS[how](file, first * tenths // 10), tmp_path) == "broken", f"at {tenths} tenths"


@pytest.mark.parametrize("name", PNGS)
def test_no_byte_of_a_pngs_pixels_can_be_another(name, photo, tmp_path):
    file, dice = made(photo, name), random.Random(5)
    pixels = file.index(b"IDAT") + 4
    for _try in range(25):
        at = dice.randrange(pixels, len(file) - 20)
        changed = without(file, at, at + 1, bytes([file[at] ^ 1 << dice.randrange(8)]))
        assert outcome(changed, tmp_path) in {"broken", outcome(file, tmp_path)}


@pytest.mark.parametrize("name", HOWS)
def test_a_picture_whose_beginning_is_damaged_is_refused(name, photo, tmp_path):
    file = made(photo, name)
    for start, end in ((0, 16), (2, 60)):
        assert outcome(without(file, start, end, b"\0"), tmp_path) in {"unknown", "broken"}


@pytest.mark.parametrize(
    ("name", "marker"),
    [(name, END[:less]) for name in HOWS if name.startswith("jpeg") for less in (0, 1)]
    + [(name, b"\0\0\0\0IEND"[:less]) for name in PNGS for less in (0, 5)],
)
def test_a_picture_that_lacks_only_its_end_marker_is_whole(name, marker, photo, tmp_path):
    file = made(photo, name)
    end = file.rindex(b"\0\0\0\0IEND" if name in PNGS else END)
    assert outcome(file[:end] + marker, tmp_path) == outcome(file, tmp_path)


def test_of_an_iphones_two_only_the_first_must_be_whole(photo, tmp_path):
    file = made(photo, "an iPhone's two")
    for end in (file.index(END), file.index(END) + 2, file.index(END) + 300):
        assert outcome(file[:end], tmp_path) == outcome(file, tmp_path)


def test_a_jpeg_of_which_a_scan_lacks_is_broken_although_the_others_are_there(photo, tmp_path):
    file = made(photo, "jpeg in several scans")
    scans = [at for at in range(len(file)) if file[at : at + 2] == b"\xff\xda"]
    tables = [file.rindex(b"\xff\xc4", 0, at) for at in scans[1:]]  # what comes before each scan
    assert len(scans) > 4
    for table in tables:
        assert outcome(file[:table] + END, tmp_path) == "broken"


def test_a_piece_of_a_jpeg_that_was_put_at_another_place_is_missed(photo, tmp_path):
    file = made(photo, "jpeg with restarts")
    first, second, third = [file.index(bytes([0xFF, 0xD0 + at])) for at in range(3)]
    assert outcome(file[:first] + file[second:third] + file[first:second] + file[third:], tmp_path) == "broken"


@pytest.mark.parametrize("format", FORMATS)
def test_a_wall_of_one_colour_is_whole_although_it_takes_hardly_a_byte(format, tmp_path):
    for colour in ("white", "black"):
        wall = hostile.as_file(Image.new("RGB", (1200, 900), colour), format, optimize=True)
        assert b"RIFF" in outcome(wall, tmp_path)


def test_a_few_bytes_that_belong_to_nothing_behind_a_jpegs_pixels_are_no_damage(photo, tmp_path):
    file = made(photo, "jpeg")
    assert outcome(file[:-2] + bytes(40) + END, tmp_path) == outcome(file, tmp_path)
    assert outcome(file[:-2] + b"\xff\xff" + END, tmp_path) == outcome(file, tmp_path)


def test_a_jpeg_that_its_decoder_would_have_to_keep_whole_and_cannot_is_too_large_and_not_broken(photo, tmp_path):
    for mode, reason in (("CMYK", "pixels"), ("RGB", "broken")):  # of these few bytes nothing fills 64 megapixels
        file = hostile.as_file(photo.convert(mode), "JPEG", progressive=True)
        at = file.index(b"\xff\xc2") + 5
        assert outcome(file[:at] + struct.pack(">2H", 8000, 8000) + file[at + 4 :], tmp_path) == reason


def test_the_largest_jpeg_in_several_scans_fits_the_decoders_memory(tmp_path):
    file = hostile.as_file(Image.new("RGB", (8000, 8000), "teal"), "JPEG", progressive=True, subsampling=0)
    assert prepare(io.BytesIO(file), tmp_path).width == 2000
