"""The sweep of the mails that bring somebody back: the row is the queue, sending happens in no transaction."""

import logging

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from core import codes, mail
from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from core.people import mail_links
from core.people.mail_links import EmailAsk
from core.people.models import Person

log = logging.getLogger(__name__)
BATCH = 20
Letter = tuple[str, str, str]


def send_due() -> int:
    """Send what is due; how many mails went. One killed in the middle is sent again, with a new secret."""
    sent = sum(_send(ask_id) for ask_id in mail_links.due(BATCH))
    with writing():
        mail_links.clear_over()
    return sent


def _send(ask_id: int) -> int:
    with writing():
        ask = mail_links.claim(ask_id)
        if ask is None:
            return 0
        letters = [_letter(ask, person) for person in mail_links.addressed(ask)]
    sent = 0
    try:
        for letter in letters:
            mail.send(*letter)
            sent += 1
    except mail.NotSent as reason:
        log.warning("a mail would not go: %s", reason)
    with writing():
        mail_links.done(ask_id, is_sent=sent == len(letters))
    return sent


def _letter(ask: EmailAsk, person: Person) -> Letter:
    code = mail_links.new_link(ask, person)
    where = db.session.get_one(Neighbourhood, ask.neighbourhood_id)
    with force_locale(ask.lang):
        if ask.person_id is None:
            subject = _("Your way back to %(place)s", place=where.name)
            first = _("Open this link to play as %(name)s on this phone:", name=person.name)
            endpoint = "people.back"
        else:
            subject = _("Is this address yours?")
            first = _(
                "%(name)s gave this address, for when a phone is lost. Open this link to agree:", name=person.name
            )
            endpoint = "people.email"
        page = current_app.config["BUURT"].public_url.rstrip("/") + _path(endpoint, where.slug)
        lines = (
            first,
            f"{page}#{code}",
            _("Or type this code on %(page)s:", page=page.partition("://")[2]),
            " ".join(codes.in_groups(code)),
            _("It works once, for 10 minutes. Did you not ask for this? Then do nothing."),
            _("We never ask for money or a password here."),
        )
        return ask.address, subject, "\n\n".join(lines) + "\n"


def _path(endpoint: str, slug: str) -> str:
    return str(current_app.url_map.bind("").build(endpoint, {"slug": slug}))
