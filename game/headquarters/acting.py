"""What a host does for who has no phone and stands before them (docs/rules.md §3). Each act leaves an audit entry."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _l

from core.audit import service as audit
from core.consent.models import How
from core.desk import queries as desk_queries
from core.desk import service as desk
from core.guard import Role
from core.people import cards
from core.people import queries as people
from core.people.models import Person
from core.photos import service as photos
from core.photos.models import Photo
from core.printing.service import PaperCard
from core.refusal import Refusal, Sort
from game.encounters import service as encounters
from game.encounters.models import Encounter, State
from game.scoring import questions

YES, WITHOUT_PHOTO, NO = "yes", "without photo", "no"


def must_play_on_paper(person: Person) -> None:
    """Raises Refusal for who has a phone, or had one: there they do it themselves."""
    if people.ever_had_phone(person):
        raise Refusal(_l("They play with a phone. They do this there."), Sort.FORBIDDEN)


def answer(host: Person, role: Role, meeting: Encounter, person: Person, said: str) -> None:
    """What somebody says to a meeting that waits for them. Raises Refusal where it waits no more, or for no answer."""
    must_play_on_paper(person)
    if said not in (YES, WITHOUT_PHOTO, NO):
        raise Refusal(_l("Choose yes or no."), Sort.INVALID)
    if meeting.state == State.DECLINED if said == NO else meeting.said_yes(person.player_key):
        return  # the same form once more
    if said == NO:
        encounters.decline(meeting.id, person)
        audit.record("meeting.no for", meeting.key, host.neighbourhood_id, host.player_key, role)
    else:
        encounters.agree(meeting.id, person, with_photo=said == YES)
        audit.record("meeting.yes for", meeting.key, host.neighbourhood_id, host.player_key, role)


def withdraw(host: Person, role: Role, photo: Photo, person: Person) -> None:
    """A photo of theirs goes, from every place; the meeting and the points stay."""
    must_play_on_paper(person)
    photos.forget(photo, person.player_key)
    audit.record("photo.withdraw for", photo.key, host.neighbourhood_id, host.player_key, role)


def choose(host: Person, role: Role, photo: Photo, person: Person, scopes: Collection[str]) -> None:
    """Who may see a photo of theirs, as they signed it on paper."""
    must_play_on_paper(person)
    photos.choose(photo, person.player_key, scopes, How.PAPER)
    audit.record("photo.choose for", photo.key, host.neighbourhood_id, host.player_key, role)


def ask(host: Person, role: Role, person: Person, meeting: str, reason: str) -> None:
    """They ask a coordinator whether what a meeting gave is right. Raises Refusal as asking on a phone does."""
    must_play_on_paper(person)
    if questions.of(person.player_key, [meeting]):
        return  # the same form once more
    questions.ask(person.player_key, meeting, reason)
    audit.record("points.ask for", meeting, host.neighbourhood_id, host.player_key, role)


def appeal(host: Person, role: Role, person: Person, decision: str) -> None:
    """They ask another editor to look at what was decided. Raises Refusal as asking on a phone does."""
    must_play_on_paper(person)
    found = desk_queries.by_key(host.neighbourhood_id, decision)
    if found and found.appealed_at:
        return  # the same form once more
    desk.appeal(host.neighbourhood_id, decision, person.player_key)
    desk_queries.mark_read(person.player_key)
    audit.record("answer.appeal for", decision, host.neighbourhood_id, host.player_key, role)


def new_card(host: Person, role: Role, person: Person) -> PaperCard:
    """A card in the place of a lost one, whose way back in is dead from now on."""
    must_play_on_paper(person)
    card = PaperCard(person.name, person.tag, cards.issue(person))
    audit.record("card.again", person.player_key, host.neighbourhood_id, host.player_key, role)
    return card


def open_card(host: Person, role: Role, person: Person) -> None:
    """A host looks at what is somebody's. Raises Refusal for one's own card."""
    if host.player_key == person.player_key:
        raise Refusal(_l("These are your own letters. Type those of the other."), Sort.INVALID)
    audit.record("card.open", person.player_key, host.neighbourhood_id, host.player_key, role)
