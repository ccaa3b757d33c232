"""What a password costs to guess: argon2id as whoever signs in meets it, not at the cost of the other tests."""

import importlib.util

import pytest
from argon2 import Type, extract_parameters

from core.refusal import Refusal
from core.staff import passwords


def test_a_password_costs_at_least_what_owasp_asks():
    spec = importlib.util.find_spec(passwords.__name__)
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    cost = extract_parameters(fresh.hashed("negen natte schoenen"))
    assert cost.type is Type.ID
    assert cost.memory_cost >= 19 * 1024  # KiB
    assert cost.time_cost >= 2
    assert fresh.fits("negen natte schoenen", fresh.hashed("negen natte schoenen"))


OWN = ("amina", "Rode Laars", "Lombok Oost")
EASY = (
    "Buurtspoor2025", "Wachtwoord123!", "W@chtw00rd2025", "Welkom01Welkom01", "Utrecht2025!!", "Zomer2025Zomer",
    "passwordpassword", "qwertyuiop123", "123456789012", "aaaaaaaaaaaa", "HuisVanDeWijk1", "Ajax-Amsterdam1",
    "Feyenoord1908!", "hallohallo123", "amina-lombok-1", "RodeLaars2025", "lomboklombok", "LombokOost2026!",
    "letmein12345", "iloveyou2025!",
)  # fmt: skip
GOOD = (
    "negen natte schoenen",
    "mijn hond heet bello",
    "ik woon hier graag",
    "de kat zit op de mat",
    "x" + "ab cd ef gh " * 16,
)


@pytest.mark.parametrize("password", EASY)
def test_what_many_use_or_whoever_knows_them_would_try_is_refused_and_says_what_to_do(password):
    with pytest.raises(Refusal) as no:
        passwords.hashed(password, *OWN)
    assert "three or four words" in str(no.value.sentence)


@pytest.mark.parametrize("password", GOOD)
def test_sentences_are_welcome_and_nothing_of_them_is_cut_off(password):
    known = passwords.hashed(password, *OWN)
    assert passwords.fits(password, known)
    assert not passwords.fits(password[:-1], known)
