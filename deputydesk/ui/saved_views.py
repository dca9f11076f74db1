"""Ways to look at a list that were kept under a name: chips after those of its parts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from deputydesk.errors import UserError
from deputydesk.ui import messages
from deputydesk.ui.desk import Desk
from deputydesk.ui.headings import own_menu
from deputydesk.ui.list_memory import View, memory
from deputydesk.ui.parts import Chips
from deputydesk.ui.table import RowsTable

SAVE, RENAME, RENEW, REMOVE = "保存为视图…", "改名…", "改为现在的样子", "删除视图"
LONGEST = 12


class SavedViews(QObject):
    """The saved views of a list on this PC.

    Args:
        desk: the desk; the views are kept in its folder.
        table: the list, in whose menu a view is saved.
        chips: the parts of the list; the views stand after them.
        now: how the list is looked at, as a view without a name.
        count: how many rows a view has; None where finding out would take long.
    """

    shown = Signal(object)
    """A view that the user chose."""

    def __init__(
        self,
        desk: Desk,
        table: RowsTable[Any],  # Any: rows of any list
        chips: Chips,
        now: Callable[[], View],
        count: Callable[[View], int | None],
    ) -> None:
        super().__init__(table)
        self._desk = desk
        self._name = table.accessibleName()
        self._chips = chips
        self._now = now
        self._count = count
        self._made: dict[QPushButton, View] = {}
        self._has_parts = len(chips.group.buttons()) > 1
        table.add_action(SAVE, self.save)
        self._show()

    @property
    def views(self) -> list[View]:
        """The views there are."""
        return memory(self._desk.folder).views(self._name)

    def save(self) -> None:
        """Keep how the list is looked at."""
        name = self._ask("")
        if name:
            others = [view for view in self.views if view.name != name]
            self._keep([*others, replace(self._now(), name=name)])
            self._desk.say(f"已保存视图“{name}”")

    def refresh(self) -> None:
        """Say how many rows each has now, and which of them is in sight."""
        now = self._now() if self._made else View("")
        for chip, view in self._made.items():
            count = self._count(view)
            chip.setText(view.name if count is None else f"{view.name} {count}")
            chip.setChecked(replace(view, name="", layout=now.layout) == now)

    def _ask(self, name: str) -> str:
        title = "改名" if name else "保存为视图"
        said = messages.ask_text(title, "视图名称：", text=name).strip()
        if len(said) > LONGEST:
            raise UserError(f"视图名称最多 {LONGEST} 个字。", hint="请用短一些的名称。")
        return said

    def _keep(self, views: list[View]) -> None:
        memory(self._desk.folder).keep_views(self._name, views)
        self._show()
        self.refresh()

    def _show(self) -> None:
        for chip in self._made:
            self._chips.drop(chip)
        self._made = {}
        for view in self.views:
            chip = QPushButton(view.name)
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setToolTip(f"保存的视图：{view.name}（右键或菜单键改名、删除）")
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(self._open_menu)
            chip.clicked.connect(self._choose)
            self._chips.add(chip)
            self._made[chip] = view
        self._chips.setVisible(self._has_parts or bool(self._made))

    def _of_sender(self) -> QPushButton:
        chip = self.sender()
        assert isinstance(chip, QPushButton), "only chips are connected"
        return chip

    def _choose(self) -> None:
        chip = self._of_sender()
        chip.setChecked(True)
        self.shown.emit(self._made[chip])

    def _open_menu(self, at: QPoint) -> None:
        chip = self._of_sender()
        menu = own_menu(chip)
        for text in (RENAME, RENEW, REMOVE):
            menu.addAction(text).setData(self._made[chip])
        menu.triggered.connect(self._take)
        menu.popup(chip.mapToGlobal(at))

    def _take(self, action: QAction) -> None:
        view: View = action.data()
        changed: View | None = None
        if action.text() == RENAME:
            changed = replace(view, name=self._ask(view.name) or view.name)
        elif action.text() == RENEW:
            changed = replace(self._now(), name=view.name)
        views = [changed if one == view else one for one in self.views]
        self._keep([one for one in views if one is not None])
