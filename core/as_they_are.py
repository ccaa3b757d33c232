"""Names and codes stay as they are when a browser translates a page: what stands in <bdi> is one.

Words in <bdi>, which may be translated (a title, a sentence of somebody), say translate="yes".
"""

import re

from flask import Flask, Response

NAME = re.compile(rb"<bdi(?![^>]*\btranslate=)")


def init_app(app: Flask) -> None:
    """Mark them on every page."""
    app.after_request(marked)


def marked(answer: Response) -> Response:
    """The same answer with them marked; a second time changes nothing."""
    if answer.mimetype == "text/html":
        answer.set_data(NAME.sub(b'<bdi translate="no"', answer.get_data()))
    return answer
