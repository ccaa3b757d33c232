"""A teacher who sees it for the first time: a lesson of a walk, printed; then a class that is open. What it took."""

import re
from pathlib import Path
from secrets import token_hex

from playwright.sync_api import Browser, expect

from tests.browser.founding import PASSWORD, Look, Step, Walk, told
from tests.browser.phones import HERE, WIDTH
from tests.browser.serving import Site, command, serving


def walks(browser: Browser, folder: Path) -> None:
    """On a phone of 360 px, a line for each part: with the offers taken stop by stop, and all at once."""
    with serving(folder) as site:
        for how in ("stop by stop", "at once"):
            for line in told(f"a teacher, {how}", first_lesson(browser, site, how)):
                print(line, flush=True)


def first_lesson(browser: Browser, site: Site, how: str = "at once", look: Look | None = None) -> list[Step]:
    """From the page of the team: a lesson of one's own on paper, and a class."""
    walk = Walk(browser, site, look)
    teacher = walk.somebody("teacher", width=WIDTH)
    teacher.step("accepts the invitation")
    teacher.go(command(site, "staff", "invite", "kanterhoek", "teacher").strip())
    teacher.fill(login=token_hex(4), password=PASSWORD)
    teacher.press("button[form=invited]")
    begun = len(walk.steps)
    teacher.step("begins a lesson of a walk")
    teacher.press("main a[href$='/staff/lessons']")
    teacher.press("a[href$='/staff/lessons/new']")
    teacher.touch("[name=level][value=groep-6] + *, label:has([name=level][value=groep-6])")
    if how == "stop by stop":
        teacher.fill(title="Luister naar de straat")
    teacher.press("button[form=lesson]")
    teacher.step("takes a task at each stop")
    if how == "at once":
        teacher.press("button[value=one-each]")
    while teacher.page.locator("button[value=one-each]").count():
        teacher.touch("details[open] .buurt-offer__kind")
        teacher.press("details[open] .buurt-halt__body > button")
    teacher.step("looks at it as a crew, and prints it")
    teacher.press("a[href$='/paper']")
    teacher.touch("button:has-text('Printen')")
    teacher.step("opens a class")
    teacher.go(f"{HERE}/staff/classes")
    teacher.press("form[action$='/staff/classes'] button")
    expect(teacher.page).to_have_url(re.compile("/staff/classes/"))
    walk.close()
    return walk.steps[begun:]
