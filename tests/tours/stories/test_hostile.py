"""Whatever is put in any field of any form around stories: an answer with a sentence, kept whole or not at all, inert.

tests/core/test_every_form.py sends each form as people do; here each field gets what nobody means well with.
"""

from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core.consent.models import Consent
from core.contributions.models import Approval, Contribution, Version
from core.database import db, writing
from core.guard import Role
from core.media.models import Media
from core.people.models import Person
from tests.core import objects
from tests.core.objects import Builder, Reach
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.sheets import Sheet, sheets
from tests.tours.stories.test_pages import AT, lombok
from tours.stories.models import Prompt, Reaction, Story, Telling
from tours.stories.models_rights import Evidence, Pause

__all__ = ["lombok"]  # a fixture
pytestmark = pytest.mark.both
ME, ME_TOO = "Blauwe Reiger", "Warme Sjaal"
URLENCODED = "application/x-www-form-urlencoded"
TEXTS: dict[str, str | bytes] = {
    "script": "<script>window.owned=1</script><img src=x onerror=window.owned=1><svg/onload=window.owned=1>",
    "out of an attribute": "\"'><script>window.owned=1</script><b onmouseover=window.owned=1 x='",
    "links": '[x](javascript:window.owned=1) <javascript:window.owned=1> ![x](x "onerror=window.owned=1")',
    "a template": "{{ 7*7 }}{% raw %}${7*7}%(x)s%s {0.__class__}",
    "a database": "'; DROP TABLE story; -- \\' OR 1=1",
    "right to left": "\u202everkeerd\u202c \u2066<b>\u2069 \u200b\u200d\ufeff\u0000".replace("\u0000", ""),
    "signs on signs": "Z" + "\u0337\u0327" * 40 + " 👩‍👩‍👧‍👧\U0010ffff\uffff",
    "too long": "w" * 9000,
    "a NUL": "a\0b",
    "half a sign": b"\xed\xa0\x80 \xed\xbf\xbf \xff\xfe \xc0\xaf",
    "a large number": "99999999999999999999",
    "no number": "NaN",
    "a number of endless length": "1e308",
    "a number below": "-1",
    "another script's number": "٣",
    "a path": "../../../../etc/passwd",
    "JSON": '{"$ne": [null, {"a": "b"}]}',
    "signs of control": "a\r\nSet-Cookie: owned=1\x07\x1b[2J\x7f\x85\u2028",
}
HARSH = ("too long", "half a sign")  # in each field by itself
ALL = ("script", "a large number", "signs of control")  # in what nobody types too
KEPT = (Contribution, Version, Approval, Consent, Media, Story, Telling, Reaction, Prompt, Pause, Evidence)


class Form(NamedTuple):
    """A form: whose device it is sent from, what it is about, and the page on which it stands."""

    who: str
    thing: Builder | None
    page: str


MINE = f"{AT}/mine/{{key}}"
FORMS = {
    "stories.do_write": Form("player", None, f"{AT}/tell/write?way=paper"),
    "stories.do_change": Form("player", objects.waiting_story, f"{MINE}/change"),
    "stories.appeal": Form("player", objects.sent_back_story, MINE),
    "stories.do_review": Form("player", objects.signed_story, f"{MINE}/yes"),
    "stories.do_uses": Form("player", objects.shown_story, f"{MINE}/uses"),
    "stories.name": Form("player", objects.shown_story, MINE),
    "stories.withdraw": Form("player", objects.shown_story, f"{MINE}/withdraw"),
    "stories.do_type_out": Form("player", objects.spoken_story, f"{MINE}/transcript"),
    "stories.do_edit": Form("editor", objects.waiting_story, f"{AT}/edit/{{key}}"),
    "stories.guard_yes": Form("player", objects.guarded_story, f"{AT}/cares/{{key}}"),
    "stories.guard_wish": Form("player", objects.guarded_story, f"{AT}/cares/{{key}}"),
    "stories.guard_end": Form("player", objects.cared_for_story, f"{AT}/cares/{{key}}"),
    "stories.guard_no": Form("player", objects.guarded_story, f"{AT}/cares/{{key}}/no"),
    "stories.pupil_yes": Form("player", objects.pupils_waiting, f"{AT}/pupils/{{key}}"),
    "stories.pupil_no": Form("player", objects.pupils_waiting, f"{AT}/pupils/{{key}}/no"),
    "stories.do_paper": Form("host", objects.paper_story, f"{AT}/paper/{{key}}"),
    "stories.do_rest": Form("editor", objects.restless_story, f"{AT}/rest/{{key}}"),
    "stories.go_on": Form("editor", objects.resting_story, f"{AT}/rest/{{key}}"),
    "reactions.do_propose": Form("player", objects.shown_story, "/w/lombok/me/memories/new?story={key}"),
    "reactions.do_again": Form("player", objects.waiting_memory, "/w/lombok/me/memories/{key}"),
    "reactions.name": Form("player", objects.shown_memory, "/w/lombok/me/memories"),
    "reactions.withdraw": Form("player", objects.waiting_memory, "/w/lombok/me/memories"),
    "prompts.do_propose": Form("player", None, "/w/lombok/me/questions/new"),
    "prompts.do_again": Form("player", objects.waiting_question, "/w/lombok/me/questions/{key}"),
    "prompts.name": Form("player", objects.shown_question, "/w/lombok/me/questions"),
    "prompts.withdraw": Form("player", objects.waiting_question, "/w/lombok/me/questions"),
}
SOUND = {"stories.begin_sound", "stories.add_sound", "stories.finish_sound"}
SHOWS = {  # where what was kept is read
    "player": ("/stories", "/stories/mine", "/stories/questions", "/stories?q=owned", "/me/memories", "/me/questions"),
    "editor": ("/desk/", "/stories"),
    "host": ("/stories/paper", "/stories", "/receipt/lost"),
}


