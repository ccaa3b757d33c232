"""A receipt: shown once, opened on any device, given anew by a host, after which the old one is dead."""

import re

import pytest
from markupsafe import Markup
from sqlalchemy import select

from core import codes, create_app
from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.receipts import service
from core.receipts.holdings import HOLDINGS, Holding
from core.receipts.models import Receipt
from core.refusal import Refusal
from tests import make
from tests.core.staff.test_pages import join
from tests.forms import fault

PAGE = "/w/lombok/receipt"
GROUP = re.compile(r"<bdi[^>]*>([0-9A-Z]{5,6})</bdi>")
KNOWN, ANONYMOUS = "a" * 26, "b" * 26


class Poems:
    """A part of the tests, which takes poems from people without an account."""

    def init_app(self, app) -> None:
        HOLDINGS.add(app, "poems", Holding(self.panel, self.called))

    def panel(self, subject: str) -> Markup | None:
        return Markup("<h2>De brug</h2>") if subject in (KNOWN, ANONYMOUS) else None

    def called(self, subjects):
        return {subject: "De brug, van Bram" for subject in subjects if subject == KNOWN}


@pytest.fixture
def poems(tmp_path):
    app = create_app(
        (Poems(),),
        {"database_url": f"sqlite:///{tmp_path / 'poems.db'}", "media": str(tmp_path), "queue_url": "memory://",
         "secret": "x", "testing": True, "limits": False},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
        with writing():
            make.neighbourhood()
            make.neighbourhood("hoograven")
    yield app
    with app.app_context():
        db.engine.dispose()


def give(app, subject: str = KNOWN) -> str:
    with app.app_context(), writing():
        return service.issue(neighbourhoods.by_slug("lombok").id, subject)


def test_its_letters_open_what_lies_under_it_on_any_device_until_it_is_closed(poems):
    code, device = give(poems), poems.test_client()
    assert "De brug" not in device.get(PAGE).text
    typed = " ".join(codes.in_groups(code)).lower()
    assert device.post(PAGE, data={"code": typed}).headers["Location"].startswith(PAGE)
    page = device.get(PAGE)
    assert "<h2>De brug</h2>" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    device.post(f"{PAGE}/close")
    assert "De brug" not in device.get(PAGE).text


def test_only_a_hash_of_it_is_kept(poems):
    code = give(poems)
    with poems.app_context():
        kept = db.session.scalars(select(Receipt)).one()
        assert kept.code_hash == service.hashed(code)
        assert code not in repr([vars(kept)])


def test_a_wrong_one_comes_back_to_its_field_and_another_neighbourhoods_is_as_wrong(poems):
    code = give(poems)
    wrong = ("2" if code[0] != "2" else "3") + code[1:]
    for place, typed in (("lombok", wrong), ("hoograven", code)):
        answer = poems.test_client().post(f"/w/{place}/receipt", data={"code": typed})
        assert answer.status_code == 422
        assert fault(answer.text, "code") == "We kennen deze bon niet. Misschien is er een nieuwe gemaakt."
        assert typed in answer.text


def test_a_cookie_that_was_written_by_hand_opens_nothing(poems):
    give(poems)
    device = poems.test_client()
    with poems.app_context():
        kept = db.session.scalars(select(Receipt.code_hash)).one()
    device.set_cookie("receipt", kept)
    assert "De brug" not in device.get(PAGE).text


def test_a_host_gives_a_new_one_once_and_the_old_one_is_dead_at_once(poems):
    code, theirs = give(poems), poems.test_client()
    theirs.post(PAGE, data={"code": code})
    host = join(poems, Role.HOST)
    page = host.get(f"{PAGE}/lost").text
    assert "De brug, van Bram" in page
    form = {name: re.search(rf'name="{name}" [^>]*value="(\w+)"', page)[1] for name in ("client_key", "receipt")}
    fresh = "".join(GROUP.findall(host.post(f"{PAGE}/lost", data=form).text))
    assert host.post(f"{PAGE}/lost", data=form).status_code == 303, "loaded again it makes none"
    assert "De brug" not in theirs.get(PAGE).text, "the device that had it open"
    assert theirs.post(PAGE, data={"code": code}).status_code == 422
    assert theirs.post(PAGE, data={"code": fresh}).status_code == 303
    with poems.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "receipt.reissue")).one()
        assert KNOWN not in f"{entry.about}", "the log does not tell whose it is"


def test_who_stayed_anonymous_is_not_in_the_hosts_list_and_gets_no_new_one(poems):
    give(poems, ANONYMOUS)
    host = join(poems, Role.HOST)
    assert "De brug" not in host.get(f"{PAGE}/lost").text
    with poems.app_context(), writing():
        key = db.session.scalars(select(Receipt.key)).one()
        keeper = make.person(neighbourhoods.by_slug("lombok"), "Rode Klomp")
        with pytest.raises(Refusal):
            service.reissue(keeper, Role.HOST, key)


def test_a_player_opens_one_too_and_stays_who_they_are(poems):
    code, device = give(poems), poems.test_client()
    device.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"})
    device.post(PAGE, data={"code": code})
    assert "De brug" in device.get(PAGE).text
    assert "Rode Fiets" in device.get("/w/lombok/me").text
