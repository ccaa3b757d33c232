"""A thing of each sort that somebody can own or be in, made through the services, with a word in it that tells.

Each builder takes two residents and gives what a route needs to reach the thing: `(arguments of the address, form)`.
Whoever comes first owns it, or is the one of the two whom it concerns.
"""

import io
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from flask import current_app
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from core import clock, codes
from core.classes import service as classes
from core.classes.models import SchoolClass, Work
from core.conduct import suspending
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import db
from core.desk import queries as answers
from core.desk import service as desk
from core.guard import Role
from core.measures import measure
from core.measures import service as measures
from core.media import service as media
from core.people import blocks, households, phones
from core.people import service as people
from core.people.models import Person
from core.photos import service as photos
from core.photos.models import PLAYERS, PRINT, SCREEN, WEB, Photo
from core.photos.prepare import Prepared
from core.places import plates
from core.places import service as places
from core.places.models import Plate, Spot
from core.sounds.prepare import Prepared as Recording
from core.staff import queries as staff
from core.staff import roles
from core.staff import service as signing_in
from core.storage import storage
from core.survey import queries as surveys
from core.survey import service as survey_of
from core.walls import service as walls
from core.walls.models import Wall
from game.challenges import service as challenges
from game.challenges.kinds import Together
from game.challenges.models import Challenge, State
from game.challenges.notes import NOTED
from game.choices import service as choices
from game.choices.kind import CARD
from game.choices.models import SECRET, Choice
from game.choices.service import Offered
from game.encounters import album_prints, talk
from game.encounters import service as meeting
from game.encounters.models import Encounter
from game.encounters.models_on_paper import PrintedAlbum
from game.gatherings import letters as table_letters
from game.gatherings import service as gatherings
from game.gatherings.kind import OPENING
from game.gatherings.queries import by_key as gathering_of
from game.gatherings.report_kind import TOLD
from game.headquarters import service as headquarters
from game.ideas import service as ideas
from game.ideas.course import ADOPTED, NOT_NOW
from game.ideas.kind import PROPOSAL
from game.ideas.queries import one as idea_of
from game.initiatives import queries as initiatives_there
from game.initiatives import service as initiatives
from game.offers import queries as offers_there
from game.offers import service as offers
from game.offers.kind import CAN, WANTS
from game.offers.kind import CARD as OFFERED
from game.partners import service as partners
from game.partners.service import Page
from game.promises import service as promises
from game.promises.course import KEPT, RELEASED
from game.promises.kind import VOW
from game.promises.queries import by_key as promise_of
from game.scoring import correcting, newcomers, questions
from game.scoring.models import Correction, Known
from game.seasons import queries as seasons_there
from game.seasons import service as seasons
from game.teams import service as teams
from tests import make
from tests.bench.meetings import letters as spelled
from tests.core.classes import lesson
from tests.core.proposals.handing_in import Place, propose
from tests.game.challenges import drafting
from tours.lessons import service as lessons
from tours.lessons.lesson import whole as whole_lesson
from tours.lessons.models import Kit
from tours.stories import cards, entering, pauses, pupils, sound
from tours.stories import queries as story_queries
from tours.stories import service as stories
from tours.stories.models import Card
from tours.stories.prompts import QUESTION
from tours.stories.reactions import MEMORY
from tours.walks import on_paper, print_list
from tours.walks import service as walks
from tours.walks.models import Printed, Tour, TourCard
from tours.walks.views import preview_token

Reach = tuple[dict[str, str], dict[str, str]]
ADMIN = frozenset({Role.ADMIN})
numbers = count(1)
seasons_made = count(1)


def word_of(person: Person) -> str:
    """The last word of somebody's name: it stands in all that is theirs."""
    return person.name.split()[-1]


def pixels(word: str) -> Prepared:
    """A photo whose bytes, in each size, are the word and the name of the size."""
    folder = Path(tempfile.mkdtemp(dir=storage().tmp()))
    for size in ("small", "medium", "large"):
        (folder / f"{size}.webp").write_bytes(f"{word} {size}".encode())
    return Prepared(folder=folder, width=1500, height=2000, sha256=secrets.token_hex(32))


def texts(word: str) -> dict[str, Any]:
    """What a challenge says."""
    return {"nl": {"title": f"Samen {word}", "text": f"Doe {word}.", "question": f"Wat is {word}?"}}


# ---- meetings


def meeting_of(starter: Person, companion: Person | None, word: str, kind: str = "together") -> Encounter:
    """One that the starter handed in, with a photo."""
    doing = make.challenge(starter.neighbourhood, kind=kind, spot_id=None)
    doing.texts = texts(word)
    return meeting.hand_in(starter, doing, pixels(word), secrets.token_hex(8), companion)


def scored(one: Person, other: Person) -> Reach:
    """A meeting that gave both points: with somebody whom the first never met before."""
    new = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    return {"ref": make.confirmed(one, new).key}, {"reason": "not met"}


def asked_about(one: Person, other: Person) -> Reach:
    """A question of the first about the points of a meeting."""
    met = scored(one, other)[0]["ref"]
    questions.ask(one.player_key, met, "not met")
    return {"key": questions.of(one.player_key, [met])[met].key}, {"reason": "not met"}


def taken(one: Person, other: Person) -> Reach:
    """The points of a meeting, which a coordinator took away."""
    asked = asked_about(one, other)[0]["key"]
    correcting.take(make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}"), asked, "not met")
    last = select(Correction.key).order_by(Correction.id.desc()).limit(1)
    return {"key": db.session.scalars(last).one(), "kind": "points"}, {"verdict": "good"}


def appealed_points(one: Person, other: Person) -> Reach:
    """The same, and the first asked another editor."""
    arguments, form = taken(one, other)
    desk.appeal(one.neighbourhood_id, answers.answers(one.player_key)[0].key, one.player_key)
    return arguments, {**form, "shown": _shown(one, "points", arguments["key"])}


def draft(one: Person, other: Person) -> Reach:
    """A meeting that still lacks the other."""
    return {"ref": meeting_of(one, None, word_of(one)).key}, {"tag": other.tag}


def to_switch(one: Person, other: Person) -> Reach:
    """A meeting that lacks the other, and another challenge to do with them."""
    form = {"challenge": make.challenge(one.neighbourhood).key}
    return {"ref": meeting_of(one, None, word_of(one)).key, "letters": other.tag}, form


def asked(one: Person, other: Person) -> Reach:
    """A meeting that waits for the yes of the first."""
    met = meeting_of(other, one, word_of(one))
    return {"ref": met.key, "photo": met.photos[0].key}, {}


def asking(one: Person, other: Person) -> Reach:
    """A meeting of the first that waits for the other, who has no phone."""
    return {"ref": meeting_of(one, other, word_of(one)).key}, {}


