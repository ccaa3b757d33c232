"""What people handed in, at the desk: one handler for each kind. About: its key, or "key.number" of a newer version."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from flask import render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from core.contributions import queries, service
from core.contributions.kinds import Fact, Kind
from core.contributions.models import EDITOR, Contribution, State, Version
from core.database import db
from core.desk.handlers import MOST, Before, Elsewhere, Item
from core.guard import Role
from core.neighbourhoods.models import Neighbourhood
from core.people import queries as people
from core.people.models import Person
from core.places import queries as places

A_YES = frozenset({EDITOR})  # of a signed kind the second editor's counts, also while others still have to sign


LISTED = 20  # of what waits for others


class Around(NamedTuple):
    """What is read once for all that the desk shows of a kind."""

    here: Neighbourhood
    players: Mapping[str, Person]
    leaving: Collection[str]
    there: Mapping[str, Mapping[str, Any]]
    staying: Collection[str]
    facts: Mapping[int, Sequence[Fact]]


class Contributions:
    """How one kind waits at the desk, is shown, and goes."""

    def __init__(self, kind: Kind) -> None:
        self.of, self.kind, self.label, self.icon = kind, kind.name, kind.label, kind.icon
        self.answers = kind.at_desk.answers(kind.endpoint("own"))

    def waiting(self, neighbourhood_id: int, editor: str) -> Sequence[Item]:
        found = queries.for_a_look(self.kind, neighbourhood_id, editor, MOST)
        return self._items({one.desk_key: one.newer or one.shown or one.last for one in found})

    def get(self, neighbourhood_id: int, key: str) -> Item | None:
        held = queries.by_keys(self.kind, [_whole(key)], neighbourhood_id).with_for_update(of=Contribution)
        return next(iter(self._items(_versions(db.session.scalars(held), [key]))), None)

    def some(self, neighbourhood_id: int, keys: Collection[str]) -> Sequence[Item]:
        found = queries.by_keys(self.kind, {_whole(key) for key in keys}, neighbourhood_id)
        return self._items(_versions(db.session.scalars(found), keys))

    def publish(self, key: str, editor: str, role: Role) -> None:
        for version in self._asked(key).values():
            service.say_yes(version.contribution, version, editor)

    def hide(self, key: str, editor: str, role: Role) -> None:
        """By a report alone what must not vanish before an editor looked stays."""
        for version in self._asked(key).values() if editor or self.of.report_hides else ():
            if key == version.contribution.key:
                service.hide(version.contribution)
                if not editor:
                    self.of.reported(version.contribution)
            else:
                service.take_yes_back(version.contribution, version)

    def take_away(self, key: str, editor: str) -> Before:
        return next((service.take_away(version.contribution) for version in self._asked(key).values()), None)

    def bring_back(self, key: str, editor: str, before: Before) -> None:
        for version in self._asked(key).values():
            service.bring_back(version.contribution, editor, before or {})

    def elsewhere(self, neighbourhood_id: int) -> Sequence[Elsewhere]:
        """What waits for the yes of who signs it besides the editors."""
        found = queries.for_others(self.kind, neighbourhood_id, self.of.signed_as, LISTED)
        return [Elsewhere(self.label, self.of.called(one.content), one.language, since) for one, since in found]

    def _asked(self, key: str) -> dict[str, Version]:
        return _versions(db.session.scalars(queries.by_keys(self.kind, [_whole(key)])), [key])

    def _items(self, asked: Mapping[str, Version]) -> list[Item]:
        """As the desk shows them, with as many questions for a hundred as for one."""
        if not asked:
            return []
        versions = list(asked.values())
        whole = [version.contribution for version in versions]
        here, who = db.session.get_one(Neighbourhood, whole[0].neighbourhood_id), {one.who for one in whole}
        around = Around(
            here,
            people.by_player_keys(who),
            queries.leaving(who),
            self.of.there(whole),
            self.of.staying(whole),
            self.of.facts(here, versions),
        )
        return [self._item(key, version, around) for key, version in asked.items()]

    def _item(self, key: str, version: Version, around: Around) -> Item:
        one, kind, content = version.contribution, self.of, version.content
        player = around.players.get(one.who)
        name = (one.called or (player.name if player else None)) if one.named else None
        answers = kind.labels(version)
        is_public = one.state == State.SHOWN and one.key in around.there and version is one.shown
        return Item(
            kind=kind.name, key=key, title=kind.label, called=kind.called(content),
            lang=version.language, where=content.get("street", ""), since=one.sent_at, ask=one.asks,
            who=_behind(kind, version), drawn_from=version.hash,
            facts=[(_l("Name that comes with it"), name or _l("none")), *_zone(around.here, content),
                   *around.facts.get(version.id, ())],
            words=kind.said(content), at=_where(content), stays=kind.stays if one.key in around.staying else None,
            draw=lambda: _drawn(kind, version, around, name), labels=kind.at_desk.of_public if is_public else answers,
            is_childs=bool(player and player.is_young) and not version.is_signed_by(A_YES), is_public=is_public,
            asks=(one.waits or version is one.newer) and one.who not in around.leaving,
        )  # fmt: skip


def _behind(kind: Kind, version: Version) -> frozenset[str]:
    """Who does not decide about it. An editor may who changed a word that others have to sign."""
    signers = {approval.who for approval in version.approvals if approval.as_what != EDITOR}
    return frozenset({version.contribution.who, *(signers if kind.signed_as else {version.by})})


def _where(content: Mapping[str, Any]) -> tuple[float, float] | None:
    return (content["lat"], content["lon"]) if "lat" in content else None


def _zone(here: Neighbourhood, content: Mapping[str, Any]) -> list[Fact]:
    where = _where(content)
    return [(_l("Zone"), places.zone_at(here, *where) or _l("none"))] if where else []


def _whole(key: str) -> str:
    return key.partition(".")[0]


def _versions(found: Iterable[Contribution], keys: Collection[str]) -> dict[str, Version]:
    """What these keys of the desk are about; a newer version only while it is the last."""
    by_key, versions = {one.key: one for one in found}, {}
    for key in keys:
        one, number = by_key.get(_whole(key)), key.partition(".")[2]
        if one and number in ("", str(one.last.number)):
            versions[key] = one.last if number else one.shown or one.last
    return versions


def _drawn(kind: Kind, version: Version, around: Around, name: str | None) -> Markup:
    """As everybody would see it."""
    one = version.contribution
    page = render_template(
        kind.drawing, content=version.content, language=version.language, here=around.here, by=name,
        there=around.there.get(one.key), contribution=one,
    )  # fmt: skip
    return Markup(page)  # nosec: from our own template
