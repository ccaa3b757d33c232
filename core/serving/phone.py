"""`make phone`: the site over https for the phones on this network, and a plain page that hands them the root.

Without https a phone gives no camera and no position; a warning that was clicked away gives no service worker.
"""

import io
import os
import shlex
import socket
import sys

import qrcode

from core.config import INSTANCE
from core.serving.certificates import certificates
from core.serving.handout import LANGUAGES, words
from core.serving.serve import Address, from_environment, prepare, python, refuse_taken, serve

EVERYWHERE = {"0.0.0.0", "::"}


def main() -> None:
    """Serve over https on this network; the root certificate is kept in instance/certificates."""
    host, port = from_environment()
    host = host if os.environ.get("HOST") else lan_address()
    seen_as = lan_address() if host in EVERYWHERE else host
    for each in (port, port + 1):
        refuse_taken(host, each)
    try:
        made = certificates(INSTANCE / "certificates", names_of(seen_as))
    except ValueError as problem:
        sys.exit(f"{problem}: `make phone` is for a home or office network. Choose: HOST=192.168.1.20 make phone")
    address = Address(host, port, made.leaf, made.key, made.root)
    site, page = f"https://{seen_as}:{port}/", f"http://{seen_as}:{port + 1}/"
    people = prepare(site.rstrip("/"))
    hand_out = f"{python()} -m core.serving.handout {shlex.join([host, str(port + 1), site])}"
    sys.exit(serve(address, lambda: print(people + said(site, page), flush=True), {"certificate": hand_out}))


def lan_address() -> str:
    """The address of this machine on its own network; 127.0.0.1 when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which way out would be taken
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def names_of(host: str) -> set[str]:
    """Every address and name that a browser may use for this machine, `host` among them."""
    name = socket.gethostname().split(".")[0].lower()
    return {host, "127.0.0.1", "127.0.0.2", "localhost", f"{name}.local"}


def said(site: str, page: str) -> str:
    """What the terminal shows: both addresses, as words and as codes for a phone's camera."""
    lines = []
    for language in LANGUAGES:
        text = words(language)
        lines += ["", f"{text.title}: {text.why}", f"1. {text.fetch}: {page}"]
        lines += [f"   {phone}: {' '.join(steps)}" for phone, steps in text.steps.items()]
        lines += [f"2. {text.then}: {site}"]
    return "\n".join([*lines, "", f"1. {page}", code(page), f"2. {site}", code(site)])


def code(url: str) -> str:
    """A QR code made of block characters, light on dark as most terminals are."""
    drawn = io.StringIO()
    qr = qrcode.QRCode(border=2, error_correction=qrcode.constants.ERROR_CORRECT_L)
    qr.add_data(url)
    qr.print_ascii(out=drawn, invert=True)
    return drawn.getvalue()


if __name__ == "__main__":
    main()
