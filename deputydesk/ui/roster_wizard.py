"""Taking in a roster, step by step; nothing is written before the last one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.models.choices import Level
from deputydesk.operations.rosters import Outcome
from deputydesk.ui import lookups, style
from deputydesk.ui import roster_work as work
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import ChoiceField
from deputydesk.ui.form import Form
from deputydesk.ui.messages import ask_file_to_open, ask_file_to_save
from deputydesk.ui.parts import button, card, label
from deputydesk.ui.pickers import PickField
from deputydesk.ui.roster_steps import ColumnsStep, PreviewStep, QuestionsStep
from deputydesk.ui.tasks import run_task

FILE, COLUMNS, QUESTIONS, PREVIEW, DONE = range(5)
STEPS = ("选择文件", "核对列", "回答问题", "核对名单", "完成")
NEXT = {FILE: "下一步", COLUMNS: "下一步", QUESTIONS: "下一步", PREVIEW: "导入", DONE: "再导入一个"}
KINDS = "名册 (*.xlsx *.xls *.csv *.htm *.html)"
HOW = (
    "平时用的花名册可以直接导入（.xlsx、.xls、.csv），不用先整理：合并的标题、两行表头、小计、"
    "一个苏木镇一张工作表、隐藏的旧名单，程序都认得。拿不准的会问，跳过的行都写明原因。"
    "最后一步以前，什么都不写入。"
)


class RosterWizard(QWidget):
    """From a file to people in the office."""

    imported = Signal()
    """The people are in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path: Path | None = None
        self._reading: work.Reading | None = None
        self._answers: dict[str, str] = {}
        self._mapping: dict[tuple[str, int], str] = {}
        self.columns, self.questions, self.preview = ColumnsStep(), QuestionsStep(), PreviewStep()
        self.choose = button("选择文件", "folder-open", primary=True)
        self.choose.set_key("Ctrl+O")
        self.back = button("上一步", "chevron-left")
        self.next = button("下一步", primary=True)
        self.cancel = button("取消")
        self.report = button("导入报告存为 Excel", "file-spreadsheet")
        self._marks = [label(f"{n}  {text}", "sub") for n, text in enumerate(STEPS, start=1)]
        self._word = label("", "sub")
        self._result = label("", "h2")
        self._outcome = label("", "sub")
        self._stack = QStackedWidget()
        self.options = self._make_options()
        self._lay_out()
        self._connect()
        self._go(FILE)

    @property
    def step(self) -> int:
        """Which step is in sight."""
        return self._stack.currentIndex()

    def read_file(self, path: Path) -> None:
        """Read a file, and go on to its columns."""
        self._path, self._answers, self._mapping = path, {}, {}
        self._read(self._show_columns)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.step == FILE:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.read_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def _make_options(self) -> Form:
        levels = [(None, "按本单位"), *((level, level.label) for level in Level)]
        fields = (
            ChoiceField("level", options=levels, label="名册没有写明层级的，算作"),
            PickField(
                "town", partial(lookups.towns, self._desk), label="没有写明乡镇的，算作", free=True
            ),
        )
        form = Form(self._desk, "roster-options", fields)
        form.setFixedHeight(style.px(76))
        form.leave_save_key()
        return form

    def _connect(self) -> None:
        self.choose.clicked.connect(self._ask_file)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.cancel.clicked.connect(self._start_again)
        self.report.clicked.connect(self._save_report)
        self.next.set_key("Ctrl+Enter")
        self.next.setToolTip("Ctrl+Enter")
        self.back.set_key("Alt+Left")
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(style.px(10))
        for number, mark in enumerate(self._marks):
            head.addWidget(mark)
            if number < DONE:
                head.addWidget(label("›", "faint"))
        head.addStretch(1)
        for part in (
            self._file_step(),
            self.columns,
            self.questions,
            self._preview_step(),
            self._done_step(),
        ):
            self._stack.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(style.px(8))
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        for part in (self.report, self.back, self.next):
            foot.addWidget(part)
        self._word.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.px(8))
        column.addLayout(head)
        column.addWidget(self._word)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    def _file_step(self) -> QWidget:
        frame, inside = card("从 Excel 导入代表名册")
        text = label(HOW)
        text.setWordWrap(True)
        text.setMaximumWidth(style.px(720))
        inside.addWidget(text)
        inside.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(label("也可以把文件拖到这里。", "faint"))
        inside.addStretch(1)
        return frame

    def _preview_step(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.options)
        column.addWidget(self.preview, 1)
        return whole

    def _done_step(self) -> QWidget:
        frame, inside = card()
        for part in (self._result, self._outcome):
            part.setWordWrap(True)
            inside.addWidget(part)
        inside.addStretch(1)
        return frame

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        for number, mark in enumerate(self._marks):
            mark.setObjectName("h2" if number == step else "sub")
            mark.style().unpolish(mark)
            mark.style().polish(mark)
        self.next.setText(NEXT[step])
        self.next.setVisible(step != FILE)
        self.back.setVisible(step in (COLUMNS, QUESTIONS, PREVIEW))
        self.cancel.setVisible(step in (COLUMNS, QUESTIONS, PREVIEW))
        self.report.setVisible(step in (PREVIEW, DONE))
        self._say(step)

    def _say(self, step: int) -> None:
        """What is to be done in this step."""
        reading = self._reading
        name = f"“{self._path.name}”" if self._path else ""
        word = ""
        if step == COLUMNS and reading:
            word = reading.problem or f"{name}：每一列对应什么，请核对；不对的在右边改正。"
        elif step == QUESTIONS and reading:
            count = len(reading.roster.questions)
            word = f"有 {count} 处拿不准。不回答的，对应的格子留空，写进导入报告。"
        elif step == PREVIEW and reading:
            word = self._summary(reading)
        self._word.setText(word)
        self._word.setVisible(bool(word))

    def _summary(self, reading: work.Reading) -> str:
        roster = reading.roster
        parts = [f"读到 {len(roster.records)} 人"]
        if roster.skipped:
            parts.append(f"跳过 {len(roster.skipped)} 行（{work.reasons(roster.skipped)}）")
        waiting = work.unanswered(roster, self._answers)
        if waiting:
            parts.append(f"{len(waiting)} 处没有回答")
        return "；".join(parts) + "。同一个人再导入一次不会重复。"

    def _ask_file(self) -> None:
        path = ask_file_to_open(self, "选择名册", KINDS)
        if path:
            self.read_file(path)

    def _read(self, on_done: Callable[[work.Reading], None]) -> None:
        assert self._path, "a file was chosen"
        reading = partial(work.read, self._path, dict(self._answers), dict(self._mapping))
        run_task(self, f"正在读取{self._path.name}", reading, on_done)

    def _show_columns(self, reading: work.Reading) -> None:
        self._reading = reading
        self.columns.show_roster(reading.roster)
        self._go(COLUMNS)
        self.columns.focus_first()

    def _show_questions(self, reading: work.Reading) -> None:
        self._reading = reading
        self._ask_or_show(reading)

    def _ask_or_show(self, reading: work.Reading) -> None:
        """Ask what is open; if nothing is, show who will be taken in."""
        if reading.roster.questions and not self._answers:
            self.questions.show_questions(reading.roster.questions, self._answers)
            self._go(QUESTIONS)
            self.questions.focus_first()
        else:
            self._show_preview(reading)

    def _show_preview(self, reading: work.Reading) -> None:
        self._reading = reading
        self.preview.show_roster(reading.roster)
        self._go(PREVIEW)
        self.preview.people.setFocus()

    def _go_on(self) -> None:
        if self.step == COLUMNS:
            self._mapping.update(self.columns.mapping())
            self._answers = {}
            self._read(self._show_questions)
        elif self.step == QUESTIONS:
            self._answers = self.questions.answers()
            self._read(self._show_preview)
        elif self.step == PREVIEW:
            self._take_in()
        else:
            self._start_again()

    def _go_back(self) -> None:
        reading = self._reading
        if self.step == PREVIEW and reading and (reading.roster.questions or self._answers):
            self._go(QUESTIONS)
            self.questions.focus_first()
        elif self.step in (PREVIEW, QUESTIONS):
            self._go(COLUMNS)
            self.columns.focus_first()
        else:
            self._start_again()

    def _start_again(self) -> None:
        self._path, self._reading = None, None
        self._go(FILE)
        self.choose.setFocus()

    def _take_in(self) -> None:
        assert self._reading, "a file was read"
        chosen = self.options.values()
        taking = partial(
            work.take, self._desk.office, self._reading.roster, chosen["level"], chosen["town"]
        )
        run_task(self, "正在导入名册", taking, self._tell)

    def _tell(self, outcome: Outcome) -> None:
        self._result.setText(
            f"新增 {outcome.added} 人，补充 {outcome.changed} 人，{outcome.same} 人与原来相同。"
        )
        self._outcome.setText(
            "按 F6 看导入的代表。导入是一步操作：按 Ctrl+Z 整个撤销。"
            "跳过的行和没有回答的问题在导入报告里。"
        )
        self._go(DONE)
        self._desk.say("名册已导入")
        self.report.setFocus()
        self.imported.emit()

    def _save_report(self) -> None:
        assert self._reading, "a file was read"
        assert self._path, "a file was read"
        name = f"导入报告 {self._path.stem}.xlsx"
        to = ask_file_to_save(self, "导入报告存为 Excel", name, "Excel 文件 (*.xlsx)")
        if to:
            saving = partial(work.save_report, to, self._reading.roster, dict(self._answers))
            run_task(self, "正在写入报告", saving, self._say_saved)

    def _say_saved(self, to: Path) -> None:
        self._desk.say(f"已存为 {to}")
