"""The pages of who hands something in: their own, a new one, one written anew, and taking it or a name back.

Whose a thing is, core.receipts.views.hands() says: a player, or who has its receipt open on this device.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, cast

from flask import Flask, abort, g, make_response, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from core import codes, i18n, limits
from core.audit import service as audit
from core.contributions import queries, service
from core.contributions.forms import ContributionForm
from core.contributions.kinds import Kind
from core.contributions.models import Contribution, State
from core.database import db, writing
from core.desk.models import Decision
from core.errors import on_refusal
from core.forms import Form
from core.guard import may
from core.menus import TILES
from core.neighbourhoods.models import Neighbourhood
from core.once import once
from core.people.kept_forms import refuse_another
from core.people.models import Person
from core.people.views import refuse_suspended
from core.receipts import service as receipts
from core.receipts.holdings import HOLDINGS, Holding
from core.receipts.views import give, hands
from core.saved import arrived, saved

MOST = "40 per hour"  # that somebody sends, also what is refused


def init_app(app: Flask, kind: Kind) -> None:
    """Register the pages of a kind, its row on the page about oneself, and what lies under a receipt."""
    pages, under = Pages(kind), f"/w/<slug>/me/{kind.path}"
    for rule, name, method in (
        ("", "own", "GET"), ("/new", "propose", "GET"), ("/new", "do_propose", "POST"), ("/<key>", "again", "GET"),
        ("/<key>", "do_again", "POST"), ("/<key>/withdraw", "withdraw", "POST"), ("/<key>/name", "name", "POST"),
    ):  # fmt: skip
        app.add_url_rule(under + rule, kind.endpoint(name), _as_view(getattr(pages, name), kind), methods=[method])
    TILES.add(app, kind.path, pages.tile)
    if kind.is_for_visitors:
        HOLDINGS.add(app, kind.path, Holding(pages.held, pages.called))


def _as_view(page: Callable[..., Any], kind: Kind) -> Callable[..., Any]:
    """A function of its own for each kind, which carries the right of that kind."""
    return may(kind.right)(lambda **arguments: page(**arguments))


class Pages:
    """The pages of one kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def own(self) -> str:
        """What you handed in, and how it stands."""
        return self._items("own", [pair for who in hands() for pair in queries.of(who, self.kind.name)])

    def propose(self) -> str:
        """An empty form."""
        refuse_suspended()
        asked = {name: request.args[name][:80] for name in self.kind.from_address if name in request.args}
        name = g.person.name if g.person and not g.person.is_young else ""
        begun = {**self.kind.begins(g.neighbourhood), **asked, "lang": i18n.lang(), "called": name}
        return self._page(self.kind.form(data=begun))

    def do_propose(self) -> BaseResponse:
        """To the editors. Who has no account gets a receipt, on this page and never again."""
        refuse_another()
        form, is_made, code = self._sent(self._page), False, None
        who = g.person.player_key if g.person else codes.new_key()

        def made() -> str:
            nonlocal is_made
            is_made = True
            return self._hand_in(form, who)

        with writing():
            key = once(form.twin, made)
            if is_made and not g.person:
                code = receipts.issue(g.neighbourhood.id, who)
        if code is None:
            return self._saved(key)
        has_name = self._name(form)["named"]
        page = render_template("core/contributions/receipt.html", kind=self.kind, code=code, has_name=has_name)
        return give(make_response(page), code)

    def again(self, key: str) -> str:
        """What you wrote, to write it anew."""
        refuse_suspended()
        found = self._own(key)
        if not service.can_be_sent_again(found):
            abort(404)
        data = {**found.last.content, "lang": found.last.language, "named": found.named, "called": found.called}
        return self._page(self.kind.form(data=data), found)

    def do_again(self, key: str) -> BaseResponse:
        """To the editors once more."""
        refuse_another()
        form = self._sent(lambda form: self._page(form, self._own(key)))
        with writing():
            found = self._own(key)
            service.send_again(found, _here(), form.content, form.lang.data, **self._name(form))
            self._show_at_once(found)
        return self._saved(key)

    def withdraw(self, key: str) -> BaseResponse:
        """Take it back while it waits."""
        with writing():
            service.withdraw(self._own(key))
        return saved(url_for(self.kind.endpoint("own")), self.kind.words.taken_back)

    def name(self, key: str) -> BaseResponse:
        """Take your name away from it, at any time. Putting it there needs the editors: then it is sent again."""
        with writing():
            service.take_name_away(self._own(key))
        return saved(url_for(self.kind.endpoint("own")), self.kind.words.nameless, key)

    def tile(self, person: Person) -> tuple[object, object, str] | None:
        """The row on the page about oneself, once there is something."""
        many = queries.how_many(person.player_key, self.kind.name)
        return (self.kind.words.own, many, url_for(self.kind.endpoint("own"))) if many else None

    def held(self, subject: str) -> Markup | None:
        """What lies under a receipt."""
        items = queries.of(subject, self.kind.name)
        return Markup(self._items("held", items)) if items else None  # nosec: our own template

    def called(self, subjects: Collection[str]) -> Mapping[str, str]:
        """What a host calls each; who stays anonymous is not among them."""
        found = queries.with_a_name(self.kind.name, subjects)
        return {one.who: f"{self.kind.called(one.last.content)} · {one.called}" for one in found}

    def _items(self, page: str, items: Sequence[tuple[Contribution, Decision | None]]) -> str:
        return render_template(
            f"core/contributions/{page}.html", kind=self.kind, items=items,
            there=self.kind.there([one for one, _said in items]),
            can_be_sent_again=service.can_be_sent_again, can_be_taken_back=service.can_be_taken_back,
        )  # fmt: skip

    def _hand_in(self, form: ContributionForm, who: str) -> str:
        made = service.hand_in(self.kind, _here(), who, form.content, form.lang.data, **self._name(form))
        self._show_at_once(made)
        return made.key

    def _show_at_once(self, made: Contribution) -> None:
        """Where one of their roles lets them: the log keeps which."""
        if role := self.kind.shown_at_once(made.last.content, g.roles):
            service.say_yes(made, made.last, made.who)
            audit.record(f"{self.kind.name}.publish", made.key, g.neighbourhood.id, made.who, role)

    def _name(self, form: ContributionForm) -> dict[str, Any]:
        """Whether a name may stand there: a player's, or of a kind for visitors too the one that they gave."""
        called = str(form.called.data or "") if self.kind.is_for_visitors else ""
        return {"named": bool(form.named.data or called), "called": called}

    def _page(self, form: Form, contribution: Contribution | None = None) -> str:
        written = [(code, i18n.OWN_NAMES.get(code, code), code) for code in i18n.languages()]
        return render_template(
            self.kind.form_page, kind=self.kind, form=form, contribution=contribution, written=written,
            **self.kind.beside(g.neighbourhood),
        )  # fmt: skip

    def _sent(self, page: Callable[[Form], str]) -> ContributionForm:
        """The form as it was sent, once it fits; `page`: the page that shows it again where it does not."""
        refuse_suspended()
        form = cast(ContributionForm, self.kind.form(request.form))
        form.lang.among = i18n.languages()
        on_refusal(lambda: page(form), form)
        limits.spend(limits.by_who(f"{self.kind.name} handed in", MOST))
        form.must_fit()
        return form

    def _saved(self, key: str) -> BaseResponse:
        mine = (queries.one_of(who, key, self.kind.name) for who in hands())
        is_shown = any(one.state == State.SHOWN and not one.newer for one in mine if one)
        sentence = self.kind.at_desk.done_good if is_shown else self.kind.words.sent
        return arrived(url_for(self.kind.endpoint("own")), sentence, key)

    def _own(self, key: str) -> Contribution:
        found = (queries.one_of(who, key, self.kind.name) for who in hands())
        return next((one for one in found if one), None) or abort(404)


def _here() -> Neighbourhood:
    return db.session.get_one(Neighbourhood, g.neighbourhood.id)
