"""An entry of the audit log. The database itself refuses to change or remove one (migration 0009)."""

import hashlib
import json

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Id, Model, Moment, PlayerKey

FIRST = "0" * 64  # what stands before the first entry


class AuditEntry(Model):
    """One act that docs/rules.md §3 marks †. No names and no words of a person: keys, and a reason from a short list.

    `actor` is None for somebody at the command line. `hash` covers the entry and the hash before it, so that an entry
    that was altered or taken out is found (`flask --app wsgi audit verify`).
    """

    __tablename__ = "audit_entry"

    id: Mapped[Id]
    neighbourhood_id: Mapped[int | None] = mapped_column(ForeignKey("neighbourhood.id"))
    at: Mapped[Moment]
    actor: Mapped[PlayerKey | None]
    role: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(60))  # the key of what it was done to
    reason: Mapped[str | None] = mapped_column(String(200))
    before: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    def seal(self) -> str:
        """The hash that this entry should have: SHA-256 of what it says, and of the hash before it."""
        said = [
            self.before, self.neighbourhood_id, self.at.isoformat(), self.actor, self.role, self.action, self.about,
            self.reason,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()
