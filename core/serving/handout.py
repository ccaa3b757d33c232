"""Handing the root certificate to phones: a plain page with the words for it, and the certificate itself."""

import functools
import html
import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from babel.support import NullTranslations, Translations
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from core.config import INSTANCE
from core.serving.serve import ROOT

LANGUAGES = ("nl", "en")
CERTIFICATE = "/buurtspoor-root.crt"


@dataclass(frozen=True)
class Words:
    """What the page and the terminal say, in one language; `steps` by kind of phone."""

    title: str
    why: str
    fetch: str
    steps: dict[str, list[str]]
    then: str


def words(language: str) -> Words:
    """The words in a language; English where it lacks some."""
    known: NullTranslations = Translations.load(ROOT / "core" / "translations", [language])
    return _words(known.gettext)


def _words(_: Callable[[str], str]) -> Words:
    return Words(
        title=_("Buurtspoor on your phone"),
        why=_("Do this once. Your phone then trusts the Buurtspoor on this network, and nothing else."),
        fetch=_("Fetch the certificate"),
        steps={
            "iPhone, iPad": [
                _("Open this page in Safari. Fetch the certificate and tap Allow."),
                _("Go to Settings, Profile Downloaded, and tap Install."),
                _("Go to Settings, General, About, Certificate Trust Settings. Switch Buurtspoor on."),
            ],
            "Android": [
                _("Fetch the certificate. Your phone keeps it in Downloads."),
                _("Search in Settings for “CA certificate”. Tap Install anyway."),
                _("Choose buurtspoor-root.crt in Downloads."),
            ],
        },
        then=_("Then open Buurtspoor"),
    )


def page(site: str) -> bytes:
    """The page, in every language one below the other."""
    head = '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Buurtspoor</title>'
    view = '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
    return "\n".join([head, view, *(_section(language, words(language), site) for language in LANGUAGES)]).encode()


def _section(language: str, said: Words, site: str) -> str:
    steps = "".join(
        f"<h2>{phone}</h2><ol>{''.join(f'<li>{html.escape(line)}' for line in lines)}</ol>"
        for phone, lines in said.steps.items()
    )
    fetch = f'<p><a href="{CERTIFICATE}">{html.escape(said.fetch)}</a></p>'
    then = f'<p><a href="{html.escape(site)}">{html.escape(said.then)}</a></p>'
    opening = f"<h1>{html.escape(said.title)}</h1><p>{html.escape(said.why)}</p>"
    return f'<section lang="{language}">{opening}{fetch}{steps}{then}</section>'


class HandOut(BaseHTTPRequestHandler):
    """Two things to get: the page and the root certificate. Plain http, since a phone does not trust us yet."""

    timeout = 10  # seconds for a request to arrive

    def __init__(self, *arguments: object, site: str, root: bytes) -> None:
        self._things = {
            "/": ("text/html; charset=utf-8", page(site)),
            CERTIFICATE: ("application/x-x509-ca-cert", root),
        }
        super().__init__(*arguments)  # type: ignore[arg-type]  # request, address and server, as http.server gives them

    def do_GET(self) -> None:
        """Answer with one of the two, else 404."""
        kind, body = self._things.get(self.path, ("text/plain", b"There is nothing here.\n"))
        self.send_response(HTTPStatus.OK if self.path in self._things else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep no list of who fetched it."""


def server(host: str, port: int, site: str, root: Path) -> ThreadingHTTPServer:
    """A server of the page and of the certificate in the file `root`; its caller starts it."""
    certificate = x509.load_pem_x509_certificate(root.read_bytes()).public_bytes(Encoding.DER)
    return ThreadingHTTPServer((host, port), functools.partial(HandOut, site=site, root=certificate))


if __name__ == "__main__":
    server(sys.argv[1], int(sys.argv[2]), sys.argv[3], INSTANCE / "certificates" / "root.crt").serve_forever()
