"""A theme table: three to eight people, and a summary that nobody else reads before all of them signed it."""

import pytest
from sqlalchemy import select

from core.codes import new_key
from core.database import db, writing
from core.neighbourhoods import queries as neighbourhoods
from game.dialogues.models_talk import Talk
from game.dialogues.personal_data import TALKS
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.game.dialogues.talking import AMINA, AT, JOOST, Scene, appoint, rows_with

pytestmark = pytest.mark.both
SUMMARY = "Een bank zonder leuning zit niet"


def laid(app, guests: int = 2) -> tuple[Scene, list]:
    """A table that Joost laid, and the phones of those who sit there; his comes first."""
    appoint(app)
    joost = phone_of(app, JOOST)
    form = {"spot": "bank", "card": "one-metre", "client_key": new_key()}
    made = [joost.post(f"{AT}/tables/new", data=form) for _time in range(2)]
    assert made[0].location == made[1].location
    with app.app_context():
        key = db.session.scalars(select(Talk.key)).one()
    phones = [joost, *(phone_of(app, name) for name in (AMINA, "Stille Fiets", "Ronde Deur")[:guests])]
    for phone in phones[1:]:
        for _time in range(2):
            assert phone.post(f"{AT}/tables/{key}/join").status_code == 303
    return Scene(app, "", joost, phones[-1], app.test_client(), key), phones


def page(one: Scene, phone) -> str:
    return one.page(phone, f"/tables/{one.talk}")


def send(one: Scene, phone, what: str, said: str = ""):
    seen = one.app.app_context
    with seen():
        insight = db.session.scalars(select(Talk)).one().insight
        hash_ = insight.hash if insight else ""
    form = {"words": said, "seen": hash_, "client_key": new_key()}
    return phone.post(f"{AT}/talks/{one.talk}/{what}", data=form)


def test_it_is_read_once_all_signed_and_by_no_other_before(lombok):
    one, phones = laid(lombok)
    assert "Er zitten 3 mensen" in page(one, phones[1])
    assert send(one, phones[1], "insight", SUMMARY).status_code == 403, "who laid the table writes it"
    assert send(one, phones[0], "insight", SUMMARY).status_code == 303
    for phone in phones:
        assert SUMMARY not in page(one, one.stranger) + one.page(one.stranger, "/learned")
        assert SUMMARY in page(one, phone)
        assert send(one, phone, "sign").status_code == 303
    assert SUMMARY in page(one, one.stranger)
    assert SUMMARY in one.page(one.stranger, "/learned")
    assert AMINA not in page(one, one.stranger)


def test_two_are_too_few_and_nobody_joins_once_it_is_written(lombok):
    one, phones = laid(lombok, guests=1)
    assert send(one, phones[0], "insight", SUMMARY).status_code == 409
    late = phone_of(lombok, "Stille Fiets")
    late.post(f"{AT}/tables/{one.talk}/join")
    assert send(one, phones[0], "insight", SUMMARY).status_code == 303
    assert phone_of(lombok, "Ronde Deur").post(f"{AT}/tables/{one.talk}/join").status_code == 409


def test_other_words_or_who_gets_up_leave_it_unsigned(lombok):
    one, phones = laid(lombok, guests=3)
    send(one, phones[0], "insight", SUMMARY)
    for phone in phones:
        send(one, phone, "sign")
    assert phones[3].post(f"{AT}/tables/{one.talk}/leave").status_code == 303
    assert SUMMARY not in page(one, one.stranger)
    for phone in phones[:3]:
        send(one, phone, "sign")
    assert SUMMARY in page(one, one.stranger)
    send(one, phones[0], "insight", "Een bank met leuning zit wel")
    assert "leuning" not in page(one, one.stranger)


def test_taken_away_by_one_or_with_the_table_it_is_in_no_row(lombok):
    one, phones = laid(lombok)
    send(one, phones[0], "insight", SUMMARY)
    assert send(one, phones[2], "withdraw").status_code == 303
    assert rows_with(lombok, "leuning") == []
    send(one, phones[0], "insight", SUMMARY)
    phones[0].post(f"{AT}/tables/{one.talk}/leave")
    assert rows_with(lombok, "leuning") == []
    assert one.stranger.get(f"{AT}/tables/{one.talk}").status_code == 404


def test_erased_somebody_sits_there_no_more_and_a_child_or_a_ninth_sits_at_none(lombok):
    one, _phones = laid(lombok)
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        make.person(here, "Kleine Mus", is_young=True)
        others = [make.person(here, f"Gele Jas{number}").name for number in range(6)]
        table = db.session.scalars(select(Talk)).one()
        TALKS.erase(table.seats[-1].who)
        assert len(table.seats) == 2
    assert phone_of(lombok, "Kleine Mus").post(f"{AT}/tables/{one.talk}/join").status_code == 403
    statuses = [phone_of(lombok, name).post(f"{AT}/tables/{one.talk}/join").status_code for name in others]
    assert statuses == [303] * 6
    assert phone_of(lombok, "Ronde Deur").post(f"{AT}/tables/{one.talk}/join").status_code == 409


def test_who_is_neither_professional_nor_host_lays_none(lombok):
    phone = phone_of(lombok, AMINA)
    assert phone.get(f"{AT}/tables/new").status_code == 403
    assert phone.post(f"{AT}/tables/new", data={"spot": "bank", "card": "one-metre"}).status_code == 403
