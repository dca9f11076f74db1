"""The card of what belongs to the PC on paper: its own typefaces, the format of saved files."""

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from deputydesk.progress import Progress
from deputydesk.reports import own_fonts
from deputydesk.reports.printing import fonts_folder
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.messages import ask_file_to_open
from deputydesk.ui.parts import Button, button, card, label
from deputydesk.ui.tasks import run_task

ALWAYS = ("Fang", "BiaoSong")
"""The typefaces that official papers ask for; others are in sight if they were replaced."""
KINDS = "字体文件 (*.ttf *.ttc *.otf)"
OURS = "程序自带"
BREAK = "\u200b"
"""Lets a long file name go on in a second line wherever it must."""


def system_fonts() -> tuple[Path, ...]:
    """Where Windows keeps its fonts: those of the PC, and those of this user."""
    return tuple(
        Path(os.environ[name], below)
        for name, below in (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts"))
        if os.environ.get(name)
    )


@dataclass(frozen=True)
class FaceRow:
    """What is in use for a typeface, and what one does to it."""

    name: QLabel
    used: QLabel
    choose: Button
    give_back: Button
    take: Button

    def show(self, file: Path | None, *, is_offered: bool, found: Path | None) -> None:
        """Say what is in use, and what this PC has."""
        name = "" if file is None else file.name
        gone = "" if file is None or file.is_file() else " 找不到了，现用自带的"
        ours = f"{OURS}；本机有“{found.name}”" if found else OURS
        self.used.setText((BREAK.join(name) + gone) or ours)
        self.used.setAccessibleName((name + gone) or ours)
        self.used.setToolTip("" if file is None else str(file))
        self.give_back.setVisible(is_offered and file is not None)
        self.take.setVisible(is_offered and file is None and found is not None)
        for part in (self.name, self.used, self.choose):
            part.setVisible(is_offered)


class PaperCard(QWidget):
    """Chooses the PC's own 仿宋 and 小标宋, and whether what is saved is for the archives.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._desk = desk
        self._found: dict[str, Path] = {}
        self.faces = {role: self._face(role) for role in own_fonts.ROLES}
        self.archival = QCheckBox("一律存为存档格式（PDF/A-2b）")
        self._lay_out()
        self.archival.toggled.connect(self._keep_format)

    def refresh(self) -> None:
        """Show what is in use now."""
        chosen = own_fonts.chosen(fonts_folder(self._desk.office))
        self._found = own_fonts.found(system_fonts())
        for role, row in self.faces.items():
            is_offered = role in ALWAYS or role in chosen
            row.show(chosen.get(role), is_offered=is_offered, found=self._found.get(role))
        self.archival.blockSignals(True)
        self.archival.setChecked(self._desk.preferences.archival)
        self.archival.blockSignals(False)

    def _face(self, role: str) -> FaceRow:
        words = own_fonts.ROLES[role]
        buttons = (button("选字体"), button("恢复自带"), button("用本机的"))
        row = FaceRow(label(words, "sub"), label(OURS), *buttons)
        row.used.setWordWrap(True)
        row.choose.setAccessibleName(f"{words}：选字体")
        row.give_back.setAccessibleName(f"{words}：恢复自带")
        row.choose.clicked.connect(partial(self._ask, role))
        row.give_back.clicked.connect(partial(self._give_back, role))
        row.take.setAccessibleName(f"{words}：用本机的")
        row.take.clicked.connect(partial(self._take, role))
        return row

    def _lay_out(self) -> None:
        frame, inside = card("打印", "只对这台电脑有效")
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.px(8))
        grid.setVerticalSpacing(style.px(6))
        grid.setColumnStretch(0, 1)
        for line, row in enumerate(self.faces.values()):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(row.name)
            words.addWidget(row.used)
            grid.addLayout(words, line, 0)
            for column, part in ((1, row.give_back), (1, row.take), (2, row.choose)):
                grid.addWidget(part, line, column, Qt.AlignmentFlag.AlignVCenter)
        inside.addLayout(grid)
        inside.addWidget(
            wrapped("本机装有仿宋、小标宋的，可以用来印公文；它缺的字用程序自带的补上。", "faint")
        )
        inside.addWidget(self.archival)
        inside.addWidget(wrapped("“另存为”的 PDF 适合长期保存；打印不受影响。", "faint"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _ask(self, role: str) -> None:
        words = own_fonts.ROLES[role]
        file = ask_file_to_open(self, f"选{words}的字体文件", KINDS)
        if file:
            self._use(role, file)

    def _take(self, role: str) -> None:
        self.faces[role].choose.setFocus()  # the pressed button goes out of sight
        self._use(role, self._found[role])

    def _use(self, role: str, file: Path) -> None:
        work = partial(_choose, fonts_folder(self._desk.office), role, file)
        done = partial(self._say, f"{own_fonts.ROLES[role]}改用“{file.name}”")
        run_task(self, f"正在检查{file.name}", work, done)

    def _give_back(self, role: str) -> None:
        own_fonts.choose(fonts_folder(self._desk.office), role, None)
        self.faces[role].choose.setFocus()  # the pressed button goes out of sight
        self._say(f"{own_fonts.ROLES[role]}恢复为程序自带的字体")

    def _say(self, sentence: str, _name: str = "") -> None:
        self.refresh()
        self._desk.say(sentence)

    def _keep_format(self, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        self._desk.preferences.archival = is_on
        self._desk.preferences.save(self._desk.folder)
        self._desk.say("另存的 PDF 一律用存档格式" if is_on else "另存的 PDF 用普通格式")


def _choose(folder: Path, role: str, file: Path, progress: Progress) -> str:
    progress.step(0, 0, "正在看有没有常用字")
    return own_fonts.choose(folder, role, file)
