"""What a page shows of an encounter: names looked up now, pictures that this reader may see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from flask import g, render_template, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import clock, codes, guesses
from core.people import queries as people
from core.people.views import join_form
from core.photos.captions import Caption
from core.photos.drawn import Drawn
from core.photos.queries import Choice, choices
from game.challenges.models import Challenge
from game.encounters import addresses, allowed, queries, service
from game.encounters.models import CODE_LIVES, Encounter, State


@dataclass(frozen=True)
class Picture(Drawn):
    """A photo on a page. `waits`: this reader has not said yes to it; `is_shared`: both did."""

    ref: str
    is_mine: bool
    waits: bool
    is_shared: bool

    @property
    def alt(self) -> LazyString:
        """What a reader who cannot see it hears."""
        return _l("The photo of the two of you")

    def url(self, size: str) -> str:
        """Where one size of it is."""
        return url_for("encounters.photo", ref=self.ref, photo=self.photo.key, size=size)


def pictures(encounter: Encounter, ref: str, reader: str | None) -> list[Picture]:
    """The photos of an encounter for one of the two, or for somebody with its code (reader None)."""
    both = {player for player in encounter.players if player}
    return [
        Picture(
            ref=ref,
            photo=photo,
            is_mine=photo.maker == reader,
            waits=reader is not None and not photo.is_allowed_by(reader),
            is_shared=len(both) == 2 and all(photo.is_allowed_by(player) for player in both),
        )
        for photo in encounter.photos
        if not photo.is_forgotten
    ]


def shared(encounter: Encounter, reader: str) -> list[Picture]:
    """The photos that both said yes to: what stands in the album."""
    return [picture for picture in pictures(encounter, encounter.key, reader) if picture.is_shared]


def chosen(pictures: Iterable[Picture], me: str) -> dict[int, Choice]:
    """Who may see these photos, by their ids, as one of the two may know it; of what both said yes to."""
    return choices([picture.photo for picture in pictures if picture.is_shared], me)


def captions(photo_ids: Collection[int]) -> dict[int, Caption]:
    """What stands under photos on the board: what the two were asked to do."""
    return {
        photo_id: Caption(challenge.words["title"], challenge.words["lang"], _place(challenge))
        for photo_id, challenge in queries.challenges_of(photo_ids)
    }


def _place(challenge: Challenge) -> str:
    """Where it is done, as far as it is said: its spot, else its part of the neighbourhood."""
    where = challenge.spot or challenge.told_zone
    return where.name if where else ""


def names(encounters: Iterable[Encounter]) -> dict[str, str]:
    """The names behind the player keys of encounters; somebody who was erased is "een oud-speler"."""
    keys = {player for encounter in encounters for player in encounter.players if player}
    found = people.by_player_keys(keys)
    return {key: found[key].name if key in found else _("a former player") for key in keys}


def code(encounter: Encounter) -> str:
    """Step 3, for the starter: the code to scan."""
    live = queries.code_of(encounter)
    return render_template(
        "game/encounters/code.html",
        **common(encounter),
        code=live.letters if live else "",
        qr=codes.qr(f"{g.public_url}{url_for('.show', ref=guesses.scannable(live.letters))}") if live else "",
        host=g.public_url.partition("://")[2],
        seconds_left=live.seconds_left(clock.now()) if live else 0,
        valid_seconds=int(CODE_LIVES.total_seconds()),
    )


def waiting(encounter: Encounter) -> str:
    """Step 4, for the one who said yes: it is up to the other."""
    other = people.by_player_key(encounter.companion or "")
    return render_template(
        "game/encounters/waiting_for.html",
        **common(encounter),
        other={"name": names([encounter])[encounter.companion or ""]},
        answer_by=clock.local(encounter.answer_by),
        on_this_phone=other is not None and service.answers_on_this_phone(encounter, other),
    )


def paused(encounter: Encounter, me: str) -> str:
    """An open meeting for one of the two who has a pause: why it waits, and their no."""
    return render_template(
        "game/encounters/paused.html", encounter=encounter, may_say_no=me == encounter.companion,
        may_take_back=me == encounter.starter,
    )  # fmt: skip


def gone(encounter: Encounter, me: str | None) -> str:
    """A meeting that did not come to be. Who said no themselves may add that they want to meet this one no more."""
    declined = me is not None and me == encounter.companion and encounter.state == State.DECLINED
    return render_template(
        "game/encounters/gone.html", encounter=encounter, had_photo=bool(encounter.photos), viewer_declined=declined,
        starter_name=names([encounter])[encounter.starter] if declined else "",
    )  # fmt: skip


def question(encounter: Encounter, ref: str, here: bool) -> str:
    """Step 4, for the other (after a host's witness for both): is this you two? New people join first."""
    reader, known = encounter.companion if here else addresses.me(encounter), names([encounter])
    asks = encounter.other(reader) if reader else None
    return render_template(
        "game/encounters/question.html",
        **common(encounter, ref),
        ref=ref,
        here=here,
        starter_name=known[asks or encounter.starter],
        companion=known.get(reader or ""),
        is_witnessed=encounter.is_witnessed and not encounter.said_yes(asks or ""),
        join=None if g.person else {"form": join_form(addresses.neighbourhood(encounter))},
    )


def common(encounter: Encounter, ref: str | None = None) -> dict[str, Any]:
    """What every page of an encounter shows."""
    return {
        "encounter": encounter,
        "challenge": encounter.challenge,
        "state": state(encounter),
        "photos": pictures(encounter, ref or encounter.key, addresses.me(encounter)),
    }


def state(encounter: Encounter) -> str:
    """An opaque word for what a page waits for: declined and expired are one word."""
    if not encounter.is_confirmed and not allowed.stands(encounter):
        return "over"
    photos = sum(not kept.is_forgotten for kept in encounter.photos)
    return f"{encounter.state}-{photos}-{encounter.challenge.key}"
