"""A coordinator adds partners, writes their pages and takes them away (docs/rules.md §3, ‡)."""

from flask import Flask, g, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from core.database import writing
from core.errors import on_refusal
from core.guard import acting_as, may
from core.i18n import lang
from core.menus import TEAM, Group, Line, always
from core.once import once
from core.people.views import reread
from core.saved import saved
from game.partners import queries, service
from game.partners.forms import PartnerForm
from game.partners.models import Partner
from game.partners.views import find


def init_app(app: Flask) -> None:
    """Register the pages, and the way to them for who may."""
    add, all_ = app.add_url_rule, "/w/<slug>/staff/partners"
    add(all_, "partners.kept", kept)
    add(all_, "partners.add", add_one, methods=["POST"])
    add(f"{all_}/<key>", "partners.edit", edit)
    add(f"{all_}/<key>", "partners.write", write, methods=["POST"])
    add(f"{all_}/<key>/end", "partners.end", end, methods=["POST"])
    TEAM.add(app, "partners", always(Line("partners.kept", "hand", _l("Partners"), group=Group.TOGETHER)), order=33)


@may("partner.keep")
def kept() -> str:
    """Those there are, and the form for another."""
    return _all(PartnerForm())


def _all(form: PartnerForm) -> str:
    return render_template("game/partners/kept.html", partners=queries.of(g.neighbourhood.id), form=form)


@may("partner.keep")
def add_one() -> BaseResponse:
    """Another partner."""
    form = PartnerForm(request.form)
    on_refusal(lambda: _all(form), form)
    form.must_fit()
    with writing():
        once(form.twin, lambda: service.add(reread(), acting_as(), form.page(lang())).key)
    return saved(url_for("partners.kept"), _l("Added. Everybody can read its page."))


@may("partner.keep")
def edit(key: str) -> str:
    """The form of one."""
    partner = find(key)
    return _one(partner, PartnerForm(obj=partner))


def _one(partner: Partner, form: PartnerForm) -> str:
    return render_template("game/partners/edit.html", partner=partner, form=form)


@may("partner.keep")
def write(key: str) -> BaseResponse:
    """Its page says something else."""
    form = PartnerForm(request.form)
    on_refusal(lambda: _one(find(key), form), form)
    form.must_fit()
    with writing():
        service.write(find(key, lock=True), reread(), acting_as(), form.page(lang()))
    return saved(url_for("partners.kept"), _l("Saved."))


@may("partner.keep")
def end(key: str) -> BaseResponse:
    """Its page is gone."""
    with writing():
        service.end(find(key, lock=True), reread(), acting_as())
    return saved(url_for("partners.kept"), _l("Done. The page of that partner is gone."))