def lent(one: Person, other: Person) -> Reach:
    """A meeting to which the other, who has no phone, said yes on the phone of the first."""
    had = meeting_of(one, other, word_of(one))
    meeting.agree(had.id, other, with_photo=False, on_this_phone=True)
    return {"ref": had.key}, {}


def met(one: Person, other: Person) -> Reach:
    """A talk that both said yes to."""
    had = meeting_of(other, one, word_of(one), "talk")
    meeting.agree(had.id, one, with_photo=True)
    talk.say(had, one.player_key, f"Het gaat over {word_of(one)}")
    talk.say(had, other.player_key, f"Bij ons {word_of(one)}")
    return {"ref": had.key, "photo": had.photos[0].key}, {"words": "Wij ook"}


def unsaid(one: Person, other: Person) -> Reach:
    """A talk of which nobody wrote down what was said."""
    had = meeting_of(other, one, word_of(one), "talk")
    meeting.agree(had.id, one, with_photo=True)
    return {"ref": had.key}, {"words": "Wij ook"}


def witnessed(one: Person, other: Person) -> Reach:
    """A meeting that the first saw as a host; one of the two has no phone."""
    two = [make.person(one.neighbourhood, f"{start} {word_of(one)}") for start in starts(2)]
    had = headquarters.witness(one, Role.HOST, *two, make.challenge(one.neighbourhood), secrets.token_hex(8))
    return {}, {"meeting": had.key, "player": two[1].player_key}


# ---- photos


def _photo(one: Person, other: Person, *scopes: str) -> Photo:
    had = meeting_of(other, one, word_of(one))
    meeting.agree(had.id, one, with_photo=True)
    for person in (one, other) if scopes else ():
        photos.choose(had.photos[0], person.player_key, scopes)
    return had.photos[0]


def album_photo(one: Person, other: Person) -> Reach:
    """A photo of the two, in their albums."""
    key = _photo(one, other).key
    return {"key": key, "kind": "photo"}, {"scope": WEB, "verdict": "good", "reason": "other"}


def waiting_photo(one: Person, other: Person) -> Reach:
    """A photo that they would show everybody, and that no editor saw."""
    key = _photo(one, other, PLAYERS, WEB).key
    form = {"verdict": "good", "reason": "other", "shown": _shown(one, "photo", key)}
    return {"key": key, "kind": "photo"}, form


def photo_to_blur(one: Person, other: Person) -> Reach:
    """The same, with a picture of its shape to take its place."""
    photo = _photo(one, other, PLAYERS, WEB)
    made = Again(make.jpeg(size=(photo.width, photo.height)))
    return {"key": photo.key, "kind": "photo"}, {"photo": (made, "a.jpg"), "shown": _shown(one, "photo", photo.key)}


