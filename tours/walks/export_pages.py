"""A walk as a file, for everybody: the same stops as its page, without what tellers keep here."""

from flask import Response, abort, g, url_for

from core.guard import may
from tours.walks import files, formats, queries
from tours.walks.views import bp


@bp.get("/<key>/walk.<as_>")
@may("public.read")
def export(key: str, as_: str) -> Response:
    """The file: to save, not to show."""
    kind = formats.called(as_)
    tour = queries.one(g.neighbourhood.id, key) or abort(404)
    made = files.made(tour, kind, g.neighbourhood, g.public_url, url_for)
    headers = {"Content-Disposition": f'attachment; filename="{tour.key}.{kind.name}"', "X-Robots-Tag": "noindex"}
    return Response(made, content_type=f"{kind.media_type}; charset=utf-8", headers=headers)
