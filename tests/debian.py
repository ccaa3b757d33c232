"""Debian's packages for the programs of others that the tests drive."""

import os
import subprocess
from pathlib import Path


def install(package: str) -> None:
    """Install a package, where that is ours to do: as root on Debian or what descends from it. Else nothing happens."""
    if os.getuid() != 0 or not Path("/etc/debian_version").exists():
        return
    print(f"Installing Debian's {package} for the tests ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
        done = subprocess.run(["apt-get", "-qq", *words], env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            return
