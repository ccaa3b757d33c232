"""What the survey says on the page of what happens here: that it can be filled in now."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from core.happening.goings_on import GoingOn, Sort, Way
from core.neighbourhoods.models import Neighbourhood
from core.survey import queries


def of(here: Neighbourhood) -> Iterator[GoingOn]:
    """While it is open. One question."""
    wave = queries.open_now(here.id)
    if wave:
        yield GoingOn(
            f"survey-{wave.key}", Sort.OPEN, _l("The survey"), "survey.show", {}, "lijst",
            _l("Seven sentences. Nobody knows what you answer."), way=Way.CHOOSE,
        )  # fmt: skip
