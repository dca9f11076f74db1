"""Which stick or folder: drives first, sticks before disks, and the folder used last."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from deputydesk.errors import UserError
from deputydesk.ui import drives, messages, style
from deputydesk.ui.controls import Combo
from deputydesk.ui.desk import Desk
from deputydesk.ui.parts import IconButton, button, label

NONE = "没有插U盘：插好后点右边的刷新，或选择文件夹"


class StickPlace(QWidget):
    """A list of sticks, with a button for any other folder.

    This PC remembers the choice, and finds the stick by its name under another letter.
    """

    changed = Signal()
    """Another place is chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chosen = desk.preferences.stick
        self.combo = Combo()
        self.combo.setAccessibleName("U盘或文件夹")
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(12)
        self.choose = button("选择文件夹", "folder-open")
        self.again = IconButton("重新查找U盘", "refresh-cw")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.px(8))
        caption = label("U盘或文件夹", "sub")
        caption.setBuddy(self.combo)
        row.addWidget(caption)
        row.addWidget(self.combo, 1)
        row.addWidget(self.again)
        row.addWidget(self.choose)
        self.combo.activated.connect(self._pick)
        self.choose.clicked.connect(self._ask)
        self.again.clicked.connect(self.refresh)

    @property
    def folder(self) -> Path | None:
        """The place chosen; None while there is none."""
        chosen = self.combo.currentData()
        return Path(chosen) if chosen else None

    def needed(self) -> Path:
        """The place chosen.

        Raises:
            UserError: none is, or it is not there.
        """
        folder = self.folder
        if folder is None:
            raise UserError("还没有选择U盘。", hint="请插好U盘后点“重新查找U盘”，或选择文件夹。")
        if not folder.is_dir():
            raise UserError(f"找不到“{folder}”。", hint="请插好U盘后重新选择。")
        return folder

    def refresh(self) -> None:
        """Look which sticks there are now; the choice stays if it still is there."""
        there = drives.drives()
        kept = self._desk.preferences
        if kept.stick_name:
            root = Path(kept.stick_root)
            self._chosen = str(drives.again(there, Path(kept.stick), kept.stick_name, root))
        found = [(drive.text, str(drive.path)) for drive in there]
        known = [path for _, path in found]
        if self._chosen and self._chosen not in known and Path(self._chosen).is_dir():
            found.append((f"文件夹 {self._chosen}", self._chosen))
        self.combo.clear()
        for text, path in found or [(NONE, "")]:
            self.combo.addItem(text, path)
        self.combo.setCurrentIndex(max(0, self.combo.findData(self._chosen)))
        self.combo.setToolTip(self.combo.currentText())
        self.changed.emit()

    def set_folder(self, folder: Path) -> None:
        """Choose a folder."""
        self._chosen = str(folder)
        self._remember()
        self.refresh()

    def _ask(self) -> None:
        folder = messages.ask_folder(self, "选择U盘或文件夹")
        if folder is not None:
            self.set_folder(folder)

    def _pick(self) -> None:
        self._chosen = self.combo.currentData()
        self.combo.setToolTip(self.combo.currentText())
        self._remember()
        self.changed.emit()

    def _remember(self) -> None:
        preferences = self._desk.preferences
        if preferences.stick != self._chosen:
            preferences.stick = self._chosen
            drive = drives.holding(drives.drives(), Path(self._chosen))
            is_stick = drive is not None and drive.is_removable
            preferences.stick_name = drive.name if drive and is_stick else ""
            preferences.stick_root = str(drive.path) if drive and is_stick else ""
            preferences.save(self._desk.folder)
