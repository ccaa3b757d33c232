"""What a teller can say yes to, one by one: each use in plain words (docs/rules.md §6)."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

KIND = "story"  # of the consents
SITE, NAME, VOICE, TOURS, SCHOOL = "site", "name", "voice", "tours", "school"
PRINT, ARCHIVE, EMBED, EXPORT = "print", "archive", "embed", "export"


@dataclass(frozen=True)
class Use:
    """One use. `icon`: what draws it. `like`: an example of it. `stays`: what went out by it cannot be called back."""

    name: str
    icon: str
    label: LazyString
    like: LazyString
    stays: bool = False


USES = {
    use.name: use
    for use in (
        Use(NAME, "ik", _l("My name"), _l("Without your yes it says: a neighbour.")),
        Use(VOICE, "luisteren", _l("My voice"), _l("People hear you. Without your yes they only read your words.")),
        Use(TOURS, "wandelen", _l("In walks"), _l("As a stop of a walk through the neighbourhood.")),
        Use(SCHOOL, "boek", _l("At school"), _l("Such as a class that walks past it.")),
        Use(PRINT, "print", _l("On paper"), _l("Such as a booklet that somebody keeps at home."), stays=True),
        Use(ARCHIVE, "doos", _l("In the archive of the neighbourhood"), _l("For people later."), stays=True),
        Use(EMBED, "raam", _l("On other sites"), _l("Such as the page of a neighbourhood association."), stays=True),
        Use(EXPORT, "download", _l("To take along in another app"), _l("As a file with a walk."), stays=True),
    )
}
