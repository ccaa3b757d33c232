"""What a coordinator sends of the border and the zones."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from core.forms import Form, Pick
from core.setting_up.outline import BORDER


class AreasForm(Form):
    """A file, and what is in it; a drawing has all of it, and comes without one."""

    file = FileField()
    what = Pick(["zones", BORDER, "all"], _l("Say what is in the file: the border, the zones or both."))
