"""A photo is seen where everybody in it said yes and an editor too: every scope, every surface, every size."""

import re
from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core import clock as clockwork
from core.consent import queries as consents
from core.consent.models import Consent
from core.database import db, writing
from core.media import jobs
from core.photos import queries, rules, service
from core.photos.models import ALBUM, PLAYERS, PRINT, SCREEN, WEB, WIDER, Photo
from core.refusal import Refusal
from core.storage import storage
from game.scoring import queries as scoring
from game.seasons import queries as seasons
from tests import make
from tests.core.photos.album import SIZES, choose, clear, phone, sees, status, taken, unclear

pytestmark = pytest.mark.both
EVERYBODY = (PLAYERS, WEB, SCREEN, PRINT)
acts = st.one_of(
    st.tuples(st.sampled_from([0, 1]), st.frozensets(st.sampled_from(WIDER))),
    st.sampled_from(["clear", "unclear", "withdraw"]),
)


def oracle(history: list) -> dict[str, set[str]]:
    """Who sees it, from the words of docs/rules.md §5 and nothing of the code: surface → who."""
    said, editor, withdrawn = [set(), set()], False, False
    for act in history:
        if act == "withdraw":
            withdrawn = True
        elif isinstance(act, str):
            editor = act == "clear"
        else:
            who, scopes = act
            said[who] = set(scopes) | ({"players"} if "public web" in scopes else set())
    both = said[0] & said[1] if editor and not withdrawn else set()
    two = set() if withdrawn else {"amina", "bram"}
    players = {"amina", "bram", "dirk"} if both & {"players", "public web"} else set()
    visitor = {"visitor"} if "public web" in both else set()
    return {"board": players | visitor, "album": two, "picture": two | players | visitor} | {
        scope: {"anybody"} if scope in both else set() for scope in ("HQ screen", "print")
    }


@pytest.fixture
def phones(app, amina, bram, dirk):
    """A phone of each: the two, a neighbour, and a visitor."""
    people = {"amina": amina, "bram": bram, "dirk": dirk, "visitor": None}
    return {name: phone(app, person) for name, person in people.items()}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(acts, max_size=8))
@example([(0, {WEB}), (1, {WEB}), "clear"])
@example([(0, {WEB}), (1, {WEB})])
@example([(0, {WEB}), "clear"])
@example([(0, {PLAYERS}), (1, {WEB}), "clear", (1, set())])
@example([(0, set(WIDER)), (1, set(WIDER)), "clear", "unclear", "clear", "withdraw"])
def test_whatever_two_allow_and_withdraw_each_surface_and_each_size_shows_what_both_want(amina, bram, phones, history):
    photo = taken(amina, bram)
    for act in history:
        _do(photo, (amina, bram), act)
    wanted = oracle(history)
    for name, client in phones.items():
        found = sees(client, photo)
        assert {found[f"page {page}"] for page in ("", "photos")} == {name in wanted["board"]}
        assert found["still on an open board"] == (name in wanted["board"])
        assert found["page album"] == (name in wanted["album"])
        assert {found[address] for address in photo.addresses} == {name in wanted["picture"]}
        assert {found[address] for address in photo.of_the_meeting} == {name in wanted["album"]}
    for scope in (SCREEN, PRINT):
        assert bool(queries.board(photo.photo.neighbourhood_id, [scope])) >= bool(wanted[scope])
        assert (photo.key in _keys([scope])) == bool(wanted[scope])
    noted = {showing.use for showing in queries.showings(photo.photo)}
    assert noted == queries.scopes_of(photo.photo)


def _do(photo, two, act) -> None:
    if photo.photo.is_forgotten:
        return
    if act == "withdraw":
        with writing():
            service.forget(photo.photo)
    elif isinstance(act, str):
        (clear if act == "clear" else unclear)(photo)
    else:
        choose(photo, two[act[0]], *act[1])


def _keys(scopes) -> set[str]:
    here = db.session.scalars(select(Photo.neighbourhood_id)).first()
    return {found.key for found in queries.board(here, scopes, limit=10_000)}


def test_every_pair_of_never_given_withdrawn_and_given_again_in_every_scope(amina, bram):
    lives = {"never": [], "given": [1], "withdrawn": [1, 0], "again": [1, 0, 1]}
    for (one, ones), (other, others), editor in product(lives.items(), lives.items(), (True, False)):
        photo = taken(amina, bram)
        for person, steps in ((amina, ones), (bram, others)):
            for step in steps:
                choose(photo, person, *(WIDER if step else []))
        if editor:
            clear(photo)
        both = all(life in {"given", "again"} for life in (one, other))
        seen = [photo.key in _keys([scope]) for scope in WIDER]
        assert seen == [both and editor] * len(WIDER), (one, other, editor)


