"""A story that may no longer be seen in walks or at school leaves the kits, also what they quote of it.

Nobody waits for it: from the moment that it may not be seen, no page shows it (lesson.py).
"""

from sqlalchemy import select

from core.consent.surfaces import Gone
from core.database import db
from tours.lessons import service
from tours.lessons.models import Kit
from tours.stories.models import Story


def drop(gone: Gone) -> None:
    """Rewrite the kits that are made of this story."""
    here = select(Story.neighbourhood_id).where(Story.key == gone.key).scalar_subquery()
    for kit in db.session.scalars(select(Kit).where(Kit.neighbourhood_id == here).with_for_update()):
        if any(gone.key in task["of"] for task in kit.content["tasks"]):
            service.drop(kit, gone.key)
