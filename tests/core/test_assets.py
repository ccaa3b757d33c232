"""Static files: one sheet for all pages, addresses that change with the content, and small on their way."""

import gzip
import os
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import assets
from tests import make

ROOT = Path(__file__).parents[2]
ZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def visitor(app: Flask, clock) -> FlaskClient:
    with app.app_context():
        make.world()
    return app.test_client()


@pytest.fixture
def amina(visitor: FlaskClient) -> FlaskClient:
    phone = visitor.application.test_client()
    assert phone.post("/w/lombok/join", data={"name": "Rode Fiets", "age": "adult"}).status_code == 303
    return phone


def sheet_of(page: str) -> list[str]:
    return re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)


def test_a_page_asks_for_one_sheet_that_holds_them_all_in_their_order(visitor: FlaskClient):
    [address] = sheet_of(visitor.get("/w/lombok/").get_data(as_text=True))
    sheet = visitor.get(address)
    assert sheet.mimetype == "text/css"
    assert "immutable" in sheet.headers["Cache-Control"]
    starts = [
        sheet.text.index((ROOT / "static/css" / f"{name}.css").read_text()[:60].split("url(")[0])
        for name in assets.SHEETS
    ]
    assert starts == sorted(starts)
    assert len(starts) == len(set(assets.SHEETS))


def test_every_file_that_the_joined_sheet_points_at_is_there(visitor: FlaskClient):
    sheet = visitor.get("/static/css/site.css")
    pointed = re.findall(r"url\(([^)]+)\)", sheet.text)
    assert len(pointed) > 4
    assert [one for one in pointed if not (ROOT / "static/css" / one).resolve().is_file()] == []


def test_a_sheet_that_was_edited_shows_at_the_next_look(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "css").mkdir()
    sheet = tmp_path / "css" / "only.css"
    sheet.write_text("a{}")
    monkeypatch.setattr(assets, "SHEETS", ("only",))
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    with app.test_request_context():
        before = assets.url(assets.SITE)
        sheet.write_text("b{}")
        os.utime(sheet, ns=(1, 1))
        assert assets.url(assets.SITE) != before
    assert app.test_client().get("/static/css/site.css").text == "b{}"


@pytest.mark.parametrize("path", ["/static/css/site.css", "/static/js/near-me.js", "/static/icons/icons.svg"])
def test_a_file_travels_small_and_arrives_whole(visitor: FlaskClient, path: str):
    plain, small = visitor.get(path, buffered=True), visitor.get(path, headers=ZIP, buffered=True)
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2
    assert small.headers["ETag"] != plain.headers["ETag"]
    again = visitor.get(path, headers={**ZIP, "If-None-Match": small.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_a_file_is_a_part_of_the_file_itself(visitor: FlaskClient):
    answer = visitor.get("/static/icons/icons.svg", headers={**ZIP, "Range": "bytes=0-3"}, buffered=True)
    assert (answer.status_code, answer.data) == (206, b"<svg")
    assert "Content-Encoding" not in answer.headers


def test_a_font_is_left_alone(visitor: FlaskClient):
    font = next((ROOT / "static/vendor/fonts").glob("*.woff2")).name
    answer = visitor.get(f"/static/vendor/fonts/{font}", headers=ZIP, buffered=True)
    assert "Content-Encoding" not in answer.headers


def test_a_visitors_page_travels_small_also_in_a_language_of_choice(visitor: FlaskClient):
    for _ in range(2):
        answer = visitor.get("/w/lombok/", headers=ZIP)
        assert b"</html>" in gzip.decompress(answer.data)
        visitor.post("/language", data={"lang": "en", "back": "/"})


def test_the_page_of_somebody_we_know_never_does(amina: FlaskClient):
    for path in ("/w/lombok/", "/w/lombok/me", "/w/lombok/nowhere"):
        assert "Content-Encoding" not in amina.get(path, headers=ZIP).headers


def test_each_icon_is_drawn_once():
    names = re.findall(r'id="([^"]*)"', (ROOT / "static/icons/icons.svg").read_text("utf-8"))
    assert len(names) > 30
    assert sorted(names) == sorted(set(names))
