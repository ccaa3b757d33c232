"""Who may do what. One table decides; a view without a row in it does not start."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar, cast

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.routing import Rule


class Role(StrEnum):
    """Everybody who can ask for something (docs/rules.md §3). Staff roles add up to being a player."""

    VISITOR = "visitor"
    CREW = "crew"
    PLAYER = "player"
    MAKER = "maker"
    HOST = "host"
    TEACHER = "teacher"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


EVERYONE = frozenset(Role)
PLAYERS = EVERYONE - {Role.VISITOR, Role.CREW, Role.ADMIN}
VISITORS_AND_PLAYERS = PLAYERS | {Role.VISITOR}
STAFF = PLAYERS - {Role.PLAYER}

RIGHTS: dict[str, frozenset[Role]] = {
    "machine.read": EVERYONE,  # files and health: nobody is looked up for it
    "public.read": EVERYONE,
    "language.choose": EVERYONE,
    "person.join": VISITORS_AND_PLAYERS,
    "letter.use": VISITORS_AND_PLAYERS,
    "person.own": PLAYERS,
    "person.leave": VISITORS_AND_PLAYERS,
    "person.return": VISITORS_AND_PLAYERS,  # who has the secret of a card or of a mail
    "demo.enter": VISITORS_AND_PLAYERS,
    "encounter.look": VISITORS_AND_PLAYERS,  # with its code or as one of the two; the view decides which
    "encounter.start": PLAYERS,
    "encounter.answer": PLAYERS,
    "encounter.own": PLAYERS,
    "photo.withdraw": PLAYERS,
    "desk.witness": frozenset({Role.HOST, Role.EDITOR, Role.COORDINATOR}),
    "aggregates.read": frozenset({Role.MAKER, Role.HOST, Role.EDITOR, Role.COORDINATOR}),
    "photo.consent": PLAYERS,
    "visit.make": PLAYERS,
    "staff.enter": VISITORS_AND_PLAYERS,
    "staff.own": PLAYERS,  # signed in as staff; the view looks
    "staff.lock": PLAYERS,  # the same
    "staff.team": STAFF,
    "staff.roles": frozenset({Role.COORDINATOR}),
    "audit.read": frozenset({Role.COORDINATOR}),
    "season.start": frozenset({Role.COORDINATOR}),
    "letter.make": frozenset({Role.COORDINATOR}),
    "points.correct": frozenset({Role.COORDINATOR}),
    "neighbourhood.draw": frozenset({Role.COORDINATOR}),
    "wall.keep": frozenset({Role.COORDINATOR}),
    "partner.keep": frozenset({Role.COORDINATOR}),
    "class.keep": frozenset({Role.TEACHER}),  # their own; the view looks
    "class.join": VISITORS_AND_PLAYERS | {Role.CREW},
    "class.crew": VISITORS_AND_PLAYERS | {Role.CREW},  # who has its secret; the view looks
    "wall.look": EVERYONE,  # who has the address of a screen; the view looks
    "desk.decide": frozenset({Role.EDITOR, Role.COORDINATOR}),
    "player.suspend": frozenset({Role.EDITOR}),  # at most a week
    "player.suspend_long": frozenset({Role.COORDINATOR}),
    "player.resume": frozenset({Role.EDITOR, Role.COORDINATOR}),  # also the page on which they see who has a pause
    "item.report": EVERYONE,
    "story.tell": VISITORS_AND_PLAYERS,
    "story.own": VISITORS_AND_PLAYERS,  # its teller, as a player or with a receipt; the view looks
    "story.react": VISITORS_AND_PLAYERS,
    "story.ask": PLAYERS,
    "story.guard": VISITORS_AND_PLAYERS,  # who cares for a child, by their receipt; the view looks
    "story.enter": frozenset({Role.HOST, Role.EDITOR, Role.COORDINATOR}),
    "story.pause": frozenset({Role.EDITOR, Role.COORDINATOR}),
    "story.edit": frozenset({Role.EDITOR, Role.COORDINATOR}),
    "idea.send": VISITORS_AND_PLAYERS,  # and to ask for another look: who sent it; the view looks
    "idea.sign": PLAYERS,
    "initiative.join": PLAYERS,
    "offer.send": PLAYERS,  # whom others here know; and to answer a match of one: whose it is, the view looks
    "offer.match": frozenset({Role.HOST, Role.EDITOR, Role.COORDINATOR}),
    "initiative.run": PLAYERS,  # who leads it, and editors; the view looks
    "idea.enter": frozenset({Role.HOST, Role.EDITOR, Role.COORDINATOR}),  # for somebody else
    "idea.decide": frozenset({Role.EDITOR, Role.COORDINATOR}),
    "survey.fill": VISITORS_AND_PLAYERS,
    "survey.enter": frozenset({Role.HOST, Role.EDITOR, Role.COORDINATOR}),
    "survey.keep": frozenset({Role.COORDINATOR}),
    "mirror.fill": frozenset({Role.HOST, Role.EDITOR, Role.COORDINATOR}),
    "dialogue.answer": VISITORS_AND_PLAYERS,  # at an open hour, and one's own talk; the view looks
    "dialogue.ask": VISITORS_AND_PLAYERS,
    "dialogue.join": PLAYERS,
    "dialogue.open": PLAYERS,  # a professional, a host or a coordinator; the view looks
    "dialogue.host": frozenset({Role.HOST, Role.COORDINATOR}),
    "professional.keep": frozenset({Role.COORDINATOR}),
    "gathering.open": PLAYERS,  # whom others here know; what hands it in looks
    "gathering.arrive": PLAYERS,
    "gathering.keep": PLAYERS,  # who opened it, and a host; the view looks
    "choice.open": frozenset({Role.COORDINATOR}),
    "choice.vote": PLAYERS,  # who is on its list; the service looks
    "choice.reason": PLAYERS,
    "choice.paper": frozenset({Role.HOST, Role.EDITOR, Role.COORDINATOR}),
    "choice.count": frozenset({Role.EDITOR, Role.COORDINATOR}),
    "choice.decide": frozenset({Role.EDITOR, Role.COORDINATOR}),
    "promise.make": PLAYERS,  # whom others here know, and the team; what hands it in looks
    "promise.step": PLAYERS,  # who made it, and to whom it was made; to be against it, anybody
    "promise.succeed": frozenset({Role.COORDINATOR}),
    "receipt.open": VISITORS_AND_PLAYERS,  # who has its secret
    "receipt.reissue": frozenset({Role.HOST, Role.EDITOR, Role.COORDINATOR}),
    "challenge.make": frozenset({Role.MAKER, Role.EDITOR, Role.COORDINATOR}),
    "challenge.propose": PLAYERS,
    "walk.make": frozenset({Role.MAKER, Role.EDITOR, Role.COORDINATOR}),
    "lesson.make": frozenset({Role.MAKER, Role.TEACHER, Role.EDITOR, Role.COORDINATOR}),  # their own; the view looks
    "lesson.publish": frozenset({Role.MAKER, Role.EDITOR, Role.COORDINATOR}),  # the same
    "spot.make": frozenset({Role.MAKER, Role.EDITOR, Role.COORDINATOR}),
    "spot.propose": PLAYERS,
    "plate.report": EVERYONE,
    "print.make": frozenset({Role.MAKER, Role.EDITOR, Role.COORDINATOR}),
    "plate.keep": frozenset({Role.MAKER, Role.HOST, Role.EDITOR, Role.COORDINATOR}),  # docs/decisions/0012
}

# ‡ of docs/rules.md §3: asked again whether it is still them
ASKS_AGAIN = frozenset({
    "staff.roles", "staff.lock", "season.start", "letter.make", "points.correct", "neighbourhood.draw", "wall.keep",
    "partner.keep", "player.suspend_long", "professional.keep", "choice.open",
})  # fmt: skip

ON_A_STAFF_DEVICE = frozenset({"staff.own", "staff.lock"})  # for any player by their row; their views ask for more

View = TypeVar("View", bound=Callable[..., object])
Identify = Callable[[], frozenset[Role]]
AskAgain = Callable[[], ResponseReturnValue | None]


def may(right: str) -> Callable[[View], View]:
    """Give a view its row of the rights table. KeyError for a right that the table lacks."""
    RIGHTS[right]

    def give(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]  # a function carries its right
        return view

    return give


def init_app(app: Flask) -> None:
    """Check every request against the table."""
    app.extensions["identify"] = lambda: frozenset({Role.VISITOR})
    lacks_staff_with(app, lambda: None)
    may("machine.read")(app.view_functions["static"])
    app.before_request(_check)
    app.add_template_global(may_open)


def identify_with(app: Flask, identify: Identify) -> None:
    """Let a higher layer say who is asking (people: by the device cookie)."""
    app.extensions["identify"] = identify


def ask_again_with(app: Flask, ask: AskAgain) -> None:
    """Let a higher layer ask for a second proof where the table says so; what it answers is shown instead."""
    app.extensions["ask again"] = ask


def lacks_staff_with(app: Flask, answer: AskAgain) -> None:
    """Let a higher layer answer who lacks staff in words of its own; None: the usual no."""
    app.extensions["lacks staff"] = answer


def right_of(app: Flask, endpoint: str) -> str | None:
    """The right that an endpoint asks for."""
    return getattr(app.view_functions[endpoint], "right", None)


def may_open(endpoint: str) -> bool:
    """Whether who is asking may open a page, for a link that would only refuse."""
    right = right_of(current_app, endpoint) if endpoint in current_app.view_functions else None
    return bool(right and g.get("roles", frozenset()) & RIGHTS[right])


def acting_as(endpoint: str | None = None) -> Role:
    """As what who asks does what they ask for: the least of their roles that may. What the audit log keeps.

    `endpoint`: whose right it is by, where the page is also for others.
    """
    right = right_of(current_app, endpoint or request.endpoint or "")
    return next(role for role in Role if role in g.roles & RIGHTS[right or ""])


def asks_for_staff() -> bool:
    """Whether what is asked for is of staff alone."""
    right = right_of(current_app, request.endpoint) if request.endpoint else None
    return right is not None and (right in ON_A_STAFF_DEVICE or RIGHTS[right] <= STAFF)


def lacks_staff() -> bool:
    """Whether what is asked for is of staff alone, while nobody signed in as staff on this device."""
    return asks_for_staff() and not g.get("staff")


def is_about_oneself() -> bool:
    """Whether what is asked for is about how somebody of staff signs in: its forms hold passwords and codes."""
    return right_of(current_app, request.endpoint or "") in ON_A_STAFF_DEVICE


def require_rows(app: Flask) -> None:
    """Refuse to start with a route that has no row in the rights table. Raises RuntimeError naming it."""
    for rule in app.url_map.iter_rules():
        if right_of(app, rule.endpoint) not in RIGHTS:
            raise RuntimeError(f"{rule.endpoint} has no row in the rights table: give it @may(...)")


def rows(app: Flask) -> list[tuple[str, str, str, str]]:
    """The table as built: endpoint, methods, right, roles; one row a route."""

    def row(rule: Rule) -> tuple[str, str, str, str]:
        right = str(right_of(app, rule.endpoint))
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        return rule.endpoint, methods, right, " ".join(role for role in Role if role in RIGHTS[right])

    return sorted({row(rule) for rule in app.url_map.iter_rules()})


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    right = right_of(current_app, request.endpoint)
    if right == "machine.read":
        return None
    roles = g.roles = current_app.extensions["identify"]()
    if lacks_staff() and (instead := current_app.extensions["lacks staff"]()):
        return cast(ResponseReturnValue, instead)
    if right is None or not roles & RIGHTS[right]:
        abort(401 if roles == {Role.VISITOR} else 403)
    return current_app.extensions["ask again"]() if right in ASKS_AGAIN else None
