"""The editor of the rules of points: a table of items, and what holds for all of them.

What is saved is a new version from a day on; quarters that are closed keep theirs.
"""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deputydesk.models import PointScheme
from deputydesk.operations import point_schemes
from deputydesk.operations.point_schemes import SchemeRow
from deputydesk.rules.point_schemes import Published, points_typed, published
from deputydesk.rules.points import Item, Period, ProRata, Scheme
from deputydesk.rules.quarters import Quarter
from deputydesk.ui import messages, style
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.facts import wrapped
from deputydesk.ui.dialogs.point_item import (
    bands_of,
    item_fields,
    item_of,
    kinds_text,
    lines_of,
    points_text,
    roles_text,
    sections_of,
    values_of,
)
from deputydesk.ui.fields import ChoiceField, NumberField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.list_field import ListField
from deputydesk.ui.parts import button, label
from deputydesk.ui.room import sized
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

ITEMS, WHOLE = range(2)


@dataclass(frozen=True)
class _Line:
    """An item at its place in the rules."""

    place: int
    item: Item

    @property
    def id(self) -> str:
        return self.item.id


class SchemeDialog(QDialog):
    """Shows the rules in force, or a published scheme, and saves a new version.

    Args:
        parent: the page that opens it.
        desk: the desk.
        at: the version to begin with; the first published one if None.
    """

    def __init__(self, parent: QWidget, desk: Desk, at: SchemeRow | None) -> None:
        super().__init__(parent.window())
        self.setWindowTitle("积分规则")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(sized(self, 1000, 620))
        self._desk = desk
        self._items: list[Item] = []
        self.presets = QComboBox()
        self.presets.setAccessibleName("从哪一套规则开始")
        self.source = wrapped("", "sub")
        self.table: RowsTable[_Line] = RowsTable(
            _columns(), name="积分项目", empty="还没有项目。点“新增项目”。"
        )
        self.whole = Form(desk, "point_scheme", _whole_fields(), model=PointScheme)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("积分规则")
        self._buttons = {
            text: button(text) for text in ("新增项目", "修改", "删除", "上移", "下移")
        }
        self.save_button = button("保存为新的一版", primary=True)
        self._lay_out()
        self._offer(at)
        self._connect()

    @property
    def items(self) -> list[Item]:
        """The items as they stand."""
        return list(self._items)

    def save(self) -> None:
        """Save what is shown as a new version."""
        values = self.whole.values()
        self.tabs.setCurrentIndex(WHOLE)
        messages.expect_errors_at(self)
        scheme = self._scheme(values)
        self._desk.do(
            point_schemes.save,
            name=values["name"],
            valid_from=values["valid_from"],
            source=values["source"],
            scheme=scheme,
        )
        self.whole.saved()
        self.accept()

    def show_field_error(self, name: str, sentence: str) -> bool:
        """Show an error at its field; one of the items above their table."""
        if name != "items":
            return self.whole.show_field_error(name, sentence)
        self.tabs.setCurrentIndex(ITEMS)
        self._wrong.setText(sentence)
        self._wrong.show()
        return True

    @override
    def reject(self) -> None:
        self.whole.saved()
        super().reject()

    def _scheme(self, values: dict[str, Any]) -> Scheme:  # Any: as the form gives them
        return Scheme(
            items=tuple(self._items),
            base=points_typed(values["base"], "base", "基础分") or Scheme(()).base,
            base_period=values["base_period"],
            most=points_typed(values["most"], "most", "全年最高分"),
            sections=sections_of(values["sections"]),
            bands=bands_of(values["bands"]),
            pro_rata=values["pro_rata"],
            least_days=values["least_days"],
            tail=values["tail"],
            line=points_typed(values["line"], "line", "提醒线"),
            objection_days=values["objection_days"],
        )

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(style.px(14), style.px(10), style.px(14), 0)
        outer.setSpacing(style.px(8))
        head = QHBoxLayout()
        head.addWidget(label("从这套规则开始", "sub"))
        head.addWidget(self.presets)
        head.addStretch(1)
        outer.addLayout(head)
        outer.addWidget(self.source)
        outer.addWidget(self.tabs, 1)
        items = QWidget()
        inside = QVBoxLayout(items)
        inside.setContentsMargins(0, style.px(8), 0, 0)
        self._wrong = label("", "fielderror")
        self._wrong.hide()
        inside.addWidget(self._wrong)
        inside.addWidget(self.table, 1)
        row = QHBoxLayout()
        for made in self._buttons.values():
            row.addWidget(made)
        row.addStretch(1)
        inside.addLayout(row)
        self.tabs.addTab(items, "积分项目")
        self.tabs.addTab(self.whole, "总则和生效日期")
        foot = QFrame()
        foot.setObjectName("foot")
        ends = QHBoxLayout(foot)
        ends.addWidget(label("保存的是新的一版；已封账的季度不变。", "faint"), 1)
        cancel = button("取消")
        cancel.clicked.connect(self.reject)
        ends.addWidget(cancel)
        ends.addWidget(self.save_button)
        outer.addWidget(foot)

    def _connect(self) -> None:
        self.presets.activated.connect(self._take)
        self.table.opened.connect(self._change)
        slots = (self._add, self._change, self._remove, self._up, self._down)
        for made, slot in zip(self._buttons.values(), slots, strict=True):
            made.clicked.connect(slot)
        self.save_button.clicked.connect(self.save)
        self.save_button.set_key("Ctrl+Enter")
        self.whole.leave_save_key()

    def _offer(self, at: SchemeRow | None) -> None:
        for row in self._desk.ask(point_schemes.rows):
            self.presets.addItem(row.label, row)
        for one in published():
            self.presets.addItem(f"{one.name}（公开的办法）", one)
        place = next((n for n in range(self.presets.count()) if self.presets.itemData(n) == at), 0)
        self.presets.setCurrentIndex(place)
        self._take()

    def _take(self) -> None:
        """Begin with another set of rules."""
        one: SchemeRow | Published = self.presets.currentData()
        self._items = list(one.scheme.items)
        self._wrong.hide()
        about = one.about if isinstance(one, Published) else ""
        self.source.setText("依据：" + "。".join(p for p in (one.source, about) if p))
        self._show_items()
        s = one.scheme
        self.whole.set_values(
            {
                "name": one.name,
                "source": one.source,
                "valid_from": Quarter.of(self._desk.today).first,
                "base": _number(s.base) if s.base else "",
                "base_period": s.base_period,
                "most": _number(s.most),
                "sections": lines_of(s.sections),
                "bands": lines_of(s.bands),
                "pro_rata": s.pro_rata,
                "least_days": s.least_days,
                "tail": s.tail,
                "line": _number(s.line),
                "objection_days": s.objection_days,
            }
        )

    def _show_items(self, at: int = 0) -> None:
        self.table.set_rows([_Line(place, item) for place, item in enumerate(self._items)])
        if self._items:
            self.table.selectRow(min(at, len(self._items) - 1))

    def _add(self) -> None:
        form = Form(self._desk, "point_item", item_fields())
        form.setMinimumSize(sized(self, 640, 570))
        form.start(period=Period.YEAR)
        FormDialog(self, "新增积分项目", form, self._put_new, "加入").open()

    def _put_new(self, **values: Any) -> None:  # Any: as the form gives them
        self._items.append(item_of(None, values))
        self._show_items(len(self._items) - 1)

    def _change(self) -> None:
        line = self.table.current()
        if line is None:
            return
        form = Form(self._desk, "point_item", item_fields())
        form.setMinimumSize(sized(self, 640, 570))
        form.start(**values_of(line.item))
        form.say(line.item.note)

        def put(**values: Any) -> None:  # Any: as the form gives them
            self._items[line.place] = item_of(line.item, values)
            self._show_items(line.place)

        FormDialog(self, f"修改：{line.item.name}", form, put, "改好").open()

    def _remove(self) -> None:
        line = self.table.current()
        if line is not None:
            del self._items[line.place]
            self._show_items(line.place)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        line = self.table.current()
        if line is None or not 0 <= line.place + by < len(self._items):
            return
        self._items.insert(line.place + by, self._items.pop(line.place))
        self._show_items(line.place + by)


