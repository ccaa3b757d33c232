"""The composition root: the only file that knows every part."""

import game
import tours
from core import create_app

app = create_app(parts=(game, tours))
clockwork = app.extensions["clockwork"]
