"""The day before: what a tablet can do, and for each thing that it cannot a way round."""

from flask import g, render_template

from core.classes.views import bp
from core.guard import may


@bp.get("/class/check", endpoint="check")
@may("public.read")
def check() -> str:
    """Camera, microphone, storage, position and network. Nothing of it is sent or kept."""
    g.films = g.records = True
    return render_template("core/classes/check.html")
