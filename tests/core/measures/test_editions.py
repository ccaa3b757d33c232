"""Editions: counted once a week, printed once, read everywhere as they were printed; each measure traced by hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from core import clock as now
from core import codes
from core.classes.models import Crew, SchoolClass
from core.contributions.models import Contribution
from core.database import db, writing
from core.measures import jobs, queries, service
from core.measures.measure import MEASURES
from core.measures.models import Figure, MeasureEdition
from core.neighbourhoods import queries as neighbourhoods
from core.neighbourhoods.models import Zone
from core.people.models import Person
from core.places.models import Spot
from core.steps.models import Step
from game.choices.models import Choice, Reason
from game.dialogues.models import Hour, Professional, Question
from game.dialogues.models_talk import PROFESSIONAL, RESIDENT, Seat, Talk
from game.encounters.models import Encounter, TalkAnswer, Yes
from game.gatherings.models import Attendance, Gathering
from game.ideas.models import CoSign, Idea
from game.initiatives.models import Initiative, Participant
from game.offers.models import Match
from game.promises.models import NewDay, Promise
from game.scoring.models import Known
from game.seasons import queries as seasons
from tests import make
from tests.bench.meetings import letters
from tours.stories.models import Story
from tours.walks.models import Tour, Walked

pytestmark = pytest.mark.both
WEEK = timedelta(days=7)


@pytest.fixture
def lombok(app, clock):
    """A season of 28 days from Tuesday 2 June, with nobody in it yet."""
    with app.app_context(), writing():
        here = make.neighbourhood()
        make.season(here, days_ago=0)
        make.challenge(here, "colour")
    return app


def people(first: int, last: int, zone: str | None = "Noord", **more: object) -> list[Person]:
    here = neighbourhoods.by_slug("lombok")
    return [make.person(here, f"Buur {letters(number)}", zone, **more) for number in range(first, last)]


def meet(some: list[Person], others: list[Person]) -> None:
    for one, other in zip(some, others, strict=True):
        make.confirmed(one, other)


def ring(some: list[Person]) -> None:
    """Each meets the next, so each meets two."""
    meet(some, some[1:] + some[:1])


def weeks_on(app, clock, number: int = 1) -> None:
    clock.advance(days=7 * number)
    draw_up(app)


def draw_up(app) -> None:
    """As the clockwork does, without its other work."""
    with app.app_context():
        jobs.draw_up()


def printed(app, name: str) -> tuple[dict[str, int | None], int | None]:
    """What is read of a measure."""
    with app.app_context():
        report = queries.report(neighbourhoods.by_slug("lombok").id)
        one = report.of(name)
        return {" ".join(row.zones) or row.cell: row.shown for row in one.rows}, one.total


def rows(app) -> list[tuple]:
    with app.app_context():
        return [tuple(row) for row in db.session.execute(select(Figure.__table__).order_by(*Figure.__table__.c[:3]))]


# ---- every measure, from rows to print, reckoned by hand


def new_people_meet(app) -> None:
    """Twelve of Noord meet each other in a ring; seven of Zuid one of Noord each; six without a part two of them."""
    ring(people(0, 12))
    noord = [one for one in db.session.scalars(select(Person)).unique() if one.zone and one.zone.name == "Noord"]
    meet(noord[:7], people(20, 27, "Zuid"))
    ring(people(30, 36, None))


def contacts(app) -> None:
    new_people_meet(app)


def between(app) -> None:
    new_people_meet(app)


def newcomers(app) -> None:
    here = people(0, 12, known=False)
    for number, one in enumerate(here):
        db.session.add(Known(player=one.player_key, how="letter" if number < 6 else "met", at=now.now()))


def again(app) -> None:
    """Of seven who met again five were known before the season; the other two would hide, and five with them."""
    known, new = people(0, 5), people(5, 7)
    for one in known:
        db.session.get(Known, one.player_key).at = now.now() - WEEK
    ring([*known, *new])
    _meet_again([*known, *new])


def _meet_again(some: list[Person]) -> None:
    from game.scoring.models import Pair

    keys = {one.player_key for one in some}
    db.session.flush()
    for pair in db.session.scalars(select(Pair)):
        assert {pair.low, pair.high} <= keys
        pair.returned_on = now.today()


def alone(app) -> None:
    people(0, 8)
    ring(people(8, 13))


def talks(app) -> None:
    some = people(0, 6)
    ring(some)
    for meeting in db.session.scalars(select(Encounter)):
        db.session.add(TalkAnswer(encounter_id=meeting.id, player=meeting.starter, words="Groen.", at=now.now()))


def phones(app) -> None:
    """Six lend a phone to six others; a seventh pair has two phones."""
    meet(people(0, 7), people(20, 27))
    said = select(Yes).join(Encounter).where(Yes.player == Encounter.companion).order_by(Yes.id)
    for yes in db.session.scalars(said).all()[:6]:
        yes.is_on_this_phone = True


def answered(app) -> None:
    """Ten ideas of ten people: six answered on that day, four wait."""
    _ideas(people(0, 10), answered=6)


def _ideas(some: list[Person], answered: int = 0) -> list[Idea]:
    here, made = neighbourhoods.by_slug("lombok"), []
    for number, one in enumerate(some):
        key = codes.new_key()
        db.session.add(
            Contribution(key=key, kind="idea", neighbourhood_id=here.id, who=one.player_key, sent_at=now.now())
        )
        made.append(Idea(key=key, neighbourhood_id=here.id, sort="activity", title="Iets", language="nl",
                         visible_at=now.now()))  # fmt: skip
        if number < answered:
            db.session.add(Step(kind="idea", about=key, number=1, state="adopted", by="b", as_what="editor",
                                words="Ja.", language="nl", at=now.now()))  # fmt: skip
    db.session.add_all(made)
    return made


def voices(app) -> None:
    """Three sent an idea; of them one, and eight others, signed one."""
    senders, others = people(0, 3), people(3, 11)
    ideas = _ideas(senders)
    for one in (senders[1], *others):
        db.session.add(CoSign(idea=ideas[0].key, who=one.player_key, shows_name=False, at=now.now()))


def tellers(app) -> None:
    """Seven tell; one of them tells two, and the story of another is withdrawn."""
    here, some = neighbourhoods.by_slug("lombok"), people(0, 7)
    for number, one in enumerate([*some, some[0]]):
        sent = Contribution(key=codes.new_key(), kind="story", neighbourhood_id=here.id, who=one.player_key,
                            sent_at=now.now())  # fmt: skip
        db.session.add(sent)
        db.session.flush()
        db.session.add(Story(
            key=sent.key, neighbourhood_id=here.id, contribution_id=sent.id, title="", words="", language="nl",
            called="", version_hash="", published_at=now.now(), gone_at=now.now() if number == 6 else None,
        ))  # fmt: skip


def walks(app) -> None:
    """In the week of the season's first Monday eight; those of the Monday before it belong to no day of it."""
    tour = Tour(neighbourhood_id=neighbourhoods.by_slug("lombok").id, key="w", title="W", language="nl")
    db.session.add(tour)
    db.session.flush()
    monday = now.week_of(now.today())
    db.session.add_all([Walked(tour_id=tour.id, week=monday, starts=50, finishes=40),
                        Walked(tour_id=tour.id, week=monday + WEEK, starts=9, finishes=8)])  # fmt: skip


