"""Telling a story, changing it, saying yes to it, and taking it back (docs/rules.md §6)."""

from collections.abc import Collection, Mapping
from typing import Any

from core import codes
from core.audit import service as audit
from core.consent import service as consent
from core.consent.models import How
from core.contributions import service as contributions
from core.contributions.models import Contribution
from core.database import db
from core.guard import Role
from core.media import service as media
from core.media.owners import Owner
from core.neighbourhoods.models import Neighbourhood
from core.people.word_filter import objection
from core.photos.prepare import Prepared
from core.refusal import Refusal, Sort
from tours.stories import acts, kind, licences, prompts, queries
from tours.stories.models import SELF, Telling
from tours.stories.uses import KIND, NAME, SITE, USES

PICTURES = Owner("story picture", ("large.webp", "medium.webp", "small.webp"))
STORY = kind.Stories()


def tell(
    here: Neighbourhood, who: str, said: Mapping[str, Any], language: str, called: str, way: str = SELF,
    is_childs: bool = False, helper: str | None = None, pictures: Collection[Mapping[str, Any]] = (),
    voice: Mapping[str, Any] | None = None,
) -> Contribution:  # fmt: skip
    """A new story, to the editors. `called`: the name that may stand with it later, "" for who stays anonymous.

    Raises Refusal for a name that is none, and for whatever does not fit.
    """
    if called and (why := objection(called)):
        raise Refusal(why, Sort.INVALID, field="called")
    content = {**said, "pictures": list(pictures), "young": is_childs, **({"sound": voice} if voice else {})}
    made = contributions.hand_in(STORY, here, who, content, language, named=bool(called), by=helper)
    if queries.telling(made) is None:
        name = "" if is_childs else called  # no name stands with a child's story
        guardian = codes.new_key() if is_childs else None
        db.session.add(Telling(contribution_id=made.id, called=name, way=way, helper=helper, guardian=guardian))
        db.session.flush()
        audit.record("story.tell", *acts.about(made), None, acts.HELPER if helper else acts.TELLER)
    return made


def keep_picture(prepared: Prepared, about: Mapping[str, Any], role: str = "photo") -> dict[str, Any]:
    """Keep a picture that was redrawn; as the content of a story names it."""
    key = media.keep(prepared.folder, PICTURES)
    return {"key": key, "role": role, "width": prepared.width, "height": prepared.height, **about}


def change(contribution: Contribution, here: Neighbourhood, said: Mapping[str, Any], language: str) -> str:
    """The teller's other words, to the editors; what is shown stays as it is until both signed these. Its key."""
    content = prompts.without_gone(here, {**contribution.last.content, **said})
    contributions.send_again(contribution, here, content, language, contribution.named)
    _is_heard(contribution)
    audit.record("story.change", *acts.about(contribution), None, acts.TELLER)
    return contribution.key


def edit(
    contribution: Contribution, here: Neighbourhood, said: Mapping[str, Any], note: str, editor: str, role: Role
) -> str:
    """An editor's words, as a version of their own: it still takes an editor's yes, and then the teller's. Its key."""
    content = prompts.without_gone(here, {**contribution.last.content, **said})
    contributions.send_again(contribution, here, content, contribution.last.language, contribution.named, by=editor)
    if telling := queries.telling(contribution):
        telling.note = note
    _is_heard(contribution)
    audit.record("story.edit", *acts.about(contribution), editor, role)
    return contribution.key


def approve(
    contribution: Contribution, seen: str, who: str, how: str, as_what: str = STORY.signed_as, named: bool = False,
    entered_by: str | None = None,
) -> None:  # fmt: skip
    """The teller says yes to the version that they saw: to be read here, and no more than that.

    Raises Refusal where it says something else by now.
    """
    if as_what == STORY.signed_as:
        uses = {SITE, NAME} if named and (telling := queries.telling(contribution)) and telling.called else {SITE}
        consent.give(KIND, contribution.id, contribution.who, uses, How(how), contribution.last.hash)
    contributions.approve(contribution, seen, who, as_what, how, entered_by)
    kind.note(contribution.id)
    audit.record("story.yes", *acts.about(contribution), None, as_what)


def allow(contribution: Contribution, wanted: Collection[str], how: str, licence: str | None = None) -> None:
    """Which uses beyond the page itself the teller allows from now on; what is not named is withdrawn.

    Of who is anonymous there is no name to allow. `licence`: whether others may take it over, a name of licences.py;
    None leaves that as it is. Raises Refusal for a licence that would become narrower.
    """
    standing = queries.uses(contribution.id)
    shown, telling = contribution.shown or contribution.last, queries.telling(contribution)
    possible = set(USES) if telling and telling.called else set(USES) - {NAME}
    new = possible & set(wanted) - standing
    consent.give(KIND, contribution.id, contribution.who, new, How(how), shown.hash)
    consent.end(KIND, contribution.id, contribution.who, set(USES) & standing - set(wanted), contribution.who)
    if licence:
        licences.choose(contribution, licence, how)
    kind.note(contribution.id)
    audit.record("story.uses", *acts.about(contribution), None, acts.TELLER)


def take_name_away(contribution: Contribution) -> None:
    """The story stays, and no name stands with it: nowhere, also in what was kept of it."""
    contributions.take_name_away(contribution)
    STORY.nameless(contribution)
    audit.record("story.nameless", *acts.about(contribution), None, acts.TELLER)


def withdraw(contribution: Contribution) -> None:
    """The teller takes it back: gone everywhere, at once."""
    contributions.withdraw(contribution)


def _is_heard(contribution: Contribution) -> None:
    """Other words came: what who cares for a child asked for stands at the desk no more."""
    if telling := queries.telling(contribution):
        telling.wish = ""
