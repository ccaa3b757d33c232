"""The headers of every answer: what a page may load, what may be kept, and who gets a cookie."""

import dataclasses
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from core import security
from tests import make

HTTPS = "https://buurt.example"
KEY = "a" * 26
FILLED = {"as_": "gpx", "number": 0, "tour": "bench", "lesson": "bench", "token": "x",
    "slug": "lombok", "challenge": "bench", "ref": KEY, "photo": KEY, "size": "medium", "signed": "x",
    "filename": "css/base.css", "spot": "bank", "key": KEY, "code": KEY.upper(), "kind": "photo", "letters": "ABCDEF",
    "season": "2026-05-30", "factor": "own", "measure": "contacts", "need": KEY,
    "offset": 0, "crew": KEY, "work": KEY, "task": "dier",
}  # fmt: skip
FOR_ANYBODY = {"scoring.thermometer"}  # kept for who brings no cookie (core/shared.py)


@pytest.fixture
def lombok(app: Flask, clock) -> Flask:
    """A neighbourhood with people in it; nobody's app context stays open."""
    with app.app_context():
        make.world()
    return app


@pytest.fixture
def visitor(lombok: Flask) -> FlaskClient:
    return lombok.test_client()


@pytest.fixture
def amina(lombok: Flask) -> FlaskClient:
    phone = lombok.test_client()
    assert phone.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"}).status_code == 303
    return phone


def rules(app: Flask, method: str) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))