def crews(app) -> None:
    """Of nine crews six had a device, one has paper and two never came."""
    lesson = SchoolClass(
        key=codes.new_key(), neighbourhood_id=neighbourhoods.by_slug("lombok").id, teacher="t", kind="lesson",
        activity="a", code="ABCDEF", day=now.today(), opened_at=now.now(),
    )  # fmt: skip
    db.session.add(lesson)
    db.session.flush()
    db.session.add_all(
        Crew(key=codes.new_key(), class_id=lesson.id, number=number, animal=f"dier {number}", part="street",
             token_hash=str(number), joined_at=now.now() if number < 6 else None, on_paper=number == 6)
        for number in range(9)
    )  # fmt: skip


def talked(app) -> None:
    """Seven residents answer a professional; one of them answers twice, and another took the answer back."""
    some, professional = people(0, 7), people(30, 31)[0]
    for one in [*some, some[0]]:
        talk = Talk(key=codes.new_key(), neighbourhood_id=one.neighbourhood_id, spot_id=_spot().id, card="c",
                    begun_at=now.now(), fewest=2)  # fmt: skip
        talk.seats = [
            Seat(key=codes.new_key(), who=who.player_key, as_what=as_what, answered_at=now.now(),
                 words="" if who is some[1] else "Groen.")
            for who, as_what in ((one, RESIDENT), (professional, PROFESSIONAL))
        ]  # fmt: skip
        db.session.add(talk)


