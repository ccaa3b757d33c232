"""Migrations run both ways on data, and say what the models say (R9).

Nothing was released yet, so there is no code of N−1 to run on the schema of N: that test comes with the first release.
"""

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, bindparam, create_engine, func, inspect, make_url, select, text
from sqlalchemy.exc import DBAPIError

import game
import tours
from core import clock, create_app
from core.audit import service as audit
from core.contributions import service as contributions
from core.contributions.kinds import KINDS
from core.contributions.models import Contribution, hash_of
from core.database import MIGRATIONS, UtcDateTime, db, writing
from core.desk import queries as desk_queries
from core.desk import service as desk
from core.guard import Role
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as people
from core.people import service
from core.people.models import Person
from core.photos import queries as photos
from core.photos import service as keeping
from core.photos import set_aside
from core.photos.models import ALBUM, PRINT, Photo
from core.staff import service as staff
from core.staff.models import RoleLine
from game.challenges.models import Challenge
from tests import make
from tests.bench import meetings
from tours.stories import index
from tours.stories.models import Story

pytestmark = pytest.mark.both
GROUND = "0001"
ADMIN = frozenset({Role.ADMIN})
ALEMBIC = "alembic_version"
REPLACED = (  # by its id, its hash, or what it follows
    "id, neighbourhood_id, at, actor, role, action, 'x', reason, 'x', 'x'",
    "9, neighbourhood_id, at, actor, role, action, 'x', reason, 'x', hash",
    "9, neighbourhood_id, at, actor, role, action, 'x', reason, before, 'x'",
)
CAME_BACK = {"host", "photo_consent", "photo_showing", "spot_proposal", "week_count"}  # taken by 0016, 0032, 0033, 0080
PROPOSALS = text(
    "SELECT id, key, player, name, about, lat, named, sent_at, asks, state, spot_id FROM spot_proposal ORDER BY id"
)
SENT = datetime(2026, 5, 1, 10, tzinfo=UTC)
THOUGHT_UP = (  # its state, who wrote it anew, whether it is offered no more, and what an editor said last
    ("draft", None, False, None), ("shown", None, False, "good"), ("hidden", None, False, "back"),
    ("draft", None, True, "away"), ("shown", None, True, "away"), ("hidden", None, True, None),  # the last: withdrawn
    ("shown", "maker", False, "good"),
)  # fmt: skip
THINK_UP = text(
    "INSERT INTO challenge (id, neighbourhood_id, key, kind, icon, texts, marks, faceless, state, retired_at, maker, "
    "changed_by, named, sent_at, asks) VALUES (:id, 1, :key, 'together', 'i-samen', "
    """'{"nl": {"title": "Ḱ “é”", "text": "t", "question": ""}}', '[]', true, :state, :retired, 'p', """
    ":changed_by, :named, :at, 2)"
).bindparams(bindparam("at", SENT, UtcDateTime()), bindparam("retired", None, UtcDateTime()))
SAY = text(
    "INSERT INTO desk_decision (key, neighbourhood_id, kind, about, verdict, by, ask, asked_at, at) "
    "VALUES (:key, 1, 'challenge', :about, :verdict, 'e', 2, :at, :at)"
).bindparams(bindparam("at", SENT, UtcDateTime()))
REPORT = text(
    "INSERT INTO desk_report (neighbourhood_id, kind, about, reason, at) VALUES (1, 'challenge', :about, 'other', :at)"
).bindparams(bindparam("at", SENT, UtcDateTime()))
DRAFTS = text(
    "SELECT id, key, state, maker, changed_by, named, asks, retired_at, sent_at, CAST(texts AS VARCHAR) "
    "FROM challenge WHERE key LIKE 'thoughtthought%' ORDER BY key"
)


