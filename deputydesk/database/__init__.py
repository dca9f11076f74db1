"""The data file, or a PostgreSQL database: made, opened, copied, moved to a newer form."""

from deputydesk.database.copies import (
    Why,
    copy_as_it_is,
    copy_bytes,
    copy_to,
    discard,
    journal_of,
    keep_bytes,
    keep_copy,
    remove_copy,
)
from deputydesk.database.disk import disk_faults, sync_file, sync_folder
from deputydesk.database.engines import compact
from deputydesk.database.faults import faults
from deputydesk.database.lock import FileLock
from deputydesk.database.opening import Database, create, is_url, open_database
from deputydesk.database.upgrading import write_migration

__all__ = [
    "Database",
    "FileLock",
    "Why",
    "compact",
    "copy_as_it_is",
    "copy_bytes",
    "copy_to",
    "create",
    "discard",
    "disk_faults",
    "faults",
    "is_url",
    "journal_of",
    "keep_bytes",
    "keep_copy",
    "open_database",
    "remove_copy",
    "sync_file",
    "sync_folder",
    "write_migration",
]