def _spot() -> Spot:
    made = make.spot(neighbourhoods.by_slug("lombok"), key=codes.new_key())
    db.session.add(made)
    db.session.flush()
    return made


def questions(app) -> None:
    """Thirteen ask: six are answered, five of the others were heard, one was not, and what one asked is hidden."""
    here, some = neighbourhoods.by_slug("lombok"), people(0, 13)
    worker = Professional(key=codes.new_key(), neighbourhood_id=here.id, who="w", organisation="O", role="R",
                          appointed_at=now.now())  # fmt: skip
    db.session.add(worker)
    db.session.flush()
    hour = Hour(key=codes.new_key(), neighbourhood_id=here.id, professional_id=worker.id, spot_id=_spot().id,
                theme="groen", begins=now.now(), ends=now.now())  # fmt: skip
    db.session.add(hour)
    db.session.flush()
    for number, one in enumerate(some):
        key = _sent("question", one)
        db.session.add(Question(key=key, neighbourhood_id=here.id, hour_id=hour.id, professional_id=worker.id,
                                words="Hoe?", language="nl", is_shown=number < 12, visible_at=now.now(),
                                reply_by=now.today()))  # fmt: skip
        for step, state in enumerate(("heard", "taken_up", "done")[: 3 if number < 6 else int(number < 11)], 1):
            _step("question", key, step, state)


def _sent(kind: str, by: Person) -> str:
    key = codes.new_key()
    db.session.add(Contribution(key=key, kind=kind, neighbourhood_id=by.neighbourhood_id, who=by.player_key,
                                sent_at=now.now()))  # fmt: skip
    return key


def _step(kind: str, about: str, number: int, state: str) -> None:
    db.session.add(Step(kind=kind, about=about, number=number, state=state, by="b", as_what="x", words="Ja.",
                        language="nl", at=now.now()))  # fmt: skip


def reasons(app) -> None:
    """Six write a reason, one of them two."""
    here, some = neighbourhoods.by_slug("lombok"), people(0, 6)
    choice = Choice(key=codes.new_key(), neighbourhood_id=here.id, title="T", fixed="", undecided="", language="nl",
                    mode="secret", by="b", opened_at=now.now(), closes_at=now.now() + WEEK)  # fmt: skip
    db.session.add(choice)
    db.session.flush()
    for one in [*some, some[0]]:
        db.session.add(Reason(key=_sent("reason", one), choice_id=choice.id, side="for", words="Ja.", language="nl"))


def guests(app) -> None:
    """Eight come to one gathering, three of them to another too."""
    here, some = neighbourhoods.by_slug("lombok"), people(0, 8)
    for came in (some, some[:3]):
        key = codes.new_key()
        db.session.add(Gathering(key=key, neighbourhood_id=here.id, spot_id=_spot().id, title="T", language="nl",
                                 begins_at=now.now(), ends_at=now.now(), shown_at=now.now()))  # fmt: skip
        db.session.add_all(
            Attendance(gathering=key, who=one.player_key, shows_name=False, at=now.now()) for one in came
        )


