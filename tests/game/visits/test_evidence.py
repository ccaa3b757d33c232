"""What shows that somebody is at a spot: every combination of pieces, and what each is worth."""

from itertools import combinations

import pytest

from core.places import plates
from core.places import service as places
from core.places.presence import Fix, Verdict
from game.visits import rules, service
from game.visits.service import Shown
from tests import make

ASKED = {"nl": {"question": "Welk dier?", "answers": ["leeuw"]}}
AT, FAR = Fix(52.09, 5.1, 10), Fix(52.099, 5.1, 10)  # a kilometre to the north
NEAR = Fix(52.0909, 5.1, 10)  # 100 m


@pytest.fixture
def bank(here):
    from core.database import db

    spot = make.spot(here)
    db.session.add(spot)
    db.session.flush()
    return spot


@pytest.fixture
def code(bank) -> str:
    return plates.code_of(places.put_up(bank))


WORTH = {"verified": 2, "near": 1, "plate": 1, "partner": 2, "witness": 2, "answer": 1}


def test_each_piece_is_worth_what_the_rules_say():
    assert {piece.name: piece.points for piece in rules.PIECES.values()} == WORTH


@pytest.mark.parametrize("many", range(4))
def test_two_points_make_it_count_and_no_piece_ever_takes_away(many):
    for names in combinations(WORTH, many):
        assert rules.counts(names) == (sum(WORTH[name] for name in names) >= 2)
        assert all(rules.points({*names, more}) >= rules.points(names) for more in WORTH)


def test_what_a_yes_stores_is_read_back_and_an_unknown_name_is_worth_nothing():
    assert rules.read(rules.written({"answer", "plate"})) == {"plate", "answer"}
    assert rules.written([]) == ""
    assert rules.points({"far", "unknown", "lat"}) == 0
    assert len(rules.written(WORTH)) <= 60  # the column


@pytest.mark.parametrize(
    ("fix", "verdict", "pieces"),
    [
        (AT, Verdict.VERIFIED, {"verified"}),
        (NEAR, Verdict.NEAR, {"near"}),
        (FAR, Verdict.FAR, set()),
        (None, Verdict.UNKNOWN, set()),
        (Fix(52.09, 5.1, 500), Verdict.UNKNOWN, set()),
    ],
)
def test_a_fix_shows_what_its_verdict_is_worth(bank, fix, verdict, pieces):
    judged = service.judge(bank, None, Shown(fix))
    assert (judged.verdict, judged.pieces) == (verdict, pieces)


def test_far_is_said_in_metres_and_adds_nothing_while_the_rest_still_counts(bank, code):
    judged = service.judge(bank, ASKED, Shown(FAR))
    assert judged.metres == 1000
    assert not judged.counts
    assert service.judge(bank, ASKED, Shown(FAR, code, "leeuw")).counts


def test_a_plate_and_the_question_do_without_any_position(bank, code):
    assert service.judge(bank, ASKED, Shown(None, code, "De Leeuw")).pieces == {"plate", "answer"}
    assert service.judge(bank, ASKED, Shown(None, code, "de leeuw")).counts
    assert not service.judge(bank, ASKED, Shown(None, code)).counts
    assert not service.judge(bank, ASKED, Shown(None, "", "leeuw")).counts


def test_a_plate_of_another_spot_a_withdrawn_one_or_a_guess_shows_nothing(bank, code, here):
    from core.database import db

    other = make.spot(here, "elders")
    db.session.add(other)
    db.session.flush()
    elsewhere = plates.code_of(places.put_up(other))
    flipped = ("A" if code[-1] != "A" else "B").join([code[:-1], ""])
    places.withdraw(plates.plate_of(code).letters)
    for wrong in (elsewhere, flipped, code, "A" * 26, "nonsense", "\ud800"):
        assert service.judge(bank, ASKED, Shown(None, wrong)).pieces == set()


def test_a_wrong_answer_is_told_and_an_empty_one_is_not(bank):
    assert service.judge(bank, ASKED, Shown(answer="hond")).is_wrong_answer
    assert not service.judge(bank, ASKED, Shown(answer=" ")).is_wrong_answer
    assert not service.judge(bank, None, Shown(answer="hond")).is_wrong_answer
