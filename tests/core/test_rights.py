"""Who may do what, against a second table kept by hand from docs/rules.md §3."""

import pytest

from core import guard

VISITOR, PLAYER, HOST = "visitor", "player", "host"
BOTH = {VISITOR, PLAYER}
GUARDIANS = ("guard", "guard_yes", "guard_wish", "guard_end", "ask_guard_no", "guard_no")
OWN_PAGES = ("own", "propose", "do_propose", "again", "do_again", "withdraw", "name")  # core/contributions
WALK_PAGES = ("made", "new", "do_new", "build", "do_words", "add", "arrange", "write_stop", "loop", "do_check", "step",
              "paper_codes", "booklet", "replaced", "bring", "do_bring", "keep")  # fmt: skip
LESSON_PAGES = ("made", "new", "do_new", "build", "do_words", "do_tasks", "step", "copy", "bring", "do_bring", "keep")
DESK_PAGES = ("stamps", "open_card", "new_player", "person", "photo", "answer", "withdraw", "choose", "ask",
              "new_card")  # fmt: skip
OF_CREWS = ("join", "do_join", "crew", "stop", "go", "hand_in", "help", "leave", "own_picture")
OF_CLASSES = ("kept", "open", "board", "progress", "say", "state", "add_crew", "one_crew", "change_crew", "type_in",
              "erase", "do_erase", "works", "judge", "picture", "gallery", "gallery_sheets", "gallery_zip")  # fmt: skip
