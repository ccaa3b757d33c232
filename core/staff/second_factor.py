"""The second factor: time-based codes (RFC 6238), none of which serves twice, and codes on paper."""

import base64
import hashlib
import hmac
import secrets
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from core import clock
from core.database import db
from core.staff.models import Account, RecoveryCode

STEP = 30  # seconds
EARLIER_AND_LATER = (-1, 0, 1)  # steps that a clock may be off
HOW_MANY = 10
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def new_secret(account: Account) -> str:
    """Give an account a fresh secret, in force once a first code from it came back. The secret, as base32."""
    import pyotp

    secret = str(pyotp.random_base32())
    account.totp_secret, account.totp_since, account.totp_step = _seal(secret), None, 0
    db.session.flush()
    return secret


def secret_of(account: Account) -> str:
    """The secret that `new_secret` made. ValueError when there is none."""
    if account.totp_secret is None:
        raise ValueError("this account has no second factor yet")
    return _open(account.totp_secret)


def address(account: Account, issuer: str) -> str:
    """What the QR code holds that an authenticator app reads."""
    import pyotp

    return str(pyotp.TOTP(secret_of(account)).provisioning_uri(name=account.login, issuer_name=issuer))


def accepts(account: Account, code: str) -> bool:
    """Whether this is a code of now, or one of a step before or after, that was not used before. It is used up now."""
    import pyotp

    if account.totp_secret is None:
        return False
    said, generator = "".join(code.split()), pyotp.TOTP(secret_of(account))
    now = int(clock.now().timestamp()) // STEP
    for step in (now + off for off in EARLIER_AND_LATER):
        if hmac.compare_digest(generator.at(step * STEP).encode(), said.encode()) and step > account.totp_step:
            used = update(Account).where(Account.id == account.id, Account.totp_step < step).values(totp_step=step)
            return bool(db.session.execute(used).rowcount)  # type: ignore[attr-defined]  # of two at once one wins
    return False


def begin(account: Account, code: str) -> list[str] | None:
    """Put it in force with a first code; the codes for on paper, shown this once. None for a wrong code."""
    if not accepts(account, code):
        return None
    account.totp_since = clock.now()
    return new_paper_codes(account)


def new_paper_codes(account: Account) -> list[str]:
    """Ten fresh codes for on paper; those before them are over."""
    for old in db.session.scalars(select(RecoveryCode).where(RecoveryCode.account_id == account.id)):
        db.session.delete(old)
    db.session.flush()
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(16)) for _ in range(HOW_MANY)]
    db.session.add_all(RecoveryCode(account_id=account.id, code_hash=_hashed(code)) for code in codes)
    db.session.flush()
    return [f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}" for code in codes]


def accepts_paper(account: Account, code: str) -> bool:
    """Whether this is a code on paper that was not used before. It is used up now."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    use = (
        update(RecoveryCode)
        .where(RecoveryCode.account_id == account.id, RecoveryCode.code_hash == _hashed(plain))
        .where(RecoveryCode.used_at.is_(None))
        .values(used_at=clock.now())
    )
    return bool(db.session.execute(use).rowcount)  # type: ignore[attr-defined]


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()  # 78 random bits need no salt


def _seal(secret: str) -> str:
    return str(_box().encrypt(secret.encode()).decode())


def _open(sealed: str) -> str:
    return str(_box().decrypt(sealed.encode()).decode())


def _box() -> Any:  # cryptography, loaded only where a second factor is used
    from cryptography.fernet import Fernet

    secret = current_app.config["BUURT"].secret.encode()
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret, b"second factor of staff", "sha256")))