def device_of(app: Flask, who: str) -> FlaskClient:
    """The device of the teller, an editor or a host."""
    if who == "player":
        return phone_of(app, ME)
    device = join(app, Role(who), login=who, name="Gele Jas")
    with_code(device)
    return device


def made(app: Flask, form: Form) -> Reach:
    """A thing of the teller, new each time."""
    if form.thing is None:
        return {}, {}
    with app.app_context(), app.test_request_context("/w/lombok/"), writing():
        one, other = (
            db.session.scalars(select(Person).where(Person.name == name)).unique().one() for name in (ME, ME_TOO)
        )
        reach = form.thing(one, other)
        for handed_in in db.session.scalars(select(Contribution)):
            handed_in.sent_at -= timedelta(days=1)  # five a day is the most
        return reach


def sheet_of(app: Flask, device: FlaskClient, endpoint: str, form: Form) -> tuple[Sheet, Reach]:
    """The form as its page has it now."""
    reach, bound = made(app, form), app.url_map.bind("localhost")
    page = device.get(form.page.format(**reach[0]))
    assert page.status_code == 200, (endpoint, page.status_code)
    found = [one for one in sheets(page.text) if bound.match(one.action, method="POST")[0] == endpoint]
    return next((one for one in found if reach[0].get("key", "") in one.action), found[0]), reach


def kept() -> list[tuple]:
    db.session.rollback()
    return [tuple(row) for model in KEPT for row in db.session.execute(select(model.__table__))]


def send(device: FlaskClient, sheet: Sheet, said: dict[str, str | bytes]):
    body = urlencode({name: value for name, value in said.items() if isinstance(value, str | bytes)})
    return device.post(sheet.action, data=body.encode(), content_type=URLENCODED)


def tries(sheet: Sheet, good: dict[str, str]) -> Iterator[tuple[str, dict[str, str | bytes]]]:
    """Each text in all fields at once, and the harshest in each field alone."""
    names = dict.fromkeys(blank.name for blank in sheet.blanks if blank.name)
    for name, text in TEXTS.items():
        if name in ALL:
            yield f"everywhere: {name}", dict.fromkeys(names, text)
        if sheet.typed:
            yield f"where one types: {name}", {**good, **{blank.name: text for blank in sheet.typed}}
    for field in names:
        for name in HARSH:
            yield f"{field}: {name}", {**good, field: TEXTS[name]}


def wrong_with(app: Flask, device: FlaskClient, endpoint: str, form: Form) -> tuple[list[str], int]:
    """What is wrong with the answers of one form, and how many those were."""
    sheet, reach = sheet_of(app, device, endpoint, form)
    found, many = [], 0
    for what, said in list(tries(sheet, sheet.filled(reach[1]))):
        with app.app_context():
            before = kept()
        answer = send(device, sheet, said)
        many += 1
        with app.app_context():
            changed = kept() != before
        if answer.status_code >= 500:
            found.append(f"{endpoint}: {what}: {answer.status_code}")
        if answer.status_code >= 400 and changed:
            found.append(f"{endpoint}: {what}: refused with {answer.status_code}, and something was kept")
        found += [f"{endpoint}: {what}: {one}" for one in live(answer.text)]
        if changed or answer.status_code == 404:
            sheet, reach = sheet_of(app, device, endpoint, form)
    return found, many


