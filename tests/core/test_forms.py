"""A refused form comes back as it was typed, saving is answered where it was done, and a form sent twice makes one."""

import re
import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from core import once, saved
from core.database import db, writing
from core.forms import ClientKey, Day, Form, Line, Many, Number, Pick, Secret, Tick
from core.once import SentForm
from core.refusal import Refusal, Sort, about
from tests import make
from tests.forms import fault
from tests.game.encounters.test_races import at_once


class Stall(Form):
    """A bit of everything."""

    client_key = ClientKey()
    name = Line(20, "Give it a name.")
    metres = Number("That is no number.", digits=2)
    day = Day()
    colour = Pick(["red", "blue"], "Choose a colour.")
    marks = Many(["free", "indoor"])
    named = Tick()
    password = Secret()


def sent(**said) -> Stall:
    return Stall(MultiDict({"name": "Kraam", "colour": "red", **said}))


def misfit(form: Form) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        form.must_fit()
    assert refused.value.kind == Sort.INVALID
    return refused.value.field, str(refused.value.sentence)


def test_a_field_gives_what_was_typed_in_its_one_spelling():
    form = sent(name="  De \u202elange\n kraam ", metres="2,505", day=" 2026-06-02 ", marks="indoor", named="1")
    form.must_fit()
    assert form.name.data == "De lange kraam"
    assert (form.metres.data, form.day.data) == (2.5, date(2026, 6, 2))
    assert (form.marks.data, form.named.data) == (["indoor"], True)
    left_open = sent()
    assert (left_open.metres.data, left_open.day.data, left_open.marks.data) == (None, None, [])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "Give it a name."),
        ({"name": "x" * 21}, "Te lang: hier passen 20\u00a0tekens. Je hebt er 21."),
        ({"metres": "ver"}, "That is no number."),
        ({"metres": "inf"}, "That is no number."),
        ({"day": "morgen"}, "Schrijf een dag als jaar-maand-dag, zoals 2027-03-01."),
        ({"colour": "green"}, "Choose a colour."),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field_and_stays_as_it_was_typed(app: Flask, said, sentence):
    with app.test_request_context(headers={"Accept-Language": "nl"}):
        form = sent(**said)
        [(name, typed)] = said.items()
        assert misfit(form) == (name, sentence)
        assert form[name]._value() == typed


def test_every_field_at_fault_says_so_and_the_first_has_the_focus():
    form = Stall(MultiDict({"name": "", "metres": "ver", "colour": ""}))
    field, sentence = misfit(form)
    assert form.refuse(field, sentence)
    assert [one.name for one in form if one.errors] == ["name", "metres", "colour"]
    assert [one.name for one in form if one.flags.has_focus] == ["name"]
    assert not form.refuse("elsewhere", "No.")


def test_a_rule_broken_deeper_down_names_the_field_it_is_about():
    with pytest.raises(Refusal) as refused, about("name"):
        raise Refusal("No.")
    assert refused.value.field == "name"
    with pytest.raises(Refusal) as refused, about("name"):
        raise Refusal("No.", field="street")
    assert refused.value.field == "street"


def test_a_password_is_never_written_back_into_a_page():
    assert "geheim" not in str(sent(password="geheim").password())


# ---- on a page


@pytest.fixture
def amina(app: Flask, clock):
    """Her phone."""
    with app.app_context():
        make.world()
    phone = app.test_client()
    assert phone.post("/w/lombok/join", data={"name": "Rode Laars", "age": "adult"}).status_code == 303
    return phone


def test_a_refused_form_comes_back_filled_in_at_its_place(amina):
    answer = amina.post("/w/lombok/me/name", data={"name": "Warme Sjaal"})
    assert answer.status_code == 409
    assert "heeft die naam al" in fault(answer.text, "name")
    assert '<details class="buurt-more" open><summary>Mijn naam veranderen' in answer.text
    field = re.search(r'<input[^>]* id="name"[^>]*>', answer.text)[0]
    for attribute in ('value="Warme Sjaal"', "autofocus", 'aria-invalid="true"', 'aria-describedby="name-fault"'):
        assert attribute in field
    assert 'role="alert"' not in answer.text


