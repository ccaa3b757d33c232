"""A neighbourhood in which every list is as long as asked: one person met, and is waited for by, everybody."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from flask import current_app
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select, update

from core import clock
from core.audit.models import AuditEntry
from core.classes import service as classes
from core.classes.models import Crew, SchoolClass, Work
from core.consent.models import Consent, How, Showing
from core.contributions import service as contributions
from core.contributions.models import Contribution, Version, hash_of
from core.contributions.models import State as Stands
from core.database import Model, db, writing
from core.guard import Role
from core.measures.models import Figure, MeasureEdition
from core.media import service as media
from core.mirror.factors import FACTORS
from core.mirror.models import MirrorAnswer
from core.neighbourhoods.models import Neighbourhood
from core.people import service as people
from core.people.blocks import Block
from core.people.households import Ask
from core.people.models import Device, Person, PlayerKeyLine
from core.people.suspensions import Suspension
from core.photos import service as keeping
from core.photos.models import ALBUM, KIND, PRINT, SCREEN, WEB, Photo
from core.places import plates
from core.places.models import Plate, PlateReport, Spot
from core.sounds.prepare import Prepared
from core.staff import queries as staff_queries
from core.staff import roles
from core.staff import service as staff
from core.staff.models import Account
from core.steps.models import Step
from core.storage import storage
from core.survey.items import ITEMS
from core.survey.models import Wave, WaveMean
from core.walls import queries as walls
from core.walls.models import Wall
from game.challenges.models import Challenge, Finding
from game.challenges.models import State as Shown
from game.choices.models import Choice, Count, OpenVote, Option, Outcome, Reason, Voter
from game.dialogues.models import Hour, Professional
from game.dialogues.models import Question as Asked
from game.dialogues.models_talk import Insight, Seat, Signature, Talk
from game.dialogues.models_talk import hash_of as hash_of_words
from game.encounters import service
from game.encounters.models import Encounter, State, Witness, Yes, photos_of_encounter
from game.gatherings import letters as table_letters
from game.gatherings.models import Attendance, Gathering, Move, Others, Report
from game.ideas.models import CoSign, Idea
from game.initiatives.models import Initiative, Need, Participant, Taker
from game.offers.models import Match, Offer
from game.partners.models import Partner
from game.promises.models import Against, NewDay, Promise, Receiver
from game.ranking import service as ranking
from game.ranking.models import Entrant, Standing
from game.scoring.models import Correction, LedgerEntry, Pair, Question, Total
from game.teams.models import LetterCode, LetterSheet, Team
from tests import make
from tests.bench import meetings
from tests.core import objects
from tests.core.classes import lesson
from tours.lessons.content import Content
from tours.lessons.models import Kit
from tours.lessons.tasks import Task
from tours.stories import cards, entering, queries, sound
from tours.stories import service as stories
from tours.stories.models import Card, Prompt, Reaction, Story, Telling
from tours.walks.models import Refused, Stop, Tour, TourCard
from tours.walks.views import preview_token

FIRST = 1_000_000  # ids of the crowd go down from here, so that those which the services give are free
VISITOR = "people.join"  # the page that somebody with a phone of theirs never sees
Row = dict[str, Any]


def grow(size: int) -> tuple[dict[str, str], str]:
    """The addresses of every page, by name, and a phone's token, with lists of at least `size` rows behind them."""
    here = db.session.scalar(select(Neighbourhood).where(Neighbourhood.slug == "lombok"))
    if here is None:
        here, _season = make.world()
    have = db.session.scalar(select(func.count()).select_from(Person).where(Person.likeness.startswith("crowd"))) or 0
    with writing():
        me, other = (_named(name) for name in ("Blauwe Reiger", "Warme Sjaal"))
        for table, rows in _tables(me, range(have, size)).items():
            db.session.execute(Model.metadata.tables[table].insert(), rows) if rows else None
        addresses, token = _addresses(me, other), people.sign_in(me)
        sign_in_as_staff(me, token)
        return addresses, token


def sign_in_as_staff(me: Person, token: str) -> None:
    """On the device of this token, as a coordinator with a second factor who proved a moment ago that it is them."""
    account = staff_queries.account_of(me)
    if account is None:
        account = Account(
            person_id=me.id,
            neighbourhood_id=me.neighbourhood_id,
            login="me",
            password_hash="-",
            totp_step=0,
            totp_since=clock.now(),
            made_at=clock.now(),
        )
        db.session.add(account)
    for role in (Role.COORDINATOR, Role.TEACHER):
        roles.grant(me, role, None, frozenset({Role.ADMIN}))
    db.session.flush()
    staff.open_session(account, token)


def _tables(me: Person, numbers: range) -> dict[str, list[Row]]:
    """The rows of each table, in an order that foreign keys allow."""
    here, season = me.neighbourhood_id, _season_id()
    made: dict[str, list[Row]] = {}
    for number in numbers:
        for model, row in _one(me.player_key, here, season, number):
            made.setdefault(model if isinstance(model, str) else model.__tablename__, []).append(row)
        asked = {"asker_id": FIRST - number, "asked_id": me.id, "letters": "CCCCCC", "asked_at": clock.now()}
        made.setdefault(Ask.__tablename__, []).append({"key": _key("ask", number), **asked})
    return made