class _Live(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.is_script = tag == "script" and "src" not in told
        self.found += [f"<{tag} {name}>" for name in told if name.startswith("on")]
        self.found += [f"<{tag}> to {value[:40]}" for name, value in told.items()
                       if name in {"href", "src", "action", "formaction"} and "script:" in value.lower()]  # fmt: skip

    def handle_data(self, data: str) -> None:
        if self.is_script and "owned" in data:
            self.found.append("a script of theirs")

    def handle_endtag(self, tag: str) -> None:
        self.is_script = False


def live(page: str) -> list[str]:
    """What of a page would run as a script."""
    read = _Live()
    read.feed(page)
    return read.found


def test_every_form_of_stories_is_among_them(app: Flask):
    takes = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    assert {one for one in takes if one.split(".")[0] in {"stories", "reactions", "prompts"}} == {*FORMS, *SOUND}


@pytest.mark.parametrize("endpoint", FORMS)
def test_no_field_of_a_form_breaks_runs_or_keeps_half(lombok, endpoint):
    form = FORMS[endpoint]
    device = device_of(lombok, form.who)
    wrong, many = wrong_with(lombok, device, endpoint, form)
    for path in SHOWS[form.who]:
        page = device.get(f"/w/lombok{path}")
        wrong += [f"{path}: {one}" for one in live(page.text)]
        assert page.status_code == 200, path
    print(f"{endpoint}: {many} answers")
    assert wrong == []


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_file_for_a_text_a_text_for_a_file_and_a_field_twice_break_nothing(lombok, endpoint):
    form = FORMS[endpoint]
    device = device_of(lombok, form.who)
    sheet, reach = sheet_of(lombok, device, endpoint, form)
    names, good = dict.fromkeys(blank.name for blank in sheet.blanks if blank.name), sheet.filled(reach[1])
    lines = [f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="a\\"b;../c.txt"\r\n\r\n{good.get(name)}'
             for name in names]  # fmt: skip
    files = ("\r\n".join([*lines, "--x--", ""]).encode(), "multipart/form-data; boundary=x")
    twice = ("&".join(f"{quote(name)}={text}" for name in names for text in ("%3Cb%3E", "1")).encode(), URLENCODED)
    for body, kind in (files, twice, (b"--x\r\nContent-Disp", "multipart/form-data; boundary=x"),
                       (b'{"words": {}}', "application/json"), (b"%%%=&&&=%zz", URLENCODED)):  # fmt: skip
        answer = device.post(sheet.action, data=body, content_type=kind)
        assert answer.status_code < 500, (endpoint, kind, body[:60])
        assert live(answer.text) == []
        answer.close()


@pytest.mark.parametrize("text", TEXTS)
def test_no_question_in_an_address_breaks_a_page_or_runs(lombok, text):
    reader, said = lombok.test_client(), quote(TEXTS[text], safe="")
    names = ("q", "page", "period", "theme", "lang", "zone", "spot", "heard", "before", "use", "prompt", "memory",
             "way", "speaks", "story", "key")  # fmt: skip
    for path in (AT, f"{AT}/tell", f"{AT}/tell/write", f"{AT}/revocations.json", f"{AT}/questions",
                 "/w/lombok/me/questions/new", "/w/lombok/me/memories/new"):  # fmt: skip
        for asked in (*((name,) for name in names if text in HARSH), names):
            answer = reader.get(f"{path}?{'&'.join(f'{name}={said}' for name in asked)}")
            assert answer.status_code < 500, (path, asked)
            assert live(answer.text) == [], (path, asked)
    for path in (f"/{said}", f"/mine/{said}", f"/edit/{said}", f"/{said}/frame", f"/questions/{said}"):
        assert reader.get(f"{AT}{path}").status_code in {303, 308, 400, 404}, path


@pytest.mark.parametrize("text", TEXTS)
def test_no_piece_of_a_voice_and_no_key_of_one_breaks_anything(lombok, text):
    phone, said = lombok.test_client(), TEXTS[text]
    body = said.encode() if isinstance(said, str) else said
    assert (
        phone.post(f"{AT}/sound", data=urlencode({"instead": said}).encode(), content_type=URLENCODED).status_code < 500
    )
    key = phone.post(f"{AT}/sound").json["key"]
    for path in (f"{key}/99999999999999999999999", f"{key}/0", f"{quote(said)}/0", f"{quote(said)}/finish"):
        assert phone.post(f"{AT}/sound/{path}", data=body).status_code < 500, path
    finished = phone.post(
        f"{AT}/sound/{key}/finish", data=urlencode({"sha256": said}).encode(), content_type=URLENCODED
    )
    assert finished.status_code in {400, 415, 422}