class Again(io.BytesIO):
    """A file that can be sent more than once."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file.getvalue())

    def close(self) -> None:
        self.seek(0)


def _cleared(one: Person, other: Person, *scopes: str) -> Reach:
    kept = _photo(one, other, *scopes)
    photos.clear(kept)
    return {"key": kept.key, "kind": "photo"}, {"reason": "other"}


def players_photo(one: Person, other: Person) -> Reach:
    """A photo for who plays here."""
    return _cleared(one, other, PLAYERS)


def web_photo(one: Person, other: Person) -> Reach:
    """A photo for everybody."""
    return _cleared(one, other, PLAYERS, WEB)


def paper_photo(one: Person, other: Person) -> Reach:
    """A photo that may be printed, and no more."""
    return _cleared(one, other, PRINT)


# ---- challenges


def _challenge(one: Person, state: State) -> Challenge:
    made = make.challenge(one.neighbourhood)
    made.texts, made.maker, made.state = texts(word_of(one)), one.player_key, state
    made.sent_at = None if state == State.SHOWN else clock.now()
    db.session.flush()
    return made


FORM = {
    "kind": "together", "title-nl": "Anders", "text-nl": "Iets anders.", "title": "Anders", "text": "Iets.",
    "lang": "nl", "without": "1", "verdict": "good",
}  # fmt: skip


def shown_challenge(one: Person, other: Person) -> Reach:
    """A challenge that the first made and everybody sees."""
    made = _challenge(one, State.SHOWN)
    return {"challenge": made.key, "kind": "challenge", "key": made.desk_key}, {**FORM, "reason": "other"}


def waiting_challenge(one: Person, other: Person) -> Reach:
    """A challenge that the first made, which names somebody and waits at the desk."""
    says = {"texts": texts(word_of(one)), "marks": [], "faceless": True, "by": None}
    made = challenges.make(one.neighbourhood_id, Together, says, one.player_key, names=True)
    form = {**FORM, "reason": "other", "shown": _shown(one, "challenge", made.desk_key)}
    return {"challenge": made.key, "kind": "challenge", "key": made.desk_key}, form


def _note(one: Person, other: Person) -> Contribution:
    """What the first saw at a challenge to look, in a word of their own."""
    asked = make.challenge(one.neighbourhood, kind="look", answer="note")
    said = {"words": f"Ik zag {word_of(one)} {secrets.token_hex(3)}.", "challenge": asked.key}
    return contributions.hand_in(NOTED, one.neighbourhood, one.player_key, said, "nl", named=True)


def waiting_note(one: Person, other: Person) -> Reach:
    """What the first saw, which no editor read."""
    made = _note(one, other)
    form = {**made.last.content, "lang": "nl", "verdict": "good", "reason": "other"}
    form |= {"words": f"{form['words']} En meer.", "shown": _shown(one, "note", made.key)}
    return {"key": made.key, "kind": "note", "challenge": form["challenge"]}, form


def shown_note(one: Person, other: Person) -> Reach:
    """The same as everybody reads it at its challenge."""
    made = _note(one, other)
    contributions.say_yes(made, made.last, other.player_key)
    return {"key": made.key, "challenge": made.last.content["challenge"]}, {}


def to_count(one: Person, other: Person) -> Reach:
    """A challenge to count something."""
    return {"challenge": make.challenge(one.neighbourhood, kind="look", answer="number").key}, {"said": "3"}


def _thought_up(maker: Person, one: Person) -> Contribution:
    """What somebody thought up in words of its own: the same words would be the same draft."""
    [(language, said)] = drafting.WORDS.items()
    said = {**said, "title": f"{word_of(one)} {secrets.token_hex(3)}", "text": word_of(one)}
    return drafting.propose(maker, {language: said}, named=True)


def waiting_draft(one: Person, other: Person) -> Reach:
    """A challenge that the first thought up, and no editor saw."""
    made = _thought_up(one, one)
    form = {**FORM, "reason": "other", "shown": _shown(one, "draft", made.key)}
    return {"key": made.key, "kind": "draft"}, form


def shown_draft(one: Person, other: Person) -> Reach:
    """A challenge that the first thought up and everybody sees, with their name."""
    made = _thought_up(one, one)
    contributions.say_yes(made, made.last, other.player_key)
    shown = db.session.get_one(Challenge, made.became)
    return {"key": made.key, "kind": "draft", "challenge": shown.key}, {**FORM, "reason": "other"}


def retired_challenge(one: Person, other: Person) -> Reach:
    """One that is no longer offered."""
    made = _challenge(one, State.SHOWN)
    challenges.retire(made)
    return {"challenge": made.key}, {}


def challenge_at_spot(one: Person, other: Person) -> Reach:
    """A place to find, with a position that says that one stands there."""
    spot = _spot(one)
    site = {"nl": {"question": "Welke kleur?", "answers": ["rood"]}}
    made = make.challenge(one.neighbourhood, kind="find", spot_id=spot.id, on_site=site)
    made.texts = texts(word_of(one))
    return {"challenge": made.key}, _there(spot)


# ---- places


def _spot(one: Person) -> Spot:
    word = word_of(one)
    spot = make.spot(
        one.neighbourhood, f"bank-{secrets.token_hex(3)}", name=f"Bank {word}", texts={"nl": {"about": word}}
    )
    db.session.add(spot)
    db.session.flush()
    return spot


def _there(spot: Spot) -> dict[str, str]:
    return {"lat": str(spot.lat), "lon": str(spot.lon), "accuracy": "10", "answer": "rood"}


def spot(one: Person, other: Person) -> Reach:
    """A place on the map, with its plate."""
    made = _spot(one)
    code = plates.code_of(places.put_up(made))
    form = {**_there(made), "plate": code, "wrong": "gone", "name": "Bank", "radius": "40"}
    return {"spot": made.key, "code": code}, form


def removed_spot(one: Person, other: Person) -> Reach:
    """A place that was taken off the map, with its plate."""
    arguments, form = spot(one, other)
    _spot_row(one, arguments["spot"]).removed_at = clock.now()
    return arguments, form


def waiting_place(one: Person, other: Person) -> Reach:
    """A place that the first proposed, and no editor saw. Another place stands right there: none will lie nearer."""
    made = _proposal(one)
    said, near = made.last.content, _spot(one)
    near.lat, near.lon = said["lat"], said["lon"]
    db.session.flush()
    form = {"name": said["name"], "about": "Anders", "lat": str(said["lat"]), "lon": str(said["lon"]), "lang": "nl"}
    said = {"verdict": "good", "reason": "other", "shown": _shown(one, "place", made.key)}
    return {"key": made.key, "kind": "place"}, {**form, **said}


def taken_place(one: Person, other: Person) -> Reach:
    """A place on the map that the first proposed, with their name."""
    made = _proposal(one)
    contributions.say_yes(made, made.last, other.player_key)
    on_the_map = db.session.get_one(Spot, made.became)
    return {"key": made.key, "kind": "place", "spot": on_the_map.key}, {"reason": "other"}


def _proposal(one: Person) -> Contribution:
    here, name = one.neighbourhood, f"Hoek {word_of(one)} {secrets.token_hex(3)}"
    where = Place(name, "", word_of(one), "nl", here.lat + 0.001, here.lon + 0.001 + next(numbers) / 1e6)
    return propose(one, where, named=True)


def waiting_story(one: Person, other: Person) -> Reach:
    """A story that the first told, with a picture, which waits for an editor."""
    return _story(_told(one))


def signed_story(one: Person, other: Person) -> Reach:
    """A story of the first to which an editor said yes: now it is their turn."""
    made = _told(one)
    contributions.say_yes(made, made.last, other.player_key)
    return _story(made)


def shown_story(one: Person, other: Person) -> Reach:
    """A story of the first that everybody reads."""
    made = _told(one)
    contributions.say_yes(made, made.last, other.player_key)
    stories.approve(made, made.last.hash, one.player_key, "screen", named=True)
    return _story(made)


def embedded_story(one: Person, other: Person) -> Reach:
    """A story of the first that everybody reads, and that may stand on other sites."""
    made = _told(one)
    contributions.say_yes(made, made.last, other.player_key)
    stories.approve(made, made.last.hash, one.player_key, "screen", named=True)
    stories.allow(made, ["embed", "name"], "screen")
    db.session.add(Card(story_id=made.became, key=_drawn(), of=""))
    return _story(made)


def _drawn() -> str:
    """The bytes of a picture that other sites show beside a link."""
    drawn = Path(tempfile.mkdtemp(dir=storage().tmp()))
    (drawn / cards.FILE).write_bytes(b"a picture")
    return media.keep(drawn, cards.OWNER)


def guarded_story(one: Person, other: Person) -> Reach:
    """A story of a child for whom the first cares, which an editor and the child found good."""
    made = _told(other, is_childs=True)
    stories.queries.telling(made).guardian = one.player_key
    contributions.say_yes(made, made.last, "an editor")
    stories.approve(made, made.last.hash, other.player_key, "screen")
    arguments, form = _story(made)
    return arguments, {**form, "words": "De laatste zin weg."}


def cared_for_story(one: Person, other: Person) -> Reach:
    """The same, once the first said yes too."""
    reach = guarded_story(one, other)
    made = stories.queries.handed_in(one.neighbourhood_id, reach[0]["key"])
    stories.approve(made, made.last.hash, one.player_key, "receipt", as_what="guardian")
    return reach


def paper_story(one: Person, other: Person) -> Reach:
    """A story that somebody told on paper, which an editor found good."""
    made = _told(one, way="paper")
    contributions.say_yes(made, made.last, "an editor")
    arguments, form = _story(made)
    return arguments, {**form, "whose": "teller", "how": "paper", "note": "In de map op het bureau."}


def signed_sheet(one: Person, other: Person) -> Reach:
    """The photo of what its teller signed."""
    made = _told(one, way="paper")
    contributions.say_yes(made, made.last, "an editor")
    sheet = pixels(word_of(one))
    entering.enter(made, made.last.hash, "teller", "paper", "", sheet, False, "a host", Role.HOST)
    arguments, form = _story(made)
    return {**arguments, "number": str(stories.queries.evidence_of(made.id)[0].id)}, form


def restless_story(one: Person, other: Person) -> Reach:
    """A story of the first that everybody reads, and that an editor may let rest."""
    arguments, form = shown_story(one, other)
    return arguments, {**form, "reason": "looking", "days": "3"}


def resting_story(one: Person, other: Person) -> Reach:
    """A story of the first that an editor lets rest."""
    reach = shown_story(one, other)
    pauses.pause(stories.queries.handed_in(one.neighbourhood_id, reach[0]["key"]), 3, "looking", "ed", Role.EDITOR)
    return reach


def sent_back_story(one: Person, other: Person) -> Reach:
    """A story of the first that came back to them."""
    made = _told(one)
    desk.decide(one.neighbourhood_id, "story", made.key, "back", other.player_key, Role.EDITOR, reason="unclear")
    return _story(made)


def spoken_story(one: Person, other: Person) -> Reach:
    """A story with a voice of the first, which waits for somebody to type it and for an editor."""
    made = _told(one, voice(word_of(one)))
    arguments, form = _story(made)
    return arguments, {**form, "words": f"Er klonk {word_of(one)}.", "starts": "0"}


def heard_story(one: Person, other: Person) -> Reach:
    """A story whose voice everybody may hear."""
    made, word = _told(one, voice(word_of(one))), word_of(one)
    typed = {"transcript": {"words": f"Er klonk {word}.", "starts": []}}
    stories.change(made, one.neighbourhood, typed, "nl")
    contributions.say_yes(made, made.last, other.player_key)
    stories.approve(made, made.last.hash, one.player_key, "screen", named=True)
    stories.allow(made, {"voice"}, "screen")
    return _story(made)


def voice(word: str) -> dict[str, Any]:
    """A sound whose bytes are the word, kept."""
    folder = Path(tempfile.mkdtemp(dir=storage().tmp()))
    (folder / "sound.m4a").write_bytes(word.encode())
    return sound.keep(Recording(folder=folder, milliseconds=2000, sha256=""))


def _told(one: Person, voice: dict[str, Any] | None = None, **more: Any) -> Contribution:
    word = word_of(one)
    said = {"title": f"Over {word}", "words": f"Het was {word} {secrets.token_hex(3)}.", "when": "1974", "spot": "",
            "theme": "", "warning": ""}  # fmt: skip
    picture = stories.keep_picture(pixels(word), {"about": word, "when": "", "whose": "own", "people": "nobody"})
    made = stories.tell(
        one.neighbourhood, one.player_key, said, "nl", one.name, pictures=[picture], voice=voice, **more
    )
    made.sent_at -= timedelta(days=1)  # five a day is the most
    return made


def waiting_memory(one: Person, other: Person) -> Reach:
    """What the first knows too of a story of the other, which waits for an editor."""
    made = _memory(one, other)
    form = {**made.last.content, "lang": "nl", "called": one.name, "verdict": "good", "reason": "other"}
    shown = _shown(one, "reaction", made.key)
    return {"key": made.key, "kind": "reaction"}, {**form, "words": f"{form['words']} En meer.", "shown": shown}


def shown_memory(one: Person, other: Person) -> Reach:
    """The same as everybody reads it under that story."""
    made = _memory(one, other)
    contributions.say_yes(made, made.last, "an editor")
    return {"key": made.key}, {}


def _memory(one: Person, other: Person) -> Contribution:
    story, _form = shown_story(other, one)
    said = {"words": f"Dat ken ik: {word_of(one)} {secrets.token_hex(3)}.", "story": story["key"]}
    return contributions.hand_in(MEMORY, one.neighbourhood, one.player_key, said, "nl", named=True, called=one.name)


def waiting_question(one: Person, other: Person) -> Reach:
    """What the first asks the neighbourhood, which waits for an editor."""
    made = _question(one)
    form = {**made.last.content, "question": f"Waar was {word_of(one)}?", "lang": "nl", "named": "1"}
    said = {"verdict": "good", "reason": "other", "shown": _shown(one, "prompt", made.key)}
    return {"key": made.key, "kind": "prompt"}, {**form, **said}


def shown_question(one: Person, other: Person) -> Reach:
    """The same as everybody sees it."""
    made = _question(one)
    contributions.say_yes(made, made.last, other.player_key)
    return {"key": made.key}, {}


def _question(one: Person) -> Contribution:
    said = {"question": f"Hoe was {word_of(one)} {secrets.token_hex(3)}?", "spot": "", "theme": "shops"}
    return contributions.hand_in(QUESTION, one.neighbourhood, one.player_key, said, "nl", named=True)


def waiting_idea(one: Person, other: Person) -> Reach:
    """An idea of the first that an editor has not looked at."""
    made = _idea(one)
    form = {**made.last.content, "title": f"Een tuin voor {word_of(one)}", "lang": "nl", "named": "1"}
    said = {"verdict": "good", "reason": "other", "shown": _shown(one, "idea", made.key)}
    return {"key": made.key, "kind": "idea"}, {**form, **said}


def shown_idea(one: Person, other: Person) -> Reach:
    """The same as everybody reads it, with what an editor could say of it."""
    made = _idea(one)
    contributions.say_yes(made, made.last, other.player_key)
    return {"key": made.key}, {"to": NOT_NOW, "words": f"Niet in {word_of(one)}."}


def declined_idea(one: Person, other: Person) -> Reach:
    """The same, which an editor answered: not now."""
    reach = shown_idea(one, other)
    ideas.decide(idea_of(one.neighbourhood_id, reach[0]["key"]), NOT_NOW, "an editor", "Het plein is te klein.", "nl")
    return reach


def signed_idea(one: Person, other: Person) -> Reach:
    """An idea of the other that the first signed too."""
    reach = shown_idea(other, one)
    ideas.sign(idea_of(one.neighbourhood_id, reach[0]["key"]), one.player_key, shows_name=True)
    return reach


def survey(one: Person, other: Person) -> Reach:
    """A wave of the survey that is open."""
    wave = surveys.open_now(one.neighbourhood_id) or survey_of.open_wave(one.neighbourhood_id, "before")
    return {"key": wave.key}, {"contact": "4", "lines": "4444444\n" * 5}


def factor(one: Person, other: Person) -> Reach:
    """One of the seven of the mirror, the same in every neighbourhood."""
    return {"factor": "own"}, {"does": "yes", "why": "Zo."}


def initiative(one: Person, other: Person) -> Reach:
    """What came of an idea of the first, who leads it, with something it needs, and the other who would lead it too."""
    key = shown_idea(one, other)[0]["key"]
    ideas.decide(idea_of(one.neighbourhood_id, key), ADOPTED, "an editor", "Dat kan.", "nl")
    begun = initiatives_there.of_idea(key)
    assert begun is not None
    for who in (one, other):
        initiatives.join(begun, who.player_key, shows_name=True, would_lead=True)
    need = initiatives.add_need(begun, f"Een schep van {word_of(one)}", 2, False, "nl")
    waits = initiatives_there.participant(begun, other.player_key)
    assert waits is not None
    form = {"title": f"Nieuw in {word_of(one)}", "need": "Een emmer", "sort": "needed", "many": "1", "to": "running",
            "words": "Het loopt.", "participant": waits.key, "shows_name": "1"}  # fmt: skip
    return {"key": begun.key, "need": need.key}, form


def waiting_offer(one: Person, other: Person) -> Reach:
    """An offer of the first that an editor has not looked at."""
    made = _offer(one, CAN)
    form = {**made.last.content, "words": f"Iets anders van {word_of(one)}", "lang": "nl", "named": "1"}
    return {"key": made.key, "kind": "offer"}, form


def shown_offer(one: Person, other: Person) -> Reach:
    """The same as everybody reads it."""
    made = _offer(one, CAN)
    contributions.say_yes(made, made.last, "an editor")
    return {"key": made.key}, {}


def offer_and_wish(one: Person, other: Person) -> Reach:
    """An offer of the first and a wish of somebody else, for a host to bring together."""
    wish = _offer(other, WANTS)
    contributions.say_yes(wish, wish.last, "an editor")
    return {}, {"offer": shown_offer(one, other)[0]["key"], "wish": wish.key}


def match(one: Person, other: Person) -> Reach:
    """The same, brought together."""
    both = offer_and_wish(one, other)[1]
    here = one.neighbourhood_id
    offers.match(offers_there.one(here, both["offer"], False), offers_there.one(here, both["wish"], True))
    made = offers_there.asks(one.player_key)
    assert made is not None
    return {"key": made.key}, {"says": "yes"}


def _offer(one: Person, sort: str) -> Contribution:
    if newcomers.unknown([one.player_key]):
        db.session.add(Known(player=one.player_key, how="host", at=clock.now()))
        db.session.flush()
    said = {"sort": sort, "words": f"Een ladder van {word_of(one)} {secrets.token_hex(3)}", "zone": "",
            "until": (clock.today() + timedelta(days=30)).isoformat()}  # fmt: skip
    return contributions.hand_in(OFFERED, one.neighbourhood, one.player_key, said, "nl", named=True)


def joined_initiative(one: Person, other: Person) -> Reach:
    """An initiative of the other, in which the first takes part and sees to something."""
    reach = initiative(other, one)
    begun = initiatives_there.held(one.neighbourhood_id, reach[0]["key"])
    assert begun is not None
    initiatives.take(begun, reach[0]["need"], one.player_key)
    return reach


def _idea(one: Person) -> Contribution:
    said = {"title": f"Een bank voor {word_of(one)} {secrets.token_hex(3)}", "words": "", "sort": "change", "spot": ""}
    return contributions.hand_in(PROPOSAL, one.neighbourhood, one.player_key, said, "nl", named=True)


def open_choice(one: Person, other: Person) -> Reach:
    """A secret choice that the first opened, and what can be typed at it: a vote, a card, why it is void."""
    made = _choice(one)
    return {"key": made.key}, {"option": made.options[0].key, "letters": one.tag, "because": f"Voor {word_of(one)}."}


def pictured_choice(one: Person, other: Person) -> Reach:
    """One with a picture of its first option."""
    return {"key": _choice(one, pixels(word_of(one))).key, "number": "1"}, {}


def choice_on_paper(one: Person, other: Person) -> Reach:
    """One that is closed, with a sheet to count."""
    made = _choice(one)
    made.sheets, made.closes_at = 1, clock.now()
    return {"key": made.key}, {"votes_1": "1", "votes_2": "0"}


def counted_choice(one: Person, other: Person) -> Reach:
    """One that is closed and counted, which waits for its outcome."""
    made = _choice(one)
    made.closes_at = clock.now()
    said = {"option": made.options[0].key, "because": f"Voor {word_of(one)}.", "review_on": "2026-09-01"}
    return {"key": made.key}, said


def waiting_reason(one: Person, other: Person) -> Reach:
    """What the first has to say about an option, which waits for an editor."""
    made = _reason(one)
    form = {**made.last.content, "words": f"Goed voor {word_of(one)}.", "lang": "nl", "named": "1"}
    said = {"verdict": "good", "reason": "other", "shown": _shown(one, "reason", made.key)}
    return {"key": made.key, "kind": "reason", "about": made.last.content["about"]}, {**form, **said}


def shown_reason(one: Person, other: Person) -> Reach:
    """The same as everybody reads it."""
    made = _reason(one)
    contributions.say_yes(made, made.last, other.player_key)
    return {"key": made.key, "about": made.last.content["about"]}, {}


def _choice(one: Person, picture: Prepared | None = None) -> Choice:
    options = [Offered("Een bank", "", "Een bank.", picture), Offered("Een boom", "")]
    asked = choices.Wording(f"Wat wil {word_of(one)} {secrets.token_hex(3)}?", "Er is geld.", "Wat.", options)
    day = clock.today() + timedelta(days=3)
    return choices.open_choice(one.neighbourhood_id, one.player_key, asked, SECRET, day, "nl")


def _reason(one: Person) -> Contribution:
    about = _choice(one).options[0].key
    said = {"about": about, "side": "for", "words": f"Fijn voor {word_of(one)} {secrets.token_hex(3)}."}
    return contributions.hand_in(CARD, one.neighbourhood, one.player_key, said, "nl", named=True)


def _story(made: Contribution) -> Reach:
    wrote = made.last.content
    said = {"title": wrote["title"], "words": f"{wrote['words']} En meer.", "lang": "nl", "note": "Korter"}
    return {"key": made.key, "number": "0"}, {**said, "seen": made.last.hash, "uses": "tours", "reason": "other"}


def plate(one: Person, other: Person) -> Reach:
    """The letters on a plate."""
    arguments, _form = spot(one, other)
    row = _spot_row(one, arguments["spot"])
    return {}, {"code": db.session.scalars(select(Plate.letters).where(Plate.spot_id == row.id)).one()}


def _spot_row(one: Person, key: str) -> Spot:
    return db.session.scalars(select(Spot).where(Spot.neighbourhood_id == one.neighbourhood_id, Spot.key == key)).one()


def waiting_gathering(one: Person, other: Person) -> Reach:
    """A gathering of the first that an editor has not looked at."""
    made = _gathering(one)
    said = {**made.last.content, "title": f"Thee voor {word_of(one)}", "lang": "nl", "named": "1", "names": ""}
    answer = {"verdict": "good", "reason": "other", "shown": _shown(one, "gathering", made.key)}
    return {"key": made.key, "kind": "gathering", "letters": table_letters.of(made.key)}, {**said, **answer}


def shown_gathering(one: Person, other: Person) -> Reach:
    """The same as everybody reads it, within the hour; with what each form on its page could say."""
    made = _gathering(one)
    contributions.say_yes(made, made.last, other.player_key)
    spot = _spot(one)
    moved = {"spot": spot.key, "day": made.last.content["day"], "begins": "20:00", "until": "21:00"}
    said = {"words": f"Het regent bij {word_of(one)}.", "more": "1", "letters": other.tag}
    code = table_letters.of(made.key)
    return {"key": made.key, "letters": code}, {**moved, **said, "shows_name": "1"}


def typed_gathering(one: Person, other: Person) -> Reach:
    """The same, with the letters on its table."""
    reach, _said = shown_gathering(one, other)
    return reach, {"letters": reach["letters"]}


def attended_gathering(one: Person, other: Person) -> Reach:
    """A gathering of the other where the first is."""
    reach, said = shown_gathering(other, one)
    gatherings.arrive(gathering_of(reach["key"]), one.player_key, shows_name=False)
    return reach, said


def waiting_report(one: Person, other: Person) -> Reach:
    """What the first wrote of an own gathering, that an editor has not looked at."""
    made = _report(one, other)
    said = {**made.last.content, "words": f"En taart van {word_of(one)}.", "lang": "nl", "named": "1"}
    answer = {"verdict": "good", "reason": "other", "shown": _shown(one, "gathering_report", made.key)}
    return {"key": made.key, "kind": "gathering_report"}, {**said, **answer}


def shown_report(one: Person, other: Person) -> Reach:
    """The same as everybody reads it."""
    made = _report(one, other)
    contributions.say_yes(made, made.last, other.player_key)
    return {"key": made.key}, {}


def told_gathering(one: Person, other: Person) -> Reach:
    """A gathering of the first with what was said there."""
    made = _report(one, other)
    contributions.say_yes(made, made.last, other.player_key)
    return {"key": made.last.content["gathering"]}, {}


def waiting_promise(one: Person, other: Person) -> Reach:
    """What the first promises, that an editor has not looked at."""
    made = _promise(one)
    said = {**made.last.content, "what": f"Taart voor {word_of(one)}", "lang": "nl", "named": "1", "tag": ""}
    answer = {"verdict": "good", "reason": "other", "shown": _shown(one, "promise", made.key)}
    return {"key": made.key, "kind": "promise"}, {**said, **answer}


def shown_promise(one: Person, other: Person) -> Reach:
    """The same as everybody reads it, for the neighbourhood; with what each could say of it."""
    made = _promise(one)
    contributions.say_yes(made, made.last, other.player_key)
    return {"key": made.key}, {"to": RELEASED, "words": f"Het hoeft niet meer voor {word_of(one)}."}


def kept_promise(one: Person, other: Person) -> Reach:
    """The same, with what who made it says."""
    reach, _said = shown_promise(one, other)
    return reach, {"to": KEPT, "words": f"Het is er, {word_of(one)}."}


def unwanted_promise(one: Person, other: Person) -> Reach:
    """A promise of the other that the first would rather not have so."""
    reach, said = shown_promise(other, one)
    promises.disagree(promise_of(reach["key"]), one.player_key, shows_name=True)
    return reach, said


def received_promise(one: Person, other: Person) -> Reach:
    """A promise of the other to the first."""
    made = _promise(other, tag=one.tag)
    contributions.say_yes(made, made.last, one.player_key)
    return {"key": made.key}, {"shows_name": "1"}


def promise_of_all(one: Person, other: Person) -> Reach:
    """A promise that an organisation made, and who could keep it."""
    reach, _said = shown_promise(one, other)
    promise_of(reach["key"]).organisation = "Kantwonen"
    return reach, {"letters": other.tag}


def _promise(one: Person, tag: str | None = None) -> Contribution:
    newcomers.welcome(one.neighbourhood_id, [one.player_key], "host")
    said = {
        "what": f"Koek voor {word_of(one)} {secrets.token_hex(3)}", "to_whom": "de buurt", "tag": tag,
        "due_on": clock.today().isoformat(), "decided_by": "", "organisation": "", "gathering": "",
    }  # fmt: skip
    made = contributions.hand_in(VOW, one.neighbourhood, one.player_key, said, "nl", named=True)
    made.sent_at -= timedelta(days=1)  # five a day is the most
    return made


def _gathering(one: Person, begins: str = "12:30") -> Contribution:
    newcomers.welcome(one.neighbourhood_id, [one.player_key], "host")
    said = {
        "title": f"Soep bij {word_of(one)} {secrets.token_hex(3)}", "words": "", "spot": _spot(one).key,
        "day": clock.today().isoformat(), "begins": begins, "until": "14:00", "names": False,
    }  # fmt: skip
    made = contributions.hand_in(OPENING, one.neighbourhood, one.player_key, said, "nl", named=True)
    made.sent_at -= timedelta(days=1)  # five a day is the most
    return made


def _report(one: Person, other: Person) -> Contribution:
    was = _gathering(one, "11:00")
    contributions.say_yes(was, was.last, other.player_key)
    said = {"gathering": was.key, "words": f"Er was soep van {word_of(one)}. {secrets.token_hex(3)}"}
    return contributions.hand_in(TOLD, one.neighbourhood, one.player_key, said, "nl", named=True)


# ---- people


def name(one: Person, other: Person) -> Reach:
    """What somebody goes by."""
    return {"kind": "name", "key": one.tag, "letters": one.tag}, {"reason": "other", "verdict": "good"}


def reported_name(one: Person, other: Person) -> Reach:
    """A name that somebody reported."""
    desk.report(one.neighbourhood_id, "name", one.tag, "other")
    arguments, form = name(one, other)
    return arguments, {**form, "shown": _shown(one, "name", one.tag)}


def phone(one: Person, other: Person) -> Reach:
    """A second phone of the first."""
    token = people.sign_in(one)
    return {}, {"which": next(found.key for found in phones.of(one, token) if found.is_this)}


def laptop(one: Person, other: Person) -> Reach:
    """A second device on which the first signed in as staff."""
    token = people.sign_in(one)
    known = staff.account_of(one) or signing_in.accept(
        signing_in.invite(one.neighbourhood_id, Role.MAKER, None, ADMIN), one, one.tag, make.PASSWORD
    )
    signing_in.open_session(known, token)
    return {}, {"which": next(found.key for found in phones.of(one, token) if found.is_this)}


def household(one: Person, other: Person) -> Reach:
    """Somebody says that they live with the first."""
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    households.ask(third, one)
    return {}, {"ask": households.waiting_for(one)[0].key, "answer": "yes"}


def block(one: Person, other: Person) -> Reach:
    """The first would not meet somebody."""
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    blocks.block(one, third.player_key)
    return {}, {"block": blocks.of(one)[0].key}


def role(one: Person, other: Person) -> Reach:
    """A maker of the neighbourhood of the first."""
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    roles.grant(third, Role.MAKER, None, ADMIN)
    return {}, {"tag": third.tag, "role": "maker"}


def invited(one: Person, other: Person) -> Reach:
    """An invitation to the neighbourhood of the first, not used yet."""
    token = signing_in.invite(one.neighbourhood_id, Role.MAKER, None, ADMIN)
    open_one = staff.invitation(token)
    assert open_one
    return {}, {"key": open_one.key}


def season(one: Person, other: Person) -> Reach:
    """A season in the neighbourhood of the first that did not begin, on days that no other has."""
    first = clock.today() + timedelta(days=60 * next(seasons_made))
    made = seasons.start(one.neighbourhood_id, first, seasons.LONGEST, {"nl": {"theme": f"Samen {word_of(one)}"}})
    return {"season": made.starts_on.isoformat()}, {"theme-nl": f"Anders {word_of(one)}"}


def past_season(one: Person, other: Person) -> Reach:
    """A season in the neighbourhood of the first that is over."""
    first = clock.today() - timedelta(days=60 * next(seasons_made))
    made = seasons.start(one.neighbourhood_id, first, seasons.LONGEST, {"nl": {"theme": f"Toen {word_of(one)}"}})
    return {"season": made.starts_on.isoformat()}, {}


def edition(one: Person, other: Person) -> Reach:
    """The same, with an edition of what was measured in it."""
    address, said = past_season(one, other)
    period = next(p for p in measure.seasons_of(one.neighbourhood_id) if p.first.isoformat() == address["season"])
    measures.keep(measures.draw_up(period, period.over))
    return {**address, "measure": "contacts"}, said


def printed_album(one: Person, other: Person) -> Reach:
    """The same, whose album was printed."""
    address, _said = past_season(one, other)
    season = seasons_there.that_began(one.neighbourhood_id, date.fromisoformat(str(address["season"])))
    album_prints.note(season, [])
    printed = db.session.scalars(select(PrintedAlbum).where(PrintedAlbum.season_id == season.id)).one()
    return address, {"printed": str(printed.id)}


def screen(one: Person, other: Person) -> Reach:
    """A screen in the house of the first, on which a photo of the two hangs."""
    key = _cleared(one, other, SCREEN)[0]["key"]
    secret = walls.make(one, Role.COORDINATOR, f"Bij {word_of(one)}")
    kept = db.session.scalars(select(Wall).order_by(Wall.id.desc()).limit(1)).one()
    return {"token": secret, "key": key, "wall": kept.key}, {"name": f"Naast {word_of(one)}"}


def school_class(one: Person, other: Person) -> Reach:
    """A class of the first, with a crew that handed in a word and a picture, both in the gallery."""
    lesson.in_force(current_app)
    here = lesson.opened(one)
    crew = classes.join(here)
    for task, picture in (("dier", None), ("teken", pixels(word_of(one)))):
        work = classes.hand_in(crew, task, {"words": f"Een {word_of(one)}"}, codes.new_key(), picture)
        classes.let_show(work, True)
    given = {"key": here.key, "crew": crew.key, "work": work.key, "task": "dier", "number": "2"}
    return {**given, "token": classes.token(crew)}, {"words": "Een haan", "says": "well", "do": "pause"}


def crew_to_change(one: Person, other: Person) -> Reach:
    """Such a class, of which a crew goes on with paper."""
    return school_class(one, other)[0], {"do": "paper"}


def work_to_judge(one: Person, other: Person) -> Reach:
    """Such a class, of which a work is taken out of the gallery."""
    return school_class(one, other)[0], {"do": "hide"}


def pupils_work(one: Person, other: Person) -> Reach:
    """A class of the first, in whose gallery hangs what a crew wrote."""
    here, work = _wrote(one, word_of(one))
    return {"key": here.key, "work": work.key}, {**SAID_OF_PUPIL, "lang": "nl", "read": "1"}


def pupils_signed(one: Person, other: Person) -> Reach:
    """The same, once the first signed it and it went home."""
    here, work = _wrote(one, word_of(one))
    pupils.letter(pupils.sign(here, work, SAID_OF_PUPIL, "nl", True))
    return {"key": here.key, "work": work.key}, {}


def pupils_waiting(one: Person, other: Person) -> Reach:
    """What waits for the yes of the first, who cares for a pupil of the other."""
    story = pupils.sign(*_wrote(other, word_of(one)), SAID_OF_PUPIL, "nl", True)
    story.guardian = one.player_key
    return {"key": story.key}, {"seen": story.hash}


SAID_OF_PUPIL = {"title": "", "spot": "bank", "licence": "LicenseRef-alleen-hier"}


def _wrote(teacher: Person, word: str) -> tuple[SchoolClass, Work]:
    lesson.in_force(current_app)
    here = (Spot.neighbourhood_id == teacher.neighbourhood_id, Spot.key == "bank")
    if db.session.scalar(select(Spot).where(*here)) is None:
        db.session.add(make.spot(teacher.neighbourhood))
    made = lesson.opened(teacher)
    words = f"Een {word} {secrets.token_hex(3)}."
    work = classes.hand_in(classes.join(made), "hoor", {"words": words}, codes.new_key())
    classes.let_show(work, True)
    return made, work


def kept_screen(one: Person, other: Person) -> Reach:
    """The same for who keeps it, whom its secret is shown once."""
    given, form = screen(one, other)
    return {"key": given["wall"]}, form


def partner(one: Person, other: Person) -> Reach:
    """An organisation in the neighbourhood of the first."""
    said = Page(f"Club {word_of(one)} {next(numbers)}", f"Voetbal met {word_of(one)}.", "", "", "nl")
    made = partners.add(one, Role.COORDINATOR, said)
    return {"key": made.key}, {**said._asdict(), "gives": "Een veld."}


def team(one: Person, other: Person) -> Reach:
    """A team in the neighbourhood of the first, of a name that no other has."""
    made = teams.make_team(one.neighbourhood_id, f"Koor {word_of(one)} {next(numbers)}")
    return {}, {"team": made.key, "name": f"Tuin {word_of(one)}"}


def sheet_of_letters(one: Person, other: Person) -> Reach:
    """Letters with a code that serve in the neighbourhood of the first."""
    made, _codes = teams.make_letters(one.neighbourhood_id, None, teams.MANY[0])
    return {}, {"sheet": made.key}


def letters(one: Person, other: Person) -> Reach:
    """The six letters on the card of somebody in the neighbourhood of the first."""
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    doing = make.challenge(one.neighbourhood)
    form = {"letters": third.tag, "one": third.tag, "other": other.tag, "challenge": doing.key}
    form["card"] = third.tag
    return {"letters": third.tag}, form


def _opened(host: Person, on_paper: Person) -> str:
    """The page of who plays on paper, as this host opened it."""
    signer = URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="at the desk")
    return signer.dumps([host.player_key, on_paper.tag])


def at_desk(one: Person, other: Person) -> Reach:
    """Somebody without a phone before the first, who is a host; they met the other, with a photo."""
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    photo = _photo(third, other)
    return {"signed": _opened(one, third), "key": photo.key}, {"scope": SCREEN}


def asks_at_desk(one: Person, other: Person) -> Reach:
    """The same, who is asked for a yes."""
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    form = {"meeting": meeting_of(other, third, word_of(one)).key, "answer": "yes"}
    return {"signed": _opened(one, third)}, form


def points_at_desk(one: Person, other: Person) -> Reach:
    """Somebody without a phone before the first, who is a host; a meeting with the other gave them points."""
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    return {"signed": _opened(one, third), "ref": make.confirmed(third, other).key}, {"reason": "not met"}


def told_at_desk(one: Person, other: Person) -> Reach:
    """Somebody without a phone before the first, who is a host; an editor gave them an answer."""
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    return {"signed": _opened(one, third), "key": told(third, other)[0]["key"]}, {}


# ---- what editors said


def told(one: Person, other: Person) -> Reach:
    """An answer of an editor to the first."""
    made = _thought_up(one, one)
    note = {"reason": "private", "note": word_of(one)}
    said = desk.decide(one.neighbourhood_id, "draft", made.key, "back", other.player_key, Role.EDITOR, **note)
    return {"key": said.key}, {}


def decided(one: Person, other: Person) -> Reach:
    """A decision that the first made a moment ago."""
    made = _thought_up(other, one)
    said = desk.decide(one.neighbourhood_id, "draft", made.key, "good", one.player_key, Role.EDITOR)
    return {"key": said.key}, {}


def to_pause(one: Person, other: Person) -> Reach:
    """Somebody who could get a pause."""
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    return {}, {"letters": third.tag, "days": "3", "reason": "pushed"}


def pause(one: Person, other: Person) -> Reach:
    """A pause of somebody, which an editor gave."""
    return _pause(one, other)[0]


def appealed_pause(one: Person, other: Person) -> Reach:
    """The same, and its player asked another editor."""
    (arguments, form), third = _pause(one, other)
    desk.appeal(one.neighbourhood_id, answers.answers(third.player_key)[0].key, third.player_key)
    return arguments, {**form, "shown": _shown(one, "pause", arguments["key"])}


def _pause(one: Person, other: Person) -> tuple[Reach, Person]:
    third = make.person(one.neighbourhood, f"{starts(1)[0]} {word_of(one)}")
    given = suspending.suspend(other, Role.EDITOR, third, 3, "pushed", word_of(one))
    return ({"key": given.key, "kind": "pause"}, {"verdict": "good"}), third


def _shown(one: Person, kind: str, key: str) -> str:
    """What the desk's form says that it showed."""
    waits = answers.one(one.neighbourhood_id, kind, key, "an editor")
    assert waits
    return waits.shown


