"""Sending a mail through the SMTP server of BUURT_MAIL_URL. It takes seconds: only sweeps do it, in no transaction."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from flask import current_app

PATIENCE = 15  # seconds


class NotSent(Exception):
    """The server was not there or would not take it. A later try may do."""


def is_set_up() -> bool:
    """Whether this site sends mail."""
    return bool(current_app.config["BUURT"].mail_url)


def send(to: str, subject: str, text: str) -> None:
    """Send one plain mail. Raises NotSent."""
    settings = current_app.config["BUURT"]
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.mail_from, to, subject
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=settings.mail_from.rpartition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    try:
        _hand_over(settings.mail_url, letter)
    except (OSError, smtplib.SMTPException) as reason:
        raise NotSent(type(reason).__name__) from reason  # the reason itself may hold the address


def _hand_over(url: str, letter: EmailMessage) -> None:
    parts = urlsplit(url)
    host, safe = parts.hostname or "", ssl.create_default_context()
    is_safe = parts.scheme == "smtps"
    with (
        smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=safe)
        if is_safe
        else smtplib.SMTP(host, parts.port or 25, timeout=PATIENCE)
    ) as server:
        server.ehlo()
        if not is_safe and (parts.username or server.has_extn("starttls")):
            server.starttls(context=safe)  # a password never goes without TLS: this raises where there is none
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(letter)
