"""The only door to an office's data, and what may be done behind it."""

from deputydesk.office.door import SECRET, TODAY, Office
from deputydesk.office.operating import (
    Operation,
    Right,
    Tx,
    User,
    operation,
    refuse_changed,
    refuse_without,
    rights_of,
)

__all__ = [
    "SECRET",
    "TODAY",
    "Office",
    "Operation",
    "Right",
    "Tx",
    "User",
    "operation",
    "refuse_changed",
    "refuse_without",
    "rights_of",
]
