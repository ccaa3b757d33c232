"""What challenges add to the demo: two of our packs, and what the made-up people found out by looking."""

from flask import Flask

from core.contributions import service as contributions
from core.database import writing
from core.demo.command import FURNISHERS, Furnished
from core.neighbourhoods.models import Neighbourhood
from game.challenges import findings, notes, queries
from game.challenges.models import Challenge
from game.challenges.service import load_pack

PACKS = ("acquainted", "skills")
COUNTED = {  # challenge → what each found out: as many people as the neighbourhood has, from the first of the cast on
    "look-greetings": ("4", "7", "7", "12", "3", "9", "6", "15", "8", "5"),
    "look-where-people-talk": (*["bij een winkel"] * 6, *["op een bankje"] * 5, "bij een deur"),
    "look-notes-on-boards": ("11", "8"),  # too few to show
}
NOTED = "look-small-help"
SAW = (  # who, and what they saw
    ("ria", "Een jongen tilde de kinderwagen van een moeder de bus in."),
    ("cem", "De buurvrouw op de hoek zet elke bak terug, van iedereen."),
    ("wei", "Two people pushed a stranger’s car until it started."),
)


def init_app(app: Flask) -> None:
    """Furnish the demo, once the everyday challenges are in."""
    FURNISHERS.add(app, "what people saw", _furnish, order=60)


def _furnish(furnished: Furnished) -> None:
    here = furnished.neighbourhood.id
    with writing():
        if not sum(load_pack(here, name, {}) for name in PACKS):
            return  # it was furnished before
        offered = {one.key: one for one in queries.of(here)}
        players = [person.player_key for person in furnished.people.values()]
        for key, said in COUNTED.items():
            for who, one in zip(players, said, strict=False):
                findings.say(offered[key], who, one)
        _note(furnished, offered[NOTED])


def _note(furnished: Furnished, challenge: Challenge) -> None:
    here: Neighbourhood = furnished.neighbourhood
    editor = furnished.people["farid"].player_key
    for who, words in SAW:
        language = "en" if who == "wei" else "nl"
        said = {"words": words, "challenge": challenge.key}
        player = furnished.people[who].player_key
        sent = contributions.hand_in(notes.NOTED, here, player, said, language, named=True)
        contributions.say_yes(sent, sent.last, editor)