def path(app: Flask, rule: Rule) -> str:
    values = {name: FILLED[name] for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def policy(answer: TestResponse) -> dict[str, str]:
    """The content security policy by directive."""
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


def check(answer: TestResponse, is_static: bool = False, is_for_anybody: bool = False) -> None:
    """What holds for every answer, also a no."""
    allowed = policy(answer)
    assert allowed["default-src"] == "'none'"
    assert allowed["style-src"] == "'self'"
    assert allowed["script-src"] in {"'self'", "'self' 'wasm-unsafe-eval'"}
    assert {allowed["frame-ancestors"], allowed["base-uri"]} == {"'none'"}
    assert allowed["form-action"] == "'self'"
    assert not re.search(r"unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*", str(allowed))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    if not is_static:
        assert answer.headers["Cache-Control"] == ("no-cache" if is_for_anybody else "private, no-store")
        assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", ["visitor", "amina"])
def test_every_answer_of_every_route(lombok: Flask, request: pytest.FixtureRequest, method: str, who: str):
    phone: FlaskClient = request.getfixturevalue(who)
    for rule in rules(lombok, method):
        if rule.endpoint != "people.do_leave":
            answer = phone.open(path(lombok, rule), method=method, buffered=True)
            is_for_anybody = who == "visitor" and method == "GET" and rule.endpoint in FOR_ANYBODY
            check(answer, rule.endpoint == "static", is_for_anybody)


@pytest.mark.parametrize(
    ("where", "how", "status"),
    [
        ("/nowhere", {}, 404),
        ("/static/nothing.css", {}, 404),
        ("/w/lombok/thermometer", {"method": "POST"}, 405),
        ("/w/lombok/join", {"method": "POST", "headers": {"Origin": "https://evil.example"}}, 403),
        ("/w/lombok/join", {"method": "POST", "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
        ("/e/", {"method": "POST", "data": {"code": "?"}}, 422),
        ("/e/XXXXXX", {}, 404),
        ("/w/lombok/me", {"headers": {"Accept": "application/json"}}, 401),
        ("/language", {"method": "POST", "data": {"lang": "x" * 300_000}, "content_type": "multipart/form-data"}, 413),
    ],
)
def test_a_no_carries_the_same_headers(visitor: FlaskClient, where: str, how: dict, status: int):
    answer = visitor.open(where, buffered=True, **how)
    assert answer.status_code == status
    check(answer, is_static=where.startswith("/static"))
    assert "Set-Cookie" not in answer.headers


def test_a_fault_of_ours_carries_them_too(lombok: Flask, visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    def fault() -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(lombok.config, "TESTING", False)
    fault.right = "public.read"  # type: ignore[attr-defined]
    monkeypatch.setitem(lombok.view_functions, "pages.front", fault)
    answer = visitor.get("/")
    assert answer.status_code == 500
    check(answer)


def test_only_the_scan_page_may_run_wasm(lombok: Flask, amina: FlaskClient):
    may = {
        rule.endpoint
        for rule in rules(lombok, "GET")
        if "wasm" in policy(amina.get(path(lombok, rule), buffered=True))["script-src"]
    }
    assert may == {"encounters.scan"}


def test_a_static_file_may_be_kept_and_a_page_may_not(visitor: FlaskClient):
    assert "no-store" not in visitor.get("/static/css/base.css", buffered=True).headers.get("Cache-Control", "")
    assert "no-store" in visitor.get("/").headers["Cache-Control"]


def test_no_page_gives_a_visitor_a_cookie(lombok: Flask, visitor: FlaskClient):
    for rule in rules(lombok, "GET"):
        assert "Set-Cookie" not in visitor.get(path(lombok, rule), buffered=True).headers, rule.endpoint


def test_no_page_gives_a_signed_in_phone_another_cookie(lombok: Flask, amina: FlaskClient):
    amina.get("/w/lombok/me")  # it says that they joined, and takes that sentence away
    for rule in rules(lombok, "GET"):
        assert "Set-Cookie" not in amina.get(path(lombok, rule), buffered=True).headers, rule.endpoint


def test_on_https_our_cookies_belong_to_this_host_alone(lombok: Flask):
    phone = lombok.test_client()
    joined = phone.post("/w/lombok/join", base_url=HTTPS, data={"name": "Blauwe Deur", "age": "adult"})
    cookies = joined.headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["__Host-said", "__Host-device"]
    for cookie in cookies:
        attributes = [part.strip() for part in cookie.split(";")]
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(attributes)
        assert not any(attribute.startswith("Domain") for attribute in attributes)
    assert phone.get("/w/lombok/me", base_url=HTTPS).status_code == 200


def test_https_is_for_good_only_where_the_operator_named_an_address(lombok: Flask, monkeypatch: pytest.MonkeyPatch):
    assert "Strict-Transport-Security" not in lombok.test_client().get("/", base_url=HTTPS).headers
    named = dataclasses.replace(lombok.config["BUURT"], public_url="https://buurt.example")
    monkeypatch.setitem(lombok.config, "BUURT", named)
    assert lombok.test_client().get("/", base_url=HTTPS).headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize("way", ["me/leave", "staff/out", "me/erase"])
def test_leaving_has_the_browser_throw_away_what_it_kept(amina: FlaskClient, way: str):
    answer = amina.post(f"/w/lombok/{way}", data={"name": "Rode Fiets"})
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'  # "cookies" takes those of the whole domain
    assert bool(amina.get_cookie("device")) is (way == "me/erase")  # which can be undone on this phone


def test_nothing_else_empties_a_browser_nor_does_a_refused_wish_to_go(lombok: Flask, amina: FlaskClient):
    assert amina.post("/w/lombok/me/erase", data={"name": "Somebody"}).status_code == 422
    for rule in rules(lombok, "GET"):
        assert "Clear-Site-Data" not in amina.get(path(lombok, rule), buffered=True).headers, rule.endpoint


def test_a_plain_device_cookie_signs_nobody_in_on_https(lombok: Flask, amina: FlaskClient):
    token = amina.get_cookie("device").value
    phone = lombok.test_client()
    phone.set_cookie("device", token, domain="buurt.example")
    assert phone.get("/w/lombok/me", base_url=HTTPS).status_code == 303  # to the page that asks to join


def test_our_cookies_are_never_readable_by_scripts(lombok: Flask):
    answer = lombok.test_client().post("/w/lombok/join", data={"name": "Blauwe Deur", "age": "adult"})
    assert len(answer.headers.getlist("Set-Cookie")) == 2
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_the_policy_is_written_in_one_place():
    assert "unsafe-inline" not in security.CONTENT


def test_a_large_form_is_refused_before_it_is_read(lombok: Flask):
    body = b"lang=nl&" + b"a&" * 1_000_000
    answer = lombok.test_client().post("/language", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_when_the_page_of_an_error_breaks_too_there_is_still_a_sentence(lombok: Flask, monkeypatch: pytest.MonkeyPatch):
    def broken() -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(lombok.jinja_env.globals, "who_waits", broken)
    monkeypatch.setitem(lombok.config, "PROPAGATE_EXCEPTIONS", False)
    answer = lombok.test_client().get("/w/lombok/")
    assert answer.status_code == 500
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert "Content-Security-Policy" in answer.headers
