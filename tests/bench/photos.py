"""P4: a 12-megapixel phone JPEG to three sizes, against the scaled decode and the three encodes alone."""

import io
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypedDict
from unittest import mock

from PIL import Image

from core.media.workshop import Hand
from core.photos import prepare
from core.photos.darkroom import redraw
from tests.bench.line import Line

LIMIT_MIB = 150


class Measured(TypedDict):
    """Median seconds a photo, and the peak memory of the decoding process."""

    ours: float
    reference: float
    peak_mib: int


def lines() -> Iterator[Line]:
    """The time of a photo, and the most memory that the decoding process took."""
    seen = measure()
    ours, reference, peak = seen["ours"], seen["reference"], seen["peak_mib"]
    yield Line("P4 photo", f"{1000 * ours:.0f} ms", f"{1000 * reference:.0f} ms", ours / reference, 1.3, 1.6)
    yield Line("P4 memory of the decoder", f"{peak} MiB", f"{LIMIT_MIB} MiB", peak / LIMIT_MIB, 1, 1)


def measure(rounds: int = 3, photos: int = 7) -> Measured:
    """Ours (receive, hash, fork, draw, remove) and the reference, photo by photo in turn; the middle round by ratio."""
    photo = phone_photo()
    pictures = _decoded_and_sized(photo)
    peaks: list[int] = []
    with tempfile.TemporaryDirectory() as name, _watching(peaks):
        tmp = Path(name)
        prepare.prepare(io.BytesIO(photo), tmp)  # the first one starts the darkroom
        seen = sorted((_round(photo, pictures, tmp, photos) for _ in range(rounds)), key=lambda pair: pair[0] / pair[1])
    ours, reference = seen[rounds // 2]
    return Measured(ours=ours, reference=reference, peak_mib=max(peaks))


def _round(photo: bytes, pictures: list[Image.Image], tmp: Path, photos: int) -> tuple[float, float]:
    """The median seconds of ours and of the reference."""
    ours, reference = [], []
    for _photo in range(photos):
        ours.append(_seconds(lambda: prepare.prepare(io.BytesIO(photo), tmp)))
        reference.append(_seconds(lambda: _decode_and_encode(photo, pictures)))
    return statistics.median(ours), statistics.median(reference)


def phone_photo() -> bytes:
    """4000 x 3000, about 4 MB, turned on its side, as phones send them: soft shapes under a sensor's noise."""
    soft = [Image.effect_noise((125, 94), 90).resize((4000, 3000), Image.Resampling.BICUBIC) for _band in "rgb"]
    noise = Image.effect_noise((4000, 3000), 22)
    image = Image.blend(Image.merge("RGB", soft), Image.merge("RGB", (noise,) * 3), 0.3)
    exif = Image.Exif()
    exif[redraw.ORIENTATION] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _decoded_and_sized(photo: bytes) -> list[Image.Image]:
    large = _scaled(photo).transpose(Image.Transpose.ROTATE_270)
    return [large, large.reduce(2), large.resize((240, 320), Image.Resampling.LANCZOS)]


def _scaled(photo: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(photo), formats=["JPEG"])
    image.draft(None, (image.width // 2, image.height // 2))
    image.load()
    return image


def _decode_and_encode(photo: bytes, pictures: list[Image.Image]) -> None:
    _scaled(photo)
    for picture in pictures:
        picture.save(io.BytesIO(), "WEBP", method=2, quality=80)


def _watching(peaks: list[int]) -> "mock._patch[Callable[..., str]]":
    """Note the peak memory that each answer of the darkroom tells."""
    work = Hand.work

    def noting(self: Hand, source: Path, folder: Path) -> str:
        answer = work(self, source, folder)
        told = re.fullmatch(r"drawn \d+ \d+ (\d+)", answer)
        peaks.append(int(told[1]) if told else LIMIT_MIB + 1)
        return answer

    return mock.patch.object(Hand, "work", noting)
