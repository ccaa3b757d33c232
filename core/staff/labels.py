"""What each role is called, and what somebody with it does, in a sentence."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core.guard import Role
from core.refusal import Refusal, Sort

LABELS: dict[Role, tuple[LazyString, LazyString]] = {
    Role.MAKER: (_l("Maker"), _l("Makes places, challenges and walks.")),
    Role.HOST: (_l("Host"), _l("Sits at the desk of the neighbourhood house, and helps.")),
    Role.TEACHER: (_l("Teacher"), _l("Gives lessons about the neighbourhood.")),
    Role.EDITOR: (_l("Editor"), _l("Looks at what becomes public.")),
    Role.COORDINATOR: (_l("Coordinator"), _l("Starts seasons and puts the team together.")),
}
NO_ROLE = _l("We do not know that role. Choose one of the list.")
FORMER = _l("a former player")


def role(name: str) -> Role:
    """The role of a form's field. Raises Refusal for a text that is none."""
    found = next((one for one in LABELS if one == name), None)
    if found is None:
        raise Refusal(NO_ROLE, Sort.INVALID, field="role")
    return found
