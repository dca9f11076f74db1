"""Settings: the office, its rules, how the window looks, backups and the data check."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from deputydesk.errors import FieldError
from deputydesk.exchange import backup, checking
from deputydesk.exchange.backup import BackupRow
from deputydesk.journal.check import Fault
from deputydesk.models import AnswerClass, DeadlineRule, OfficeProfile
from deputydesk.models.base import labels
from deputydesk.models.choices import OfficeKind
from deputydesk.office import Office
from deputydesk.operations import offices, presets
from deputydesk.operations.presets import AnswerClassRow
from deputydesk.progress import Progress
from deputydesk.ui import messages, style
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import facts_card, wrapped
from deputydesk.ui.fields import CheckField, ChoiceField, LongTextField, NumberField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.help_card import HelpCard
from deputydesk.ui.page import Page
from deputydesk.ui.paper_settings import PaperCard
from deputydesk.ui.parts import Button, Chips, button, card, label
from deputydesk.ui.restyling import CHOICES, restyle
from deputydesk.ui.table import Column, RowsTable
from deputydesk.ui.tasks import run_task

PROFILE = (
    "kind",
    "name",
    "district",
    "area_code",
    "document_prefix",
    "phone",
    "address",
    "head",
    "clerk",
)
RULE = (
    "reply_months",
    "long_reply_months",
    "rehandle_months",
    "assist_months",
    "handback_workdays",
    "feedback_workdays",
    "opinion_days",
)
UNITS = {"months": "个月", "workdays": "个工作日", "days": "天"}
SHOWN_FAULTS = 8


@dataclass(frozen=True)
class _Backup:
    """A backup as a row of the list."""

    row: BackupRow

    @property
    def id(self) -> str:
        return self.row.path.name


class SettingsPage(Page):
    """What the office is, by which rules it works, and what belongs to this PC."""

    title = "设置"
    shows = frozenset({OfficeProfile, DeadlineRule, AnswerClass})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.profile = Form(desk, "office", _profile_fields(), model=OfficeProfile)
        self._save = self.profile.add_button("保存单位信息", primary=True, key="Ctrl+Enter")
        self.sizes = Chips(tuple(style.SIZES), "字号")
        self.themes = Chips(tuple(text for _, text in CHOICES), "颜色")
        self.backups: RowsTable[_Backup] = RowsTable(
            _backup_columns(), name="备份列表", empty="还没有备份。点“立即备份”做第一份。"
        )
        self.paper = PaperCard(desk)
        self.help = HelpCard(desk)
        self._operator = label("", "")
        self._change_operator = button("更换操作员", "users")
        self._back_up = button("立即备份", "save")
        self._check = button("核对数据", "circle-check")
        self._change_deadlines = button("修改期限", "pencil")
        self._change_classes = button("修改类别", "pencil")
        self._rules, self._classes = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self._connect()

    @override
    def refresh(self) -> None:
        profile = self.desk.ask(offices.profile)
        at = self.window().focusWidget()
        if profile is None:
            self.profile.start(kind=OfficeKind.TOWN)
        elif not self.profile.is_edited:
            self.profile.show_row(profile)
        if at:
            at.setFocus()
        self._operator.setText(self.desk.office.user.name)
        self.paper.refresh()
        self.help.refresh()
        self._show_rules()
        self._show_looks()
        self._list_backups()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.profile.focus_first()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "themes"):
            self._show_looks()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("clear")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(style.px(11))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in (
            (left, (self._profile_card(), self._backup_card())),
            (
                right,
                (
                    self._looks_card(),
                    self.help,
                    self.paper,
                    self._rules_card(),
                    self._classes_card(),
                ),
            ),
        ):
            column.setSpacing(style.px(11))
            for part in parts:
                column.addWidget(part)
            columns.addLayout(column, 1)
        left.setStretch(1, 1)
        right.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName("全部设置")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)

    def _profile_card(self) -> QFrame:
        frame, inside = card("单位信息", "表头、落款和交办机关由此而来")
        inside.setContentsMargins(0, style.px(12), 0, 0)
        for heading in inside.findChildren(QHBoxLayout):
            heading.setContentsMargins(style.px(16), 0, style.px(16), 0)
        self.profile.setMinimumHeight(self.profile.sizeHint().height() - style.px(24))
        inside.addWidget(self.profile)
        return frame

    def _looks_card(self) -> QFrame:
        frame, inside = card("本机", "只对这台电脑有效")
        for text, chips in (("字号", self.sizes), ("颜色", self.themes)):
            row = QHBoxLayout()
            row.addWidget(label(text, "sub"))
            row.addSpacing(style.px(8))
            row.addWidget(chips, 1)
            inside.addLayout(row)
        inside.addWidget(label("也可按 Ctrl+加号、Ctrl+减号，或按住 Ctrl 滚动滚轮。", "faint"))
        row = QHBoxLayout()
        row.addWidget(label("操作员", "sub"))
        row.addSpacing(style.px(8))
        row.addWidget(self._operator, 1)
        row.addWidget(self._change_operator)
        inside.addLayout(row)
        return frame

    def _rules_card(self) -> QWidget:
        return _slot(self._rules)

    def _classes_card(self) -> QFrame:
        frame, inside = card("答复类别", "")
        inside.addLayout(self._classes)
        inside.addLayout(_right(self._change_classes))
        return frame

    def _backup_card(self) -> QFrame:
        frame, inside = card("备份与核对", "退出时自动备份")
        row = QHBoxLayout()
        row.addWidget(self._back_up)
        row.addWidget(self._check)
        row.addStretch(1)
        inside.addLayout(row)
        self.backups.setMinimumHeight(style.px(124))
        inside.addWidget(self.backups, 1)
        return frame

    def _connect(self) -> None:
        self._save.clicked.connect(self._save_profile)
        self.profile.save_next.connect(self._save_profile)
        self.sizes.group.idToggled.connect(self._resize_text)
        self.themes.group.idToggled.connect(self._recolour)
        self._back_up.clicked.connect(self._make_backup)
        self._check.clicked.connect(self._check_data)
        self._change_operator.clicked.connect(self._ask_operator)
        self._change_deadlines.clicked.connect(self._edit_deadlines)
        self._change_classes.clicked.connect(self._edit_classes)

    def _show_looks(self) -> None:
        sizes = list(style.SIZES.values())
        near = min(range(len(sizes)), key=lambda n: abs(sizes[n] - style.scale()))
        for chips, place in (
            (self.sizes, near),
            (self.themes, _place_of(self.desk.preferences.theme)),
        ):
            chips.group.blockSignals(True)
            chips.group.button(place).setChecked(True)
            chips.group.blockSignals(False)

    def _resize_text(self, place: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on:
            restyle(self.desk, scale=list(style.SIZES.values())[place])

    def _recolour(self, place: int, is_on: bool) -> None:  # noqa: FBT001 - the signal's own form
        if is_on:
            restyle(self.desk, theme=CHOICES[place][0])

    def _ask_operator(self) -> None:
        now = self.desk.office.user.name
        name = messages.ask_text("更换操作员", "现在由谁操作？", text=now, parent=self)
        if name:
            self.desk.name_operator(name)
            self._operator.setText(name)

    def _save_profile(self) -> None:
        self.desk.do(offices.set_profile, **self.profile.values())
        self.profile.saved()
        self.desk.say("单位信息已保存")

    def _show_rules(self) -> None:
        today = self.desk.today
        rule = self.desk.ask(presets.deadlines, today)
        names = labels(DeadlineRule)
        facts = [(names[n].partition("（")[0], f"{getattr(rule, n)} {_unit(n)}") for n in RULE]
        facts.append((names["postponed"], "是" if rule.postponed else "否"))
        since = "" if rule.valid_from == presets.BEGINNING else f"自 {rule.valid_from:%Y-%m-%d} 起"
        frame = facts_card("办理期限", facts, since or "全国规定和通行做法")
        inside = frame.layout()
        assert isinstance(inside, QVBoxLayout), "a card is a column"
        inside.addWidget(wrapped(rule.source, "faint"))
        self._change_deadlines.setParent(None)
        inside.addLayout(_right(self._change_deadlines))
        _put(self._rules, [frame])
        classes = self.desk.ask(presets.answer_classes, today)
        _put(self._classes, [_class_line(row) for row in classes])

    def _edit_deadlines(self) -> None:
        fields = (
            DateField("valid_from", ahead=True),
            CheckField("postponed"),
            *(NumberField(name) for name in RULE),
            TextField("source", wide=True),
        )
        form = Form(self.desk, "deadlines", fields, model=DeadlineRule)
        rule = self.desk.ask(presets.deadlines, self.desk.today)
        values = {name: getattr(rule, name) for name in (*RULE, "postponed")}
        form.start(**values, valid_from=self.desk.today, source="")
        form.say("此前交办的仍按原期限")
        save = partial(self.desk.do, presets.set_deadlines)
        FormDialog(self, "修改办理期限", form, save).open()

    def _edit_classes(self) -> None:
        fields = (
            DateField("valid_from", ahead=True),
            TextField("promising", label="须列承诺事项的类别"),
            LongTextField("lines", label="类别和含义，每行一类，如：A 已经解决", lines=6),
            TextField("source", wide=True),
        )
        form = Form(self.desk, "answer-classes", fields, model=AnswerClass)
        rows = self.desk.ask(presets.answer_classes, self.desk.today)
        form.start(
            valid_from=self.desk.today,
            promising="、".join(row.code for row in rows if row.promises),
            lines="\n".join(f"{row.code} {row.meaning}" for row in rows),
        )
        FormDialog(self, "修改答复类别", form, self._save_classes).open()

    def _save_classes(self, *, lines: str, promising: str, **values: object) -> None:
        parts = [line.split(maxsplit=1) for line in lines.splitlines() if line.strip()]
        if not parts or any(len(part) < 2 for part in parts):
            raise FieldError("lines", "每行先写类别，空一格，再写含义，如：A 已经解决。")
        codes = set(promising.replace("，", "、").replace(",", "、").split("、"))
        rows = tuple(AnswerClassRow(code, said, promises=code in codes) for code, said in parts)
        self.desk.do(presets.set_answer_classes, classes=rows, **values)  # type: ignore[arg-type]  # the form's

    def _list_backups(self) -> None:
        self.backups.set_rows([_Backup(row) for row in backup.rows(self.desk.office)])

    def _make_backup(self) -> None:
        run_task(self, "正在备份", partial(_copy, self.desk.office), self._say_copied)

    def _say_copied(self, made: Path) -> None:
        self._list_backups()
        self.backups.select(made.name)
        self.desk.say(f"已备份到 {made}")

    def _check_data(self) -> None:
        run_task(self, "正在核对数据", partial(_examine, self.desk.office), self._say_checked)

    def _say_checked(self, faults: list[Fault]) -> None:
        if not faults:
            self.desk.say("核对完成：数据与日志一致")
            messages.tell("数据完好。", "所有记录都与日志一致。", parent=self)
            return
        said = "\n".join(f"· {fault.message}" for fault in faults[:SHOWN_FAULTS])
        more = f"\n……共 {len(faults)} 处" if len(faults) > SHOWN_FAULTS else ""
        advice = "请不要继续登记，先从最近的备份恢复，或与技术人员联系。"
        messages.tell("数据与日志不一致。", f"{said}{more}\n{advice}", parent=self)


def _place_of(theme: str) -> int:
    names = [name for name, _ in CHOICES]
    return names.index(theme) if theme in names else 0


def _copy(office: Office, progress: Progress) -> Path:
    progress.step(0, 1, "正在备份")
    return backup.back_up(office, progress=progress)


def _examine(office: Office, progress: Progress) -> list[Fault]:
    progress.step(0, 0, "正在核对每一条记录")
    return checking.faults(office, progress)


def _unit(name: str) -> str:
    return UNITS[name.rpartition("_")[2]]


def _profile_fields() -> tuple[ChoiceField | TextField, ...]:
    return (
        ChoiceField("kind", OfficeKind),
        *(TextField(name) for name in PROFILE[1:6]),
        TextField("address", wide=True),
        *(TextField(name) for name in PROFILE[7:]),
    )


def _class_line(row: AnswerClassRow) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    code = label(row.code, "h2")
    code.setFixedWidth(style.px(24))
    line.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(wrapped(row.meaning + ("（须列承诺事项）" if row.promises else "")), 1)
    return made


def _slot(inside: QVBoxLayout) -> QWidget:
    made = QWidget()
    inside.setContentsMargins(0, 0, 0, 0)
    made.setLayout(inside)
    return made


def _right(made: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(made)
    return row


def _put(column: QVBoxLayout, parts: list[QWidget]) -> None:
    """Put these in the place of what was there."""
    while item := column.takeAt(0):
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for part in parts:
        column.addWidget(part)


def _backup_columns() -> tuple[Column[_Backup], ...]:
    return (
        Column("时间", lambda r: f"{r.row.at:%Y-%m-%d %H:%M}", 130),
        Column("原因", lambda r: r.row.why.label, 80),
        Column("文件", lambda r: r.row.path.name, 0),
        Column(
            "大小",
            lambda r: f"{r.row.size / 1_000_000:.1f} MB",
            76,
            sort=lambda r: r.row.size,
            right=True,
        ),
    )
