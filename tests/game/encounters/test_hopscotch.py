"""Where the two stand side by side, who reads is "jij" and the other has a name: also on a phone handed over."""

import re

import pytest
from flask.testing import FlaskClient

from tests.game.encounters.test_pages import hand_in, joined, letters, lombok

__all__ = ["lombok"]
pytestmark = pytest.mark.both
TILE = re.compile(r'buurt-hop__name">(.*?)(?:<span|</span>)')
FACE = re.compile(r"buurt-face--letter[^>]*>(.*?)</span>")


def tiles(phone: FlaskClient, address: str) -> list[str]:
    """What the double tile says, the reader's half first, on a page that this phone gets to."""
    return [re.sub("<.*?>", "", half) for half in TILE.findall(page(phone, address))]


def page(phone: FlaskClient, address: str) -> str:
    answer = phone.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_who_reads_is_you_on_every_page_of_a_meeting(lombok):
    amina, bram = joined(lombok, "Rode Fiets"), joined(lombok, "Groene Fiets")
    for alone in ("/w/lombok/together/bench", "/w/lombok/challenges/bench"):
        assert tiles(amina, alone) == ["jij", "de ander"]
    address = hand_in(amina).headers["Location"]
    assert tiles(amina, address) == ["jij", "de ander"]
    assert tiles(bram, f"/e/{letters(lombok, amina, address)}") == ["jij", "Fiets"]
    bram.post(f"/e/{letters(lombok, amina, address)}/yes")
    assert tiles(amina, address) == tiles(bram, address) == ["jij", "Fiets"]
    assert FACE.findall(page(amina, address)) == ["jij", "G"]
    assert FACE.findall(page(bram, address)) == ["jij", "R"]


def test_on_a_phone_that_is_handed_over_who_holds_it_is_you(lombok):
    amina = joined(lombok, "Rode Fiets")
    address = hand_in(amina).headers["Location"]
    assert tiles(amina, f"{address}/here") == ["jij", "de ander"]
    amina.post(f"{address}/here", data={"name": "Oude Eik", "age": "adult"})
    assert tiles(amina, f"{address}/here/answer") == ["jij", "Fiets"]  # Oude Eik reads it
    assert tiles(amina, address) == ["jij", "Eik"]  # and here Rode Fiets does, who waits
    assert FACE.findall(page(amina, address)) == ["jij", "O"]
