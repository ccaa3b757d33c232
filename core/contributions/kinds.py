"""What can be handed in: a registry, one small class a kind. The life that all of them share is service.py."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core.contributions.models import Contribution, Version
from core.desk.handlers import MAY_STAY, Answers
from core.desk.models import Verdict
from core.forms import Form
from core.guard import RIGHTS, Role
from core.neighbourhoods.models import Neighbourhood
from core.registry import Registry

Fact = tuple[LazyString, LazyString | str]


@dataclass(frozen=True)
class Words:
    """The sentences of a kind, where the usual ones do not say it well enough."""

    own: LazyString  # the page with one's own, its row on Ik, and how it reads under "my data"
    add: LazyString  # the button and the page where one is made
    drawing: str = "plus"  # on that button (static/icons)
    none: LazyString = _l("Nothing here")
    none_yet: LazyString = _l("What you think up, you find back here.")
    intro: LazyString | None = None  # above the form
    sent: LazyString = _l("Sent. An editor looks at it, within 7 days.")
    taken_back: LazyString = _l("Done. You took it back.")
    nameless: LazyString = _l("Done. Your name no longer stands there.")
    is_shown: LazyString = _l("Everybody sees it")
    onwards: LazyString = _l("Look at it")  # to what it became
    is_gone: LazyString = _l("It is no longer there.")  # what it became, by other hands
    kept: LazyString = _l("What everybody sees stays without a name. The rest goes.")  # after erasing


@dataclass(frozen=True)
class AtDesk:
    """What an editor's answers are called, what they do, and what who handed it in is told of them."""

    good: LazyString = _l("Everybody may see it")
    back: LazyString = _l("Back to who sent it, with a reason")
    away: LazyString = _l("Take it away, with a reason")
    done_good: LazyString = _l("Everybody sees it.")
    done_back: LazyString = _l("It went back. Who sent it reads why.")
    done_away: LazyString = _l("It is gone. Who sent it reads why.")
    told_good: LazyString = _l("Another editor looked, and everybody sees it.")
    told_back: LazyString = _l("Nobody sees it. You can change it and send it again.")
    told_away: LazyString = _l("It was taken away.")
    hide: LazyString = _l("Out of sight and back to who sent it, with a reason")  # BACK, of what everybody sees
    onwards: LazyString = _l("To what you sent")

    def answers(self, page: str) -> Answers:
        """The same as the desk reads it. `page`: where somebody finds their own."""
        return Answers(
            labels={Verdict.GOOD: self.good, Verdict.BACK: self.back, Verdict.AWAY: self.away},
            done={Verdict.GOOD: self.done_good, Verdict.BACK: self.done_back, Verdict.AWAY: self.done_away},
            told={Verdict.GOOD: self.told_good, Verdict.BACK: self.told_back, Verdict.AWAY: self.told_away},
            onwards=(page, self.onwards),
        )

    @property
    def of_public(self) -> dict[Verdict, LazyString]:
        """The labels for what everybody sees."""
        return {Verdict.GOOD: MAY_STAY, Verdict.BACK: self.hide}


