"""A redrawn photo is upright, in the right colours, in three sizes, and holds nothing but pixels."""

import io
import itertools
import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
import qrcode
import zxingcpp
from PIL import Image, ImageChops, ImageOps, ImageStat

from core.photos.darkroom.redraw import Undrawable, redraw
from tests.core.photos import hostile

SAMPLES = {
    "DSCN0010.jpg": (640, 480),
    "DSCN0042.jpg": (640, 480),
    "IMG_5195.HEIC": (1549, 2000),
    "Portrait_6.jpg": (1200, 1800),
    "iphone_hdr_YES.jpg": (1632, 1224),
    "jolla.jpg": (1632, 1224),
}
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
HARMLESS = {"SourceFile", "ExifTool", "System", "File", "RIFF", "Composite"}


def draw(file: bytes, folder: Path) -> dict[str, Image.Image]:
    """Redraw, check that the answer is true, and open the three."""
    (folder / "source").write_bytes(file)
    drawn = redraw(folder / "source", folder)
    files = {name: (folder / f"{name}.webp").read_bytes() for name in ("large", "medium", "small")}
    sizes = {name: Image.open(io.BytesIO(file)) for name, file in files.items()}
    assert sizes["large"].size == drawn
    return sizes


def sample(name: str) -> Path:
    folder = os.environ.get("BUURT_SAMPLES")
    if not folder:
        pytest.skip("BUURT_SAMPLES is not set: no real photos to redraw.")
    return Path(folder).absolute() / "photos" / name


