"""`make phone`: the minute over https, in a browser that trusts our own root certificate as a phone would."""

import os
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect

from tests.browser import camera, trust
from tests.browser.phones import Phone, launch
from tests.browser.serving import CERTIFICATE, ROOT, Site, serving_phones

pytestmark = pytest.mark.browser

Take = Callable[..., Phone]


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory, site_served: Site) -> Iterator[Site]:
    """The site as `make phone` serves it, on 127.0.0.2."""
    with serving_phones(tmp_path_factory.mktemp("phone"), site_served) as served:
        yield served


@pytest.fixture(scope="module")
def root(secure: Site) -> Path:
    return secure.folder / "project" / CERTIFICATE


@pytest.fixture(scope="module")
def trusting(playwright: Playwright, secure: Site, root: Path, viewfinder: Path) -> Iterator[Browser]:
    """A Chromium with the root certificate installed in its own home, and a camera."""
    if trust.library() is None:
        pytest.skip("this machine has no NSS library, so Chromium cannot be made to trust a certificate here")
    home = secure.folder / "home"
    home.mkdir()
    subprocess.run([sys.executable, "-m", "tests.browser.trust", str(home), str(root)], cwd=ROOT, check=True)
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    fake.append(f"--use-file-for-fake-video-capture={viewfinder}")
    opened = launch(playwright, *fake, env={**os.environ, "HOME": str(home)})
    yield opened
    opened.close()


def test_a_browser_without_the_root_certificate_refuses(browser: Browser, secure: Site):
    context = browser.new_context()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        context.new_page().goto(secure.url)
    context.close()


def test_the_minute_over_https_with_the_root_certificate_trusted(
    phone: Take, trusting: Browser, secure: Site, photo: Path, viewfinder: Path
):
    first = phone(trusting, secure, device_scale_factor=2)
    other = phone(trusting, secure, permissions=["camera"])
    first.join()
    first.hand_in(photo)
    camera.look_at(first.page.screenshot(), viewfinder)

    other.open("/e/")
    assert other.page.evaluate("() => isSecureContext && Boolean(navigator.mediaDevices)")
    other.tap("[data-do=start]")
    other.page.wait_for_url(f"{secure.url}/e/{first.letters()}*")
    other.join_here()
    other.say_yes()
    expect(first.page.locator(".buurt-total")).to_be_visible()
    assert first.price() == other.price() == 10
    assert first.why() == other.why()

    for each in (first, other):
        (device,) = [cookie for cookie in each.context.cookies() if "device" in cookie["name"]]
        assert device["name"] == "__Host-device"
        assert device["secure"]
        assert device["httpOnly"]
        assert device["path"] == "/"
        assert device["domain"] == "127.0.0.2"  # no leading dot: it is this host's alone
        assert device["sameSite"] == "Lax"


def test_the_page_beside_it_hands_out_that_same_root(secure: Site, root: Path):
    host, _, port = secure.host.partition(":")
    page = f"http://{host}:{int(port) + 1}/"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(page, timeout=5) as answer:
        assert secure.url in answer.read().decode()
    with direct.open(f"{page}buurtspoor-root.crt", timeout=5) as answer:
        assert ssl.DER_cert_to_PEM_cert(answer.read()).split() == root.read_text().split()
