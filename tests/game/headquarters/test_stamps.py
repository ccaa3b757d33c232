"""A stamp card: what two do together, this week's first, as many as a sheet holds."""

from core import clock as time
from core.database import db, writing
from core.guard import Role
from core.people.models import Person
from game.challenges.models import ChosenWeek
from game.headquarters.views import STAMPS
from tests import make


def test_a_stamp_card_has_the_weeks_challenge_first_and_no_more_than_fit(client, here, amina):
    with writing():
        make.as_staff(client, db.session.get_one(Person, amina.id), Role.HOST)
        for number in range(STAMPS):
            made = make.challenge(here)
            made.texts = {"nl": {**make.TEXTS["nl"], "title": f"Samen {number}"}}
        make.challenge(here, kind="find").texts = {"nl": {**make.TEXTS["nl"], "title": "Zoek het alleen"}}
        db.session.add(ChosenWeek(neighbourhood_id=here.id, challenge_id=made.id, week=time.week_of(time.today())))
    sheet = client.get("/w/lombok/host/stamps").text
    assert sheet.count("buurt-stamps__place") == STAMPS
    assert 0 < sheet.index(f"Samen {STAMPS - 1}") < sheet.index("Trek dezelfde kleur aan")
    assert "Zoek het alleen" not in sheet
