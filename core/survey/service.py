"""Opening a wave, counting what a sheet says, and closing it into an outcome that stays (docs/rules.md §9)."""

from collections import Counter
from collections.abc import Collection
from hashlib import sha256

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, case, delete, select, update

from core import clock, codes
from core.database import db, dialect, insert_into
from core.refusal import Refusal, Sort
from core.survey import queries
from core.survey.items import ANSWERS, ITEMS, Sheet, worth
from core.survey.models import SentSheet, Tally, Wave, WaveMean

FEWEST = 10  # answers at an item, below which nothing is said of it
BATCH = 5  # sheets of paper at least that are typed in together


def open_wave(neighbourhood_id: int, moment: str) -> Wave:
    """From now on it can be filled in. Raises Refusal while another one is open."""
    row = insert_into(Wave, dialect()).values(
        key=codes.new_key(), neighbourhood_id=neighbourhood_id, moment=moment, opened_on=clock.today()
    )
    made = db.session.scalar(row.on_conflict_do_nothing().returning(Wave.id))
    if made is None:
        raise Refusal(_l("The survey is open already. Close it first."), Sort.CONFLICT)
    cells = [{"wave_id": made, "item": item, "value": value, "many": 0} for item in ITEMS for value in ANSWERS]
    db.session.execute(insert_into(Tally, dialect()), cells)
    return db.session.get_one(Wave, made)


def fill_in(wave: Wave, key: str, sheets: Collection[Sheet]) -> bool:
    """Count what these sheets say; whether they count: False for a form whose `key` was sent before.

    Every row of the wave is written, also where nothing is added: none says by when it was written what the last
    sheet said. Raises Refusal when the wave is closed, and for a sheet without any answer.
    """
    _must_be_open(wave)
    if not all(sheets):
        raise Refusal(_l("Tick at least one answer."), Sort.INVALID)
    twin = sha256(f"{wave.key} {key}".encode("utf-8", "replace")).hexdigest()
    sent = insert_into(SentSheet, dialect()).values(wave_id=wave.id, twin=twin)
    if db.session.scalar(sent.on_conflict_do_nothing().returning(SentSheet.twin)) is None:
        return False
    added = Counter(answer for sheet in sheets for answer in sheet.items())
    cells = [(and_(Tally.item == item, Tally.value == value), many) for (item, value), many in added.items()]
    counted = update(Tally).where(Tally.wave_id == wave.id).values(many=Tally.many + case(*cells, else_=0))
    db.session.execute(counted, execution_options={"synchronize_session": False})
    return True


def close(wave: Wave) -> None:
    """Nobody can fill it in any more. What it came to is worked out once; how often each was answered goes.

    Raises Refusal when it is closed already.
    """
    _must_be_open(wave)
    wave.closed_on = clock.today()
    given: dict[str, Counter[int]] = {item: Counter() for item in ITEMS}
    for tally in db.session.scalars(select(Tally).where(Tally.wave_id == wave.id)):
        given[tally.item][worth(tally.item, tally.value)] += tally.many
    for item, counts in given.items():
        if counts.total() >= FEWEST:
            tenths = _tenths(sum(value * many for value, many in counts.items()), counts.total())
            db.session.add(WaveMean(wave_id=wave.id, item=item, tenths=tenths, answers=counts.total()))
    for table in (Tally, SentSheet):
        db.session.execute(delete(table).where(table.wave_id == wave.id))
    db.session.flush()


def _must_be_open(wave: Wave) -> None:
    if queries.locked(wave.id).closed_on is not None:
        raise Refusal(_l("The survey is closed. Nothing more can be filled in."), Sort.GONE)


def _tenths(total: int, how_many: int) -> int:
    """The mean in tenths; half a tenth goes up."""
    return (20 * total + how_many) // (2 * how_many)
