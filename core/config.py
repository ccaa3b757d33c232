"""Every setting with its default, then BUURT_* from the environment (docs/settings.md)."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

INSTANCE = Path(__file__).resolve().parent.parent / "instance"
SERVED = INSTANCE / "served"  # holds the address where `make run` serves, while it does


@dataclass(frozen=True)
class Settings:
    """What an operator may choose. Each field is the setting BUURT_<NAME IN CAPITALS>."""

    database_url: str = f"sqlite:///{INSTANCE / 'buurtspoor.db'}"
    database_sync: str = "NORMAL"
    media: str = str(INSTANCE / "media")
    maps: str = str(INSTANCE / "maps")
    secret: str = ""
    public_url: str = ""
    proxies: int = 0
    body_seconds: int = 20
    languages: str = "nl,en"
    translations: str = ""
    limits: bool = True
    limits_url: str = "memory://"
    queue_url: str = f"sqlite:///{INSTANCE / 'queue.db'}"
    mail_url: str = ""
    mail_from: str = ""
    demo: bool = False
    demo_at: str = "52.09,5.10"
    tiles: str = ""
    tiles_credit: str = ""
    geocoder: str = ""
    testing: bool = False

    @property
    def address(self) -> str:
        """Where the site is, for who is not on it: by the setting, else where it is served on this machine."""
        return self.public_url.rstrip("/") or (SERVED.read_text() if SERVED.exists() else "http://127.0.0.1:8000")

    @property
    def tiles_host(self) -> str:
        """The origin of BUURT_TILES, such as https://tiles.example, or nothing."""
        return "/".join(self.tiles.split("/")[:3])


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
    _check_tiles(settings)
    _check_geocoder(settings)
    _check_mail(settings)
    return settings if settings.secret else replace(settings, secret=_own_secret())


def _parse(name: str, text: str, kind: type) -> object:
    if kind is bool:
        if text.lower() not in {"0", "1", "no", "yes", "false", "true", ""}:
            raise ValueError(f"{name} is 1 or 0, not {text!r}")
        return text.lower() in {"1", "yes", "true"}
    if kind is int:
        return int(text)
    return text


A_MAP = {  # of all of the Netherlands, free to use with its credit (docs/deploy.md)
    "BUURT_TILES": "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/standaard/EPSG:3857/{z}/{x}/{y}.png",
    "BUURT_TILES_CREDIT": "Kaartgegevens © Kadaster",
}
HOST = r"(https://[a-z0-9.-]+(:\d{1,5})?|http://(127\.0\.0\.1|localhost)(:\d{1,5})?)"  # http: of this machine, to try
TILES = re.compile(HOST + r"/[\w./~@:+=%-]*(\?[\w./~@:+=%&-]*)?")
GEOCODER = re.compile(HOST + r"(/[\w.~-]+)*/?")


def _check_tiles(settings: Settings) -> None:
    """The address goes into the content policy and its credit onto the map: nothing half, nothing clever."""
    template = settings.tiles
    host, *parts = re.split(r"\{([zxy])\}", template)
    if template and not (sorted(parts[::2]) == ["x", "y", "z"] and TILES.fullmatch("%".join([host, *parts[1::2]]))):
        raise ValueError(
            f"BUURT_TILES is an address such as https://tiles.example/{{z}}/{{x}}/{{y}}.png, with each of "
            f"{{z}}, {{x}} and {{y}} once after the host and nothing else in braces, not {template!r}"
        )
    if template and not settings.tiles_credit.strip():
        raise ValueError("BUURT_TILES needs BUURT_TILES_CREDIT: whose map it is, as its licence asks you to say")


def _check_geocoder(settings: Settings) -> None:
    """Makers' addresses go there in the clear unless it is https: http is for a service on this machine."""
    if settings.geocoder and not GEOCODER.fullmatch(settings.geocoder):
        raise ValueError(
            f"BUURT_GEOCODER is the address of a Nominatim service, such as https://nominatim.example, "
            f"not {settings.geocoder!r}"
        )


def _check_mail(settings: Settings) -> None:
    """A link in a mail leads to our own name, never to one that a request made up."""
    if not settings.mail_url:
        return
    if not re.fullmatch(r"smtps?://([^\s:@/]+:[^\s@/]+@)?[\w.-]+(:\d{1,5})?", settings.mail_url):
        raise ValueError("BUURT_MAIL_URL is an address such as smtps://name:password@mail.example:465")
    if not settings.public_url or "@" not in settings.mail_from:
        raise ValueError("BUURT_MAIL_URL needs BUURT_PUBLIC_URL and BUURT_MAIL_FROM, such as hallo@buurt.example")


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
