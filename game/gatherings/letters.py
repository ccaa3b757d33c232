"""The code that lies on the table at a gathering: six letters that follow from its key and the secret of this site."""

import hmac

from flask import current_app

from core.codes import LENGTH, LETTERS


def of(key: str) -> str:
    """The letters of a gathering; the same as long as it is there, also after an editor hid it for a while."""
    secret = current_app.config["BUURT"].secret.encode()
    digest = hmac.digest(secret, f"gathering {key}".encode(), "sha256")
    return "".join(LETTERS[int.from_bytes(digest[at * 4 : at * 4 + 4]) % len(LETTERS)] for at in range(LENGTH))


def are(key: str, typed: str | None) -> bool:
    """Whether these are its letters."""
    return typed is not None and hmac.compare_digest(typed.upper().encode(), of(key).encode())
