"""The survey: answers that are nobody's, nothing before it is closed, nothing below ten, and the same ever after."""

import random
import re
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DatabaseError

from core import clock as time
from core import codes
from core.audit.models import AuditEntry
from core.database import Model, db, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from core.once import SentForm
from core.refusal import Refusal
from core.survey import queries, service, views
from core.survey.forms import PaperForm
from core.survey.items import ANSWERS, ITEMS, worth
from core.survey.models import Moment, SentSheet, Tally, Wave, WaveMean
from tests import make
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, told, twice_at_once, typed, words

pytestmark = pytest.mark.both
AT, RESULTS, STAFF = "/w/lombok/survey", "/w/lombok/survey/results", "/w/lombok/staff/survey"
FULL = dict.fromkeys(ITEMS, 4)
LINK = "Vul de vragenlijst in"


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
    return app


@pytest.fixture
def wave(lombok) -> str:
    """The key of a wave that is open."""
    with lombok.app_context(), writing():
        return service.open_wave(neighbourhoods.by_slug("lombok").id, Moment.BEFORE).key


def fill_in(app, sheets) -> None:
    with app.app_context(), writing():
        service.fill_in(queries.open_now(neighbourhoods.by_slug("lombok").id), codes.new_key(), sheets)


def close(app) -> None:
    with app.app_context(), writing():
        service.close(queries.open_now(neighbourhoods.by_slug("lombok").id))


def outcomes(app) -> dict[str, tuple[int, int]]:
    with app.app_context():
        return {one.item: (one.tenths, one.answers) for one in db.session.scalars(select(WaveMean))}


def cells(app) -> dict[tuple[str, int], int]:
    with app.app_context():
        return {(one.item, one.value): one.many for one in db.session.scalars(select(Tally))}


def tallied(app) -> dict[tuple[str, int], int]:
    return {cell: many for cell, many in cells(app).items() if many}


def everything(app) -> dict[str, list[str]]:
    with app.app_context():
        tables = Model.metadata.sorted_tables
        return {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in tables}


def send(device, key: str, **ticked: str):
    return device.post(f"{AT}/{key}", data={"client_key": key_in(device.get(AT).text), **ticked})


def send_late(app, key: str):
    return app.test_client().post(f"{AT}/{key}", data={"contact": "1"})


def player(app):
    device = app.test_client()
    device.post("/w/lombok/join", data={"name": "Rode Laars", "age": "adult"})
    return device


def host(app):
    return join(app, Role.HOST, "farid", "Gulle Theepot")


def coordinator(app):
    device = join(app, Role.COORDINATOR, "cora", "Vroege Merel")
    with_code(device)
    return device


def test_an_answer_is_a_wave_an_item_a_value_and_how_often_and_nothing_else(lombok):
    columns = {table: set(Model.metadata.tables[table].c.keys()) for table in ("survey_answer", "survey_sent")}
    assert columns == {"survey_answer": {"wave_id", "item", "value", "many"}, "survey_sent": {"wave_id", "twin"}}
    with lombok.app_context():
        for table, names in columns.items():
            assert {one["name"] for one in inspect(db.engine).get_columns(table)} == names
            if db.engine.dialect.name == "sqlite":  # nor a hidden counting number: it is sorted by what it says
                with pytest.raises(DatabaseError, match="no such column"):
                    db.session.execute(text(f"SELECT rowid FROM {table}"))


def test_filling_in_adds_up_and_no_row_says_by_its_order_or_its_transaction_who_was_last(lombok, wave):
    before = cells(lombok)
    assert len(before) == len(ITEMS) * len(ANSWERS)
    fill_in(lombok, [{"contact": 5, "hardly": 1}])
    fill_in(lombok, [{"contact": 5}])
    assert tallied(lombok) == {("contact", 5): 2, ("hardly", 1): 1}
    assert cells(lombok).keys() == before.keys()
    with lombok.app_context():
        if db.engine.dialect.name == "postgresql":
            wrote = set(db.session.scalars(text("SELECT xmin::text FROM survey_answer")))
            assert len(wrote) == 1  # every row was written by the last sheet, whatever it said


