"""Who may do what, against a second table kept by hand from docs/rules.md §3."""

import pytest

from core import guard

VISITOR, PLAYER = "visitor", "player"
BOTH = {VISITOR, PLAYER}
BY_HAND = {
    "static": BOTH,
    "pages.front": BOTH,
    "pages.home": BOTH,
    "pages.privacy": BOTH,
    "pages.language": BOTH,
    "pages.healthz": BOTH,
    "pages.readyz": BOTH,
    "people.join": BOTH,
    "people.do_join": BOTH,
    "people.me": {PLAYER},
    "people.rename": {PLAYER},
    "people.zone": {PLAYER},
    "people.leave": {PLAYER},
    "people.do_leave": BOTH,
    "demo.enter": BOTH,
    "demo.do_enter": BOTH,
    "challenges.index": BOTH,
    "challenges.show": BOTH,
    "scoring.thermometer": BOTH,
    "encounters.together": {PLAYER},
    "encounters.hand_in": {PLAYER},
    "encounters.do_hand_in": {PLAYER},
    "encounters.scan": BOTH,
    "encounters.enter": BOTH,
    "encounters.show": BOTH,  # with the code, or as one of the two
    "encounters.state": BOTH,
    "encounters.photo": BOTH,
    "encounters.join": BOTH,
    "encounters.yes": {PLAYER},
    "encounters.no": {PLAYER},
    "encounters.allow": {PLAYER},
    "encounters.take_back": {PLAYER},
    "encounters.new_code": {PLAYER},
    "encounters.here": {PLAYER},
    "encounters.do_here": {PLAYER},
    "encounters.answer_here": {PLAYER},
    "encounters.withdraw": {PLAYER},
    "encounters.waiting": {PLAYER},
    "encounters.album": {PLAYER},
}


def test_the_table_as_built_is_the_table_as_kept_by_hand(site):
    built = {endpoint: set(roles.split()) & BOTH for endpoint, _methods, _right, roles in guard.rows(site)}
    assert built == BY_HAND


def test_a_crew_and_an_admin_have_no_encounters(site):
    for endpoint, _methods, _right, roles in guard.rows(site):
        if endpoint.startswith("encounters."):
            assert not {"crew", "admin"} & set(roles.split())


@pytest.mark.parametrize("endpoint", sorted(name for name, roles in BY_HAND.items() if VISITOR not in roles))
def test_a_visitor_is_sent_to_join_or_refused(app, client, endpoint):
    from tests import make

    with app.app_context():
        make.world()
    for rule in app.url_map.iter_rules(endpoint):
        values = {"slug": "lombok", "challenge": "bench", "ref": "a" * 26, "photo": "b" * 26}
        address = rule.build({name: values[name] for name in rule.arguments})[1]
        if "GET" in rule.methods:
            answer = client.get(address)
            assert answer.status_code == (303 if address.startswith("/w/") else 401)
        else:
            assert client.post(address).status_code == 401


def test_the_rights_command_prints_a_row_a_route(app):
    printed = app.test_cli_runner().invoke(args=["rights"]).output.splitlines()
    assert len(printed) == len({(rule.endpoint, tuple(rule.methods)) for rule in app.url_map.iter_rules()})
    assert all(len(line.split("\t")) == 4 for line in printed)
