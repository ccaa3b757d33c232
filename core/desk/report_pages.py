"""Anybody says that a public thing is not right. Who says so is not asked and not kept."""

from flask import Flask, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core import limits
from core.database import writing
from core.desk import reasons, service
from core.desk.forms import ReportForm
from core.errors import on_refusal
from core.guard import may
from core.saved import PLACE

REPORTS = "20 per hour"


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.add_url_rule("/w/<slug>/report/<kind>/<key>", "desk.report", report)
    app.add_url_rule("/w/<slug>/report/<kind>/<key>", "desk.do_report", do_report, methods=["POST"])


@may("item.report")
def report(kind: str, key: str) -> str:
    """What is wrong? The same page for whatever key, so that it tells nothing."""
    return _report(kind, key, ReportForm())


@may("item.report")
@limits.each(REPORTS, of_visitors=REPORTS)
def do_report(kind: str, key: str) -> BaseResponse:
    """Heard; grave things are hidden at once."""
    form = ReportForm(request.form)
    on_refusal(lambda: _report(kind, key, form), form)
    form.must_fit()
    with writing():
        service.report(g.neighbourhood.id, kind, key, form.reason.data)
    return redirect(
        url_for("desk.report", kind=kind, key=key, said=1, _anchor=PLACE), 303
    )  # who says it gets no cookie


def _report(kind: str, key: str, form: ReportForm) -> str:
    wrong, said = reasons.WRONG.items(), "said" in request.args
    return render_template("core/desk/report.html", kind=kind, key=key, form=form, wrong=wrong, said=said)