def riff(file: bytes) -> list[bytes]:
    """The chunks of a WebP; fails when bytes follow that belong to none."""
    assert file[:4] == b"RIFF"
    assert int.from_bytes(file[4:8], "little") + 8 == len(file)
    names, at = [], 12
    while at < len(file):
        names.append(file[at : at + 4])
        length = int.from_bytes(file[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    assert at == len(file)
    return names


def assert_only_pixels(folder: Path) -> None:
    files = [folder / f"{name}.webp" for name in ("large", "medium", "small")]
    for file in files:
        assert riff(file.read_bytes()) == [b"VP8 "]
        assert hostile.CANARY not in file.read_bytes()


def told_by_exiftool(folder: Path) -> set[str]:
    """What a second reader sees in the three beside pixels: the names of fields and warnings."""
    if not shutil.which("exiftool"):
        pytest.skip("exiftool is not installed: only our own reader looked for what is not pixels.")
    files = [str(folder / f"{name}.webp") for name in ("large", "medium", "small")]
    told = json.loads(subprocess.check_output(["exiftool", "-json", "-G1", "-a", "-u", "-ee", *files]))
    names = {name for file in told for name in file}
    return {name for name in names if name.split(":")[0] not in HARMLESS or "Warning" in name}


def near(some: list, others: list, tolerance: int) -> bool:
    """Colours, each no further from its other in any band."""
    bands = zip(itertools.chain(*some), itertools.chain(*others), strict=True)
    return all(abs(one - other) <= tolerance for one, other in bands)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_photo_comes_out_upright_and_with_pixels_only(name, tmp_path):
    sizes = draw(sample(name).read_bytes(), tmp_path)
    assert sizes["large"].size == SAMPLES[name]
    with Image.open(sample(name)) as original:
        expected = ImageOps.exif_transpose(original).convert("RGB").resize((48, 48))
    for size in sizes.values():
        difference = ImageStat.Stat(ImageChops.difference(size.resize((48, 48)), expected)).mean
        assert max(difference) < 8
    assert_only_pixels(tmp_path)


def test_a_camera_photo_of_twelve_megapixels_gives_2000_1000_and_320(tmp_path):
    sizes = draw(hostile.as_file(hostile.picture(4000, 3000)), tmp_path)
    assert [size.size for size in sizes.values()] == [(2000, 1500), (1000, 750), (320, 240)]


@pytest.mark.parametrize(("width", "long_side"), [(1500, 1500), (2048, 2048), (2049, 2000), (3264, 1632), (7200, 1800)])
def test_the_large_one_stays_between_1600_and_2048_and_is_never_enlarged(width, long_side, tmp_path):
    sizes = draw(hostile.as_file(hostile.picture(width, width // 2)), tmp_path)
    assert sizes["large"].width == long_side
    assert sizes["medium"].width <= 1040
    assert sizes["small"].width == 320


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_what_stands_on_a_long_strip_can_be_read_in_the_two_larger_sizes(format, tmp_path):
    strip = Image.new("RGB", (1080, 20_000), "white")
    for at in (0, 10_000, 19_000):
        strip.paste(qrcode.make(f"strip {at}", box_size=8).get_image().convert("RGB"), (20, at + 20))
    sizes = draw(hostile.as_file(strip, format), tmp_path)
    assert sizes["large"].width * sizes["large"].height <= 4_010_000
    for name in ("large", "medium"):
        assert {code.text for code in zxingcpp.read_barcodes(sizes[name])} == {
            f"strip {at}" for at in (0, 10_000, 19_000)
        }


def test_a_small_picture_keeps_its_size_in_all_three(tmp_path):
    sizes = draw(hostile.as_file(hostile.picture(200, 90)), tmp_path)
    assert {size.size for size in sizes.values()} == {(200, 90)}


@pytest.mark.parametrize("size", [(1, 1), (1, 9000), (9000, 1)])
def test_a_line_of_pixels_is_a_picture_too(size, tmp_path):
    assert max(draw(hostile.as_file(Image.new("RGB", size)), tmp_path)["small"].size) <= 320


@pytest.mark.parametrize(
    ("format", "orientation"),
    [(format, o) for format in FORMATS for o in (hostile.QUARTER_TURNS if format == "HEIF" else hostile.UNDONE)],
)
def test_it_is_upright_however_the_camera_was_held(format, orientation, tmp_path):
    for size in draw(hostile.turned(orientation, format), tmp_path).values():
        assert size.size == (160, 120)
        assert near(hostile.quadrants(size), list(hostile.QUADRANTS), 12)


@pytest.mark.parametrize("format", FORMATS)
def test_display_p3_is_converted_to_the_same_colour_in_srgb(format, tmp_path):
    meant = (250, 20, 20)
    patch = Image.new("RGB", (64, 64), hostile.in_display_p3(meant))
    assert not near([patch.getpixel((0, 0))], [meant], 15)  # or the test could not fail
    for size in draw(hostile.as_file(patch, format, icc_profile=hostile.display_p3(), quality=100), tmp_path).values():
        assert near([size.getpixel((32, 32))], [meant], 6)
    assert_only_pixels(tmp_path)


@pytest.mark.parametrize("profile", [b"", b"not a profile", hostile.display_p3()[:200], os.urandom(4000)])
def test_a_broken_colour_profile_is_ignored(profile, tmp_path):
    sizes = draw(hostile.as_file(hostile.picture(), icc_profile=profile), tmp_path)
    assert near(hostile.quadrants(sizes["large"]), list(hostile.QUADRANTS), 12)


def test_a_colour_profile_of_another_kind_of_picture_is_ignored(tmp_path):
    file = hostile.as_file(hostile.picture().convert("CMYK"), icc_profile=hostile.display_p3())
    assert near(hostile.quadrants(draw(file, tmp_path)["large"]), list(hostile.QUADRANTS), 30)


@pytest.mark.parametrize("mode", ["L", "LA", "1", "P", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_plain_colour(mode, tmp_path):
    grey = Image.new("L", (40, 40), 255 if mode == "1" else 156)
    image = Image.new("I;16", (40, 40), 156 * 257) if mode == "I;16" else grey.convert(mode)
    large = draw(hostile.as_file(image, "PNG"), tmp_path)["large"]
    assert large.mode == "RGB"
    assert near([large.getpixel((20, 20))], [(grey.getpixel((0, 0)),) * 3], 4)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_printers_jpegs_become_plain_colour(mode, tmp_path):
    large = draw(hostile.as_file(hostile.picture().convert(mode)), tmp_path)["large"]
    expected = hostile.quadrants(hostile.picture().convert(mode).convert("RGB"))
    assert near(hostile.quadrants(large), expected, 20)


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_what_is_transparent_lies_on_white(format, tmp_path):
    image = Image.new("RGBA", (60, 60), (200, 0, 0, 0))
    large = draw(hostile.as_file(image, format), tmp_path)["large"]
    assert near([large.getpixel((30, 30))], [(255, 255, 255)], 3)


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF"])
def test_of_a_moving_picture_the_first_frame_is_kept(format, tmp_path):
    other = [Image.new("RGB", (160, 120), "black") for _frame in range(3)]
    file = hostile.as_file(hostile.picture(), format, save_all=True, append_images=other, duration=100)
    assert near(hostile.quadrants(draw(file, tmp_path)["large"]), list(hostile.QUADRANTS), 12)


def test_of_an_iphones_two_pictures_in_one_file_the_first_is_kept(tmp_path):
    file = hostile.as_file(hostile.picture(), "MPO", save_all=True, append_images=[Image.new("RGB", (160, 120))])
    assert file.count(b"\xff\xd8\xff") == 2
    assert near(hostile.quadrants(draw(file, tmp_path)["large"]), list(hostile.QUADRANTS), 12)
    assert_only_pixels(tmp_path)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_a_phone_wrote_into_the_file_is_in_any_size(format, tmp_path):
    file = hostile.telling(format)
    assert file.count(hostile.CANARY) >= 4  # or the test could not fail
    draw(file, tmp_path)
    assert_only_pixels(tmp_path)


@pytest.mark.parametrize("format", FORMATS)
def test_exiftool_finds_nothing_of_what_a_phone_wrote_either(format, tmp_path):
    draw(hostile.telling(format), tmp_path)
    assert not told_by_exiftool(tmp_path)


@pytest.mark.parametrize("name", ["DSCN0010.jpg", "iphone_hdr_YES.jpg"])
def test_exiftool_finds_nothing_but_pixels_in_a_redrawn_real_photo(name, tmp_path):
    draw(sample(name).read_bytes(), tmp_path)
    assert not told_by_exiftool(tmp_path)


def test_unreadable_notes_of_the_camera_do_not_refuse_the_photo(tmp_path):
    for notes in (b"Exif\0\0garbage", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0"):
        assert draw(hostile.as_file(hostile.picture(), exif=notes), tmp_path)["large"].size == (160, 120)


def test_a_noisy_picture_of_24_megapixels_as_phones_count_them_is_fine(tmp_path):
    file = hostile.as_file(Image.new("L", (5712, 4284), 128), "PNG", compress_level=1)
    assert draw(file, tmp_path)["large"].size == (2000, 1500)


def test_a_full_disk_is_told_apart_from_a_broken_photo(tmp_path):
    (tmp_path / "source").write_bytes(hostile.as_file(hostile.picture()))
    (tmp_path / "medium.webp").symlink_to("/dev/full")
    with pytest.raises(Undrawable) as no:
        redraw(tmp_path / "source", tmp_path)
    assert no.value.reason == "full"


def test_changed_bytes_give_a_picture_or_a_reason_and_nothing_else(tmp_path):
    dice = random.Random(20)
    for format in FORMATS:
        file = hostile.telling(format)
        for _try in range(12):
            broken = bytearray(file)
            for _change in range(dice.choice([1, 5, 40])):
                broken[dice.randrange(12, len(broken))] = dice.randrange(256)
            (tmp_path / "source").write_bytes(broken)
            assert outcome(tmp_path) in {"drawn", "broken", "pixels", "unknown"}


def outcome(folder: Path) -> str:
    try:
        redraw(folder / "source", folder)
    except Undrawable as no:
        return no.reason
    return "drawn" if riff((folder / "small.webp").read_bytes()) == [b"VP8 "] else "more than pixels"


def test_the_source_of_a_picture_is_read_as_the_format_its_first_bytes_say(tmp_path):
    (tmp_path / "source").write_bytes(b"RIFF\x04\0\0\0WEBP" + hostile.as_file(hostile.picture()))
    with pytest.raises(Undrawable):
        redraw(tmp_path / "source", tmp_path)