def starts(many: int) -> list[str]:
    """First words of names that nobody has."""
    return [f"Buur{spelled(next(numbers))}" for _ in range(many)]


Builder = Callable[[Person, Person], Reach]


# ---- lessons


def _lesson(one: Person, other: Person) -> Kit:
    """A lesson that the first makes over a walk of theirs, with a task at its first two stops."""
    tour = _public(one, other)
    kit = lessons.make(tour, f"Les {word_of(one)}", "nl", "groep-6", 90, one.player_key)
    for number in (1, 2):
        lessons.choose(kit, number, [], ("sentence", f"Wat hoor je, {word_of(one)}?"))
    return kit


def _reach_lesson(kit: Kit) -> Reach:
    task = whole_lesson(kit).tasks[0]
    return {"lesson": kit.slug, "number": "1"}, {
        "title": "Anders", "level": "groep-7", "minutes": "80", "before_minutes": "5", "after_minutes": "5",
        "stop": "1", "task": task.key, f"ask-{task.key}": "Wat zie je?", "own-ask": "Wat ruik je?",
        "own-kind": "sentence", "names_nobody": "1", "step": "retire",
    }  # fmt: skip


def draft_lesson(one: Person, other: Person) -> Reach:
    """A lesson that the first is making."""
    return _reach_lesson(_lesson(one, other))


