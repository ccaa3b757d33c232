"""Thinking up a challenge, as its page does; and what an editor says of it."""

from core.contributions import service
from core.contributions.kinds import of
from core.contributions.models import Contribution
from core.database import db
from core.desk import service as deciding
from core.desk.models import Decision
from core.guard import Role
from core.people.models import Person
from game.challenges.models import Challenge

Words = dict[str, dict[str, str]]  # in one language: {"title", "text", "question"}
MOST_A_DAY = 5
WORDS = {"nl": {"title": "Groet drie ramen", "text": "Zwaai samen naar drie ramen.", "question": "Wie zwaaide terug?"}}


def propose(person: Person, words: Words, named: bool) -> Contribution:
    """To the editors."""
    [(language, said)] = words.items()
    return service.hand_in(of("draft"), person.neighbourhood, person.player_key, said, language, named)


def send_again(draft: Contribution, person: Person, words: Words, named: bool) -> None:
    """Once more."""
    [(language, said)] = words.items()
    service.send_again(draft, person.neighbourhood, said, language, named)


def made_of(draft: Contribution) -> Challenge | None:
    """The challenge that it became, also one that nobody sees."""
    return db.session.get(Challenge, draft.became) if draft.became else None


def decide(draft: Contribution, editor: Person, verdict: str = "good", **more: str) -> Decision:
    """An editor says what they think of it."""
    said = (draft.neighbourhood_id, "draft", draft.desk_key, verdict, editor.player_key, Role.EDITOR)
    return deciding.decide(*said, **more)
