"""What is still to do: one thing comes next, with one button, and each step leads back to the list."""

import re

import pyotp
import pytest

from core import clock as now
from core.database import writing
from core.guard import Role
from core.neighbourhoods import queries
from core.setting_up.checklist import Item, Line, turn
from core.staff import service as staff
from tests import make

BASE = "/w/lombok/staff"
PLACE = {"name": "Oude pomp", "street": "Kade", "lat": "52.0941", "lon": "5.1049", "radius": "40"}


def line(have, wanted, enough=0, coming=0):
    return Line(Item("", wanted, lambda _here: have, enough=enough), have, coming)


def test_the_first_that_holds_up_the_rest_comes_next_and_then_what_is_still_wanted():
    places, hosts, editors = line(1, 3), line(0, 10, enough=1), line(0, 2, enough=1)
    assert turn([places, hosts, editors]) is places
    assert turn([line(3, 3), hosts, editors]) is hosts
    invited = line(0, 10, enough=1, coming=1)
    assert turn([line(3, 3), invited, editors]) is editors
    assert turn([line(3, 3), invited, line(2, 2)]) is invited
    assert turn([line(3, 3), line(10, 10)]) is None


@pytest.fixture
def lombok(app, clock):
    with app.app_context():
        make.world()
    return app


def joined(app, role):
    """A device of somebody with a role; with the second lock where it needs one."""
    with app.app_context(), writing():
        token = staff.invite(queries.by_slug("lombok").id, role, None, frozenset({Role.ADMIN}))
    device = app.test_client()
    form = {"token": token, "login": f"een {role}", "password": "negen natte schoenen", "name": "Gele Das"}
    assert device.post(f"{BASE}/invited", data=form | {"age": "adult"}).status_code == 303
    if role == Role.COORDINATOR:
        secret = re.search(r"<bdi[^>]*>([A-Z2-7]{32})</bdi>", device.get(f"{BASE}/code").text)[1]
        device.post(f"{BASE}/code", data={"code": pyotp.TOTP(secret).at(now.now())})
    return device


def next_on(device):
    """Where the one button of the list leads."""
    actions = device.get(f"{BASE}/checklist").text.partition('class="buurt-actions"')[2]
    return re.findall(r'<a [^>]*href="([^"]+)"', actions)


def test_a_place_made_from_the_list_leads_back_to_it_and_one_made_elsewhere_to_the_places(lombok):
    laptop = joined(lombok, Role.COORDINATOR)
    assert next_on(laptop) == [f"{BASE}/spots/new?then=checklist"]
    assert 'name="then" value="checklist"' in laptop.get(f"{BASE}/spots/new?then=checklist").text
    assert laptop.post(f"{BASE}/spots/new", data=PLACE | {"then": "checklist"}).location == f"{BASE}/checklist#said"
    assert laptop.post(f"{BASE}/spots/new", data=PLACE).location == f"{BASE}/spots#said"
    assert laptop.post(f"{BASE}/spots/new", data=PLACE | {"then": "//evil.example"}).location == f"{BASE}/spots#said"


def test_step_by_step_the_button_leads_through_all_and_each_step_leads_back(lombok):
    laptop = joined(lombok, Role.COORDINATOR)
    for number in range(3):
        laptop.post(f"{BASE}/spots/new", data=PLACE | {"name": f"Pomp {number}"})
    assert next_on(laptop) == [f"{BASE}/pack"]
    assert laptop.post(f"{BASE}/pack").location == f"{BASE}/checklist#said"
    for role in ("host", "editor"):
        assert next_on(laptop) == [f"{BASE}/invite?role={role}"]
        asked = laptop.get(f"{BASE}/invite?role={role}").text
        assert f'type="hidden" name="role" value="{role}"' in asked
        assert 'type="radio"' not in asked
        assert f'href="{BASE}/checklist"' in laptop.post(f"{BASE}/invite", data={"role": role}).text
    assert laptop.get(f"{BASE}/checklist").text.count("1 uitgenodigd") == 2
    assert next_on(laptop) == ["/w/lombok/print/"]
    laptop.post("/w/lombok/print/plates")
    assert next_on(laptop) == [f"{BASE}/invite?role=host"]  # ten are wanted, in the end


def test_a_role_that_one_may_not_give_is_not_chosen_beforehand(lombok):
    page = joined(lombok, Role.COORDINATOR).get(f"{BASE}/invite?role=coordinator").text
    assert 'type="radio"' in page
    assert 'type="hidden" name="role"' not in page


def test_a_host_sees_how_far_it_is_and_no_link_that_would_refuse(lombok):
    host = joined(lombok, Role.HOST)
    assert next_on(host) == []
    main = host.get(f"{BASE}/checklist").text.partition("<main")[2].partition("</main>")[0]
    assert "<a " not in main
