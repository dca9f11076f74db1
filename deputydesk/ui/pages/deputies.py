"""Deputies: the list with filters at the left, the file of one at the right."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QSplitter, QVBoxLayout
from typing_extensions import override

from deputydesk.models import (
    Attendance,
    EvaluationEntry,
    Mandate,
    Opinion,
    Person,
    PointQuarter,
    Preset,
    Record,
    Suggestion,
    VisitDeputy,
)
from deputydesk.models.base import labels
from deputydesk.models.choices import EndReason, Level, Sex
from deputydesk.operations import deputies, list_orders, terms, vacancies
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.duty_sources import SOURCES
from deputydesk.reports import Options
from deputydesk.rules.names import initials, search_text, sort_key
from deputydesk.ui import lookups, style
from deputydesk.ui.arranging import passes
from deputydesk.ui.block_actions import BlockActions
from deputydesk.ui.block_target import BlockTarget
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.deputy_file import DeputyFile
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.fields import CheckField, ChoiceField, Field, LongTextField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.list_memory import View
from deputydesk.ui.more_menu import MoreMenu
from deputydesk.ui.office_column import with_office
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, button
from deputydesk.ui.past_action import PastAction
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.print_menu import PrintMenu
from deputydesk.ui.saved_views import SavedViews
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column, RowsTable

LEVELS = (Level.TOWN, Level.DISTRICT, Level.CITY, Level.REGION)
EVERYWHERE = "全部苏木乡镇、街道"
EMPTY = "还没有代表。到“导入导出”（F9）导入名册，或点“登记代表”登记一名。"
OF_ALL = (
    *("duty_report", "duty_file", "duty_register"),
    *("duty_handbook", "deputy_card", "deputy_wall"),
)
OF_ONE = (*OF_ALL[:-1], "work_report")
"""Forms that the page prints of a deputy, and of all."""
SEAT = ("level", "town", "home_id", "term_id", "electoral_district_id")
SEAT_ALSO = (*SEAT, "certificate_no", "started_on")
"""What is asked for a seat that somebody holds beside another."""


class DeputiesPage(Page):
    """Who sits where, and what each has done."""

    title = "代表"
    shows = frozenset(
        {
            *(Person, Mandate, VisitDeputy, Opinion, Suggestion, EvaluationEntry, Attendance),
            *(source.record for source in SOURCES),
            *(PointQuarter, Preset),
        }
    )
    finds = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: list[DeputyRow] = []
        self._wanted = ""
        self._is_read = False
        self.chips = Chips(("全部", *(level.label for level in LEVELS)), "代表层级")
        self.town = QComboBox()
        self.town.setAccessibleName("所属苏木乡镇、街道")
        self.former = QCheckBox("含离任")
        self.table: RowsTable[DeputyRow] = RowsTable(
            with_office(desk, _columns()), name="代表列表", empty=EMPTY
        )
        self.file = DeputyFile(desk)
        self._edit = button("修改", "pencil")
        self._also = button("登记兼任")
        self._suspend = button("暂停职务")
        self._end = button("终止资格")
        self.print_one = PrintMenu("打印", OF_ONE, key="Ctrl+P")
        self.print_all = PrintMenu("打印全部代表", OF_ALL)
        self.more = MoreMenu(self.table)
        self.place_button(self.more)
        self.place_button(self.print_all)
        self._new = self.add_button("登记代表", "plus")
        self._lay_out()
        self._connect()
        self.views = SavedViews(desk, self.table, self.chips, self.now, self.count_of)
        self.views.shown.connect(self.show_view)
        self.table.rows.settled.connect(self.views.refresh)

    @override
    def refresh(self) -> None:
        self._found = self.desk.ask(
            list_orders.in_list_order, self.desk.today, former=self.former.isChecked()
        )
        self._offer_towns()
        self._filter()

    @override
    def find(self, text: str) -> None:
        self._wanted = text
        self._filter_bar.set_words(text)
        self._filter()

    def _find_all(self) -> None:
        self.find("")

    def now(self) -> View:
        """How the list is looked at."""
        chip = self.chips.chosen()
        also = {"town": self._town()} if self._town() else {}
        if self.former.isChecked():
            also["former"] = self.former.text()
        part = LEVELS[chip - 1].label if chip else ""
        filters, layout = self.table.rows.arrangement.filters, self.table.headings.layout
        return View("", part, None, self._wanted, filters, layout, also)

    def show_view(self, view: View) -> None:
        """Look at the list so."""
        self._wanted = view.words
        self._filter_bar.set_words(view.words)
        self.table.headings.show_layout(view.layout)
        self.table.filter(view.filters)
        self.former.setChecked("former" in view.also)
        self.town.setCurrentIndex(max(0, self.town.findText(view.also.get("town", EVERYWHERE))))
        self.chips.group.button(_chip_of(view)).setChecked(True)
        self._filter()

    def count_of(self, view: View) -> int | None:
        """How many deputies a view has; None where they would have to be asked for."""
        if ("former" in view.also) != self.former.isChecked():
            return None
        here = self._here(view.also.get("town", ""), view.words)
        rows = _by_chip(here)[_chip_of(view)]
        return sum(passes(row, self.table.rows.columns, view.filters) for row in rows)

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        if record_id and model is Mandate and self.desk.ask(deputies.one, record_id).ended_on:
            self.former.setChecked(True)
        self._wanted = ""
        self._filter_bar.set_words("")
        self.table.filter(())
        self.chips.group.button(0).setChecked(True)
        self.town.setCurrentIndex(0)
        self.refresh()
        wanted = [r.id for r in self._found if record_id in (r.id, r.person_id)]
        if wanted and not self.table.select(wanted[0]):
            level = next(r.level for r in self._found if r.id == wanted[0])
            self.chips.group.button(1 + LEVELS.index(level)).setChecked(True)
            self.table.select(wanted[0])
        self.table.setFocus()

    @override
    def start_new(self) -> None:
        form = Form(self.desk, "deputy", self._fields(), model=Person)
        form.start(started_on=None)
        FormDialog(self, "登记代表", form, self._add, "登记").open()

    @override
    def print_page(self) -> bool:
        return self._print_form(OF_ONE[0])

    def _print_form(self, form_id: str) -> bool:
        """Print a form of the deputy in sight; False if there is none."""
        row = self.table.current()
        if row is None:
            return False
        preview_form(self, self.desk, form_id, Options(deputy_ids=(row.id,)))
        return True

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.table.setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(style.px(10))
        row.addWidget(self.chips, 1)
        row.addWidget(self.town)
        row.addWidget(self.former)
        self.body.addLayout(row)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(style.px(11))
        split.setChildrenCollapsible(False)
        left = QFrame()
        left.setObjectName("card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, style.px(4), 0, style.px(4))
        self._filter_bar = self.table.add_filters()
        self._filter_bar.unfound.connect(self._find_all)
        inside.addWidget(self._filter_bar)
        inside.addWidget(self.table, 1)
        split.addWidget(left)
        split.addWidget(self.file)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 7)
        split.setSizes([style.px(460), style.px(690)])
        for made in (self._edit, self._also, self._suspend, self._end, self.print_one):
            self.file.buttons.addWidget(made)
        self.body.addWidget(split, 1)

    def _connect(self) -> None:
        self.table.picked.connect(self._show)
        self.table.opened.connect(self._change)
        self.table.add_action("修改", self._change)
        target = BlockTarget(
            "代表", Person, self._fields, deputies.add, deputies.edit, "mandate_id"
        )
        self.blocks = BlockActions(self, self.desk, self.table, target)
        self.table.add_action("打印履职报告", self.print_page)
        PastAction(self.table, self.desk, Mandate)
        self.chips.group.idToggled.connect(self._filter)
        self.town.activated.connect(self._filter)
        self.former.toggled.connect(self.refresh)
        self._edit.clicked.connect(self._change)
        self._also.clicked.connect(self._add_seat)
        self._suspend.clicked.connect(self._switch)
        self._end.clicked.connect(self._finish)
        self.print_one.picked.connect(self._print_form)
        self.print_all.picked.connect(self._print_everyone)
        self._new.clicked.connect(self.start_new)

    def _offer_towns(self) -> None:
        chosen = self.town.currentText()
        self.town.clear()
        self.town.addItems(
            [EVERYWHERE, *sorted({r.town for r in self._found if r.town}, key=sort_key)]
        )
        self.town.setCurrentIndex(max(0, self.town.findText(chosen)))

    def _filter(self) -> None:
        by_chip = _by_chip(self._here(self._town(), self._wanted))
        names = ("全部", *(level.label for level in LEVELS))
        for chip, (name, rows) in enumerate(zip(names, by_chip, strict=True)):
            self.chips.set_text(chip, f"{name} {len(rows)}")
        self.table.set_empty("没有符合条件的代表。" if self._found else EMPTY)
        self.set_subtitle(f"共 {sum(r.main for r in self._found)} 名" if self._found else "")
        self._is_read = False
        self.table.set_rows(by_chip[self.chips.chosen()])
        if self.table.current() is None and self.table.rows.rowCount():
            self.table.select(self.table.rows.id(0))
        if not self._is_read:
            self._show(self.table.current())

    def _town(self) -> str:
        """The town that is chosen; empty: all."""
        return self.town.currentText() if self.town.currentIndex() > 0 else ""

    def _here(self, town: str, wanted: str) -> list[DeputyRow]:
        """The deputies of a town of whom something is said; both may be empty."""
        words = search_text(wanted).split()
        return [r for r in self._found if (not town or r.town == town) and _fits(r, words)]

    def _show(self, row: DeputyRow | None) -> None:
        self.file.setVisible(row is not None)
        if row is None:
            return
        self.file.show_deputy(row)
        self._is_read = True
        self._suspend.setText("恢复职务" if row.suspended else "暂停职务")
        for made in (self._suspend, self._end):
            made.setEnabled(row.ended_on is None)

    def _change(self) -> None:
        row = self.table.current()
        if row is None:
            return
        form = Form(self.desk, "deputy", self._fields(), model=Person)
        form.show_row(row)
        save = partial(self.desk.do, deputies.edit, mandate_id=row.id)
        FormDialog(self, f"修改代表：{row.name}", form, save).open()

    def _add(self, **values: Any) -> None:  # Any: as the form gives them
        self.desk.open(Mandate, self.desk.do(deputies.add, **values))

    def _add_seat(self) -> None:
        """Somebody who sits already was elected at another level too."""
        row = self.table.current()
        if row is None:
            return
        fields = [field for field in self._fields() if field.name in SEAT_ALSO]
        form = Form(self.desk, "seat", fields, model=Mandate)
        form.start(town=row.town, home_id=row.home_id)
        save = partial(self._add_mandate, person_id=row.person_id)
        FormDialog(self, f"登记兼任：{row.name}", form, save, "登记").open()

    def _add_mandate(self, **values: Any) -> None:  # Any: as the form gives them
        self.desk.open(Mandate, self.desk.do(deputies.add_mandate, **values))

    def _switch(self) -> None:
        row = self.table.current()
        if row is not None:
            self.desk.do(deputies.set_suspended, mandate_id=row.id, suspended=not row.suspended)

    def _finish(self) -> None:
        row = self.table.current()
        if row is None:
            return
        reasons = [(reason, reason.label or "请选择") for reason in EndReason]
        fields = (DateField("ended_on"), ChoiceField("reason", options=reasons, label="终止原因"))
        form = Form(self.desk, "end-mandate", fields, model=Mandate)
        form.start(ended_on=self.desk.today)
        save = partial(self.desk.do, vacancies.end, mandate_id=row.id)
        FormDialog(self, f"终止代表资格：{row.name}", form, save, "终止").open()

    def _print_everyone(self, form_id: str) -> None:
        preview_form(self, self.desk, form_id)

    def _fields(self) -> tuple[Field, ...]:
        seat = labels(Mandate)
        return (
            TextField("name"),
            ChoiceField("level", Level, label=seat["level"]),
            ChoiceField("sex", Sex),
            TextField("ethnic"),
            TextField("birth"),
            PhoneField("phone"),
            TextField("id_no"),
            TextField("party"),
            TextField("education"),
            TextField("job"),
            CheckField("fixed_income"),
            CheckField("leader"),
            PickField("town", partial(lookups.towns, self.desk), label=seat["town"], free=True),
            PickField("home_id", partial(lookups.homes, self.desk), label=seat["home_id"]),
            PickField("term_id", self._terms, label=seat["term_id"]),
            PickField(
                "electoral_district_id",
                partial(lookups.districts, self.desk),
                label=seat["electoral_district_id"],
            ),
            TextField("certificate_no", label=seat["certificate_no"]),
            DateField("started_on", label=seat["started_on"], optional=True),
            CheckField("photo_public"),
            CheckField("phone_public"),
            PhoneField("public_phone"),
            DateField("consented_on", optional=True),
            LongTextField("note", lines=2),
        )

    def _terms(self) -> list[Candidate]:
        return [
            Candidate(t.id, f"{t.level.label}第{t.number}届", "本届" if t.current else "")
            for t in self.desk.ask(terms.rows)
        ]


def _fits(row: DeputyRow, words: list[str]) -> bool:
    text = search_text(f"{row.name} {row.phone} {row.job} {row.certificate_no} {row.home}")
    keys = initials(row.name)
    return all(word in text or any(key.startswith(word) for key in keys) for word in words)


def _by_chip(rows: list[DeputyRow]) -> list[list[DeputyRow]]:
    """The deputies of each chip: everybody once, then by level."""
    return [[r for r in rows if r.main], *([r for r in rows if r.level is lv] for lv in LEVELS)]


def _chip_of(view: View) -> int:
    """Which chip a saved view has pressed."""
    return next((n for n, level in enumerate(LEVELS, 1) if level.label == view.part), 0)


def _columns() -> tuple[Column[DeputyRow], ...]:
    return (
        Column("姓名", lambda r: r.name, 88, sort=lambda r: sort_key(r.name)),
        Column("性别", lambda r: r.sex.label, 42, drop=2),
        Column("层级", lambda r: r.level.label, 86, drop=4),
        Column("所属", lambda r: r.town, 0),
        Column("电话", lambda r: r.phone, 108, drop=1),
        Column("状态", lambda r: r.status, 66, tone=_tone, drop=3),
    )


def _tone(row: DeputyRow) -> Tone:
    if row.ended_on:
        return Tone.GREY
    return Tone.AMBER if row.suspended else Tone.GREEN
