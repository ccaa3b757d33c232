"""Whether others may take a story over: no, until its teller says so; what went out is never narrowed."""

import json
from xml.etree.ElementTree import fromstring

import pytest
from sqlalchemy import select

from core.consent.models import Consent
from core.contributions import service as contributions
from core.database import db
from core.neighbourhoods.models import Neighbourhood
from core.refusal import Refusal
from tests.tours.stories.test_elsewhere import AT, ATOM, change, lombok, told
from tests.tours.stories.test_pages import told_and_read
from tours.stories import check, licences, queries, service

__all__ = ["lombok", "told"]
pytestmark = pytest.mark.both
BY, NC, SA, CC0 = "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-SA-4.0", "CC0-1.0"
DEED = "https://creativecommons.org/licenses/by/4.0/"


def choose(app, key: str, *uses: str, licence: str | None) -> None:
    change(app, key, lambda one: service.allow(one, uses, "receipt", licence))


def left(app, key: str) -> list[str]:
    """The choices that are left to its teller."""
    with app.app_context():
        here = db.session.scalars(select(Neighbourhood.id)).one()
        return licences.possible(queries.handed_in(here, key))


def test_a_story_is_only_here_and_says_so_until_its_teller_chooses_a_licence(lombok, told):
    key, reader = told("embed"), lombok.test_client()

    def said() -> tuple[str, dict, list[str]]:
        entry = fromstring(reader.get("/w/lombok/stories.atom").data).find(f"{ATOM}entry")
        links = [link.get("href") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "license"]
        return entry.find(f"{ATOM}rights").text, json.loads(reader.get(f"{AT}/{key}/about.jsonld").data), links

    rights, article, links = said()
    assert ("niet om over te nemen" in rights, links) == (True, [])
    assert article["license"] == {"@type": "CreativeWork", "identifier": "LicenseRef-alleen-hier"}
    for page in ("", "/frame"):
        assert "niet om over te nemen" in reader.get(f"{AT}/{key}{page}").text
    choose(lombok, key, "embed", licence=BY)
    rights, article, links = said()
    assert (rights, article["license"], links) == (BY, DEED, [DEED])
    for page in ("", "/frame"):
        shown = reader.get(f"{AT}/{key}{page}").text
        assert DEED in shown
        assert "niet om over te nemen" not in shown


def test_what_went_out_with_a_licence_becomes_wider_and_never_narrower(lombok, told, clock):
    key = told("name")
    for licence in (SA, licences.ONLY_HERE, NC):  # nothing carried it yet: each is free
        choose(lombok, key, "name", licence=licence)
    assert left(lombok, key) == [licences.ONLY_HERE, NC, SA, BY, CC0]
    choose(lombok, key, "name", "embed", licence=None)
    clock.advance(minutes=1)
    assert left(lombok, key) == [NC, BY, CC0]
    choose(lombok, key, "name", licence=None)  # no longer on other sites: what is out is out
    for licence in (licences.ONLY_HERE, SA):
        with pytest.raises(Refusal, match="wider"):
            choose(lombok, key, "name", licence=licence)
    choose(lombok, key, "name", licence=BY)
    choose(lombok, key, "name", licence=NC)  # nothing carried the wider one
    choose(lombok, key, "name", "archive", licence=CC0)
    clock.advance(minutes=1)
    assert left(lombok, key) == [CC0]
    with lombok.app_context():
        assert list(check.faults(check.everything())) == []
        given = db.session.scalars(select(Consent).where(Consent.use.startswith("licence:")).order_by(Consent.id)).all()
        assert [one.use for one in given] == [f"licence:{name.lower()}" for name in (SA, NC, BY, NC, CC0)]
        assert sum(one.ended_at is None for one in given) == 1


def test_other_words_are_asked_about_anew(lombok, told):
    key = told("embed")
    choose(lombok, key, "embed", licence=BY)

    def retell(one) -> None:
        here = db.session.get(Neighbourhood, one.neighbourhood_id)
        said = {name: one.last.content[name] for name in ("title", "when", "spot", "theme", "warning")}
        service.change(one, here, {**said, "words": "Heel andere woorden."}, "nl")
        contributions.say_yes(one, one.last, "an editor")

    change(lombok, key, retell)
    with lombok.app_context():
        here = db.session.scalars(select(Neighbourhood.id)).one()
        assert licences.one(queries.handed_in(here, key).id).name == BY, "what is shown is still the first"
    change(lombok, key, lambda one: service.approve(one, one.last.hash, one.who, "receipt"))
    assert DEED not in lombok.test_client().get(f"{AT}/{key}").text
    assert licences.ONLY_HERE in left(lombok, key)
    with lombok.app_context():
        assert list(check.faults(check.everything())) == []


def test_a_withdrawn_story_has_no_licence_any_more(lombok, told):
    key = told("embed")
    choose(lombok, key, "embed", licence=CC0)
    change(lombok, key, service.withdraw)
    with lombok.app_context():
        standing = select(Consent).where(Consent.use.startswith("licence:"), Consent.ended_at.is_(None))
        assert db.session.scalars(standing).all() == []
    told_so = lombok.test_client().get(f"{AT}/revocations.json").get_json()["revoked"]
    assert {"licence:cc0-1.0", "embed"} <= {row["use"] for row in told_so if row["story"] == key}


def test_who_cannot_call_it_back_is_told_so_before_they_choose_and_says_that_they_know(lombok):
    teller, key = told_and_read(lombok)
    page = f"{AT}/mine/{key}/uses"
    said = teller.get(page).text
    assert said.index("hoeft het niet terug te geven") < said.index('type="radio"')
    refused = teller.post(page, data={"licence": BY, "uses": "name"})
    assert refused.status_code == 422
    assert 'class="buurt-field__fault"' in refused.text
    assert f'value="{BY}" checked' in refused.text, "the choice stays"
    assert teller.post(page, data={"licence": BY, "uses": "name", "knows": "1"}).status_code == 303
    assert DEED in teller.get(f"{AT}/{key}").text
    assert teller.post(page, data={"licence": BY}).status_code == 303, "what stands is not asked about again"
    assert teller.post(page, data={"uses": "name"}).status_code == 303
    assert DEED in teller.get(f"{AT}/{key}").text, "a page from before leaves it as it is"
