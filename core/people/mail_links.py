"""An e-mail address as one more way back: given by choice, confirmed by a link, kept apart and deletable.

The row is the queue: what is asked waits as an `EmailAsk`, the sweep looks up whose the address is, writes the mail and
sends it. So asking costs the same whether an address is known or not. A link's secret is made when its mail is sent.
"""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock, codes
from core.database import Id, Model, Moment, db
from core.people.cards import hashed
from core.people.models import Person
from core.refusal import Refusal, Sort

LIVES = timedelta(minutes=10)
LONGEST = 254
NOT_IN_ONE = set(' \t\r\n,;:<>()[]"\\')
TRIES = 3
LATER = timedelta(minutes=2)
MOST = 5  # players of one address: a family's
NO_ADDRESS = _l("That is no e-mail address. It looks like name@example.nl.")
CONFIRM, COME_BACK = "confirm", "come back"


class EmailAddress(Model):
    """The confirmed address of somebody. Nobody else ever sees it."""

    __tablename__ = "email_address"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    address: Mapped[str] = mapped_column(String(LONGEST), index=True)
    confirmed_at: Mapped[Moment]
    person: Mapped[Person] = relationship()


class EmailAsk(Model):
    """A mail that is to go out: to confirm the address that `person_id` gave, or to bring its owner back."""

    __tablename__ = "email_ask"

    id: Mapped[Id]
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(LONGEST))
    lang: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[Moment]
    due_at: Mapped[Moment] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)


class EmailLink(Model):
    """What a mail's link opens, once, for ten minutes. Here lies only the SHA-256 of its secret."""

    __tablename__ = "email_link"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(LONGEST))
    valid_until: Mapped[Moment] = mapped_column(index=True)


def tidy(address: str) -> str:
    """An address in its one spelling. Raises Refusal when it cannot be one."""
    plain = address.strip().lower()
    name, at, host = plain.rpartition("@")
    fits = at and name and "@" not in name and "." in host.strip(".") and len(plain) <= LONGEST
    if not fits or not plain.isascii() or not plain.isprintable() or NOT_IN_ONE & set(plain):
        raise Refusal(NO_ADDRESS, Sort.INVALID, field="address")
    return plain


def of(person: Person) -> EmailAddress | None:
    """The confirmed address of somebody."""
    return db.session.get(EmailAddress, person.id)


def give(person: Person, address: str, lang: str) -> None:
    """Give an address; it counts once its owner opened the link that goes there. Raises Refusal for no address."""
    db.session.execute(delete(EmailAsk).where(EmailAsk.person_id == person.id))
    _ask(person.neighbourhood_id, tidy(address), lang, person.id)


def ask_back(neighbourhood_id: int, address: str, lang: str) -> None:
    """Ask for a link at an address, known or not: the same one row. Raises Refusal for what is no address."""
    _ask(neighbourhood_id, tidy(address), lang, None)


def confirm(neighbourhood_id: int, code: str) -> None:
    """Keep the address that a link was sent to. Raises Refusal for any code that opens nothing here (any more)."""
    link = _take(code, CONFIRM, neighbourhood_id)
    if link is None:
        raise Refusal(_l("We do not know this code, or it is over. See if you swapped a letter."), Sort.UNKNOWN)
    kept = db.session.get(EmailAddress, link.person_id)
    if kept is None:
        kept = EmailAddress(person_id=link.person_id)
        db.session.add(kept)
    kept.address, kept.confirmed_at = link.address, clock.now()
    db.session.flush()


def whose(neighbourhood_id: int, code: str) -> Person | None:
    """Who comes back by a mail's secret, which is used up by it. None for any that opens nothing here."""
    link = _take(code, COME_BACK, neighbourhood_id)
    return db.session.get(Person, link.person_id) if link else None


def forget(person: Person) -> None:
    """Take away somebody's address, what waits to be sent to it, and every link that still opens something."""
    for model in (EmailLink, EmailAsk, EmailAddress):
        db.session.execute(delete(model).where(model.person_id == person.id))
    db.session.flush()


def end_links(person: Person) -> None:
    """Every link that still opens something for somebody is over."""
    db.session.execute(delete(EmailLink).where(EmailLink.person_id == person.id))


def due(limit: int) -> Sequence[int]:
    """Ids of the mails that are to go out now."""
    return db.session.scalars(select(EmailAsk.id).where(EmailAsk.due_at <= clock.now()).limit(limit)).all()


def claim(ask_id: int) -> EmailAsk | None:
    """Take one of them for this try; None when another sweep has it. Later is the next try, so none is lost."""
    ask = db.session.scalar(select(EmailAsk).where(EmailAsk.id == ask_id).with_for_update())
    if ask is None or ask.due_at > clock.now():
        return None
    ask.tries, ask.due_at = ask.tries + 1, clock.now() + LATER
    return ask


def addressed(ask: EmailAsk) -> list[Person]:
    """The person a mail is about: who gave the address, or has it in this neighbourhood."""
    wanted = select(Person).where(Person.leaving_at.is_(None)).limit(MOST)
    if ask.person_id is not None:
        return list(db.session.scalars(wanted.where(Person.id == ask.person_id)).unique())
    wanted = wanted.join(EmailAddress, EmailAddress.person_id == Person.id)
    wanted = wanted.where(EmailAddress.address == ask.address, Person.neighbourhood_id == ask.neighbourhood_id)
    return list(db.session.scalars(wanted.order_by(Person.id)).unique())


def new_link(ask: EmailAsk, person: Person) -> str:
    """A secret that opens what a mail is for, for ten minutes from now."""
    code, purpose = codes.long_code(), COME_BACK if ask.person_id is None else CONFIRM
    link = EmailLink(code_hash=hashed(code), person_id=person.id, purpose=purpose, address=ask.address)
    link.valid_until = clock.now() + LIVES
    db.session.add(link)
    db.session.flush()
    return code


def done(ask_id: int, is_sent: bool) -> None:
    """Forget what was sent, or would not go in three tries."""
    gone = delete(EmailAsk).where(EmailAsk.id == ask_id)
    db.session.execute(gone if is_sent else gone.where(EmailAsk.tries >= TRIES))


def clear_over() -> None:
    """Remove the links whose ten minutes are over."""
    db.session.execute(delete(EmailLink).where(EmailLink.valid_until <= clock.now()))


def _ask(neighbourhood_id: int, address: str, lang: str, person_id: int | None) -> None:
    now = clock.now()
    db.session.add(
        EmailAsk(
            neighbourhood_id=neighbourhood_id, person_id=person_id, address=address, lang=lang, asked_at=now, due_at=now
        )
    )
    db.session.flush()


def _take(code: str, purpose: str, neighbourhood_id: int) -> EmailLink | None:
    """Use up a link. Of two that come at once one gets it, since it is held until the row is gone."""
    here = select(Person.id).where(Person.neighbourhood_id == neighbourhood_id, Person.leaving_at.is_(None))
    wanted = select(EmailLink).where(EmailLink.code_hash == hashed(code), EmailLink.purpose == purpose)
    wanted = wanted.where(EmailLink.valid_until > clock.now(), EmailLink.person_id.in_(here))
    link = db.session.scalar(wanted.with_for_update())
    if link is not None:
        db.session.delete(link)
        db.session.flush()
    return link
