"""A yes on paper: a helper types, a host has the sheet signed and puts the yes in, with what shows it."""

import pytest
from sqlalchemy import select

from core.database import db
from core.guard import Role
from core.media import jobs as media
from core.people import own_data
from core.storage import storage
from tests import make
from tests.core.staff.test_pages import join, with_code
from tests.forms import key_in
from tests.tours.stories.test_pages import AT, decide, key_of, lombok, tell
from tours.stories import queries
from tours.stories.models_rights import Evidence

pytestmark = pytest.mark.both
__all__ = ["lombok"]


@pytest.fixture
def told(lombok):
    """Typed by a helper for somebody, and found good by an editor: its key."""
    helper = lombok.test_client()
    helper.post("/w/lombok/join", data={"name": "Rode Laars", "age": "adult"})
    tell(helper, way="paper")
    decide(lombok)
    return key_of(lombok)


def staff(app, role: str):
    device = join(app, Role(role), login=role, name={"host": "Gele Jas", "editor": "Groene Muts"}[role])
    with_code(device)
    return device


def put_in(device, key: str, **change):
    with device.application.app_context():
        seen = queries.handed_in(1, key).last.hash
    page = device.get(f"{AT}/paper/{key}")
    form = {"seen": seen, "whose": "teller", "how": "paper", "note": "In de map op het bureau.",
            "client_key": key_in(page.text)}  # fmt: skip
    return device.post(f"{AT}/paper/{key}", data={**form, **change})


def test_a_host_puts_it_in_with_a_photo_of_the_sheet_that_only_editors_see(lombok, told):
    host, editor = staff(lombok, "host"), staff(lombok, "editor")
    assert "De rij bij Kuiper" in host.get(f"{AT}/paper").text
    assert put_in(host, told, sheet=(make.jpeg(), "blad.jpg")).status_code == 303
    assert lombok.test_client().get(f"{AT}/{told}").status_code == 200
    with lombok.app_context():
        kept = db.session.scalars(select(Evidence)).one()
        assert (kept.as_what, kept.how, kept.note) == ("teller", "paper", "In de map op het bureau.")
    sheet = f"{AT}/paper/{told}/signed/{kept.id}.webp"
    with editor.get(sheet) as found:
        assert found.status_code == 200
    assert host.get(sheet).status_code == 403
    assert lombok.test_client().get(sheet).status_code in {303, 401}
    assert "In de map" in editor.get(f"{AT}/rest/{told}").text


def test_what_shows_it_goes_with_the_story(lombok, told):
    put_in(staff(lombok, "host"), told, sheet=(make.jpeg(), "blad.jpg"))
    with lombok.app_context():
        key = db.session.scalars(select(Evidence.sheet)).one()
    with lombok.test_request_context("/w/lombok/"):
        from core.database import writing
        from tours.stories import service

        with writing():
            service.withdraw(queries.handed_in(1, told))
        media.sweep()
        assert db.session.scalars(select(Evidence)).all() == []
        assert storage().path(f"{key}/large.webp") is None


def test_the_sheet_is_among_what_is_kept_about_who_signed_it(lombok, told):
    put_in(staff(lombok, "host"), told, sheet=(make.jpeg(), "blad.jpg"))
    with lombok.app_context():
        teller = queries.handed_in(1, told).who
        sheet = db.session.scalars(select(Evidence.sheet)).one()
        _texts, files = own_data.gather(teller, has_account=False)
    assert f"stories/{told}/{sheet}.webp" in dict(files)


def test_nothing_is_put_in_without_what_shows_it_or_to_other_words(lombok, told):
    host = staff(lombok, "host")
    assert put_in(host, told, note="").status_code == 422
    assert put_in(host, told, how="screen").status_code == 422
    assert put_in(host, told, seen="0" * 64).status_code == 409
    assert put_in(host, told, whose="guardian").status_code in {404, 422}
    assert lombok.test_client().get(f"{AT}/{told}").status_code == 404


def test_who_changed_the_words_does_not_put_the_yes_in(lombok, told):
    editor, host = staff(lombok, "editor"), staff(lombok, "host")
    form = {"title": "De rij", "words": "Er stond een rij.", "note": "",
            "client_key": key_in(editor.get(f"{AT}/edit/{told}").text)}  # fmt: skip
    editor.post(f"{AT}/edit/{told}", data=form)
    decide(lombok, key=told)
    assert put_in(editor, told).status_code == 403
    assert put_in(host, told).status_code == 303
    assert "Er stond een rij." in lombok.test_client().get(f"{AT}/{told}").text


def test_a_host_puts_in_the_yes_of_who_cares_for_a_child(lombok):
    child = lombok.test_client()
    tell(child, young="1")
    key = key_of(lombok)
    decide(lombok)
    host = staff(lombok, "host")
    assert put_in(host, key, how="spoken", note="Moeder, aan de deur.", whose="guardian").status_code == 303
    assert put_in(host, key, how="spoken", note="Aan de deur.").status_code == 303
    assert lombok.test_client().get(f"{AT}/{key}").status_code == 200


def test_what_somebody_tells_alone_is_no_business_of_a_host(lombok):
    tell(lombok.test_client())
    decide(lombok)
    host = staff(lombok, "host")
    assert "De rij bij Kuiper" not in host.get(f"{AT}/paper").text
    for page in ("", "/sheet"):
        assert host.get(f"{AT}/paper/{key_of(lombok)}{page}").status_code == 404
