"""The walks of the demo: strung from its stories and published through the same services as any, once."""

import pytest


@pytest.fixture
def furnished(app):
    printed = app.test_cli_runner().invoke(args=["demo"])
    assert printed.exit_code == 0, printed.output
    return app


def test_two_walks_of_eleven_stories_can_be_walked_and_nothing_is_wrong_with_them(furnished):
    run = furnished.test_cli_runner().invoke
    listed = run(args=["tours", "list", "kanterhoek"]).output
    assert "van-de-brug-tot-de-soep  published  7 of 7 stops" in listed
    assert "veel-talen-een-buurt  published  6 of 6 stops" in listed
    assert run(args=["tours", "check"]).output == "0 faults\n"
    reader = furnished.test_client()
    page = reader.get("/w/kanterhoek/walks/veel-talen-een-buurt").text
    assert all(title in page for title in ("İlk çay", "المقعد تحت الشجرة", "de taalgroep"))
    assert "Halte 1 van" in reader.get("/w/kanterhoek/spots/huis-van-de-wijk").text
    run(args=["demo"])
    assert run(args=["tours", "list", "kanterhoek"]).output == listed