def test_every_surface_reads_declared_scopes_and_every_scope_has_a_surface_and_a_word():
    assert {scope for surface in rules.SURFACES.values() for scope in surface.scopes} == {ALBUM, *WIDER}
    assert set(rules.WORDS) == set(WIDER)
    assert WEB in rules.board(is_player=True).scopes
    assert rules.board(is_player=False).scopes == (WEB,)


def test_the_yes_of_one_of_two_is_not_enough(amina, bram, phones):
    photo = taken(amina, bram)
    choose(photo, amina, *EVERYBODY)
    clear(photo)
    assert not any(sees(phones["dirk"], photo).values())
    assert not any(sees(phones["visitor"], photo).values())


def test_nothing_that_no_editor_saw_is_reached_by_any_address_list_count_or_panel(app, amina, bram, phones):
    photo = taken(amina, bram)
    for person in (amina, bram):
        choose(photo, person, *EVERYBODY)
    for who in ("dirk", "visitor"):
        assert not any(sees(phones[who], photo).values())
        page = phones[who].get("/w/lombok/photos").get_data(as_text=True)
        assert "data-kiek" not in page
        assert "data-kiek" not in phones[who].get("/w/lombok/").get_data(as_text=True)
    assert phones["visitor"].get("/w/lombok/revocations.json").get_json()["revoked"] == []
    assert _keys(WIDER) == set()


@pytest.mark.parametrize("size", SIZES)
def test_each_size_is_asked_for_by_the_same_question(amina, bram, phones, size):
    photo = taken(amina, bram)
    address = f"/w/lombok/photos/{photo.key}/{size}.webp"
    assert [status(phones[who], address) for who in ("amina", "dirk", "visitor")] == [200, 404, 404]
    for person in (amina, bram):
        choose(photo, person, PLAYERS)
    clear(photo)
    assert [status(phones[who], address) for who in ("amina", "dirk", "visitor")] == [200, 200, 404]
    choose(photo, bram)
    assert [status(phones[who], address) for who in ("amina", "dirk", "visitor")] == [200, 404, 404]


def test_a_photo_of_somebody_younger_than_16_stays_in_the_albums(app, amina, bram, phones):
    photo = taken(amina, bram)
    for person in (amina, bram):
        choose(photo, person, *EVERYBODY)
    clear(photo)
    with writing():
        db.session.merge(bram).is_young = True
    assert not any(sees(phones["dirk"], photo).values())
    assert not any(sees(phones["visitor"], photo).values())
    assert sees(phones["amina"], photo)["page album"]
    for act in (lambda: choose(photo, amina, PLAYERS), lambda: choose(photo, bram, PRINT)):
        with pytest.raises(Refusal, match="blijft van jullie twee"):
            act()
    unclear(photo)
    with pytest.raises(Refusal, match="blijft van jullie twee"):
        clear(photo)
    page = phones["amina"].get(f"/w/lombok/photos/{photo.key}/who").get_data(as_text=True)
    assert 'name="scope"' not in page


def test_nobody_else_chooses_or_withdraws_and_none_of_it_before_both_said_yes(amina, bram, phones):
    photo = taken(amina, bram)
    waiting = taken(amina, bram, with_yes=False)
    for key, who in ((photo.key, "dirk"), (waiting.key, "amina"), (waiting.key, "bram"), ("a" * 26, "amina")):
        assert status(phones[who], f"/w/lombok/photos/{key}/who") == 404
        assert phones[who].post(f"/w/lombok/photos/{key}/who", data={"scope": PLAYERS}).status_code == 404
        assert phones[who].post(f"/w/lombok/photos/{key}/withdraw").status_code == 404
    assert not photo.photo.is_forgotten
    assert db.session.scalars(select(Consent).where(Consent.use != ALBUM)).all() == []


def test_a_photo_is_not_in_another_neighbourhood(app, amina, bram, phones):
    photo = taken(amina, bram)
    for person in (amina, bram):
        choose(photo, person, WEB)
    clear(photo)
    with writing():
        make.neighbourhood("elders")
    for size in SIZES:
        assert status(phones["visitor"], f"/w/elders/photos/{photo.key}/{size}.webp") == 404
    assert photo.key not in phones["visitor"].get("/w/elders/photos").get_data(as_text=True)
    elsewhere = phones["dirk"].get("/w/elders/revocations.json").get_json()
    assert elsewhere["revoked"] == []