def test_our_javascript_gets_the_sentence_alone(amina):
    answer = amina.post("/w/lombok/me/name", data={"name": "Warme Sjaal"}, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert set(answer.json) == {"error"}


def test_saving_is_said_once_where_it_was_done(amina):
    answer = amina.post("/w/lombok/me/name", data={"name": "Gele Jas"})
    assert answer.location == "/w/lombok/me#said"
    page = amina.get("/w/lombok/me").text
    assert page.index("Bewaard. Buren zien nu deze naam.") == page.rindex("Bewaard. Buren zien nu deze naam.")
    said = page[: page.index("Bewaard.")].rpartition('<div class="buurt-notice')[2]
    assert 'id="said" role="status" tabindex="-1"' in said
    assert page.index('id="said"') > page.index('<ul class="buurt-list">')  # at its place, not on top
    assert "Bewaard." not in amina.get("/w/lombok/me").text
    assert amina.get_cookie("said") is None


def test_what_was_saved_before_a_change_of_language_says_which_it_speaks(amina):
    for language, spoken in (("nl", "<p>Bewaard. Buren"), ("en", '<p lang="nl" dir="auto">Bewaard. Buren')):
        amina.post("/language", data={"lang": "nl"})
        amina.post("/w/lombok/me/name", data={"name": f"Gele Jas {language}"})
        amina.post("/language", data={"lang": language})
        assert spoken in amina.get("/w/lombok/me").text


def test_what_no_place_takes_is_said_at_the_top_of_the_page_it_leads_to(app: Flask):
    with app.test_request_context("/"):
        cookie = saved.saved("/w/lombok/", "Bewaard.", "nowhere").headers["Set-Cookie"]
    with app.app_context():
        make.world()
    phone = app.test_client()
    phone.set_cookie("said", cookie.partition("=")[2].partition(";")[0])
    assert "Bewaard." not in phone.get("/w/lombok/nowhere").text  # what a page asks for beside itself takes nothing
    assert phone.get("/w/lombok/").text.count("Bewaard.") == 1


def test_the_cookie_of_a_sentence_is_short_for_us_alone_and_cannot_be_made_up(app: Flask, clock):
    with app.test_request_context("/", base_url="https://buurt.example"):
        cookie = saved.saved("/", "Bewaard.").headers["Set-Cookie"]
    for part in ("__Host-said=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=60"):
        assert part in cookie
    with app.app_context():
        make.world()
    phone = app.test_client()
    phone.set_cookie("said", "WyIiLCJHZWVmIGplIHdhY2h0d29vcmQiXQ.x.y")
    page = phone.get("/w/lombok/")
    assert page.status_code == 200
    assert 'id="said"' not in page.text


def test_a_page_that_says_nothing_reads_and_sets_no_cookie(app: Flask, clock):
    with app.app_context():
        make.world()
    answer = app.test_client().get("/w/lombok/")
    assert "Set-Cookie" not in answer.headers


# ---- once


@pytest.mark.both
def test_a_form_sent_twice_at_the_very_same_instant_makes_one(app: Flask):
    made: list[str] = []
    answers: list[str] = []

    def make_it() -> str:
        made.append(f"thing {len(made)}")
        return made[-1]

    at_once(app, [lambda: answers.append(once.once("a" * 64, make_it))] * 2, threading.Barrier(2))
    assert made == ["thing 0"]
    assert answers == ["thing 0"] * 2


@pytest.mark.both
def test_a_form_that_was_refused_makes_its_thing_when_it_is_sent_again(app: Flask):
    def refuse() -> str:
        raise Refusal("No.")

    with app.app_context():
        with pytest.raises(Refusal), writing():
            once.once("b" * 64, refuse)
        with writing():
            assert once.once("b" * 64, lambda: "one") == "one"
        with writing():
            assert once.once("b" * 64, refuse) == "one"


def test_who_goes_back_and_mends_a_word_makes_another_and_loses_nothing():
    key = {"client_key": "k" * 26}
    assert sent(**key).twin == sent(**key).twin
    assert len({sent(**key).twin, sent(**key, day="2026-06-02").twin, sent(client_key="l" * 26).twin}) == 3
    assert Stall(MultiDict({"name": "Kraam", "client_key": ""})).twin == ""


def test_sent_forms_are_forgotten_when_no_phone_sends_them_any_more(app: Flask, clock):
    with app.app_context():
        with writing():
            once.once("c" * 64, lambda: "one")
        clock.advance(days=14, hours=23)
        assert once.forget() == 0
        clock.advance(hours=2)
        assert once.forget() == 1
        assert db.session.scalar(select(func.count()).select_from(SentForm)) == 0