def test_a_visitor_and_a_player_fill_it_in_and_no_other_table_learns_of_it(lombok, wave):
    devices = (lombok.test_client(), player(lombok))
    for device in devices:
        device.get("/w/lombok/")
    before = everything(lombok)
    for device in devices:
        answer = send(device, wave, contact="5", hardly="2")
        assert told(device, answer).startswith("Dank je wel. Je antwoorden tellen mee")
    changed = {name for name, rows in everything(lombok).items() if rows != before[name]}
    assert changed == {"survey_answer", "survey_sent"}
    assert tallied(lombok) == {("contact", 5): 2, ("hardly", 2): 2}


def test_the_same_form_counts_once_also_changed_and_without_a_time(lombok, wave):
    device = lombok.test_client()
    data = {"client_key": key_in(device.get(AT).text), "contact": "5"}
    assert twice_at_once(lombok, device, f"{AT}/{wave}", data) == [303, 303]
    assert device.post(f"{AT}/{wave}", data={**data, "contact": "1"}).status_code == 303  # back, and mended: too late
    assert tallied(lombok) == {("contact", 5): 1}
    with lombok.app_context():
        assert db.session.scalars(select(SentForm)).all() == []  # that one knows a moment
        assert len(db.session.scalars(select(SentSheet.twin)).all()) == 1
    for _time in range(2):  # whoever sends no key at all is counted each time
        device.post(f"{AT}/{wave}", data={"contact": "2"})
    assert tallied(lombok) == {("contact", 5): 1, ("contact", 2): 2}


def test_nothing_of_it_is_anywhere_until_it_is_closed(lombok, wave):
    devices = (lombok.test_client(), player(lombok), coordinator(lombok))
    places = (AT, RESULTS, STAFF, f"{STAFF}/{wave}/sheets", f"{STAFF}/paper", "/w/lombok/", "/w/lombok/happening",
              "/w/lombok/staff/", "/w/lombok/happening/feed.xml", "/w/lombok/happening/calendar.ics")  # fmt: skip
    by_lot = re.compile(r'value="[a-z2-7]{26}"')
    for device in devices:
        device.get("/w/lombok/")  # shows that it holds its new cookie
    worlds = []
    for sheets in ([], [FULL] * 12, [{**FULL, "contact": 1}]):  # twelve more; and one that says something else
        if sheets:
            fill_in(lombok, sheets)
        worlds.append([by_lot.sub("", device.get(place).text) for device in devices for place in places])
    assert worlds[0] == worlds[1] == worlds[2]
    assert outcomes(lombok) == {}


def test_one_answer_moves_the_mean_of_its_statement_alone_once_it_is_closed(lombok, wave):
    fill_in(lombok, [FULL] * 12)
    fill_in(lombok, [{**FULL, "contact": 1}])
    close(lombok)
    came = outcomes(lombok)
    assert came.pop("contact") == (38, 13)  # 49 / 13 = 3.77
    assert came.pop("hardly") == (20, 13)
    assert set(came.values()) == {(40, 13)}


def test_below_ten_nothing_is_said_and_nine_look_like_none(lombok, wave):
    fill_in(lombok, [{"contact": 3}] * 10)
    fill_in(lombok, [{"pleasant": 3}] * 9)
    close(lombok)
    assert outcomes(lombok) == {"contact": (30, 10)}
    cards = lombok.test_client().get(RESULTS).text.split('<section class="buurt-card')[1:]
    said = dict(zip(ITEMS, (words(card.partition("<ul")[2].partition("</ul")[0]) for card in cards), strict=True))
    assert "3,0 10 antwoorden" in said["contact"]
    assert "minder dan 10 antwoorden" in said["pleasant"]
    assert said["pleasant"] == said["helping"]


def test_a_reversed_statement_is_turned_around_and_half_a_tenth_goes_up(lombok, wave):
    fill_in(lombok, [{"hardly": 5, "contact": 5}] * 9 + [{"hardly": 1, "contact": 2}])
    close(lombok)
    assert outcomes(lombok) == {"hardly": (14, 10), "contact": (47, 10)}
    assert [worth("hardly", value) for value in ANSWERS] == [1, 2, 3, 4, 5]
    for total, many, tenths in ((35, 20, 18), (34, 20, 17), (10, 10, 10), (50, 10, 50)):
        assert service._tenths(total, many) == tenths  # 1.75 goes up