def together(app) -> None:
    """Seven join one initiative, two of them another; three joined one that is hidden."""
    here, some = neighbourhoods.by_slug("lombok"), people(0, 10)
    for is_hidden, who in ((False, some[:7]), (False, some[:2]), (True, some[7:])):
        begun = Initiative(key=codes.new_key(), neighbourhood_id=here.id, idea=codes.new_key(), is_hidden=is_hidden,
                           begun_at=now.now())  # fmt: skip
        db.session.add(begun)
        db.session.flush()
        db.session.add_all(
            Participant(key=codes.new_key(), initiative_id=begun.id, who=one.player_key, shows_name=False,
                        would_lead=False, leads=False, at=now.now())
            for one in who
        )  # fmt: skip


def helped(app) -> None:
    """Six help six others; of a seventh pair one did not say yes."""
    for number, (can, asks) in enumerate(zip(people(0, 7), people(20, 27), strict=True)):
        db.session.add(Match(key=codes.new_key(), neighbourhood_id=can.neighbourhood_id, offer=_sent("offer", can),
                             wish=_sent("offer", asks), offer_says=True, wish_says=number < 6 or None,
                             at=now.now()))  # fmt: skip


def promises(app) -> None:
    """Twelve kept theirs; the day of six is past; it was changed by one of three who have time; three had to stop."""
    state = ["kept"] * 12 + [""] * 6 + ["changed", "", "", "broken", "broken", "released"]
    for number, one in enumerate(people(0, 24)):
        key, days = _sent("promise", one), 0 if number <= 18 else 14
        db.session.add(Promise(key=key, neighbourhood_id=one.neighbourhood_id, what="W", to_whom="allen",
                               language="nl", due_on=now.today() + timedelta(days), shown_at=now.now()))  # fmt: skip
        if state[number]:
            _step("promise", key, 1, state[number])
        if state[number] == "changed":
            db.session.add(NewDay(promise=key, due_on=now.today() + WEEK, before=now.today(), at=now.now()))


def coming_in(app) -> None:
    people(0, 12)
    people(20, 26, is_young=True)


BY_HAND: list[tuple[Callable, int, dict[str, int | None], int | None]] = [
    # what happens, how many weeks later it is read, its cells, all of it together
    (contacts, 1, {"Noord": 10, "Zuid": 5, "0": 5}, 25),  # 12, 7 and 6 of 25
    (between, 1, {"Noord Zuid": 5}, None),  # seven pairs of fourteen persons
    (newcomers, 1, {"letter": None, "host": None, "met": 5}, 10),  # 6, 0, 6: nobody is few, and the first six hide
    (again, 1, {"new": None, "before": None}, 5),  # 2 and 5: both
    (alone, 1, {}, 10),  # eight who met nobody
    (guests, 1, {}, 10),  # eight
    (talked, 1, {}, 5),  # six
    (questions, 1, {"asked": None, "heard": None, "taken_up": None, "done": 5, "cannot": None}, 10),  # 1, 5, 0, 6, 0
    (reasons, 1, {}, 5),  # six
    (together, 1, {}, 5),  # seven
    (helped, 1, {"gives": 5, "gets": 5}, 10),  # six and six
    (promises, 1, {"kept": 10, "runs": None, "late": 5, "not": None}, 25),  # 12, 3, 6, 3
    (talks, 1, {}, 5),  # six who handed in
    (phones, 1, {"lent": 5, "used": 5}, 10),  # six and six
    (answered, 1, {"in_time": None, "later": None, "waits": None}, 10),  # 6, 0, 4: 0 and 4 are few, so 6 hides
    (voices, 1, {}, 10),  # 3 + 9 - 1 = 11
    (tellers, 1, {}, 5),  # six
    (walks, 2, {}, 10),  # eight
    (crews, 1, {}, 5),  # seven
    (coming_in, 1, {"young": 5, "older": 10}, 20),  # 6, 12: 18
]


