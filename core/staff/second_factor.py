"""The second factor: time-based codes (RFC 6238), none of which serves twice, and codes on paper."""

import base64
import hashlib
import hmac
import secrets
from typing import Any

from flask import current_app
from flask_babel import LazyString
from sqlalchemy import delete, func, select, update

from core import clock
from core.codes import Shape, typed
from core.database import db
from core.staff.models import Account, RecoveryCode, Session

STEP = 30  # seconds
EARLIER_AND_LATER = (-1, 0, 1)  # steps that a clock may be off
HOW_MANY = 10
NOBODYS = 0  # no row has this id
FIGURES = Shape("0123456789", 6, {"O": "0"})  # of the app
PAPER = Shape("ABCDEFGHJKMNPQRSTVWXYZ23456789", 16)


def new_secret(session: Session, given: str | None = None) -> str:
    """A fresh secret, as base32, which waits on this device for its first code; what was in force stays until then.

    `given`: one that somebody knows already (the demo).
    """
    import pyotp

    secret = given or str(pyotp.random_base32())
    session.next_secret = _seal(secret)
    db.session.flush()
    return secret


def next_secret(session: Session) -> str | None:
    """The secret that waits on this device, None for none that can be read."""
    return _open(session.next_secret) if session.next_secret else None


def address(account: Account, secret: str, issuer: str) -> str:
    """What the QR code holds that an authenticator app reads."""
    import pyotp

    return str(pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=issuer))


def accepts(account: Account, code: str) -> bool:
    """Whether this is a code of now, or one of a step before or after, that was not used before. It is used up now."""
    if not (account.totp_secret and account.totp_since):
        return False
    step = _step(_open(account.totp_secret), code)
    if step is None:
        return False
    used = update(Account).where(Account.id == account.id, Account.totp_step < step).values(totp_step=step)
    return bool(db.session.execute(used).rowcount)  # type: ignore[attr-defined]  # of two at once one wins


def begin(session: Session, code: str) -> list[str] | None:
    """Put the secret that waits here in force with its first code; the one before it and its paper are over.

    The codes for on paper, shown this once. None for a wrong code, and when nothing waits.
    """
    waiting = session.next_secret
    step = _step(_open(waiting), code) if waiting else None
    taken = update(Session).where(Session.id == session.id, Session.next_secret == waiting).values(next_secret=None)
    if step is None or not db.session.execute(taken).rowcount:  # type: ignore[attr-defined]  # of two at once one wins
        return None
    account = session.account
    account.totp_secret, account.totp_since, account.totp_step = waiting, clock.now(), step
    return new_paper_codes(account)


def forget(account: Account) -> None:
    """No second factor any more, and no codes on paper."""
    account.totp_secret, account.totp_since, account.totp_step = None, None, 0
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    db.session.flush()


def new_paper_codes(account: Account) -> list[str]:
    """Ten fresh codes for on paper; those before them are over."""
    for old in db.session.scalars(select(RecoveryCode).where(RecoveryCode.account_id == account.id)):
        db.session.delete(old)
    db.session.flush()
    codes = ["".join(secrets.choice(PAPER.signs) for _ in range(PAPER.length)) for _ in range(HOW_MANY)]
    db.session.add_all(RecoveryCode(account_id=account.id, code_hash=_hashed(code)) for code in codes)
    db.session.flush()
    return [f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}" for code in codes]


def paper(account: Account) -> str:
    """Which paper is in force, as a digest. A form that replaces it says so, and can do that once."""
    mine = select(RecoveryCode.code_hash).where(RecoveryCode.account_id == account.id).order_by(RecoveryCode.id)
    return _hashed("".join(db.session.scalars(mine)))[:16]


def accepts_paper(account: Account | None, code: str) -> bool:
    """Whether this is a code on paper that was not used before. It is used up now.

    For no account at all the same question is asked, and the answer is no.
    """
    plain = PAPER.read(code) or ""
    use = (
        update(RecoveryCode)
        .where(RecoveryCode.account_id == (account.id if account else NOBODYS))
        .where(RecoveryCode.code_hash == _hashed(plain), RecoveryCode.used_at.is_(None))
        .values(used_at=clock.now())
    )
    return bool(db.session.execute(use).rowcount)  # type: ignore[attr-defined]


def lacks(code: str) -> LazyString | None:
    """What is wrong with a text that can be no code of either sort; None for one that can."""
    if FIGURES.read(code) or PAPER.read(code):
        return None
    is_paper = any(sign.isalpha() for sign in typed(code))
    return (PAPER if is_paper else FIGURES).lacks(code)


def paper_left(account: Account) -> int:
    """How many codes on paper still open."""
    mine = select(func.count()).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(mine) or 0


def _step(secret: str | None, code: str) -> int | None:
    """The step of a code of now, or of the one before or after; None for any other text, and without a secret."""
    import pyotp

    if secret is None:
        return None
    said, generator = FIGURES.read(code) or "", pyotp.TOTP(secret)
    now = int(clock.now().timestamp()) // STEP
    near = (now + off for off in EARLIER_AND_LATER)
    return next((one for one in near if hmac.compare_digest(generator.at(one * STEP).encode(), said.encode())), None)


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()  # 78 random bits need no salt


def _seal(secret: str) -> str:
    return str(_box().encrypt(secret.encode()).decode())


def _open(sealed: str) -> str | None:
    """The secret; None when the installation has another secret than the one it was sealed with."""
    from cryptography.fernet import InvalidToken

    try:
        return str(_box().decrypt(sealed.encode()).decode())
    except InvalidToken:
        return None


def _box() -> Any:  # cryptography, loaded only where a second factor is used
    from cryptography.fernet import Fernet

    secret = current_app.config["BUURT"].secret.encode()
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret, b"second factor of staff", "sha256")))