def public_lesson(one: Person, other: Person) -> Reach:
    """A lesson of the first that everybody sees."""
    kit = _lesson(one, other)
    lessons.publish(kit, names_nobody=True)
    return _reach_lesson(kit)


# ---- walks


def _walk(one: Person, stops: int = 3) -> Tour:
    """A walk that the first made, past stories of the first."""
    tour = walks.make(one.neighbourhood_id, f"Rondje {word_of(one)}", "nl", one.player_key)
    walks.write(tour, {"intro": f"Langs {word_of(one)}."})
    for _number in range(stops):
        spot = _spot(one)
        made = _told(one)
        contributions.say_yes(made, made.last, "an editor")
        stories.approve(made, made.last.hash, one.player_key, "screen", named=True)
        stories.allow(made, ["tours"], "screen")
        told_there = story_queries.of_contribution(made.id)
        assert told_there
        walks.add(tour, spot, told_there)
    return tour


def _reach(tour: Tour) -> Reach:
    last, first = tour.stops[-1], tour.stops[0]
    address = {"tour": tour.key, "key": tour.key, "token": preview_token(tour), "as_": "gpx", "number": "1"}
    return address, {
        "title": "Anders", "lang": "nl", "intro": "Anders.", "shape": "line", "profile": "slow",
        "do": "to", "number": "2",
        "stop": str(first.id), "spot": last.spot.key, "order": "chronological", "checked_on": clock.today().isoformat(),
        "checked_by": "de wandelclub", "step": "retire", "story": last.story.key if last.story else "", "wants": "no",
        "bridge": "Anders", "walk": "a walk that a phone made up", "reached": "end",
    }  # fmt: skip


