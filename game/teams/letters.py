"""The code on a letter: ten letters, of which only a keyed hash is kept, so a copy of the database opens nothing."""

import hmac
import secrets
from hashlib import sha256

from flask import current_app

from core import codes

SHAPE = codes.Shape(codes.LETTERS, 10)  # 47 bits: docs/security.md reckons what guessing finds
LABEL = b"buurtspoor letters "


def new_code() -> str:
    """Ten random letters."""
    return "".join(secrets.choice(SHAPE.signs) for _ in range(SHAPE.length))


def spaced(code: str) -> str:
    """A code as people read it: two fives."""
    return f"{code[:5]} {code[5:]}"


def hashed(code: str) -> str:
    """What is kept of a code."""
    return hmac.new(current_app.config["BUURT"].secret.encode(), LABEL + code.encode(), sha256).hexdigest()
