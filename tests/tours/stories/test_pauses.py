"""An editor lets a story rest: nobody reads it, its teller reads why, and it comes back by itself."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from core import clock as moments
from core.audit.models import AuditEntry
from core.consent.models import Showing
from core.database import db, writing
from core.guard import Role
from core.refusal import Refusal
from tests.core.staff.test_pages import join, with_code
from tests.tours.stories.test_pages import AT, lombok, told_and_read
from tours.stories import check, pauses, queries, service
from tours.stories.models_rights import Pause

pytestmark = pytest.mark.both
FORM = {"days": "14", "reason": "private"}
__all__ = ["lombok"]


@pytest.fixture
def editor(lombok):
    device = join(lombok, Role.EDITOR, login="device", name="Gele Jas")
    with_code(device)
    return device


def status(app, key: str, path: str = "") -> int:
    return app.test_client().get(f"{AT}/{key}{path}").status_code


def rest(app, key: str, editor: str, days: int = 14) -> None:
    with app.test_request_context("/w/lombok/"), writing():
        pauses.pause(queries.handed_in(1, key), days, "looking", editor, Role.EDITOR)


def test_nobody_reads_it_meanwhile_and_its_address_says_nothing(lombok, editor):
    teller, key = told_and_read(lombok)
    assert editor.post(f"{AT}/rest/{key}", data=FORM).status_code == 303
    page = lombok.test_client().get(f"{AT}/{key}")
    assert page.status_code == 404
    assert "De rij bij Kuiper" not in page.text
    assert "privé" not in page.text
    assert "De rij bij Kuiper" not in lombok.test_client().get(AT).text
    assert status(lombok, key, "/frame") == status(lombok, key, "/about.jsonld") == 404
    mine = teller.get(f"{AT}/mine/{key}").text
    assert "Misschien staat er iets privés van iemand in." in mine
    assert "Het rust even." in teller.get("/w/lombok/receipt").text


def test_it_comes_back_by_itself_also_before_any_sweep(lombok, editor, clock):
    _teller, key = told_and_read(lombok)
    editor.post(f"{AT}/rest/{key}", data=FORM)
    clock.set(moments.now() + timedelta(days=14) - timedelta(seconds=1))
    assert status(lombok, key) == 404
    clock.set(moments.now() + timedelta(seconds=2))
    assert status(lombok, key) == 200
    with lombok.app_context():
        seen = select(Showing).where(Showing.until.is_(None), Showing.key == key)
        assert not db.session.scalars(seen).all(), "copies wait for the sweep"
        assert pauses.sweep() == 1
        assert pauses.sweep() == 0
        assert db.session.scalars(seen).all()
        assert list(check.faults(check.everything())) == []


def test_an_editor_ends_it_sooner_and_its_teller_takes_it_away_meanwhile(lombok, editor):
    teller, key = told_and_read(lombok)
    editor.post(f"{AT}/rest/{key}", data=FORM)
    editor.post(f"{AT}/rest/{key}/end")
    assert status(lombok, key) == 200
    rest(lombok, key, "another editor")
    assert teller.post(f"{AT}/mine/{key}/withdraw").status_code == 303
    assert status(lombok, key) == 410
    with lombok.app_context():
        assert db.session.scalars(select(Pause)).all() == []
        assert list(check.faults(check.everything())) == []


def test_the_same_editor_does_not_do_it_twice_for_the_same_words(lombok, clock):
    _teller, key = told_and_read(lombok)
    rest(lombok, key, "one editor", 1)
    clock.set(moments.now() + timedelta(days=2))
    with pytest.raises(Refusal, match="another editor"):
        rest(lombok, key, "one editor", 1)
    rest(lombok, key, "another editor", 1)
    clock.set(moments.now() + timedelta(days=2))
    rest(lombok, key, "one editor", 1)
    assert status(lombok, key) == 404


@pytest.mark.parametrize("form", [{"days": "15"}, {"days": "0"}, {"days": ""}, {"reason": ""}, {"reason": "spite"}])
def test_it_takes_a_reason_and_fourteen_days_at_most(lombok, editor, form):
    _teller, key = told_and_read(lombok)
    assert editor.post(f"{AT}/rest/{key}", data={**FORM, **form}).status_code == 422
    assert status(lombok, key) == 200


def test_the_log_has_who_let_it_rest_and_no_key_of_its_teller(lombok, editor):
    teller, key = told_and_read(lombok)
    editor.post(f"{AT}/rest/{key}", data=FORM)
    teller.post(f"{AT}/mine/{key}/withdraw")
    with lombok.app_context():
        kept = db.session.scalars(select(AuditEntry).where(AuditEntry.about == f"story {key}")).all()
    done = [(one.action, one.role, one.reason, bool(one.actor)) for one in kept if one.action.startswith("story.")]
    assert done == [
        ("story.tell", "teller", None, False), ("story.yes", "teller", None, False),
        ("story.pause", "editor", "private", True), ("story.withdraw", "teller", None, False),
    ]  # fmt: skip


@pytest.mark.parametrize("first", ["pause", "approve"])
def test_its_teller_who_takes_it_away_at_the_same_instant_wins(lombok, first):
    """Whoever comes first: it is gone, and nothing of the other act is left."""
    _teller, key = told_and_read(lombok)
    start = Barrier(2)

    def both(act) -> None:
        with lombok.test_request_context("/w/lombok/"):
            start.wait(10)
            try:
                with writing():
                    held = queries.held(1, key)
                    if held:
                        act(held)
            except Refusal:
                pass

    def other(story) -> None:
        if first == "pause":
            pauses.pause(story, 3, "looking", "an editor", Role.EDITOR)
        else:
            service.approve(story, story.last.hash, story.who, "receipt", named=True)

    threads = [Thread(target=both, args=(act,)) for act in (other, service.withdraw)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert status(lombok, key) == 410
    with lombok.app_context():
        assert queries.handed_in(1, key) is None
        assert db.session.scalars(select(Pause)).all() == []
        assert list(check.faults(check.everything())) == []