def draft_walk(one: Person, other: Person) -> Reach:
    """A walk that the first is making."""
    return _reach(_walk(one))


def growing_walk(one: Person, other: Person) -> Reach:
    """A walk that the first is making, and a place to put in it."""
    address, said = draft_walk(one, other)
    return address, {**said, "story": ""}


def public_walk(one: Person, other: Person) -> Reach:
    """A walk of the first that everybody can see."""
    return _reach(_public(one, other))


def printed_walk(one: Person, other: Person) -> Reach:
    """The same, of which a booklet was printed with a story that may not stand on paper now."""
    tour = _public(one, other)
    found = [replace(piece, is_full=True) for piece in on_paper.pieces(tour)]
    print_list.note(tour, print_list.BOOKLET, found)
    address, said = _reach(tour)
    printed = db.session.scalars(select(Printed).where(Printed.tour_id == tour.id)).one()
    return address, {**said, "printed": str(printed.id)}


def reported_walk(one: Person, other: Person) -> Reach:
    """The same, as the desk knows it."""
    return {"kind": "tour", "key": _public(one, other).desk_key}, {"reason": "other"}


def waiting_walk(one: Person, other: Person) -> Reach:
    """A walk of the first that waits at the desk."""
    tour = _sent(one)
    said = {"verdict": "good", "reason": "other", "shown": _shown(one, "tour", tour.desk_key)}
    return {"kind": "tour", "key": tour.desk_key}, said


def _sent(one: Person) -> Tour:
    tour = _walk(one)
    walks.check_on_foot(tour, clock.today(), "de wandelclub")
    walks.send(tour)
    return tour


def _public(one: Person, other: Person) -> Tour:
    tour = _sent(one)
    desk.decide(one.neighbourhood_id, "tour", tour.desk_key, "good", other.player_key, Role.EDITOR)
    db.session.add(TourCard(tour_id=tour.id, key=_drawn(), of=""))
    return tour
