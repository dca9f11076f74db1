"""The register of duty activities: the list at the left, the entry form at the right."""

from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout
from typing_extensions import override

from deputydesk.models import Home, Opinion, Record, Visit, VisitDeputy
from deputydesk.models.choices import Channel, LinkMethod, VisitKind
from deputydesk.operations import earlier, opinions, receptions, visit_list, visits
from deputydesk.operations.visit_list import VisitPart
from deputydesk.operations.visits import LINKS, VisitRow
from deputydesk.reports import Options
from deputydesk.rules.names import search_text
from deputydesk.ui import duplicate_hint, lookups, messages, style, visit_blocks
from deputydesk.ui.attachments import AttachmentStrip
from deputydesk.ui.block_actions import BlockActions
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.check_in import open_check_in
from deputydesk.ui.dialogs.opinion import OpinionDialog
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.earlier import AsBefore, Earlier
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.file_drops import FileDrops
from deputydesk.ui.form import Form
from deputydesk.ui.heard_field import HeardField
from deputydesk.ui.list_and_form import ListAndForm
from deputydesk.ui.list_memory import View
from deputydesk.ui.more_menu import MoreMenu
from deputydesk.ui.page import Page
from deputydesk.ui.parts import Chips, label
from deputydesk.ui.past_action import PastAction
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.saved_views import SavedViews
from deputydesk.ui.similar_hint import of_like_opinions
from deputydesk.ui.table import RowsTable
from deputydesk.ui.tasks import run_task
from deputydesk.ui.visit_list import (
    Wanted,
    all_columns,
    count_of,
    part_named,
    source_of,
    write_rows,
)

PARTS = tuple(VisitPart)
ALL, MONTH, HOME, LINK = range(len(PARTS))
BEFORE = ("kind", "home_id", "deputy_ids", "member", "place", "method")
KEPT = ("held_on", "kind", "home_id", "deputy_ids")
EMPTY = "还没有登记。按 Ctrl+N 登记第一条，按 Ctrl+Enter 保存。"
NOTHING = "没有符合条件的登记。"