def test_a_choice_is_made_and_changed_on_the_page_and_says_only_the_outcome(amina, bram, phones):
    photo = taken(amina, bram)
    who = f"/w/lombok/photos/{photo.key}/who"
    kept = phones["amina"].post(who, data={"scope": [PLAYERS, PRINT], "back": f"/e/{photo.meeting}"})
    assert kept.location == f"/e/{photo.meeting}#said"
    for_bram = phones["bram"].get(who).get_data(as_text=True)
    assert "Alleen jullie twee" in for_bram
    assert " checked" not in for_bram
    phones["bram"].post(who, data={"scope": PLAYERS})
    assert "De redactie kijkt er eerst naar." in phones["amina"].get(who).get_data(as_text=True)
    clear(photo)
    for name in ("amina", "bram"):
        seen = phones[name].get(f"/e/{photo.meeting}").get_data(as_text=True)
        assert "Jullie twee · Spelers in de buurt" in seen
        assert "Op papier</strong>" not in seen
    phones["bram"].post(who)
    assert "Alleen jullie twee" in phones["amina"].get("/w/lombok/album").get_data(as_text=True)


@pytest.mark.parametrize("page", ["/w/lombok/photos/{key}/who", "/e/{meeting}"])
def test_after_keeping_a_choice_the_page_says_what_is_now_true(amina, bram, phones, page):
    photo = taken(amina, bram)
    page = page.format(key=photo.key, meeting=photo.meeting)

    def says(name: str, *scopes: str) -> str:
        phones[name].post(f"/w/lombok/photos/{photo.key}/who", data={"scope": list(scopes), "back": page})
        said = phones[name].get(page).get_data(as_text=True)
        assert 'id="said"' not in phones[name].get(page).get_data(as_text=True)  # once
        return " ".join(re.sub("<[^>]+>", " ", said.split('id="said"')[1].split("</p>")[0]).split("> ")[-1].split())

    assert says("amina", PLAYERS).endswith("Bewaard. Alleen jullie twee zien hem, tot de ander het ook goed vindt.")
    assert says("bram", PLAYERS).endswith("Bewaard. De redactie kijkt eerst. Tot dan zien alleen jullie twee hem.")
    clear(photo)
    assert says("bram", PLAYERS).endswith("Bewaard. Nu zien spelers deze foto.")
    assert says("amina", WEB).endswith("Bewaard. Nu zien spelers deze foto.")
    assert says("bram", WEB).endswith("Bewaard. Nu kan iedereen op internet deze foto zien.")
    assert says("bram").endswith("Bewaard. Alleen jullie twee zien deze foto.")


def test_who_lets_everybody_see_it_lets_the_neighbours(amina, bram, phones):
    photo = taken(amina, bram)
    choose(photo, amina, WEB)
    choose(photo, bram, PLAYERS)
    clear(photo)
    assert status(phones["dirk"], photo.addresses[0]) == 200
    assert status(phones["visitor"], photo.addresses[0]) == 404


def test_what_is_given_again_is_a_new_row(amina, bram, clock):
    photo = taken(amina, bram)
    for scopes in ([PLAYERS], [], [PLAYERS], [PLAYERS]):
        clock.advance(minutes=1)
        choose(photo, amina, *scopes)
    rows = db.session.scalars(select(Consent).where(Consent.use == PLAYERS).order_by(Consent.id)).all()
    assert [row.ended_at is None for row in rows] == [False, True]
    assert rows[0].ended_at < rows[1].given_at


def test_points_never_depend_on_it(amina, bram):
    photo = taken(amina, bram)
    season = seasons.on(amina.neighbourhood_id, clockwork.today()).id
    before = [scoring.points(season, person.player_key) for person in (amina, bram)]
    for person in (amina, bram):
        choose(photo, person, *EVERYBODY)
    clear(photo)
    with writing():
        service.forget(photo.photo)
    assert [scoring.points(season, person.player_key) for person in (amina, bram)] == before


def test_withdrawn_from_the_page_it_is_nowhere_at_once_and_its_bytes_go_with_the_next_sweep(amina, bram, phones):
    photo = taken(amina, bram)
    for person in (amina, bram):
        choose(photo, person, *EVERYBODY)
    clear(photo)
    assert phones["bram"].post(f"/w/lombok/photos/{photo.key}/withdraw").status_code == 303
    for client in phones.values():
        assert not any(sees(client, photo).values())
    for on in ("board", "album", "meeting"):
        asked = f"/w/lombok/photos/gone?on={on}&keys={photo.key}"
        assert phones["amina"].get(asked).get_json() == {"gone": [photo.key]}
    jobs.sweep()
    assert photo.key not in set(storage().names())


def test_an_open_page_hears_what_may_not_be_seen_there_any_more(amina, bram, phones):
    kept, hidden = taken(amina, bram), taken(amina, bram)
    for photo, person in product((kept, hidden), (amina, bram)):
        choose(photo, person, PLAYERS)
    clear(kept)
    clear(hidden)
    choose(hidden, amina)
    asked = f"keys={kept.key}.{hidden.key}.nonsense"
    assert phones["dirk"].get(f"/w/lombok/photos/gone?on=board&{asked}").get_json()["gone"] == [hidden.key, "nonsense"]
    assert phones["bram"].get(f"/w/lombok/photos/gone?on=album&{asked}").get_json()["gone"] == ["nonsense"]
    assert phones["dirk"].get("/w/lombok/photos/gone").get_json()["gone"] == []


