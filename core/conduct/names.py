"""Names in the game: they are in use at once, and come here when somebody reports one."""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from core import codes
from core.database import db
from core.desk.handlers import MAY_STAY, Answers, Before, Item
from core.desk.models import Verdict
from core.guard import Role
from core.people import queries, service
from core.people.models import Person, PlayerKeyLine
from core.refusal import Refusal


class Names:
    """The name that somebody goes by. About: their six letters."""

    kind = "name"
    label = _l("Name")
    icon = "ik"
    answers = Answers(
        labels={
            Verdict.GOOD: MAY_STAY,
            Verdict.BACK: _l("May stay, with a word about it"),
            Verdict.AWAY: _l("Give another name, with a reason"),
        },
        done={
            Verdict.GOOD: _l("It stays."),
            Verdict.BACK: _l("It stays. They read what you wrote."),
            Verdict.AWAY: _l("They have another name now, and read why."),
        },
        told={
            Verdict.GOOD: _l("Another editor looked, and finds your name good."),
            Verdict.BACK: _l("Somebody said something of your name. It stays, and an editor writes to you."),
            Verdict.AWAY: _l("You got another name. You can choose one yourself."),
        },
        onwards=("people.me", _l("Choose a name")),
        of_player=lambda player: _letters_of(player),
    )

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        return []

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        person = _locked(queries.by_tag(neighbourhood_id, codes.SHORT.read(key) or ""))
        return _item(person) if person else None

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        return [_item(person) for person in queries.by_tags(neighbourhood_id, keys)]

    def publish(self, key: str, editor: str, role: Role) -> None:
        """It is in use already: the editor found nothing wrong with it."""

    def hide(self, key: str, editor: str, role: Role) -> None:
        """Nobody loses their name by a report alone, else anybody could take it from them."""

    def take_away(self, key: str, editor: str) -> Before:
        person = _person(key)
        if person is None:
            return None
        was = person.name
        service.rename(person, service.offer_name(person.neighbourhood))
        return {"was": was, "given": person.name}

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        """Unless they chose another one meanwhile. Raises Refusal where somebody else did, and has it now."""
        person = _person(key)
        if person and before and person.name == before["given"]:
            if not service.is_free(person.neighbourhood_id, before["was"]):
                raise Refusal(_l("Somebody else has that name by now. They choose one themselves."))
            service.rename(person, before["was"])


def _person(tag: str) -> Person | None:
    return _locked(db.session.scalar(select(Person).where(Person.tag == tag)))


def _locked(person: Person | None) -> Person | None:
    """With the name that they have now: who changes it at this moment is waited for, or waits."""
    if person:
        queries.lock((person.player_key,))
        db.session.refresh(person)
    return person


def _item(person: Person) -> Item:
    return Item(
        kind=Names.kind, key=person.tag, title=Names.label, called=person.name, since=person.joined_at,
        who=frozenset({person.player_key}), words=person.name, is_childs=person.is_young, is_public=True, asks=False,
        letters=person.tag, logged=person.player_key,
    )  # fmt: skip


def _letters_of(player: str) -> list[str]:
    """By their player key; nothing for who is erased already."""
    mine = select(Person.tag).join(PlayerKeyLine).where(PlayerKeyLine.key == player)
    return list(db.session.scalars(mine))
