"""The list of what a new office does first; it ticks itself off and goes away."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from deputydesk.late import dataclass
from deputydesk.ui.parts import button, card, label
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

if TYPE_CHECKING:
    from deputydesk.office import Office

STEPS = (
    ("profile", "填电话和负责人", "settings", "F10"),
    ("roster", "导入代表花名册", "exchange", "F9"),
    ("home", "登记代表之家", "homes", "F5"),
    ("visit", "登记第一次进家", "visits", "F3"),
    ("print", "打印一张表", "printing", "F8"),
    ("backup", "备份，复制到 U 盘", "settings", "F10"),
)
"""What is to be done, the page it is done on and its key."""


@dataclass(frozen=True)
class StepLine:
    """A step, and whether it is done; plain values that can be kept in a file."""

    id: str
    is_done: bool


class FirstSteps(QFrame):
    """The card; clicking a line or Enter opens the page."""

    wanted = Signal(str)
    """Name of the page to be shown."""
    put_away = Signal()
    """The user does not want to see it any more."""

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.close_button = button("不再显示")
        frame, inside = card("从这里开始", beside=self.close_button)
        outer.addWidget(frame)
        self.table = RowsTable(
            (
                Column[StepLine]("做了没有", _state, 78, tone=_tone),
                Column("事项", _text, 0),
                Column("键", _key, 52),
            ),
            name="从这里开始",
        )
        self.table.horizontalHeader().hide()
        inside.addWidget(self.table, 1)
        self._said = label("", "faint")
        self._said.setWordWrap(True)
        inside.addWidget(self._said)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._open_current)
        self.close_button.clicked.connect(self.put_away)

    def set_steps(self, steps: Sequence[StepLine]) -> None:
        """Show how far it has come."""
        self.table.set_rows(steps)
        left = sum(not step.is_done for step in steps)
        self._said.setText(
            f"还有 {left} 项，做好了自动打勾。点一项或按 Enter 就去做，不会的按 F1。"
        )

    def _open_current(self) -> None:
        line = self.table.current()
        if line:
            self._open(line)

    def _open(self, line: StepLine) -> None:
        self.wanted.emit(_of(line)[2])


def read(office: "Office") -> tuple[StepLine, ...]:
    """How far a new office has come; nothing where all is done, nor in the sample office."""
    from deputydesk.exchange import backup, demo_day
    from deputydesk.operations import first_steps

    data = office.data.path
    if data is None or (data.parent / demo_day.MARK).exists():
        return ()
    done = office.ask(first_steps.done)
    if backup.rows(office):
        done |= {"backup"}
    if len(done) == len(STEPS):
        return ()
    return tuple(StepLine(name, name in done) for name, *_ in STEPS)


def _of(line: StepLine) -> tuple[str, str, str, str]:
    return next(step for step in STEPS if step[0] == line.id)


def _state(line: StepLine) -> str:
    return "✓ 做好" if line.is_done else "待做"


def _tone(line: StepLine) -> Tone:
    return Tone.GREEN if line.is_done else Tone.GREY


def _text(line: StepLine) -> str:
    return _of(line)[1]


def _key(line: StepLine) -> str:
    return _of(line)[3]
