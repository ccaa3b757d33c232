"""The pictures of options: sent with the form that opens a choice, of nobody, and seen by everybody from then on."""

import re
from io import BytesIO

import pytest
from sqlalchemy import select

from core.database import db
from core.guard import Role
from core.media.models import Media
from core.storage import storage
from game.choices.models import Choice, Option
from tests import make
from tests.forms import fault, key_in
from tests.game.choices.test_choices import FORM, STAFF, lombok, staff

pytestmark = pytest.mark.both
__all__ = ["lombok"]  # a fixture


def pictured(**more) -> dict:
    """With pictures of the first and the fourth option; the other fields go along empty, as in a browser."""
    said = {"seen_1": "Vier houten bakken", "seen_4": "Een blauwe pomp", "nobody": "1", **more}
    files = {f"picture_{number}": (make.jpeg(colour), "foto.jpg") for number, colour in ((1, "teal"), (4, "navy"))}
    empty = {f"{name}_{number}": "" for name in ("option", "words", "seen") for number in range(1, 6)}
    empty |= {f"picture_{number}": (BytesIO(), "") for number in range(1, 6)}
    return {name: value for name, value in {**empty, **FORM, **files, **said}.items() if value is not None}


def sent(device, key: str = "", **form):
    key = key or key_in(device.get(f"{STAFF}/new").text)
    return device.post(f"{STAFF}/new", data={"client_key": key, **form})


def kept(app) -> int:
    """How many pictures are kept; what was on its way in is gone either way."""
    with app.app_context():
        assert not list(storage().tmp().iterdir())
        return len(db.session.scalars(select(Media)).all())


def test_each_option_shows_its_own_picture_with_what_is_in_it_to_everybody(lombok):
    answer = sent(staff(lombok, Role.COORDINATOR), **pictured())
    assert answer.status_code == 303
    reader = lombok.test_client()
    page = reader.get(answer.location).text
    shown = re.findall(r'<img class="buurt-option__picture"[^>]*src="([^"]+)"[^>]*alt="([^"]+)"', page)
    assert [alt for _src, alt in shown] == ["Vier houten bakken", "Een blauwe pomp"]
    pictures = [reader.get(src, buffered=True) for src, _alt in shown]
    assert [(one.status_code, one.mimetype) for one in pictures] == [(200, "image/webp")] * 2
    assert pictures[0].data != pictures[1].data
    with lombok.app_context():
        options = db.session.scalars(select(Option).order_by(Option.number)).all()
        assert [bool(one.picture) for one in options] == [True, False, True], (
            "in the order of the options that have a name"
        )
    assert reader.get(f"{answer.location.partition('#')[0]}/2.webp").status_code == 404
    assert reader.get(shown[0][0].replace("/lombok/", "/kanterhoek/")).status_code == 404


def test_the_same_form_twice_keeps_each_picture_once(lombok):
    device = staff(lombok, Role.COORDINATOR)
    key = key_in(device.get(f"{STAFF}/new").text)
    first, again = (sent(device, key, **pictured()) for _time in range(2))
    assert first.location == again.location
    assert kept(lombok) == 2
    with lombok.app_context():
        assert len(db.session.scalars(select(Choice)).all()) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"nobody": None}, "nobody"), ({"seen_4": ""}, "seen_4"), ({"seen_2": "Een tafel"}, "picture_2"),
     ({"option_4": ""}, "option_4"), ({"picture_4": (BytesIO(b"%PDF-1.4"), "a.pdf")}, "picture_4"),
     ({"closes_on": "2026-06-02"}, "closes_on")],
)  # fmt: skip
def test_what_does_not_go_together_is_refused_at_its_field_and_the_rest_stays(lombok, change, field):
    device = staff(lombok, Role.COORDINATOR)
    answer = sent(device, **pictured(**change))
    assert answer.status_code in {415, 422}
    assert fault(answer.text, field)
    assert "Vier bakken." in answer.text
    assert "niet meer gekozen" in answer.text
    assert kept(lombok) == 0
