"""Local rules: which version of each holds, since when, by which article; a new version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout
from typing_extensions import override

from deputydesk.models import AnswerClass, DeadlineRule, GradeScale, Preset, Record
from deputydesk.operations import local_rules
from deputydesk.operations.local_rules import RuleKindRow
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.local_rules import FieldKind, RuleField, RuleRow, kind_of
from deputydesk.rules.names import search_text
from deputydesk.ui import style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.dialogs.rule_editor import edit_rule
from deputydesk.ui.page import Page
from deputydesk.ui.parts import button, card, label
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

SHIPPED = "现成"
COMMA = "、"


@dataclass(frozen=True)
class RuleLine:
    """One thing that a version says, and the article that says so."""

    id: str
    title: str
    text: str
    note: str


class LocalRulesPage(Page):
    """All kinds of local rules, the version in force and its history."""

    title = "本地规则"
    shows = frozenset({Preset, DeadlineRule, AnswerClass, GradeScale})
    finds = True
    starts_new = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = ""
        self.kinds: RowsTable[RuleKindRow] = RowsTable(
            _kind_columns(), name="规则种类", empty="没有符合条件的规则。"
        )
        self.lines: RowsTable[RuleLine] = RowsTable(
            _line_columns(), name="规则内容", empty="这一版没有内容。点“新的一版”填写。"
        )
        self.versions: RowsTable[RuleRow] = RowsTable(
            _version_columns(), name="历次版本", empty="还没有采用过自己的版本，按现成的执行。"
        )
        self._new = self.add_button("新的一版", "plus", primary=True)
        self._name, self._about = label("", "h2"), wrapped("", "sub")
        self._source, self._shown = wrapped(""), label("", "h2")
        self._withdraw = button("撤下", "undo-2")
        self._lay_out()
        self._connect()

    @override
    def refresh(self) -> None:
        words = search_text(self._wanted).split()
        found = self.desk.ask(local_rules.rows, self.desk.today)
        shown = [row for row in found if _holds(row, words)]
        own = sum(not row.current.is_shipped for row in found)
        self.set_subtitle(f"{len(found)} 种规则，自定 {own} 种，其余按现成的执行")
        self.kinds.set_rows(shown)
        if shown and self.kinds.current() is None:
            self.kinds.setCurrentIndex(self.kinds.rows.index(0, 0))
        self._show_kind(self.kinds.current())

    @override
    def find(self, text: str) -> None:
        self._wanted = text
        self.refresh()

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        del model
        self.find("")
        for kind in self.kinds.rows.rows():
            if any(row.id == record_id for row in self.desk.ask(local_rules.history, kind.id)):
                self.kinds.select(kind.id)
                self.versions.select(record_id)
                self.versions.setFocus()

    @override
    def start_new(self) -> None:
        row = self.kinds.current()
        if row is not None:
            edit_rule(self, self.desk, row.id)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.kinds.setFocus()

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(style.px(11))
        split.setChildrenCollapsible(False)
        left = QFrame()
        left.setObjectName("card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, style.px(4), 0, style.px(4))
        inside.addWidget(self.kinds)
        split.addWidget(left)
        split.addWidget(self._detail())
        split.setSizes([style.px(420), style.px(740)])
        self.body.addWidget(split, 1)

    def _detail(self) -> QFrame:
        frame, inside = card()
        head = QHBoxLayout()
        head.addWidget(self._name)
        head.addStretch(1)
        inside.addLayout(head)
        inside.addWidget(self._about)
        row = QHBoxLayout()
        row.addWidget(self._shown)
        row.addStretch(1)
        row.addWidget(self._withdraw)
        inside.addLayout(row)
        inside.addWidget(self._source)
        inside.addWidget(self.lines, 3)
        inside.addWidget(label("历次版本", "h2"))
        inside.addWidget(self.versions, 1)
        self.lines.setMinimumHeight(style.px(104))
        self.versions.setMinimumHeight(style.px(64))
        return frame

    def _connect(self) -> None:
        self.kinds.picked.connect(self._show_kind)
        self.kinds.opened.connect(self.start_new)
        self.versions.picked.connect(self._show_version)
        self._new.clicked.connect(self.start_new)
        self._withdraw.clicked.connect(self._take_back)

    def _show_kind(self, row: RuleKindRow | None) -> None:
        self._new.setEnabled(row is not None)
        if row is None:
            return
        self._name.setText(row.title)
        self._about.setText(row.about)
        self.versions.set_rows(self.desk.ask(local_rules.history, row.id))
        self._show_version(self.versions.current())

    def _show_version(self, version: RuleRow | None) -> None:
        """A version that was picked in the history, else the one in force."""
        kind = self.kinds.current()
        if kind is None:
            return
        shown = version if version is not None and version.kind == kind.id else kind.current
        since = SHIPPED if shown.is_shipped else f"自{chinese(shown.valid_from)}起"
        self._shown.setText(f"{shown.name}（{since}）")
        self._source.setText(f"依据：{shown.source}")
        self._withdraw.setVisible(not shown.is_shipped and shown.valid_from > self.desk.today)
        self.lines.set_rows(_lines(shown))

    def _take_back(self) -> None:
        version = self.versions.current()
        if version is not None:
            self.desk.do(local_rules.withdraw, kind=version.kind, rule_id=version.id)


def _lines(row: RuleRow) -> list[RuleLine]:
    articles = row.notes or local_rules.notes(row)
    found: list[RuleLine] = []
    for field in kind_of(row.kind).fields:
        value = row.rule.get(field.name)
        if field.kind == FieldKind.ROWS:
            found += [
                RuleLine(f"{field.name}{number}", *_row(field, one), "")
                for number, one in enumerate(value or (), 1)
            ]
        elif field.kind == FieldKind.LINES:
            found += [
                RuleLine(f"{field.name}{number}", f"{field.title}{number}", one, "")
                for number, one in enumerate(value or (), 1)
            ]
        else:
            note = articles.get(field.name, "")
            found.append(RuleLine(field.name, field.title, _said(field, value), note))
    return found


def _row(field: RuleField, row: Mapping[str, Any]) -> tuple[str, str]:  # Any: JSON
    first, *others = field.columns
    said = [
        text if other.kind == FieldKind.TEXT else f"{other.title} {text}"
        for other in others
        if (text := _said(other, row.get(other.name)))
    ]
    return _said(first, row.get(first.name)), "；".join(said)


def _said(field: RuleField, value: Any) -> str:  # Any: JSON
    if field.kind == FieldKind.FLAG:
        return "是" if value else "否"
    if field.kind == FieldKind.CHOICE:
        return field.options.get(value, "")
    if field.kind == FieldKind.LINES:
        return COMMA.join(value or ())
    return "" if value is None else str(value)


def _holds(row: RuleKindRow, words: list[str]) -> bool:
    text = search_text(f"{row.title} {row.about} {row.current.name} {row.current.source}")
    return all(word in text for word in words)


def _kind_columns() -> tuple[Column[RuleKindRow], ...]:
    return (
        Column("规则", lambda r: r.title, 0),
        Column("现行版本", lambda r: r.current.name, 150, drop=1),
        Column(
            "自何日起",
            lambda r: SHIPPED if r.current.is_shipped else f"{r.current.valid_from:%Y-%m-%d}",
            100,
            tone=lambda r: Tone.GREY if r.current.is_shipped else Tone.BLUE,
        ),
    )


def _line_columns() -> tuple[Column[RuleLine], ...]:
    return (
        Column("项目", lambda r: r.title, 190),
        Column("内容", lambda r: r.text, 0),
        Column("依据", lambda r: r.note, 330, drop=1),
    )


def _version_columns() -> tuple[Column[RuleRow], ...]:
    return (
        Column("自何日起", lambda r: f"{r.valid_from:%Y-%m-%d}", 100),
        Column("名称", lambda r: r.name, 180),
        Column("依据", lambda r: r.source, 0),
    )
