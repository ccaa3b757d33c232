"""A neighbourhood with five thousand ideas and fifty thousand co-signs reads them in as many questions as with one."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert

from core import clock
from core.database import db, writing
from game.ideas import queries
from game.ideas.models import CoSign, Idea, Merged
from tests import make

IDEAS, SIGNED = 5000, 10


def key(number: int) -> str:
    return f"{number:a>26}"


@pytest.mark.long
@pytest.mark.both
def test_five_thousand_ideas_take_no_more_questions_than_one(app):
    with app.app_context():
        here, _season = make.world()
        asked: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))

        def questions() -> int:
            asked.clear()
            awake, asleep = queries.of(here.id), queries.of(here.id, asleep=True)
            assert len(awake) + len(asleep) > 0
            queries.to_answer(here.id)
            return len(asked)

        def fill(first: int, last: int) -> None:
            now, old = clock.now(), clock.now() - timedelta(days=400)
            some = range(first, last)
            with writing():
                db.session.execute(
                    insert(Idea),
                    [
                        {"key": key(one), "neighbourhood_id": here.id, "sort": "change", "title": f"Idee {one}",
                         "words": "", "language": "nl", "channel": "phone", "visible_at": old}
                        for one in some
                    ],
                )  # fmt: skip
                db.session.execute(
                    insert(CoSign),
                    [
                        {"idea": key(one), "who": f"neighbour {(one * 7 + which) % 3000}", "shows_name": False,
                         "at": now if one % 2 else old}
                        for one in some
                        for which in range(SIGNED)
                    ],
                )  # fmt: skip
                merged = [{"idea": key(one), "into": key(one - 1)} for one in some if one % 10 == 9]
                if merged:
                    db.session.execute(insert(Merged), merged)

        fill(0, 12)  # some of each
        before = questions()
        fill(12, IDEAS)
        assert questions() == before
        row = next(row for row in queries.of(here.id) if row.signed != 0)
        assert row.signed in range(SIGNED, 2 * SIGNED + 1)
