"""What residents think up is handed in like all else; the challenge is what it became once an editor said yes.

A challenge of a resident is one with a random key: makers' are called by their title. What a maker wrote other words
into stays a challenge of makers, for which the desk decides about the challenge. A draft is kept in its first language.
"""

import json
import re
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

moment = UtcDateTime(timezone=True)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # of what was sent before that was kept
RANDOM = re.compile(r"[a-z2-7]{26}")
CHALLENGE = sa.table(
    "challenge",
    *(sa.column(name) for name in ("id", "neighbourhood_id", "key", "kind", "icon", "faceless", "state", "maker",
                                   "changed_by", "asks")),
    sa.column("named", sa.Boolean()), sa.column("texts", sa.JSON()), sa.column("marks", sa.JSON()),
    sa.column("retired_at", moment), sa.column("sent_at", moment),
)  # fmt: skip
CONTRIBUTION = sa.table(
    "contribution",
    *(sa.column(name) for name in ("id", "key", "kind", "neighbourhood_id", "who", "called", "state", "asks",
                                   "last_version", "shown_version", "became")),
    sa.column("named", sa.Boolean()), sa.column("sent_at", moment),
)  # fmt: skip
VERSION = sa.table(
    "contribution_version",
    *(sa.column(name) for name in ("id", "contribution_id", "number", "language", "hash", "by")),
    sa.column("content", sa.JSON()), sa.column("at", moment),
)  # fmt: skip
APPROVAL = sa.table("contribution_approval", sa.column("version_id"))
SAID = [
    sa.table("desk_decision", *(sa.column(name) for name in ("id", "kind", "about", "verdict")),
             sa.column("at", moment), sa.column("undone_at", moment)),
    sa.table("desk_report", sa.column("kind"), sa.column("about")),
]  # fmt: skip
PARTS = ("title", "text", "question")


def upgrade() -> None:
    for row in _all(sa.select(CHALLENGE).where(CHALLENGE.c.maker.is_not(None)).order_by(CHALLENGE.c.id)):
        if RANDOM.fullmatch(row["key"]):
            _hand_in(row)
    op.drop_column("challenge", "named")


def downgrade() -> None:
    op.add_column("challenge", sa.Column("named", sa.Boolean(), nullable=False, server_default=sa.false()))
    those = CONTRIBUTION.c.kind == "draft"
    last = sa.and_(VERSION.c.contribution_id == CONTRIBUTION.c.id, VERSION.c.number == CONTRIBUTION.c.last_version)
    found = sa.select(CONTRIBUTION, VERSION.c.content, VERSION.c.language).join(VERSION, last).where(those)
    for row in _all(found.order_by(CONTRIBUTION.c.id)):
        _back(row)
    ids = sa.select(CONTRIBUTION.c.id).where(those)
    versions = sa.select(VERSION.c.id).where(VERSION.c.contribution_id.in_(ids))
    for gone in (
        APPROVAL.delete().where(APPROVAL.c.version_id.in_(versions)),
        VERSION.delete().where(VERSION.c.contribution_id.in_(ids)),
        CONTRIBUTION.delete().where(those),
    ):
        op.get_bind().execute(gone)


def _hand_in(row: dict[str, object]) -> None:
    """What was withdrawn stays as it is: it was handed in no more. What was never shown leaves no challenge."""
    about, key = f"{row['neighbourhood_id']}-{row['key']}", row["key"]
    is_away = _taken_away("challenge", about) is not None
    is_theirs, is_draft = row["changed_by"] is None, row["state"] == "draft"
    if row["state"] == "hidden" and row["retired_at"] and not is_away:
        return
    if row["retired_at"] and (is_away or is_draft):
        state = "away"
    else:
        state = "shown" if row["state"] == "shown" or not (is_draft or is_theirs) else "waiting"
    sent_at = row["sent_at"] or LONG_AGO
    language, said = next(iter(row["texts"].items()))
    content = {part: said.get(part) or "" for part in PARTS}
    _do(CONTRIBUTION.insert().values(
        key=key, kind="draft", neighbourhood_id=row["neighbourhood_id"], who=row["maker"], named=row["named"],
        called="", state=state, sent_at=sent_at, asks=row["asks"] or 1, last_version=1,
        shown_version=None if is_draft else 1, became=None if is_draft else row["id"],
    ))  # fmt: skip
    number = op.get_bind().scalar(sa.select(CONTRIBUTION.c.id).where(CONTRIBUTION.c.key == key))
    _do(VERSION.insert().values(
        contribution_id=number, number=1, content=content, language=language, by=row["changed_by"] or row["maker"],
        at=sent_at, hash=_hash(language, content),
    ))  # fmt: skip
    this = CHALLENGE.c.id == row["id"]
    if is_draft:
        _do(CHALLENGE.delete().where(this))
    elif is_theirs:
        more = {"state": "hidden", "retired_at": None} if state == "away" else {}
        more |= {"changed_by": row["maker"]} if len(row["texts"]) > 1 else {}  # they wrote it anew themselves, as makers
        _do(CHALLENGE.update().where(this).values(**more, sent_at=None, asks=0))
    if is_theirs or is_draft:
        _say_of("challenge", about, "draft", key)


def _back(row: dict[str, object]) -> None:
    """As it was written last. A challenge that makers wrote other words into keeps those."""
    this = CHALLENGE.c.id == row["became"]
    there = next(iter(_all(sa.select(CHALLENGE).where(this))), None) if row["became"] else None
    away_at = _taken_away("draft", row["key"]) or row["sent_at"] if row["state"] == "away" else None
    content = {part: row["content"][part] for part in PARTS}
    anew = {"texts": {row["language"]: content}, "named": row["named"], "sent_at": row["sent_at"], "asks": row["asks"]}
    if there is None:
        here = sa.and_(CHALLENGE.c.neighbourhood_id == row["neighbourhood_id"], CHALLENGE.c.key == row["key"])
        name = row["key"][::-1] if _all(sa.select(CHALLENGE).where(here)) else row["key"]  # makers have that one by now
        _do(CHALLENGE.insert().values(
            **anew, neighbourhood_id=row["neighbourhood_id"], key=name, kind="together", icon="i-samen", marks=[],
            faceless=True, state="draft", maker=row["who"], retired_at=away_at,
        ))  # fmt: skip
    elif there["changed_by"] is None:
        name, more = there["key"], {"retired_at": away_at} if away_at else {}
        _do(CHALLENGE.update().where(this).values(**anew, **more))
    else:
        name = there["key"]
    _say_of("draft", row["key"], "challenge", f"{row['neighbourhood_id']}-{name}")


def _taken_away(kind: str, about: str) -> object:
    """When an editor took it away, where that was said last."""
    said = SAID[0].c
    mine = sa.select(said.verdict, said.at).where(said.kind == kind, said.about == about, said.undone_at.is_(None))
    last = op.get_bind().execute(mine.order_by(said.id.desc()).limit(1)).first()
    return last.at if last and last.verdict == "away" else None


def _say_of(kind: str, about: str, to_kind: str, to: str) -> None:
    """What the desk decided, and what was reported, is about it under this key."""
    for table in SAID:
        this = sa.and_(table.c.kind == kind, table.c.about == about)
        _do(table.update().where(this).values(kind=to_kind, about=to))


def _all(question: sa.Select) -> list[dict[str, object]]:
    return op.get_bind().execute(question).mappings().all()


def _do(statement: sa.sql.Executable) -> None:
    op.get_bind().execute(statement)


def _hash(language: str, content: dict[str, object]) -> str:
    said = {"kind": "draft", "language": language, "content": content}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
