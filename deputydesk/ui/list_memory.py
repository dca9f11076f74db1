"""How lists were left on this PC: columns, widths, order, saved views; kept in one file."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from deputydesk.late import asdict, dataclass, field
from deputydesk.rules.cell_filters import CellFilter
from deputydesk.security import veil
from deputydesk.security.veil import Veil

FILE = veil.LISTS
Told = dict[str, Any]  # Any: whatever the file holds


@dataclass
class Layout:
    """The columns of a list as the user has them, each by its heading.

    Args:
        order: from the left; empty: as they were made.
        hidden: those that are not to be seen; None: nobody chose.
        widths: those given by hand, in standard pixels.
        column: the one that the list is sorted by; empty: none.
        is_down: the largest first.
    """

    order: list[str] = field(default_factory=list[str])
    hidden: list[str] | None = None
    widths: dict[str, int] = field(default_factory=dict[str, int])
    column: str = ""
    is_down: bool = False

    @classmethod
    def read(cls, told: object) -> "Layout":
        """From the file; what cannot be understood is as if nobody had chosen."""
        found = _table(told)
        widths = {k: v for k, v in _table(found.get("widths")).items() if isinstance(v, int)}
        hidden = found.get("hidden")
        return cls(
            _texts(found.get("order")),
            None if hidden is None else _texts(hidden),
            widths,
            _text(found.get("column")),
            found.get("is_down") is True,
        )


@dataclass(frozen=True)
class View:
    """A way to look at a list that was kept under a name.

    Args:
        name: words of its chip.
        part: the part of the list: 逾期; empty: all.
        year: the year; None: all years.
        words: what is looked for.
        filters: what cells say.
        layout: columns and order.
        also: what else is chosen on the page of the list, by name.
    """

    name: str
    part: str = ""
    year: int | None = None
    words: str = ""
    filters: tuple[CellFilter, ...] = ()
    layout: Layout = field(default_factory=Layout)
    also: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def read(cls, told: object) -> "View":
        """From the file; a view without a name is none."""
        found = _table(told)
        year = found.get("year")
        filters = [_table(one) for one in _list(found.get("filters"))]
        return cls(
            _text(found.get("name")),
            _text(found.get("part")),
            year if isinstance(year, int) else None,
            _text(found.get("words")),
            tuple(
                CellFilter(_text(f["column"]), _text(f.get("text")), f.get("is_out") is True)
                for f in filters
                if _text(f.get("column"))
            ),
            Layout.read(found.get("layout")),
            {k: v for k, v in _table(found.get("also")).items() if isinstance(v, str)},
        )


class ListMemory:
    """What is known of the lists of a PC; a damaged or missing file means the usual.

    Views say what was looked for: beside encrypted data the file is sealed, and read again once
    its password was given; or when an erasing wrote it without somebody's name.

    Args:
        folder: the data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._seen: tuple[Veil, tuple[int, ...]] | None = None
        self._read_lists = Told()

    def layout(self, name: str) -> Layout:
        """How the columns of a list were left."""
        return Layout.read(self._of(name).get("layout"))

    def views(self, name: str) -> list[View]:
        """The saved views of a list."""
        found = map(View.read, _list(self._of(name).get("views")))
        return [view for view in found if view.name]

    def keep_layout(self, name: str, layout: Layout | None) -> None:
        """Keep how the columns stand; None: as usual."""
        self._keep(name, "layout", None if layout is None else asdict(layout))

    def keep_views(self, name: str, views: list[View]) -> None:
        """Keep the saved views of a list."""
        self._keep(name, "views", [asdict(view) for view in views])

    @property
    def _lists(self) -> Told:
        """What the file says, as far as it can be opened now."""
        if self._seen != (now := self._look()):
            self._seen = now
            try:
                text = veil.hung().unsealed(self._file.read_text(encoding="utf-8"))
                self._read_lists = _table(json.loads(text))
            except (OSError, ValueError):
                self._read_lists = Told()
        return self._read_lists

    def _look(self) -> tuple[Veil, tuple[int, ...]]:
        """What tells one state of the file from another; times alone are coarse on some disks."""
        try:
            now = self._file.stat()
            return veil.hung(), (now.st_mtime_ns, now.st_size, now.st_ino)
        except OSError:
            return veil.hung(), ()

    def _of(self, name: str) -> Mapping[str, Any]:  # Any: as the file
        return _table(self._lists.get(name))

    def _keep(self, name: str, what: str, value: object) -> None:
        """Write it; a disk that refuses costs only the preference."""
        self._lists[name] = {**self._of(name), what: value}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_name(FILE + ".part")
            text = json.dumps(self._lists, ensure_ascii=False, indent=1)
            part.write_text(veil.hung().sealed(text), "utf-8")
            part.replace(self._file)
        except OSError:
            return
        self._seen = self._look()


@lru_cache(maxsize=4)
def memory(folder: Path) -> ListMemory:
    """The one memory of a data folder: two lists do not overwrite each other's."""
    return ListMemory(folder)


def _table(told: object) -> Told:
    return told if isinstance(told, dict) else {}  # pyright: ignore[reportUnknownVariableType]  # whatever the file holds


def _list(told: object) -> list[object]:
    return list(told) if isinstance(told, list | tuple) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # as above


def _texts(told: object) -> list[str]:
    return [one for one in _list(told) if isinstance(one, str)]


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""
