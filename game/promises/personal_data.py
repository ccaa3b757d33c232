"""What is kept about somebody around promises of others: made to them, against their wish, kept after somebody."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.personal_data import PersonalData
from game.promises import service
from game.promises.models import Against, Receiver, Successor


def _export(player: str) -> list[dict[str, Any]]:
    return [{"how": how, "promise": key, "with your name": named} for how, key, named in service.kept_of(player)]


AROUND = PersonalData(
    "around promises", frozenset({table.__tablename__ for table in (Receiver, Against, Successor)}), _export,
    service.forget, label=_l("Promises of others"), about=_l("Made to you, or not as you would like."),
)  # fmt: skip