@pytest.mark.parametrize(("happens", "weeks", "cells", "total"), BY_HAND, ids=[row[0].__name__ for row in BY_HAND])
def test_a_measure_is_traced_by_hand(lombok, clock, happens, weeks, cells, total):
    with lombok.app_context(), writing():
        happens(lombok)
    weeks_on(lombok, clock, weeks)
    assert printed(lombok, happens.__name__) == (cells, total)


def test_each_measure_is_traced(lombok):
    with lombok.app_context():
        assert {one.name for one in MEASURES.all()} == {row[0].__name__ for row in BY_HAND}


# ---- an edition


def test_an_edition_is_drawn_up_once_a_week_and_a_last_time_when_the_season_is_over(lombok, clock):
    days = []
    for _day in range(40):
        draw_up(lombok)
        draw_up(lombok)
        with lombok.app_context():
            made = db.session.scalars(select(MeasureEdition.until).order_by(MeasureEdition.id)).all()
        if len(made) > len(days):
            days.append(now.today())
        assert made == days
        clock.advance(days=1)
    assert [(day.day, day.month) for day in days] == [(9, 6), (16, 6), (23, 6), (30, 6)]


def test_it_counts_the_days_before_its_own(lombok, clock):
    clock.advance(days=7)
    with lombok.app_context(), writing():
        ring(people(0, 12))
    draw_up(lombok)
    assert printed(lombok, "contacts") == ({"Noord": None, "Zuid": None, "0": None}, None)
    weeks_on(lombok, clock)
    assert printed(lombok, "contacts")[1] == 10


def test_two_that_draw_up_the_same_edition_print_it_once(lombok, clock):
    with lombok.app_context(), writing():
        ring(people(0, 12))
    clock.advance(days=7)
    with lombok.app_context():
        drawn = [service.draw_up(*one) for one in service.due(now.today()) * 2]
        kept = []
        for one in drawn:
            with writing():
                kept.append(service.keep(one))
    assert kept == [True, False]


def test_a_table_stays_as_it_was_until_five_people_changed_each_number_that_changes(lombok, clock):
    with lombok.app_context(), writing():
        ring(people(0, 12))
    weeks_on(lombok, clock)
    assert printed(lombok, "contacts")[1] == 10
    with lombok.app_context(), writing():
        ring(people(12, 15))  # 15 would be 15, by three people
    weeks_on(lombok, clock)
    assert printed(lombok, "contacts")[1] == 10
    with lombok.app_context(), writing():
        ring(people(15, 18))
    weeks_on(lombok, clock)
    assert printed(lombok, "contacts")[1] == 20  # 18, of whom six are new since the last print
    with lombok.app_context():
        one = queries.report(neighbourhoods.by_slug("lombok").id).of("contacts")
        assert one.course == ((one.tables[0].until, 10), (one.tables[0].until + WEEK, 10), (one.until, 20))
        assert one.changed == 10


def test_somebody_who_changes_zone_or_is_erased_alters_no_edition(lombok, clock):
    with lombok.app_context(), writing():
        ring(people(0, 12))
        ring(people(20, 32, "Zuid"))
    weeks_on(lombok, clock)
    before = rows(lombok)
    with lombok.app_context(), writing():
        one, other = db.session.scalars(select(Person).limit(2)).unique()
        one.zone = db.session.scalars(select(Zone).where(Zone.name == "Zuid")).one()
        other.leaving_at = now.now()
    weeks_on(lombok, clock)
    assert rows(lombok) == before


