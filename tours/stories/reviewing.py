"""What an editor changed, sentence by sentence, for who says the last word: its teller, and who cares for a child."""

from typing import Any

from core.contributions.models import Contribution
from tours.stories import queries, text


def sentences(story: Contribution) -> dict[str, Any]:
    """The last version beside what its teller wrote last: what a page shows of it."""
    before = next((one for one in reversed(story.versions) if one.by == story.who), story.versions[0])
    was, now = before.content, story.last.content
    lines = text.compared(was["words"], now["words"])
    if typed := queries.typed_of(now):
        is_first = not queries.typed_of(was)
        lines += text.typed(typed) if is_first else text.compared(queries.typed_of(was), typed)
    return {"lines": lines, "before": before, "changed": sum(line.kind in text.OTHER for line in lines)}
