"""Looking an address up: only where the operator chose a service, nothing of who looks, a sentence when it fails."""

import dataclasses
import http.server
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import config
from core.guard import Role
from core.places import geocoding
from tests import make
from tests.core.staff.test_pages import join
from tests.forms import typed

NEW = "/w/lombok/staff/spots/new"
TYPED = {
    "name": "De <pomp>", "street": "Kade", "lat": "52,0911", "lon": "5.1049", "radius": "60", "about-nl": "Water.",
    "about-en": "Water!",
}  # fmt: skip
HERE = {"display_name": "Kanaalstraat 1, Utrecht", "lat": "52.0907", "lon": "5.1010", "place_id": 1}


class Nominatim(http.server.BaseHTTPRequestHandler):
    """A service on this machine that answers as the test says."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.answers(self)

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Service(http.server.ThreadingHTTPServer):
    """Where it is, what it was asked, and what it answers."""

    daemon_threads = True
    asked: list[tuple[str, dict[str, str]]]
    answers: Callable[[Nominatim], None]

    def finds(self, *places: object) -> None:
        self.answers = lambda request: request.reply(json.dumps(places).encode())

    def handle_error(self, request: object, client_address: object) -> None:
        """We hang up on who is too slow or says too much."""


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service(("127.0.0.1", 0), Nominatim)
    server.asked = []
    server.finds(HERE)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def plain(app: Flask, clock) -> Flask:
    """Lombok, as it comes: without a service."""
    with app.app_context():
        make.world()
    return app


@pytest.fixture
def lombok(plain: Flask, service: Service, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Lombok, where the operator chose the service on this machine."""
    monkeypatch.setitem(plain.config, "BUURT", chosen(plain, service))
    return plain


def chosen(app: Flask, service: Service) -> config.Settings:
    """The settings of an operator who chose that service."""
    return dataclasses.replace(app.config["BUURT"], geocoder=f"http://127.0.0.1:{service.server_port}/geo/")


@pytest.fixture
def maker(lombok: Flask) -> FlaskClient:
    return join(lombok, Role.MAKER, "maker", "Rode Laars")


def look_up(maker: FlaskClient, address: str = "Kanaalstraat 1") -> str:
    answer = maker.post(NEW, data={**TYPED, "address": address})
    assert answer.status_code == 200, answer.text
    return answer.text


def found(page: str) -> list[str]:
    return re.findall(r'name="pick" value="([^"]+)"', page)


def test_by_default_there_is_no_field_and_nothing_is_asked(plain, service):
    maker = join(plain, Role.MAKER, "maker", "Rode Laars")
    assert 'name="address"' not in maker.get(NEW).text
    assert maker.post(NEW, data={**TYPED, "address": "Kanaalstraat 1"}).status_code == 303  # saved, not looked up
    assert service.asked == []


def test_an_address_becomes_a_choice_and_the_form_stays_as_it_was_typed(maker):
    page = look_up(maker)
    assert found(page) == ["52.090700,5.101000"]
    assert "Kanaalstraat 1, Utrecht" in page
    for kept in ("De &lt;pomp&gt;", "Kade", "52,0911", 'value="60"', "Water.", "Water!"):
        assert kept in page


def test_the_chosen_address_is_where_the_place_is(maker):
    page = maker.post(NEW, data={**TYPED, "pick": found(look_up(maker))[0]}).text
    assert (typed(page, "lat"), typed(page, "lon")) == ("52.090700", "5.101000")
    assert "De &lt;pomp&gt;" in page


def test_an_address_that_was_looked_up_stays_and_keeps_nobody_from_saving(maker, service):
    service.finds()
    page = look_up(maker, "Kanalstraat 1")
    form = {**TYPED, **{name: typed(page, name) for name in ("address", "looked", "client_key")}}
    assert form["address"] == "Kanalstraat 1"
    assert maker.post(NEW, data={**form, "look": "1"}).status_code == 200, "asked once more"
    other = maker.post(NEW, data={**form, "address": "Kanaalstraat 1"})
    assert typed(other.text, "looked") == "Kanaalstraat 1"
    assert maker.post(NEW, data=form).status_code == 303
    assert len(service.asked) == 3


def test_the_service_learns_the_words_and_the_neighbourhood_and_nothing_of_who_looks(maker, service):
    maker.post(
        NEW,
        data={**TYPED, "address": "  Kanaalstraat   1 "},
        headers={"User-Agent": "Phone of Amina", "X-Real": "1.2.3.4"},
    )
    [(path, headers)] = service.asked
    assert urlsplit(path).path == "/geo/search"
    west, south, east, north = (float(side) for side in parse_qs(urlsplit(path).query).pop("viewbox")[0].split(","))
    assert (south, west, north, east) == pytest.approx((52.07, 5.08, 52.11, 5.12))
    said = {name: value for name, [value] in parse_qs(urlsplit(path).query).items() if name != "viewbox"}
    assert said == {"q": "Kanaalstraat 1", "format": "json", "limit": "5", "bounded": "1"}
    assert set(headers) <= {"Host", "User-Agent", "Accept-Encoding", "Connection"}
    assert headers["User-Agent"] == "Buurtspoor"


def test_at_most_five_and_none_from_elsewhere(maker, service):
    elsewhere = {"display_name": "Kanaalstraat, Lisse", "lat": "52.26", "lon": "4.55"}
    service.finds(elsewhere, *[HERE] * 8)
    assert len(found(look_up(maker))) == 4  # of the first five
    service.finds(elsewhere)
    page = look_up(maker)
    assert found(page) == []
    assert "vonden dat adres niet" in page


def test_nothing_found_is_said_plainly(maker, service):
    service.finds()
    assert "vonden dat adres niet" in look_up(maker, "Nergensstraat")


