"""The secret of a crew: 26 letters in its address. It is made anew from the site's own secret, so no table holds it."""

import hashlib
import hmac

from flask import current_app

from core import codes


def of(key: str, turn: int) -> str:
    """The secret of the crew with this key, at its so-many-th turn."""
    secret = current_app.config["BUURT"].secret.encode()
    digest = hmac.digest(secret, f"crew {key} {turn}".encode(), "sha256")
    return "".join(codes.LONG_LETTERS[byte % 32] for byte in digest[: codes.LONG_LENGTH])


def hashed(token: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()
