"""The data file, or a PostgreSQL database: made, opened, copied, moved to a newer form."""

from deputydesk.database.copies import (
    Why,
    copy_as_it_is,
    copy_to,
    discard,
    journal_of,
    keep_copy,
    sync_file,
    sync_folder,
)
from deputydesk.database.engines import compact
from deputydesk.database.faults import disk_faults, faults
from deputydesk.database.lock import FileLock
from deputydesk.database.opening import Database, create, is_url, open_database
from deputydesk.database.upgrading import write_migration

__all__ = [
    "Database",
    "FileLock",
    "Why",
    "compact",
    "copy_as_it_is",
    "copy_to",
    "create",
    "discard",
    "disk_faults",
    "faults",
    "is_url",
    "journal_of",
    "keep_copy",
    "open_database",
    "sync_file",
    "sync_folder",
    "write_migration",
]
