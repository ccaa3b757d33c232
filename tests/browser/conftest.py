"""One site and one Chromium for all browser tests; a drawer full of phones."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.phones import Phone, launch
from tests.browser.serving import Site, serving


@pytest.fixture(scope="session")
def site_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as `make run` serves it."""
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = launch(playwright)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def viewfinder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the fake camera plays."""
    return tmp_path_factory.mktemp("camera") / "screen.mjpeg"


@pytest.fixture(scope="session")
def browser_with_camera(playwright: Playwright, viewfinder: Path) -> Iterator[Browser]:
    """A second Chromium, since a camera belongs to a whole browser."""
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    opened = launch(playwright, *fake, f"--use-file-for-fake-video-capture={viewfinder}")
    yield opened
    opened.close()


@pytest.fixture
def phone(browser: Browser, site_served: Site) -> Iterator[Callable[..., Phone]]:
    """phone(lang="en", scripts=False): a new phone. The test fails when one of them met another host or an error."""
    drawer: list[Phone] = []

    def take(inside: Browser = browser, site: Site = site_served, **more: object) -> Phone:
        drawer.append(Phone(inside, site, **more))
        return drawer[-1]

    yield take
    for each in drawer:
        each.close()


@pytest.fixture
def phone_photo(samples: Path) -> Path:
    """A photo as a telephone took it."""
    return samples / "photos" / "iphone_hdr_YES.jpg"


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo of nothing, as large as a telephone's."""
    file = tmp_path_factory.mktemp("photo") / "IMG_0001.jpg"
    Image.effect_mandelbrot((3000, 2000), (-2.2, -1.2, 1.0, 1.2), 60).convert("RGB").save(file, quality=95)
    return file


@pytest.fixture(scope="session")
def large_photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo that is still some megabytes when the phone has shrunk it."""
    file = tmp_path_factory.mktemp("photo") / "IMG_0002.jpg"
    Image.effect_noise((2000, 1500), 120).convert("RGB").save(file, quality=92)
    return file
