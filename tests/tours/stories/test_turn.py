"""Whose turn it is: a teller sees above every page that their story waits, with an account or an open receipt."""

import pytest

from core.guard import Role
from tests.core.staff.test_pages import join
from tests.tours.stories.test_pages import AT, code_on, decide, key_of, lombok, say_yes, tell

__all__ = ["lombok"]  # a fixture
pytestmark = pytest.mark.both
HOME, WAITS = "/w/lombok/", "Je verhaal wacht op jouw ja"


def test_a_visitor_reads_it_on_every_page_from_the_editors_yes_until_their_own(lombok):
    teller, reader = lombok.test_client(), lombok.test_client()
    tell(teller)
    key = key_of(lombok)
    assert WAITS not in teller.get(HOME).text, "first an editor reads it"
    decide(lombok)
    assert teller.get(HOME).text.count(WAITS) == 2, "the strip and the card of home"
    assert WAITS in teller.get(f"{AT}").text
    assert f"{AT}/mine/{key}" in teller.get(f"{AT}").text
    assert WAITS not in teller.get(f"{AT}/mine/{key}/yes").text, "not on the page where it is said"
    assert WAITS not in reader.get(HOME).text
    say_yes(teller, key)
    assert WAITS not in teller.get(HOME).text


def test_a_receipt_says_it_on_another_device_and_no_longer_once_it_is_closed(lombok):
    code = code_on(tell(lombok.test_client()))
    decide(lombok)
    other = lombok.test_client()
    assert WAITS not in other.get(HOME).text
    other.post("/w/lombok/receipt", data={"code": code})
    assert WAITS in other.get(HOME).text
    other.post("/w/lombok/receipt/close")
    assert WAITS not in other.get(HOME).text


def test_with_an_account_it_stands_on_ik_too_and_a_story_taken_away_waits_for_nobody(lombok):
    teller = join(lombok, Role.EDITOR)
    tell(teller)
    assert "Verhalen die je vertelde" in teller.get("/w/lombok/me").text
    decide(lombok)
    assert WAITS in teller.get("/w/lombok/me").text
    teller.post(f"{AT}/mine/{key_of(lombok)}/withdraw")
    assert WAITS not in teller.get("/w/lombok/me").text
