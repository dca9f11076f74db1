"""SQLAlchemy without what it imports for others: event loops, and what is installed where.

`asyncio` (with `ssl`, `subprocess` and thread pools) and `importlib.metadata` (with the e-mail
package) are a seventh of SQLAlchemy's import; it uses them for asynchronous drivers and for
plug-ins, of which we have none. They are imported here when they are used.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

LATER = ("asyncio", "importlib.metadata")


def load() -> None:
    """Import SQLAlchemy's ORM; does nothing where it is there already."""
    if "sqlalchemy" in sys.modules:
        return
    waiting = [_Waiting(name) for name in LATER if name not in sys.modules]
    for module in waiting:
        module.stand_in()
    try:
        from sqlalchemy import orm
        from sqlalchemy.dialects import sqlite
    finally:
        for module in waiting:
            module.give_way()
    del orm, sqlite


class _Waiting(ModuleType):
    """A module that is imported when something of it is used."""

    def stand_in(self) -> None:
        """Be found in the module's place."""
        sys.modules[self.__name__] = self
        package, _, name = self.__name__.rpartition(".")
        if package:
            setattr(sys.modules[package], name, self)

    def give_way(self) -> None:
        """Let others who import the module get itself; who has this, goes on using it."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]

    def iscoroutine(self, asked: object) -> bool:
        """Asked for by name when SQLAlchemy is imported, and never called by us."""
        return self._real().iscoroutine(asked)

    def _real(self) -> Any:  # Any: of every module
        self.give_way()
        return importlib.import_module(self.__name__)

    def __getattr__(self, name: str) -> Any:  # Any: of every module
        return getattr(self._real(), name)
