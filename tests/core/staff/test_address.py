"""Links that commands print lead to where the site is served."""

import pytest

from core import config
from tests import make


@pytest.mark.parametrize(
    ("served", "leads_to"), [("http://127.0.0.1:8123", "http://127.0.0.1:8123/w/"), (None, "http://127.0.0.1:8000/w/")]
)
def test_an_invitation_leads_to_the_port_that_is_served(app, clock, tmp_path, monkeypatch, served, leads_to):
    monkeypatch.setattr(config, "SERVED", tmp_path / "served")
    if served:
        (tmp_path / "served").write_text(served)
    with app.app_context():
        make.world()
    said = app.test_cli_runner().invoke(args=["staff", "invite", "lombok", "host"])
    assert said.exit_code == 0
    assert said.output.startswith(f"{leads_to}lombok/staff/invited#")
