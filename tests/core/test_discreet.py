"""A secret behind the # of an address leads on when a mail program wrote it as %23, and no log of ours has it."""

import http.client

import pytest

from core.codes import long_code
from tests import make
from tests.bench import site

PAGES = ("/w/lombok/back", "/w/lombok/email", "/w/lombok/staff/invited")
SECRETS = ("7K2QXV9M4T8B3W6R5Y1ZCDFGHJ", "tX_9-aQ4bL0m_pZ-")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_hash_written_as_a_percent_sign_leads_on_to_where_no_server_sees_the_secret(here, client, page, secret):
    answer = client.get(f"{page}%23{secret}")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{page}#{secret}"
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(f"{page}%23{secret}", follow_redirects=True).status_code == 200


def test_behind_a_hash_no_address_leads_elsewhere_and_an_unknown_page_stays_one(here, client):
    assert client.get("/w/lombok/back%23//evil.example").headers["Location"] == "/w/lombok/back#//evil.example"
    assert client.get("/w/lombok/back%23%0d%0aSet-Cookie:x").headers["Location"].endswith("#%0D%0ASet-Cookie%3Ax")
    for nowhere in ("/w/lombok/nothing%23ABC", "/%2F%2Fevil.example/%23ABC", "/%5Cevil.example%23ABC"):
        assert client.get(nowhere).status_code == 404


def test_the_servers_own_log_holds_who_asked_for_what_and_no_secret(tmp_path):
    asked = [f"{page}{mark}{long_code()}" for page in PAGES for mark in ("%23", "%2523")]
    log = tmp_path / "log"
    with site.scratch() as scratch, log.open("wb") as out:
        with scratch.app.app_context():
            make.world()
        with site.serving(site.OURS, scratch.environment, log=out) as server:
            for path in asked:
                phone = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
                phone.request("GET", path)
                assert phone.getresponse().status in {308, 404}
                phone.close()
    said = log.read_text()
    for path in asked:
        page, _, secret = path.partition("%")
        assert f"GET {page}" in said
        assert secret[-26:] not in said


def test_what_broke_at_such_an_address_is_told_without_the_secret(app, caplog):
    with app.test_request_context(f"/w/lombok/back%23{SECRETS[0]}"):
        app.log_exception((None, None, None))
    assert caplog.messages == ["Exception on /w/lombok/back#… [GET]"]
