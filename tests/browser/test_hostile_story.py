"""A story that means harm in what people type, in a real browser: nothing of it runs, on any page where it is read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.phones import HERE, Phone
from tests.browser.serving import ROOT, Site
from tests.browser.test_everyone import become_staff, begin_second_lock, open_folds

pytestmark = pytest.mark.browser
AT = f"{HERE}/stories"
BAD = "\"'><script>window.owned=1</script><svg/onload=window.owned=1>"
DOT = ROOT / "tests" / "browser" / "dot.png"


def send(phone: Phone, path: str, button: str, file: Path | None = None, **said: str) -> None:
    """Type in fields of a page, and send it. Each page is looked at first."""
    look(phone, path)
    for name, words in said.items():
        phone.page.locator(f"[name={name.replace('_', '-')}]").first.fill(words)
    if file:
        phone.page.locator("#then-file").set_input_files(file)
        phone.page.locator("[name=then-people][value=nobody]").check()
    with phone.page.expect_navigation():
        press(phone, button)


def press(phone: Phone, button: str) -> None:
    """Whatever the long words of a page do to its layout."""
    phone.page.locator(button).filter(visible=True).first.evaluate("(one) => one.click()")


def look(phone: Phone, path: str) -> None:
    """Open a page and all its folds: no script of theirs ran. What a browser only tried stands in `trouble`."""
    assert phone.open(path) < 400, path
    open_folds(phone.page)
    phone.page.wait_for_load_state("networkidle")
    assert phone.page.evaluate("() => window.owned === undefined"), path


def test_nothing_that_is_typed_around_a_story_runs_for_its_teller_an_editor_or_a_reader(
    phone: Callable[..., Phone], site_served: Site
):
    teller, editor, reader = phone(), phone(), phone()
    reader.join()
    become_staff(site_served, editor, "editor")
    begin_second_lock(editor)
    fields = {"words": f"{BAD} En verder.", "title": BAD, "when": BAD, "warning": BAD, "address": BAD,
              "then_about": BAD, "then_when": BAD}  # fmt: skip
    send(teller, f"{AT}/tell/write", "button[form=story]", DOT, **fields)
    [(key,)] = site_served.rows("SELECT key FROM contribution WHERE kind = 'story' ORDER BY id DESC LIMIT 1")
    send(editor, f"{AT}/edit/{key}", "button[form=edit]", words=f"{BAD} En niet verder.", note=BAD, short=BAD)
    send(editor, f"{HERE}/desk/?item=story.{key}", "button[value=good]")
    look(teller, f"{AT}/mine/{key}")
    look(teller, f"{HERE}/receipt")
    send(teller, f"{AT}/mine/{key}/yes", "button[form=yes]")
    teller.open(f"{AT}/mine/{key}/uses")
    teller.page.locator("[value=embed]").evaluate("(one) => { one.checked = true }")
    with teller.page.expect_navigation():
        press(teller, "button[form=uses]")
    for form, path, field, kind in (
        ("reactions", f"{HERE}/me/memories/new?story={key}", "words", "reaction"),
        ("prompts", f"{HERE}/me/questions/new?theme=shops", "question", "prompt"),
    ):
        send(reader, path, "button[form=contribution]", **{field: f"{BAD} Weet je nog?"})
        [(handed_in,)] = site_served.rows("SELECT key FROM contribution WHERE kind = ? ORDER BY id DESC LIMIT 1", kind)
        send(editor, f"{HERE}/desk/?item={kind}.{handed_in}", "button[value=good]")
        assert site_served.rows("SELECT state FROM contribution WHERE key = ?", handed_in) == [("shown",)], form
    for path in ("", f"/{key}", f"/{key}/frame", "/questions", "?q=%3Cscript%3Ewindow.owned%3D1%3C%2Fscript%3E"):
        look(reader, f"{AT}{path}")
    assert "<script>window.owned=1</script>" in reader.page.evaluate(
        "(path) => fetch(path).then((answer) => answer.text()).then((text) => new DOMParser()"
        ".parseFromString(text, 'text/html').querySelector('h1').textContent)", f"{AT}/{key}"
    ), "it is there, as words"  # fmt: skip
