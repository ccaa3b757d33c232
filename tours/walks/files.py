"""A walk in a file, with its whole addresses: for the page of a walk and for the command."""

from collections.abc import Callable

from core import clock
from core.neighbourhoods.models import Neighbourhood
from tours.walks import exporting, formats
from tours.walks.exporting import Addresses
from tours.walks.models import Tour


def made(tour: Tour, kind: formats.Format, here: Neighbourhood, site: str, path_of: Callable[..., str]) -> bytes:
    """A walk in a file of this kind, as of now. `site`: where it is, `path_of`: Flask's url_for."""

    def whole(endpoint: str, **parts: object) -> str:
        return site + path_of(endpoint, slug=here.slug, **parts)

    addresses = Addresses(
        whole("walks.show", key=tour.key), whole("stories.revocations"), lambda key: whole("stories.show", key=key),
        lambda key, number: whole("stories.picture", key=key, number=number, size="large"),
    )  # fmt: skip
    return kind.write(exporting.written(tour, addresses, here.name, clock.now()))
