"""Makers write challenges: what each kind asks, days, retiring, weeks, and what an editor sees first."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core import clock as now
from core.audit.models import AuditEntry
from core.database import db, writing
from core.guard import Role
from core.people.models import Person
from core.refusal import Refusal
from game.challenges import queries, service
from game.challenges.kinds import Together
from game.challenges.models import Challenge, State
from game.encounters import service as meeting
from tests import make
from tests.core.desk.test_pages import say
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, told, twice_at_once
from tests.game.challenges.test_drafts import while_said
from tests.game.encounters.test_races import at_once

MINE = "/w/lombok/staff/challenges"
WORDS = {
    "title-nl": "Ruil een plantje", "text-nl": "Geef een stekje.", "question-nl": "Wat groeit er bij jou?",
    "title-en": "Swap a plant", "text-en": "Give a cutting.", "question-en": "What grows at yours?",
}  # fmt: skip
TOGETHER = {"kind": "together", **WORDS, "marks": ["free", "indoor"], "faceless": "1"}


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        here, _season = make.world()
        with writing():
            db.session.add(make.spot(here))
    return app


@pytest.fixture
def maker(lombok):
    return join(lombok, Role.MAKER, "maker", "Rode Laars")


@pytest.fixture
def editor(lombok):
    device = join(lombok, Role.EDITOR, "editor", "Gele Schaar")
    with_code(device)
    return device


def kept(app, key="ruil-een-plantje"):
    with app.app_context():
        return db.session.scalar(
            select(Challenge).where(Challenge.key == key).execution_options(populate_existing=True)
        )


def acts(app):
    with app.app_context():
        return db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("challenge%"))).all()


def shown(app, key="ruil-een-plantje"):
    return app.test_client().get(f"/w/lombok/challenges/{key}").status_code == 200


def day(days):
    return (now.today() + timedelta(days=days)).isoformat()


def test_a_maker_puts_a_challenge_in_and_everybody_sees_it(lombok, maker):
    assert maker.post(f"{MINE}/new", data=TOGETHER).status_code == 303
    made = kept(lombok)
    assert (made.marks, made.faceless, made.by) == (["free", "indoor"], True, None)
    page = lombok.test_client().get("/w/lombok/challenges/ruil-een-plantje", headers={"Accept-Language": "en"})
    assert "Swap a plant" in page.text
    assert "Geef een stekje." in lombok.test_client().get("/w/lombok/challenges/ruil-een-plantje").text
    assert acts(lombok) == ["challenge.new"]


def test_looking_first_shows_the_card_in_both_languages_and_keeps_nothing(lombok, maker):
    page = maker.post(f"{MINE}/new", data={**TOGETHER, "see": "1"})
    assert page.status_code == 200
    assert page.text.count("buurt-card--awning") == 2
    for words in ("Ruil een plantje", "Swap a plant", "Samen op de foto", "A photo together"):
        assert words in page.text, words
    assert kept(lombok) is None
    assert 'value="Ruil een plantje"' in page.text


@pytest.mark.both
def test_a_name_that_a_maker_writes_while_an_editor_says_yes_waits_for_a_look(lombok, maker):
    maker.post(f"{MINE}/new", data={**TOGETHER, "names": "1"})
    with lombok.app_context():
        editor = db.session.scalars(select(Person).where(Person.name == "Stille Fiets")).unique().one().player_key
    with while_said(lombok, "good", 1, ("challenge", "1-ruil-een-plantje"), editor):
        named = {**TOGETHER, "names": "1", "text-nl": "Geef een stekje aan Riet."}
        assert maker.post(f"{MINE}/ruil-een-plantje", data=named).status_code == 303
    assert not shown(lombok)


def test_markup_is_never_interpreted(lombok, maker):
    maker.post(f"{MINE}/new", data={**TOGETHER, "title-nl": "<b>Ruil</b> {{ 7*7 }}", "text-nl": "<script>x</script>"})
    for page in (maker.get(MINE), lombok.test_client().get("/w/lombok/challenges/b-ruil-b-7-7")):
        assert "&lt;b&gt;Ruil&lt;/b&gt; {{ 7*7 }}" in page.text
        assert "<script>x" not in page.text


SITE = {"site-nl": "Welk dier staat er?", "answers-nl": "kikker, de kikkers"}


@pytest.mark.parametrize(
    ("at", "change"),
    [("title-nl", {"title-nl": ""}), ("text-nl", {"text-nl": " "}), ("title-nl", {"title-nl": "x" * 61}),
     ("text-en", {"text-en": "", "title-en": "Half"}), ("title-en", {"title-en": "", "text-en": ""}),
     ("first_day", {"first_day": "yesterday"}), ("last_day", {"first_day": "2026-07-02", "last_day": "2026-07-01"}),
     ("last_day", {"last_day": "9999-12-31"}), ("question-nl", {"kind": "talk", "question-nl": ""}),
     ("question-en", {"kind": "talk", "question-en": ""}), ("spot", {"kind": "find", **SITE}),
     ("spot", {"kind": "find", "spot": "elders", **SITE}), ("spot", {"spot": "elders"}),
     ("site-nl", {"kind": "find", "spot": "bank", **SITE, "site-nl": ""}),
     ("answers-nl", {"kind": "find", "spot": "bank", **SITE, "answers-nl": " , ! "}),
     ("answers-en", {"kind": "find", "spot": "bank", **SITE, "site-en": "Which animal?"}),
     ("by", {"by": "Hoer"}), ("by", {"by": "bel 0612345678"})],
)  # fmt: skip
def test_what_lacks_something_or_goes_too_far_is_refused_at_its_field_and_nothing_is_kept(lombok, maker, at, change):
    answer = maker.post(f"{MINE}/new", data={**TOGETHER, **change})
    assert answer.status_code == 422
    assert fault(answer.text, at)
    with lombok.app_context():
        assert db.session.scalar(select(func.count()).select_from(Challenge)) == 3


@pytest.mark.parametrize("page", ["new", "ruil-een-plantje"])
@pytest.mark.parametrize("see", [{}, {"see": "1"}])
def test_what_was_typed_stays_in_a_form_that_is_refused(lombok, maker, page, see):
    maker.post(f"{MINE}/new", data=TOGETHER)
    typed = {**TOGETHER, "text-nl": "Waar ik <lang> aan schreef.", "last_day": "morgen", **see}
    answer = maker.post(f"{MINE}/{page}", data=typed)
    assert answer.status_code == 422
    assert fault(answer.text, "last_day") == "Schrijf een dag als jaar-maand-dag, zoals 2027-03-01."
    assert "Waar ik &lt;lang&gt; aan schreef." in answer.text
    assert 'value="morgen"' in answer.text


def test_a_place_to_find_needs_its_place_and_a_question_and_the_answers_stay_here(lombok, maker):
    find = {**TOGETHER, "kind": "find", "spot": "bank"}
    assert maker.post(f"{MINE}/new", data=find).status_code == 422
    assert maker.post(f"{MINE}/new", data={**find, **SITE}).status_code == 303
    assert kept(lombok).on_site == {"nl": {"question": "Welk dier staat er?", "answers": ["kikker", "de kikkers"]}}
    assert "kikker" not in lombok.test_client().get("/w/lombok/challenges/ruil-een-plantje").text


def test_a_challenge_keeps_its_place_that_is_off_the_map_and_makers_read_why_it_is_not_there(lombok, maker):
    maker.post(f"{MINE}/new", data={**TOGETHER, "spot": "bank"})
    maker.post("/w/lombok/staff/spots/bank/remove")
    assert "De plek is van de kaart gehaald" in maker.get(MINE).text
    assert '<option value="bank" lang="nl" selected>' in maker.get(f"{MINE}/ruil-een-plantje").text
    maker.post(f"{MINE}/ruil-een-plantje", data={**TOGETHER, "spot": "bank", "text-nl": "Geef twee stekjes."})
    assert not shown(lombok)
    maker.post("/w/lombok/staff/spots/bank/restore")
    assert kept(lombok).texts["nl"]["text"] == "Geef twee stekjes."
    assert shown(lombok)
    assert "De plek is van de kaart gehaald" not in maker.get(MINE).text


def test_then_and_now_takes_one_of_our_pictures_only(lombok, maker):
    site = {"site-nl": "Welk nummer?", "answers-nl": "7", "picture-nl": "Een winkel", "picture-en": "A shop"}
    form = {**TOGETHER, **site, "kind": "then_now", "spot": "bank"}
    for file in ("../../wsgi.py", "mark.svg", ""):
        answer = maker.post(f"{MINE}/new", data={**form, "drawing": file})
        assert fault(answer.text, "drawing") == "Kies een van de plaatjes."
    assert maker.post(f"{MINE}/new", data={**form, "drawing": "then-shop.svg"}).status_code == 303
    assert kept(lombok).texts["nl"]["picture"] == "Een winkel"


def test_outside_its_days_it_is_not_shown_and_not_handed_in(lombok, maker, clock):
    maker.post(f"{MINE}/new", data={**TOGETHER, "first_day": day(1), "last_day": day(2)})
    seen = []
    for _day in range(4):
        seen.append(shown(lombok))
        with lombok.app_context():
            listed = [one.key for one in queries.of(1)]
        assert ("ruil-een-plantje" in listed) == seen[-1]
        assert (maker.get("/w/lombok/together/ruil-een-plantje").status_code == 200) == seen[-1]
        clock.advance(days=1)
    assert seen == [False, True, True, False]


def test_what_was_done_in_time_without_network_is_handed_in_late(here, amina, bram, bench, clock):
    made_at = now.now()
    bench.last_day = now.today()
    clock.advance(days=2)
    with pytest.raises(Refusal):
        meeting.hand_in(amina, bench, None, "now", bram)
    late = meeting.hand_in(amina, bench, None, "late", bram, made_at=made_at)
    assert late.challenge_id == bench.id


def test_a_retired_challenge_is_not_offered_keeps_its_meetings_and_comes_back(lombok, maker, clock):
    with lombok.app_context(), writing():
        bench = db.session.scalars(select(Challenge).where(Challenge.key == "bench")).one()
        one, other = db.session.scalars(select(make.Person).order_by(make.Person.id).limit(2)).unique()
        key = make.confirmed(one, other, bench).key
    assert maker.post(f"{MINE}/bench/retire").status_code == 303
    assert not shown(lombok, "bench")
    with lombok.app_context():
        assert db.session.scalar(select(meeting.Encounter).where(meeting.Encounter.key == key)).challenge.key == "bench"
        assert service.load_pack(1, "everyday", {}) > 0
        assert "bench" not in [one.key for one in queries.of(1)]
    maker.post(f"{MINE}/bench/restore")
    assert shown(lombok, "bench")
    assert acts(lombok) == ["challenge.retire", "challenge.restore"]


@pytest.mark.parametrize("naming", [{"by": "Oma Riet"}, {"names": "1"}])
def test_what_names_somebody_waits_for_another_editor_never_for_its_maker(lombok, editor, naming):
    editor.post(f"{MINE}/new", data={**TOGETHER, **naming})
    assert not shown(lombok)
    assert "Ruil een plantje" not in editor.get("/w/lombok/desk/").text
    answer = editor.post("/w/lombok/desk/challenge/1-ruil-een-plantje", data={"verdict": "good"})
    assert answer.status_code == 403
    assert not shown(lombok)
    other = join(lombok, Role.EDITOR, "other", "Groene Fiets")
    with_code(other)
    assert say(other, "challenge", "1-ruil-een-plantje", verdict="good").status_code == 303
    assert shown(lombok)


def test_writing_waiting_words_anew_does_not_slip_past_the_editors(lombok, editor):
    editor.post(f"{MINE}/new", data={**TOGETHER, "by": "Oma Riet"})
    editor.post(f"{MINE}/ruil-een-plantje", data=TOGETHER)
    assert not shown(lombok)
    assert kept(lombok).state == State.DRAFT


def test_what_came_back_waits_again_once_its_maker_wrote_it_anew(lombok, maker, editor, clock):
    maker.post(f"{MINE}/new", data={**TOGETHER, "by": "Oma Riet"})
    back = say(editor, "challenge", "1-ruil-een-plantje", verdict="back", reason="unclear")
    assert back.status_code == 303
    assert "Ruil een plantje" not in editor.get("/w/lombok/desk/").text
    clock.advance(minutes=5)
    maker.post(f"{MINE}/ruil-een-plantje", data=TOGETHER)
    assert "Ruil een plantje" in editor.get("/w/lombok/desk/").text


def test_a_name_added_later_takes_a_challenge_out_of_sight_until_a_look_and_its_days_do_not(lombok, maker):
    maker.post(f"{MINE}/new", data=TOGETHER)
    maker.post(f"{MINE}/ruil-een-plantje", data={**TOGETHER, "last_day": day(9)})
    assert shown(lombok)
    maker.post(f"{MINE}/ruil-een-plantje", data={**TOGETHER, "by": "Oma Riet"})
    assert not shown(lombok)


def test_a_maker_sees_nothing_of_what_others_let_wait(lombok, editor, maker):
    editor.post(f"{MINE}/new", data={**TOGETHER, "by": "Oma Riet"})
    assert "Ruil een plantje" not in maker.get(MINE).text
    for path in ("", "/retire", "/restore"):
        assert maker.post(f"{MINE}/ruil-een-plantje{path}", data=TOGETHER).status_code == 404
    assert maker.get(f"{MINE}/ruil-een-plantje").status_code == 404
    assert "Ruil" not in maker.get(f"{MINE}.csv").text


def test_what_an_editor_took_away_a_maker_does_not_bring_back(lombok, editor, maker):
    lombok.test_client().post("/w/lombok/report/challenge/1-bench", data={"reason": "threat"})
    assert shown(lombok, "bench")  # a report alone empties no list of packs
    assert say(editor, "challenge", "1-bench", verdict="away", reason="hurtful").status_code == 303
    assert not shown(lombok, "bench")
    for page in (maker.get(MINE).text, maker.get(f"{MINE}?retired=bench").text):
        assert "Een redacteur haalde dit weg." in page
        assert f"{MINE}/bench/restore" not in page, "a way back that can only refuse"
    answer = maker.post(f"{MINE}/bench/restore")
    assert answer.status_code == 403
    assert 'role="alert"><svg' in answer.text.replace("\n", "")
    assert f'href="{MINE}/new"' in answer.text, "the list itself"
    assert not shown(lombok, "bench")


def test_what_was_just_retired_has_its_way_back_on_the_page_and_later_in_the_list(lombok, maker):
    answer = maker.post(f"{MINE}/bench/retire", follow_redirects=True)
    assert answer.text.count(f'action="{MINE}/bench/restore"') == 2
    assert "<undo-moment" in answer.text
    later = maker.get(MINE).text
    assert later.count(f'action="{MINE}/bench/restore"') == 1
    assert "<undo-moment" not in later
    assert "<undo-moment" not in maker.get(f"{MINE}?retired=bike").text
    maker.post(f"{MINE}/bench/restore")
    assert "<undo-moment" not in maker.get(f"{MINE}?retired=bench").text
    assert shown(lombok, "bench")


@pytest.mark.both
def test_makers_who_save_the_same_title_at_one_moment_each_get_a_challenge(app, here, amina):
    here_id, maker = here.id, amina.player_key
    db.session.rollback()
    fields = {"texts": make.TEXTS, "marks": [], "faceless": True, "by": None}
    at_once(app, [lambda: service.make(here_id, Together, dict(fields), maker, False)] * 8)
    made = db.session.scalars(select(Challenge.key).where(Challenge.maker == maker)).all()
    base = "trek-dezelfde-kleur-aan"
    assert sorted(made) == sorted([base, *(f"{base}-{number}" for number in range(2, 9))])


@pytest.mark.both
def test_makers_who_put_the_pack_in_at_one_moment_put_it_in_once(app, here):
    here_id = here.id
    db.session.rollback()
    at_once(app, [lambda: service.load_pack(here_id, "everyday", {})] * 4)
    assert len(queries.keys(here_id)) == 3 + len(service.read_pack("everyday"))


# ---- the challenge of the week ----


def test_saving_says_at_the_challenge_what_players_see_of_it(lombok, maker):
    seen = "Bewaard. Spelers zien deze opdracht nu."
    assert told(maker, maker.post(f"{MINE}/new", data=TOGETHER)) == seen
    one = f"{MINE}/ruil-een-plantje"
    page = maker.get(maker.post(one, data=TOGETHER).location).text
    item = page[: page.index('id="said"')].rpartition("<li ")[0]
    assert f'href="{one}"' in page[len(item) :].partition("</li>")[0]
    later = told(maker, maker.post(one, data={**TOGETHER, "first_day": day(9)}))
    assert later == "Bewaard. Spelers zien deze opdracht nu niet. In de lijst staat waarom."
    waits = told(maker, maker.post(one, data={**TOGETHER, "by": "Oma Riet"}))
    assert waits == "Bewaard. Een redacteur kijkt eerst. Daarna zien spelers deze opdracht."
    maker.post(f"{MINE}/bench/retire")
    assert told(maker, maker.post(f"{MINE}/bench/restore")) == seen


def test_who_put_the_pack_in_reads_that_it_is_and_twice_is_one_act(lombok, maker):
    for _time in range(2):
        said = told(maker, maker.post("/w/lombok/staff/pack"))
        assert said == "Bewaard. De opdrachten voor elke dag staan in de lijst."
    assert acts(lombok) == ["challenges.pack"]


def choose(device, weeks):
    return device.post("/w/lombok/staff/weeks", data={monday.isoformat(): key for monday, key in weeks.items()})


def test_a_week_has_the_challenge_that_was_chosen_from_monday_to_sunday_in_amsterdam(lombok, maker, clock):
    monday = now.week_of(now.today())
    assert choose(maker, {monday + timedelta(weeks=1): "bike"}).status_code == 303
    seen = []
    clock.set(now.now().replace(hour=21, minute=59) - timedelta(days=now.today().weekday() - 6))  # Sunday 23.59
    for _step in range(2):
        page = lombok.test_client().get("/w/lombok/").text
        seen.append("Opdracht van de week" in page)
        clock.advance(minutes=2)
    assert seen == [False, True]
    with lombok.app_context():
        assert queries.todays(1, now.today()).challenge.key == "bike"
        assert queries.todays(1, now.today() + timedelta(days=6)).is_weeks
        assert not queries.todays(1, now.today() + timedelta(days=7)).is_weeks
    assert acts(lombok) == ["challenge.week"]


def test_the_running_week_is_chosen_once_and_later_ones_until_they_begin(lombok, maker):
    monday = now.week_of(now.today())
    assert choose(maker, {monday: "bike"}).status_code == 303
    for key in ("bench", ""):
        assert choose(maker, {monday: key}).status_code == 409
    coming = monday + timedelta(weeks=2)
    for key in ("bike", "bench", ""):
        assert choose(maker, {coming: key}).status_code == 303
    with lombok.app_context():
        assert queries.weeks(1, coming, 1) == [(coming, None)]
        assert queries.weeks(1, monday, 1)[0][1].key == "bike"


def test_a_challenge_that_is_not_there_all_week_is_refused_and_a_retired_one_gives_way(lombok, maker):
    monday = now.week_of(now.today())
    maker.post(f"{MINE}/new", data={**TOGETHER, "last_day": (monday + timedelta(days=5)).isoformat()})
    assert choose(maker, {monday: "ruil-een-plantje"}).status_code in (400, 422)
    assert choose(maker, {monday: "no-such"}).status_code in (400, 422)
    choose(maker, {monday: "bike"})
    maker.post(f"{MINE}/bike/retire")
    with lombok.app_context():
        assert not queries.todays(1, now.today()).is_weeks


def test_who_chooses_for_the_running_week_reads_that_it_stays(lombok, maker):
    said = "Voor deze week kies je één keer."
    assert maker.get("/w/lombok/staff/weeks").text.count(said) == 1
    choose(maker, {now.week_of(now.today()): "bike"})
    assert said not in maker.get("/w/lombok/staff/weeks").text


def test_who_saved_the_weeks_reads_that_they_are(lombok, maker):
    coming = now.week_of(now.today()) + timedelta(weeks=1)
    assert told(maker, choose(maker, {coming: "bike"})) == "Deze weken zijn bewaard."
    assert "Deze weken zijn bewaard." not in maker.get("/w/lombok/staff/weeks").text


def test_weeks_that_a_maker_left_as_they_were_stay_as_another_maker_chose_them(lombok, maker):
    monday = now.week_of(now.today())
    first, second = ((monday + timedelta(weeks=number)).isoformat() for number in (1, 2))
    shown = {first: "", f"was-{first}": "", second: "", f"was-{second}": ""}  # the page that two makers have open
    page = maker.get("/w/lombok/staff/weeks").text
    assert all(f'name="was-{day}" type="hidden" value=""' in page for day in (first, second))
    for changed in ({first: "bike"}, {second: "bench"}):
        assert maker.post("/w/lombok/staff/weeks", data=shown | changed).status_code == 303
    with lombok.app_context():
        assert [one.key for _monday, one in queries.weeks(1, monday + timedelta(weeks=1), 2)] == ["bike", "bench"]


def test_what_was_chosen_stays_in_the_form_where_one_of_the_weeks_is_refused(lombok, maker):
    first, second = (now.week_of(now.today()) + timedelta(weeks=number) for number in (1, 2))
    answer = choose(maker, {first: "no-such", second: "bike"})
    assert answer.status_code == 422
    assert "Die opdracht loopt niet de hele week." in fault(answer.text, f"week-{first}")
    line = answer.text.partition(f'id="week-{second}"')[2].partition("</select>")[0]
    assert 'value="bike" lang="nl" selected' in line


def test_the_running_week_gets_another_once_its_own_is_no_longer_offered(lombok, maker):
    monday = now.week_of(now.today())
    choose(maker, {monday: "bike"})
    maker.post(f"{MINE}/bike/retire")
    assert f'<select class="buurt-input" id="week-{monday}"' in maker.get("/w/lombok/staff/weeks").text
    assert choose(maker, {monday: "bench"}).status_code == 303
    with lombok.app_context():
        assert queries.todays(1, now.today()) == (queries.by_key(1, "bench"), True)
    assert choose(maker, {monday: "colour"}).status_code == 409


@pytest.mark.both
@pytest.mark.parametrize("key", ["bike", ""])
def test_weeks_that_come_twice_at_one_moment_are_chosen_once(lombok, maker, key):
    coming = now.week_of(now.today()) + timedelta(weeks=1)
    choose(maker, {coming: "bench"})
    assert twice_at_once(lombok, maker, "/w/lombok/staff/weeks", {f"{coming}": key}) == [303, 303]
    with lombok.app_context():
        [(_monday, chosen)] = queries.weeks(1, coming, 1)
        assert (chosen.key if chosen else "") == key


@pytest.mark.both
def test_a_week_is_chosen_anew_without_a_second_row(here, bench, bike):
    monday = now.week_of(date(2026, 7, 1))
    for one in (bench, bike, bike):
        service.choose_week(here.id, monday, one.key)
    assert queries.weeks(here.id, monday, 1) == [(monday, bike)]


# ---- tables ----


def rows(answer):
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))


def test_places_and_challenges_come_as_tables_without_persons(lombok, maker, editor):
    maker.post(f"{MINE}/new", data={**TOGETHER, "title-nl": "=HYPERLINK(1)"})
    editor.post(f"{MINE}/new", data={**TOGETHER, "by": "Oma Riet"})
    editor.post("/w/lombok/desk/challenge/1-ruil-een-plantje", data={"verdict": "good"})
    answer = maker.get(f"{MINE}.csv")
    assert {"colour", "bench", "bike"} < {row["key"] for row in rows(answer)}
    assert "'=HYPERLINK(1)" in {row["title nl"] for row in rows(answer)}
    assert "Oma Riet" not in answer.text
    assert [row["name"] for row in rows(maker.get("/w/lombok/staff/spots.csv"))] == ["Bank"]
    for path in (f"{MINE}.csv", "/w/lombok/staff/spots.csv"):
        assert lombok.test_client().get(path).status_code in (303, 401)


def test_a_pack_about_something_is_offered_by_name_and_comes_in_under_its_theme(lombok, maker):
    page = maker.get("/w/lombok/staff/pack?pack=past").text
    assert "Ons verleden" in page
    assert "Wat is hier het oudst?" in page
    said = told(maker, maker.post("/w/lombok/staff/pack", data={"pack": "past"}))
    assert said == "Bewaard. Deze opdrachten staan in de lijst."
    assert maker.get("/w/lombok/staff/pack?pack=past").text.count("buurt-mark--done") >= 20
    offered = maker.get("/w/lombok/challenges?theme=ons-verleden").text
    assert "Wat is hier het oudst?" in offered
    assert maker.get("/w/lombok/staff/pack?pack=kanterhoek").status_code == 404  # of one neighbourhood
    assert maker.post("/w/lombok/staff/pack", data={"pack": "../packs/past"}).status_code == 404


LOOK = {
    "kind": "look", "title-nl": "Tel de bankjes", "text-nl": "Kijk rond.", "question-nl": "Welke zag je?",
    "answer": "choice", "options-nl": "rood, groen", "from_hour": "9", "until_hour": "21",
}  # fmt: skip


def test_a_challenge_to_look_has_answers_to_choose_from_and_hours(lombok, maker):
    assert maker.post(f"{MINE}/new", data=LOOK).status_code == 303
    page = maker.get("/w/lombok/challenges/tel-de-bankjes").text
    assert 'value="groen"' in page
    assert "van 9 tot 21" in page
    form = maker.get(f"{MINE}/tel-de-bankjes").text
    assert 'value="rood, groen"' in form
    [row] = [row for row in rows(maker.get(f"{MINE}.csv")) if row["key"] == "tel-de-bankjes"]
    said = [row[name] for name in ("answer", "to choose from nl", "from hour", "until hour")]
    assert said == ["choice", "rood, groen", "9", "21"]
    assert re.search(r'<option value="21"\s+selected', form)


@pytest.mark.parametrize(
    "wrong", [{"answer": ""}, {"answer": "guess"}, {"options-nl": "rood"}, {"options-nl": "rood, rood"},
              {"until_hour": "8"}, {"until_hour": "25"},
              {"title-en": "Count", "text-en": "Look.", "question-en": "Which?", "options-en": "red, green, blue"},
              {"title-en": "Count", "text-en": "Look.", "question-en": "Which?"}],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_not_kept(lombok, maker, wrong):
    assert maker.post(f"{MINE}/new", data={**LOOK, **wrong}).status_code == 422
    assert not shown(lombok, "tel-de-bankjes")
