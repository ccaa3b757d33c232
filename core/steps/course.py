"""Which steps a thing may take, and who takes them: declared by its slice, known to no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import LazyString


@dataclass(frozen=True)
class Course:
    """How things of a kind go. `moves`: from a state, as what, to which states. A state that is in no move is an end.

    `once`: states that a thing reaches at most once.
    """

    kind: str
    begins: str
    moves: Mapping[str, Mapping[str, frozenset[str]]]
    labels: Mapping[str, LazyString]
    once: frozenset[str] = field(default_factory=frozenset)

    def allows(self, state: str, as_what: str, to: str) -> bool:
        """Whether somebody who is that may take it there."""
        return to in self.moves.get(state, {}).get(as_what, ())
