"""What commands say: who keeps the server reads English, whatever language the site speaks first."""

import pytest
from flask_babel import lazy_gettext as _l

from core.database import writing
from tests import make

HOUSE = "Huis; Straat 1; 52.09; 5.1"


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (
            ["neighbourhood", "new", "lombok", "Lombok", "--around", "52.09, 5.1, 1", "--house", HOUSE],
            "Around a point: 50 to 10000 metres, with latitude first.",
        ),
        (["plates", "withdraw", "ABCDEF"], "We do not know these letters. See if you swapped one."),
    ],
)
def test_a_refused_command_says_so_in_english(app, clock, command, sentence):
    with app.app_context(), writing():
        make.neighbourhood()
    answer = app.test_cli_runner().invoke(args=command)
    assert answer.exit_code == 1
    assert " ".join(answer.output.split()) == f"Error: {sentence}"


def test_what_is_no_command_speaks_the_first_language(inside):
    assert str(_l("Join")) == "Doe mee"
