"""An evening at the desk: somebody without a phone gets a card, meets a neighbour there and says yes; what it took."""

from pathlib import Path
from secrets import token_hex

from playwright.sync_api import Browser, expect

from tests.browser.founding import PASSWORD, Look, Sitting, Step, Walk, told
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site, command, serving
from tests.browser.test_everyone import tag_of

OPEN, YES = "form[action$='/host/card'] button", ".buurt-button--yes"


def walks(browser: Browser, folder: Path) -> None:
    """The evening of a host on a phone of 360 px, a line for each part."""
    with serving(folder) as site:
        for line in told("a host", evening(browser, site)):
            print(line, flush=True)


def evening(browser: Browser, site: Site, look: Look | None = None) -> list[Step]:
    """From the desk until both have the same points."""
    walk = Walk(browser, site, look)
    neighbour = Phone(browser, site)
    neighbour.join()
    host = walk.somebody("host")
    host.step("accepts the invitation")
    host.go(command(site, "staff", "invite", "kanterhoek", "host").strip())
    host.fill(login=token_hex(4), password=PASSWORD)
    host.press("button[form=invited]")
    begun = len(walk.steps)
    host.step("comes to the desk")
    host.press("main a[href$='/host']")
    host.step("makes a card for somebody without a phone")
    host.touch("details summary:has-text('zonder kaart')")
    host.press("form[action$='/host/new'] button[value=adult]")
    letters = host.page.locator(".buurt-papercard__letters").first.inner_text()
    host.touch("button:has-text('Printen')")
    host.press("a:has-text('Terug')")
    host.step("saw the two meet, and takes the yes of who has no phone")
    _card(host, letters)
    host.fill(other=tag_of(neighbour))
    host.press("main form[action$='/host'] button")
    host.press(YES)
    neighbour.open(f"{HERE}/waiting")
    neighbour.tap("main a[href*='/e/']")
    neighbour.tap("form#yes button")
    expect(neighbour.page.locator(".buurt-total")).to_be_visible()
    host.step("tells who has no phone how many points it gave")
    _card(host, letters)
    assert f"{neighbour.price()} punten" in host.text()
    walk.close()
    return walk.steps[begun:]


def _card(host: Sitting, letters: str) -> None:
    host.fill(card=letters.replace(" ", ""))
    host.press(OPEN)
