"""A gathering in a real browser: opened, a neighbour scans the code on the table, what was said, a promise kept."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from core import clock
from tests.browser.phones import HERE, Phone
from tests.browser.serving import Site
from tests.browser.talkers import appoint, open_hour
from tests.browser.test_everyone import become_staff, begin_second_lock

pytestmark = pytest.mark.browser


def make_known(site: Site) -> None:
    site.change("INSERT OR IGNORE INTO known SELECT key, 'host', '2026-01-01' FROM player_key")


def send(phone: Phone, **fields: str) -> None:
    for name, text in fields.items():
        phone.page.locator(f"#{name}").fill(text)
    phone.tap("button[form=contribution]")
    expect(phone.page.locator("#said")).to_be_visible()


def say_yes(editor: Phone, site: Site, kind: str) -> str:
    """The editor does to the newest of a kind; its key."""
    ((key,),) = site.rows("SELECT key FROM contribution WHERE kind = ? ORDER BY id DESC LIMIT 1", kind)
    editor.open(f"{HERE}/desk/?item={kind}.{key}")
    editor.tap("button[value=good]")
    expect(editor.page.locator("undo-moment")).to_be_visible()
    return key


def open_one(phone: Phone, editor: Phone, site: Site) -> str:
    """A gathering that goes on now, and that everybody reads; its key."""
    now = clock.local(clock.now())
    phone.open(f"{HERE}/me/gatherings/new")
    phone.page.locator("#spot").select_option(index=1)
    begins = max(now - timedelta(minutes=1), clock.first_moment_of(now.date()))
    send(phone, title="Koffie op de stoep", day=f"{now:%Y-%m-%d}", begins=f"{begins:%H:%M}", until="23:59")
    return say_yes(editor, site, "gathering")


def keep_a_promise(guest: Phone, editor: Phone, site: Site, gathering: str) -> str:
    """Somebody promises something at a gathering, and keeps it; its key."""
    guest.open(f"{HERE}/gatherings/{gathering}")
    guest.tap("a[href*='/me/promises/new']")
    send(guest, what="Ik schilder de bank", to_whom="de buurt", due_on=f"{clock.today()}")
    vow = say_yes(editor, site, "promise")
    guest.open(f"{HERE}/promises/{vow}")
    guest.tap("label:has([name=to][value=kept])")
    guest.page.locator("#words").fill("Hij is blauw.")
    guest.tap("form#step button")
    expect(guest.page.locator("#said")).to_be_visible()
    return vow


def scanned(phone: Phone) -> str:
    """The address in the code that is on the page."""
    shown = phone.page.locator(".buurt-code__qr svg").screenshot()
    [code] = zxingcpp.read_barcodes(Image.open(BytesIO(shown)))
    return urlsplit(code.text).path


def test_a_neighbour_scans_the_code_on_the_table_and_what_was_promised_there_is_kept(
    phone: Callable[..., Phone], site_served: Site
):
    opener, guest, editor = phone(width=360, device_scale_factor=2), phone(width=360), phone()
    for one in (opener, guest, editor):
        one.join()
    become_staff(site_served, editor, "editor")
    begin_second_lock(editor)
    make_known(site_served)
    key = open_one(opener, editor, site_served)
    opener.open(f"{HERE}/gatherings/{key}")

    guest.open(scanned(opener))
    opener.page.reload()
    expect(opener.page.locator("[aria-labelledby=count]")).to_contain_text("Samen zijn jullie met 0.")
    guest.tap("button[form=arrive]")
    expect(guest.page.locator("#said")).to_contain_text("Je telt mee")
    opener.tap(".buurt-listed form:last-of-type button")
    expect(opener.page.locator("[aria-labelledby=count]")).to_contain_text("Samen zijn jullie met 2.")

    opener.tap("a[href*='gathering-reports/new']")
    send(opener, words="We zetten er een bank neer.")
    say_yes(editor, site_served, "gathering_report")
    guest.open(f"{HERE}/gatherings/{key}")
    expect(guest.page.locator("[aria-labelledby=said]")).to_contain_text("We zetten er een bank neer.")
    assert re.search("Een paar buren zijn er", guest.text())

    vow = keep_a_promise(guest, editor, site_served, key)
    opener.open(f"{HERE}/gatherings/{key}")
    expect(opener.page.locator("[aria-labelledby=promised]")).to_contain_text("Ik schilder de bank")
    opener.open(f"{HERE}/promises/{vow}")
    expect(opener.page.locator("main")).to_contain_text("Hij is blauw.")


def test_an_idea_a_card_and_being_there_wait_on_a_phone_without_network_and_arrive_once(
    phone: Callable[..., Phone], site_served: Site
):
    guest, opener, editor = phone(width=360), phone(width=360, device_scale_factor=2), phone()
    for one in (guest, opener, editor):
        one.join()
    become_staff(site_served, editor, "coordinator")
    begin_second_lock(editor)
    make_known(site_served)
    gathering = open_one(opener, editor, site_served)
    opener.open(f"{HERE}/me")
    appoint(editor, opener.letters())
    opener.open(f"{HERE}/gatherings/{gathering}")
    there, hour = scanned(opener), open_hour(opener)

    pages = [guest.page, guest.context.new_page(), guest.context.new_page()]
    for page, path in zip(pages, (f"{HERE}/me/ideas/new", there, f"{hour}/card"), strict=True):
        page.goto(path)
    pages[0].locator("#title").fill("Een ruilkast in de hal")
    pages[0].locator("[name=sort][value=change]").check()
    pages[2].locator("#words").fill("Toen de buurvrouw soep bracht.")
    guest.expected += ["net::ERR_", "Failed to load"]
    guest.context.set_offline(True)
    for page in pages:
        page.locator(".buurt-actions button").first.tap()
        expect(page.locator("kept-form [data-part=kept]")).to_be_visible()
        expect(page.locator(".buurt-actions button").first).to_be_hidden()
    waits = (
        "SELECT count(*) FROM contribution WHERE kind = 'idea'",
        "SELECT count(*) FROM gathering_attendance",
        "SELECT count(*) FROM dialogue_talk",
    )
    before = [site_served.rows(one)[0][0] for one in waits]
    guest.context.set_offline(False)
    pages[0].wait_for_url("**/me/ideas#said")
    expect(pages[0].locator("main")).to_contain_text("Een ruilkast in de hal")
    expect(pages[0].locator("waiting-items")).to_be_hidden()
    assert [site_served.rows(one)[0][0] for one in waits] == [many + 1 for many in before]
