"""Moving the tables to this version's form: on a copy, with a backup kept."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.orm import Session

from deputydesk.database.copies import Why, copy_to, discard, keep_copy
from deputydesk.database.disk import disk_faults, sync_folder
from deputydesk.database.engines import data_engine, refuse_damaged
from deputydesk.database.partitions import refuse_split
from deputydesk.journal import check
from deputydesk.models import Base, migrations
from deputydesk.search import index

if TYPE_CHECKING:
    from alembic.config import Config

_UPGRADING = 0x64657075
"""The number under which PostgreSQL lets one client at a time change the tables."""


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables to this version's form (or an earlier step's), in the open transaction."""
    from alembic import command  # costs a quarter of a second, and hardly ever needed

    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _UPGRADING})
    command.upgrade(_alembic(connection), to)


def upgrade_server(engine: Engine) -> None:
    """Upgrade a PostgreSQL database, in one transaction; its keeper makes the backups.

    Raises:
        UserError: offices' shares of it lie on another server; nothing was changed.
    """
    with engine.begin() as connection:
        refuse_split(connection)
        _upgrade_and_fill(connection)


def upgrade_file(engine: Engine, path: Path, now: datetime, backup_to: Path | None) -> None:
    """Upgrade a copy, check it and put it in the file's place; the old file is kept as a backup.

    Raises:
        UserError: no room for the copies, or the disk failed; the file is as it was.
    """
    keep_copy(engine, path, now=now, why=Why.UPGRADE, folder=backup_to)
    fresh = path.with_name(path.name + ".upgrade")
    with disk_faults(fresh):
        discard(fresh)  # what a killed upgrade left would be rolled back into the new copy
    copy_to(engine, fresh)
    upgraded = data_engine(fresh)
    try:
        with upgraded.begin() as connection:
            _upgrade_and_fill(connection)
        refuse_damaged(upgraded, fresh)
        upgraded.dispose()
        engine.dispose()
        with disk_faults(path):
            fresh.replace(path)
            sync_folder(path.parent)
    except BaseException:
        upgraded.dispose()
        discard(fresh)
        raise


def write_migration(name: str) -> None:
    """Write the next step by comparing the models with what the steps make so far."""
    from alembic import command  # as above

    with create_engine("sqlite://").connect() as connection:
        config = _alembic(connection)
        command.upgrade(config, "head")
        number = f"{int(migrations.HEAD or 0) + 1:04d}"
        command.revision(config, name, autogenerate=True, rev_id=number)


def _upgrade_and_fill(connection: Connection) -> None:
    """Upgrade, and fill new columns with what colleagues with a newer version already sent."""
    upgrade(connection)
    with Session(connection) as session:
        if not any(check.chain(session)):  # a log that was meddled with is no source
            check.rebuild(session)
        index.rebuild(session)
        session.flush()


def _alembic(connection: Connection) -> "Config":
    from alembic.config import Config  # as above

    config = Config()
    config.set_main_option("script_location", str(migrations.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = Base.metadata  # of all tables, which maps them all
    return config
