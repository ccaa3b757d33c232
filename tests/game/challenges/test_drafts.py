"""Residents think up challenges: a draft waits, an editor answers, and its maker keeps a say over it."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from sqlalchemy import select

from core import clock as core_clock
from core.contributions import at_desk, personal_data
from core.contributions import service as sending
from core.contributions.kinds import of
from core.contributions.models import Contribution
from core.database import db, writing
from core.desk import queries as desk
from core.desk import service as deciding
from core.guard import Role
from core.people import service as people
from core.people.models import Person
from core.refusal import Refusal
from game.challenges import personal_data as of_challenges
from game.challenges import queries
from game.challenges.models import Challenge
from tests import make
from tests.core.staff import test_pages as staff_pages
from tests.core.test_guesses import at
from tests.forms import fault, key_in, told, twice_at_once
from tests.game.challenges.drafting import MOST_A_DAY, WORDS, decide, made_of, propose, send_again

OWN = "/w/lombok/me/drafts"
SENT = "Verstuurd. Een redacteur kijkt ernaar, binnen 7 dagen."
FORM = {"lang": "nl", "title": "Groet drie ramen", "text": "Zwaai samen.", "question": "", "named": "1"}


@pytest.fixture
def web(app, inside):
    with app.test_request_context("/w/lombok/"):
        yield


@pytest.fixture
def draft(here, amina, web):
    return propose(amina, WORDS, named=True)


@pytest.fixture
def phone(app, clock):
    with app.app_context():
        make.world()
    return phone_of(app, "Blauwe Reiger")


def phone_of(app, name):
    with app.app_context(), writing():
        token = people.sign_in(db.session.scalars(select(Person).where(Person.name == name)).unique().one())
    device = app.test_client()
    device.set_cookie("device", token)
    return device


def titled(title):
    return {"nl": {**WORDS["nl"], "title": title}}


def waiting(here, editor):
    return [one.item.key for one in desk.queue(here.id, editor.player_key)]


def is_offered(here, draft):
    made = made_of(draft)
    return made is not None and queries.by_key(here.id, made.key) is made


def test_a_draft_waits_and_stands_among_the_challenges_after_a_yes(here, draft, cem):
    assert waiting(here, cem) == [draft.desk_key]
    assert not is_offered(here, draft)
    decide(draft, cem)
    assert is_offered(here, draft)
    assert waiting(here, cem) == []


def test_an_editor_who_thought_it_up_never_decides(here, draft, amina):
    assert waiting(here, amina) == []
    for verdict in ("good", "away"):
        with pytest.raises(Refusal):
            decide(draft, amina, verdict, reason="unclear")
    assert not is_offered(here, draft)


def test_undo_takes_it_out_of_sight_and_it_waits_again(here, draft, cem):
    for verdict in ("good", "away"):
        decision = decide(draft, cem, verdict, reason="unclear")
        deciding.undo(here.id, decision.key, cem.player_key, Role.EDITOR)
        assert not is_offered(here, draft)
        assert waiting(here, cem) == [draft.desk_key]


def test_what_came_back_is_read_with_its_reason_and_waits_again_once_written_anew(here, draft, amina, cem, clock):
    decide(draft, cem, "back", reason="unclear", note="Welke ramen?")
    assert waiting(here, cem) == []
    [said] = desk.answers(amina.player_key)
    assert (said.kind, said.reason, said.note) == ("draft", "unclear", "Welke ramen?")
    clock.advance(hours=1)
    send_again(draft, amina, WORDS, named=False)
    assert waiting(here, cem) == [draft.desk_key]


def test_what_came_back_leaves_room_in_the_queue(here, draft, amina, cem, monkeypatch, clock):
    monkeypatch.setattr(at_desk, "MOST", 1)
    decide(draft, cem, "back", reason="unclear")
    clock.advance(hours=1)
    later = propose(amina, WORDS, named=False)
    assert waiting(here, cem) == [later.desk_key]


def test_what_was_shown_came_back_and_is_reported_no_more(here, draft, cem, clock):
    decide(draft, cem)
    clock.advance(hours=1)
    deciding.report(here.id, "draft", draft.desk_key, "threat")
    assert not is_offered(here, draft)
    assert waiting(here, cem) == [draft.desk_key]
    decide(draft, cem, "back", reason="hurtful")
    assert not is_offered(here, draft)
    assert waiting(here, cem) == []


def test_five_a_day_is_the_most_and_tomorrow_there_are_five_more(here, amina, bram, clock):
    for number in range(MOST_A_DAY):
        propose(amina, titled(f"Groet {number} ramen"), named=False)
    with pytest.raises(Refusal):
        propose(amina, WORDS, named=False)
    propose(bram, WORDS, named=False)
    clock.advance(days=1)
    propose(amina, WORDS, named=False)


def test_sent_twice_it_is_one(here, draft, amina, bram, cem):
    for named in (False, True):  # with the name as it was said last
        assert propose(amina, titled("Groet drie ramen"), named=named) is draft
        assert draft.named is named
    for other in (propose(amina, titled("Groet vier ramen"), named=True), propose(bram, WORDS, named=True)):
        assert other is not draft
    decide(draft, cem)
    assert propose(amina, WORDS, named=True) is not draft


def test_sent_again_in_the_same_words_after_it_came_back_it_waits_anew_and_is_one(here, draft, amina, cem, clock):
    decide(draft, cem, "back", reason="unclear")
    clock.advance(days=1)
    assert propose(amina, WORDS, named=True) is propose(amina, WORDS, named=True) is draft
    assert waiting(here, cem) == [draft.desk_key]
    decide(draft, cem)
    assert is_offered(here, draft)


def test_an_editor_sees_the_card_that_players_would_see_in_its_own_language(app, phone):
    phone.post(f"{OWN}/new", data={**FORM, "lang": "en", "title": "Wave <b>at</b> a window"})
    editor = staff_pages.join(app)
    staff_pages.with_code(editor)
    page = editor.get("/w/lombok/desk/").text
    card = re.search(r'<section class="buurt-card buurt-card--awning" lang="en".*?</section>', page, re.DOTALL)[0]
    assert "Wave &lt;b&gt;at&lt;/b&gt; a window" in card
    assert 'Thought up by <bdi translate="no">Blauwe Reiger</bdi>' in card
    assert 'Opdracht · <bdi lang="en" translate="yes">Wave &lt;b&gt;at&lt;/b&gt; a window</bdi></h2>' in page
    assert ">Mag in de lijst<" in page


def test_a_draft_of_a_child_needs_two_editors_and_never_carries_a_name(here, cem, dirk, web):
    child = make.person(here, "Kleine Vos", is_young=True)
    draft = propose(child, WORDS, named=True)
    assert not draft.named
    decide(draft, cem)
    assert not is_offered(here, draft)
    decide(draft, dirk)
    assert is_offered(here, draft)


def test_nobody_decides_about_a_draft_of_another_neighbourhood(here, draft, cem):
    other = make.neighbourhood("zuilen")
    with pytest.raises(Refusal):
        deciding.decide(other.id, "draft", draft.desk_key, "good", cem.player_key, Role.EDITOR)
    assert not is_offered(here, draft)
    decide(draft, cem)
    with pytest.raises(Refusal):
        deciding.report(other.id, "draft", draft.desk_key, "threat")
    assert is_offered(here, draft)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        *(("challenge", key) for key in ("", "-", "1-", "x-bench", "1-bench-", "99999999999-bench", "1", "١-bench")),
        *(("draft", key) for key in ("", ".", ".1", "x", "1-bench")),
    ],
)
def test_a_key_that_is_none_leads_nowhere(here, draft, cem, kind, key):
    with pytest.raises(Refusal):
        deciding.decide(here.id, kind, key, "good", cem.player_key, Role.EDITOR)


def test_erasing_takes_drafts_away_and_leaves_what_others_did_without_a_name(here, draft, amina, bram, cem):
    kept = personal_data.of(of("draft"))
    decide(draft, cem)
    made = made_of(draft)
    make.confirmed(bram, cem, made)
    deciding.report(here.id, "draft", draft.key, "other")
    waits = propose(amina, titled("Groet vier ramen"), named=True).key
    exported = kept.export(amina.player_key)
    assert [(one["title"], one.get("challenge")) for one in exported] == [
        ("Groet drie ramen", made.key), ("Groet vier ramen", None),
    ]  # fmt: skip
    for data in (kept, of_challenges.PERSONAL_DATA):
        data.erase(amina.player_key)
    assert db.session.scalar(select(Contribution).where(Contribution.key == waits)) is None
    db.session.refresh(made)
    assert (made.maker, queries.name_with(made, queries.idea(made))) == (None, None)
    assert queries.by_key(here.id, made.key) is made
    assert waiting(here, cem) == [made.desk_key], "what was reported of it is looked at"
    assert kept.export(amina.player_key) == of_challenges.PERSONAL_DATA.export(amina.player_key) == []


@pytest.mark.parametrize("verdict", ["back", "away"])
def test_erasing_leaves_what_an_editor_hid_out_of_reach(here, draft, amina, cem, dirk, clock, verdict):
    decide(draft, cem)
    clock.advance(minutes=1)
    deciding.report(here.id, "draft", draft.key, "other")
    decide(draft, cem, verdict, reason="hurtful")
    made = made_of(draft)
    for data in (personal_data.of(of("draft")), of_challenges.PERSONAL_DATA):
        data.erase(amina.player_key)
    db.session.refresh(made)
    assert not made.is_open_at(core_clock.now())
    assert waiting(here, cem) == waiting(here, dirk) == []
    assert made not in queries.of_staff(here.id, cem.player_key)


def test_a_draft_of_somebody_who_is_leaving_is_not_looked_at(here, draft, amina, cem):
    amina.leaving_at = amina.joined_at
    db.session.flush()
    assert waiting(here, cem) == []


# ---- the pages ----


def accept(app):
    """An editor says yes; the key of the challenge that it became."""
    with app.test_request_context("/w/lombok/"), writing():
        draft = db.session.scalars(select(Contribution)).one()
        sending.say_yes(draft, draft.last, "an editor")
        return made_of(draft).key


def test_a_resident_sends_one_and_sees_how_it_stands(app, phone):
    assert OWN in phone.get("/w/lombok/challenges").text
    assert phone.post(f"{OWN}/new", data=FORM).status_code == 303
    page = phone.get(OWN).text
    assert "Groet drie ramen" in page
    assert "Een redacteur kijkt eerst" in page
    key = accept(app)
    assert f"/w/lombok/challenges/{key}" in phone.get(OWN).text
    assert OWN in phone.get("/w/lombok/me").text


def test_the_name_stands_there_only_when_ticked_follows_the_player_and_goes_with_a_tap(app, phone):
    phone.post(f"{OWN}/new", data=FORM)
    [key] = drafts(app)
    page = f"/w/lombok/challenges/{accept(app)}"
    assert 'Bedacht door <bdi translate="no">Blauwe Reiger</bdi>' in app.test_client().get(page).text
    phone.post("/w/lombok/me/name", data={"name": "Zilveren Meeuw"})
    assert "Zilveren Meeuw" in app.test_client().get(page).text
    assert phone.post(f"{OWN}/{key}/name").status_code == 303
    assert "Zilveren Meeuw" not in app.test_client().get(page).text


def test_without_the_tick_no_name_stands_there(app, phone):
    phone.post(f"{OWN}/new", data={name: value for name, value in FORM.items() if name != "named"})
    assert "Bedacht door" not in app.test_client().get(f"/w/lombok/challenges/{accept(app)}").text


def test_a_draft_is_for_its_maker_alone(app, phone):
    phone.post(f"{OWN}/new", data=FORM)
    [key] = drafts(app)
    other = phone_of(app, "Warme Sjaal")
    for device in (other, app.test_client()):
        assert "Groet drie ramen" not in device.get("/w/lombok/challenges").text
        for path in ("challenges", "together"):
            assert "Groet drie ramen" not in device.get(f"/w/lombok/{path}/{key}").text
    assert other.get(f"{OWN}/{key}").status_code == 404
    for act in ("", "/withdraw", "/name"):
        assert other.post(f"{OWN}/{key}{act}", data=FORM).status_code == 404
    assert other.post(f"/w/lombok/together/{key}", data={"without": "1"}).status_code == 410
    assert phone.post(f"{OWN}/{key}/withdraw").status_code == 303
    assert drafts(app) == []
    with app.app_context():
        assert db.session.scalars(select(Challenge).where(Challenge.maker.is_not(None))).all() == []


def test_it_may_be_written_in_another_language_and_unseen_signs_go(app, phone):
    title = "\u202eRamen\u0000 groeten\u200f"
    assert (
        phone.post(f"{OWN}/new", data={**FORM, "lang": "en", "title": title.replace("\x00", "\x07")}).status_code == 303
    )
    with app.app_context():
        assert list(queries.of_staff(1, "")) != []
        made = db.session.scalars(select(Contribution)).one()
        assert (made.last.language, made.last.content["title"]) == ("en", "Ramen groeten")


@pytest.mark.parametrize(
    "change", [{"title": ""}, {"text": ""}, {"text": "x" * 241}, {"title": "x" * 61}, {"lang": "tlh"}, {"lang": ""}]
)
def test_a_draft_without_words_or_with_too_many_is_refused_at_its_field(phone, change):
    answer = phone.post(f"{OWN}/new", data={**FORM, **change})
    assert answer.status_code == 422
    assert fault(answer.text, *change)


def test_saving_says_where_a_draft_is_how_it_stands(app, phone):
    sent = phone.post(f"{OWN}/new", data=FORM)
    assert told(phone, sent) == SENT
    [key] = drafts(app)
    assert told(phone, phone.post(f"{OWN}/{key}", data=FORM)) == SENT
    page = phone.get(phone.post(f"{OWN}/{key}", data=FORM).location).text
    assert page.index('id="said"') > page.index("<h1>")
    assert told(phone, phone.post(f"{OWN}/{key}/withdraw")) == "Gedaan. Je hebt die opdracht teruggehaald."


def drafts(app):
    with app.app_context():
        return db.session.scalars(select(Contribution.key)).all()


@pytest.mark.both
def test_a_form_with_a_draft_that_comes_twice_at_one_moment_makes_one(app, phone):
    sent = {**FORM, "client_key": key_in(phone.get(f"{OWN}/new").text)}
    assert twice_at_once(app, phone, f"{OWN}/new", sent) == [303, 303]
    assert len(drafts(app)) == 1
    accept(app)
    assert phone.post(f"{OWN}/new", data=sent).status_code == 303
    assert len(drafts(app)) == 1


@pytest.mark.parametrize("page", ["new", "key"])
def test_a_draft_that_comes_too_often_stays_in_its_form(guarded, clock, page):
    phone = at(guarded, "10.0.0.9")
    phone.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"})
    phone.post(f"{OWN}/new", data=FORM)
    address = f"{OWN}/{page if page == 'new' else drafts(guarded)[0]}"
    statuses = [phone.post(address, data={**FORM, "title": ""}).status_code for _time in range(39)]
    answer = phone.post(address, data={**FORM, "text": "Bewaar dit voor straks."})
    assert (set(statuses), answer.status_code) == ({422}, 429)
    assert "Bewaar dit voor straks." in answer.text
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("page", ["new", "key"])
def test_what_was_typed_stays_in_a_draft_that_is_refused(app, phone, page):
    phone.post(f"{OWN}/new", data=FORM)
    [key] = drafts(app)
    typed = {"lang": "en", "title": " ", "text": "Waar ik <lang> aan schreef.", "question": "Hoe dan?", "named": "1"}
    answer = phone.post(f"{OWN}/{page if page == 'new' else key}", data=typed)
    assert answer.status_code == 422
    assert fault(answer.text, "title") == "Geef de opdracht een titel."
    assert "Waar ik &lt;lang&gt; aan schreef." in answer.text
    assert 'value="Hoe dan?"' in answer.text
    assert 'value="en" lang="en" selected' in answer.text
    assert 'name="named" value="1" checked' in answer.text


def test_the_sixth_draft_of_a_day_is_refused_and_its_words_stay(phone):
    for number in range(5):
        assert phone.post(f"{OWN}/new", data={**FORM, "title": f"Groet {number} ramen"}).status_code == 303
    answer = phone.post(f"{OWN}/new", data={**FORM, "text": "Bewaar dit voor morgen."})
    assert answer.status_code == 409
    assert "Bewaar dit voor morgen." in answer.text


@pytest.mark.both
@pytest.mark.parametrize("act", ["", "/withdraw"])
def test_what_comes_in_while_an_editor_says_yes_changes_nothing_that_they_did_not_see(app, phone, act):
    phone.post(f"{OWN}/new", data=FORM)
    with app.app_context():
        sent = db.session.scalars(select(Contribution)).one()
        where, key, about = sent.neighbourhood_id, sent.key, ("draft", sent.desk_key)
        editor = db.session.scalars(select(Person).where(Person.name == "Stille Fiets")).unique().one().player_key
    with while_said(app, "good", where, about, editor):
        assert phone.post(f"{OWN}/{key}{act}", data={**FORM, "title": "Wat niemand zag"}).status_code == 404
    listed = app.test_client().get("/w/lombok/challenges").text
    assert "Groet drie ramen" in listed
    assert "Wat niemand zag" not in listed


@contextmanager
def while_said(app, verdict, where, about, editor):
    """What happens in the block comes in after an editor answered, and before that is kept."""
    answered = Event()

    def answer():
        with app.test_request_context("/w/lombok/"), writing():
            deciding.decide(where, *about, verdict, editor, Role.EDITOR)
            answered.set()
            time.sleep(0.5)

    with ThreadPoolExecutor(1) as pool:
        said = pool.submit(answer)
        assert answered.wait(10)
        yield
        said.result()
