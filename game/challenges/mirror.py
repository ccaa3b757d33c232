"""What the mirror says of challenges: who made them, who looks into things, and which are about before."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from core.mirror.factors import FACE, HISTORY, OWN, RESEARCH
from core.mirror.seen import SEEN, Seen, Sentence
from core.neighbourhoods.models import Neighbourhood
from game.challenges import queries
from game.challenges.kinds import Look, ThenNow


def init_app(app: Flask) -> None:
    """Register what is seen."""
    SEEN.add(app, "who made the challenges", Seen(OWN, _made), order=10)
    SEEN.add(app, "who made those to look", Seen(RESEARCH, _looked), order=10)
    SEEN.add(app, "challenges about before", Seen(HISTORY, _before), order=30)
    SEEN.add(app, "challenges with a name", Seen(FACE, _named), order=20)


def _made(here: Neighbourhood) -> Sentence:
    by = queries.by_makers(here.id)
    figure = ngettext(
        "%(num)d challenge by residents, of %(all)d", "%(num)d challenges by residents, of %(all)d", by.residents,
        all=by.all,
    )  # fmt: skip
    return Sentence(figure, _l("The team made %(team)d. The others came ready-made.", team=by.team))


def _looked(here: Neighbourhood) -> Sentence:
    by = queries.by_makers(here.id, Look.name)
    return Sentence(
        ngettext(
            "%(num)d research challenge by residents, of %(all)d",
            "%(num)d research challenges by residents, of %(all)d", by.residents, all=by.all,
        )
    )  # fmt: skip


def _before(here: Neighbourhood) -> Sentence:
    many = queries.by_makers(here.id, ThenNow.name).all
    return Sentence(ngettext("%(num)d challenge is about before", "%(num)d challenges are about before", many))


def _named(here: Neighbourhood) -> Sentence:
    many = queries.with_a_name(here.id)
    return Sentence(
        ngettext(
            "%(num)d challenge says who thought of it", "%(num)d challenges say who thought of them", many
        )
    )  # fmt: skip
