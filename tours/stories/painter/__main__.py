"""Started by its path with -P: these two folders are found last, and nothing of the project is."""

import sys
from importlib import import_module
from pathlib import Path

sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parents[3] / "core" / "media" / "apart")]
paint = import_module("painter.paint")
import_module("child").serve(paint.work, **paint.LIMITS)
