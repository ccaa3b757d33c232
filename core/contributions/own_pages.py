"""The pages of who hands something in: their own, a new one, one written anew, and taking it or a name back."""

from collections.abc import Callable
from typing import Any, cast

from flask import Flask, abort, g, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core import i18n, limits
from core.contributions import queries, service
from core.contributions.forms import ContributionForm
from core.contributions.kinds import Kind
from core.contributions.models import Contribution
from core.database import db, writing
from core.errors import on_refusal
from core.forms import Form
from core.guard import may
from core.menus import TILES
from core.neighbourhoods.models import Neighbourhood
from core.once import once
from core.people.models import Person
from core.people.views import refuse_suspended
from core.saved import saved

MOST = "40 per hour"  # that somebody sends, also what is refused


def init_app(app: Flask, kind: Kind) -> None:
    """Register the pages of a kind, and its row on the page about oneself."""
    pages, under = Pages(kind), f"/w/<slug>/me/{kind.path}"
    for rule, name, method in (
        ("", "own", "GET"), ("/new", "propose", "GET"), ("/new", "do_propose", "POST"), ("/<key>", "again", "GET"),
        ("/<key>", "do_again", "POST"), ("/<key>/withdraw", "withdraw", "POST"), ("/<key>/name", "name", "POST"),
    ):  # fmt: skip
        app.add_url_rule(under + rule, kind.endpoint(name), _as_view(getattr(pages, name), kind), methods=[method])
    TILES.add(app, kind.path, pages.tile)


def _as_view(page: Callable[..., Any], kind: Kind) -> Callable[..., Any]:
    """A function of its own for each kind, which carries the right of that kind."""
    return may(kind.right)(lambda **arguments: page(**arguments))


class Pages:
    """The pages of one kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def own(self) -> str:
        """What you handed in, and how it stands."""
        items = queries.of(g.person.player_key, self.kind.name)
        return render_template(
            "core/contributions/own.html", kind=self.kind, items=items,
            there=self.kind.there([one for one, _said in items]),
            can_be_sent_again=service.can_be_sent_again, can_be_taken_back=service.can_be_taken_back,
        )  # fmt: skip

    def propose(self) -> str:
        """An empty form."""
        refuse_suspended()
        return self._page(self.kind.form(data={**self.kind.begins(g.neighbourhood), "lang": i18n.lang()}))

    def do_propose(self) -> BaseResponse:
        """To the editors."""
        form = self._sent(self._page)
        with writing():
            key = once(form.twin, lambda: self._hand_in(form))
        return self._saved(key)

    def again(self, key: str) -> str:
        """What you wrote, to write it anew."""
        refuse_suspended()
        found = self._own(key)
        if not service.can_be_sent_again(found):
            abort(404)
        data = {**found.last.content, "lang": found.last.language, "named": found.named}
        return self._page(self.kind.form(data=data), found)

    def do_again(self, key: str) -> BaseResponse:
        """To the editors once more."""
        form = self._sent(lambda form: self._page(form, self._own(key)))
        with writing():
            service.send_again(self._own(key), _here(), form.content, form.lang.data, form.named.data)
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

    def _hand_in(self, form: ContributionForm) -> str:
        who = g.person.player_key
        return service.hand_in(self.kind, _here(), who, form.content, form.lang.data, form.named.data).key

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
        return saved(url_for(self.kind.endpoint("own")), self.kind.words.sent, key)

    def _own(self, key: str) -> Contribution:
        return queries.one_of(g.person.player_key, key, self.kind.name) or abort(404)


def _here() -> Neighbourhood:
    return db.session.get_one(Neighbourhood, g.neighbourhood.id)
