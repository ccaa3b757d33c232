"""The languages that a neighbourhood speaks: on its switch, in its order, and of what the site has."""

import re
from dataclasses import replace

import pytest

from core.database import db, writing
from core.neighbourhoods import queries
from tests import make
from tests.core.setting_up.test_new import files, new

__all__ = ["files"]  # the fixture


@pytest.fixture
def polyglot(app, monkeypatch):
    """The site with a third language."""
    monkeypatch.setitem(app.config, "BUURT", replace(app.config["BUURT"], languages="nl,en,yi"))
    return app


def speaking(app, *languages, slug="lombok"):
    with app.app_context(), writing():
        make.neighbourhood(slug).languages = list(languages) or None
    return f"/w/{slug}/"


def lang(client, path, accept=""):
    return re.search(r'<html lang="([\w-]+)"', client.get(path, headers={"Accept-Language": accept}).text)[1]


def switch(client, path):
    return re.findall(r'<button name="lang" value="(\w+)"', client.get(path).text)


def test_the_switch_offers_what_the_neighbourhood_speaks_in_its_order(polyglot, client):
    assert switch(client, speaking(polyglot, "en", "nl")) == ["en", "nl"]
    assert switch(client, speaking(polyglot, "nl", slug="zuilen")) == ["nl"]
    assert switch(client, speaking(polyglot, slug="hoograven")) == ["nl", "en", "yi"]  # never said: all there is
    assert switch(client, "/") == ["nl", "en", "yi"]


@pytest.mark.parametrize(
    ("accept", "read"), [("", "en"), ("tr, ar", "en"), ("nl", "nl"), ("nl-BE", "nl"), ("tr, nl;q=0.5", "nl")]
)
def test_the_first_is_for_who_asks_for_none_of_them(polyglot, client, accept, read):
    assert lang(client, speaking(polyglot, "en", "nl"), accept) == read


def test_a_choice_holds_where_it_is_spoken_and_is_not_lost_elsewhere(polyglot, client):
    both, dutch = speaking(polyglot, "nl", "en"), speaking(polyglot, "nl", slug="zuilen")
    assert client.post("/language", data={"lang": "en", "back": both}).location == both
    assert [lang(client, page, "nl") for page in (both, dutch, both)] == ["en", "nl", "en"]
    assert lang(client, "/w/nergens/") == "en"  # where there is no neighbourhood, the site's


def test_a_language_that_the_site_no_longer_has_is_not_offered(polyglot, client, monkeypatch):
    here = speaking(polyglot, "yi", "en")
    assert switch(client, here) == ["yi", "en"]
    monkeypatch.setitem(polyglot.config, "BUURT", replace(polyglot.config["BUURT"], languages="nl,en"))
    assert switch(client, here) == ["en"]
    only = speaking(polyglot, "yi", slug="zuilen")
    assert switch(client, only) == ["nl", "en"]


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ((), None),
        (("--language", "nl"), ["nl"]),
        (("--language", "en", "--language", "nl", "--language", "en"), ["en", "nl"]),
    ],
)
def test_the_command_keeps_the_languages_in_their_order(app, files, more, kept):
    assert new(app, files, *more).exit_code == 0
    with app.app_context():
        assert queries.by_slug("lombok").languages == kept


@pytest.mark.parametrize("unknown", ["tr", "yi", "NL", "nl,en", "", "xx-YY"])
def test_an_unknown_language_is_refused_with_those_there_are(app, files, unknown):
    answer = new(app, files, "--language", "nl", "--language", unknown)
    assert answer.exit_code == 2
    assert "there is nl, en" in answer.output
    with app.app_context():
        assert queries.everyone() == []


@pytest.mark.both
def test_languages_come_back_from_the_database_as_they_went_in(inside):
    with writing():
        make.neighbourhood().languages = ["en", "nl"]
        make.neighbourhood("zuilen")
    db.session.expire_all()
    assert [queries.by_slug(slug).languages for slug in ("lombok", "zuilen")] == [["en", "nl"], None]