@pytest.fixture
def migrated(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database of its own, brought up from nothing by the migrations."""
    with_it = create_app(
        parts=(game, tours),
        settings={
            "database_url": _fresh(database_url, tmp_path),
            "media": str(tmp_path / "media"),
            "queue_url": "memory://",
            "testing": True,
        },
    )
    with with_it.app_context():
        flask_migrate.upgrade()
        yield with_it
        db.session.remove()
        db.engine.dispose()
    _drop(with_it.config["BUURT"].database_url)


def test_the_models_say_what_the_migrations_made(migrated: Flask):
    with db.engine.connect() as connection:
        opts = {"compare_type": True, "include_name": lambda name, *_more: not (name or "").startswith("story_words")}
        assert compare_metadata(MigrationContext.configure(connection, opts=opts), db.metadata) == []


def test_the_migrated_search_is_the_one_that_the_models_make(migrated: Flask):
    if db.engine.dialect.name == "sqlite":
        made = text("SELECT sql FROM sqlite_master WHERE sql LIKE '%story_words%' AND name NOT LIKE 'story_words\\__%'"
                    " ESCAPE '\\' OR type = 'trigger' AND tbl_name = 'story'")  # fmt: skip
        assert set(db.session.scalars(made)) == set(index.SQLITE)
    else:
        made = text("SELECT indexdef FROM pg_indexes WHERE indexname = 'story_words'")
        assert "USING gin (to_tsvector('simple'::regconfig, found))" in db.session.scalars(made).one()


def test_stories_from_before_the_search_are_found_after_it(migrated: Flask):
    here = make.world()[0].id
    with writing():
        db.session.add(_story(here, " de slager"))
    flask_migrate.downgrade(revision="0036")
    flask_migrate.upgrade()
    assert db.session.scalars(select(Story.key).where(index.has("slag"))).all() == ["s" * 26]
    assert index.is_true()


def test_each_step_down_keeps_the_rows_of_the_tables_that_stay(migrated: Flask):
    played = _play()
    assert _rows({"photo"}) == {"photo": 1}
    for revision in _below_the_last():
        before = _rows(_tables())
        flask_migrate.downgrade(revision=revision)
        stayed = _tables() & set(before)
        assert _tables() - stayed <= CAME_BACK
        assert _rows(stayed) == {name: before[name] for name in stayed}
    ground = _rows(_tables() - CAME_BACK)
    flask_migrate.upgrade()
    assert _rows(set(ground)) == ground
    assert not any(_rows(_game_tables() - {"known"}).values())  # whoever is here already is known
    assert _people(played) == played


def test_people_meet_again_after_the_game_came_back(migrated: Flask):
    one, other = _play()
    flask_migrate.downgrade(revision=GROUND)
    flask_migrate.upgrade()
    with writing():
        amina, bram = (people.by_player_key(key) for key in (one, other))
        make.season(amina.neighbourhood)
        assert make.confirmed(amina, bram).scores


def test_everything_goes_down_and_comes_up_on_data(migrated: Flask):
    _play()
    everything = _tables()
    flask_migrate.downgrade(revision="base")
    assert _tables() == set()
    flask_migrate.upgrade()
    assert _tables() == everything
    _play()


def test_the_database_itself_refuses_to_change_or_remove_an_entry_of_the_audit_log(migrated: Flask):
    with writing():
        audit.record("photo.clear", "a photo", None)
    attempts = ["UPDATE audit_entry SET about = 'x'", "DELETE FROM audit_entry"]
    if db.engine.dialect.name == "sqlite":
        attempts += [f"REPLACE INTO audit_entry SELECT {columns} FROM audit_entry" for columns in REPLACED]
    else:
        attempts += ["TRUNCATE audit_entry"]
    for attempt in attempts:
        with pytest.raises(DBAPIError, match="only added to"), db.engine.begin() as connection:
            connection.exec_driver_sql(attempt)
    assert audit.length() == 1


def test_hosts_by_command_become_staff_and_hosts_again_on_the_way_back(migrated: Flask):
    _play()
    flask_migrate.downgrade(revision="0015")
    since, later, ended = ("2026-05-01 10:00:00+00:00", "2026-05-02 10:00:00+00:00", "2026-05-03 10:00:00+00:00")
    with db.engine.begin() as connection:
        for person, first, last in ((1, since, None), (2, since, ended), (2, ended, None), (3, later, None)):
            _say(connection, "INSERT INTO host (person_id, since, ended_at) VALUES (:a, :b, :c)", person, first, last)
        invited = "INSERT INTO role (person_id, role, granted_at, granted_by) VALUES (:a, :b, :c, :d)"
        _say(connection, invited, 3, "host", since, "a" * 26)  # by a coordinator; and by command, above
        _say(connection, invited, 4, "editor", since, None)
    flask_migrate.upgrade()
    assert _lines() == [(1, None), (2, ended), (2, None), (3, None)]
    assert _lines("editor") == [(4, None)]
    flask_migrate.downgrade(revision="0015")
    with db.engine.connect() as connection:
        back = connection.execute(text("SELECT person_id FROM host ORDER BY person_id")).scalars().all()
    assert back == [1, 2, 2]
    assert _lines() == [(3, None)]  # was staff by invitation, and stays
    flask_migrate.upgrade()
    assert _lines() == [(1, None), (2, ended), (2, None), (3, None)]


def test_names_to_sign_in_with_become_those_of_a_neighbourhood_and_serve_once_again_on_the_way_back(migrated: Flask):
    with writing():
        for slug, name in (("lombok", "Rode Laars"), ("hoograven", "Gele Das"), ("oost", "Oude Brug")):
            here = make.neighbourhood(slug)
            staff.accept(staff.invite(here.id, Role.MAKER, None, ADMIN), make.person(here, name), slug, make.PASSWORD)
    flask_migrate.downgrade(revision="0020")
    flask_migrate.upgrade()
    assert _logins() == ["hoograven hoograven", "lombok lombok", "oost oost"]
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE staff_account SET login = 'fatima' WHERE login != 'oost'"))
    assert _logins() == ["hoograven fatima", "lombok fatima", "oost oost"]
    flask_migrate.downgrade(revision="0020")
    flask_migrate.upgrade()
    assert _logins() == ["hoograven fatima-2", "lombok fatima", "oost oost"]


def test_two_whose_names_look_alike_by_the_tables_of_today_keep_them_and_no_third_gets_one(migrated: Flask):
    with writing():
        here = make.neighbourhood()
        for name in ("Rode Laars", "Gele Das", "Oude Brug"):
            make.person(here, name)
    flask_migrate.downgrade(revision="0025")
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE person SET name = 'BIauw', likeness = 'x' WHERE name = 'Rode Laars'"))
        connection.execute(text("UPDATE person SET name = 'Blauw', likeness = 'y' WHERE name = 'Gele Das'"))
    flask_migrate.upgrade()
    with writing():
        kept = db.session.execute(select(Person.name, Person.likeness, Person.look).order_by(Person.id)).all()
        assert [tuple(one) for one in kept] == [
            ("BIauw", "biauw", "blauw"), ("Blauw", "blauw", "blauw 2"), ("Oude Brug", "oudebrug", "oudebrug"),
        ]  # fmt: skip
        assert not service.is_free(here.id, "BLAUW")
        assert service.is_free(here.id, "Rode Laars")


def test_a_name_with_the_number_that_would_be_given_is_somebodys_already_and_stays_theirs(migrated: Flask):
    with writing():
        for slug, name in (("lombok", "Rode Laars"), ("hoograven", "Gele Das"), ("oost", "Oude Brug")):
            here = make.neighbourhood(slug)
            staff.accept(staff.invite(here.id, Role.MAKER, None, ADMIN), make.person(here, name), slug, make.PASSWORD)
    with db.engine.begin() as connection:
        logins = {"lombok": "anna", "hoograven": "anna", "oost": "anna-2"}
        connection.execute(text("UPDATE staff_account SET login = :a WHERE login = :b"),
                           [{"a": new, "b": old} for old, new in logins.items()])  # fmt: skip
    flask_migrate.downgrade(revision="0020")
    flask_migrate.upgrade()
    assert _logins() == ["hoograven anna-3", "lombok anna", "oost anna-2"]


def test_what_was_allowed_with_photos_and_where_they_were_seen_goes_both_ways(migrated: Flask):
    amina, _bram = _play()
    with writing():
        photo = photos.reread(1)
        for player in (amina, _bram):
            keeping.choose(photo, player, (PRINT,))
        keeping.clear(photo)
        keeping.choose(photo, amina, ())
    with writing():
        set_aside.hide([photos.reread(1)], clock.now() + timedelta(days=1), amina)
    before = _allowed("consent", "id, thing, who, use"), _shown("consent_showing", "thing, key, use")
    flask_migrate.downgrade(revision="0031")
    old = _allowed("photo_consent", "id, photo_id, player, scope"), _shown("photo_showing", "photo_id, key, scope")
    assert old == before
    assert len(old[0]) == 4
    assert _said("SELECT 1 FROM photo_consent WHERE withdrawn_at IS NULL") == [], "what was away had been withdrawn"
    flask_migrate.upgrade()
    assert (_allowed("consent", "id, thing, who, use"), _shown("consent_showing", "thing, key, use")) == before
    assert _said("SELECT use FROM consent WHERE ended_at IS NULL") == [(ALBUM,), (ALBUM,)]
    with writing():
        set_aside.bring_back(db.session.scalars(select(Photo)).all())
    assert [photo.key for photo in photos.album(amina)] == [before[1][0][1]]


CAME_WITH = {
    "nl": {"title": "Draag samen iets een stukje", "question": "Wat neem jij altijd mee van huis?", "text":
           "Neem samen een tas, krat of plant mee, zo ver als het goed gaat. Een tas op schoot telt ook."},
    "en": {"title": "Carry something together", "question": "What do you always take with you?", "text":
           "Take a bag, a crate or a plant along together, as far as feels fine. A bag on a lap counts."},
}  # fmt: skip


def test_words_of_our_packs_come_anew_where_nobody_wrote_them_anew(migrated: Flask):
    theirs = {**CAME_WITH, "nl": {**CAME_WITH["nl"], "question": "Wat heb jij bij je?"}}
    with writing():
        for slug, texts in (("lombok", CAME_WITH), ("oost", theirs)):
            make.challenge(make.neighbourhood(slug), "carry-together").texts = texts
    flask_migrate.downgrade(revision="0024")
    flask_migrate.upgrade()
    db.session.rollback()
    untouched, written = db.session.scalars(select(Challenge).order_by(Challenge.id))
    assert untouched.texts["nl"]["text"].endswith("Op schoot telt ook.")
    assert untouched.texts["en"] != CAME_WITH["en"]
    assert (untouched.icon, written.icon) == ("i-doos", "i-samen")
    assert written.texts == theirs


def test_places_that_were_proposed_are_contributions_and_proposals_again_on_the_way_back(migrated: Flask):
    _play()
    flask_migrate.downgrade(revision="0032")
    with db.engine.begin() as connection:
        spot = connection.scalar(text("SELECT id FROM spot LIMIT 1"))
        say = text(
            "INSERT INTO spot_proposal (id, key, neighbourhood_id, player, name, street, about, language, lat, lon, "
            "named, sent_at, asks, state, spot_id) VALUES "
            "(:id, :key, 1, 'p', :name, '', 'Ḱ “é”', 'nl', 52.0912, 5.1013, true, :at, :id, :state, :spot)"
        ).bindparams(bindparam("at", datetime(2026, 5, 1, 10, tzinfo=UTC), UtcDateTime()))
        for number, key, state, on_map in ((3, "a", "waiting", None), (7, "b", "taken", spot), (9, "c", "away", None)):
            connection.execute(say, {"id": number, "key": key, "name": key, "state": state, "spot": on_map})
        before = connection.execute(PROPOSALS).all()
    flask_migrate.upgrade()
    db.session.rollback()
    moved = db.session.scalars(select(Contribution).order_by(Contribution.id)).all()
    assert [(one.key, one.state, one.asks, one.shown_version, one.became) for one in moved] == [
        ("a", "waiting", 3, None, None), ("b", "shown", 7, 1, spot), ("c", "away", 9, None, None),
    ]  # fmt: skip
    assert all(hash_of("place", one.last.language, one.last.content) == one.last.hash for one in moved)
    with writing():  # a new one gets a number of its own
        here = db.session.get_one(Neighbourhood, 1)
        of_place = {"name": "n", "street": "", "lat": 52.0912, "lon": 5.1013, "about": ""}
        db.session.delete(contributions.hand_in(KINDS.of("place"), here, "q", of_place, "nl", False))
    flask_migrate.downgrade(revision="0032")
    with db.engine.connect() as connection:
        assert connection.execute(PROPOSALS).all() == before
    flask_migrate.upgrade()


def test_what_residents_thought_up_is_handed_in_and_a_draft_again_on_the_way_back(migrated: Flask):
    _play()
    flask_migrate.downgrade(revision="0040")
    with db.engine.begin() as connection:
        for number, (state, changed_by, retired, said) in enumerate(THOUGHT_UP, start=101):
            row = {"id": number, "key": _thought_up(number), "state": state, "changed_by": changed_by, "retired": None}
            connection.execute(THINK_UP, {**row, "retired": SENT if retired else None, "named": number < 106})
            if said:
                connection.execute(SAY, {"key": row["key"], "about": f"1-{row['key']}", "verdict": said})
                connection.execute(REPORT, {"about": f"1-{row['key']}"})
        before = _drafts(connection)
    flask_migrate.upgrade()
    db.session.rollback()
    moved = db.session.scalars(select(Contribution).where(Contribution.kind == "draft").order_by(Contribution.id)).all()
    assert [(one.key[-1], one.state, one.asks, one.named, one.became) for one in moved] == [
        ("a", "waiting", 2, True, None), ("b", "shown", 2, True, 102), ("c", "waiting", 2, True, 103),
        ("d", "away", 2, True, None), ("e", "away", 2, True, 105), ("g", "shown", 2, False, 107),
    ]  # fmt: skip
    assert all(hash_of("draft", one.last.language, one.last.content) == one.last.hash for one in moved)
    assert _said("SELECT count(*) FROM challenge WHERE id IN (101, 104)") == [(0,)]
    assert _said("SELECT state FROM challenge WHERE id = 105 AND retired_at IS NULL") == [("hidden",)]
    about = {_thought_up(number) for number in (102, 103, 104, 105)}
    for table in ("desk_decision", "desk_report"):
        assert {key for (key,) in _said(f"SELECT about FROM {table} WHERE kind = 'draft'")} == about
    with writing():  # what everybody saw of it goes on under its key
        here = db.session.get_one(Neighbourhood, 1)
        desk.decide(here.id, "draft", moved[2].key, "good", "another editor", Role.EDITOR)
        desk.undo(here.id, desk_queries.standing("draft", moved[2].key).key, "another editor", Role.EDITOR)
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM desk_decision WHERE by = 'another editor'"))
        connection.execute(text("UPDATE desk_report SET closed_at = NULL"))
    flask_migrate.downgrade(revision="0040")
    with db.engine.connect() as connection:
        after = _drafts(connection)
    assert after == [tuple("hidden" if row[0] == 105 and one == "shown" else one for one in row) for row in before]
    assert _said("SELECT DISTINCT kind FROM desk_decision") == [("challenge",)]
    flask_migrate.upgrade()


@pytest.mark.both
def test_the_command_that_migrates_is_there_although_nothing_that_serves_loads_it(app: Flask):
    assert app.test_cli_runner().invoke(args=["db", "heads"], catch_exceptions=False).exit_code == 0


def _thought_up(number: int) -> str:
    """The key of what a resident thought up."""
    return f"{'thought' * 3}{'abcdefg'[number - 101]:a>5}"


def _drafts(connection: Connection) -> list[tuple[object, ...]]:
    """What residents thought up; one that nobody saw gets a number of its own on the way back."""
    rows = [tuple(row) for row in connection.execute(DRAFTS)]
    return [(None if row[2] == "draft" else row[0], *row[1:-1], json.loads(row[-1])) for row in rows]


def _logins() -> list[str]:
    """Each neighbourhood with the name that somebody signs in with there."""
    db.session.rollback()
    said = "SELECT slug || ' ' || login FROM staff_account JOIN neighbourhood ON neighbourhood.id = neighbourhood_id"
    with db.engine.connect() as connection:
        return sorted(connection.execute(text(said)).scalars())


def _allowed(table: str, columns: str) -> list[tuple[object, ...]]:
    return _said(f"SELECT {columns}, given_at FROM {table} ORDER BY id")


def _shown(table: str, columns: str) -> list[tuple[object, ...]]:
    return _said(f"SELECT {columns}, since, until FROM {table} ORDER BY id")


def _said(question: str) -> list[tuple[object, ...]]:
    db.session.rollback()
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(question))]


def _say(connection: Connection, statement: str, *values: object) -> None:
    connection.execute(text(statement), dict(zip("abcd", values, strict=False)))


def _lines(role: str = "host") -> list[tuple[int, str | None]]:
    """Who has or had a role, and when it ended."""
    db.session.rollback()
    lines = select(RoleLine).where(RoleLine.role == role).order_by(RoleLine.person_id, RoleLine.granted_at)
    return [(line.person_id, line.ended_at and str(line.ended_at)) for line in db.session.scalars(lines).unique()]


def _below_the_last() -> list[str]:
    """Every revision but the newest, from the newest down to the ground."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    return [script.revision for script in scripts.walk_revisions()][1:]


def _play() -> tuple[str, str]:
    """A neighbourhood in which two met, with a photo, and two others wait; the player keys of the first two."""
    make.world()
    with writing():
        amina, bram, cem, _dirk = db.session.scalars(select(Person).order_by(Person.id)).unique()
        doing = db.session.scalars(select(Challenge).limit(1)).one()
        met = make.service.hand_in(amina, doing, meetings.photo(), "with a photo", bram)
        make.service.agree(met.id, bram, with_photo=True)
        make.encounter(cem, amina)
        return amina.player_key, bram.player_key


def _story(here: int, found: str) -> Story:
    return Story(key="s" * 26, neighbourhood_id=here, title="", words="", language="nl", called="", found=found,
                 version_hash="", published_at=clock.now())  # fmt: skip


def _people(keys: tuple[str, str]) -> tuple[str, ...]:
    return tuple(person.player_key for key in keys if (person := people.by_player_key(key)))


def _game_tables() -> set[str]:
    ours = {
        mapper.local_table.name for mapper in db.Model.registry.mappers if mapper.class_.__module__.startswith("game")
    }
    return ours | {"encounter_photo"}


def _tables() -> set[str]:
    db.session.rollback()
    return set(inspect(db.engine).get_table_names()) - {ALEMBIC}


def _rows(tables: set[str]) -> dict[str, int]:
    db.session.rollback()
    with db.engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(text(f'"{name}"'))) for name in tables}


def _fresh(near: str, folder: Path) -> str:
    """An empty database of the same kind."""
    if near.startswith("sqlite"):
        return f"sqlite:///{folder / 'migrated.db'}"
    url = make_url(near)
    name = f"buurtspoor_test_{secrets.token_hex(4)}"
    _administer(near, f'CREATE DATABASE "{name}" TEMPLATE template0')
    return url.set(database=name).render_as_string(hide_password=False)


def _drop(url: str) -> None:
    if not url.startswith("sqlite"):
        _administer(url, f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


def _administer(near: str, command: str) -> None:
    engine = create_engine(make_url(near).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(command)
    engine.dispose()