def slow(request: Nominatim) -> None:
    time.sleep(4)


def dripping(request: Nominatim) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(60):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(0.2)


def raw(data: bytes, gap: float = 0) -> Callable[[Nominatim], None]:
    """These bytes as the whole answer, so many seconds between each two."""

    def answers(request: Nominatim) -> None:
        for byte in data:
            request.wfile.write(bytes([byte]))
            request.wfile.flush()
            time.sleep(gap)

    return answers


def elsewhere(request: Nominatim) -> None:
    request.reply(b"[]", 302, Location="http://127.0.0.1:1/search")


@pytest.mark.parametrize(
    "answers",
    [
        slow, dripping, elsewhere,
        lambda request: request.reply(b"[]", 500), lambda request: request.reply(b"", 429), lambda request: None,
        lambda request: request.reply(b"<html>"), lambda request: request.reply(b"\xff\xfe"),
        lambda request: request.reply(b"[" * 50_000), lambda request: request.reply(b"[" + b" " * 2**20 + b"]"),
        lambda request: request.reply(b'{"error": "no"}'), lambda request: request.reply(b"17"),
        lambda request: request.reply(b"[17]"), lambda request: request.reply(b'[{"lat": "52", "lon": "5"}]'),
        lambda request: request.reply(b'[{"display_name": "x", "lat": "NaN", "lon": "5"}]'),
        lambda request: request.reply(b'[{"display_name": "a\\u0000b", "lat": "52.09", "lon": "5.1"}]'),
        lambda request: request.reply(b'[{"display_name": "\\ud800", "lat": "52.09", "lon": "5.1"}]'),
        lambda request: request.reply(b'[{"display_name": "x", "lat": 1' + b"0" * 400 + b', "lon": 5}]'),
        lambda request: request.reply(b'[{"display_name": "x", "lat": 91, "lon": 5}]'),
        raw(b"HTTP/1.1 200 OK\r\nX-Slow: abcdef\r\n\r\n[]", 0.2), raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 101),
        raw(b"nonsense\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[]"),
    ],
    ids=range(23),
)  # fmt: skip
def test_a_service_that_is_slow_broken_or_talks_nonsense_is_a_sentence_and_the_form_stays(maker, service, answers):
    service.answers = answers
    began = time.monotonic()
    page = look_up(maker)
    assert time.monotonic() - began < 5
    assert "kunnen nu geen adres zoeken" in page
    assert found(page) == []
    assert "De &lt;pomp&gt;" in page


def test_answers_that_never_end_do_not_pile_up(maker, service, monkeypatch):
    monkeypatch.setattr(geocoding, "PATIENCE", 0.2)
    done = threading.Event()
    service.answers = lambda request: done.wait(10)
    try:
        for _ in range(geocoding.AT_ONCE + 3):
            assert "kunnen nu geen adres zoeken" in look_up(maker)
        hanging = [thread for thread in threading.enumerate() if thread.name == geocoding.LOOKING_UP]
        assert len(hanging) <= geocoding.AT_ONCE
        assert all(thread.daemon for thread in hanging)  # a server that stops does not wait for them
    finally:
        done.set()
    for thread in hanging:
        thread.join(10)
    monkeypatch.undo()


def test_who_comes_when_all_are_busy_reads_so_and_the_next_is_helped(maker, service, monkeypatch):
    monkeypatch.setattr(geocoding, "_free", threading.BoundedSemaphore())
    with geocoding._free:
        assert "kunnen nu geen adres zoeken" in look_up(maker)
    assert service.asked == []
    assert found(look_up(maker))
    assert found(look_up(maker))


def test_a_service_that_is_away_is_the_same(maker, service):
    service.shutdown()
    service.server_close()
    assert "kunnen nu geen adres zoeken" in look_up(maker)


def test_everybody_together_asks_once_a_second(guarded, service, monkeypatch):
    monkeypatch.setitem(guarded.config, "BUURT", chosen(guarded, service))
    maker = join(guarded, Role.MAKER, "maker", "Rode Laars")
    pages = [look_up(maker) for _each in range(12)]  # on a slow machine more than one gets through
    refused = [page for page in pages if "zocht net iemand" in page]
    assert found(pages[0])
    assert refused
    assert all("De &lt;pomp&gt;" in page for page in refused)
    assert len(service.asked) == len(pages) - len(refused)


def test_what_a_service_calls_a_place_is_text(maker, service):
    service.finds({**HERE, "display_name": '<script>alert(1)</script>"' + "x" * 500})
    page = look_up(maker)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "x" * 200 not in page


@pytest.mark.parametrize(
    "address",
    ["http://geo.example", "https://", "geo.example", "https://geo.example?key=1", "https://u:p@geo.example", "ftp://x",
     "https://geo.example/ x", "http://127.0.0.1.evil.example"],
)  # fmt: skip
def test_an_address_that_is_no_service_stops_the_start(address):
    with pytest.raises(ValueError, match="BUURT_GEOCODER"):
        config.read({"BUURT_GEOCODER": address}, {"secret": "x"})


@pytest.mark.parametrize(
    "address", ["https://geo.example", "https://geo.example:8443/nominatim/", "http://localhost:8080"]
)
def test_a_service_is_https_or_on_this_machine(address):
    assert config.read({"BUURT_GEOCODER": address}, {"secret": "x"}).geocoder == address


def test_a_player_looks_nothing_up(lombok, service):
    player = lombok.test_client()
    assert player.post("/w/lombok/join", data={"name": "Gele Schaar", "age": "adult"}).status_code == 303
    assert player.post(NEW, data={**TYPED, "address": "Kanaalstraat 1"}).status_code == 403
    assert service.asked == []