BY_HAND = {
    **{f"headquarters.{page}": {HOST} for page in DESK_PAGES},
    "static": BOTH,
    "pages.front": BOTH,
    "pages.home": BOTH,
    "pages.privacy": BOTH,
    "maps.show": BOTH,
    "maps.drawing": BOTH,
    "maps.tiles": BOTH,
    "pages.language": BOTH,
    "pages.healthz": BOTH,
    "pages.readyz": BOTH,
    "worker.worker": BOTH,
    "worker.manifest": BOTH,
    "people.join": BOTH,
    "people.do_join": BOTH,
    "people.me": {PLAYER},
    "people.card": {PLAYER},
    "people.issue_card": {PLAYER},
    "people.phones": {PLAYER},
    "people.end_phones": {PLAYER},
    "people.own_email": {PLAYER},
    "people.give_email": {PLAYER},
    "people.forget_email": {PLAYER},
    "people.back": BOTH,
    "people.do_back": BOTH,
    "people.ask_back": BOTH,
    "people.email": BOTH,  # with the code of a mail
    "people.confirm_email": BOTH,
    "encounters.meet": BOTH,
    "people.rename": {PLAYER},
    "people.zone": {PLAYER},
    "people.leave": {PLAYER},
    "people.do_leave": BOTH,
    "people.household": {PLAYER},
    "people.ask_household": {PLAYER},
    "people.answer_household": {PLAYER},
    "people.leave_household": {PLAYER},
    "people.blocks": {PLAYER},
    "people.do_block": {PLAYER},
    "people.undo_block": {PLAYER},
    "people.data": {PLAYER},
    "people.export": {PLAYER},
    "people.erase": {PLAYER},
    "people.do_erase": {PLAYER},
    "people.erased": BOTH,  # the phone that asked is nobody's now
    "people.undo_erase": BOTH,
    "demo.enter": BOTH,
    "demo.do_enter": BOTH,
    "places.spot": BOTH,
    "places.plate": BOTH,
    "places.letters": BOTH,
    "places.do_letters": BOTH,
    "places.wrong": BOTH,
    "places.seen": {HOST},
    "places.sheet": {HOST},
    "staff.enter": BOTH,
    "staff.do_enter": BOTH,
    "staff.leave": BOTH,
    "staff.invited": BOTH,
    "staff.do_invited": BOTH,
    "staff.again": {PLAYER},  # the view asks for a device on which they signed in
    "staff.do_again": {PLAYER},
    "staff.code": {PLAYER},
    "staff.begin_code": {PLAYER},
    "staff.do_code": {PLAYER},
    "staff.give_up": {PLAYER},
    "staff.account": {PLAYER},
    "staff.change_password": {PLAYER},
    "staff.end_devices": {PLAYER},
    "staff.paper": {PLAYER},
    "staff.do_paper": {PLAYER},
    "staff.team": {HOST},
    "staff.log": set(),  # coordinators
    "desk.queue": set(),  # editors and coordinators
    "desk.decide": set(),
    "desk.blur": set(),
    "desk.undo": set(),
    "desk.picture": set(),
    "desk.pauses": set(),
    "desk.suspend": set(),  # editors
    "desk.suspend_long": set(),  # coordinators
    "desk.resume": set(),
    "desk.answers": {PLAYER},
    "desk.appeal": {PLAYER},
    "desk.read": {PLAYER},
    "desk.report": BOTH,
    "desk.do_report": BOTH,
    "setting_up.checklist": {HOST},
    "setting_up.areas": set(),  # coordinators
    "setting_up.areas_file": set(),
    "setting_up.draw": set(),
    "printing.overview": set(),  # makers, editors, coordinators
    "printing.signs": set(),
    "printing.cards": set(),
    "printing.make_cards": set(),
    "printing.letter": set(),
    "printing.poster": set(),
    "printing.put_up": set(),
    "printing.street": set(),
    **{f"classes.{name}": BOTH for name in OF_CREWS},
    "classes.check": BOTH,
    **{f"classes.{name}": set() for name in OF_CLASSES},  # teachers
    "walls.show": BOTH,  # with the address of a screen
    "walls.photo": BOTH,
    "walls.kept": set(),  # coordinators
    "walls.make": set(),
    "walls.rename": set(),
    "walls.end": set(),
    "teams.letter": BOTH,
    "teams.use": BOTH,
    "teams.leave": {PLAYER},
    "teams.staff": set(),
    "teams.make": set(),
    "teams.end": set(),
    "teams.make_letters": set(),
    "teams.end_letters": set(),
    "seasons.new": set(),
    "seasons.do_new": set(),
    "seasons.change": set(),
    "seasons.do_change": set(),
    "seasons.take_away": set(),
    "scoring.do_reveal": set(),
    **{f"scoring.{name}": set() for name in ("corrections", "take", "stays", "give_back")},
    **{f"lessons.{name}": BOTH for name in ("index", "show", "look", "export", "paper")},
    **{f"lessons.{name}": set() for name in (*LESSON_PAGES, "publish")},  # makers, teachers, editors, coordinators
    **{f"walks.{name}": set() for name in WALK_PAGES},  # makers, editors, coordinators
    "challenges.pack": set(),  # makers, editors, coordinators
    "challenges.do_pack": set(),
    "challenges.mine": set(),
    "challenges.table": set(),
    "challenges.new": set(),
    "challenges.do_new": set(),
    "challenges.change": set(),
    "challenges.do_change": set(),
    "challenges.retire": set(),
    "challenges.restore": set(),
    "challenges.weeks": set(),
    "challenges.choose_weeks": set(),
    "proposals.own": {PLAYER},
    "proposals.propose": {PLAYER},
    "proposals.do_propose": {PLAYER},
    "proposals.again": {PLAYER},
    "proposals.do_again": {PLAYER},
    "proposals.withdraw": {PLAYER},
    "proposals.name": {PLAYER},
    **{f"notes.{page}": {PLAYER} for page in OWN_PAGES},
    "challenges.do_find": {PLAYER},
    "drafts.own": {PLAYER},
    "drafts.propose": {PLAYER},
    "drafts.do_propose": {PLAYER},
    "drafts.again": {PLAYER},
    "drafts.do_again": {PLAYER},
    "drafts.withdraw": {PLAYER},
    "drafts.name": {PLAYER},
    "places.mine": set(),
    "places.table": set(),
    "places.new": set(),
    "places.do_new": set(),
    "places.change": set(),
    "places.do_change": set(),
    "places.remove": set(),
    "places.restore": set(),
    "staff.invite": set(),  # coordinators
    "staff.do_invite": set(),
    "staff.withdraw_invitation": set(),
    "staff.end": set(),
    "photos.board": BOTH,
    "photos.picture": BOTH,  # for who may see it; the question decides
    "photos.gone": BOTH,
    "photos.revocations": BOTH,
    "photos.who": {PLAYER},
    "photos.choose": {PLAYER},
    "photos.withdraw": {PLAYER},
    **{
        f"walks.{name}": BOTH
        for name in (
            "index",
            "show",
            "preview",
            "answer",
            "export",
            "kept",
            "pack_list",
            "paper_map_page",
            "large_print",
            "frame",
            "share",
        )
    },
    "challenges.index": BOTH,
    "challenges.show": BOTH,
    "scoring.thermometer": BOTH,
    "ranking.show": BOTH,
    "ranking.choose": {PLAYER},
    "scoring.explained": BOTH,
    "scoring.own": {PLAYER},
    "scoring.ask": {PLAYER},
    "scoring.mine": {PLAYER},
    "scoring.reveal": BOTH,
    "scoring.archive": BOTH,
    "albums.season": BOTH,
    "albums.of": BOTH,
    "albums.book": set(),  # makers, editors, coordinators
    "albums.replaced": set(),
    "albums.photo": set(),
    **{f"albums.{page}": {HOST} for page in ("slides", "slide")},
    **{f"walks.{name}": BOTH for name in ("way", "here", "end", "walked")},
    "visits.at_spot": {PLAYER},
    "visits.at_challenge": {PLAYER},
    "encounters.together": {PLAYER},
    "encounters.surprise": {PLAYER},
    "encounters.offline": BOTH,
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
    "encounters.another": {PLAYER},
    "encounters.do_another": {PLAYER},
    "encounters.answer_here": {PLAYER},
    "encounters.letters": {PLAYER},
    "encounters.withdraw": {PLAYER},
    "encounters.words": {PLAYER},
    "encounters.waiting": {PLAYER},
    "encounters.instead": {PLAYER},
    "encounters.album": {PLAYER},
    "encounters.block": {PLAYER},
    "stories.index": BOTH,
    "stories.show": BOTH,
    "stories.picture": BOTH,
    "stories.about": BOTH,  # these four: only of a story whose teller allows it
    "stories.frame": BOTH,
    "stories.share": BOTH,
    "stories.revocations": BOTH,
    "story_feeds.atom": BOTH,
    "walk_feeds.atom": BOTH,
    "stories.tell": BOTH,
    "stories.write": BOTH,
    "stories.do_write": BOTH,
    "stories.own": BOTH,  # its teller, as a player or with a receipt
    "stories.mine": BOTH,
    "stories.appeal": BOTH,
    "stories.waiting_picture": BOTH,
    "stories.change": BOTH,
    "stories.do_change": BOTH,
    "stories.review": BOTH,
    "stories.do_review": BOTH,
    "stories.uses": BOTH,
    "stories.do_uses": BOTH,
    "stories.name": BOTH,
    "stories.ask_withdraw": BOTH,
    "stories.withdraw": BOTH,
    "stories.begin_sound": BOTH,  # a voice, while it is spoken
    "stories.add_sound": BOTH,
    "stories.finish_sound": BOTH,
    "stories.play": BOTH,
    "stories.captions": BOTH,
    "stories.waiting_sound": BOTH,  # its teller, or an editor; the view looks
    "stories.type_out": BOTH,
    "stories.do_type_out": BOTH,
    "stories.questions": BOTH,
    "stories.question": BOTH,
    **{f"reactions.{page}": BOTH for page in OWN_PAGES},
    **{f"prompts.{page}": {PLAYER} for page in OWN_PAGES},
    **{f"stories.{name}": BOTH for name in GUARDIANS},  # who cares for a child, by their receipt
    "stories.papers": {HOST},
    "stories.paper": {HOST},
    "stories.do_paper": {HOST},
    "stories.sheet": {HOST},
    "stories.signed_sheet": set(),
    "stories.rest": set(),
    "stories.do_rest": set(),
    "stories.go_on": set(),
    "stories.edit": set(),
    "stories.do_edit": set(),
    "receipts.show": BOTH,
    "receipts.open": BOTH,  # with its secret
    "receipts.close": BOTH,
    "receipts.export": BOTH,
    "receipts.lost": {HOST},
    "receipts.reissue": {HOST},
    "headquarters.host": {HOST},
    "headquarters.witness": {HOST},
    "headquarters.see": {HOST},
    "headquarters.say_yes": {HOST},
    "headquarters.care": {HOST},
    "headquarters.report": {HOST},
}


