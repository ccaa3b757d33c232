"""Who asks, as limits count it: however a server or a proxy writes an address, and nonsense is no fault of ours."""

import pytest
from flask import Flask

from core.security import address, wider_address

HOUSEHOLD, CUSTOMER = "2001:db8:1:2::/64", "2001:db8:1::/48"


@pytest.mark.parametrize(
    ("written", "narrow", "wide"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:51234", "192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:51234", "192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", HOUSEHOLD, CUSTOMER),
        ("2001:DB8:1:2::9", HOUSEHOLD, CUSTOMER),
        ("[2001:db8:1:2::9]", HOUSEHOLD, CUSTOMER),
        ("[2001:db8:1:2::9]:443", HOUSEHOLD, CUSTOMER),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
    ],
)
def test_an_address_counts_as_one_however_it_is_written(app: Flask, written: str, narrow: str, wide: str):
    with app.test_request_context(environ_base={"REMOTE_ADDR": written}):
        assert (address(), wider_address()) == (narrow, wide)


@pytest.mark.parametrize("written", ["", "unknown", "_hidden", "1.2.3", "::ffff:1.2.3.4.5", "[", "a:b:c", "1.2.3.4, x"])
def test_nonsense_counts_as_one_too(app: Flask, written: str):
    with app.test_request_context(environ_base={"REMOTE_ADDR": written}):
        assert address() == wider_address() == "unknown"
