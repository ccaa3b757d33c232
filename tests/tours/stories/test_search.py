"""Words in stories are found on both databases alike, however they are spelled; withdrawn ones are in no file."""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from core import codes
from core.contributions import service as contributions
from core.database import db, writing
from core.neighbourhoods.models import Neighbourhood
from tests.tours.stories.test_pages import AT, FORM, lombok, told_and_read
from tours.stories import index, queries, service
from tours.stories.folding import folded
from tours.stories.models import Story

__all__ = ["lombok"]
pytestmark = pytest.mark.both
HOSTILE = (
    '"', "'", '""', "*", "a*", '"brug', "brug AND", "AND", "OR", "NOT brug", "NEAR(brug rij)", "brug NEAR/2 rij",
    "^brug", "found:brug", "{found}:brug", "-brug", "+brug", "(brug", "brug)", "brug & !rij", "brug <-> rij", "brug:*",
    ":*", "\\", "%", "_", "brug\x00rij", "'; DROP TABLE story; --", "a" * 5000, "ﷺ" * 80, "👩‍👩‍👧", "\u202e\u200f",
    "1e5 -2.5e+3", "https://brug.nl/rij?x=1", "\ud800", "ａｂｃ", "ⅷ", "٣", "हिन्दी", "a.b@c.nl", "<b>brug</b>",
    "brug|rij", "!",
)  # fmt: skip


def tell(**said) -> str:
    """A story that everybody reads."""
    here = db.session.scalars(select(Neighbourhood).where(Neighbourhood.slug == "lombok")).one()
    content = {"title": "x", "words": "x", "when": "", "spot": "", "theme": "", "warning": "", **said}
    one = service.tell(here, codes.new_key(), content, "nl", "")
    contributions.say_yes(one, one.last, "an editor")
    service.approve(one, one.last.hash, one.who, "screen")
    return one.key


def found(words: str) -> set[str]:
    """The keys of those that everybody may read."""
    return set(db.session.scalars(select(Story.key).where(queries.can_be_read(), index.has(words))))


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [("Işık", ("işık", "IŞIK", "ışık", "isik", "ISIK", "ışı")), ("ISTANBUL", ("İstanbul", "istanbul", "ıstan")),
     ("şeker çöreği", ("seker coregi", "ŞEKER", "çöre")), ("Café België", ("cafe belgie", "CAFÉ", "belgi")),
     ("zeeën", ("zeeen", "ZEEËN")), ("IJsco", ("ijsco", "ĳsco", "IJS")), ("مَدْرَسَةٌ", ("مدرسة", "مدرسه", "مَدرسة", "مدر")),
     ("أحمد", ("احمد", "أحمد", "إحمد")), ("القُرآن", ("القران", "القرآن")), ("مستشفى", ("مستشفي", "مستشفى")),
     ("ســـوق", ("سوق",)), ("Straße", ("strasse", "STRASSE")), ("Lombok’s", ("lombok",)), ("nr. 12a", ("12a", "12"))],
)  # fmt: skip
def test_one_word_is_found_by_each_of_its_spellings(lombok, written, looked_for):
    with lombok.app_context(), writing():
        key, _other = tell(words=f"Daar was {written}."), tell(words="Iets anders.")
        assert {words: found(words) for words in looked_for} == {words: {key} for words in looked_for}


def test_all_words_must_be_there_and_the_last_may_be_half(lombok):
    with lombok.app_context(), writing():
        key = tell(title="De bakkerij", words="Op zaterdag stond de rij tot aan de brug.")
        tell(words="De brug was open.")
        assert found("brug rij bak") == found("BRUG, zater") == {key}
        assert found("brug fiets") == found("akkerij") == found("bak brug") == set()
        assert len(found("brug")) == 2


def test_whatever_somebody_types_is_words_and_no_error(lombok):
    with lombok.app_context(), writing():
        key = tell(words="De brug en de rij.")
        for words in HOSTILE:
            assert found(words) <= {key}, words
        assert found("'; brug & !rij") == {key}
    reader = lombok.test_client()
    answers = {words: reader.get(AT, query_string={"q": words.encode("utf-8", "replace")}) for words in HOSTILE}
    assert [words for words, answer in answers.items() if answer.status_code != 200] == ["brug\x00rij"]
    assert answers["brug\x00rij"].status_code == 400, "no address of ours has a zero in it"


def test_other_words_take_the_place_of_the_first_and_nothing_is_found_by_those(lombok):
    with lombok.app_context():
        with writing():
            tell(words="De slager op de hoek.")
        with writing():
            story = db.session.scalars(select(Story)).one()
            story.found = f" {folded('De bakker op de hoek.')}"
        assert (len(found("slager")), len(found("bakker")), index.is_true()) == (0, 1, True)


def test_what_is_written_and_not_kept_is_not_found(lombok):
    with lombok.app_context():
        tell(words="De slager.")
        assert len(found("slager")) == 1
        db.session.rollback()
        assert (len(found("slager")), index.is_true()) == (0, True)


def test_words_that_the_index_missed_are_a_fault(lombok):
    with lombok.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL keeps its index itself")
        with writing():
            tell(words="De slager.")
            db.session.execute(text("INSERT INTO story_words(story_words) VALUES ('delete-all')"))
            assert not index.is_true()
            db.session.execute(text("INSERT INTO story_words(story_words) VALUES ('rebuild')"))
            assert index.is_true()


def test_a_withdrawn_word_is_in_no_file_of_the_database(lombok):
    with lombok.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("what PostgreSQL let go of goes by its vacuum")
    teller, key = told_and_read(lombok, **{**FORM, "words": "Daar woonde Kwispelstaartje. Wij aten pannenkoek."})
    with lombok.app_context(), writing():
        for number in range(200):  # the parts of an index that grew by and by, as one in use
            tell(words=f"Verhaal nummer{number} van de pannenkoek.")
    assert _in_the_files(lombok, b"spelstaartj") > 0
    assert teller.post(f"{AT}/mine/{key}/withdraw").status_code == 303
    assert _in_the_files(lombok, b"pannenkoek") > 0
    assert _in_the_files(lombok, b"spelstaartj") == 0


def _in_the_files(app, word: bytes) -> int:
    """How often it is in the database's file and in its log of changes, once that was written into it."""
    with app.app_context():
        db.session.rollback()
        raw = db.engine.raw_connection()
        assert raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        raw.close()
        path = Path(db.engine.url.database)
    files = [path, *(Path(f"{path}{end}") for end in ("-wal", "-journal"))]
    return sum(file.read_bytes().lower().count(word) for file in files if file.exists())
