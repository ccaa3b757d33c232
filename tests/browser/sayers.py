"""Who has a say: a corporation's worker, a resident who does not trust it, and a coordinator before a council meeting.

What each of them reads, taps and types on a screen of 360 px. `python -m tests.trial` prints what it took.
"""

from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import pyotp
from playwright.sync_api import Browser

from core import clock
from tests.browser.founding import PASSWORD, Look, Sitting, Step, Walk, told
from tests.browser.phones import HERE, WIDTH
from tests.browser.serving import Site, command, serving


def walks(browser: Browser, folder: Path) -> None:
    """All three, a line for each part."""
    with serving(folder) as site:
        for who, walk in ROLES.items():
            for line in told(who, walk(browser, site)):
                print(line, flush=True)


def distrusts(browser: Browser, site: Site, look: Look | None = None) -> list[Step]:
    """A visitor who was asked often and heard nothing: what became of it, who decides, and a question of their own."""
    walk = Walk(browser, site, look)
    resident = walk.somebody("resident", width=WIDTH)
    resident.step("looks what happens here")
    resident.go(f"{HERE}/")
    resident.press("main a[href*='/happening']")
    _says_how_far(resident, "the way to what became of it", "a[href='#became'], h2#became")
    resident.step("looks what was promised, and what is late")
    resident.press("main a[href*='/promises/']")
    resident.step("reads an idea that got a no, and what came after it")
    resident.go(f"{HERE}/ideas")
    refused = "SELECT about FROM step WHERE kind = 'idea' AND state IN ('upheld', 'reversed') LIMIT 1"
    ((key,),) = site.rows(refused)
    resident.press(f"main a[href$='/ideas/{key}']")
    resident.step("reads what can still be chosen, and what cannot")
    resident.go(f"{HERE}/choices")
    resident.press("main .buurt-list__link")
    resident.step("asks a professional something, without an account")
    resident.go(f"{HERE}/dialogues")
    resident.press("main .buurt-list__link")
    resident.press("a[href*='/me/asked/new']")
    resident.fill(words="Wanneer wordt de portiek geverfd?")
    resident.press("button[form=contribution]")
    walk.close()
    return walk.steps


def works_for_it(browser: Browser, site: Site, look: Look | None = None) -> list[Step]:
    """Somebody of a housing corporation, appointed just now: an hour by the window, and a question that waits."""
    walk = Walk(browser, site, look)
    lead, worker = walk.somebody("coordinator", width=WIDTH), walk.somebody("worker", width=WIDTH)
    lead.step("appoints the worker")
    _becomes_coordinator(lead, site)
    name = worker.join()
    ((letters,),) = site.rows("SELECT tag FROM person WHERE name = ?", name)
    lead.go(f"{HERE}/staff/professionals")
    lead.fill(letters=letters, organisation="Kantwonen", role="wijkbeheerder")
    lead.press("form:has(#letters) button")
    begun = len(walk.steps)
    worker.step("finds their hours, and lets their name stand there")
    worker.go(f"{HERE}/me")
    worker.press("main a[href$='/dialogues/mine']")
    worker.press("button[name=shows]")
    worker.step("plans an hour, and opens it")
    worker.press("a[href$='/dialogues/new']")
    now = clock.local(clock.now())
    ends = min(now + timedelta(hours=2), now.replace(hour=23, minute=59))
    worker.fill(day=f"{now:%Y-%m-%d}", begins=f"{now:%H}:00", ends=f"{ends:%H:%M}")
    worker.press("button[form=hour]")
    worker.press("button[name=to][value=open]")
    worker.step("reads what is asked of the corporation")
    worker.go(f"{HERE}/dialogues/questions")
    worker.press("main .buurt-list__link")
    worker.step("reads what it promised")
    worker.go(f"{HERE}/promises")
    worker.press("main a[href*='/promises/']:has-text('Kantwonen'), main a[href*='/promises/']")
    walk.close()
    return walk.steps[begun:]


def reports(browser: Browser, site: Site, look: Look | None = None) -> list[Step]:
    """A coordinator whose council meets tonight: from the page of the team to a printed report, then the mirror."""
    walk = Walk(browser, site, look)
    lead = walk.somebody("coordinator", width=WIDTH)
    lead.step("signs in")
    _becomes_coordinator(lead, site)
    lead.go(f"{HERE}/staff/")
    begun = len(walk.steps)
    lead.step("finds what it does, and the sentence to read aloud")
    _says_how_far(lead, "what it does, on the page of the team", ".buurt-jump, main a[href$='/insight']")
    lead.press("main a[href$='/insight']")
    _says_how_far(lead, "the report", "main a[href$='/report']")
    lead.step("prints the report for the council", "a printed report")
    lead.press("main a[href$='/report']")
    lead.touch("button:has-text('Printen')")
    lead.step("reads what the season before says")
    lead.press("a:has-text('Terug')")
    lead.press("main a[href*='/insight/']:not([href*='report']):not([href*='window']):not([href*='.csv'])")
    lead.step("looks in the mirror, and answers one factor")
    lead.go(f"{HERE}/staff/mirror")
    lead.press("main a[href*='/staff/mirror/']")
    lead.touch("label:has([name=does])")
    lead.fill(why="We vragen het aan de voetbalclub.")
    lead.press("form#answer button")
    walk.close()
    return walk.steps[begun:]


def _says_how_far(who: Sitting, name: str, selector: str) -> None:
    """How far down the page something stands, whatever is read of it."""
    box = who.page.locator(selector).filter(visible=True).first.bounding_box()
    print(f"   {name}: {box['y'] + who.page.evaluate('() => scrollY') if box else 0:.0f} px down", flush=True)


def _becomes_coordinator(lead: Sitting, site: Site) -> None:
    lead.go(command(site, "staff", "invite", "kanterhoek", "coordinator").strip())
    lead.fill(login=token_hex(4), password=PASSWORD)
    lead.press("button[form=invited]")
    lead.page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    secret = lead.page.locator(".buurt-more bdi").inner_text()
    lead.fill(code=pyotp.TOTP(secret).now())
    lead.press("button[form=code-form]")


ROLES = {
    "a resident who does not trust it": distrusts,
    "a worker of a housing corporation": works_for_it,
    "a coordinator before the council": reports,
}
