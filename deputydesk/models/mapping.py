"""Tables are mapped when they are first used: a start pays for those that the first page reads.

SQLAlchemy takes two or three milliseconds to look through a class and map it, and there are more
than seventy. A class waits here until somebody looks at a column of it or at its table, makes a
record, or asks for a thing that concerns all tables, such as `Base.metadata`.
"""

from collections.abc import Callable
from threading import RLock, get_ident
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import DeclarativeBase, MappedColumn
from typing_extensions import override

_Mapped = type(DeclarativeBase)
_mapping = RLock()
_waiting: dict[Any, Callable[[], None]] = {}  # Any: classes, whose class is below
_now = SimpleNamespace(thread=0)
"""Which thread is mapping a class: it sees the class as it is by then, all others wait."""
PLAIN = frozenset(
    {"__tablename__", "title", "scope_suffix", "tells_of_the_past"}
    | {"__class__", "__name__", "__qualname__", "__module__", "__doc__", "__mro__", "__bases__"}
    | {"__origin__", "__args__", "__parameters__", "__typing_subst__", "__isabstractmethod__"}
    | {"__hash__", "__eq__", "__repr__", "__subclasses__", "__annotations__", "mro"}
)
"""What a class tells without being mapped."""
OF_ALL = frozenset({"metadata", "registry"})
"""What the class of all tables tells when all are mapped."""


class Waiting(_Mapped):
    """The class of a class that is not mapped yet; once it is, it has SQLAlchemy's own."""

    @override
    def __getattribute__(self, name: str) -> Any:  # Any: as of every class
        if name not in PLAIN and (self in _waiting or get_ident() != _now.thread):
            complete(self)
            if name in OF_ALL and DeclarativeBase in type.__getattribute__(self, "__bases__"):
                complete_all()
        return type.__getattribute__(self, name)  # it may have another class by now

    @override
    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # Any: values of the columns
        complete(self)
        return type.__call__(self, *args, **kwargs)


def wait(model: type, work: Callable[[], None]) -> None:
    """Have a class mapped by `work` when it is first used."""
    _waiting[model] = work


def complete(model: type) -> None:
    """Map a class, if it is not; another thread that uses it meanwhile waits."""
    with _mapping:
        work = _waiting.pop(model, None)
        if work:
            _now.thread = get_ident()
            try:
                work()
            finally:
                _now.thread = 0
            model.__class__ = _Mapped


def columns_named(model: type) -> list[str]:
    """Names of the columns that a class describes, whether it is mapped or not."""
    described = type.__getattribute__(model, "__dict__").items()
    return [name for name, value in described if isinstance(value, MappedColumn)]


def complete_all() -> None:
    """Map all classes that are known."""
    for model in tuple(_waiting):
        complete(model)
