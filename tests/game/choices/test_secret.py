"""A secret choice: no page and no row, not even what a database writes of its own, joins a voter to a vote.

Two worlds that differ in one ballot, or in two that were swapped, are read and dumped (docs/decisions/0046).
"""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from core import clock as now
from core import jobs
from core.database import Model, db, dialect, leave_no_traces, writing
from core.guard import Role
from core.neighbourhoods import queries as neighbourhoods
from game.choices import paper, queries, service
from game.choices.models import Choice
from tests import make
from tests.conftest import NOON
from tests.core.proposals.test_pages import phone_of
from tests.core.test_two_worlds import addresses, chance, leave, lines, site  # noqa: F401
from tests.game.choices.test_choices import AT, close, counts, found, named, opened, staff, vote

ONE, OTHER, THIRD = "Blauwe Reiger", "Warme Sjaal", "Stille Fiets"
CLOSED = NOON + timedelta(days=4)


# ---- what the pages say


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory, chance: random.Random) -> Path:  # noqa: F811
    """A neighbourhood in which the third voted in a secret choice already."""
    folder = tmp_path_factory.mktemp("beginning")
    app = site(folder)
    chance.seed("the beginning")
    now.set(NOON)
    with app.app_context():
        db.create_all()
        make.world()
    key = opened(app)
    for name in (ONE, OTHER, THIRD):
        phone_of(app, name).get("/w/lombok/")
    vote(app, phone_of(app, THIRD), key, 2)
    leave(app)
    return folder


def world(beginning: Path, folder: Path, lot: random.Random, votes: dict[str, int], until) -> Flask:
    """The same with these votes; then the sweeps run."""
    shutil.copytree(beginning, folder)
    app = site(folder)
    now.set(NOON + timedelta(minutes=1))
    lot.seed("the votes")
    with app.app_context():
        key = db.session.scalars(select(Choice.key)).one()
    for name, number in votes.items():
        device = phone_of(app, name)
        assert vote(app, device, key, number).status_code == 303
    now.set(until)
    lot.seed("after")
    jobs.run(app)
    return app


def said(app: Flask, lot: random.Random) -> dict[tuple[str, str], bytes]:
    """All bytes of every page and file that these get, of the choice and of all else."""
    lot.seed("reading")
    with app.app_context():
        key = db.session.scalars(select(Choice.key)).one()
    devices = {"visitor": app.test_client(), "coordinator": staff(app, Role.COORDINATOR)}
    devices |= {name: phone_of(app, name) for name in (ONE, OTHER)}
    heard = {}
    for who, device in devices.items():
        for address in [*addresses(app, {}), f"{AT}/{key}", f"/w/lombok/staff/choices/{key}"]:
            lot.seed(f"{who} {address}")
            answer = device.get(address)
            heard[who, address] = f"{answer.status}\n{answer.headers}".encode() + answer.get_data()
            answer.close()
    assert heard["visitor", f"{AT}/{key}"].startswith(b"200")
    assert heard["coordinator", f"/w/lombok/staff/choices/{key}"].startswith(b"200")
    return heard


def differ(one: dict, other: dict) -> set[tuple[str, str]]:
    assert one.keys() == other.keys()
    found_ = {where for where in one if one[where] != other[where]}
    for where in list(found_)[:3]:
        print(where, *(line for line in lines(one[where]) if line not in lines(other[where])), sep="\n")
    return found_


def test_before_the_close_nobody_hears_how_somebody_voted_and_only_they_that_they_did(
    beginning: Path,
    chance: random.Random,  # noqa: F811
    tmp_path: Path,
):
    soon, votes = NOON + timedelta(minutes=5), ({}, {ONE: 0}, {ONE: 1})
    worlds = [world(beginning, tmp_path / str(number), chance, said_, soon) for number, said_ in enumerate(votes)]
    without, first, second = (said(app, chance) for app in worlds)
    assert len(first) > 400
    assert differ(first, second) == set()
    assert {who for who, _address in differ(without, first)} == {ONE}
    for app in worlds:
        leave(app)


