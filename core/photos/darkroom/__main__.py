"""Started by its path with -P: this folder is found last, under a name of its own, and nothing of the project is."""

import sys
from importlib import import_module
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))
import_module("darkroom.redraw").serve()
