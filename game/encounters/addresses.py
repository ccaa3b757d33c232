"""How encounters stand in addresses: six letters for who reads a code, a long key for the two themselves."""

from werkzeug.routing import BaseConverter

from core import codes


class Ref(BaseConverter):
    """/e/K7RX4P or /e/<26 letters of the key>."""

    regex = f"[{codes.LETTERS}{codes.LETTERS.lower()}]{{{codes.LENGTH}}}|[a-z2-7]{{26}}"
    part_isolating = True

    def to_python(self, value: str) -> str:
        return codes.read_short_code(value) or value


def is_code(ref: str) -> bool:
    """Whether an address holds six letters rather than a key."""
    return len(ref) == codes.LENGTH
