"""Names are compared as a reader sees them, by Unicode's tables: in two ways, so that Ilse and Lise are two names.

Who has a name that by these tables looks like a neighbour's keeps it.
"""

import sqlalchemy as sa
from alembic import op

from core.people import names

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

PERSON = sa.table(
    "person", sa.column("id", sa.Integer), sa.column("neighbourhood_id", sa.Integer), sa.column("name", sa.String),
    sa.column("likeness", sa.String), sa.column("look", sa.String),
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("look", sa.String(length=80), nullable=True))
        batch.drop_constraint("uq_person_neighbourhood_id_likeness", type_="unique")
    _compare_anew()
    with op.batch_alter_table("person") as batch:
        batch.alter_column("look", existing_type=sa.String(length=80), nullable=False)
        batch.create_unique_constraint(batch.f("uq_person_neighbourhood_id_likeness"), ["neighbourhood_id", "likeness"])
        batch.create_unique_constraint(batch.f("uq_person_neighbourhood_id_look"), ["neighbourhood_id", "look"])


def downgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.drop_constraint("uq_person_neighbourhood_id_look", type_="unique")
        batch.drop_column("look")


def _compare_anew() -> None:
    taken: set[tuple[int, str, str]] = set()
    people = sa.select(PERSON.c.id, PERSON.c.neighbourhood_id, PERSON.c.name).order_by(PERSON.c.id)
    for id_, here, name in op.get_bind().execute(people).all():
        alike = {}
        for column, compared in (("likeness", names.likeness(name)), ("look", names.look(name))):
            is_taken = (here, column, compared) in taken
            taken.add((here, column, compared))
            alike[column] = f"{compared[:60]} {id_}" if is_taken else compared  # a space: nobody else can have it
        op.execute(sa.update(PERSON).where(PERSON.c.id == id_).values(alike))
