"""A season that anybody plays in any order: neighbours, hosts, editors, the clockwork, and both nights of the clock.

Each step is a transaction of its own, as a request is; a refusal is an answer like any other. After each of them holds
what must always hold.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from core import clock
from core.database import db, writing
from core.guard import Role
from core.neighbourhoods.models import Neighbourhood
from core.people import blocks, erasure, households
from core.people.models import Person
from core.refusal import Refusal
from game.challenges import service as weeks
from game.challenges.models import Challenge
from game.encounters import cli, closing, second_yes, service
from game.encounters import jobs as encounters
from game.encounters.models import Encounter
from game.headquarters import service as headquarters
from game.ranking import jobs as drawing
from game.ranking import queries as rankings
from game.ranking import service as ranking
from game.ranking.models import Standing
from game.scoring import correcting, queries, questions, still
from game.scoring import jobs as scoring
from game.scoring.models import Board, Correction, Held, LedgerEntry, Pair, Sort, Vouch, What
from game.seasons import rules as seasons
from game.seasons import service as of_seasons
from game.seasons.models import Season
from game.teams import service as teams
from tests import make
from tests.bench.meetings import letters, photo

FIRST_DAYS = (date(2026, 3, 9), date(2026, 3, 2), date(2026, 10, 5), date(2026, 9, 28))  # the clock changes in each
NIGHTS = (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
MOST = 9  # people
WHO, WHICH = st.integers(0, MOST - 1), st.integers(0, 30)
HOWS = ("yes", "without photo", "quickly", "both phones", "on one phone", "before a host", "by code", "no")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SOON = st.sampled_from([MINUTE, HOUR, 9 * HOUR, timedelta(days=1), timedelta(days=2, hours=5)])


@dataclass(frozen=True)
class Stands:
    """A board that stands still: which one, and all that everybody reads there."""

    season: int
    sort: Sort


class PlayedOn(RuleBasedStateMachine):
    """A neighbourhood with four who are known, two who are new, a host, and five challenges of which one at a spot."""

    @initialize(first=st.sampled_from(FIRST_DAYS), hour=st.integers(0, 23))
    def begin(self, first: date, hour: int) -> None:
        db.session.rollback()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        clock.set(clock.first_moment_of(first) + hour * HOUR)
        self.people: list[int] = []
        self.met: list[int] = []
        self.sent: list[Callable[[], Any]] = []
        self.read: dict[Stands, Any] = {}
        self.ranked: dict[tuple[int, bool], set[tuple[int, int, str]]] = {}
        self.sums: dict[int, Counter[tuple[str, str]]] = {}
        self.names = 0
        with writing():
            here = make.neighbourhood()
            self.here = here.id
            self.season = make.season(here, days_ago=0).id
            spot = make.spot(here)
            db.session.add(spot)
            db.session.flush()
            self.challenges = [make.challenge(here).id for _number in range(4)]
            self.challenges.append(make.challenge(here, spot_id=spot.id).id)
            self.host = make.person(here, "Vaste Gast").id
        for zone, known in (("Noord", 1), ("Zuid", 1), ("Noord", 1), ("Zuid", 1), ("Zuid", 0), ("Noord", 0)):
            self._join(zone, bool(known))
        with writing():
            for one in self._all()[:4]:
                ranking.stand(one)

    # ---- what people do

    @rule(zone=st.sampled_from(["Noord", "Zuid", "Ik kom hier wonen", None]))
    def join(self, zone: str | None) -> None:
        """Somebody new, as long as there is room."""
        if len(self.people) < MOST:
            self._join(zone, known=False)

    @rule(one=WHO, other=WHO, doing=WHICH, how=st.sampled_from(HOWS), late=st.booleans(), has_photo=st.booleans())
    def meet(self, one: int, other: int, doing: int, how: str, late: bool, has_photo: bool) -> None:
        """Two hand in and answer, a minute apart; `late`: it waited on the phone for some days."""
        one, other = self._ids(one, other)
        key = f"key-{len(self.sent)}"
        made_at = clock.now() - timedelta(days=3) if late else None

        def hand_in(starter: int = one, companion: int = other) -> Any:
            prepared = photo() if has_photo else None
            with_whom = None if how == "by code" else self._person(companion)
            evidence = "verified" if doing % 2 else ""
            return service.hand_in(
                self._person(starter), self._challenge(doing), prepared, key, with_whom, evidence, made_at
            )

        def see() -> Any:
            host, two = self._host(), (self._person(one), self._person(other))
            return headquarters.witness(host, Role.HOST, *two, self._challenge(doing), key)

        made = self._send(see if how == "before a host" else hand_in)
        if made is None:
            return
        self.met.append(made.id)
        if how == "both phones":
            self._send(lambda: hand_in(other, one))
        elif how == "by code":
            self._by_code(made.id, one, other)
        elif how != "not yet":
            self._answers(made.id, one, other, how)

    @rule(one=WHO, other=WHO, doing=WHICH)
    def hand_in(self, one: int, other: int, doing: int) -> None:
        """A meeting that waits for an answer."""
        self.meet(one, other, doing, "not yet", late=False, has_photo=False)

    @rule(which=WHICH, one=WHO, how=st.sampled_from(HOWS))
    def answer(self, which: int, one: int, how: str) -> None:
        """Anybody answers any of them, also those that are over."""
        if met := self._met(which):
            [one] = self._ids(one)
            self._answers(met, one, one, how)

    @rule(which=WHICH)
    def send_again(self, which: int) -> None:
        """A request comes once more, however long ago it was."""
        if self.sent:
            self._try(self.sent[which % len(self.sent)])

    @rule(which=WHICH, one=WHO)
    def take_back(self, which: int, one: int) -> None:
        if met := self._met(which):
            [one] = self._ids(one)
            self._send(lambda: service.take_back(met, self._person(one)))

    @rule(which=WHICH)
    def withdraw_a_photo(self, which: int) -> None:
        met = db.session.get(Encounter, self._met(which))
        if met and met.photos and (maker := next((one for one in self._all() if one.player_key == met.starter), None)):
            here, key, who = met.id, met.photos[0].key, maker.id
            self._send(lambda: service.withdraw_photo(here, db.session.get_one(Person, who), key))

    @rule(one=WHO, other=WHO)
    def block(self, one: int, other: int) -> None:
        one, other = self._ids(one, other)
        self._send(lambda: blocks.block(self._person(one), self._person(other).player_key))

    @rule(one=WHO)
    def undo_a_block(self, one: int) -> None:
        [one] = self._ids(one)
        self._send(lambda: [blocks.undo(self._person(one), each.key) for each in blocks.of(self._person(one))])

    @rule(one=WHO)
    def ask_to_be_erased(self, one: int) -> None:
        """The clockwork does it a day later."""
        if len(self._all()) > MOST // 2:
            [one] = self._ids(one)
            self._send(lambda: erasure.ask(self._person(one), self._person(one).name, None))

    @rule(one=WHO, zone=st.integers(0, 2))
    def choose_a_zone(self, one: int, zone: int) -> None:
        [one] = self._ids(one)

        def choose() -> None:
            here = db.session.get_one(Neighbourhood, self.here)
            self._person(one).zone = here.zones[zone]

        self._send(choose)

    @rule(one=WHO, other=WHO)
    def live_together(self, one: int, other: int) -> None:
        one, other = self._ids(one, other)

        def both_say_so() -> None:
            households.ask(self._person(one), self._person(other))
            for asked in households.waiting_for(self._person(other)):
                households.answer(self._person(other), asked.key, is_yes=True)

        self._send(both_say_so)

    @rule(one=WHO, other=WHO, into_a_team=st.booleans())
    def use_a_letter(self, one: int, other: int, into_a_team: bool) -> None:
        """Two type the code of one letter; it may be of a team."""
        two = self._ids(one, other)

        def use() -> None:
            team = teams.make_team(self.here, f"Koor {letters(len(self.sent) % 500)}") if into_a_team else None
            _sheet, [code, *_more] = teams.make_letters(self.here, team, 1)
            for each in two:
                teams.use(self._person(each), code)

        self._send(use)

    @rule(one=WHO, wants=st.booleans())
    def stand_in_the_ranking_or_not(self, one: int, wants: bool) -> None:
        [one] = self._ids(one)

        def choose() -> None:
            me = self._person(one)
            ranking.stand(me) if wants else ranking.leave(me.player_key)

        self._send(choose)

    # ---- what those of the house do

    @rule(which=WHICH, is_starter=st.booleans())
    def points_are_taken_away(self, which: int, is_starter: bool) -> None:
        """One of the two asks whether it is right, and a coordinator says no."""
        scored = db.session.scalars(select(Encounter).where(Encounter.scores).order_by(Encounter.id)).all()
        if not scored:
            return
        met = scored[which % len(scored)]
        key, who = met.key, met.starter if is_starter else met.companion
        self._send(lambda: questions.ask(who, key, "not met"))

        def take() -> None:
            if asked := questions.of(who, [key]):
                correcting.take(self._host(), asked[key].key, "not met")

        self._send(take)

    @rule(which=WHICH)
    def points_are_given_back(self, which: int) -> None:
        first = select(Correction.key).where(Correction.number == 1).order_by(Correction.id)
        taken = db.session.scalars(first).all()
        if taken:
            key = taken[which % len(taken)]
            self._send(lambda: correcting.give_back(self._host(), key))

    @rule(one=WHO)
    def see_a_card(self, one: int) -> None:
        [one] = self._ids(one)
        self._send(lambda: headquarters.see(self._host(), Role.HOST, self._person(one)))

    @rule(doing=WHICH, ahead=st.integers(0, 1))
    def choose_the_week(self, doing: int, ahead: int) -> None:
        monday = clock.week_of(clock.today()) + timedelta(weeks=ahead)
        self._send(lambda: weeks.choose_week(self.here, monday, self._challenge(doing).key))

    @rule()
    def reveal(self) -> None:
        self._send(lambda: of_seasons.reveal(db.session.get_one(Season, self.season)))

    @rule()
    def begin_the_next_season(self) -> None:
        """Once the last one is over."""

        def start() -> None:
            self.season = make.season(db.session.get_one(Neighbourhood, self.here), days_ago=0).id

        if seasons.is_over(db.session.get_one(Season, self.season), clock.now()):
            self._send(start)

    @rule()
    def the_clockwork_runs(self) -> None:
        """As it does each minute: all that could change the ledger, a person or a board."""
        db.session.rollback()
        for sweep in (
            encounters.sweep, erasure.sweep, scoring.welcome_hosts, scoring.give_to_buurt, scoring.draw_up,
            drawing.draw, closing.sweep,
        ):  # fmt: skip
            sweep()

    @rule()
    def a_season_closes(self) -> None:
        """Some months after its end; a photo of no pixels holds it up for as long as it can."""
        season = db.session.get_one(Season, self.season)
        if seasons.is_over(season, clock.now()):
            self._wait_until(clock.first_moment_of(seasons.closes_on(season)) + closing.HELD_UP + timedelta(days=1))
            self.the_clockwork_runs()

    # ---- time

    @rule(passed=SOON)
    def time_passes(self, passed: timedelta) -> None:
        clock.set(clock.now() + passed)

    @rule(minutes=st.sampled_from([-61, -1, 1, 61, 119]))
    def monday_begins(self, minutes: int) -> None:
        """A moment around midnight in Amsterdam, before which it is another week."""
        monday = clock.week_of(clock.today()) + timedelta(weeks=1)
        self._wait_until(clock.first_moment_of(monday) + minutes * MINUTE)

    @rule(night=st.sampled_from(NIGHTS), minutes=st.sampled_from([0, 30, 60, 90]))
    def the_clock_changes(self, night: datetime, minutes: int) -> None:
        """That night, where it lies in this season."""
        if night < seasons.ends_at(db.session.get_one(Season, self.season)):
            self._wait_until(night + minutes * MINUTE)

    @rule(minutes=st.sampled_from([-1, 0, 1, 61]), ends=st.booleans())
    def the_board_stands_still_or_the_season_ends(self, minutes: int, ends: bool) -> None:
        """From the second half of a season on: most steps are for those who still play."""
        season = db.session.get_one(Season, self.season)
        if clock.today() > season.starts_on + timedelta(weeks=2):
            moment = seasons.ends_at(season) if ends else seasons.still_from(season)
            self._wait_until(moment + minutes * MINUTE)

    # ---- what must always hold

    @invariant()
    def the_ledger_what_waits_and_the_totals_are_what_the_yeses_give(self) -> None:
        """But for what a late clockwork still has to give to the buurt: each such share is told of twice."""
        over = select(Season.id).where(Season.closed_on.is_(None), Season.ends_on < clock.today())
        late = select(Held.points).where(Held.season_id.in_(over), Held.settled_at.is_(None))
        wrong = cli.differences()
        assert len(wrong) == 2 * len(db.session.scalars(late).all()), wrong

    @invariant()
    def what_waits_what_is_paid_and_what_the_buurt_got_are_what_was_earned(self) -> None:
        earned, went = Counter[str](), Counter[str]()
        prices: dict[str, dict[str, int]] = defaultdict(dict)
        open_ = select(Season.id).where(Season.closed_on.is_(None))
        for row in db.session.scalars(select(LedgerEntry).where(LedgerEntry.season_id.in_(open_))):
            went[row.player] += row.points
            if row.lines:
                prices[row.meeting][row.player] = sum(points for _name, points in row.lines)
        for meeting, shares in prices.items():
            assert len(shares) == 2
            assert len(set(shares.values())) == 1  # the same for both
            earned.update(shares if meeting not in self._taken() else {})
        for held in db.session.scalars(select(Held).where(Held.settled_at.is_(None))):
            went[held.player] += held.points
        assert went == earned

    @invariant()
    def a_season_that_closed_keeps_its_sums_and_no_partner_and_no_moment(self) -> None:
        for season in db.session.scalars(select(Season)):
            rows = db.session.scalars(select(LedgerEntry).where(LedgerEntry.season_id == season.id)).all()
            sums = Counter[tuple[str, str]]()
            for row in rows:
                sums[row.player, row.purse] += row.points
            if season.closed_on is None:
                self.sums[season.id] = +sums
                continue
            assert +sums == self.sums[season.id]
            assert len({row.at for row in rows}) <= 1
            for table in (Encounter, Pair, Held, Vouch):
                assert db.session.scalars(select(table).where(table.season_id == season.id)).all() == []

    @invariant()
    def each_pair_counts_once_a_season(self) -> None:
        """While a meeting that gave them something stands."""
        pairs, gave = defaultdict(set), set(db.session.scalars(select(LedgerEntry.meeting)))
        for met in db.session.scalars(select(Encounter).where(Encounter.scores)):
            if met.key in gave - self._taken():
                pairs[met.season_id].add(frozenset(met.players))
        for season in db.session.scalars(select(Season)):
            assert queries.pairs(season.id) == len(pairs[season.id])

    @invariant()
    def a_board_that_stands_still_says_the_same_whatever_is_written_later(self) -> None:
        for season in db.session.scalars(select(Season)):
            sort = self._stands(season)
            if sort:
                says = self._says(season)
                assert self.read.setdefault(Stands(season.id, sort), says) == says
        for board in db.session.scalars(select(Board)):
            kept = self.read.setdefault(Stands(-board.season_id, board.sort), board.says)
            assert kept == board.says

    @invariant()
    def a_ranking_names_who_wants_it_and_changes_in_nothing_else_once_it_stands_still(self) -> None:
        willing = {one.player_key: one.name for one in self._all() if rankings.is_in(one.player_key)}
        for season in db.session.scalars(select(Season)):
            drawn = rankings.drawn_on(season.id)
            standing = db.session.scalars(select(Standing).where(Standing.season_id == season.id))
            rows = {(one.place, one.points, one.player) for one in standing}
            for shared in rankings.top(season.id):
                players = {player for place, _points, player in rows if place == shared.place}
                assert shared.people == len(players)
                assert set(shared.names) == {willing[player] for player in players & willing.keys()}
            if drawn and clock.now() >= seasons.still_from(season):
                assert self.ranked.setdefault((season.id, drawn > season.ends_on), rows) == rows

    # ---- in short

    def _taken(self) -> set[str]:
        """The meetings of which nothing stands."""
        last = db.session.scalars(select(Correction).order_by(Correction.id))
        return {meeting for meeting, what in {one.meeting: one.what for one in last}.items() if what == What.TAKEN}

    def _join(self, zone: str | None, known: bool) -> None:
        self.names += 1
        with writing():
            here = db.session.get_one(Neighbourhood, self.here)
            self.people.append(make.person(here, f"Buur {letters(self.names)}", zone, known=known).id)

    def _all(self) -> list[Person]:
        found = select(Person).where(Person.id.in_(self.people), Person.leaving_at.is_(None))
        return list(db.session.scalars(found.order_by(Person.id)).unique())

    def _ids(self, *numbers: int) -> list[int]:
        """Who these are among those who are here now: the same ones when a request comes again."""
        everybody = [one.id for one in self._all()]
        return [everybody[number % len(everybody)] for number in numbers]

    def _person(self, person: int) -> Person:
        """Raises Refusal once they are gone, as whoever looks for them does."""
        found = db.session.get(Person, person)
        if found is None or found.leaving_at:
            raise Refusal("gone")
        return found

    def _met(self, which: int) -> int:
        """One of the meetings, the last ones first; 0: none."""
        here = list(db.session.scalars(select(Encounter.id).where(Encounter.id.in_(self.met)).order_by(Encounter.id)))
        return here[-1 - which % len(here)] if here else 0

    def _host(self) -> Person:
        return db.session.get_one(Person, self.host)

    def _challenge(self, number: int) -> Challenge:
        return db.session.get_one(Challenge, self.challenges[number % len(self.challenges)])

    def _send(self, act: Callable[[], Any]) -> Any:
        """A request, that may come again later."""
        self.sent.append(act)
        return self._try(act)

    def _try(self, act: Callable[[], Any]) -> Any:
        clock.set(clock.now() + timedelta(seconds=1))  # no two things happen at the very same moment
        try:
            with writing():
                return act()
        except (Refusal, NoResultFound):  # of what is gone
            return None

    def _answers(self, met: int, one: int, other: int, how: str) -> None:
        clock.set(clock.now() + MINUTE)
        if how == "quickly":
            key = db.session.get_one(Encounter, met).key
            if self._send(lambda: second_yes.say(key, self._person(other).player_key)):
                return
        if how == "before a host":
            self._send(lambda: service.agree(met, self._person(one), with_photo=True))
        if how == "no":
            self._send(lambda: service.decline(met, self._person(other)))
        else:
            with_photo, on_one = how != "without photo", how == "on one phone"
            self._send(lambda: service.agree(met, self._person(other), with_photo, on_one))

    def _by_code(self, met: int, one: int, other: int) -> None:
        code = self._send(lambda: service.new_code(met, self._person(one)).letters)
        if code and not self._send(lambda: second_yes.say(code, self._person(other).player_key)):
            self._send(lambda: service.agree(service.by_code(code).id, self._person(other), with_photo=True))

    def _wait_until(self, moment: datetime) -> None:
        clock.set(max(moment, clock.now()))

    def _stands(self, season: Season) -> Sort | None:
        """The last one stands once it was drawn up: before it, what waited still has to go to the buurt."""
        if seasons.is_revealed(season, clock.now()):
            return Sort.FINAL if db.session.get(Board, (season.id, Sort.FINAL)) else None
        return Sort.STILL if clock.now() >= seasons.still_from(season) else None

    def _says(self, season: Season) -> Any:
        here = db.session.get_one(Neighbourhood, self.here)
        read = still.read(season, still.lived_in(here.zones))
        return read.pairs, read.today, read.returned, read.given, read.lines, len(read.deeds)
