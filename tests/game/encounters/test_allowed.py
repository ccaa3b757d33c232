"""Who may not meet: refused kindly, both ways alike, in the same bytes whatever the reason, and nothing revealed."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.conduct import pauses, suspending
from core.database import db, writing
from core.guard import Role
from core.people import blocks, households
from core.people.models import Person
from game.encounters.models import Code, Encounter, State
from tests import make
from tests.bench.queries import counted

pytestmark = pytest.mark.both
PLAYERS = {"amina": "adult", "bram": "adult", "dirk": "adult", "child": "young", "sister": "young", "fay": "adult"}
CALLED = ("Rode Fiets", "Groene Deur", "Gele Kraan", "Kleine Vlieger", "Vlugge Step", "Hoge Toren")
NAMES = dict(zip(PLAYERS, CALLED, strict=True))
KINDLY = "They help you in the neighbourhood house."


@pytest.fixture
def street(app, clock) -> dict[str, FlaskClient]:
    """Four adults and two children, each with a phone that reads English; Amina blocked Bram."""
    with app.app_context():
        make.world()
    phones = {name: app.test_client() for name in PLAYERS}
    for name, age in PLAYERS.items():
        phones[name].set_cookie("lang", "en")
        joined = phones[name].post("/w/lombok/join", data={"name": NAMES[name], "age": age})
        assert phones[name].get(joined.location).status_code == 200  # welcomed, once
    with app.app_context(), writing():
        blocks.block(person("amina"), person("bram").player_key)
    return phones


def person(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == NAMES[name])).unique().one()


def tag(app, name: str) -> str:
    with app.app_context():
        return person(name).tag


def pause(app, name: str) -> None:
    """Somebody gets a pause of three days."""
    with app.app_context(), writing():
        suspending.suspend(person("sister"), Role.EDITOR, person(name), 3, "pushed")


def live_together(app, *names: str) -> None:
    with app.app_context(), writing():
        first, *others = (person(name) for name in names)
        for other in others:
            households.ask(first, other)
            [asked] = households.waiting_for(other)
            households.answer(other, asked.key, is_yes=True)


def hand_in(phone: FlaskClient, key: str, challenge: str = "bench", **more: str):
    return phone.post(f"/w/lombok/together/{challenge}", data={"client_key": key, "without": "1", **more})


def code(app, phone: FlaskClient, key: str, challenge: str = "bench") -> str:
    assert hand_in(phone, key, challenge).status_code == 303
    with app.app_context():
        return db.session.scalars(select(Code.letters).join(Encounter).where(Encounter.client_key == key)).one()


def whole(answer) -> tuple[int, str, list[tuple[str, str]]]:
    """Everything an answer says, without what is new each time: random keys, and where and who they are themselves."""
    page = answer.get_data(as_text=True)
    for new in (
        r'(?<=value=")[a-z2-7]{26}(?=")',
        r'(?<=data-me=")\w{6}(?=")',
        r"(?<=/e/)(\w{26}|\w{6})(?=[\"/])",
        r"(?<=/with/)\w{6}",
    ):
        page = re.sub(new, "", page)
    return answer.status_code, page, sorted(answer.headers)


def test_naming_a_child_by_tag_or_who_blocked_you_or_whom_you_blocked_or_who_has_a_pause_reads_the_same(app, street):
    pause(app, "fay")
    answers = [
        whole(hand_in(street[me], f"{me}-{other}", tag=tag(app, other)))
        for me, other in (("amina", "bram"), ("bram", "amina"), ("dirk", "child"), ("amina", "child"), ("dirk", "fay"))
    ]
    assert answers[0][0] == 403
    assert KINDLY in answers[0][1]
    assert all(answer == answers[0] for answer in answers)
    assert not any(name in answers[0][1] for name in NAMES.values())


def test_reading_the_card_of_who_may_not_meet_you_reads_the_same(app, street):
    pause(app, "fay")
    answers = [
        whole(street[me].get(f"/w/lombok/with/{tag(app, other)}"))
        for me, other in (("amina", "bram"), ("bram", "amina"), ("dirk", "child"), ("dirk", "fay"))
    ]
    assert answers[0][0] == 403
    assert KINDLY in answers[0][1]
    assert answers == [answers[0]] * 4


def test_a_child_reads_the_same_whoever_it_is_about_and_what_it_can_do_now(app, street):
    with app.app_context(), writing():
        blocks.block(person("amina"), person("child").player_key)
    pause(app, "fay")
    answers = [whole(street["child"].get(f"/w/lombok/with/{tag(app, other)}")) for other in ("dirk", "amina", "fay")]
    assert answers[0][0] == 403
    assert KINDLY in answers[0][1]
    assert "This is what you can do now" in answers[0][1]
    assert answers == [answers[0]] * 3


def test_naming_on_the_own_phone_reads_the_same_too(app, street):
    pause(app, "fay")
    answers = []
    for me, other in (("amina", "bram"), ("bram", "amina"), ("dirk", "child"), ("dirk", "fay")):
        code(app, street[me], f"{me}-with-{other}")
        with app.app_context():
            key = db.session.scalars(select(Encounter.key).where(Encounter.client_key == f"{me}-with-{other}")).one()
        answers.append(whole(street[me].post(f"/e/{key}/here", data={"tag": tag(app, other)})))
    assert answers[0][0] == 403
    assert answers == [answers[0]] * 4


def test_reading_a_code_and_answering_it_reads_the_same_for_all_who_may_not(app, street):
    of_amina, of_bram = code(app, street["amina"], "a"), code(app, street["bram"], "b")
    live_together(app, "child", "sister")
    of_child, of_fay = code(app, street["child"], "c"), code(app, street["fay"], "f")
    pause(app, "fay")
    for how in ("", "/state", "/photo/" + "a" * 26 + "/small.webp"):
        answers = [
            whole(street[reader].get(f"/e/{letters}{how}"))
            for reader, letters in (
                ("bram", of_amina),
                ("amina", of_bram),
                ("dirk", of_child),
                ("bram", of_child),
                ("dirk", of_fay),
            )
        ]
        assert answers == [answers[0]] * 5
        assert answers[0][0] == 403
        of_others = [whole(street["child"].get(f"/e/{letters}{how}")) for letters in (of_amina, of_bram, of_fay)]
        assert of_others == [of_others[0]] * 3
        assert of_others[0][0] == 403
    for said in ("yes", "no"):
        answers = [
            whole(street[reader].post(f"/e/{letters}/{said}"))
            for reader, letters in (
                ("bram", of_amina), ("amina", of_bram), ("dirk", of_child), ("dirk", of_fay)
            )
        ]  # fmt: skip
        assert answers == [answers[0]] * 4
        assert street["child"].post(f"/e/{of_amina}/{said}").status_code == 403
        assert answers[0][0] == 403
    with app.app_context():
        assert {one.state for one in db.session.scalars(select(Encounter))} == {State.DRAFT}


def test_refusing_asks_the_database_equally_often_whatever_the_reason(app, street):
    letters = {name: tag(app, name) for name in ("child", "bram", "amina", "fay")}
    pause(app, "fay")
    hand_in(street["dirk"], "warm", tag=letters["child"])
    with counted(app) as for_a_child:
        hand_in(street["dirk"], "one", tag=letters["child"])
    hand_in(street["amina"], "warm", tag=letters["bram"])
    with counted(app) as for_a_block:
        hand_in(street["amina"], "one", tag=letters["bram"])
    hand_in(street["dirk"], "warm again", tag=letters["fay"])
    with counted(app) as for_a_pause:
        hand_in(street["dirk"], "two", tag=letters["fay"])
    assert for_a_child == for_a_block == for_a_pause


def test_who_waits_alone_has_a_name_and_of_two_a_page_says_how_many(app, street):
    alone = f"""<bdi translate="no">{NAMES["fay"]}</bdi> waits for your answer"""
    for who, said in (("fay", alone), ("dirk", "2 neighbours wait for your answer")):
        for again in ("one", "other"):  # somebody who asks twice is one
            hand_in(street[who], f"{who} {again}", tag=tag(app, "bram"))
        assert f"<span>{said}</span>" in street["bram"].get("/w/lombok/").get_data(as_text=True)


def test_an_open_meeting_of_two_who_were_blocked_since_reads_as_one_that_is_over(app, street, clock):
    hand_in(street["dirk"], "late", tag=tag(app, "amina"))
    clock.advance(hours=73)
    hand_in(street["dirk"], "blocked", tag=tag(app, "bram"))
    with app.app_context():
        at = {one.client_key: f"/e/{one.key}" for one in db.session.scalars(select(Encounter))}
        with writing():
            blocks.block(person("dirk"), person("bram").player_key)
    for who in ("amina", "bram"):
        assert "for your answer" not in street[who].get("/w/lombok/").get_data(as_text=True)
    for how in ("", "/state"):
        over, blocked = (whole(street["dirk"].get(at[key] + how)) for key in ("late", "blocked"))
        assert over == blocked
        over, blocked = whole(street["amina"].get(at["late"] + how)), whole(street["bram"].get(at["blocked"] + how))
        assert over == blocked
    for said in ("yes", "no"):
        over = whole(street["amina"].post(f"{at['late']}/{said}"))
        blocked = whole(street["bram"].post(f"{at['blocked']}/{said}"))
        assert over == blocked
        assert over[0] == 410


def test_an_open_meeting_with_who_has_a_pause_reads_as_one_that_is_over_and_as_a_blocked_one(app, street, clock):
    hand_in(street["dirk"], "late", tag=tag(app, "amina"))
    clock.advance(hours=73)
    hand_in(street["dirk"], "blocked", tag=tag(app, "bram"))
    hand_in(street["dirk"], "paused", tag=tag(app, "fay"))
    hand_in(street["fay"], "by fay", tag=tag(app, "bram"))
    with app.app_context():
        at = {one.client_key: f"/e/{one.key}" for one in db.session.scalars(select(Encounter))}
        with writing():
            blocks.block(person("dirk"), person("bram").player_key)
    pause(app, "fay")
    for who in ("bram", "dirk"):
        assert "for your answer" not in street[who].get("/w/lombok/").get_data(as_text=True)
    for how in ("", "/state"):
        street["dirk"].get(at["late"] + how)
        seen, asked = [], []
        for who, key in (("dirk", "blocked"), ("dirk", "paused"), ("bram", "blocked"), ("bram", "by fay")):
            with counted(app) as questions:
                seen.append(whole(street[who].get(at[key] + how)))
            asked.append(questions)
        assert seen == [whole(street["dirk"].get(at["late"] + how))] * 4
        assert asked[0] == asked[1]
        assert asked[2] == asked[3]
    for said in ("yes", "no"):
        blocked, paused = (whole(street["bram"].post(f"{at[key]}/{said}")) for key in ("blocked", "by fay"))
        assert blocked == paused
        assert blocked[0] == 410
    clock.advance(hours=71, minutes=30)  # the meeting is still in time, and so is the pause
    with app.app_context(), writing():
        [given] = pauses.running(person("fay").neighbourhood_id)
        suspending.resume(person("sister"), Role.EDITOR, given[0].key)
    assert street["bram"].post(f"{at['by fay']}/yes").status_code == 303


def test_a_visitor_with_the_code_of_who_has_a_pause_reads_that_it_is_over(app, street):
    letters = code(app, street["fay"], "f")
    visitor = app.test_client()
    assert NAMES["fay"] in visitor.get(f"/e/{letters}").get_data(as_text=True)
    pause(app, "fay")
    page = visitor.get(f"/e/{letters}").get_data(as_text=True)
    assert NAMES["fay"] not in page
    assert "pauze" not in page


def test_a_child_meets_who_lives_with_them_and_nobody_else(app, street):
    assert street["child"].get("/w/lombok/together").headers["Location"] == "/w/lombok/me/now"
    live_together(app, "dirk", "child")
    assert street["child"].get("/w/lombok/together").status_code == 200
    assert hand_in(street["child"], "home", tag=tag(app, "dirk")).status_code == 303
    assert hand_in(street["child"], "away", "colour", tag=tag(app, "amina")).status_code == 403
    with app.app_context():
        key = db.session.scalars(select(Encounter.key).where(Encounter.client_key == "home")).one()
    page = street["dirk"].post(f"/e/{key}/yes", follow_redirects=True).get_data(as_text=True)
    assert "You live together" in page
    assert ">5</span>" in page


def test_a_child_that_left_the_household_cannot_meet_them_any_more(app, street):
    live_together(app, "dirk", "child")
    assert hand_in(street["child"], "home", tag=tag(app, "dirk")).status_code == 303
    street["child"].post("/w/lombok/me/household/leave")
    with app.app_context():
        key = db.session.scalars(select(Encounter.key)).one()
    assert street["dirk"].post(f"/e/{key}/yes").status_code == 410
    assert street["child"].get("/w/lombok/together").status_code == 303


def test_a_block_from_the_page_of_a_meeting_keeps_the_album_and_can_be_undone(app, street):
    hand_in(street["dirk"], "met", tag=tag(app, "bram"))
    with app.app_context():
        at = f"/e/{db.session.scalars(select(Encounter.key)).one()}"
    street["bram"].post(f"{at}/yes")
    assert street["bram"].post(f"{at}/block").headers["Location"] == "/w/lombok/me/blocks#said"
    for me, other in (("bram", "dirk"), ("dirk", "bram")):
        assert street[me].get(at).status_code == 200
        assert hand_in(street[me], "again", "bike", tag=tag(app, other)).status_code == 403
    page = street["bram"].get("/w/lombok/me/blocks").get_data(as_text=True)
    assert NAMES["dirk"] in page
    assert NAMES["bram"] not in street["dirk"].get("/w/lombok/me/blocks").get_data(as_text=True)
    key = re.search(r'name="block" value="([a-z2-7]{26})"', page).group(1)
    street["dirk"].post("/w/lombok/me/blocks/undo", data={"block": key})  # not theirs to undo
    assert hand_in(street["dirk"], "still", "bike", tag=tag(app, "bram")).status_code == 403
    street["bram"].post("/w/lombok/me/blocks/undo", data={"block": key})
    assert hand_in(street["dirk"], "after", "bike", tag=tag(app, "bram")).status_code == 303


def test_a_block_by_six_letters_shows_no_name(app, street):
    street["dirk"].post("/w/lombok/me/blocks", data={"letters": tag(app, "child")})
    page = street["dirk"].get("/w/lombok/me/blocks").get_data(as_text=True)
    assert "By six letters" in page
    assert NAMES["child"] not in page
    assert street["dirk"].post("/w/lombok/me/blocks", data={"letters": "XXXXXX"}).status_code == 422
    assert street["dirk"].post("/w/lombok/me/blocks", data={"letters": tag(app, "dirk")}).status_code == 422