def test_the_means_are_those_of_a_slow_count_whatever_was_sent_in_whatever_order(lombok, wave):
    lot = random.Random(17)
    sheets = [{item: lot.randint(1, 5) for item in ITEMS if lot.random() < 0.8} or {"contact": 3} for _ in range(40)]
    for start in range(0, 40, 8):
        fill_in(lombok, sheets[start : start + 8])
    close(lombok)
    for item, (tenths, many) in outcomes(lombok).items():
        given = [6 - sheet[item] if item == "hardly" else sheet[item] for sheet in sheets if item in sheet]
        assert many == len(given)
        assert abs(tenths / 10 - sum(given) / many) <= 0.05 + 1e-9


def test_what_it_came_to_stays_and_what_was_answered_goes(lombok, wave, clock):
    fill_in(lombok, [FULL] * 11)
    close(lombok)
    with lombok.app_context():
        assert db.session.scalars(select(Tally)).all() == []
        assert db.session.scalars(select(SentSheet)).all() == []
        for again in (lambda old: service.fill_in(old, codes.new_key(), [FULL]), service.close):
            with pytest.raises(Refusal), writing():
                again(db.session.scalars(select(Wave)).one())
    page = lombok.test_client().get(RESULTS).text
    assert send_late(lombok, wave).status_code == 410
    clock.set(time.now() + timedelta(days=60))
    assert words(lombok.test_client().get(RESULTS).text) == words(page)


def test_one_wave_at_a_time_and_a_form_of_the_one_before_does_not_count_in_the_next(lombok, wave):
    with lombok.app_context():
        here = neighbourhoods.by_slug("lombok").id
        with pytest.raises(Refusal), writing():
            service.open_wave(here, Moment.AFTER)
    close(lombok)
    with lombok.app_context(), writing():
        service.open_wave(here, Moment.AFTER)
    assert send_late(lombok, wave).status_code == 410
    assert tallied(lombok) == {}


def test_a_coordinator_opens_and_closes_it_and_home_says_so_meanwhile(lombok):
    lead, visitor = coordinator(lombok), lombok.test_client()
    assert LINK not in visitor.get("/w/lombok/").text
    form = {"moment": "before", "client_key": key_in(lead.get(STAFF).text)}
    assert twice_at_once(lombok, lead, STAFF, form) == [303, 303]
    for page in ("/w/lombok/", RESULTS):
        assert LINK in visitor.get(page).text
    assert "De vragenlijst" in visitor.get("/w/lombok/happening").text
    with lombok.app_context():
        (key,) = db.session.scalars(select(Wave.key))
    assert lead.post(f"{STAFF}/{key}/close").status_code == 303
    assert LINK not in visitor.get("/w/lombok/").text
    assert "De vragenlijst is gesloten" in visitor.get(AT).text
    with lombok.app_context():
        acts = db.session.execute(select(AuditEntry.action, AuditEntry.role, AuditEntry.about).order_by(AuditEntry.id))
        mine = [tuple(act) for act in acts if act[0].startswith("survey.")]
    assert mine == [("survey.open", "coordinator", key), ("survey.close", "coordinator", key)]


def test_a_host_types_and_prints_and_neither_opens_nor_closes(lombok, wave):
    device = host(lombok)
    assert "4435-42" in device.get(f"{STAFF}/{wave}/sheets").text
    assert device.get(f"{STAFF}/paper").status_code == 200
    assert device.post(STAFF, data={"moment": "after"}).status_code == 403
    assert device.post(f"{STAFF}/{wave}/close").status_code == 403
    assert "Sluit de vragenlijst" not in device.get(STAFF).text
    for role in (Role.MAKER, Role.TEACHER):
        assert join(lombok, role, str(role), f"Lid {role}").get(STAFF).status_code == 403


