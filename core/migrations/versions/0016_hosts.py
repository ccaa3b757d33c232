"""Hosts are staff; languages of a neighbourhood; a second factor waits on a device; REPLACE spares the audit log."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# somebody may be a host by command and by invitation: one line that still stands is enough
HOSTS_ARE_STAFF = """
INSERT INTO role (person_id, role, granted_at, ended_at)
SELECT person_id, 'host', since, ended_at FROM host WHERE ended_at IS NOT NULL
UNION ALL
SELECT person_id, 'host', MIN(since), NULL FROM host WHERE ended_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM role WHERE role.person_id = host.person_id AND role.role = 'host' AND role.ended_at IS NULL
) GROUP BY person_id
"""
BY_COMMAND = "role = 'host' AND granted_by IS NULL"

# SQLite's REPLACE takes rows away without asking the trigger on DELETE
NO_REPLACE = """
CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id OR hash = NEW.hash OR before = NEW.before)
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
"""


def upgrade() -> None:
    op.execute(HOSTS_ARE_STAFF)
    op.drop_index(op.f("ix_host_person_id"), table_name="host")
    op.drop_table("host")
    op.add_column("neighbourhood", sa.Column("languages", sa.JSON(), nullable=True))
    op.add_column("staff_session", sa.Column("kind", sa.String(length=10), nullable=True))
    op.add_column("staff_session", sa.Column("next_secret", sa.String(length=200), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(NO_REPLACE)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_entry_no_replace")
    op.drop_column("staff_session", "next_secret")
    op.drop_column("staff_session", "kind")
    op.drop_column("neighbourhood", "languages")
    op.create_table(
        "host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_host_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
    )
    op.create_index(op.f("ix_host_person_id"), "host", ["person_id"])
    op.execute(
        "INSERT INTO host (person_id, since, ended_at) "
        f"SELECT person_id, granted_at, ended_at FROM role WHERE {BY_COMMAND}"
    )
    op.execute(f"DELETE FROM role WHERE {BY_COMMAND}")