def test_a_second_map_is_refused(lombok, clock):
    with lombok.app_context(), writing():
        ring(people(0, 12))
        ring(people(20, 32, "Zuid"))
    weeks_on(lombok, clock)
    before = printed(lombok, "contacts")
    with lombok.app_context(), writing():
        here = neighbourhoods.by_slug("lombok")
        here.zones.append(Zone(name="Oost"))
        db.session.flush()
        ring(people(40, 60, "Oost"))
    weeks_on(lombok, clock)
    assert printed(lombok, "contacts") == before
    assert printed(lombok, "coming_in")[1] == 45  # what knows no zones goes on


def test_no_page_counts_what_was_printed_is_read(lombok, clock):
    with lombok.app_context(), writing():
        ring(people(0, 12))
    weeks_on(lombok, clock)
    with lombok.app_context(), writing():
        ring(people(12, 30))
    assert printed(lombok, "contacts")[1] == 10


def test_counting_anew_on_reading_is_caught(lombok, clock, monkeypatch: pytest.MonkeyPatch):
    """A fault put in on purpose."""
    read = queries.of_season

    def anew(season):
        for measure, table in service.draw_up(season, now.today() + WEEK).tables.items():
            figures = select(Figure).where(Figure.measure == measure)
            for figure in db.session.scalars(figures):
                figure.shown = {**table.cells, "": table.total}[figure.cell]
        return read(season)

    monkeypatch.setattr(queries, "of_season", anew)
    with pytest.raises(AssertionError):
        test_no_page_counts_what_was_printed_is_read(lombok, clock)


def test_nothing_of_a_person_and_no_exact_count_is_kept(lombok, clock):
    with lombok.app_context(), writing():
        ring(people(0, 12))
    weeks_on(lombok, clock)
    assert {shown % 5 for *_, shown in rows(lombok) if shown is not None} == {0}
    with lombok.app_context():
        kept = str(rows(lombok)) + str(db.session.execute(select(MeasureEdition.__table__)).all())
        assert not [one for one in db.session.scalars(select(Person)).unique() if one.player_key in kept]


def test_a_season_with_an_edition_keeps_its_days(lombok, clock):
    from game.seasons import played

    with lombok.app_context():
        assert not played.in_(seasons.shown(neighbourhoods.by_slug("lombok").id))
    weeks_on(lombok, clock)
    with lombok.app_context():
        assert played.in_(seasons.shown(neighbourhoods.by_slug("lombok").id))


# ---- the file for research


def export(app, *arguments: str) -> str:
    done = app.test_cli_runner().invoke(args=["measures", "export", "lombok", *arguments])
    return done.output if done.exit_code == 0 else f"! {done.output}"


def test_the_export_holds_what_was_printed_and_is_the_same_twice(lombok, clock):
    assert export(lombok) == "! Error: There is no edition yet.\n"
    with lombok.app_context(), writing():
        ring(people(0, 12))
        ring(people(20, 26, "Zuid"))
    weeks_on(lombok, clock)
    said = export(lombok)
    assert said == export(lombok) == export(lombok, "--season", "2026-06-02")
    assert export(lombok, "--season", "2026-06-03").startswith("! ")
    about = '"lombok","2026-06-02","2026-06-29","2026-06-09","1","contacts"'
    for cell, number in (("Noord", "10"), ("Zuid", "few"), ("0", "few"), ("all", "20")):
        assert f'{about},"{cell}","{number}"' in said
    assert '"between","Noord / Zuid","few"' in said
    assert '"between","all"' not in said
    assert '"contacts","measure","New contacts: neighbours got to know somebody new (different persons).' in said


def test_no_cell_of_the_export_is_a_formula(lombok, clock):
    with lombok.app_context(), writing():
        db.session.scalars(select(Zone).where(Zone.name == "Noord")).one().name = "=1+1"
    weeks_on(lombok, clock)
    said = export(lombok)
    assert "'=1+1" in said
    cells = [cell.strip('"\ufeff') for line in said.splitlines() for cell in line.split('","')]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
