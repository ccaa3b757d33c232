"""Partners: a coordinator writes their pages, everybody reads them, and what is no safe address is refused."""

import pytest

from core.guard import Role
from tests.core.staff.test_pages import join, with_code
from tests.forms import fault, key_in

AT, KEPT = "/w/lombok/partners", "/w/lombok/staff/partners"
SAID = {"name": "Kantwonen", "about": "Verhuurt huizen.", "gives": "Een zaal.", "website": "https://kant.example/wij"}


@pytest.fixture
def keeper(app, here):
    device = join(app, Role.COORDINATOR)
    with_code(device)
    return device


def add(device, **more):
    return device.post(KEPT, data={**SAID, "client_key": key_in(device.get(KEPT).text), **more})


def test_everybody_reads_who_works_here_and_what_it_brings(app, keeper):
    assert add(keeper).status_code == 303
    visitor = app.test_client()
    assert "Kantwonen" in visitor.get(AT).text
    assert "Wie werkt hier mee" in visitor.get("/w/lombok/happening").text
    key = keeper.get(KEPT).text.split("/staff/partners/")[1][:26]
    page = visitor.get(f"{AT}/{key}").text
    assert "Een zaal." in page
    assert 'href="https://kant.example/wij" rel="noopener noreferrer"' in page
    assert keeper.post(f"{KEPT}/{key}", data={**SAID, "about": "Verhuurt geen huizen."}).status_code == 303
    assert "Verhuurt geen huizen." in visitor.get(f"{AT}/{key}").text
    assert keeper.post(f"{KEPT}/{key}/end").status_code == 303
    assert visitor.get(f"{AT}/{key}").status_code == 404
    assert "Wie werkt hier mee" not in visitor.get("/w/lombok/happening").text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://kant.example",
        "https://",
        "https://a@b.example",
        "https://[",
        "https://a b.c",
        "//k",
    ],
)
def test_an_address_that_is_not_https_to_a_host_is_refused_and_nothing_typed_is_lost(keeper, address):
    refused = add(keeper, website=address)
    assert refused.status_code == 422
    assert "https://" in fault(refused.text, "website")
    assert "Verhuurt huizen." in refused.text


def test_a_second_one_of_the_same_name_is_refused(keeper):
    add(keeper)
    refused = add(keeper, name="KANTWONEN")
    assert refused.status_code in (409, 422)
    assert "Er is al een partner" in fault(refused.text, "name")
