"""Somebody who walks with a phone in a pocket: where they are, and what their phone makes of it, by the second."""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

METRE = 1 / 111_195  # degrees of latitude
PACE, LINGER = 1.2, 25  # metres a second; seconds at a stop before one looks at the phone
GAP = range(35, 60)  # seconds of each minute without a fix
OTHER_SIDE = 28  # metres that a narrow street throws a fix aside
FAST = 100  # timers of the page run so many times faster, and a second of the walk takes 10 ms
PHONE = f"""
const real = setTimeout
window.setTimeout = (act, after = 0, ...more) => real(act, after / {FAST}, ...more)
window.came = []; window.interrupted = []; window.ended = []
document.addEventListener('arrive', ({{ target: {{ dataset }} }}) => {{
  if (dataset.phase === 'here') window.came.push(Number(dataset.number))
}})
document.addEventListener('play', ({{ target }}) => {{ target.playbackRate = 16 }}, true)
document.addEventListener('ended', ({{ target }}) => window.ended.push(target.src), true)
for (const name of ['pause', 'emptied']) document.addEventListener(name, ({{ target }}) => {{
  if (!target.ended && !target.muted && target.currentTime && target.duration > 1) window.interrupted.push(target.src)
}}, true)
let found = null
const geolocation = {{ watchPosition: (take) => ((found = take), 1), clearWatch: () => (found = null) }}
Object.defineProperty(navigator, 'geolocation', {{ value: geolocation }})
window.feed = async (fixes) => {{
  for (const [latitude, longitude, accuracy, timestamp] of fixes) {{
    found?.({{ coords: {{ latitude, longitude, accuracy }}, timestamp }})
    await new Promise((done) => real(done, 1000 / {FAST}))
  }}
}}
"""
SILENT = "() => { const one = document.querySelector('walk-along audio'); return !one || one.paused || one.ended }"
Place = tuple[float, float]  # latitude, longitude
Fix = tuple[float, float, float, int]  # with metres that it may be off, and milliseconds


@dataclass
class Track:
    """Fixes that are `jitter` metres off, in errors that last some seconds; now and then a stray one is at a stop."""

    stops: Sequence[Place]
    jitter: float
    seed: int
    seconds: int = 0
    off: list[float] = field(default_factory=lambda: [0.0, 0.0])

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def to(self, start: Place, end: Place) -> list[Fix]:
        """On the way; the second half of it is a narrow street."""
        north, east = end[0] - start[0], (end[1] - start[1]) * math.cos(math.radians(start[0]))
        steps = max(1, round(math.hypot(north, east) / METRE / PACE))
        ways = [(start[0] + (end[0] - start[0]) * n / steps, start[1] + (end[1] - start[1]) * n / steps)
                for n in range(steps)]  # fmt: skip
        aside = (-east / math.hypot(north, east), north / math.hypot(north, east)) if steps > 1 else (0.0, 0.0)
        return list(self._seen(ways, aside, range(steps // 2, steps - 8)))

    def at(self, stop: Place) -> list[Fix]:
        """Standing at a stop; for three seconds the phone thinks it is across the street."""
        return list(self._seen([stop] * LINGER, (0.0, 1.0), range(12, 15)))

    def _seen(self, ways: Sequence[Place], aside: Place, narrow: range) -> Iterator[Fix]:
        for number, (lat, lon) in enumerate(ways):
            self.seconds += 1
            self.off = [0.9 * off + self.chance.gauss(0, 0.3 * self.jitter) for off in self.off]
            if self.seconds % 60 in GAP:
                continue
            moment = self.seconds * 1000
            if self.seconds % 45 == 0:
                yield (*self.chance.choice(self.stops), 12.0, moment)
                continue
            jump = OTHER_SIDE if number in narrow and number // 12 % 2 == 0 else 0
            north, east = (off + jump * to for off, to in zip(self.off, aside, strict=True))
            wide = METRE / math.cos(math.radians(lat))
            yield lat + north * METRE, lon + east * wide, max(10.0, self.jitter), moment


def walk(page: Page, track: Track) -> int:
    """From stop to stop; where the phone noticed nothing one holds its button. How often that was."""
    held = 0
    for number, stop in enumerate(track.stops, 1):
        before = track.stops[number - 2] if number > 1 else (stop[0] - 90 * METRE, stop[1])
        page.evaluate("(fixes) => feed(fixes)", track.to(before, stop) + track.at(stop))
        while number not in page.evaluate("window.came") and _comes(page, number):
            held += 1
            hold(page, "there")
    return held


def _comes(page: Page, number: int) -> bool:
    """What speaks has spoken and what waited has come; whether the stop has not."""
    page.wait_for_function(SILENT)
    expect(page.locator("[data-part=waiting]")).to_be_hidden()
    page.wait_for_timeout(150)
    return number not in page.evaluate("window.came") and bool(page.evaluate(SILENT))


def hold(page: Page, which: str) -> None:
    """A long press on a button of the black page, until the page that it opens is there."""
    walk = page.locator("walk-along")
    was = [walk.get_attribute(f"data-{name}") for name in ("phase", "number")]
    page.locator(f"[data-held={which}]").dispatch_event("pointerdown")
    page.wait_for_function(
        "([phase, number]) => { const { dataset } = document.querySelector('walk-along');"
        " return dataset.phase !== phase || dataset.number !== number }", arg=was,
    )  # fmt: skip
