"""Finding receipts."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from core.database import db
from core.receipts.holdings import HOLDINGS
from core.receipts.models import Receipt

LATEST = 200  # that a host looks through


def by_hash(neighbourhood_id: int, code_hash: str) -> Receipt | None:
    """The receipt of a secret, by the hash of it, where it was given."""
    mine = (Receipt.neighbourhood_id == neighbourhood_id, Receipt.code_hash == code_hash)
    return db.session.scalar(select(Receipt).where(*mine))


def by_key(neighbourhood_id: int, key: str) -> Receipt | None:
    """A receipt as hosts know it."""
    return db.session.scalar(select(Receipt).where(Receipt.neighbourhood_id == neighbourhood_id, Receipt.key == key))


def called(subjects: Collection[str]) -> dict[str, str]:
    """What a host calls what these subjects handed in; without those of whom no host can know who they are."""
    return {subject: name for one in HOLDINGS.all() for subject, name in one.called(subjects).items()}


def to_give_anew(neighbourhood_id: int) -> list[tuple[Receipt, str]]:
    """The latest receipts that a host can give anew, each with what was handed in under it."""
    here = select(Receipt).where(Receipt.neighbourhood_id == neighbourhood_id)
    found: Sequence[Receipt] = db.session.scalars(here.order_by(Receipt.id.desc()).limit(LATEST)).all()
    names = called([one.subject for one in found])
    return [(one, names[one.subject]) for one in found if one.subject in names]