def _one(me: str, here: int, season: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """Somebody, their phone, their challenge and spot; the meeting they had with me, and the one they wait for."""
    who, now, id_ = _key("player", number), clock.now(), FIRST - number
    yield (
        Neighbourhood,
        {"slug": f"crowd-{number}", "name": f"Crowd {number}", "lat": 52.0, "lon": 5.0, "is_made_up": False},
    )
    yield Person, {
        "id": id_, "neighbourhood_id": here, "name": f"Buur {number}", "likeness": f"crowd{number}",
        "look": f"crowd{number}", "tag": f"{number:06}", "is_young": False, "zone_id": None, "joined_at": now,
    }  # fmt: skip
    yield PlayerKeyLine, {"key": who, "person_id": id_}
    yield Device, {"person_id": id_, "token_hash": f"{number:064}", "since": now}
    yield Block, {
        "key": _key("block", number), "player": me, "other": _key("gone", number), "by_letters": False, "since": now,
    }  # fmt: skip
    yield Person, {
        "id": 2 * FIRST - number, "neighbourhood_id": here, "name": f"Rust {number}", "likeness": f"rest{number}",
        "look": f"rest{number}", "tag": f"P{number:05}", "is_young": False, "zone_id": None, "joined_at": now,
    }  # fmt: skip
    yield PlayerKeyLine, {"key": _key("rest", number), "person_id": 2 * FIRST - number}
    yield Suspension, {
        "key": _key("pause", number), "player": _key("rest", number), "reason": "hurt", "since": now,
        "until": now + timedelta(days=7), "by": me,
    }  # fmt: skip
    yield Spot, {
        "id": id_, "neighbourhood_id": here, "key": f"spot-{number}", "kind": "place", "name": "Plantenbak",
        "street": "Straat", "texts": {"nl": {"about": "Een plek."}}, "lat": 52.0, "lon": 5.0, "radius": 40.0,
    }  # fmt: skip
    yield Plate, {
        "key": f"{meetings.letters(number):A>10}".upper(), "letters": f"{number:06}", "spot_id": id_, "key_version": 1,
        "made_on": clock.today(),
    }  # fmt: skip
    place = {"name": "Plek", "street": "", "lat": 52.0, "lon": 5.0, "about": "Een plek."}
    for count, (what, player, spot) in enumerate((("place", me, None), ("asks", who, None), ("taken", who, id_))):
        handed_in = FIRST * (count + 1) - number
        yield Contribution, {
            "id": handed_in, "key": _key(what, number), "kind": "place", "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now, "state": Stands.SHOWN if spot else Stands.WAITING, "became": spot,
            "last_version": 1, "shown_version": 1 if spot else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": handed_in, "number": 1, "content": place, "language": "nl", "by": player, "at": now,
            "hash": hash_of("place", "nl", place),
        }  # fmt: skip
    yield from _drafts(me, who, here, id_, number)
    yield from _stories(me, who, here, id_, number)
    yield from _neighbours(me, who, here, number)
    yield from _ideas(me, who, here, number)
    yield from _dialogues(me, who, here, number)
    yield from _gatherings(me, who, here, number)
    yield from _promises(me, who, here, number)
    yield from _choices(me, who, here, number)
    yield from _walks(me, here, id_, number)
    yield from _mirror(who, here, number)
    yield from _measured(here, number)
    yield from _survey(here, number)
    yield AuditEntry, {
        "neighbourhood_id": here, "at": now, "actor": me, "role": "coordinator", "action": "role.end", "about": who,
        "reason": "maker", "before": _key("before", number), "hash": _key("entry", number),
    }  # fmt: skip
    yield PlateReport, {"spot_id": id_, "letters": f"{number:06}", "wrong": "gone", "on": clock.today()}
    for challenge, key, state, maker in (
        (id_, f"crowd-{number}", Shown.SHOWN, who),
        (2 * FIRST - number, f"draft-{number}", Shown.DRAFT, me),
    ):
        yield Challenge, {
            "id": challenge, "neighbourhood_id": here, "key": key, "kind": "together", "icon": "i-samen",
            "texts": {"nl": make.TEXTS["nl"]}, "marks": [], "faceless": True, "spot_id": id_, "state": state,
            "maker": maker, "sent_at": now,
        }  # fmt: skip
    team = _key("team", number)
    yield Team, {"key": team, "neighbourhood_id": here, "name": f"Koor {number}", "made_at": now}
    yield LetterSheet, {
        "id": id_, "key": _key("sheet", number), "neighbourhood_id": here, "team_key": team, "made_at": now,
        "last_day": clock.today(),
    }  # fmt: skip
    yield Entrant, {"player": who, "since": now}
    yield Standing, {"season_id": season, "player": who, "place": number + 1, "points": 5}
    yield LetterCode, {"id": id_, "sheet_id": id_, "code_hash": f"{number:064}", "joins": 0}
    yield Finding, {"challenge_id": id_, "who": who, "said": str(number % 9)}
    common = {"neighbourhood_id": here, "challenge_id": id_, "content": "", "made_at": now, "scores": True}
    answer_by = now + timedelta(hours=72)
    yield Encounter, {
        **common, "id": id_, "key": _key("met", number), "season_id": season, "starter": me, "companion": who,
        "state": State.CONFIRMED, "client_key": f"met-{number}", "answer_by": answer_by, "confirmed_at": now,
    }  # fmt: skip
    yield Encounter, {
        **common, "id": 2 * FIRST - number, "key": _key("wait", number), "season_id": None, "starter": who,
        "companion": me, "state": State.PROPOSED, "client_key": f"wait-{number}", "answer_by": answer_by,
        "confirmed_at": None,
    }  # fmt: skip
    yield Witness, {"encounter_id": 2 * FIRST - number, "host": me, "at": now}
    yield from _yeses_and_photo(me, who, here, number)
    yield from _points(me, who, season, number)


def _yeses_and_photo(me: str, who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    now, id_ = clock.now(), FIRST - number
    for meeting, player in ((id_, me), (id_, who), (2 * FIRST - number, who)):
        yield Yes, {"encounter_id": meeting, "player": player, "at": now, "is_on_this_phone": False}
    yield Photo, {
        "id": id_, "key": _key("photo", number), "neighbourhood_id": here, "maker": me, "width": 1500, "height": 2000,
        "sha256": "", "kept_at": now, "cleared_at": now,
    }  # fmt: skip
    yield photos_of_encounter.name, {"encounter_id": id_, "photo_id": id_}
    of_it = {"kind": KIND, "thing": id_}
    for player, scope in product((me, who), (ALBUM, WEB, SCREEN)):
        yield Consent, {**of_it, "who": player, "use": scope, "how": How.SCREEN, "given_at": now}
    shown = {**of_it, "key": _key("photo", number), "use": PRINT, "neighbourhood_id": here}
    yield Partner, {
        "key": _key("partner", number), "neighbourhood_id": here, "name": f"Club {number}", "about": "Voetbal.",
        "gives": "", "website": "", "language": "nl", "since": now,
    }  # fmt: skip
    yield Wall, {
        "key": _key("wall", number), "neighbourhood_id": here, "name": f"Scherm {number}",
        "code_hash": walls.hashed(f"{number:026}"), "made_at": now,
    }  # fmt: skip
    yield Showing, {**shown, "since": now, "until": now}


def _points(me: str, who: str, season: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    now = clock.now()
    monday = clock.week_of(clock.day_of(now))
    yield LedgerEntry, {
        "season_id": season, "player": me, "meeting": _key("met", number), "reason": "meeting", "purse": "own",
        "points": 10, "lines": [["first", 10]], "week": monday, "at": now,
    }  # fmt: skip
    yield LedgerEntry, {
        "season_id": season, "player": who, "meeting": _key("other", number), "reason": "meeting", "purse": "own",
        "points": 10, "lines": [["first", 10]], "week": monday, "at": now,
    }  # fmt: skip
    yield Question, {
        "key": _key("points", number), "letters": "ABCDEF", "season_id": season, "meeting": _key("other", number),
        "player": who, "reason": "points", "at": now,
    }  # fmt: skip
    yield Correction, {
        "key": _key("taken", number), "season_id": season, "meeting": _key("other", number), "number": 1,
        "what": "taken", "reason": "twice", "by": me, "at": now,
    }  # fmt: skip
    yield Total, {"season_id": season, "player": who, "week": monday, "points": 10, "given": 10}
    yield Pair, {"season_id": season, "low": min(me, who), "high": max(me, who), "first_on": clock.day_of(now)}


def _lesson(me: Person) -> Mapping[str, str]:
    """The pages of a class of thirty crews, of which one handed in as often as there are people."""
    lesson.in_force(current_app)
    here = db.session.scalar(select(SchoolClass))
    if here is None:
        here = lesson.opened(me, crews=30)
        classes.hand_in(classes.join(here), "teken", {}, "picture", meetings.photo())
    crew = db.session.scalars(select(Crew).where(Crew.joined_at.is_not(None))).first()
    have = db.session.scalar(select(func.count(Work.id))) or 0
    for number in range(have, db.session.scalar(select(func.count(Person.id))) or 0):
        made = {"said": {"words": "Een vis"}, "task": "dier", "at": clock.now(), "shown_at": clock.now()}
        db.session.add(Work(key=_key("work", number), class_id=here.id, crew_id=crew.id, twin=f"{number}", **made))
    work = db.session.scalars(select(Work).where(Work.media.is_not(None))).one()
    told = objects.pupils_work(me, me)[0]
    waiting = objects.pupils_waiting(me, me)[0]["key"]
    place = f"/w/{me.neighbourhood.slug}"
    board, mine = f"{place}/staff/classes/{here.key}", f"{place}/class/{classes.token(crew)}"
    return {
        "classes.join": f"{place}/class", "classes.check": f"{place}/class/check", "classes.crew": mine,
        "classes.stop": f"{mine}/1", "classes.own_picture": f"{mine}/work/{work.key}.webp",
        "classes.kept": f"{place}/staff/classes", "classes.board": board, "classes.progress": f"{board}/progress",
        "classes.one_crew": f"{board}/crews/{crew.key}", "classes.works": f"{board}/work",
        "classes.picture": f"{board}/work/{work.key}.webp", "classes.gallery": f"{board}/gallery",
        "classes.gallery_sheets": f"{board}/gallery/print", "classes.gallery_zip": f"{board}/gallery.zip",
        "classes.erase": f"{board}/erase",
        "pupils.send": f"{place}/staff/classes/{told['key']}/work/{told['work']}/story",
        "stories.pupil": f"{place}/stories/pupils/{waiting}",
        "stories.ask_pupil_no": f"{place}/stories/pupils/{waiting}/no",
    }  # fmt: skip


def _addresses(me: Person, other: Person) -> Mapping[str, str]:
    """A page by its name: one address for each route that shows something, and for each face that it has."""
    place, key = me.neighbourhood.slug, _key("met", 0)
    draft = service.hand_in(me, make.challenge(me.neighbourhood), meetings.photo(), f"draft-{clock.now()}")
    code = service.new_code(draft.id, me).letters
    ranking.stand(me)
    theirs = service.hand_in(other, make.challenge(me.neighbourhood), meetings.photo(), f"theirs-{clock.now()}", me)
    mine = service.hand_in(me, make.challenge(me.neighbourhood), None, f"mine-{clock.now()}", _phoneless(me))
    seen = service.hand_in(other, make.challenge(me.neighbourhood), meetings.photo(), f"seen-{clock.now()}", me)
    service.agree(seen.id, me, with_photo=True)
    keeping.clear(seen.photos[0])
    for one in (me, other):
        keeping.choose(seen.photos[0], one.player_key, [SCREEN, PRINT])
    screen, of_class = f"/w/{place}/wall/{0:026}", _lesson(me)
    gone = service.decline(make.encounter(other, me).id, me)
    before_me, shows = _before_me(me, other)
    db.session.execute(
        update(Option).where(Option.key == _key("chosen-a", 0)).values(picture=seen.photos[0].key, seen="Een tafel.")
    )
    pictured, spoken, cared = _pictured(me), _spoken(me), _cared(me, other)
    return {
        # first what is open for a quarter of an hour: the last of ten thousand comes later
        "headquarters.person": f"/w/{place}/host/for/{before_me}",
        "headquarters.photo": f"/w/{place}/host/for/{before_me}/{shows}.webp",
        "pages.front": "/",
        "pages.home": f"/w/{place}/",
        "pages.privacy": f"/w/{place}/privacy",
        "maps.show": f"/w/{place}/map",
        VISITOR: f"/w/{place}/join",
        "people.me": f"/w/{place}/me",
        "people.card": f"/w/{place}/me/card",
        "people.phones": f"/w/{place}/me/phones",
        "people.own_email": f"/w/{place}/me/email",
        "people.back": f"/w/{place}/back",
        "people.email": f"/w/{place}/email",
        "encounters.meet": f"/w/{place}/with/{other.tag}",
        "people.leave": f"/w/{place}/me/leave",
        "places.spot": f"/w/{place}/spots/spot-0",
        "places.plate": f"/q/{_plate()}",
        "places.letters": "/q/",
        "places.sheet": f"/w/{place}/print/plates",
        "printing.overview": f"/w/{place}/print/",
        "printing.signs": f"/w/{place}/print/signs",
        "printing.cards": f"/w/{place}/print/cards",
        "printing.letter": f"/w/{place}/print/letter",
        "printing.poster": f"/w/{place}/print/poster",
        "printing.street": f"/w/{place}/print/street",
        "photos.board": f"/w/{place}/photos",
        "albums.season": f"/w/{place}/season/album",
        "albums.of": f"/w/{place}/season/{_first_day()}/album",
        "albums.book": f"/w/{place}/print/album",
        "photos.who": f"/w/{place}/photos/{_key('photo', 0)}/who",
        "photos.picture": f"/w/{place}/photos/{seen.photos[0].key}/small.webp",
        "photos.gone": f"/w/{place}/photos/gone?on=board&keys={_key('photo', 0)}",
        "photos.revocations": f"/w/{place}/revocations.json",
        "staff.enter": f"/w/{place}/staff/in",
        "staff.invited": f"/w/{place}/staff/invited",
        "staff.code": f"/w/{place}/staff/code",
        "staff.again": f"/w/{place}/staff/again",
        "staff.account": f"/w/{place}/staff/account",
        "staff.paper": f"/w/{place}/staff/paper",
        "staff.team": f"/w/{place}/staff/",
        "staff.invite": f"/w/{place}/staff/invite",
        "staff.log": f"/w/{place}/staff/log",
        "setting_up.checklist": f"/w/{place}/staff/checklist",
        "setting_up.areas": f"/w/{place}/staff/areas",
        "setting_up.areas_file": f"/w/{place}/staff/areas.geojson",
        **of_class,
        "walls.show": screen,
        "walls.photo": f"{screen}/{seen.photos[0].key}.webp",
        "walls.kept": f"/w/{place}/staff/walls",
        "partners.index": f"/w/{place}/partners",
        "partners.show": f"/w/{place}/partners/{_key('partner', 0)}",
        "partners.kept": f"/w/{place}/staff/partners",
        "partners.edit": f"/w/{place}/staff/partners/{_key('partner', 0)}",
        "teams.letter": f"/w/{place}/letter",
        "teams.staff": f"/w/{place}/staff/letters",
        "seasons.new": f"/w/{place}/staff/season",
        "seasons.change": f"/w/{place}/staff/season/{_first_day()}",
        "challenges.pack": f"/w/{place}/staff/pack",
        "challenges.mine": f"/w/{place}/staff/challenges",
        "challenges.table": f"/w/{place}/staff/challenges.csv",
        "challenges.new": f"/w/{place}/staff/challenges/new?kind=find",
        "challenges.change": f"/w/{place}/staff/challenges/crowd-0",
        "challenges.weeks": f"/w/{place}/staff/weeks",
        "notes.own": f"/w/{place}/me/notes",
        "notes.propose": f"/w/{place}/me/notes/new?challenge=crowd-0",
        "notes.again": f"/w/{place}/me/notes/{_key('note', 0)}",
        "drafts.own": f"/w/{place}/me/drafts",
        "drafts.propose": f"/w/{place}/me/drafts/new",
        "drafts.again": f"/w/{place}/me/drafts/{_key('draft', 0)}",
        "proposals.own": f"/w/{place}/me/places",
        "proposals.propose": f"/w/{place}/me/places/new",
        "proposals.again": f"/w/{place}/me/places/{_key('place', 0)}",
        "places.table": f"/w/{place}/staff/spots.csv",
        "places.mine": f"/w/{place}/staff/spots",
        "places.new": f"/w/{place}/staff/spots/new",
        "places.change": f"/w/{place}/staff/spots/spot-0",
        "desk.queue": f"/w/{place}/desk/",
        "desk.picture": f"/w/{place}/desk/photos/{_waits_for_a_look(me)}/small.webp",
        "desk.pauses": f"/w/{place}/desk/pauses",
        "desk.answers": f"/w/{place}/desk/answers",
        "desk.report": f"/w/{place}/report/photo/abc",
        "challenges.index": f"/w/{place}/challenges",
        "challenges.show": f"/w/{place}/challenges/bench",
        "scoring.thermometer": f"/w/{place}/thermometer",
        "scoring.own": f"/w/{place}/me/points",
        "scoring.reveal": f"/w/{place}/season/reveal",
        "ranking.show": f"/w/{place}/ranking",
        "scoring.archive": f"/w/{place}/seasons",
        "scoring.explained": f"/w/{place}/points?how=first",
        "scoring.mine": f"/w/{place}/points/mine",
        "scoring.corrections": f"/w/{place}/staff/points",
        "encounters.together": f"/w/{place}/together",
        "encounters.offline": f"/w/{place}/offline",
        "worker.worker": "/sw.js",
        "worker.manifest": f"/w/{place}/manifest.webmanifest",
        "encounters.hand_in": f"/w/{place}/together/bench",
        "encounters.scan": "/e/",
        "encounters.show, code": f"/e/{draft.key}",
        "encounters.show, question": f"/e/{theirs.key}",
        "encounters.show, waiting": f"/e/{mine.key}",
        "encounters.show, points": f"/e/{key}",
        "encounters.show, gone": f"/e/{gone.key}",
        "encounters.state": f"/e/{code}/state",
        "encounters.photo": f"/e/{draft.key}/photo/{draft.photos[0].key}/small.webp",
        "encounters.here": f"/e/{draft.key}/here",
        "encounters.another": f"/e/{draft.key}/another",
        "encounters.answer_here": f"/e/{mine.key}/here/answer",
        "encounters.waiting": f"/w/{place}/waiting",
        "encounters.album": f"/w/{place}/album",
        "people.household": f"/w/{place}/me/household",
        "people.blocks": f"/w/{place}/me/blocks",
        "people.data": f"/w/{place}/me/data",
        "people.export": f"/w/{place}/me/data.zip",
        "people.erase": f"/w/{place}/me/erase",
        "people.erased": f"/w/{place}/erased",
        "stories.index": f"/w/{place}/stories",
        "lessons.index": f"/w/{place}/lessons",
        "lessons.show": f"/w/{place}/lessons/crowd-0",
        "lessons.look": f"/w/{place}/lessons/crowd-0/stop/1",
        "lessons.export": f"/w/{place}/lessons/crowd-0/lesson.json",
        "lessons.paper": f"/w/{place}/lessons/crowd-0/paper",
        "lessons.made": f"/w/{place}/staff/lessons",
        "lessons.new": f"/w/{place}/staff/lessons/new",
        "lessons.bring": f"/w/{place}/staff/lessons/from-file",
        "lessons.build": f"/w/{place}/staff/lessons/crowd-0",
        "walks.index": f"/w/{place}/walks",
        "walks.show": f"/w/{place}/walks/crowd-0",
        "walks.export": f"/w/{place}/walks/crowd-0/walk.gpx",
        "walks.frame": f"/w/{place}/walks/crowd-0/frame",
        "walks.share": f"/w/{place}/walks/crowd-0/share.png",
        "walk_feeds.atom": f"/w/{place}/walks.atom",
        "walks.kept": f"/w/{place}/walks/crowd-0/kept",
        "walks.pack_list": f"/w/{place}/walks/crowd-0/pack.json",
        "walks.way": f"/w/{place}/walks/crowd-0/2",
        "walks.here": f"/w/{place}/walks/crowd-0/2/here",
        "walks.end": f"/w/{place}/walks/crowd-0/end",
        "walks.preview": f"/w/{place}/walks/crowd-0/preview/{preview_token(Tour(id=4 * FIRST))}",
        "walks.paper_map_page": f"/w/{place}/walks/crowd-0/paper/map",
        "walks.large_print": f"/w/{place}/walks/crowd-0/paper/large",
        "walks.paper_codes": f"/w/{place}/staff/walks/crowd-0/paper/codes",
        "walks.booklet": f"/w/{place}/staff/walks/crowd-0/paper/booklet",
        "walks.made": f"/w/{place}/staff/walks",
        "walks.new": f"/w/{place}/staff/walks/new",
        "walks.bring": f"/w/{place}/staff/walks/from-file",
        "walks.build": f"/w/{place}/staff/walks/crowd-0",
        "stories.tell": f"/w/{place}/stories/tell",
        "stories.write": f"/w/{place}/stories/tell/write",
        "stories.own": f"/w/{place}/stories/mine",
        "stories.questions": f"/w/{place}/stories/questions",
        "stories.question": f"/w/{place}/stories/questions/{_key('wonders', 0)}",
        "reactions.own": f"/w/{place}/me/memories",
        "reactions.propose": f"/w/{place}/me/memories/new?story={_key('story', 0)}",
        "reactions.again": f"/w/{place}/me/memories/{_key('memory', 0)}",
        "happening.show": f"/w/{place}/happening",
        "happening.paper": f"/w/{place}/happening/paper",
        "happening.moving_in": f"/w/{place}/happening/moving-in",
        "happening.feed": f"/w/{place}/happening/feed.xml",
        "happening.calendar": f"/w/{place}/happening/calendar.ics",
        "survey.show": f"/w/{place}/survey",
        "survey.results": f"/w/{place}/survey/results",
        "survey.keep": f"/w/{place}/staff/survey",
        "survey.paper": f"/w/{place}/staff/survey/paper",
        "survey.sheets": f"/w/{place}/staff/survey/{_key('wave', 0)}/sheets",
        "mirror.show": f"/w/{place}/staff/mirror",
        "measures.show": f"/w/{place}/insight",
        "measures.of": f"/w/{place}/insight/{_first_day()}",
        "measures.report": f"/w/{place}/insight/{_first_day()}/report",
        "measures.window": f"/w/{place}/insight/{_first_day()}/window",
        "measures.table": f"/w/{place}/insight/{_first_day()}/contacts.csv",
        "mirror.answer": f"/w/{place}/staff/mirror/own",
        "promises.index": f"/w/{place}/promises",
        "promises.paper": f"/w/{place}/promises/paper",
        "promises.show": f"/w/{place}/promises/{_key('vow', 0)}",
        "sent_promises.own": f"/w/{place}/me/promises",
        "sent_promises.propose": f"/w/{place}/me/promises/new",
        "sent_promises.again": f"/w/{place}/me/promises/{_key('promise', 0)}",
        "gatherings.index": f"/w/{place}/gatherings",
        "gatherings.calendar": f"/w/{place}/gatherings/calendar.ics",
        "gatherings.show": f"/w/{place}/gatherings/{_key('soup', 0)}",
        "gatherings.one": f"/w/{place}/gatherings/{_key('soup', 0)}/gathering.ics",
        "gatherings.here": f"/w/{place}/gatherings/{_key('soup', 0)}/here/{table_letters.of(_key('soup', 0))}",
        "gatherings.poster": f"/w/{place}/gatherings/{_key('comes', 0)}/poster",
        "sent_gatherings.own": f"/w/{place}/me/gatherings",
        "sent_gatherings.propose": f"/w/{place}/me/gatherings/new",
        "sent_gatherings.again": f"/w/{place}/me/gatherings/{_key('gathering', 0)}",
        "sent_reports.own": f"/w/{place}/me/gathering-reports",
        "sent_reports.propose": f"/w/{place}/me/gathering-reports/new?gathering={_key('comes', 0)}",
        "sent_reports.again": f"/w/{place}/me/gathering-reports/{_key('telling', 0)}",
        "ideas.index": f"/w/{place}/ideas",
        "ideas.show": f"/w/{place}/ideas/{_key('wish', 0)}",
        "ideas.to_decide": f"/w/{place}/staff/ideas",
        "ideas.enter": f"/w/{place}/staff/ideas/new",
        "ideas.cards": f"/w/{place}/staff/ideas/cards",
        "offers.index": f"/w/{place}/offers",
        "offers.match": f"/w/{place}/offers/match/{_key('match', 0)}",
        "offers.side_by_side": f"/w/{place}/staff/offers",
        "sent_offers.own": f"/w/{place}/me/offers",
        "sent_offers.propose": f"/w/{place}/me/offers/new",
        "sent_offers.again": f"/w/{place}/me/offers/{_key('lends', 0)}",
        "initiatives.index": f"/w/{place}/initiatives",
        "initiatives.show": f"/w/{place}/initiatives/{_key('begun', 0)}",
        "initiatives.change": f"/w/{place}/initiatives/{_key('begun', 0)}/change",
        "sent_ideas.own": f"/w/{place}/me/ideas",
        "sent_ideas.propose": f"/w/{place}/me/ideas/new",
        "sent_ideas.again": f"/w/{place}/me/ideas/{_key('idea', 0)}",
        "dialogues.index": f"/w/{place}/dialogues",
        "dialogues.learned": f"/w/{place}/dialogues/learned",
        "dialogues.paper_cards": f"/w/{place}/dialogues/cards",
        "dialogues.show": f"/w/{place}/dialogues/{_key('mine', 0)}",
        "dialogues.new": f"/w/{place}/dialogues/new",
        "dialogues.mine": f"/w/{place}/dialogues/mine",
        "dialogues.card": f"/w/{place}/dialogues/{_key('mine', 0)}/card",
        "dialogues.paper": f"/w/{place}/dialogues/{_key('mine', 0)}/paper",
        "dialogues.talk": f"/w/{place}/dialogues/talks/{_key('talk', 0)}",
        "dialogues.questions": f"/w/{place}/dialogues/questions",
        "dialogues.question": f"/w/{place}/dialogues/questions/{_key('inquiry', 0)}",
        "dialogues.new_table": f"/w/{place}/dialogues/tables/new",
        "dialogues.table": f"/w/{place}/dialogues/tables/{_key('table', 0)}",
        "professionals.index": f"/w/{place}/staff/professionals",
        "sent_questions.own": f"/w/{place}/me/asked",
        "sent_questions.propose": f"/w/{place}/me/asked/new",
        "sent_questions.again": f"/w/{place}/me/asked/{_key('asked', 0)}",
        "choices.index": f"/w/{place}/choices",
        "choices.show": f"/w/{place}/choices/{_key('chosen', 0)}",
        "choices.picture": f"/w/{place}/choices/{_key('chosen', 0)}/1.webp",
        "choices.staff": f"/w/{place}/staff/choices",
        "choices.new": f"/w/{place}/staff/choices/new",
        "choices.keep": f"/w/{place}/staff/choices/{_key('chosen', 0)}",
        "choices.sheet": f"/w/{place}/staff/choices/{_key('choose', 0)}/print",
        "reasons.own": f"/w/{place}/me/reasons",
        "reasons.propose": f"/w/{place}/me/reasons/new",
        "reasons.again": f"/w/{place}/me/reasons/{_key('reason', 0)}",
        "prompts.own": f"/w/{place}/me/questions",
        "prompts.propose": f"/w/{place}/me/questions/new",
        "prompts.again": f"/w/{place}/me/questions/{_key('question', 0)}",
        "stories.show": f"/w/{place}/stories/{_key('story', 0)}",
        "stories.picture": f"/w/{place}/stories/{pictured}/0/small.webp",
        "stories.waiting_picture": f"/w/{place}/stories/mine/{pictured}/0/small.webp",
        **{
            f"stories.{page}": f"/w/{place}/stories/mine/{_key('story', 0)}{path}"
            for page, path in (
                ("mine", ""),
                ("change", "/change"),
                ("review", "/yes"),
                ("uses", "/uses"),
                ("ask_withdraw", "/withdraw"),
            )
        },
        **{
            f"stories.{page}": f"/w/{place}/stories/{path}"
            for page, path in (
                ("play", f"{spoken}/sound.m4a"),
                ("captions", f"{spoken}/words.vtt"),
                ("waiting_sound", f"mine/{spoken}/sound.m4a"),
                ("type_out", f"mine/{spoken}/transcript"),
            )
        },
        "stories.guard": f"/w/{place}/stories/cares/{cared}",
        "stories.ask_guard_no": f"/w/{place}/stories/cares/{cared}/no",
        "stories.papers": f"/w/{place}/stories/paper",
        "stories.paper": f"/w/{place}/stories/paper/{cared}",
        "stories.sheet": f"/w/{place}/stories/paper/{cared}/sheet",
        "stories.signed_sheet": f"/w/{place}/stories/paper/{cared}/signed/1.webp",
        "stories.rest": f"/w/{place}/stories/rest/{cared}",
        "stories.edit": f"/w/{place}/stories/edit/{_key('tells', 0)}",
        "stories.about": f"/w/{place}/stories/{_key('story', 0)}/about.jsonld",
        "stories.frame": f"/w/{place}/stories/{_key('story', 0)}/frame",
        "stories.share": f"/w/{place}/stories/{pictured}/share.png",
        "stories.revocations": f"/w/{place}/stories/revocations.json",
        "story_feeds.atom": f"/w/{place}/stories.atom",
        "receipts.show": f"/w/{place}/receipt",
        "receipts.export": f"/w/{place}/receipt/data.zip",
        "receipts.lost": f"/w/{place}/receipt/lost",
        "headquarters.host": f"/w/{place}/host",
        "headquarters.stamps": f"/w/{place}/host/stamps",
        "headquarters.care": f"/w/{place}/staff/care",
        "headquarters.report": f"/w/{place}/staff/report",
        "albums.slides": f"/w/{place}/season/slides",
        "albums.slide": f"/w/{place}/season/slides/{seen.photos[0].key}.webp",
        "albums.photo": f"/w/{place}/print/album/{seen.photos[0].key}.webp",
    }


def _drafts(me: str, who: str, here: int, challenge: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """A challenge that I thought up and one of somebody else, which wait, and one that everybody sees."""
    now, said = clock.now(), make.TEXTS["nl"]
    seen = {"words": "Ik zag een buur.", "challenge": f"crowd-{number}"}
    yield Contribution, {
        "id": FIRST * 24 - number, "key": _key("note", number), "kind": "note", "neighbourhood_id": here, "who": me,
        "named": True, "sent_at": now - timedelta(days=1), "last_version": 1, "state": Stands.WAITING,
        "became": None, "shown_version": None,
    }  # fmt: skip
    yield Version, {
        "contribution_id": FIRST * 24 - number, "number": 1, "content": seen, "language": "nl", "by": me, "at": now,
        "hash": hash_of("note", "nl", seen),
    }  # fmt: skip
    thought_up = (("draft", me, None), ("thinks", who, None), ("thought", who, challenge))
    for count, (what, player, became) in enumerate(thought_up, start=21):
        id_ = FIRST * count - number
        yield Contribution, {
            "id": id_, "key": _key(what, number), "kind": "draft", "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now - timedelta(days=1), "last_version": 1,
            "state": Stands.SHOWN if became else Stands.WAITING,
            "became": became, "shown_version": 1 if became else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": id_, "number": 1, "content": said, "language": "nl", "by": player, "at": now,
            "hash": hash_of("draft", "nl", said),
        }  # fmt: skip


def _stories(me: str, who: str, here: int, spot: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """A story of mine that everybody reads at a spot, and one of somebody else that waits for an editor."""
    now, said = clock.now(), {"title": "De brug", "words": "Het was koud.", "when": "1974", "spot": f"spot-{number}",
                              "theme": "", "warning": "", "pictures": []}  # fmt: skip
    for count, (what, player, is_shown) in enumerate((("story", me, True), ("tells", who, False)), start=4):
        id_ = FIRST * count - number
        yield Contribution, {
            "id": id_, "key": _key(what, number), "kind": "story", "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now - timedelta(days=1), "last_version": 1,
            "state": Stands.SHOWN if is_shown else Stands.WAITING,
            "became": id_ if is_shown else None, "shown_version": 1 if is_shown else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": id_, "number": 1, "content": said, "language": "nl", "by": player, "at": now,
            "hash": hash_of("story", "nl", said),
        }  # fmt: skip
        yield (
            Telling,
            {"contribution_id": id_, "called": f"Buur {number}", "way": "self", "note": ""},
        )
        if is_shown:
            yield Story, {
                "id": id_, "key": _key(what, number), "neighbourhood_id": here, "contribution_id": id_, "spot_id": spot,
                "title": "De brug", "words": "Het was koud.", "language": "nl", "called": f"Buur {number}", "theme": "",
                "warning": "", "when": "1974", "edtf": "1974", "first_year": 1974, "found": " de brug het was koud",
                "version_hash": hash_of("story", "nl", said), "published_at": now, "prompt": _key("wonders", 0),
            }  # fmt: skip
            for use in ("site", "name", "embed", "tours"):
                yield Consent, {
                    "kind": "story", "thing": id_, "who": player, "use": use, "how": "screen", "given_at": now,
                }  # fmt: skip


def _walks(me: str, here: int, spot: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """A walk that everybody sees past a place and my story, and one that waits; and a no to another."""
    now, story = clock.now(), FIRST * 4 - number
    common = {"neighbourhood_id": here, "title": "Rondje", "language": "nl", "intro": "Langs winkels.", "sent_at": now,
              "legs": [], "past": [], "checked_on": clock.today(), "checked_by": "de club", "asks": 1}  # fmt: skip
    for id_, key, state in ((story, f"crowd-{number}", "published"), (story - FIRST, f"waits-{number}", "checked")):
        yield Tour, {**common, "id": id_, "key": key, "state": state, "published_at": now, "maker": f"maker {number}"}
        for at, told in enumerate((None, story), 1):
            yield Stop, {"tour_id": id_, "number": at, "spot_id": spot, "story_id": told, "intro": "Kijk."}
    yield Refused, {"tour_id": story - FIRST, "story_id": story, "since": now}
    task = Task("hear", "sentence", f"spot-{number}", "Wat hoor je?", said={"begin": ""})
    yield Kit, {
        "id": story, "key": _key("kit", number), "neighbourhood_id": here, "slug": f"crowd-{number}", "language": "nl",
        "level": "groep-6", "minutes": 90, "tour_id": story, "maker": me, "state": "published", "published_at": now,
        "changed_at": now, "content": Content("Les", tasks=(task,)).written(),
    }  # fmt: skip


def _neighbours(me: str, who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """What two know too of one story, and ask at one spot: mine wait, and everybody sees those of the other."""
    now, known = clock.now(), {"words": "Dat ken ik.", "story": _key("story", 0)}
    asked = {"question": "Hoe was het?", "spot": "spot-0", "theme": ""}
    for count, (what, kind, said, player) in enumerate(
        (("memory", "reaction", known, me), ("recalls", "reaction", known, who), ("question", "prompt", asked, me),
         ("wonders", "prompt", asked, who)), start=6,
    ):  # fmt: skip
        id_, is_shown = FIRST * count - number, player == who
        yield Contribution, {
            "id": id_, "key": _key(what, number), "kind": kind, "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now - timedelta(days=1), "last_version": 1,
            "state": Stands.SHOWN if is_shown else Stands.WAITING,
            "became": id_ if is_shown else None, "shown_version": 1 if is_shown else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": id_, "number": 1, "content": said, "language": "nl", "by": player, "at": now,
            "hash": hash_of(kind, "nl", said),
        }  # fmt: skip
    yield Reaction, {
        "id": FIRST * 7 - number, "key": _key("recalls", number), "story_id": FIRST * 4, "words": "Dat ken ik.",
        "language": "nl",
    }  # fmt: skip
    yield Prompt, {
        "id": FIRST * 9 - number, "key": _key("wonders", number), "neighbourhood_id": here, "spot_id": FIRST,
        "question": "Hoe was het?", "language": "nl", "asked_at": now,
    }  # fmt: skip


def _ideas(me: str, who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """An idea of mine that waits for an editor, and one of somebody else that I signed too and an editor answered."""
    now, said = clock.now(), {"title": "Een bank", "words": "Kijk.", "sort": "change", "spot": "spot-0"}
    for count, (what, player) in enumerate((("idea", me), ("wish", who)), start=27):
        id_, is_shown = FIRST * count - number, player == who
        yield Contribution, {
            "id": id_, "key": _key(what, number), "kind": "idea", "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now - timedelta(days=1), "last_version": 1,
            "state": Stands.SHOWN if is_shown else Stands.WAITING,
            "became": id_ if is_shown else None, "shown_version": 1 if is_shown else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": id_, "number": 1, "content": said, "language": "nl", "by": player, "at": now,
            "hash": hash_of("idea", "nl", said),
        }  # fmt: skip
        if is_shown:
            yield Idea, {
                "id": id_, "key": _key(what, number), "neighbourhood_id": here, "spot_id": FIRST, "sort": "change",
                "title": "Een bank", "words": "Kijk.", "language": "nl", "channel": "phone", "visible_at": now,
            }  # fmt: skip
            if number % 2:
                yield Step, {
                    "kind": "idea", "about": _key(what, number), "number": 1, "state": "not_now", "by": who,
                    "as_what": "editor", "words": "Vol.", "language": "nl", "at": now,
                }  # fmt: skip
    yield CoSign, {"idea": _key("wish", number), "who": me, "shows_name": True, "at": now}
    yield from _initiatives(me, who, here, number)
    yield from _offers(me, who, here, number)


def _offers(me: str, who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """An offer of mine that waits, one that is read, a wish of who else is here, and the two brought together."""
    now, until = clock.now(), clock.today() + timedelta(days=30)
    for count, (what, player, is_wish) in enumerate(
        (("lends", me, False), ("gives", me, False), ("wants", who, True)), start=81
    ):
        id_, is_shown = FIRST * count - number, what != "lends"
        said = {"sort": "wants" if is_wish else "can", "words": "Een ladder", "zone": "", "until": until.isoformat()}
        yield Contribution, {
            "id": id_, "key": _key(what, number), "kind": "offer", "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now - timedelta(days=1), "last_version": 1,
            "state": Stands.SHOWN if is_shown else Stands.WAITING,
            "became": id_ if is_shown else None, "shown_version": 1 if is_shown else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": id_, "number": 1, "content": said, "language": "nl", "by": player, "at": now,
            "hash": hash_of("offer", "nl", said),
        }  # fmt: skip
        if is_shown:
            yield Offer, {
                "id": id_, "key": _key(what, number), "neighbourhood_id": here, "is_wish": is_wish,
                "words": "Een ladder", "language": "nl", "until": until,
            }  # fmt: skip
    yield Match, {
        "key": _key("match", number), "neighbourhood_id": here, "offer": _key("gives", number),
        "wish": _key("wants", number), "at": now,
    }  # fmt: skip


def _initiatives(me: str, who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """What came of the idea of somebody else, which I lead; who else is here takes part in the one and sees to it."""
    now, id_ = clock.now(), FIRST * 31 - number
    yield Initiative, {
        "id": id_, "key": _key("begun", number), "neighbourhood_id": here, "idea": _key("wish", number),
        "title": "Een bank", "words": "", "next_words": "Rondje.", "next_on": clock.today(), "language": "nl",
        "is_hidden": False, "asks": 0, "begun_at": now,
    }  # fmt: skip
    for player, leads in ((me, True), (who, False)):
        first = FIRST * 31 if player == who else id_  # all of them in the one of which the page is asked for
        yield Participant, {
            "key": _key("leads" if leads else "joins", number), "initiative_id": first, "who": player,
            "shows_name": True, "would_lead": leads, "leads": leads, "at": now,
        }  # fmt: skip
    yield Need, {
        "id": id_, "key": _key("need", number), "initiative_id": FIRST * 31, "is_there": False, "words": "Een schep",
        "language": "nl", "many": 3,
    }  # fmt: skip
    yield Taker, {"need_id": id_, "who": who}


def _survey(here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """A wave that was closed, and what it came to."""
    id_ = FIRST - number
    yield Wave, {
        "id": id_, "key": _key("wave", number), "neighbourhood_id": here, "moment": "after",
        "opened_on": clock.today(), "closed_on": clock.today(),
    }  # fmt: skip
    for item in ITEMS:
        yield WaveMean, {"wave_id": id_, "item": item, "tenths": 34, "answers": 12}


def _mirror(who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """What somebody of the team said of one of the seven, now and before the season."""
    for at in (clock.now(), clock.now() - timedelta(days=90)):
        yield MirrorAnswer, {
            "neighbourhood_id": here, "factor": list(FACTORS)[number % 7], "does": bool(number % 2), "why": "Zo.",
            "to_do": "", "language": "nl", "by": who, "at": at,
        }  # fmt: skip


def _dialogues(me: str, who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """An hour of mine and of somebody else at one spot; in mine cards that wait and that we signed, and questions."""
    now, id_, learned = clock.now(), FIRST - number, "Wie helpt, groet."
    work = {"neighbourhood_id": here, "organisation": "Kantwonen", "role": "beheerder", "shows_name": True,
            "appointed_at": now}  # fmt: skip
    if number == 0:
        yield Professional, {"id": 2 * FIRST, "key": _key("mine", 0), "who": me, **work}
    yield Professional, {"id": id_, "key": _key("works", number), "who": who, **work}
    times = {"neighbourhood_id": here, "theme": "home", "begins": now, "ends": now + timedelta(hours=1)}
    for hour, key, of, state in (
        (id_, "mine", 2 * FIRST, "open"), (2 * FIRST - number, "theirs", id_, "planned"),
        (3 * FIRST - number, "past", 2 * FIRST, "closed"),
    ):  # fmt: skip
        yield Hour, {"id": hour, "key": _key(key, number), "professional_id": of, "spot_id": FIRST, "state": state,
                     **times}  # fmt: skip
    for talk, key, hour, seats in (
        (id_, "talk", FIRST, ((who, "resident"), (me, "professional"))),
        (2 * FIRST - number, "waits", FIRST, ((who, "resident"),)),
        (3 * FIRST - number, "table", None, ((me, "opener"), (who, "guest"), (_key("rest", number), "guest"))),
    ):
        yield Talk, {
            "id": talk, "key": _key(key, number), "neighbourhood_id": here, "hour_id": hour, "spot_id": FIRST,
            "card": "first-home", "begun_at": now, "fewest": 2 if hour else 3,
        }  # fmt: skip
        first = 10 * talk  # ids of its seats
        for place, (player, as_what) in enumerate(seats):
            yield Seat, {
                "id": first + place, "key": _key(f"seat{place}{key}", number), "talk_id": talk, "who": player,
                "as_what": as_what, "shows_name": True, "how": "screen", "words": "Hier." if hour else "",
                "language": "nl", "answered_at": now,
            }  # fmt: skip
        if len(seats) > 1:
            hash_ = hash_of_words(learned, "nl")
            yield Insight, {
                "id": talk, "key": _key(f"insight{key}", number), "neighbourhood_id": here, "talk_id": talk,
                "words": learned, "language": "nl", "version": 1, "hash": hash_, "by": me, "written_at": now,
                "stands": "free",
            }  # fmt: skip
            for place in range(len(seats)):
                yield Signature, {"insight_id": talk, "seat_id": first + place, "hash": hash_, "at": now}
    said = {"words": "Waarom?", "hour": _key("mine", 0)}
    for what, player, handed_in in (("asked", me, 41 * FIRST - number), ("inquiry", who, 42 * FIRST - number)):
        is_shown = what == "inquiry"
        yield Contribution, {
            "id": handed_in, "key": _key(what, number), "kind": "question", "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now, "state": Stands.SHOWN if is_shown else Stands.WAITING, "last_version": 1,
            "became": id_ if is_shown else None, "shown_version": 1 if is_shown else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": handed_in, "number": 1, "content": said, "language": "nl", "by": player, "at": now,
            "hash": hash_of("question", "nl", said),
        }  # fmt: skip
    yield Asked, {
        "id": id_, "key": _key("inquiry", number), "neighbourhood_id": here, "hour_id": FIRST,
        "professional_id": 2 * FIRST, "words": "Waarom?", "language": "nl", "is_shown": True, "visible_at": now,
        "reply_by": clock.today(),
    }  # fmt: skip
    yield Step, {
        "kind": "question", "about": _key("inquiry", number), "number": 1, "state": "heard", "by": me,
        "as_what": "professional", "words": "Gehoord.", "language": "nl", "at": now,
    }  # fmt: skip


def _gatherings(me: str, who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """A gathering of mine that waits and one that comes, one of somebody else that was, and its report."""
    now = clock.now()
    said = {"title": "Soep", "words": "Kom.", "spot": "spot-0", "day": clock.today().isoformat(), "begins": "00:00",
            "until": "23:59", "names": False}  # fmt: skip
    told, gone = {"gathering": _key("soup", number), "words": "Er was soep."}, now - timedelta(days=2)
    for count, (what, kind, player, content) in enumerate(
        (("gathering", "gathering", me, said), ("soup", "gathering", who, said), ("comes", "gathering", me, said),
         ("telling", "gathering_report", me, told), ("told", "gathering_report", who, told)), start=51,
    ):  # fmt: skip
        id_, is_shown = FIRST * count - number, what not in ("gathering", "telling")
        yield Contribution, {
            "id": id_, "key": _key(what, number), "kind": kind, "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now - timedelta(days=1), "last_version": 1,
            "state": Stands.SHOWN if is_shown else Stands.WAITING,
            "became": id_ if is_shown else None, "shown_version": 1 if is_shown else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": id_, "number": 1, "content": content, "language": "nl", "by": player, "at": now,
            "hash": hash_of(kind, "nl", content),
        }  # fmt: skip
        if is_shown and kind == "gathering":
            begins = gone if player == who else now + timedelta(days=1)
            yield Gathering, {
                "id": id_, "key": _key(what, number), "neighbourhood_id": here, "spot_id": FIRST, "title": "Soep",
                "words": "Kom.", "language": "nl", "begins_at": begins, "ends_at": begins + timedelta(hours=2),
                "shown_at": gone,
            }  # fmt: skip
    yield Report, {
        "id": FIRST * 55 - number, "key": _key("told", number), "gathering": _key("soup", number),
        "words": "Er was soep.", "language": "nl", "at": now,
    }  # fmt: skip
    yield Attendance, {"gathering": _key("soup", 0), "who": who, "shows_name": True, "at": now}
    yield Others, {"gathering": _key("soup", number), "many": 3}
    yield Step, {
        "kind": "gathering", "about": _key("comes", number), "number": 1, "state": "moved", "by": me,
        "as_what": "opener", "words": "Regen.", "language": "nl", "at": now,
    }  # fmt: skip
    yield Move, {
        "gathering": _key("comes", number), "spot_id": FIRST, "begins_at": now, "ends_at": now + timedelta(hours=2),
        "at": now,
    }  # fmt: skip


def _choices(me: str, who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """A choice that is open and one with an outcome; at the first of these their vote and a card; a card of mine."""
    now = clock.now()
    asked = {"neighbourhood_id": here, "title": "Wat?", "fixed": "Geld.", "undecided": "Wat.", "language": "nl",
             "mode": "open", "by": who, "opened_at": now - timedelta(days=9), "voters": 1, "sheets": 0}  # fmt: skip
    for count, (what, closes_at) in enumerate((("choose", now + timedelta(days=9)), ("chosen", now)), start=71):
        id_ = FIRST * count - number
        yield Choice, {**asked, "id": id_, "key": _key(what, number), "closes_at": closes_at}
        yield Option, {
            "id": id_, "key": _key(f"{what}-a", number), "choice_id": id_, "number": 1,
            "title": "Lange tafel", "words": "",
        }  # fmt: skip
        yield Count, {"option_id": id_, "choice_id": id_, "votes": 3}
        yield Voter, {"choice_id": id_, "who": me, "voted": False}
    yield Outcome, {
        "choice_id": FIRST * 72 - number, "number": 1, "option_id": FIRST * 72 - number, "because": "Daarom.",
        "language": "nl", "by": who, "at": now, "review_on": clock.today(),
    }  # fmt: skip
    yield OpenVote, {"choice_id": FIRST * 72, "who": who, "option_id": FIRST * 72, "shows_name": True}
    said = {"about": _key("choose-a", 0), "side": "for", "words": "Fijn."}
    for count, (what, player) in enumerate((("reason", me), ("because", who)), start=73):
        id_, is_shown = FIRST * count - number, player == who
        yield Contribution, {
            "id": id_, "key": _key(what, number), "kind": "reason", "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now - timedelta(days=1), "last_version": 1,
            "state": Stands.SHOWN if is_shown else Stands.WAITING,
            "became": id_ if is_shown else None, "shown_version": 1 if is_shown else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": id_, "number": 1, "content": said, "language": "nl", "by": player, "at": now,
            "hash": hash_of("reason", "nl", said),
        }  # fmt: skip
        if is_shown:
            yield Reason, {
                "id": id_, "key": _key(what, number), "choice_id": FIRST * 72, "option_id": FIRST * 72, "side": "for",
                "words": "Fijn.", "language": "nl",
            }  # fmt: skip


def _measured(here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """What was printed of the season, and of one long ago each."""
    first = date.fromisoformat(_first_day()) - timedelta(days=30 * number)
    yield MeasureEdition, {
        "id": FIRST - number, "neighbourhood_id": here, "first": first, "until": first + timedelta(days=7), "rules": 1,
        "zones": [],
    }  # fmt: skip
    for cell, place in (("", 1), ("0", 0)):
        yield Figure, {
            "edition_id": FIRST - number, "measure": "contacts", "cell": cell, "number": place, "shown": 5,
        }  # fmt: skip


def _promises(me: str, who: str, here: int, number: int) -> Iterator[tuple[type[Model] | str, Row]]:
    """A promise of mine that waits, and one of somebody else to me that was changed, and that I would rather not."""
    now, today = clock.now(), clock.today()
    said = {"what": "Een bank", "to_whom": "de buurt", "tag": None, "due_on": today.isoformat(), "decided_by": "",
            "organisation": "", "gathering": ""}  # fmt: skip
    for count, (what, player) in enumerate((("promise", me), ("vow", who)), start=61):
        id_, is_shown = FIRST * count - number, player == who
        yield Contribution, {
            "id": id_, "key": _key(what, number), "kind": "promise", "neighbourhood_id": here, "who": player,
            "named": True, "sent_at": now - timedelta(days=1), "last_version": 1,
            "state": Stands.SHOWN if is_shown else Stands.WAITING,
            "became": id_ if is_shown else None, "shown_version": 1 if is_shown else None,
        }  # fmt: skip
        yield Version, {
            "contribution_id": id_, "number": 1, "content": said, "language": "nl", "by": player, "at": now,
            "hash": hash_of("promise", "nl", said),
        }  # fmt: skip
        if is_shown:
            yield Promise, {
                "id": id_, "key": _key(what, number), "neighbourhood_id": here, "gathering": _key("soup", number),
                "what": "Een bank", "to_whom": "de buurt", "language": "nl", "due_on": today, "shown_at": now,
            }  # fmt: skip
    yield Receiver, {"promise": _key("vow", number), "who": me, "shows_name": True}
    yield Against, {"promise": _key("vow", number), "who": me, "shows_name": True, "at": now}
    yield NewDay, {"promise": _key("vow", number), "due_on": today, "before": today, "at": now}
    yield Step, {
        "kind": "promise", "about": _key("vow", number), "number": 1, "state": "changed", "by": who,
        "as_what": "maker", "words": "Later.", "language": "nl", "at": now,
    }  # fmt: skip


def _pictured(me: Person) -> str:
    """The key of a story of mine with a picture, that everybody reads."""
    said = {"title": "Met foto", "words": "Kijk.", "when": "", "spot": "", "theme": "", "warning": ""}
    picture = stories.keep_picture(
        meetings.photo(), {"about": "Een brug", "when": "", "whose": "own", "people": "nobody"}
    )
    told = stories.tell(me.neighbourhood, me.player_key, said, "nl", "", pictures=[picture])
    told.sent_at -= timedelta(days=1)  # today is for others
    contributions.say_yes(told, told.last, "an editor")
    stories.approve(told, told.last.hash, me.player_key, "screen")
    stories.allow(told, {"embed"}, "screen")
    walk = 4 * FIRST  # crowd-0, which has its picture since the first time that the crowd grew
    has_card = db.session.scalar(select(TourCard.id).where(TourCard.tour_id == walk))
    for card in (Card(story_id=told.became), *([] if has_card else [TourCard(tour_id=walk)])):
        folder = Path(tempfile.mkdtemp(dir=storage().tmp()))
        (folder / cards.FILE).write_bytes(b"a picture")
        card.key, card.of = media.keep(folder, cards.OWNER), ""
        db.session.add(card)
    return told.key


def _before_me(me: Person, other: Person) -> tuple[str, str]:
    """The page of somebody on paper whose card I opened at the desk, and a photo of theirs."""
    them = _phoneless(me)
    met = service.hand_in(other, make.challenge(me.neighbourhood), meetings.photo(), f"paper-{clock.now()}", them)
    service.agree(met.id, them, with_photo=True)
    signer = URLSafeTimedSerializer(current_app.config["BUURT"].secret, salt="at the desk")
    return signer.dumps([me.player_key, them.tag]), met.photos[0].key


def _cared(me: Person, other: Person) -> str:
    """The key of a story of a child for whom I care, read before; the child said yes on paper."""
    said = {"title": "Van een kind", "words": "Hinkelen.", "when": "", "spot": "", "theme": "", "warning": ""}
    told = stories.tell(me.neighbourhood, other.player_key, said, "nl", "", "paper", is_childs=True)
    told.sent_at -= timedelta(days=1)  # today is for others
    told.shown_version = 1
    queries.telling(told).guardian = me.player_key
    contributions.say_yes(told, told.last, "an editor")
    entering.enter(told, told.last.hash, "teller", "paper", "", meetings.photo(), False, "a host", Role.HOST)
    return told.key


def _spoken(me: Person) -> str:
    """The key of a story of mine with a voice, that everybody hears."""
    folder = Path(tempfile.mkdtemp(dir=storage().tmp()))
    (folder / "sound.m4a").write_bytes(b"a voice")
    said = {"title": "Met stem", "words": "", "when": "", "spot": "", "theme": "", "warning": "",
            "transcript": {"words": "Hoor.", "starts": []}}  # fmt: skip
    voice = sound.keep(Prepared(folder, 2000, ""))
    told = stories.tell(me.neighbourhood, me.player_key, said, "nl", "", voice=voice)
    told.sent_at -= timedelta(days=1)  # today is for others
    contributions.say_yes(told, told.last, "an editor")
    stories.approve(told, told.last.hash, me.player_key, "screen")
    stories.allow(told, {"voice"}, "screen")
    return told.key


def _waits_for_a_look(me: Person) -> str:
    """The key of a photo of two others who let everybody see it."""
    two = _named("Stille Fiets"), _named("Ronde Deur")
    met = service.hand_in(two[0], make.challenge(me.neighbourhood), meetings.photo(), f"desk-{clock.now()}", two[1])
    service.agree(met.id, two[1], with_photo=True)
    for one in two:
        keeping.choose(met.photos[0], one.player_key, [WEB])
    return met.photos[0].key


def _plate() -> str:
    """The code of one of the plates."""
    return plates.code_of(db.session.scalars(select(Plate).where(Plate.letters == "000000")).one())


def _phoneless(me: Person) -> Person:
    """Somebody new without a phone of their own."""
    return make.person(me.neighbourhood, f"Zonder {meetings.letters(_people())}", "Zuid")


def _key(prefix: str, number: int) -> str:
    return f"{prefix}{meetings.letters(number):a>{26 - len(prefix)}}"


def _people() -> int:
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


def _named(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).unique().one()


def _first_day() -> str:
    return str(db.session.scalars(select(Model.metadata.tables["season"].c.starts_on)).first())


def _season_id() -> int:
    return db.session.scalars(select(Model.metadata.tables["season"].c.id)).first() or 0
