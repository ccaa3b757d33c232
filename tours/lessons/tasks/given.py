"""What a crew sent for a task, read within bounds. What was left open stays open: handing in is never locked."""

from collections.abc import Collection, Mapping
from math import isfinite

from flask_babel import lazy_gettext as _l

from core import spelling
from core.refusal import Refusal, Sort


class Given:
    """The fields of one task, of a form on which several may stand: each name begins with `prefix`."""

    def __init__(self, form: Mapping[str, str], prefix: str = "") -> None:
        self.form, self.prefix = form, prefix

    def words(self, name: str, most: int) -> str:
        """What was written, in any language. Raises Refusal for more signs than there is room for."""
        typed = str(self.form.get(self.prefix + name, ""))[: 4 * most]
        text = spelling.lines(typed)
        if len(text) > most:
            sentence = _l("Too long: at most %(most)s signs. You have %(have)s.", most=most, have=len(text))
            raise Refusal(sentence, Sort.INVALID, field=self.prefix + name)
        return text

    def number(self, name: str, most: float) -> float | None:
        """What was counted or measured, with a point or a comma; None for nothing, and for what is no number."""
        typed = str(self.form.get(self.prefix + name, "")).strip().replace(",", ".")[:20]
        try:
            found = float(typed)
        except ValueError:
            return None
        return round(found, 2) if isfinite(found) and 0 <= found <= most else None

    def one_of(self, name: str, among: Collection[str]) -> str:
        """What was picked; "" for nothing, and for what is not there to pick."""
        picked = str(self.form.get(self.prefix + name, ""))
        return picked if picked in among else ""
