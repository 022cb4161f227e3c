"""Alembic's entry: migrate on the connection that `store.connect` has opened, in its transaction."""

from alembic import context

from cxify.store.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
