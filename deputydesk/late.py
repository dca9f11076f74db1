"""`dataclass`, put together when it is first used: a start pays for what it shows only.

For a frozen dataclass Python writes and compiles half a dozen methods, half a millisecond in all;
what the first page imports names a hundred and thirty kinds of rows, and shows a few of them.
"""

from dataclasses import dataclass as complete
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - to be imported from here
else:

    def dataclass(kind: type | None = None, /, **options: bool) -> Any:  # Any: as Python's own
        """Make a class a dataclass, as Python's own does, but when it is first used."""
        if kind is None:
            return lambda kind: dataclass(kind, **options)
        kind.__dataclass_fields__ = _Fields(kind, options)
        kind.__init__ = _first_made(kind)
        return kind


_completing = RLock()


class _Fields:
    """Stands where Python looks for a dataclass's fields: who asks for them gets it completed."""

    def __init__(self, kind: type[Any], options: dict[str, Any]) -> None:  # Any: of every class
        self.kind = kind
        self.options = options

    def __get__(self, one: object, kind: type[Any]) -> Any:  # Any: Python's own description
        _complete(self.kind)
        return kind.__dataclass_fields__


def _first_made(kind: type[Any]) -> Any:  # Any: an `__init__`
    """The `__init__` of a class that is not complete; by then it has another."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 # Any: as given
        _complete(kind)
        self.__init__(*args, **kwargs)

    return __init__


def _complete(kind: type[Any]) -> None:  # Any: of every class
    """Make it a dataclass, once; another thread that makes one meanwhile waits."""
    with _completing:
        waiting = kind.__dict__["__dataclass_fields__"]
        if not isinstance(waiting, _Fields):
            return
        options = waiting.options
        complete(**options, init=False)(kind)
        # Put last, and in one step, in the place of what other threads wait in: taken from a
        # class below it, since Python leaves an `__init__` alone that is there already.
        # Without words of its own it would be given some, which takes as long as the rest.
        words = {"__module__": kind.__module__, "__doc__": kind.__doc__ or kind.__name__}
        below = type(kind.__name__, (kind,), words)
        frozen = bool(options.get("frozen"))
        complete(eq=False, repr=False, match_args=False, frozen=frozen)(below)
        kind.__init__ = below.__dict__["__init__"]
