"""Where a request came: a host that is none is refused, and so is a form of another site, each in words."""

import dataclasses
import logging
from collections.abc import Iterator

import pytest
from flask import Flask

import game
import tours
from core import create_app
from core.database import db
from tests import make

OURS = "https://buurt.example"
JOINING = {"name": "Rode Fiets", "age": "adult"}
NONE = [
    "a b", "a;b", "evil.example/", "a:b", "a:99999", "[::1", "<script>", "a@b", "a..b", "..", "a:81:81", "a\\b", ":80",
    "[::1]:x", "a?b", "[]", "a" * 300,
]  # fmt: skip
SOME = ["buurt.example", "buurt.example:8443", "localhost:8000", "192.0.2.7", "[2001:db8::7]:8000", "xn--mnchen-3ya.de"]


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The app behind one proxy, with an address of its own."""
    folder = tmp_path_factory.mktemp("behind")
    app = create_app(
        (game, tours),
        {"database_url": f"sqlite:///{folder / 'site.db'}", "media": str(folder), "queue_url": "memory://",
         "secret": "x", "limits": False, "proxies": 1, "public_url": OURS},
    )  # fmt: skip
    with app.app_context():
        db.create_all()
        make.world()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def lombok(app: Flask) -> Flask:
    with app.app_context():
        make.world()
    app.extensions.pop("told the operator", None)
    return app


@pytest.mark.parametrize("host", NONE)
@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
def test_a_host_that_is_none_is_refused_on_a_page_of_ours(behind: Flask, header: str, host: str):
    answer = behind.test_client().get("/", headers={header: host, "Accept-Language": "en"})
    assert answer.status_code == 400
    assert "We could not read that." in answer.get_data(as_text=True)
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("path", ["/w/lombok/", "/e/K7RX4P).", "/static/css/base.css", "/nowhere"])
def test_so_it_is_for_every_address(behind: Flask, path: str):
    assert behind.test_client().get(path, headers={"Host": ".."}).status_code == 400


@pytest.mark.parametrize("host", SOME)
@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
def test_a_host_that_is_one_is_taken(behind: Flask, header: str, host: str):
    assert behind.test_client().get("/", headers={header: host}).status_code == 200


def test_a_scheme_that_is_none_is_refused_too(behind: Flask):
    answers = {
        scheme: behind.test_client().get("/", headers={"X-Forwarded-Proto": scheme}).status_code
        for scheme in ("http", "https", "javascript", "x" * 200)
    }
    assert answers == {"http": 200, "https": 200, "javascript": 400, "x" * 200: 400}


@pytest.mark.parametrize("written", ["1.2.3.4:99", "[2001:db8::1]:3", "unknown", "a, b, ", ",", "é", "1.2.3.4:"])
def test_a_proxy_may_write_who_asked_as_it_likes(guarded: Flask, written: str):
    guarded.wsgi_app = told_by_a_proxy(guarded.wsgi_app, written)
    assert guarded.test_client().post("/w/lombok/join", data=JOINING).status_code == 303


def told_by_a_proxy(inner, written: str):
    return lambda environ, start: inner({**environ, "REMOTE_ADDR": written}, start)


def choose(app: Flask, **headers: str) -> tuple[int, str]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()} | {"Accept-Language": "en"}
    answer = app.test_client().post("/language", data={"lang": "en"}, headers=sent)
    return answer.status_code, answer.get_data(as_text=True)


def warned(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(record.getMessage() for record in caplog.records if record.levelno == logging.WARNING)


def test_a_browser_that_hides_where_it_comes_from_is_told_so(lombok: Flask, caplog: pytest.LogCaptureFixture):
    status, page = choose(lombok, Origin="null")
    assert status == 403
    assert "Your browser hides which page this came from" in page
    assert warned(caplog) == ""


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}])
def test_a_form_of_another_site_is_told_so(lombok: Flask, headers: dict[str, str]):
    status, page = choose(lombok, **headers)
    assert status == 403
    assert "This came from another page than ours" in page


def test_without_its_settings_behind_a_proxy_the_operator_reads_once_which_lacks(
    lombok: Flask, caplog: pytest.LogCaptureFixture
):
    for _time in range(2):
        assert choose(lombok, Origin=OURS, X_Forwarded_Proto="https")[0] == 403
    assert warned(caplog).count("BUURT_PROXIES is 0") == 1
    assert warned(caplog).count("set BUURT_PUBLIC_URL") == 1


def test_made_up_origins_do_not_fill_the_log(lombok: Flask, caplog: pytest.LogCaptureFixture):
    for number in range(20):
        choose(lombok, Origin=f"https://evil{number}.example")
    assert len(caplog.records) == 5


def test_a_form_of_our_own_address_is_ours_also_where_the_proxy_does_not_say_it(
    behind: Flask, caplog: pytest.LogCaptureFixture
):
    assert choose(behind, Origin=OURS)[0] == 303
    assert "BUURT_PUBLIC_URL is https://buurt.example, and we are asked as http://localhost" in warned(caplog)
    caplog.clear()
    assert choose(behind, Origin=OURS, X_Forwarded_Proto="https", X_Forwarded_Host="buurt.example")[0] == 303
    assert choose(behind, Origin="https://evil.example")[0] == 403
    assert warned(caplog) == ""


def test_a_settings_own_slash_is_no_part_of_where_a_form_comes_from(lombok: Flask, monkeypatch: pytest.MonkeyPatch):
    named = dataclasses.replace(lombok.config["BUURT"], public_url=f"{OURS}/")
    monkeypatch.setitem(lombok.config, "BUURT", named)
    assert choose(lombok, Origin=OURS)[0] == 303
