"""Deputies of an event in a grid: added by name or pasted as a list, marked by one key."""

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.models.attendance import Presence
from deputydesk.operations.participants import Attendee
from deputydesk.rules.name_lists import alternatives, names_in
from deputydesk.ui import style
from deputydesk.ui.choices import Candidate
from deputydesk.ui.fields import Field, Raw
from deputydesk.ui.parts import Button, label
from deputydesk.ui.people_table import (
    HALF_DAYS,
    HEIGHT,
    HOURS,
    LEGEND,
    NOTE,
    ROLE,
    PeopleLine,
    PeopleTable,
)
from deputydesk.ui.pickers import GONE, Lookup, PickEdit
from deputydesk.ui.room import sized


class PeopleGrid(QWidget):
    """A line to add deputies by, and the rows of those added.

    Args:
        lookup: who may be added.
        name: what it is called by a screen reader.
        hours: whether hours of training are asked.
        presence: how somebody who is added stands at first.
        rows: how many rows are in sight.
    """

    spoken_as = QAccessible.Role.Grouping

    edited = Signal()
    left = Signal()
    problem = Signal(str)
    """Names of a pasted list that were not found."""

    def __init__(
        self, lookup: Lookup, name: str, *, hours: bool, presence: Presence, rows: int
    ) -> None:
        super().__init__()
        self._presence = presence
        self._rows = rows
        self.line = _NameEdit(lookup, name)
        self.line.setPlaceholderText("姓名、首字母或粘贴名单")
        self.line.setToolTip("输入姓名或拼音首字母，按 Enter 加入；也可以粘贴一份名单")
        self.table = PeopleTable(hours=hours)
        self.all_present = Button("全部到会")
        self.larger = Button("放大")
        self.larger.setToolTip("在大窗口里登记")
        self._counts, legend = label("", "faint"), label(LEGEND, "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(4))
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.all_present)
        row.addWidget(self.larger)
        column.addLayout(row)
        column.addWidget(self.table)
        column.addWidget(legend)
        column.addWidget(self._counts)
        self.setFocusProxy(self.line)
        self.line.chosen.connect(self.add)
        self.line.listed.connect(self.add_names)
        self.line.left.connect(self.left)
        self.table.changed.connect(self._note)
        self.all_present.clicked.connect(self._mark_all)
        self._fit()

    def add(self, candidate: Candidate) -> None:
        """Add a deputy, who stands as everybody at first."""
        self.line.clear()
        self.table.put(PeopleLine(candidate.id, candidate.name, self._presence, candidate.detail))
        self._note()

    def add_names(self, text: str) -> None:
        """Add everybody of a pasted list; who is not found, or more than one, is named."""
        by_name: dict[str, list[Candidate]] = {}
        for candidate in self.line.candidates():
            by_name.setdefault(candidate.name, []).append(candidate)
        missing: list[str] = []
        for piece in names_in(text):
            names = next((a for a in alternatives(piece) if set(a) <= by_name.keys()), None)
            for name in names or ():
                if len(by_name[name]) == 1:
                    self.add(by_name[name][0])
                else:
                    missing.append(f"{name}（同名{len(by_name[name])}人，请逐名选择）")
            if names is None:
                missing.append(piece)
        self.line.clear()
        self.problem.emit(f"没有加入：{'、'.join(missing)}。" if missing else "")

    def show_all(self) -> None:
        """Take all the room there is."""
        self._rows = 0
        self.table.show_details()
        self.table.setMinimumHeight(0)
        self.table.setMaximumHeight(16_777_215)

    def set_lines(self, lines: Sequence[PeopleLine]) -> None:
        """Show these deputies."""
        self.line.clear()
        self.table.set_lines(lines)
        self._count()

    def _mark_all(self) -> None:
        """Who is still expected came."""
        waiting = [
            n for n, line in enumerate(self.table.lines) if line.presence == Presence.EXPECTED
        ]
        self.table.set_presence(Presence.PRESENT, waiting)

    def _note(self) -> None:
        self._count()
        self.edited.emit()

    def _count(self) -> None:
        counts = [(presence, self.table.count(presence)) for presence in Presence]
        said = "　".join(f"{p.label} {n}" for p, n in counts if n)
        self._counts.setText(f"共 {len(self.table.lines)} 名　{said}" if said else "")
        self._counts.setVisible(bool(said))
        self.all_present.setEnabled(bool(self.table.count(Presence.EXPECTED)))
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """As high as its rows, as far as there is room."""
        if not self._rows:
            return
        shown = max(2, min(len(self.table.lines), self._rows))
        self.table.setFixedHeight(style.px(HEIGHT) * shown + style.px(36))
        above: QWidget | None = self  # a form that is filled unseen would keep its old height
        while above is not None and not isinstance(above, QScrollArea):
            above.updateGeometry()
            above = above.parentWidget()


class _NameEdit(PickEdit):
    """The line: Enter adds who is meant; a pasted list is handed on as a whole."""

    listed = Signal(str)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            pasted = QApplication.clipboard().text()
            if len(names_in(pasted)) > 1:
                self.listed.emit(pasted)
                return
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if is_enter and self.text().strip() and not self.list.isVisible():
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        meant = self.meant()
        if meant:
            self.chosen.emit(meant)
        else:
            self.listed.emit(self.text())