class Kind:
    """One sort of thing that people hand in. A subclass declares, and says what a yes makes of it."""

    name: str  # of the rows, and of its decisions at the desk
    label: LazyString
    icon: str
    pages: str  # its endpoints: "gardens" has gardens.own, gardens.propose and so on
    path: str  # its pages stand under /w/<slug>/me/<path>
    right: str  # the row of the rights table for handing one in
    form: type[Form]  # a forms.ContributionForm
    titled: str  # the field that says which one it is; "street", "lat" and "lon" say where it is
    page: str  # the endpoint of what it became, which `there` has the arguments of
    words: Words
    form_page = "core/contributions/form.html"  # or a template that extends it
    drawing = "core/contributions/as_words.html"  # or a template of one as everybody would see it
    also = ""  # a template of what else its maker can do with one, on their own page
    from_address: tuple[str, ...] = ()  # the fields that the address of an empty form may fill in
    at_desk = AtDesk()
    stays: LazyString | None = None  # why some can no longer be hidden
    most_a_day = 5  # that one person sends
    signed_as = ""  # as what who hands it in signs each version, beside the editor; "" where an editor is enough
    signs_at_sending = True  # who hands in words of their own signs them with that; else once an editor did
    is_revocable = False  # whether it can always be taken back, also while everybody sees it
    may_stay = False  # under a receipt, when who handed it in is erased and wants that (handing_over.py)
    report_hides = True  # whether a grave report takes it out of sight before an editor looked

    @property
    def is_for_visitors(self) -> bool:
        """Whether people without an account hand it in too, with any name or none: they get a receipt."""
        return Role.VISITOR in RIGHTS[self.right]

    def signers(self, contribution: Contribution) -> frozenset[str]:
        """As what a version of it must be signed besides by the editor, to be shown."""
        return frozenset({self.signed_as} if self.signed_as else ())

    def is_final(self, contribution: Contribution) -> bool:
        """Whether no word of it changes any more: other words would be another one."""
        return False

    def labels(self, version: Version) -> Mapping[Verdict, LazyString]:
        """What an editor's answers about one that nobody sees yet are called, where they do other than usual."""
        return {}

    def begins(self, here: Neighbourhood) -> Mapping[str, Any]:
        """What an empty form begins with."""
        return {}

    def beside(self, here: Neighbourhood) -> Mapping[str, Any]:
        """What else the page around its form is drawn with."""
        return {}

    def fits(self, here: Neighbourhood, content: Mapping[str, Any]) -> None:
        """Raises Refusal for what cannot be handed in here, whatever the form says."""

    def takes_from(self, who: str, content: Mapping[str, Any]) -> None:
        """Raises Refusal for who cannot hand this in."""

    def shown_at_once(self, content: Mapping[str, Any], roles: Collection[Role]) -> Role | None:
        """As which of their roles somebody shows what they hand in without another's look; None: an editor looks."""
        return None

    def called(self, content: Mapping[str, Any]) -> str:
        """Which one it is, in the words of who wrote it."""
        return str(content[self.titled])

    def said(self, content: Mapping[str, Any]) -> str:
        """All the words that an editor says yes to."""
        return " · ".join(text for text in content.values() if text and isinstance(text, str))

    def facts(self, here: Neighbourhood, versions: Sequence[Version]) -> Mapping[int, Sequence[Fact]]:
        """What else an editor has to know, by the version's id: as many questions for ten as for one."""
        return {}

    def show(self, contribution: Contribution, version: Version) -> int | None:
        """Everybody may see this version from now on: the id of what it became, made now or changed."""
        raise NotImplementedError

    def unshow(self, contribution: Contribution) -> int | None:
        """Nobody may see it: the id of what stays of it, None where nothing does. Raises Refusal where it must stay."""
        raise NotImplementedError

    def withdrawn(self, contribution: Contribution) -> None:
        """Who sent it took it back, and `unshow` said that something of it stays: see to that."""

    def reported(self, contribution: Contribution) -> None:
        """A report alone took it out of sight, before an editor looked."""

    def files(self, contributions: Collection[Contribution]) -> Iterable[tuple[str, Path]]:
        """The files that are kept of these, by names that say nothing of who sent them. One question for all."""
        return ()

    def left(self, contribution: Contribution) -> None:
        """It goes for good, taken back or with who handed it in: let go of the files that its versions keep."""

    def nameless(self, contribution: Contribution) -> dict[str, Any]:
        """It stays, and who handed it in is erased: no name stands with it. What `named_again` has to know, as JSON."""
        return {}

    def named_again(self, contribution: Contribution, before: Mapping[str, Any]) -> None:
        """They came back."""

    def there(self, contributions: Collection[Contribution]) -> dict[str, dict[str, Any]]:
        """Those that everybody sees now: by key, what the address of their page is made of. One question."""
        raise NotImplementedError

    def staying(self, contributions: Collection[Contribution]) -> Collection[str]:
        """The keys of those that `unshow` would refuse now, for which `stays` says why. At most one question."""
        return ()

    def endpoint(self, page: str) -> str:
        """One of its endpoints: own, propose, do_propose, again, do_again, withdraw, name."""
        return f"{self.pages}.{page}"


KINDS: Registry[Kind] = Registry("what people hand in")
"""By name."""


def of(name: str) -> Kind:
    """The kind of this name. KeyError where no part has it."""
    found = KINDS.of(name)
    if found is None:
        raise KeyError(name)
    return found
