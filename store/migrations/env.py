"""Run by Alembic for each migration: on the connection that store.database opened, in its transaction."""

from alembic import context

from store.database import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
