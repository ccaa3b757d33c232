"""The code on a plate: only ours opens a spot, only while its plate hangs, and no code is given out twice (S7)."""

import secrets
from dataclasses import replace
from string import ascii_uppercase, digits

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from core.database import db, writing
from core.places import plates, service
from core.places.models import Plate, PlateReport
from core.refusal import Refusal
from tests import make

BASE32 = ascii_uppercase + "234567"
PLATES = 1000


@pytest.fixture
def bank(inside, clock):
    """A spot in Lombok."""
    with writing():
        here = make.neighbourhood()
        found = make.spot(here)
        db.session.add(found)
        make.season(here)
    return found


def hang(spot) -> tuple[Plate, str]:
    """A new plate, and the code on it."""
    with writing():
        plate = service.put_up(spot)
    return plate, plates.code_of(plate)


def asked(what) -> list[str]:
    """The queries of a call."""
    queries: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        if not statement.startswith(("BEGIN", "ROLLBACK")):
            queries.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        what()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return queries


@pytest.mark.both
def test_a_code_opens_the_spot_of_its_plate(bank):
    plate, code = hang(bank)
    assert len(code) == 26
    assert set(code) <= set(BASE32)
    assert code.startswith(plate.key)
    assert plates.spot_of(code) is bank


def test_a_code_says_nothing_of_which_spot_or_plate_it_is(bank):
    codes = [hang(bank)[1] for _ in range(3)]
    assert len({code[:10] for code in codes}) == len({code[10:] for code in codes}) == 3


@pytest.mark.parametrize("whole", [20, pytest.param(1, marks=pytest.mark.long)], ids=["one in 20", "all"])
def test_a_thousand_plates_with_any_bit_of_any_letter_flipped_open_nothing(bank, whole):
    """Of one plate in so many every bit of every letter; of the others every bit of one letter."""
    with writing():
        codes = [plates.code_of(service.put_up(bank)) for _ in range(PLATES)]
    accepted, tried = [], 0
    for code in codes:
        letters = [secrets.randbelow(26)] if secrets.randbelow(whole) else range(26)
        for place in letters:
            for bit in range(8):
                wrong = code[:place] + chr(ord(code[place]) ^ 1 << bit) + code[place + 1 :]
                tried += 1
                accepted += [wrong] if plates.spot_of(wrong) else []
    assert tried > 8 * PLATES
    assert accepted == []


def test_no_letter_of_a_code_can_be_another_one_or_stand_elsewhere(bank):
    _plate, code = hang(bank)
    wrong = {code[:place] + other + code[place + 1 :] for place in range(26) for other in BASE32 + digits} - {code}
    wrong |= {
        code[1:] + code[0],
        code[::-1],
        code.lower(),
        code + "A",
        code[:-1],
        code[10:] + code[:10],
        "",
        f" {code}",
    }
    assert [each for each in wrong if plates.spot_of(each)] == []


def test_the_last_part_of_another_plate_or_of_chance_is_not_accepted(bank):
    (one, first), (_other, second) = hang(bank), hang(bank)
    assert plates.spot_of(one.key + second[10:]) is None
    assert plates.spot_of(one.key + "A" * 16) is None
    assert plates.spot_of(first) is bank


def test_a_key_belongs_to_one_neighbourhood_one_version_and_one_installation(app, bank):
    plate, code = hang(bank)
    here = bank.neighbourhood_id
    assert plates._mac(here, 1, plate.key) == code[10:]
    for neighbourhood, version in ((here + 1, 1), (here, 2), (0, 0)):
        assert plates.spot_of(plate.key + plates._mac(neighbourhood, version, plate.key)) is None
    theirs = replace(app.config["BUURT"], secret="another secret")
    app.config["BUURT"], ours = theirs, app.config["BUURT"]
    try:
        assert plates.spot_of(code) is None
    finally:
        app.config["BUURT"] = ours


def test_the_plate_of_another_neighbourhood_does_not_pass_under_our_key(bank):
    with writing():
        elsewhere = make.spot(make.neighbourhood("zuilen"))
        db.session.add(elsewhere)
    plate, code = hang(elsewhere)
    assert plates.spot_of(code) is elsewhere
    assert plates.spot_of(plate.key + plates._mac(bank.neighbourhood_id, 1, plate.key)) is None


def test_a_new_key_is_for_new_plates_and_those_that_hang_keep_working(bank):
    _old, before = hang(bank)
    with writing():
        assert service.new_key(bank.neighbourhood_id) == 2
    new, after = hang(bank)
    assert new.key_version == 2
    assert plates.spot_of(before) is plates.spot_of(after) is bank
    assert plates._mac(bank.neighbourhood_id, 1, new.key) != after[10:]


def test_a_withdrawn_plate_opens_nothing_and_stays_withdrawn(bank, clock):
    plate, code = hang(bank)
    with writing():
        service.withdraw(f"{plate.letters[:3]} {plate.letters[3:].lower()}")
    gone_on = plate.withdrawn_on
    assert plates.spot_of(code) is None
    assert plates.by_letters(plate.letters) is None
    clock.advance(days=3)
    with writing():
        service.withdraw(plate.letters)
    assert plate.withdrawn_on == gone_on


def test_letters_that_no_plate_ever_had_cannot_be_withdrawn(bank):
    with pytest.raises(Refusal), writing():
        service.withdraw("XXXXXX")


def test_the_letters_of_a_dead_plate_are_never_given_out_again(bank, monkeypatch):
    plate, _code = hang(bank)
    with writing():
        service.withdraw(plate.letters)
    drawn = iter([plate.letters, plate.letters, "QQQQQQ"])
    monkeypatch.setattr(service.codes, "short_code", lambda: next(drawn))
    assert hang(bank)[0].letters == "QQQQQQ"


@pytest.mark.both
def test_the_database_too_refuses_letters_that_a_plate_ever_had(bank):
    plate, _code = hang(bank)
    again = Plate(key="A" * 10, letters=plate.letters, spot_id=bank.id, key_version=1, made_on=plate.made_on)
    with pytest.raises(IntegrityError), writing():
        db.session.add(again)


def test_letters_are_read_as_people_type_them(bank):
    plate, _code = hang(bank)
    for typed in (plate.letters.lower(), f" {plate.letters[:3]}-{plate.letters[3:]} "):
        assert plates.by_letters(typed).id == plate.id
    assert plates.by_letters("") is plates.by_letters("AEIOUU") is None


def test_a_wrong_a_withdrawn_and_an_unknown_code_ask_the_database_the_same(bank):
    (_one, right), (two, gone) = hang(bank), hang(bank)
    with writing():
        service.withdraw(two.letters)
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    counts = [asked(lambda code=code: plates.plate_of(code)) for code in (right, wrong, gone, "A" * 26)]
    assert {len(queries) for queries in counts} == {1}
    assert len({query for queries in counts for query in queries}) == 1


@pytest.mark.both
def test_a_report_is_a_row_a_day_and_names_nobody(bank, clock):
    plate, _code = hang(bank)
    for _ in range(3):
        with writing():
            service.report(bank, plate, "gone")
            service.report(bank, None, "gone")
    clock.advance(days=1)
    with writing():
        service.report(bank, plate, "gone")
    rows = db.session.scalars(select(PlateReport)).all()
    assert sorted(row.letters for row in rows) == sorted(["", plate.letters, plate.letters])
    assert set(PlateReport.__table__.columns.keys()) == {"id", "spot_id", "letters", "wrong", "on"}


def test_what_cannot_be_wrong_with_a_plate_is_refused(bank):
    with pytest.raises(Refusal), writing():
        service.report(bank, None, "ugly")
