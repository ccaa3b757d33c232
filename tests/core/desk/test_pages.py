"""The desk through its pages: an editor's queue, a visitor's report, the makers' answer."""

import re

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from core import codes
from core.consent import service as consents
from core.database import db, writing
from core.desk import service
from core.desk.handlers import HANDLERS
from core.desk.models import Decision
from core.guard import Role
from core.people import service as people
from core.people.models import Person
from core.photos.models import Photo
from tests.bench import queries
from tests.core.staff.test_pages import join, with_code

QUEUE = "/w/lombok/desk/"


def phone_of(app, number):
    with app.app_context(), writing():
        person = db.session.scalars(select(Person).order_by(Person.id)).unique().all()[number]
        token = people.sign_in(person)
    phone = app.test_client()
    phone.set_cookie("device", token)
    return phone


def say(device, kind, key, **form):
    """Answer as the form on the desk does: with what it showed."""
    return device.post(f"{QUEUE}{kind}/{key}", data={"shown": shown_to(device, kind, key), **form})


def shown_to(device, kind, key):
    """What the forms of the desk say that they showed of it; "" where there is none."""
    found = re.search(r'name="shown" value="(\w+)"', device.get(f"{QUEUE}?item={kind}.{key}").text)
    return found[1] if found else ""


def status(phone, path):
    answer = phone.get(path)
    answer.close()  # else the picture stays open
    return answer.status_code


def key_of_photo(app):
    with app.app_context():
        return db.session.scalars(select(Photo.key)).one()


def test_a_reported_name_leads_to_a_pause_for_whose_it_is_and_a_photo_to_none(lombok, editor):
    assert "/desk/pauses?tag=" not in editor.get(QUEUE).text
    with lombok.app_context(), writing():
        someone = db.session.scalars(select(Person).order_by(Person.id)).unique().first()
        service.report(someone.neighbourhood_id, "name", someone.tag, "other")
        letters = someone.tag
    assert f'href="/w/lombok/desk/pauses?tag={letters}"' in editor.get(QUEUE).text


def test_an_editor_says_yes_and_undoes_it(lombok, editor):
    key = key_of_photo(lombok)
    page = editor.get("/w/lombok/desk/")
    assert f"/w/lombok/desk/photos/{key}/large.webp" in page.text
    assert status(editor, f"/w/lombok/desk/photos/{key}/large.webp") == 200
    visitor = lombok.test_client()
    assert status(visitor, f"/w/lombok/photos/{key}/small.webp") == 404
    answer = say(editor, "photo", key, verdict="good")
    assert status(visitor, f"/w/lombok/photos/{key}/small.webp") == 200
    done = re.search(r"done=(\w+)", answer.location)[1]
    assert editor.post(f"/w/lombok/desk/undo/{done}").status_code == 303
    assert status(visitor, f"/w/lombok/photos/{key}/small.webp") == 404


