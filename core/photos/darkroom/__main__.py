"""Started by its path with -P: these two folders are found last, and nothing of the project is."""

import sys
from importlib import import_module
from pathlib import Path

sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "media" / "apart")]
redraw = import_module("darkroom.redraw")
import_module("child").serve(redraw.work, **redraw.LIMITS)
