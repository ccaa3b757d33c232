"""What people hand in has one table, with versions and who signed them; proposed places are the first of it."""

import json
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

moment = UtcDateTime(timezone=True)
PROPOSAL = sa.table(
    "spot_proposal",
    *(sa.column(name) for name in ("id", "key", "neighbourhood_id", "player", "name", "street", "about", "language",
                                   "lat", "lon", "named", "state", "asks", "spot_id")),
    sa.column("sent_at", moment),
)  # fmt: skip
CONTRIBUTION = sa.table(
    "contribution",
    *(sa.column(name) for name in ("id", "key", "kind", "neighbourhood_id", "who", "named", "state", "asks",
                                   "last_version", "shown_version", "became")),
    sa.column("sent_at", moment),
)  # fmt: skip
VERSION = sa.table(
    "contribution_version",
    *(sa.column(name) for name in ("contribution_id", "number", "language", "hash", "by")),
    sa.column("content", sa.JSON()), sa.column("at", moment),
)  # fmt: skip
SPOT = sa.table("spot", sa.column("id"))
SAYS = ("name", "street", "lat", "lon", "about")
STATES = {"waiting": "waiting", "taken": "shown", "away": "away"}


def upgrade() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("last_version", sa.Integer(), nullable=False),
        sa.Column("shown_version", sa.Integer(), nullable=True),
        sa.Column("became", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_contribution_neighbourhood_id_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("key", name=op.f("uq_contribution_key")),
    )
    op.create_index(
        op.f("ix_contribution_neighbourhood_id_kind_state_sent_at"), "contribution",
        ["neighbourhood_id", "kind", "state", "sent_at"],
    )
    op.create_index(op.f("ix_contribution_kind_became"), "contribution", ["kind", "became"])
    op.create_index(op.f("ix_contribution_who"), "contribution", ["who"])
    op.create_table(
        "contribution_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_contribution_version_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_version")),
        sa.UniqueConstraint("contribution_id", "number", name=op.f("uq_contribution_version_contribution_id_number")),
    )
    op.create_table(
        "contribution_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=26), nullable=False),
        sa.Column("as_what", sa.String(length=20), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("entered_by", sa.String(length=26), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["contribution_version.id"],
            name=op.f("fk_contribution_approval_version_id_contribution_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_approval")),
        sa.UniqueConstraint("version_id", "who", "as_what", name=op.f("uq_contribution_approval_version_id_who_as_what")),
    )
    op.create_index(op.f("ix_contribution_approval_who"), "contribution_approval", ["who"])
    _move_places()
    op.drop_table("spot_proposal")


def downgrade() -> None:
    op.create_table(
        "spot_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=26), nullable=False),
        sa.Column("neighbourhood_id", sa.Integer(), nullable=False),
        sa.Column("player", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("street", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhood.id"], name=op.f("fk_spot_proposal_neighbourhood_id_neighbourhood")
        ),
        sa.ForeignKeyConstraint(["spot_id"], ["spot.id"], name=op.f("fk_spot_proposal_spot_id_spot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_proposal")),
        sa.UniqueConstraint("key", name=op.f("uq_spot_proposal_key")),
    )
    op.create_index(
        op.f("ix_spot_proposal_neighbourhood_id_state_sent_at"), "spot_proposal",
        ["neighbourhood_id", "state", "sent_at"],
    )
    op.create_index(op.f("ix_spot_proposal_player"), "spot_proposal", ["player"])
    op.create_index(op.f("ix_spot_proposal_spot_id"), "spot_proposal", ["spot_id"])
    _move_places_back()
    op.drop_table("contribution_approval")
    op.drop_table("contribution_version")
    op.drop_table("contribution")


def _move_places() -> None:
    """Each under the number that it had: its decisions go by its key, which stays."""
    for row in op.get_bind().execute(sa.select(PROPOSAL).order_by(PROPOSAL.c.id)).mappings().all():
        number, is_shown = row["id"], row["state"] == "taken"
        content = {name: row[name] for name in SAYS}
        _put(CONTRIBUTION, {
            **{name: row[name] for name in ("id", "key", "neighbourhood_id", "named", "sent_at", "asks")},
            "kind": "place", "who": row["player"], "state": STATES[row["state"]], "last_version": 1,
            "shown_version": 1 if is_shown else None, "became": row["spot_id"],
        })  # fmt: skip
        _put(VERSION, {
            "contribution_id": number, "number": 1, "content": content, "language": row["language"],
            "hash": _hash("place", row["language"], content), "by": row["player"], "at": row["sent_at"],
        })  # fmt: skip
    _count_on("contribution")


def _move_places_back() -> None:
    """As each was written last. Kinds of later are not known there, and go."""
    spots = set(op.get_bind().execute(sa.select(SPOT.c.id)).scalars())
    last = sa.and_(VERSION.c.contribution_id == CONTRIBUTION.c.id, VERSION.c.number == CONTRIBUTION.c.last_version)
    found = sa.select(CONTRIBUTION, VERSION.c.content, VERSION.c.language).join(VERSION, last)
    back = {new: old for old, new in STATES.items()}
    for row in op.get_bind().execute(found.where(CONTRIBUTION.c.kind == "place")).mappings().all():
        _put(PROPOSAL, {
            **{name: row[name] for name in ("id", "key", "neighbourhood_id", "named", "sent_at", "asks", "language")},
            **{name: row["content"][name] for name in SAYS}, "player": row["who"], "state": back[row["state"]],
            "spot_id": row["became"] if row["became"] in spots else None,
        })  # fmt: skip
    _count_on("spot_proposal")


def _put(table: sa.TableClause, row: dict[str, object]) -> None:
    op.get_bind().execute(table.insert().values(**row))


def _count_on(table: str) -> None:
    """PostgreSQL goes on counting from the highest number."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")


def _hash(kind: str, language: str, content: dict[str, object]) -> str:
    said = {"kind": kind, "language": language, "content": content}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
