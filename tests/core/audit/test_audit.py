"""The audit log: entries follow one another, and one that was altered or taken out is found."""

import threading

import pytest
from sqlalchemy import delete, select, text, update

from core.audit import service
from core.audit.models import AuditEntry
from core.database import db, writing


@pytest.fixture
def three(inside, clock):
    with writing():
        for number in range(3):
            clock.advance(minutes=1)
            service.record("photo.clear", f"photo-{number}", None)


def verify(app, *more):
    return app.test_cli_runner().invoke(args=["audit", "verify", *more])


def test_a_log_that_nobody_touched_is_whole(app, three):
    answer = verify(app)
    assert answer.exit_code == 0
    assert answer.output.startswith("3 entries, 0 faults")


@pytest.mark.parametrize(
    ("column", "value"), [("about", "another"), ("role", "editor"), ("reason", "x"), ("actor", "a")]
)
def test_an_altered_entry_is_found(app, three, column, value):
    with writing():
        db.session.execute(update(AuditEntry).where(AuditEntry.about == "photo-1").values({column: value}))
    answer = verify(app)
    assert answer.exit_code == 1
    assert "it was altered" in answer.output


def test_an_altered_entry_with_a_new_seal_is_found_by_the_next(app, three):
    with writing():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.about == "photo-1")).one()
        entry.about = "another"
        entry.hash = entry.seal()
    assert "something before it is gone or was moved" in verify(app).output


def test_an_entry_taken_out_is_found(app, three):
    with writing():
        db.session.execute(delete(AuditEntry).where(AuditEntry.about == "photo-1"))
    assert verify(app).exit_code == 1


def test_a_log_cut_off_at_its_end_is_found_by_the_hash_of_before(app, three):
    head = service.head()
    with writing():
        db.session.execute(delete(AuditEntry).where(AuditEntry.about == "photo-2"))
    assert verify(app).exit_code == 0
    assert verify(app, "--head", head).exit_code == 1


ENTRY = (
    "INSERT INTO audit_entry (id, neighbourhood_id, at, actor, role, action, about, reason, before, hash) "
    "SELECT {id}, neighbourhood_id, at, actor, role, action, 'made up', reason, {before}, 'made up' "
    "FROM audit_entry WHERE about = 'photo-2'"
)
TAMPERING = {
    "a row changed": "UPDATE audit_entry SET about = 'another' WHERE about = 'photo-1'",
    "a moment changed": "UPDATE audit_entry SET at = '2020-01-01 00:00:00+00:00' WHERE about = 'photo-1'",
    "a row removed": "DELETE FROM audit_entry WHERE about = 'photo-1'",
    "the first row removed": "DELETE FROM audit_entry WHERE about = 'photo-0'",
    "the last row cut off": "DELETE FROM audit_entry WHERE about = 'photo-2'",
    "a row put between": "UPDATE audit_entry SET id = 1000 WHERE about = 'photo-2'; "
    + ENTRY.format(id="999", before="'put between'"),
    "a row put before": ENTRY.format(id="-1", before="'put before'"),
    "a row put at the end": ENTRY.format(id="1000", before="hash"),
    "two rows changed places": "UPDATE audit_entry SET id = 1005 - id WHERE about IN ('photo-1', 'photo-2')",
    "everything removed": "DELETE FROM audit_entry",
}


@pytest.mark.both
@pytest.mark.parametrize("what", TAMPERING)
def test_what_is_done_to_the_log_by_sql_is_found_with_the_head_of_before(app, three, what):
    head = service.head()
    assert verify(app, "--head", head).exit_code == 0
    db.session.rollback()
    with db.engine.begin() as connection:  # no triggers here: somebody with more rights took them off
        for statement in TAMPERING[what].split("; "):
            connection.exec_driver_sql(statement)
    assert verify(app, "--head", head).exit_code == 1


def test_an_act_that_fails_leaves_no_entry(inside):
    def act():
        with writing():
            service.record("photo.clear", "photo", None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert service.length() == 0


@pytest.mark.both
def test_entries_of_many_at_once_follow_one_another(app):
    def act(number):
        with app.app_context(), writing():
            service.record("photo.clear", f"photo-{number}", None)

    threads = [threading.Thread(target=act, args=[number]) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert service.length() == 12
        assert list(service.faults()) == []


def test_the_hash_covers_every_column(three):
    covered = {"before", "neighbourhood_id", "at", "actor", "role", "action", "about", "reason"}
    assert {column.name for column in AuditEntry.__table__.columns} == covered | {"id", "hash"}


def test_text_of_any_language_is_sealed_alike(inside):
    with writing():
        service.record("photo.clear", "foto-é", None, reason="een reden met ë en س")
    db.session.expire_all()
    assert list(service.faults()) == []
    assert db.session.scalar(text("SELECT count(*) FROM audit_entry")) == 1
