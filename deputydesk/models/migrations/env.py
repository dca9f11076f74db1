"""Alembic's way in: works on the connection that `deputydesk.database` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from deputydesk.models.migrations import is_described


def _plain(kind: str, item: Any, _context: object) -> str | Literal[False]:  # Any: as Alembic
    """Write our own column types as what the database sees, so that a step stands for ever."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    render_as_batch=True,
    compare_server_default=False,
    render_item=_plain,
    include_name=is_described,
)
with context.begin_transaction():
    context.run_migrations()
