"""exiftool, a second reader of what stands in a photo: installed where we may; without it, tests skip and say so."""

import shutil

from tests import debian

PACKAGE = "libimage-exiftool-perl"

if __name__ == "__main__":
    if not shutil.which("exiftool"):
        debian.install(PACKAGE)
