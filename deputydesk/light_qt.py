"""PySide6 without what it keeps ready for help texts and errors: that is loaded when asked for.

At every start libshiboken unpacks and compiles thirteen modules of Python, which tell signatures
and what was wrong with an argument: with all that they import, half of what PySide6 costs. They
are loaded here when the first of them is needed, by the way that libshiboken would have gone.
"""

import builtins
import sys
from types import ModuleType
from typing import Any
from zlib import crc32

from deputydesk import light_enums

BOOTSTRAP = "signature_bootstrap"
"""The module that libshiboken compiles first, and through which it gets at the others."""
MAPPING = "shibokensupport.signature.mapping"
"""The one of them that libshiboken reaches for by itself, when an argument was wrong."""
STAND_IN = __name__ + ".stand_in"
KNOWN = frozenset({(929020519, 59700)})
"""Contents that were looked through (6.11.3): nothing in them has to be done at the start."""


def load() -> None:
    """Import QtWidgets, and what it needs."""
    light_enums.install()
    plain_import, plain_compile = builtins.__import__, builtins.compile
    support = _Support(plain_compile)
    builtins.compile = support.compile_first  # type: ignore[assignment]  # what shiboken calls
    try:
        from PySide6 import QtWidgets
    finally:
        builtins.compile = plain_compile
    del QtWidgets
    # PySide6's own `import` reads the source of every module loaded after it, looking for a
    # switch that we do not use: a quarter of SQLAlchemy's start, and 20 MB of sources kept.
    builtins.__import__ = plain_import


class _Support:
    """What libshiboken takes for its loader; the real one is loaded by the first call."""

    def __init__(self, plain_compile: Any) -> None:  # Any: `compile`, of many signatures
        self.is_waiting = False
        self._compile = plain_compile
        self._source: Any = None  # Any: bytes or str
        self._real: Any = None  # Any: shiboken's module, which has no types
        self._mapping = ModuleType(MAPPING)  # kept: libshiboken holds on to its names

    def compile_first(
        self,
        source: Any,  # Any: as `compile` takes it
        filename: Any,  # Any: the same
        mode: str,
        *args: Any,  # Any: the same
        **kwargs: Any,  # Any: the same
    ) -> Any:  # Any: a code object, or a tree
        """Stand in for `compile`: the bootstrap becomes code that asks here for the loader."""
        if self._source is None and BOOTSTRAP in str(filename):
            self._source = source
            sys.modules[STAND_IN] = self  # type: ignore[assignment]  # for this code
            source = f"import sys\ndef bootstrap(): return sys.modules[{STAND_IN!r}].begin()"
        return self._compile(source, filename, mode, *args, **kwargs)

    def begin(self) -> Any:  # Any: shiboken's module, or what stands in for it
        """The loader: the real one where its contents are not known."""
        del sys.modules[STAND_IN]
        pieces = "".join(sys.modules[BOOTSTRAP].zipstring_sequence)
        self.is_waiting = (crc32(pieces.encode()), len(pieces)) in KNOWN
        if not self.is_waiting:
            return self.load()
        self._mapping.__dict__["update_mapping"] = self._update_mapping
        sys.modules[MAPPING] = self._mapping
        return self

    def load(self) -> Any:  # Any: shiboken's module
        """Load everything, once, as libshiboken would have done."""
        if self._real is None:
            space = sys.modules[BOOTSTRAP].__dict__
            exec(self._compile(self._source, f"{BOOTSTRAP}.py", "exec"), space)  # noqa: S102 # its own
            self.is_waiting = False
            self._real = space["bootstrap"]()
        return self._real

    def _update_mapping(self) -> None:
        """What libshiboken calls before it looks for a type in the names of this module."""
        self.load()
        real = sys.modules[MAPPING].__dict__
        real["update_mapping"]()
        self._mapping.__dict__.update(real | {"update_mapping": self._update_mapping})

    def pyside_type_init(self, *args: Any) -> Any:  # Any: as shiboken calls it
        """Read the signatures of a type."""
        return self.load().pyside_type_init(*args)

    def create_signature(self, *args: Any) -> Any:  # Any: the same
        """Make a signature."""
        return self.load().create_signature(*args)

    def seterror_argument(self, *args: Any) -> Any:  # Any: the same
        """Say what is wrong with an argument."""
        return self.load().seterror_argument(*args)

    def make_helptext(self, func: Any) -> Any:  # Any: the same
        """Make a help text; shiboken is asked for those of Python's own functions as well."""
        if self._real is None and not sys.modules[BOOTSTRAP].get_signature(func):
            return func.__doc__
        return self.load().make_helptext(func)

    def feature_import(self, *_args: Any, **_kwargs: Any) -> None:  # Any: the same
        """Other names of methods for who asks for them; nobody does."""

    def feature_imported(self, _module: ModuleType) -> None:
        """The same, once a module was imported."""

    def finish_import(self, _module: ModuleType) -> None:
        """Mend a module of Qt; there is nothing to mend."""

    def post_init(self) -> None:
        """Put PySide6's own `import` in Python's place; it would be taken away again."""
