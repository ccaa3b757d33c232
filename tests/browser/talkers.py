"""People who talk at a professional's hour: what each of them taps and types."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.browser.phones import HERE, Phone

AT = f"{HERE}/dialogues"
LEARNED = "Wie soep brengt, leert namen."
QUESTION = "Wanneer brandt de lamp bij de brug?"


def goes(phone: Phone, selector: str) -> None:
    """A tap that leads to another page."""
    with phone.page.expect_navigation():
        phone.tap(selector)


def appoint(coordinator: Phone, letters: str) -> None:
    """The coordinator makes somebody a professional, by the letters on their card."""
    coordinator.open(f"{HERE}/staff/professionals")
    for name, said in (("letters", letters), ("organisation", "Kantwonen"), ("role", "huismeester")):
        coordinator.page.locator(f"#{name}").fill(said)
    goes(coordinator, "form:has(#letters) button")


def open_hour(joost: Phone) -> str:
    """They say yes to their name, plan an hour around now, and open it; where it stands."""
    joost.open(f"{AT}/mine")
    goes(joost, "button[name=shows]")
    joost.open(f"{AT}/new")
    now = datetime.now(ZoneInfo("Europe/Amsterdam"))
    ends = min(now + timedelta(hours=2), now.replace(hour=23, minute=59))
    for name, said in (("day", f"{now:%Y-%m-%d}"), ("begins", f"{now:%H:00}"), ("ends", f"{ends:%H:%M}")):
        joost.page.locator(f"#{name}").fill(said)
    goes(joost, "button[form=hour]")
    hour = joost.path
    goes(joost, "button[name=to][value=open]")
    return hour


def draw(resident: Phone, hour: str) -> int:
    """A resident without an account answers a card; how often they tapped for that, from the page of the hour on."""
    resident.open(hour)
    resident.taps = 0
    goes(resident, f"a[href='{hour}/card']")
    resident.tap("#words")
    resident.page.keyboard.type("Toen de buurvrouw soep bracht.")
    goes(resident, "button[form=answer]")
    taps = resident.taps
    if resident.path.endswith("/card"):  # a second card lies under the receipt that is open
        expect(resident.page.locator(".buurt-receipt__letters").first).to_be_visible()
        goes(resident, ".buurt-actions a")
    return taps


def reply(joost: Phone, path: str) -> None:
    """The professional answers the same card, found on the page of the hour, and reads the other only then."""
    joost.open(path)
    if "/talks/" not in path:
        goes(joost, "main a[href*='/dialogues/talks/']")
    assert "soep" not in joost.text()
    joost.page.locator("#words").fill("Op mijn eerste werkdag.")
    goes(joost, "button[form=reply]")
    assert "soep" in joost.text()


def write(joost: Phone) -> None:
    """The professional writes down what they learned, and signs it."""
    joost.page.locator("#insight #words").fill(LEARNED)
    goes(joost, "#insight button")
    goes(joost, "#sign button")


def lay_a_table(joost: Phone) -> str:
    """A theme table; where it is."""
    joost.open(f"{AT}/tables/new")
    goes(joost, "button[form=table]")
    return joost.path


def inquire(resident: Phone, hour: str) -> str:
    """The resident asks something; the key of it."""
    resident.open(hour)
    goes(resident, "a[href*='/me/asked/new']")
    resident.page.locator("#words").fill(QUESTION)
    goes(resident, "button[form=contribution]")
    goes(resident, ".buurt-actions a")
    return resident.page.locator("article a[href*='/me/asked/']").first.get_attribute("href").rpartition("/")[2]


def let_through(editor: Phone, key: str) -> str:
    """An editor says that everybody may read a question; where that is."""
    editor.open(f"{HERE}/desk/?item=question.{key}")
    goes(editor, "button[value=good]")
    return f"{AT}/questions/{key}"


def say(joost: Phone, page: str, to: str, words: str) -> None:
    """The professional takes a step."""
    joost.open(page)
    joost.page.locator(f"#step [name=to][value={to}]").check()
    joost.page.locator("#step #words").fill(words)
    goes(joost, "#step button")