class VisitsPage(Page):
    """Receptions at homes and meetings with voters, with the opinions heard."""

    title = "进家登记"
    shows = frozenset({Visit, VisitDeputy, Opinion, Home})
    finds = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._at: VisitRow | None = None
        self._is_begun = False
        self._wanted = ""
        self.chips = Chips(tuple(part.label for part in PARTS), "筛选登记")
        self.year = QComboBox()
        self.year.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.year.setAccessibleName("年份")
        self.table: RowsTable[VisitRow] = RowsTable(all_columns(desk), name="登记列表", empty=EMPTY)
        self._filter_bar = self.table.add_filters()
        hints = (partial(duplicate_hint.of_opinion, desk), partial(of_like_opinions, desk))
        self.heard = HeardField("said", self._present, hints)
        self.home = PickField("home_id", partial(lookups.homes, desk), wide=True)
        self.member = PickField("member", partial(lookups.members, desk), wide=True, free=True)
        self.deputies = PickManyField(
            "deputy_ids", partial(lookups.deputies_in_office, desk), label="参加代表"
        )
        self.form = Form(desk, "visit", self._fields(), model=Visit, keep=KEPT)
        self.same = duplicate_hint.of_visit(desk, self.form, self._visit_id)
        before = AsBefore("topic", earlier.visit, BEFORE)
        self.earlier = Earlier(desk, self.form, before, lambda: self._at is None)
        self._heading, self._note = label("登记", "h2"), label("", "faint")
        self._print = self.form.add_button("打印", "printer")
        self._save = self.form.add_button("保存并登记下一条", primary=True, key="Ctrl+Enter")
        self.more = MoreMenu(self.table)
        self.place_button(self.more)
        self._sign_in = self.add_button("签到", "scan-line")
        self._export = self.add_button("导出", "download")
        self._print_blank = self.add_button("打印空白登记表", "printer")
        self.attachments = AttachmentStrip(desk)
        self._lay_out()
        self._connect()
        counted = partial(count_of, desk)
        self.views = SavedViews(desk, self.table, self.chips, self.now, counted)
        self.views.shown.connect(self.show_view)
        self.table.rows.settled.connect(self.views.refresh)

    @override
    def refresh(self) -> None:
        self._offer_years()
        self._count()
        self._filter()
        if not self._is_begun:
            self._begin()

    @override
    def find(self, text: str) -> None:
        self._wanted = text
        self._filter_bar.set_words(text)
        self._filter()

    @override
    def open_record(self, model: type[Record], record_id: str) -> None:
        if model is Opinion:
            OpinionDialog(self, self.desk, record_id).open_at()
            heard = self.desk.ask(opinions.rows, today=self.desk.today, ids=(record_id,))
            record_id = heard[0].visit_id
        found = self.desk.ask(visits.rows, visit_id=record_id) if record_id else []
        if found:
            self._go_to(found[0])

    @override
    def start_new(self) -> None:
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self._begin()
        self.form.focus_first()

    @override
    def print_page(self) -> bool:
        row = self._at
        form = "link_card" if row and row.kind in LINKS else "reception_form"
        preview_form(self, self.desk, form, Options(record_id=row.id if row else ""))
        return True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._split.share(self.width(), middle=366)

    def _go_to(self, row: VisitRow) -> None:
        """List the year of an activity, and go there."""
        self._wanted = ""
        self._filter_bar.set_words("")
        self.table.filter(())
        self.chips.group.button(ALL).setChecked(True)
        self.year.setCurrentIndex(max(0, self.year.findData(row.held_on.year)))
        self.refresh()
        self.table.select(row.id)
        self.table.setFocus()

    def _fields(self) -> tuple[Field, ...]:
        return (
            DateField("held_on"),
            ChoiceField("kind", VisitKind),
            self.home,
            self.deputies,
            self.member,
            PickField("topic", partial(lookups.topics, self.desk), free=True),
            NumberField("received"),
            self.heard,
            TextField("slot"),
            TextField("place"),
            ChoiceField("method", LinkMethod),
            TextField("sign_sheet"),
            TextField("recorder"),
            LongTextField("note", lines=2),
        )

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.form.focus_first()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.chips, 1)
        row.addWidget(self.year)
        self.body.addLayout(row)
        self._split = ListAndForm()
        _left, inside = self._split.add_card()
        inside.setContentsMargins(0, style.px(4), 0, style.px(4))
        inside.setSpacing(-1)  # as the style has it
        inside.addWidget(self._filter_bar)
        inside.addWidget(self.table, 1)
        column = self._split.add_form_card(self._heading, self._note)
        column.addWidget(self.form, 1)
        column.addWidget(self.attachments)
        self._split.setStretchFactor(0, 1)
        self.body.addWidget(self._split, 1)

    def _connect(self) -> None:
        self.table.picked.connect(self._show)
        self.table.clicked.connect(self._show_clicked)
        self.table.opened.connect(self._go_to_form)
        self.table.add_action("修改", self._go_to_form)
        FileDrops(self.desk, Visit, self.table, self.attachments, self.form)
        self.blocks = BlockActions(
            self, self.desk, self.table, visit_blocks.target(self.desk), self.attachments
        )
        self.table.add_action("打印登记表、记录卡", self.print_page)
        PastAction(self.table, self.desk, Visit)
        self.table.add_action("删除", self._delete, "Del")
        self.chips.group.idToggled.connect(self._filter)
        self._filter_bar.unfound.connect(self._find_all)
        self.year.activated.connect(self.refresh)
        self.form.save_next.connect(self._register)
        self._save.clicked.connect(self._register)
        self._print.clicked.connect(self.print_page)
        self._sign_in.clicked.connect(self._open_sign_in)
        self._export.clicked.connect(self._write_file)
        self._print_blank.clicked.connect(self._print_empty)
        self.earlier.filled.connect(self._note_kind)
        self.earlier.filled.connect(self._note_people)
        self.home.left.connect(self._show_name_from_start)
        self.deputies.edited.connect(self._note_people)
        self.form.field("kind").edited.connect(self._note_kind)

    def _offer_years(self) -> None:
        """Offer the years that have entries; stay where the user is, or go to the newest."""
        years = self.desk.ask(visits.years)
        chosen = self.year.currentData() if self.year.count() else None
        now = self.desk.today.year
        if self.year.count() == 0:
            chosen = now if now in years or not years else years[0]
        self.year.clear()
        for year in sorted({*years, now}, reverse=True):
            self.year.addItem(f"{year}年", year)
        self.year.addItem("全部年份", None)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)))

    def _count(self) -> None:
        year = self.year.currentData()
        self._counts = self.desk.ask(visit_list.counts, year=year, today=self.desk.today)
        for chip, part in enumerate(PARTS):
            self.chips.set_text(chip, f"{part.label} {self._counts.parts[part]}")
        said = [f"{figure.name} {figure.text}" for figure in self._counts.figures]
        whole = f"{self.year.currentText()}共 {self._counts.parts[VisitPart.ALL]} 条"
        self.set_subtitle("，".join([whole, *said]))

    def _filter(self) -> None:
        wanted = Wanted(
            self.desk.today,
            self.year.currentData(),
            PARTS[self.chips.chosen()],
            tuple(search_text(self._wanted).split()),
        )
        count = self._counts.parts[VisitPart.ALL]
        self.table.set_empty(NOTHING if count else EMPTY)
        self.table.set_source(source_of(self.desk.office, wanted, count))
        self.views.refresh()

    def now(self) -> View:
        """How the list is looked at."""
        chip = self.chips.chosen()
        part = PARTS[chip].label if chip != ALL else ""
        filters, layout = self.table.rows.arrangement.filters, self.table.headings.layout
        return View("", part, self.year.currentData(), self._wanted, filters, layout)

    def show_view(self, view: View) -> None:
        """Look at the list so."""
        self._wanted = view.words
        self._filter_bar.set_words(view.words)
        self.table.headings.show_layout(view.layout)
        self.table.filter(view.filters)
        self.year.setCurrentIndex(max(0, self.year.findData(view.year)))
        self.chips.group.button(PARTS.index(part_named(view.part))).setChecked(True)
        self.refresh()

    def _find_all(self) -> None:
        self.find("")

    def _visit_id(self) -> str:
        return self._at.id if self._at else ""

    def _present(self) -> list[Candidate]:
        """The deputies in the form."""
        return self.deputies.control.chosen()

    def _note_people(self) -> None:
        self.heard.set_crowd(is_crowd=len(self._present()) > 1)

    def _note_kind(self) -> None:
        kind = self.form.field("kind").value()
        self.heard.set_channel(Channel.LINK if kind in LINKS else Channel.HOME)
        self.member.setVisible(kind == VisitKind.LINK_DEPUTIES)

    def _begin(self) -> None:
        """Offer an empty form; the home is where the last activity was."""
        self._at, self._is_begun = None, True
        has_focus = self.form.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        at = self.window().focusWidget()
        self.form.start(
            held_on=self.desk.today,
            home_id=self.desk.ask(visit_list.last_home) or self._only_home(),
            recorder=self.desk.office.user.name,
        )
        if at and not has_focus:
            at.setFocus()
        self._note_people()
        self._note_kind()
        self._say_mode()

    def _only_home(self) -> str:
        homes = lookups.homes(self.desk)
        return homes[0].id if len(homes) == 1 else ""

    def _show_clicked(self) -> None:
        row = self.table.current()
        if row is not None and (self._at is None or self._at.id != row.id):
            self._show(row)

    def _show(self, row: VisitRow | None) -> None:
        if row is None:
            if self._at is not None and not self.form.is_edited:
                self._begin()
            return
        is_chosen = self.table.is_marked or QApplication.mouseButtons()
        if self.form.is_edited and not is_chosen:  # the list only got the focus
            return
        if self._at and self._at.id == row.id and self.form.is_edited:
            return
        self._fill(row)

    def _fill(self, row: VisitRow) -> None:
        at = self.window().focusWidget()
        self._at = row
        self.form.show_row(row)
        self.member.setVisible(row.kind == VisitKind.LINK_DEPUTIES)
        self._note_people()
        self.heard.set_value(self.desk.ask(receptions.heard, row.id))
        if at:
            at.setFocus()
        self._say_mode()

    def _show_name_from_start(self) -> None:
        """A long name is told apart by its beginning."""
        self.home.control.home(False)

    def _say_mode(self) -> None:
        row = self._at
        self._show_name_from_start()
        self._heading.setText(f"{row.held_on.year}年第{row.number}号" if row else "新登记")
        self._note.setText(f"意见 {row.opinions} 件次" if row else "Enter 下一项")
        self._save.setText("保存修改" if row else "保存并登记下一条")
        self.form.say("")
        self.attachments.show_record(Visit, row.id if row else "")
        self._sign_in.setEnabled(row is not None)

    def _open_sign_in(self) -> None:
        if self._at is not None:
            open_check_in(self, self.desk, Visit, self._at.id)

    def _go_to_form(self) -> None:
        if self._at is not None:
            self.form.field("held_on").setFocus()

    def _register(self) -> None:
        values = self.form.values()
        if self._at is None:
            self.desk.do(receptions.register, **values)
            self.form.start_next(recorder=values["recorder"])
            self._note_people()
            self._note_kind()
            return
        visit_id = self._at.id
        self.desk.do(receptions.edit, visit_id=visit_id, **values)
        self.form.saved()
        changed = self.table.current()
        if changed:
            self._fill(changed)
        self.table.setFocus()

    def _delete(self) -> None:
        chosen = self.table.selected_ids()
        if chosen:
            self.form.saved()
            self.desk.do(receptions.remove, visit_ids=chosen)
            self.desk.say(f"已删除 {len(chosen)} 条，按 Ctrl+Z 撤销")

    def _print_empty(self) -> None:
        preview_form(self, self.desk, "reception_form")

    def _write_file(self) -> None:
        name = f"进家登记{self.year.currentText()}.xlsx"
        to = messages.ask_file_to_save(self, "导出进家登记", name, "Excel 文件 (*.xlsx)")
        if to is None:
            return
        work = partial(write_rows, to, self.title, self.table.rows.reader())
        run_task(self, "正在导出进家登记", work, self._say_written)

    def _say_written(self, _done: object) -> None:
        self.desk.say("已导出")
