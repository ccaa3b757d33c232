"""Giving a receipt, reading one, and giving a new one to who lost theirs."""

import hashlib

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from core import clock, codes
from core.audit import service as audit
from core.database import db
from core.guard import Role
from core.people.models import Person
from core.receipts import queries
from core.receipts.models import Receipt
from core.refusal import Refusal, Sort
from core.staying import Before, Heir


def issue(neighbourhood_id: int, subject: str) -> str:
    """The secret of a receipt for this subject: 26 letters, given this once. The one before is dead from now on."""
    code = codes.long_code()
    keep(neighbourhood_id, subject, hashed(code))
    return code


def keep(neighbourhood_id: int, subject: str, code_hash: str, key: str = "") -> None:
    """The receipt of this subject is the one whose secret has this hash. `key`: of a new one, where it had one."""
    held = db.session.scalar(select(Receipt).where(Receipt.subject == subject).with_for_update())
    if held is None:
        held = Receipt(key=key or codes.new_key(), neighbourhood_id=neighbourhood_id, subject=subject)
        db.session.add(held)
    held.code_hash, held.issued_at = code_hash, clock.now()
    db.session.flush()


def inherit(_player: str, heir: Heir) -> Before:
    """The receipt under which it stays what somebody told who is erased: they have its secret already."""
    keep(heir.neighbourhood_id, heir.subject, hashed(heir.code))
    return {}


def drop(subject: str, _player: str, _before: Before) -> None:
    """They came back, and it opens nothing any more."""
    db.session.execute(delete(Receipt).where(Receipt.subject == subject))


def opened(neighbourhood_id: int, typed: str) -> Receipt:
    """The receipt that this secret opens here. Raises Refusal where it is none, or a newer one took its place."""
    found = queries.by_hash(neighbourhood_id, hashed(codes.LONG.read(typed) or ""))
    if found is None:
        raise Refusal(_l("We do not know this receipt. Perhaps a newer one took its place."), Sort.UNKNOWN)
    return found


def reissue(host: Person, role: Role, key: str) -> str:
    """A new secret for somebody who stands before a host and lost theirs; it leaves an audit entry.

    Raises Refusal for a receipt that is not here, and for one of which no host can know whose it is.
    """
    found = queries.by_key(host.neighbourhood_id, key)
    if found is None or not queries.called([found.subject]):
        raise Refusal(_l("Nobody can give a new receipt for this."), Sort.UNKNOWN)
    code = issue(host.neighbourhood_id, found.subject)
    audit.record("receipt.reissue", f"receipt {found.key}", host.neighbourhood_id, host.player_key, role)
    return code


def hashed(code: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(code.encode()).hexdigest()