def strip(page):
    """What the page says of the answer of a moment ago."""
    found = re.search(r"<undo-moment.*?</undo-moment>", page, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", found[0]).split()) if found else ""


def test_an_answer_says_what_it_does_and_the_next_page_what_was_done_and_what_undo_undoes(lombok, editor, clock):
    key = key_of_photo(lombok)
    clock.advance(minutes=40)
    page = editor.get(QUEUE).text
    assert (
        '<h2 id="item" tabindex="-1">Foto · <bdi lang="nl" translate="yes">Trek dezelfde kleur aan</bdi></h2>' in page
    )
    assert 'wacht al <bdi translate="yes">40 minuten</bdi>' in page
    assert ">Mag op internet<" in page
    assert 'width="1500"' not in page.partition("<main")[0]
    answered = say(editor, "photo", key, verdict="good")
    page = editor.get(answered.location).text
    assert strip(page).startswith("Foto · Trek dezelfde kleur aan . Die is nu te zien.")
    assert strip(lombok.test_client().get(answered.location).text) == "", "of another's answer nobody reads"
    undo = re.search(r"/w/lombok/desk/undo/\w+", page)[0]
    page = editor.get(editor.post(undo).location).text
    assert "Teruggedraaid. Het wacht weer op jou." in strip(page)
    assert "/desk/undo/" not in page
    answered = say(editor, "photo", key, verdict="back", reason="unclear")
    clock.advance(minutes=5)
    assert strip(editor.get(answered.location).text) == "", "what cannot be undone any more offers no undo"


def test_what_was_reported_while_it_was_seen_may_stay(lombok, editor):
    key = key_of_photo(lombok)
    say(editor, "photo", key, verdict="good")
    lombok.test_client().post(f"/w/lombok/report/photo/{key}", data={"reason": "other"})
    page = editor.get(QUEUE).text
    assert ">Mag blijven<" in page
    assert "· gemeld" in page


def test_every_kind_of_thing_says_what_each_answer_does_and_did(site):
    with site.test_request_context("/"):
        for handler in HANDLERS.all():
            answers = handler.answers
            assert answers.labels.keys() == answers.done.keys(), handler.kind
            assert answers.labels.keys() == answers.told.keys(), handler.kind
            said = [str(words) for words in (*answers.labels.values(), *answers.done.values())]
            assert len(set(said)) == len(said), handler.kind


def test_a_refused_answer_comes_back_with_its_sentence_at_the_field(lombok, editor):
    key = key_of_photo(lombok)
    for form, at in (({"note": "Wat donker."}, "reason-back"), ({"reason": "unclear", "note": "x" * 301}, "note-back")):
        answer = say(editor, "photo", key, verdict="back", **form)
        assert answer.status_code == 422
        assert f'id="{at}-fault"' in answer.text
        assert f"{form['note']}</textarea>" in answer.text
    for form in ({}, {"reason": "x"}):
        answer = lombok.test_client().post(f"/w/lombok/report/photo/{key}", data=form)
        assert answer.status_code == 422
        assert 'id="reason-fault"' in answer.text


def test_reading_the_page_of_answers_writes_nothing_and_the_strip_goes_by_a_button(lombok, editor):
    key, maker = key_of_photo(lombok), phone_of(lombok, 0)
    say(editor, "photo", key, verdict="back", reason="unclear")
    strip = "1 bericht van de redactie"
    for _each in range(2):
        assert strip in maker.get("/w/lombok/").text
        page = maker.get("/w/lombok/desk/answers").text
        assert '<bdi lang="nl" translate="yes">Trek dezelfde kleur aan</bdi></h2>' in page
        assert ">Nieuw<" in page
        assert strip not in page
    answer = maker.post("/w/lombok/desk/answers/read", follow_redirects=True)
    assert 'id="said"' in answer.text
    assert ">Nieuw<" not in answer.text
    assert strip not in maker.get("/w/lombok/").text


@pytest.mark.parametrize("role", [Role.MAKER, Role.HOST, Role.TEACHER])
def test_the_desk_is_for_editors_and_coordinators(lombok, role):
    device, key = join(lombok, role), key_of_photo(lombok)
    assert device.get("/w/lombok/desk/").status_code == 403
    assert device.get(f"/w/lombok/desk/photos/{key}/small.webp").status_code == 403
    assert device.post(f"/w/lombok/desk/photo/{key}", data={"verdict": "good"}).status_code == 403


def test_a_visitor_reports_without_a_cookie_and_it_is_gone_at_once(lombok, editor):
    key, visitor = key_of_photo(lombok), lombok.test_client()
    say(editor, "photo", key, verdict="good")
    assert visitor.get(f"/w/lombok/report/photo/{key}").status_code == 200
    answer = visitor.post(f"/w/lombok/report/photo/{key}", data={"reason": "child"})
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert status(visitor, f"/w/lombok/photos/{key}/small.webp") == 404
    assert "Er staat een kind op." in editor.get("/w/lombok/desk/").text


def test_the_makers_read_the_reason_and_appeal(lombok, editor):
    key, maker = key_of_photo(lombok), phone_of(lombok, 0)
    say(editor, "photo", key, verdict="back", reason="unclear", note="Mag het wat lichter?")
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


def test_an_answer_about_what_only_a_newer_version_knows_breaks_no_page(lombok, editor):
    key, maker = key_of_photo(lombok), phone_of(lombok, 0)
    say(editor, "photo", key, verdict="back", reason="unclear")
    with lombok.app_context(), writing():
        db.session.scalars(select(Decision)).one().kind = "sonnet"
    assert "Van de redactie" not in maker.get("/w/lombok/me").text
    assert maker.get("/w/lombok/desk/answers").status_code == 200


def test_a_wrong_answer_changes_nothing(lombok, editor):
    key = key_of_photo(lombok)
    for form in ({"verdict": "publish"}, {"verdict": "back"}, {}):
        assert say(editor, "photo", key, **form).status_code == 422
    for kind, about in (("photo", "a" * 26), ("story", key), ("name", "XXXXXX")):
        assert editor.post(f"/w/lombok/desk/{kind}/{about}", data={"verdict": "good"}).status_code == 404
    assert key in editor.get("/w/lombok/desk/").text


@pytest.mark.parametrize("shown", [{}, {"shown": ""}, {"shown": "0123456789abcdef"}])
def test_an_answer_to_other_words_or_to_none_shows_the_item_again_and_keeps_what_was_typed(lombok, editor, shown):
    with lombok.app_context(), writing():
        someone = db.session.scalars(select(Person).order_by(Person.id)).unique().first()
        service.report(someone.neighbourhood_id, "name", someone.tag, "other")
        tag, name = someone.tag, someone.name
    form = {"verdict": "away", "reason": "hurtful", "note": "Kies iets liefs."}
    answer = editor.post(f"{QUEUE}name/{tag}", data={**form, **shown})
    assert answer.status_code == 409
    assert "Het is intussen veranderd." in answer.text
    assert re.search(rf'buurt-lead"><bdi[^>]*>{name}</bdi>', answer.text), "what it says now"
    assert "Kies iets liefs.</textarea>" in answer.text
    assert say(editor, "name", tag, **form).status_code == 303


def test_what_was_typed_about_one_thing_does_not_go_along_to_the_next(lombok, editor):
    key = key_of_photo(lombok)
    lay(lombok, 2)
    say(editor, "photo", key, verdict="good")
    late = say(editor, "photo", key, verdict="back", reason="unclear", note="Wat donker.")
    assert late.status_code == 409
    assert "Iemand anders besliste hier net over." in late.text
    assert "Wat donker." not in late.text


def test_the_queue_asks_as_often_and_weighs_as_much_with_a_thousand_waiting_as_with_fifty(lombok, editor):
    measured = {}
    for many in (1, 50, 1000):
        lay(lombok, many)
        assert ("wacht op jou" if many == 1 else "wachten") in editor.get(QUEUE).text  # and what is only asked once
        with queries.counted(lombok) as asked:
            answer = editor.get(QUEUE)
        key = re.search(r"/desk/photos/(\w+)/large", answer.text)[1]
        form = {"verdict": "good", "shown": shown_to(editor, "photo", key)}
        with queries.counted(lombok) as decided:
            answered = editor.post(f"/w/lombok/desk/photo/{key}", data=form)
        assert answered.status_code == 303
        editor.post(f"/w/lombok/desk/undo/{answered.location.partition('done=')[2]}")
        measured[many] = (len(asked), len(decided), len(answer.data))
        print(f"{many} waiting: {len(asked)} queries the page, {len(decided)} an answer, {len(answer.data)} bytes")
    assert len({queries_asked for queries_asked, _decided, _bytes in measured.values()}) == 1
    assert len({decided for _asked, decided, _bytes in measured.values()}) == 1
    assert measured[1000][2] == pytest.approx(measured[50][2], abs=200)
    assert measured[1000][2] < 30_000


def how_many(device, page):
    """The number that a page tells with the way to the desk; "" where it tells none."""
    row = re.search(r'href="/w/lombok/desk/".*?</li>', device.get(page).text, re.DOTALL)[0]
    return re.search(r'buurt-list__end">(\d*\+?)', row)[1]


@pytest.mark.parametrize("page", ["/w/lombok/me", "/w/lombok/staff/"])
def test_an_editor_sees_how_many_wait_for_them_with_as_many_questions(lombok, editor, page, monkeypatch):
    asked = {}
    for many in (1, 50, 100, 1000):
        lay(lombok, many)
        assert how_many(editor, page) == {1: "1", 50: "50"}.get(many, "100+")
        with queries.counted(lombok) as asked[many]:
            editor.get(page)
    assert len({len(questions) for questions in asked.values()}) == 1


@pytest.mark.parametrize("page", ["/w/lombok/me", "/w/lombok/staff/"])
def test_no_number_stands_there_when_nothing_waits(lombok, editor, page):
    say(editor, "photo", key_of_photo(lombok), verdict="good")
    assert how_many(editor, page) == ""


def test_how_many_wait_at_the_desk_is_for_its_editors(lombok):
    host = join(lombok, Role.HOST, "gast", "Groene Fiets")
    for device, page in ((host, "/w/lombok/staff/"), (host, "/w/lombok/me"), (phone_of(lombok, 2), "/w/lombok/me")):
        assert 'href="/w/lombok/desk/"' not in device.get(page).text


def lay(app, many):
    """Let so many photos wait: rows alone, since the page looks at no file."""
    with app.app_context(), writing():
        first = db.session.scalars(select(Photo).order_by(Photo.id)).first()
        for number in range(db.session.query(Photo).count(), many):
            one = Photo(key=codes.new_key(), neighbourhood_id=first.neighbourhood_id, maker=first.maker, width=1500,
                        height=2000, sha256=f"{number:064}", kept_at=first.kept_at)  # fmt: skip
            db.session.add(one)
            db.session.flush()
            for given in first.consents:
                consents.give(given.kind, one.id, given.who, {given.use})


def test_what_went_back_keeps_nothing_else_out_of_a_long_queue(lombok, editor, monkeypatch):
    monkeypatch.setattr("core.photos.at_desk.MOST", 3)
    lay(lombok, 8)
    other = []
    for _each in range(6):
        key = re.search(r"/desk/photos/(\w+)/large", editor.get(QUEUE).text)[1]
        other.append(key)
        say(editor, "photo", key, verdict="back", reason="unclear")
    assert len(set(other)) == 6, "what went back does not fill the queue"
    assert "Er wacht niets" not in editor.get(QUEUE).text


def test_the_database_that_goes_away_in_the_middle_of_an_answer_is_a_plain_page(lombok, editor, monkeypatch):
    monkeypatch.setitem(lombok.config, "PROPAGATE_EXCEPTIONS", False)
    key, decide, gone = key_of_photo(lombok), service.decide, []

    def broken(*_arguments):
        if gone:
            raise OperationalError("x", {}, Exception("server closed the connection"))

    def and_then(*arguments, **named):
        gone.append(True)
        return decide(*arguments, **named)

    with lombok.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", broken)
    monkeypatch.setattr(service, "decide", and_then)
    answer = editor.post(f"/w/lombok/desk/photo/{key}", data={"verdict": "good"})
    event.remove(engine, "before_cursor_execute", broken)
    assert answer.status_code == 503
    assert "Je bent niets kwijt" in answer.text
