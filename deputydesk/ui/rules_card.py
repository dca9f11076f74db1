"""The cards of settings for the rules that the office works by: deadlines, classes of answers."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.errors import FieldError
from deputydesk.models import AnswerClass, DeadlineRule
from deputydesk.models.base import labels
from deputydesk.operations import presets
from deputydesk.operations.presets import AnswerClassRow
from deputydesk.ui import style
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import facts_card, wrapped
from deputydesk.ui.fields import CheckField, LongTextField, NumberField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.parts import Button, button, card, emptied, label

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


class RulesCard(QWidget):
    """Shows what holds today; a change is valid from a day on.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("clear")
        self.desk = desk
        self.change_deadlines = button("修改期限", "pencil")
        self.change_classes = button("修改类别", "pencil")
        self._rules, self._classes = QVBoxLayout(), QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(style.px(11))
        outer.addLayout(self._rules)
        frame, inside = card("答复类别", "")
        inside.addLayout(self._classes)
        inside.addLayout(_right(self.change_classes))
        outer.addWidget(frame)
        self.change_deadlines.clicked.connect(self._edit_deadlines)
        self.change_classes.clicked.connect(self._edit_classes)

    def refresh(self) -> None:
        """Show what holds today."""
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
        self.change_deadlines.setParent(None)
        inside.addLayout(_right(self.change_deadlines))
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


def _unit(name: str) -> str:
    return UNITS[name.rpartition("_")[2]]


def _class_line(row: AnswerClassRow) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    code = label(row.code, "h2")
    code.setFixedWidth(style.px(24))
    line.addWidget(code, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(wrapped(row.meaning + ("（须列承诺事项）" if row.promises else "")), 1)
    return made


def _right(made: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(made)
    return row


def _put(column: QVBoxLayout, parts: list[QWidget]) -> None:
    """Put these in the place of what was there."""
    emptied(column)
    for part in parts:
        column.addWidget(part)