@pytest.mark.parametrize("until", [NOON + timedelta(minutes=5), CLOSED])
def test_two_who_swapped_their_ballots_leave_the_same_bytes_in_the_file(
    beginning: Path, chance: random.Random, tmp_path: Path, until  # noqa: F811
):  # fmt: skip
    files = []
    for number in (0, 1):
        app = world(beginning, tmp_path / str(number), chance, {ONE: number, OTHER: 1 - number}, until)
        with app.app_context():
            leave_no_traces()
        leave(app)
        files.append({one.name: one.read_bytes() for one in (tmp_path / str(number)).glob("buurt.db*")})
    assert files[0]["buurt.db"] == files[1]["buurt.db"]
    assert not files[0].get("buurt.db-wal")


# ---- what a database says of its own rows


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
    return app


SYSTEM = {"sqlite": "*", "postgresql": "xmin, xmax, ctid, *"}  # SQLite gives its rows in the order of their numbers


def dump() -> dict[str, list[dict]]:
    """Every row of every table, with what the database keeps of it besides."""
    return {
        name: [dict(row._mapping) for row in db.session.execute(text(f'SELECT {SYSTEM[dialect()]} FROM "{name}"'))]
        for name in Model.metadata.tables
    }


@pytest.mark.both
def test_while_it_is_open_all_counters_are_written_by_one_hand(lombok):
    """Who wrote a counter last says nothing about which one they wanted more of."""
    key = opened(lombok)
    for number, name in enumerate((ONE, OTHER, THIRD)):
        vote(lombok, phone_of(lombok, name), key, number % 2)
        with lombok.app_context():
            rows = dump()["choice_count"]
            assert len({row.get("xmin") for row in rows}) == 1
            order = [row["option_id"] for row in sorted(rows, key=lambda row: str(row.get("ctid", row["option_id"])))]
            assert order == sorted(order)


@pytest.mark.both
def test_after_the_close_no_row_names_who_voted(lombok, clock):
    key, others = opened(lombok), {}
    with lombok.app_context():
        keys = {name: named(name).player_key for name in (ONE, OTHER, THIRD)}
        others = {name for name, rows in dump().items() if any(one in str(rows) for one in keys.values())}
        assert others >= {"choice_voter"}
    for number, name in enumerate((ONE, OTHER)):
        vote(lombok, phone_of(lombok, name), key, number)
    with lombok.app_context(), writing():
        paper.hand_out(found(key), named(THIRD))
    close(clock)
    jobs.run(lombok)
    with lombok.app_context():
        after = dump()
        assert after["choice_voter"] == after["choice_vote"] == after["sent_form"] == []
        assert {name for name, rows in after.items() if any(one in str(rows) for one in keys.values())} == others - {
            "choice_voter"
        }
        wrote = {str(row.get("xmin")) for row in after["choice_count"]}
        joined = {name for name, rows in after.items() if wrote & {str(row.get("xmin")) for row in rows}}
        assert dialect() == "sqlite" or joined == {"choice_count"}


@pytest.mark.both
def test_five_hundred_votes_at_once_are_right(lombok, clock):
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        letters = "abcdefghijklmnopqrstuvwxyz"
        who = [make.person(here, f"Buur {a}{b}", known=False).player_key for a in letters for b in letters][:500]
    key = opened(lombok)
    with lombok.app_context():
        options = [one.key for one in found(key).options]

    def one(number: int) -> None:
        with lombok.app_context():
            for _twice in range(2):
                with writing():
                    choice = queries.one(neighbourhoods.by_slug("lombok").id, key, lock=True)
                    service.vote(choice, who[number], options[number % 3], False)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(one, range(500)))
    assert counts(lombok, key) == [167, 167, 166]
    close(clock)
    with lombok.app_context():
        assert queries.result(found(key)).total == 500


def test_no_rate_limit_and_no_log_has_what_was_chosen(guarded, caplog, clock):
    key = opened(guarded)
    phone = phone_of(guarded, ONE)
    with guarded.app_context():
        options = [one.key for one in found(key).options]
    with caplog.at_level("DEBUG"):
        assert phone.post(f"{AT}/{key}/vote", data={"option": options[1]}).status_code == 303
    assert options[1] not in caplog.text
