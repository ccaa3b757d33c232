"""A child tells: who cares for them reads exactly that, by a receipt of their own, and says yes, otherwise or no."""

import re

import pytest

from core.database import db, writing
from core.guard import Role
from tests.core.staff.test_pages import join, with_code
from tests.forms import key_in
from tests.tours.stories.test_pages import AT, GROUP, decide, key_of, lombok, say_yes, tell
from tours.stories import kind, queries

pytestmark = pytest.mark.both
RECEIPT = "/w/lombok/receipt"
__all__ = ["lombok"]


def codes_on(page) -> list[str]:
    """The secrets of the receipts on a page, in their order."""
    parts = page.text.split("buurt-receipt__letters")[1:]
    return ["".join(GROUP.findall(part)[:5]) for part in parts]


def told_by_a_child(app):
    """The child's device, that of who cares for them, and the key."""
    child, parent = app.test_client(), app.test_client()
    mine, theirs = codes_on(tell(child, young="1"))
    assert mine != theirs
    assert parent.post(RECEIPT, data={"code": theirs}).status_code == 303
    return child, parent, key_of(app)


def seen_on(device, key: str) -> str:
    return re.search(r'name="seen" value="(\w{64})"', device.get(f"{AT}/cares/{key}").text)[1]


def reads(app, key: str) -> bool:
    return app.test_client().get(f"{AT}/{key}").status_code == 200


def test_nobody_reads_a_childs_story_before_who_cares_for_them_said_yes(lombok):
    child, parent, key = told_by_a_child(lombok)
    assert "De rij bij Kuiper" in parent.get(RECEIPT).text
    decide(lombok)
    say_yes(child, key)
    assert not reads(lombok, key)
    page = parent.get(f"{AT}/cares/{key}")
    assert "Buurman Teun vond dat niet eerlijk." in page.text
    answer = parent.post(f"{AT}/cares/{key}/yes", data={"seen": seen_on(parent, key)})
    assert answer.status_code == 303
    assert reads(lombok, key)
    assert "Bram" not in lombok.test_client().get(f"{AT}/{key}").text


def test_a_yes_to_other_words_counts_for_nothing(lombok):
    _child, parent, key = told_by_a_child(lombok)
    assert parent.post(f"{AT}/cares/{key}/yes", data={"seen": "0" * 64}).status_code == 409
    with lombok.app_context():
        assert not queries.handed_in(1, key).last.is_signed_by(frozenset({kind.GUARDIAN}))


def test_their_yes_can_be_taken_back_and_given_anew(lombok):
    child, parent, key = told_by_a_child(lombok)
    decide(lombok)
    say_yes(child, key)
    parent.post(f"{AT}/cares/{key}/yes", data={"seen": seen_on(parent, key)})
    parent.post(f"{AT}/cares/{key}/end")
    assert not reads(lombok, key)
    assert "Nu leest wie voor je zorgt het" in child.get(f"{AT}/mine/{key}").text
    parent.post(f"{AT}/cares/{key}/yes", data={"seen": seen_on(parent, key)})
    assert reads(lombok, key)


def test_what_they_want_changed_comes_to_the_editors_and_goes_with_other_words(lombok):
    child, parent, key = told_by_a_child(lombok)
    decide(lombok)
    say_yes(child, key)
    parent.post(f"{AT}/cares/{key}/wish", data={"words": "Zonder Buurman Teun, alsjeblieft."})
    assert not reads(lombok, key)
    editor = join(lombok, Role.EDITOR, login="editor", name="Gele Jas")
    with_code(editor)
    assert "Zonder Buurman Teun, alsjeblieft." in editor.get(f"/w/lombok/desk/?item=story.{key}").text
    form = {"title": "De rij", "words": "Op zaterdag stond er een rij.", "note": "",
            "client_key": key_in(editor.get(f"{AT}/edit/{key}").text)}  # fmt: skip
    editor.post(f"{AT}/edit/{key}", data=form)
    assert "Zonder Buurman Teun" not in parent.get(f"{AT}/cares/{key}").text


def test_their_no_takes_it_away_for_good(lombok):
    child, parent, key = told_by_a_child(lombok)
    decide(lombok)
    assert parent.post(f"{AT}/cares/{key}/no").status_code == 303
    assert child.get(f"{AT}/mine/{key}").status_code == 404
    assert parent.get(f"{AT}/cares/{key}").status_code == 404


def test_the_two_receipts_open_only_their_own_page(lombok):
    child, parent, key = told_by_a_child(lombok)
    assert child.get(f"{AT}/cares/{key}").status_code == 404
    for page in ("", "/yes", "/change", "/uses", "/withdraw"):
        assert parent.get(f"{AT}/mine/{key}{page}").status_code == 404


def test_a_host_gives_who_cares_for_a_child_a_new_receipt_and_the_child_none(lombok):
    _child, parent, key = told_by_a_child(lombok)
    host = join(lombok, Role.HOST, login="host", name="Gele Jas")
    page = host.get(f"{RECEIPT}/lost").text
    assert page.count("De rij bij Kuiper") == 1
    receipt = re.search(r'name="receipt" value="(\w+)"', page)[1]
    [code] = codes_on(host.post(f"{RECEIPT}/lost", data={"receipt": receipt, "client_key": key_in(page)}))
    assert parent.get(f"{AT}/cares/{key}").status_code == 404, "the one before is dead"
    anew = lombok.test_client()
    anew.post(RECEIPT, data={"code": code})
    assert anew.get(f"{AT}/cares/{key}").status_code == 200


def test_a_young_player_gets_a_receipt_for_who_cares_for_them_alone(lombok):
    child = lombok.test_client()
    assert child.post("/w/lombok/join", data={"name": "Gele Jas", "age": "younger"}).status_code == 303
    page = tell(child)
    assert len(codes_on(page)) == 1
    assert "Voor je ouder of verzorger" in page.text
    with lombok.app_context(), writing():
        assert not queries.telling(queries.handed_in(1, key_of(lombok))).called
        db.session.rollback()
