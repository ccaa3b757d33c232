"""What a password costs to guess: argon2id as whoever signs in meets it, not at the cost of the other tests."""

import importlib.util

from argon2 import Type, extract_parameters

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