EDITORS, COORDINATORS = {"editor", "coordinator"}, {"coordinator"}
MAKERS = {"maker", *EDITORS}
TEACHERS = {"teacher"}
TEAM = {"maker", "host", "teacher", *EDITORS}
ONLY_STAFF = {  # who of the staff may, where a player may not
    "places.seen": {"host", *MAKERS},
    "places.sheet": {"host", *MAKERS},
    **{f"stories.{name}": {"host", *EDITORS} for name in ("papers", "paper", "do_paper", "sheet")},
    **{f"stories.{name}": EDITORS for name in ("signed_sheet", "rest", "do_rest", "go_on")},
    "stories.edit": EDITORS,
    "stories.do_edit": EDITORS,
    "receipts.lost": {"host", *EDITORS},
    "receipts.reissue": {"host", *EDITORS},
    "headquarters.host": {"host", *EDITORS},
    **{f"headquarters.{page}": {"host", *EDITORS} for page in DESK_PAGES},
    "headquarters.witness": {"host", *EDITORS},
    "headquarters.see": {"host", *EDITORS},
    "headquarters.say_yes": {"host", *EDITORS},
    "headquarters.care": {"host", *MAKERS},
    "headquarters.report": {"host", *MAKERS},
    "printing.cards": MAKERS,
    "printing.letter": MAKERS,
    "printing.make_cards": MAKERS,
    "printing.overview": MAKERS,
    "printing.poster": MAKERS,
    "printing.put_up": MAKERS,
    "printing.street": MAKERS,
    "printing.signs": MAKERS,
    "albums.book": MAKERS,
    "albums.replaced": MAKERS,
    "albums.photo": MAKERS,
    **{f"albums.{page}": {"host", *EDITORS} for page in ("slides", "slide")},
    "staff.team": TEAM,
    "staff.log": COORDINATORS,
    "setting_up.checklist": TEAM,
    "setting_up.areas": COORDINATORS,
    "setting_up.areas_file": COORDINATORS,
    "setting_up.draw": COORDINATORS,
    "staff.invite": COORDINATORS,
    "staff.do_invite": COORDINATORS,
    "staff.withdraw_invitation": COORDINATORS,
    "staff.end": COORDINATORS,
    **{f"classes.{name}": TEACHERS for name in OF_CLASSES},
    "walls.kept": COORDINATORS,
    "walls.make": COORDINATORS,
    "walls.rename": COORDINATORS,
    "walls.end": COORDINATORS,
    **{f"teams.{name}": COORDINATORS for name in ("staff", "make", "end", "make_letters", "end_letters")},
    "seasons.new": COORDINATORS,
    "seasons.do_new": COORDINATORS,
    "seasons.change": COORDINATORS,
    "seasons.do_change": COORDINATORS,
    "seasons.take_away": COORDINATORS,
    "scoring.do_reveal": COORDINATORS,
    **{f"scoring.{name}": COORDINATORS for name in ("corrections", "take", "stays", "give_back")},
    "desk.queue": EDITORS,
    "desk.decide": EDITORS,
    "desk.blur": EDITORS,
    "desk.undo": EDITORS,
    "desk.picture": EDITORS,
    "desk.pauses": EDITORS,
    "desk.suspend": {"editor"},
    "desk.suspend_long": COORDINATORS,
    "desk.resume": EDITORS,
    "places.mine": MAKERS,
    "places.new": MAKERS,
    "places.do_new": MAKERS,
    "places.change": MAKERS,
    "places.do_change": MAKERS,
    "places.remove": MAKERS,
    "places.restore": MAKERS,
    "places.table": MAKERS,
    **{f"walks.{name}": MAKERS for name in WALK_PAGES},
    **{f"lessons.{name}": {"teacher", *MAKERS} for name in LESSON_PAGES},
    "lessons.publish": MAKERS,
    "challenges.mine": MAKERS,
    "challenges.table": MAKERS,
    "challenges.new": MAKERS,
    "challenges.do_new": MAKERS,
    "challenges.change": MAKERS,
    "challenges.do_change": MAKERS,
    "challenges.retire": MAKERS,
    "challenges.restore": MAKERS,
    "challenges.weeks": MAKERS,
    "challenges.choose_weeks": MAKERS,
    "challenges.pack": MAKERS,
    "challenges.do_pack": MAKERS,
}


def test_the_staff_of_the_table_as_built_is_as_kept_by_hand(site):
    built = {
        endpoint: set(roles.split()) - {VISITOR, PLAYER, "crew", "admin"}
        for endpoint, _methods, _right, roles in guard.rows(site)
        if PLAYER not in roles.split()
    }
    assert built == ONLY_STAFF


def test_the_table_as_built_is_the_table_as_kept_by_hand(site):
    built = {endpoint: set(roles.split()) & {*BOTH, HOST} for endpoint, _methods, _right, roles in guard.rows(site)}
    assert built == {name: roles | ({HOST} if PLAYER in roles else set()) for name, roles in BY_HAND.items()}


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
        values = {
            "signed": "x",
            "tour": "x",
            "lesson": "x",
            "token": "x",
            "slug": "lombok",
            "number": 1,
            "challenge": "bench",
            "spot": "bank",
            "ref": "a" * 26,
            "photo": "b" * 26,
            "key": "c" * 26,
            "kind": "photo",
            "size": "small",
            "season": "2026-05-30",
            "letters": "ABCDEF",
            "crew": "d" * 26,
            "work": "e" * 26,
            "task": "dier",
        }
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
