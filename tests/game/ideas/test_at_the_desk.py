"""An idea said at the desk or written on a card, and what comes of ideas: challenges, themes."""

import re

import pytest
from sqlalchemy import select

from core.audit.models import AuditEntry
from core.contributions.models import Contribution
from core.database import db, writing
from core.guard import Role
from game.ideas.course import ADOPTED
from game.ideas.models import Idea
from tests import make
from tests.core.proposals.test_pages import phone_of
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in, words
from tests.game.ideas.test_ideas import AT, FORM, MINE, answer, desk_says, editor, send
from tests.tours.stories.test_pages import code_on

pytestmark = pytest.mark.both
ENTER = "/w/lombok/staff/ideas/new"


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        here, _season = make.world()
        with writing():
            db.session.add(make.spot(here))
    return app


def host(app):
    return join(app, Role.HOST, "joke", "Vroege Merel")


def enter(device, **change):
    key = key_in(device.get(ENTER).text)
    return device.post(ENTER, data={**FORM, "channel": "paper", "client_key": key, **change})


def test_a_host_types_a_card_in_and_who_wrote_it_has_the_receipt(lombok):
    device = host(lombok)
    page = enter(device)
    assert page.status_code == 200
    assert not any("receipt=" in cookie for cookie in page.headers.getlist("Set-Cookie")), "it is not the host's"
    key = desk_says(lombok)
    assert "op papier" in words(lombok.test_client().get(f"{AT}/{key}").text)
    sender = lombok.test_client()
    sender.post("/w/lombok/receipt", data={"code": code_on(page)})
    assert "Een ruiltafel" in sender.get(MINE).text
    assert sender.post(f"{MINE}/{key}/withdraw").status_code == 303
    assert sender.get(f"{AT}/{key}").status_code == 404
    with lombok.app_context():
        assert db.session.scalars(select(AuditEntry.action).where(AuditEntry.about == key)).all() == ["idea.enter"]


def test_sent_twice_it_is_one_and_refused_it_keeps_what_was_typed(lombok):
    device = host(lombok)
    sent = {**FORM, "channel": "desk", "client_key": "k" * 26}
    assert device.post(ENTER, data=sent).status_code == 200
    assert device.post(ENTER, data=sent).status_code == 303
    with lombok.app_context():
        assert len(db.session.scalars(select(Contribution)).all()) == 1
    refused = enter(device, channel="", title="Een bank")
    assert "Kies hoe" in fault(refused.text, "channel")
    assert "Een bank" in refused.text


def test_a_player_and_a_maker_type_in_nothing_for_others(lombok):
    for device in (phone_of(lombok, "Blauwe Reiger"), join(lombok, Role.MAKER, "vlugge", "Vlugge Tak")):
        assert device.get(ENTER).status_code == 403
        assert device.post(ENTER, data={**FORM, "channel": "desk"}).status_code == 403


def test_the_cards_lead_to_the_form_in_a_code_of_at_least_thirty_millimetres(lombok):
    page = host(lombok).get("/w/lombok/staff/ideas/cards").text
    assert page.count('class="buurt-ideacard"') == 4
    with open("static/css/components/ideacards.css", encoding="utf-8") as style:
        assert int(re.search(r"__qr svg .*inline-size: (\d+)mm", style.read())[1]) >= 30
    assert "/w/lombok/me/ideas/new" in page


def test_an_adopted_challenge_is_one_button_from_a_form_with_who_thought_it_up(lombok):
    send(lombok.test_client(), sort="challenge", title="Wissel van bank", words="Ga eens op die van een ander.")
    key = desk_says(lombok)
    maker = join(lombok, Role.MAKER, "vlugge", "Vlugge Tak")
    assert "staff/challenges/new" not in maker.get(f"{AT}/{key}").text
    answer(editor(lombok), key, ADOPTED, "Leuk.")
    assert "staff/challenges/new" not in phone_of(lombok, "Blauwe Reiger").get(f"{AT}/{key}").text
    link = re.search(r'href="(/w/lombok/staff/challenges/new[^"]*)"', maker.get(f"{AT}/{key}").text)[1]
    kinds = maker.get(link.replace("&amp;", "&")).text
    form = maker.get(re.search(r'href="([^"]*kind=together[^"]*)"', kinds)[1].replace("&amp;", "&")).text
    for said in ("Wissel van bank", "Ga eens op die van een ander.", "Truus", 'value="bank" lang="nl" selected'):
        assert said in " ".join(form.split()), said


def test_an_adopted_theme_stands_where_a_season_is_made(lombok):
    send(lombok.test_client(), sort="theme", title="De winkels van toen")
    key = desk_says(lombok)
    answer(editor(lombok), key, ADOPTED, "Mooi thema.")
    lead = join(lombok, Role.COORDINATOR, "lena", "Rode Laars")
    with_code(lead)
    assert "De winkels van toen" in lead.get("/w/lombok/staff/season").text


def test_a_link_types_a_title_in(lombok):
    page = lombok.test_client().get(f"{MINE}/new?title=Tel+de+bomen&spot=bank").text
    assert 'value="Tel de bomen"' in page
    assert re.search(r'value="bank"[^>]* selected', page)


def test_how_it_came_in_stands_with_the_idea(lombok):
    device = host(lombok)
    for channel in ("desk", "paper"):
        enter(device, channel=channel, title=f"Een idee, {channel}")
        desk_says(lombok)
    send(lombok.test_client())
    desk_says(lombok)
    with lombok.app_context():
        assert db.session.scalars(select(Idea.channel).order_by(Idea.id)).all() == ["desk", "paper", "phone"]
