"""Every setting with its default, then BUURT_* from the environment (docs/settings.md)."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

INSTANCE = Path(__file__).resolve().parent.parent / "instance"


@dataclass(frozen=True)
class Settings:
    """What an operator may choose. Each field is the setting BUURT_<NAME IN CAPITALS>."""

    database_url: str = f"sqlite:///{INSTANCE / 'buurtspoor.db'}"
    database_sync: str = "NORMAL"
    media: str = str(INSTANCE / "media")
    secret: str = ""
    public_url: str = ""
    proxies: int = 0
    languages: str = "nl,en"
    translations: str = ""
    limits: bool = True
    limits_url: str = "memory://"
    queue_url: str = f"sqlite:///{INSTANCE / 'queue.db'}"
    demo: bool = False
    demo_at: str = "52.09,5.10"
    testing: bool = False


def read(environment: Mapping[str, str], given: Mapping[str, object] | None = None) -> Settings:
    """The settings in force: defaults, then BUURT_* from `environment`, then what a test gives by field name.

    Raises ValueError for a value that does not fit its setting.
    """
    chosen: dict[str, object] = {}
    for field in fields(Settings):
        name = f"BUURT_{field.name.upper()}"
        if name in environment:
            chosen[field.name] = _parse(name, environment[name], type(field.default))
    settings = replace(Settings(), **{**chosen, **(given or {})})  # type: ignore[arg-type]  # checked by _parse
    return settings if settings.secret else replace(settings, secret=_own_secret())


def _parse(name: str, text: str, kind: type) -> object:
    if kind is bool:
        if text.lower() not in {"0", "1", "no", "yes", "false", "true", ""}:
            raise ValueError(f"{name} is 1 or 0, not {text!r}")
        return text.lower() in {"1", "yes", "true"}
    if kind is int:
        return int(text)
    return text


def _own_secret() -> str:
    """The secret of this installation, made once and kept in instance/secret (readable by its owner only)."""
    file = INSTANCE / "secret"
    if not file.exists():
        INSTANCE.mkdir(exist_ok=True)
        fresh = file.with_name(f"secret.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(32))
        with suppress(FileExistsError):  # the first of two processes wins; nobody reads half a secret
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text()
