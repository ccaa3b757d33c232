"""How Alembic reaches the app's database: through Flask-Migrate, in one transaction."""

from alembic import context
from flask import current_app

config = current_app.extensions["migrate"]
with config.db.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=config.db.metadata, **config.configure_args)
    with context.begin_transaction():
        context.run_migrations()
