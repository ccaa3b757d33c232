"""A professional's hour on three phones: from opening it to an insight that both signed and a question that is done.

The resident has no account. How often they tap for a card is counted: four times at most.
"""

from collections.abc import Callable

import pytest

from tests.browser.phones import Phone
from tests.browser.serving import Site
from tests.browser.talkers import AT, LEARNED, appoint, draw, goes, inquire, let_through, open_hour, reply, say, write
from tests.browser.test_everyone import become_staff, begin_second_lock

pytestmark = pytest.mark.browser
Take = Callable[..., Phone]


def test_an_hour_from_opening_to_a_signed_insight_and_a_question_that_is_done(site_served: Site, phone: Take):
    joost, resident, coordinator = phone(), phone(), phone()
    become_staff(site_served, coordinator, "coordinator")
    begin_second_lock(coordinator)
    name = joost.join()
    ((letters,),) = site_served.rows("SELECT tag FROM person WHERE name = ?", name)
    appoint(coordinator, letters)
    hour = open_hour(joost)
    taps = draw(resident, hour)
    assert taps <= 4, f"{taps} taps for a card"
    reply(joost, hour)

    write(joost)
    resident.page.reload()
    goes(resident, "#sign button")
    reader = phone(scripts=False)
    reader.open(f"{AT}/learned")
    assert LEARNED in reader.text()
    assert f"{name}, huismeester bij Kantwonen" in reader.text()

    page = let_through(coordinator, inquire(resident, hour))
    for to, words in (("heard", "Ik ga kijken."), ("taken_up", "Een monteur komt."), ("done", "Hij brandt.")):
        say(joost, page, to, words)
    resident.open(page)
    resident.page.locator("#not-yet #words").fill("Om tien uur gaat hij uit.")
    goes(resident, "#not-yet button")
    say(joost, page, "done", "De klok staat goed.")
    reader.open(page)
    rows = reader.page.locator(".buurt-track__name").all_inner_texts()
    assert rows == ["Gehoord", "Opgepakt", "Gedaan", "Nog niet", "Gedaan"]
    assert reader.context.cookies() == []
