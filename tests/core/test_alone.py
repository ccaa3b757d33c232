"""Core starts without a part, and a part adds to its pages without touching it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l

from core import create_app, menus
from core.database import db, writing
from core.guard import Role
from tests import make
from tests.core.staff.test_pages import join, with_code

ROOT = Path(__file__).resolve().parents[2]
ALONE = """
import sys
from core import create_app
from core.database import db, writing
from core.guard import Role
from core.menus import TILES
from core.neighbourhoods.models import Neighbourhood
from core.staff import service as staff

app = create_app((), {"database_url": sys.argv[1], "media": sys.argv[2], "queue_url": "memory://", "secret": "x",
                      "testing": True, "limits": False})
assert not any(name.partition(".")[0] in {"game", "tours"} for name in sys.modules)
with app.app_context():
    db.create_all()
    with writing():
        here = Neighbourhood(slug="lombok", name="Lombok", lat=52.09, lon=5.1)
        db.session.add(here)
        db.session.flush()
        token = staff.invite(here.id, Role.HOST, None, frozenset({Role.ADMIN}))
visitor, device = app.test_client(), app.test_client()
form = {"token": token, "login": "els", "password": "zeven groene tuinstoelen", "name": "Rode Laars", "age": "adult"}
assert device.post("/w/lombok/staff/invited", data=form).status_code == 303
pages = [(visitor, path) for path in ("", "w/lombok/", "w/lombok/photos", "w/lombok/privacy", "q", "w/lombok/join")]
pages += [(device, f"w/lombok/{path}") for path in ("", "me", "me/card", "me/data", "staff/", "map", "photos")]
pages += [(device, f"w/lombok/{path}") for path in ("me/leave", "me/erase", "staff/account")]
for client, path in pages:
    answer = client.get(f"/{path}")
    print(answer.status_code, path)
    assert answer.status_code == 200 or path == "q", answer.text[-2000:]
"""
GARDENS = menus.Line("pages.home", "kaart", _l("Gardens"), {"gardens": 1}, name="gardens")


class Gardens:
    """A part of the tests."""

    def init_app(self, app: Flask) -> None:
        menus.MAIN.add(app, "gardens", lambda _searches: GARDENS, order=30)
        menus.ME.add(app, "gardens", menus.always(GARDENS))
        menus.TEAM.add(app, "gardens", menus.always(GARDENS))
        menus.PURPOSES.add(app, "meet", menus.page("pages.home"))
        menus.TILES.add(app, "gardens", lambda person: (_l("Your gardens"), "3", "/gardens"))


@pytest.fixture
def with_gardens(tmp_path: Path):
    app = create_app(
        (Gardens(),),
        {"database_url": f"sqlite:///{tmp_path / 'gardens.db'}", "media": str(tmp_path), "queue_url": "memory://",
         "secret": "x", "testing": True, "limits": False},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
        with writing():
            make.neighbourhood()
    yield app
    with app.app_context():
        db.engine.dispose()


def test_core_serves_its_pages_without_a_part(tmp_path):
    script = [sys.executable, "-c", ALONE, f"sqlite:///{tmp_path / 'alone.db'}", str(tmp_path / "media")]
    done = subprocess.run(script, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_part_adds_its_lines_and_tiles_and_serves_a_purpose(with_gardens):
    device = join(with_gardens, Role.EDITOR)
    with_code(device)
    home, me, team = (device.get(f"/w/lombok/{path}").text for path in ("", "me", "staff/"))
    assert all("Gardens" in page and "?gardens=1" in page for page in (home, me, team))
    assert "Your gardens" in me
    assert "Foto samen" in device.get("/w/lombok/photos").text
    assert device.get("/w/lombok/desk/").status_code == 200