def _number(points: Any) -> str:  # Any: a Decimal or None
    return "" if points is None else f"{points:f}"


def _whole_fields() -> tuple[Any, ...]:  # Any: fields of all kinds
    return (
        TextField("name"),
        DateField("valid_from", ahead=True),
        TextField("source", wide=True),
        TextField("base", label="基础分"),
        ChoiceField("base_period", Period, label="基础分按"),
        TextField("most", label="全年最高分（不填为不限）"),
        ChoiceField("pro_rata", ProRata, label="任职不满的"),
        NumberField("least_days", label="任职少于几天的不排名"),
        NumberField("tail", label="末几名谈话提醒"),
        TextField("line", label="低于多少分谈话提醒"),
        NumberField("objection_days", label="公示几天内可提异议"),
        ListField("sections", label="分类及全年封顶，每行一类，如：会议期间 40", lines=3),
        ListField("bands", label="全年等次，每行一等，如：好 80", lines=3),
    )


def _columns() -> tuple[Column[_Line], ...]:
    return (
        Column("积分项目", lambda r: r.item.name, 170),
        Column("分值", lambda r: points_text(r.item), 220, tone=_tone),
        Column("计入", lambda r: kinds_text(r.item), 0),
        Column("系数", lambda r: roles_text(r.item), 110, drop=2),
        Column("分类", lambda r: r.item.section, 100, drop=3),
        Column("依据", lambda r: "须核实" if r.item.evidence else "", 60, drop=1),
    )


def _tone(line: _Line) -> Tone | None:
    return Tone.AMBER if line.item.first is None else None