class PeopleDialog(QDialog):
    """The grid in a window of its own, for many people; hands the rows back when done.

    Args:
        parent: the grid in the form.
        grid: another grid, filled.
        done: takes the rows.
    """

    def __init__(
        self, parent: QWidget, grid: PeopleGrid, done: Callable[[Sequence[PeopleLine]], None]
    ) -> None:
        super().__init__(parent.window())
        self.grid = grid
        self._done = done
        self.setWindowTitle(grid.line.accessibleName())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.problem = label("", "fielderror")
        self.problem.setWordWrap(True)
        cancel, save = Button("取消"), Button("完成", primary=True)
        save.set_key("Ctrl+Enter")
        foot = QHBoxLayout()
        foot.addWidget(self.problem, 1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        column = QVBoxLayout(self)
        column.addWidget(grid, 1)
        column.addLayout(foot)
        grid.larger.hide()
        grid.problem.connect(self.problem.setText)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.accept)
        self.setMinimumSize(sized(self, 760, 560))

    @override
    def accept(self) -> None:
        self._done(self.grid.table.lines)
        super().accept()


class PeopleField(Field):
    """The deputies of an event; its value is a tuple of `Attendee`.

    Args:
        name: identifier of the value.
        lookup: who may be added.
        label: its Chinese name.
        hours: ask for hours of training, too.
        presence: how somebody who is added stands at first.
        rows: how many rows are in sight.
    """

    is_wide = True
    control: PeopleGrid

    def __init__(
        self,
        name: str,
        lookup: Lookup,
        *,
        label: str = "参加代表",
        hours: bool = False,
        presence: Presence = Presence.PRESENT,
        rows: int = 6,
    ) -> None:
        super().__init__(name, label=label, wide=True)
        self._make: Callable[[], PeopleGrid] = partial(
            PeopleGrid, lookup, label, hours=hours, presence=presence, rows=rows
        )

    @override
    def make_control(self, hint: str) -> QWidget:
        grid = self._make()
        grid.edited.connect(self._note_edit)
        grid.left.connect(self.left)
        grid.problem.connect(self.show_error)
        grid.larger.clicked.connect(self._enlarge)
        return grid

    @override
    def value(self) -> tuple[Attendee, ...]:
        typed = self.control.line.text().strip()
        if typed:
            meant = self.control.line.meant()
            if meant is None:
                raise self.wrong(f"没有找到“{typed}”，请从列表中选择。")
            self.control.add(meant)
        return tuple(self._attendee(line) for line in self.control.table.lines)

    @override
    def set_value(self, value: Sequence[Attendee]) -> None:
        known = {c.id: c for c in self.control.line.candidates()} if value else {}
        self.control.set_lines([self._line(one, known.get(one.mandate_id)) for one in value])

    @override
    def clear(self) -> None:
        self.control.set_lines(())
        self.show_error("")

    @override
    def raw(self) -> Raw:
        return [
            json.dumps([line.mandate_id, line.name, line.presence.value, line.detail, line.texts])
            for line in self.control.table.lines
        ]

    @override
    def set_raw(self, raw: Raw) -> None:
        kept = [json.loads(text) for text in raw] if isinstance(raw, list) else []
        self.control.set_lines(
            [
                PeopleLine(
                    i, name, Presence.stored(p), detail, {int(n): t for n, t in texts.items()}
                )
                for i, name, p, detail, texts in kept
            ]
        )

    @override
    def forget(self) -> None:
        self.control.line.forget()

    def _enlarge(self) -> None:
        """Go on in a large window."""
        grid = self._make()
        grid.show_all()
        grid.line.setAccessibleName(self.text)
        grid.set_lines([replace(line, texts=dict(line.texts)) for line in self.control.table.lines])
        PeopleDialog(self, grid, self._take_back).open()

    def _take_back(self, lines: Sequence[PeopleLine]) -> None:
        self.control.set_lines(lines)
        self._note_edit()

    def _line(self, one: Attendee, known: Candidate | None) -> PeopleLine:
        texts = {
            HALF_DAYS: str(one.half_days or ""),
            HOURS: str(one.hours or ""),
            ROLE: one.role,
            NOTE: one.note,
        }
        who = known or Candidate(one.mandate_id, getattr(one, "name", GONE))
        return PeopleLine(one.mandate_id, who.name, one.presence, who.detail, texts)

    def _attendee(self, line: PeopleLine) -> Attendee:
        return Attendee(
            line.mandate_id,
            line.presence,
            role=line.texts.get(ROLE, ""),
            half_days=self._number(line, HALF_DAYS, "半天数"),
            hours=self._number(line, HOURS, "学时"),
            note=line.texts.get(NOTE, ""),
        )

    def _number(self, line: PeopleLine, column: int, what: str) -> int:
        typed = unicodedata.normalize("NFKC", line.texts.get(column, "")).strip() or "0"
        if not typed.isdecimal():
            raise self.wrong(f"{line.name}的{what}应当是整数。")
        return int(typed)
