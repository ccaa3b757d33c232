"""Whether somebody may take a story over: only here, or under a licence that its teller chose (docs/rules.md §6).

The choice is a yes like any other use, to the words that are shown: other words are asked about anew. Once a story went
out to where nobody can call it back with a licence, that licence may become wider and never narrower.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from core import clock
from core.consent import queries as consents
from core.consent import service as consent
from core.consent.models import Consent, How, Showing
from core.contributions.models import Contribution
from core.database import db
from core.refusal import Refusal, Sort
from tours.stories.models import Story
from tours.stories.uses import ARCHIVE, EMBED, EXPORT, KIND

ONLY_HERE = "LicenseRef-alleen-hier"  # as SPDX names what is no licence of its list
OUT = (EMBED, EXPORT, ARCHIVE)  # the uses by which a story leaves with its licence
CANNOT_BE_CALLED_BACK = _l(
    "It went out with a wider licence. Who has it may keep that. Choose that one, or a wider one."
)


@dataclass(frozen=True)
class Licence:
    """What others may do with a story. `name`: its SPDX id, `wider`: those that allow all that this one does.

    `label` and `like` are for the teller, `reader` for who reads the story.
    """

    name: str
    url: str
    label: LazyString
    like: LazyString
    reader: LazyString
    wider: frozenset[str]

    @property
    def short(self) -> str:
        """As people write it: "CC BY-SA 4.0"."""
        family, _, version = self.name.rpartition("-")
        return f"{family.replace('CC-', 'CC ')} {version}"

    @property
    def use(self) -> str:
        """As the yes to it is kept."""
        return f"licence:{self.name.lower()}"


def _creative(name: str, path: str, *said: LazyString, wider: Collection[str] = ()) -> Licence:
    label, like, reader = said
    return Licence(name, f"https://creativecommons.org/{path}/", label, like, reader, frozenset({name, *wider}))


LICENCES = {
    one.name: one
    for one in (
        _creative(
            "CC-BY-NC-4.0", "licenses/by-nc/4.0", _l("Yes, if they earn nothing by it"),
            _l("Such as a teacher who prints it, with your name or “a neighbour” under it."),
            _l("You may copy this if you say whose it is, and earn nothing by it."), wider=("CC-BY-4.0", "CC0-1.0"),
        ),
        _creative(
            "CC-BY-SA-4.0", "licenses/by-sa/4.0", _l("Yes, if what they make of it is shared too"),
            _l("Such as an encyclopedia on the internet, which everybody may copy again."),
            _l("You may copy this if you say whose it is, and let others copy what you make of it."),
            wider=("CC-BY-4.0", "CC0-1.0"),
        ),
        _creative(
            "CC-BY-4.0", "licenses/by/4.0", _l("Yes, if they say whose it is"),
            _l("Such as a newspaper that prints it and says where it comes from."),
            _l("You may copy this if you say whose it is."), wider=("CC0-1.0",),
        ),
        _creative(
            "CC0-1.0", "publicdomain/zero/1.0", _l("Yes, everything, also without a name"),
            _l("Such as a play that uses your story and does not say so."),
            _l("You may copy this and do with it what you like."),
        ),
    )
}  # fmt: skip
BY_USE = {licence.use: licence for licence in LICENCES.values()}


def of(contribution_ids: Collection[int]) -> Mapping[int, Licence]:
    """Under which licence each of these may be taken over, by the contribution's id; none where it is only here."""
    if not contribution_ids:
        return {}
    standing = (Consent.kind == KIND, Consent.thing.in_(contribution_ids), Consent.use.in_(BY_USE), consents.stands())
    said = select(Consent.thing, Consent.use).join(Story, Story.contribution_id == Consent.thing)
    found = db.session.execute(said.where(*standing, Consent.version == Story.version_hash))
    return {thing: BY_USE[use] for thing, use in found}


def one(contribution_id: int | None) -> Licence | None:
    """The same of one story; None where it is only here."""
    return of([contribution_id]).get(contribution_id) if contribution_id else None


def carried(contribution: Contribution) -> list[Licence]:
    """Under which licences the words that are shown may have gone out already: who fetched them is kept nowhere."""
    if contribution.shown is None:
        return []
    now = clock.now()
    out = (Showing.kind == Consent.kind, Showing.thing == Consent.thing, Showing.use.in_(OUT))
    at_once = (
        Showing.since < func.coalesce(Consent.ended_at, now),
        func.coalesce(Showing.until, now) > Consent.given_at,
    )
    went = select(Showing.id).where(*out, *at_once).exists()
    this = (Consent.kind == KIND, Consent.thing == contribution.id, Consent.use.in_(BY_USE))
    found = select(Consent.use).where(*this, Consent.version == contribution.shown.hash, went).distinct()
    return [BY_USE[use] for use in db.session.scalars(found)]


def possible(contribution: Contribution) -> list[str]:
    """The names of the choices that are left, ONLY_HERE among them: all, until it went out with a licence."""
    out = carried(contribution)
    left = [name for name in LICENCES if all(name in licence.wider for licence in out)]
    return left if out else [ONLY_HERE, *left]


def choose(contribution: Contribution, wanted: str, how: str) -> None:
    """The teller's choice for the words that are shown: a name of LICENCES, or ONLY_HERE.

    Raises Refusal where it is not shown yet, and where it would become narrower than what went out.
    """
    now = one(contribution.id)
    if wanted == (now.name if now else ONLY_HERE):
        return
    if contribution.shown is None:
        raise Refusal(_l("First your story is to be read here. Then you can choose this."), Sort.CONFLICT)
    if wanted not in possible(contribution):
        raise Refusal(CANNOT_BE_CALLED_BACK, Sort.CONFLICT)
    consent.end(KIND, contribution.id, contribution.who, BY_USE, contribution.who)
    if licence := LICENCES.get(wanted):
        consent.give(KIND, contribution.id, contribution.who, {licence.use}, How(how), contribution.shown.hash)


def end_for_other_words(contribution: Contribution, version: str) -> None:
    """Other words are shown now: no licence stands until the teller chooses one for these."""
    standing = (Consent.kind == KIND, Consent.thing == contribution.id, Consent.use.in_(BY_USE), consents.stands())
    others = set(db.session.scalars(select(Consent.use).where(*standing, Consent.version != version)))
    consent.end(KIND, contribution.id, contribution.who, others, None)