# ---- what packs and offline screens must drop


def test_the_revocation_list_names_what_was_seen_more_widely_and_is_not_now_newest_first(amina, bram, phones, clock):
    never, shown, again, gone = (taken(amina, bram) for _ in range(4))
    for photo, person in product((shown, again, gone), (amina, bram)):
        choose(photo, person, PLAYERS)
    for photo in (never, shown, again, gone):
        clear(photo)
    clock.advance(minutes=1)
    choose(shown, bram)
    choose(again, bram)
    clock.advance(minutes=1)
    choose(again, bram, PLAYERS)
    with writing():
        service.forget(gone.photo)
    answer = phones["visitor"].get("/w/lombok/revocations.json").get_json()
    assert [(row["photo"], row["scope"]) for row in answer["revoked"]] == [(gone.key, PLAYERS), (shown.key, PLAYERS)]
    assert set(answer["revoked"][0]) == {"photo", "scope", "at"}
    assert answer["next"] is None
    choose(again, amina)
    clock.advance(minutes=1)
    unclear(shown)  # it was not seen any more
    assert len(phones["visitor"].get("/w/lombok/revocations.json").get_json()["revoked"]) == 3


def test_the_revocation_list_goes_on_page_after_page(amina, bram, phones, monkeypatch):
    monkeypatch.setattr(consents, "REVOCATIONS", 3)
    photos = [taken(amina, bram) for _ in range(2)]
    for photo, person in product(photos, (amina, bram)):
        choose(photo, person, *EVERYBODY)
    for photo in photos:
        clear(photo)
        unclear(photo)
    told, at = [], "/w/lombok/revocations.json"
    while at:
        page = phones["visitor"].get(at).get_json()
        assert len(page["revoked"]) <= 3
        told += [(row["photo"], row["scope"]) for row in page["revoked"]]
        at = page["next"]
    assert len(told) == 8
    assert set(told) == set(product([photo.key for photo in photos], WIDER))


def test_the_board_goes_on_page_after_page_last_cleared_first(amina, bram, phones, monkeypatch, clock):
    photos = [taken(amina, bram) for _ in range(queries.PAGE + 2)]
    for photo in photos:
        clock.advance(seconds=1)
        for person in (amina, bram):
            choose(photo, person, WEB)
        clear(photo)
    first = phones["visitor"].get("/w/lombok/photos").get_data(as_text=True)
    assert [photo.key in first for photo in photos] == [False, False] + [True] * queries.PAGE
    second = phones["visitor"].get(f"/w/lombok/photos?before={photos[2].key}").get_data(as_text=True)
    assert [f"/photos/{photo.key}/" in second for photo in photos[:3]] == [True, True, False]
    assert f"before={photos[2].key}" in first


# ---- commands, and one's own data


def test_an_editors_yes_by_command_is_given_taken_back_and_noted(app, amina, bram):
    photo = taken(amina, bram)
    run = lambda *words: app.test_cli_runner().invoke(args=["photos", *words])  # noqa: E731
    assert run("waiting").output == ""
    for person in (amina, bram):
        choose(photo, person, WEB)
    assert run("waiting").output.startswith(photo.key)
    assert run("clear", photo.key).exit_code == 0
    assert run("waiting").output == ""
    assert photo.key in _keys([WEB])
    assert run("unclear", photo.key).exit_code == 0
    assert photo.key not in _keys([WEB])
    assert run("clear", "nonsense").exit_code == 1
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).output.startswith("2 entries, 0 faults")


def test_the_command_refuses_a_childs_photo(app, amina, bram):
    photo = taken(amina, bram)
    with writing():
        db.session.merge(bram).is_young = True
    assert app.test_cli_runner().invoke(args=["photos", "clear", photo.key]).exit_code == 1
    assert photo.photo.cleared_at is None


def test_my_data_lists_my_scopes_only_and_the_files_of_my_album(amina, bram):
    photo, waiting = taken(amina, bram), taken(amina, bram, with_yes=False)
    choose(photo, amina, PRINT)
    [first, second] = queries.export(amina.player_key)
    assert [row["for"] for row in first["allowed"]] == [ALBUM, PRINT]
    assert [row["for"] for row in queries.export(bram.player_key)[0]["allowed"]] == [ALBUM]
    assert second["photo"] == waiting.key
    assert [name for name, _path in service.files(amina.player_key)] == [f"{photo.key}.webp"]
    with writing():
        service.forget_all(bram.player_key)
    assert photo.photo.is_forgotten
    assert not waiting.photo.is_forgotten  # nobody said yes to it: its meeting decides
