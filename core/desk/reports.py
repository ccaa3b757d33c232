"""Anybody says that a public thing is not right. Who says so is not asked and not kept."""

from flask import Flask, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core.database import writing
from core.desk import reasons, service
from core.guard import may
from core.security import limiter

REPORTS = "20 per hour"


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.add_url_rule("/w/<slug>/report/<kind>/<key>", "desk.report", report)
    app.add_url_rule("/w/<slug>/report/<kind>/<key>", "desk.do_report", do_report, methods=["POST"])


@may("item.report")
def report(kind: str, key: str) -> str:
    """What is wrong? The same page for whatever key, so that it tells nothing."""
    said = "said" in request.args
    return render_template("core/desk/report.html", kind=kind, key=key, wrong=reasons.WRONG, said=said)


@may("item.report")
@limiter.limit(REPORTS)
def do_report(kind: str, key: str) -> BaseResponse:
    """Heard; grave things are hidden at once."""
    with writing():
        service.report(g.neighbourhood.id, kind, key, request.form.get("reason", ""))
    return redirect(url_for("desk.report", kind=kind, key=key, said=1), 303)
