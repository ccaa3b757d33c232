"""What somebody typed on a form of staff, taken along while they sign in again or prove that it is them.

It stands in a field of the page, never in an address, and it is kept nowhere. What staff type about themselves, such
as passwords and codes, is not taken along.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from core.errors import own_page, page_before
from core.guard import is_about_oneself
from core.hosts import refuse_cross_site
from core.saved import saved
from core.security import refuse_nul

MOST = 40_000  # bytes: written twice over it still fits a form
FIELDS = 200


@dataclass(frozen=True)
class Typed:
    """A form that waits: the address of ours where it goes, and its fields."""

    to: str
    fields: list[tuple[str, str]]

    @property
    def packed(self) -> str:
        """All fields as one text."""
        return urlencode(self.fields)


def of_request() -> Typed | None:
    """The form of this request, which cannot be answered yet. None for no form, one with a file, and a large one.

    It is asked for before the other checks of a request: aborts where another site sent it.
    """
    size = request.content_length
    if request.method != "POST" or size is None or size > MOST:
        return None
    refuse_cross_site()
    refuse_nul()
    if is_about_oneself():
        return along()
    path = request.full_path if request.query_string else request.path
    return None if request.files else Typed(path, list(request.form.items(multi=True)))


def along() -> Typed | None:
    """The form that came along in the fields of this one."""
    to = own_page(request.form.get("to", ""), "POST")
    try:
        fields = parse_qsl(request.form.get("kept", ""), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        return None
    return Typed(to, fields) if to else None


def then() -> str:
    """The page to go on to: where they were, or where the form at hand was sent from; after a proof where that led."""
    if is_about_oneself() and "then" in request.values:
        return request.values["then"]
    if request.method == "GET":
        return request.full_path if request.query_string else request.path
    return page_before() or ""


def onwards(sentence: object = None) -> BaseResponse:
    """On to what they were doing: the form that came along, to send; else the page, or that of the team.

    `sentence`: what is true now, to be said there.
    """
    if kept := along():
        return make_response(render_template("core/staff/typed.html", typed=kept))
    page = own_page(request.form.get("then", "")) or url_for("staff.team")
    return saved(page, sentence) if sentence else redirect(page, 303)
