"""Coming back on another phone, by the secret of the card or of a mail."""

from flask_babel import lazy_gettext as _l

from core import codes
from core.people import cards, mail_links, phones, service
from core.people.models import Person
from core.refusal import Refusal, Sort


def come_back(neighbourhood_id: int, typed: str, ends_others: bool, token: str) -> tuple[Person, str]:
    """Make the phone that asks theirs: the person, and its new token. `token` is what it held until now: that is over.

    `ends_others` ends every other phone of theirs and every link that was mailed. Raises Refusal, in the same words
    after the same questions, for a secret that is unknown, killed, used, over, or of another neighbourhood.
    """
    code = codes.LONG.read(typed) or ""
    by_card = cards.whose(neighbourhood_id, code)
    person = mail_links.whose(neighbourhood_id, code) or by_card
    if person is None:
        raise Refusal(_l("We do not know this code, or it is over. See if you swapped a letter."), Sort.UNKNOWN)
    service.sign_out(token)
    fresh = service.sign_in(person)
    if ends_others:
        phones.end_others(person, fresh)
        mail_links.end_links(person)
    return person, fresh


def confirm_address(neighbourhood_id: int, typed: str) -> None:
    """Keep the address that a mail's secret was sent to. Raises Refusal for a secret that opens nothing here."""
    mail_links.confirm(neighbourhood_id, codes.LONG.read(typed) or "")
