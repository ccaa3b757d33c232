"""The desk through its pages: an editor's queue, a visitor's report, the makers' answer."""

import re

import pytest
from sqlalchemy import select

from core.database import db, writing
from core.guard import Role
from core.people import service as people
from core.people.models import Person
from core.photos.models import WEB, Photo
from game.challenges.models import Challenge
from tests import make
from tests.core.desk.test_desk import together
from tests.core.staff.test_pages import join, with_code


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
        with writing():
            one, other = db.session.scalars(select(Person).order_by(Person.id).limit(2)).unique()
            doing = db.session.scalars(select(Challenge)).first()
            together(one, other, doing, "photo", (WEB,))
    return app


@pytest.fixture
def editor(lombok):
    device = join(lombok)
    with_code(device)
    return device


def phone_of(app, number):
    with app.app_context(), writing():
        person = db.session.scalars(select(Person).order_by(Person.id)).unique().all()[number]
        token = people.sign_in(person)
    phone = app.test_client()
    phone.set_cookie("device", token)
    return phone


def status(phone, path):
    answer = phone.get(path)
    answer.close()  # else the picture stays open
    return answer.status_code


def key_of_photo(app):
    with app.app_context():
        return db.session.scalars(select(Photo.key)).one()


def test_an_editor_says_yes_and_undoes_it(lombok, editor):
    key = key_of_photo(lombok)
    page = editor.get("/w/lombok/desk/")
    assert f"/w/lombok/desk/photos/{key}/large.webp" in page.text
    assert status(editor, f"/w/lombok/desk/photos/{key}/large.webp") == 200
    visitor = lombok.test_client()
    assert status(visitor, f"/w/lombok/photos/{key}/small.webp") == 404
    answer = editor.post(f"/w/lombok/desk/photo/{key}", data={"verdict": "good"})
    assert status(visitor, f"/w/lombok/photos/{key}/small.webp") == 200
    done = re.search(r"done=(\w+)", answer.location)[1]
    assert editor.post(f"/w/lombok/desk/undo/{done}").status_code == 303
    assert status(visitor, f"/w/lombok/photos/{key}/small.webp") == 404


@pytest.mark.parametrize("role", [Role.MAKER, Role.HOST, Role.TEACHER])
def test_the_desk_is_for_editors_and_coordinators(lombok, role):
    device, key = join(lombok, role), key_of_photo(lombok)
    assert device.get("/w/lombok/desk/").status_code == 403
    assert device.get(f"/w/lombok/desk/photos/{key}/small.webp").status_code == 403
    assert device.post(f"/w/lombok/desk/photo/{key}", data={"verdict": "good"}).status_code == 403


def test_a_visitor_reports_without_a_cookie_and_it_is_gone_at_once(lombok, editor):
    key, visitor = key_of_photo(lombok), lombok.test_client()
    editor.post(f"/w/lombok/desk/photo/{key}", data={"verdict": "good"})
    assert visitor.get(f"/w/lombok/report/photo/{key}").status_code == 200
    answer = visitor.post(f"/w/lombok/report/photo/{key}", data={"reason": "child"})
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert status(visitor, f"/w/lombok/photos/{key}/small.webp") == 404
    assert "Er staat een kind op." in editor.get("/w/lombok/desk/").text


def test_the_makers_read_the_reason_and_appeal(lombok, editor):
    key, maker = key_of_photo(lombok), phone_of(lombok, 0)
    form = {"verdict": "back", "reason": "unclear", "note": "Mag het wat lichter?"}
    editor.post(f"/w/lombok/desk/photo/{key}", data=form)
    assert "Van de redactie" in maker.get("/w/lombok/me").text
    page = maker.get("/w/lombok/desk/answers")
    assert "Mag het wat lichter?" in page.text
    assert "Rode Laars" in page.text  # the editor's name stands with it
    appeal = re.search(r"/w/lombok/desk/answers/\w+/appeal", page.text)[0]
    assert phone_of(lombok, 2).post(appeal).status_code == 404  # not theirs
    assert maker.post(appeal).status_code == 303
    assert key not in editor.get("/w/lombok/desk/").text
    second = join(lombok, login="bram", name="Gele Schaar")
    with_code(second)
    assert key in second.get("/w/lombok/desk/").text


def test_a_wrong_answer_changes_nothing(lombok, editor):
    key = key_of_photo(lombok)
    for form in ({"verdict": "publish"}, {"verdict": "back"}, {}):
        assert editor.post(f"/w/lombok/desk/photo/{key}", data=form).status_code == 422
    for kind, about in (("photo", "a" * 26), ("story", key), ("name", "XXXXXX")):
        assert editor.post(f"/w/lombok/desk/{kind}/{about}", data={"verdict": "good"}).status_code == 404
    assert key in editor.get("/w/lombok/desk/").text
