"""After both said yes: the points, the photo, why, one question; and the letters of a person without a phone."""

from flask import g, render_template
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core import codes
from core.people import cards
from core.people import queries as people
from core.people.models import Person
from core.photos.queries import Choice
from game.encounters import meeting_pages, queries, service, talk
from game.encounters.forms import WordsForm
from game.encounters.meeting_pages import Picture
from game.encounters.models import Encounter
from game.scoring import corrections, rules
from game.scoring import queries as scoring
from game.visits import rules as evidence


def points(encounter: Encounter, me: str, words: WordsForm | None = None) -> str:
    """Step 5: the price, the photo, why, and one question; what else there is may wait."""
    partner = people.by_player_key(encounter.other(me) or "")
    zone = partner.zone if partner else None
    share = scoring.share(encounter.key, me)
    common = meeting_pages.common(encounter)
    choices, card = meeting_pages.chosen(common["photos"], me), _card(encounter, me, partner)
    return render_template(
        "game/encounters/points.html",
        **common,
        choices=choices,
        me=g.person,
        other={
            "name": meeting_pages.names([encounter])[encounter.other(me) or ""],
            "zone_name": zone.name if zone and not zone.is_future else None,
        },
        price=share.price if share else 0,
        scored=share is not None,
        share=share,
        reason=_why_no_points(encounter),
        sentence=rules.sentence,
        why=corrections.WHY,
        total_mine=scoring.points(encounter.season_id, me) if encounter.season_id else None,
        was_there=evidence.counts(encounter.evidence(me)),
        knew=_knew(encounter),
        card=card,
        words=words or WordsForm(),
        asks=_asks(share is not None, card, common["photos"], choices),
        has_way_back=cards.of(g.person) is not None,
        has_letters=me == encounter.starter and encounter.is_on_one_phone and service.has_no_phone(partner),
    )


def letters(encounter: Encounter, companion: Person) -> str:
    """The letters of the person who answered on the starter's phone, before it goes back: the way to their points."""
    share = scoring.share(encounter.key, companion.player_key)
    return render_template(
        "game/encounters/letters.html", encounter=encounter, challenge=encounter.challenge, companion=companion.name,
        letters=codes.spaced(companion.tag), price=share.price if share else 0, starter=g.person.name,
    )  # fmt: skip


def _asks(scored: bool, card: dict[str, str | None] | None, photos: list[Picture], choices: dict[int, Choice]) -> str:
    """The first question that is open: in which zone, what was said, who may see the photo; "" for none."""
    if scored and g.person.zone is None and g.neighbourhood.zones:
        return "zone"
    if card is not None and card["mine"] is None:
        return "words"
    open_ones = (choices[photo.photo.id] for photo in photos if photo.is_shared)
    return "who" if any(not choice.stays and not choice.mine for choice in open_ones) else ""


def _knew(encounter: Encounter) -> str:
    """How the two knew each other before: at "home", met "before", or ""."""
    homes = {yes.household for yes in encounter.yeses}
    if len(homes) == 1 and homes != {None}:
        return "home"
    return "before" if queries.met_before(encounter) else ""


def _card(encounter: Encounter, me: str, partner: Person | None) -> dict[str, str | None] | None:
    """A talk card's answers: yours, and the other's once you gave yours. None: there is no card."""
    if not talk.has_card(encounter):
        return None
    said = talk.said(encounter)
    mine = said.get(me)
    theirs = said.get(partner.player_key) if partner and mine is not None else None  # who is leaving left nothing
    return {"mine": mine, "theirs": theirs}


def _why_no_points(encounter: Encounter) -> LazyString:
    if encounter.season_id is None:
        return _l("There is no season now. This meeting is in your album.")
    if not encounter.scores:
        return _l("Five meetings a week score on one phone. This one is in your album.")
    return _l("You two had your points before. This meeting is in your album.")