def test_paper_comes_in_five_or_more_added_up_and_the_log_says_no_number(lombok, wave):
    device, at = host(lombok), f"{STAFF}/{wave}/sheets"

    def type_in(lines: str):
        return device.post(at, data={"lines": lines, "client_key": key_in(device.get(at).text)})

    signs = "klopt niet: 7 tekens, elk 1 tot 5 of een streepje."
    for lines, sentence in (
        ("", "Typ een regel voor elk vel."),
        ("4444444\n" * 4, "Wacht tot er 5 vellen of meer zijn."),
        ("4444444\n4444\n" + "4444444\n" * 4, f"Vel 2 {signs}"),
        ("4444446\n" * 5, f"Vel 1 {signs}"),
        ("44444444\n" * 5, f"Vel 1 {signs}"),
        ("4444444\n" * 4 + "-------", "Laat vellen weg waarop niets is aangekruist."),
        ("4444444\n" * 101, "Hoogstens 100 vellen in één keer."),
    ):
        page = type_in(lines).text
        assert fault(page, "lines") == sentence
        assert typed(page, "lines").split() == lines.split()
    assert tallied(lombok) == {}
    assert type_in("44 44 444\n5-5-5-5\n\n1111111\n1111111\n1111111").status_code == 303
    assert tallied(lombok)["contact", 1] == 3
    assert tallied(lombok)["pleasant", 4] == 1
    assert sum(tallied(lombok).values()) == 7 + 4 + 21
    with lombok.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "survey.enter")).one()
        assert (entry.about, entry.reason) == (wave, None)


def test_two_orders_of_one_batch_leave_the_same_rows(lombok, wave):
    lines, kept = ["4433433", "1234512", "55-5544", "2222222", "3-3-3-3"], []
    for order in (lines, lines[::-1]):
        before = Counter(cells(lombok))
        fill_in(lombok, PaperForm(data={"lines": "\n".join(order)}).sheets)
        kept.append(Counter(cells(lombok)) - before)
    assert kept[0] == kept[1]
    assert kept[0].total() == 7 + 7 + 6 + 7 + 4


def test_hostile_answers_count_for_nothing(lombok, wave):
    device = lombok.test_client()
    for ticked in ({}, {"contact": "6"}, {"contact": "0"}, {"contact": "5 "}, {"contact": "<b>"}, {"nothing": "5"},
                   {"contact": "-1"}, {"contact": "٥"}, {"contact": "5' OR 1=1"}):  # fmt: skip
        assert send(device, wave, **ticked).status_code == 422, ticked
    assert "Kruis ten minste één antwoord aan." in send(device, wave).text
    page = send(device, wave, contact="9", hardly="2").text
    assert re.search(r'name="hardly" value="2" checked', page)  # what was ticked stays
    assert device.post(f"{AT}/{'a' * 26}", data={"contact": "5"}).status_code == 404
    assert tallied(lombok) == {}
    assert device.post(f"{AT}/{wave}", data={"client_key": "x" * 5000, "contact": "5"}).status_code == 303
    assert tallied(lombok) == {("contact", 5): 1}


def test_the_page_says_the_scales_words_names_its_sources_and_calls_it_no_score(lombok, wave):
    page = words(lombok.test_client().get(AT).text)
    for said in (
        "Ik heb veel contact met andere buurtbewoners.", "Mensen kennen elkaar in deze buurt nauwelijks.",
        "De mensen in deze buurt gaan veel met elkaar om.", "Niet mee eens, maar ook niet mee oneens",
        "Centraal Bureau voor de Statistiek", "Gemeente Utrecht", "Wie wilde, vulde in",
    ):  # fmt: skip
        assert said in page
    fill_in(lombok, [FULL] * 10)
    close(lombok)
    for said in (page, words(lombok.test_client().get(RESULTS).text)):
        assert not re.search("rapportcijfer|score|bevolkingssamenstelling", said, re.I)


def test_so_many_from_one_address_which_is_kept_nowhere(lombok, wave, monkeypatch):
    asked = []
    monkeypatch.setattr(views.limits, "spend", asked.extend)
    send(lombok.test_client(), wave, contact="5")
    ((most, what, who),) = asked
    assert (str(most), what) == ("60 per 1 hour", "survey")
    assert re.fullmatch("[0-9a-f]{64}", who)
