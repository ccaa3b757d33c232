"""An idea from home in six taps; one from paper becomes an initiative, with a gathering and a promise kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.paper import codes_of, printed
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.test_everyone import become_staff, begin_second_lock
from tests.browser.test_gathering import keep_a_promise, make_known, open_one
from tests.browser.test_story import press

pytestmark = pytest.mark.browser
MOST = 6  # taps, from home until the idea is with the editors
Take = Callable[..., Phone]


def goes(who: Phone, selector: str) -> None:
    with who.page.expect_navigation():
        who.tap(selector)


def key_of(site: Site, table: str) -> str:
    [(key,)] = site.rows(f"SELECT key FROM {table} ORDER BY id DESC LIMIT 1")
    return str(key)


def test_a_resident_sends_an_idea_from_home_in_six_taps(phone: Take):
    resident = phone()
    resident.join()
    resident.open(f"{HERE}/")
    resident.taps = 0
    goes(resident, "main a[href*='/happening']")
    goes(resident, "a[href$='/ideas']")
    goes(resident, "a[href*='/me/ideas/new']")
    resident.tap("#title")
    resident.page.locator("#title").fill("Een schommel bij de kade")
    resident.tap("label:has([name=sort][value=change])")
    goes(resident, "button[form=contribution]")
    expect(resident.page.locator("main")).to_contain_text("Een schommel bij de kade")
    print(f"an idea from home: {resident.taps} taps")
    assert resident.taps <= MOST


def test_an_idea_from_a_card_becomes_an_initiative_then_a_gathering_and_a_promise_that_is_kept(
    phone: Take, site_served: Site
):
    host, editor, neighbour, reader = (phone() for _each in range(4))
    become_staff(site_served, host, "host")
    host.open(f"{HERE}/staff/ideas/cards")
    [sheet] = printed(host.page)
    assert codes_of(sheet) == [f"{site_served.url}{HERE}/me/ideas/new"] * 4
    host.open(f"{HERE}/staff/ideas/new")
    host.page.locator("#title").fill("Samen soep op maandag")
    host.page.locator("[name=sort][value=activity]").check()
    host.page.locator("#called").fill("Wies")
    goes(host, "button[form=entry]")
    expect(host.page.locator(".buurt-receipt__letters")).to_be_visible()

    become_staff(site_served, editor, "editor")
    begin_second_lock(editor)
    key = key_of(site_served, "contribution")
    editor.open(f"{HERE}/desk/?item=idea.{key}")
    goes(editor, "button[value=good]")
    editor.open(f"{HERE}/ideas/{key}")
    editor.page.locator("[name=to][value=adopted]").check()
    editor.page.locator("#decision [name=words]").fill("De keuken is op maandag vrij.")
    goes(editor, "#decision button")
    goes(editor, ".buurt-answer a[href*='/initiatives/']")
    goes(editor, "a[href$='/change']")
    editor.page.locator("#next_on").fill("2099-01-05")
    editor.page.locator("#next_words").fill("Soep, om 18.00 uur in het huis.")
    goes(editor, "button[form=writing]")

    at = f"{HERE}/initiatives/{key_of(site_served, 'initiative')}"
    name = neighbour.join()
    neighbour.open(at)
    neighbour.page.locator("#shows_name").check()
    goes(neighbour, "#join button")
    assert reader.open(at) == 200
    for said in ("Samen soep op maandag", "Wies", "Soep, om 18.00 uur in het huis.", name):
        expect(reader.page.locator("main")).to_contain_text(said)

    make_known(site_served)
    gathering = open_one(neighbour, editor, site_served)
    vow = keep_a_promise(neighbour, editor, site_served, gathering)
    for page, said in ((f"gatherings/{gathering}", "Ik schilder de bank"), (f"promises/{vow}", "Hij is blauw.")):
        reader.open(f"{HERE}/{page}")
        expect(reader.page.locator("main")).to_contain_text(said)

    neighbour.open(at)
    neighbour.tap("details:has(#leave) summary")
    goes(neighbour, "#leave button")
    reader.open(at)
    expect(reader.page.locator("main")).not_to_contain_text(name)


def test_an_idea_is_sent_and_a_choice_made_without_a_finger_on_the_screen(phone: Take, site_served: Site):
    resident = phone()
    name = resident.join()
    page = resident.page
    resident.open(f"{HERE}/me/ideas/new")
    press(page, "#title", "End")
    page.keyboard.insert_text("Een fietspomp voor iedereen")
    press(page, "[name=sort]", "ArrowDown")
    with page.expect_navigation():
        press(page, "button[form=contribution]")
    expect(page.locator("main")).to_contain_text("Een fietspomp voor iedereen")

    is_open = "id NOT IN (SELECT choice_id FROM choice_outcome)"
    site_served.change(f"UPDATE choice SET closes_at = datetime('now', '+1 day') WHERE {is_open}")
    site_served.change(
        "INSERT INTO choice_voter SELECT choice.id, player_key.key, 0 FROM choice, player_key JOIN person"
        f" ON person.id = person_id WHERE person.name = ? AND choice.{is_open}",
        name,
    )
    [(key,)] = site_served.rows(f"SELECT key FROM choice WHERE {is_open}")
    resident.open(f"{HERE}/choices/{key}")
    press(page, "[name=option]", "Space")
    with page.expect_navigation():
        press(page, "form#vote button")
    expect(page.locator("#said")).to_be_visible()
