"""What no command may do or ask by its name: what it tells opens the office's keys or accounts."""

from typing import Any, TypeVar

from deputydesk.office import Operation

T = TypeVar("T")
_INNER: set[object] = set()


def inner(what: T) -> T:
    """Keep a query or an operation for the program itself: the command line does not know it."""
    _INNER.add(_function(what))
    return what


def is_inner(what: object) -> bool:
    """Whether a query or an operation is kept for the program itself."""
    return _function(what) in _INNER


def _function(what: Any) -> object:  # Any: an operation of whichever arguments, or a function
    return what.run if isinstance(what, Operation) else what
