"""The papers of one suggestion: which there are, their numbers, and printing them."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.models import (
    Assignment,
    Commitment,
    DocumentNumber,
    Extension,
    Feedback,
    Reply,
    Suggestion,
    Talk,
    Urging,
)
from deputydesk.models.base import Record
from deputydesk.models.choices import TalkForm
from deputydesk.operations import document_numbers, local_rules
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.operations.suggestion_rows import AT_UNITS
from deputydesk.reports import FORMS, Options
from deputydesk.rules.suggestion_flow import SuggestionState
from deputydesk.ui import style
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.dialogs.steps import fit
from deputydesk.ui.fields import TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.parts import button
from deputydesk.ui.pickers import PickField
from deputydesk.ui.table import Column, RowsTable

NUMBERED = ("assign_notice", "urging_notice", "reject_notice")
"""Letters of the office itself, which get a number of its register."""
TO_WRITE = "供手写"
"""In place of whom it is for: only the head is filled in."""
_TOLD = (SuggestionState.REJECTED, SuggestionState.RETURNED)


@dataclass(frozen=True)
class PaperRow:
    """A paper that can be printed, and the record it is of."""

    record_id: str
    form: str
    model: type[Record]
    to: str
    number: str = ""

    @property
    def id(self) -> str:
        """Tells it from the other papers of the same record."""
        return f"{self.form} {self.record_id}"

    @property
    def title(self) -> str:
        """What it is."""
        return FORMS[self.form].title


def papers(desk: Desk, d: Detail) -> list[PaperRow]:
    """The papers of a suggestion as it is now, in the order of the work."""
    lead, own = d.row.lead, d.row.id
    found = [PaperRow(a.id, "assign_notice", Assignment, a.unit) for a in d.at_work]
    if d.row.state in _TOLD:
        found.append(PaperRow(own, "reject_notice", Suggestion, lead))
    found += [PaperRow(e.id, "extension_form", Extension, e.unit) for e in d.extensions]
    found += [PaperRow(u.id, "urging_notice", Urging, u.unit, u.document_no) for u in d.urgings]
    held = [t for t in d.talks if t.form is not TalkForm.NONE]
    found += [PaperRow(t.id, "meeting_record", Talk, t.unit) for t in held]
    found += [PaperRow(r.id, "reply_letter", Reply, r.unit, r.document_no) for r in d.replies]
    found += [PaperRow(r.id, "face_reply_record", Reply, r.unit) for r in d.replies]
    found += [PaperRow(f.id, "feedback_form", Feedback, lead) for f in d.feedbacks]
    found += [PaperRow(c.id, "promise_receipt", Commitment, c.unit) for c in d.commitments]
    found.append(PaperRow(own, "suggestion_paper", Suggestion, lead))
    if d.row.state in AT_UNITS:  # to be filled in by hand at the next talk
        found += [
            PaperRow(own, form, Suggestion, TO_WRITE)
            for form in ("meeting_record", "face_reply_record")
        ]
    return [_numbered(desk, row) for row in found]


def _numbered(desk: Desk, row: PaperRow) -> PaperRow:
    if row.form not in NUMBERED:
        return row
    given = desk.ask(document_numbers.of_record, row.form, row.record_id)
    return replace(row, number=given.code) if given else row


class PapersDialog(QDialog):
    """Lists the papers; one is numbered, looked at and printed."""

    def __init__(self, parent: QWidget, desk: Desk, detail: Detail) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(f"公文和表格：{detail.row.code} {detail.row.headline}")
        self.desk = desk
        self._detail = detail
        self.table: RowsTable[PaperRow] = RowsTable(
            (
                Column("文种", lambda r: r.title, 190),
                Column("主送", lambda r: r.to, 0),
                Column("文号", lambda r: r.number, 190),
            ),
            name="公文和表格",
            empty="没有要印的公文。",
        )
        self.number = button("编文号", "stamp")
        self.print = button("预览打印", "printer", primary=True)
        self.number.set_key("Ctrl+B")
        self.print.set_key("Ctrl+P")
        outer = QVBoxLayout(self)
        outer.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.number)
        row.addWidget(self.print)
        outer.addLayout(row)
        self.resize(style.px(760), style.px(460))
        self.number.clicked.connect(self.give_number)
        self.print.clicked.connect(self.preview)
        self.table.opened.connect(self.preview)
        desk.changed.connect(self._on_change)
        self._read()

    def preview(self) -> None:
        """Show the chosen paper."""
        row = self.table.current()
        if row:
            preview_form(self, self.desk, row.form, Options(record_id=row.record_id))

    def give_number(self) -> None:
        """Ask for the series and give the chosen letter the next number of it."""
        row = self.table.current()
        if row and row.form in NUMBERED and not row.number:
            number_dialog(self, self.desk, row, self._detail.row.headline)

    def _on_change(self, kinds: frozenset[type[Record]]) -> None:
        if DocumentNumber in kinds:
            self._read()

    def _read(self) -> None:
        found = papers(self.desk, self._detail)
        self.table.set_rows(found)
        if found and self.table.current() is None:
            self.table.select(found[0].id)


def number_dialog(parent: QWidget, desk: Desk, row: PaperRow, about: str) -> FormDialog:
    """Give a letter its number: series, title and day can be changed first."""
    fields = (
        PickField("prefix", partial(_prefixes, desk), free=True),
        DateField("given_on"),
        TextField("name", wide=True),
    )
    form = Form(desk, f"number-{row.form}-{row.record_id}", fields, model=DocumentNumber)
    offered = _prefixes(desk)
    form.start(
        prefix=offered[0].id if offered else "", given_on=desk.today, name=f"{row.title}：{about}"
    )
    save = partial(
        desk.do,
        document_numbers.issue,
        form=row.form,
        record_kind=row.model.__tablename__,
        record_id=row.record_id,
        recipient=row.to,
    )
    dialog = FormDialog(parent, "编文号", form, save, "编号")
    fit(dialog, 560)
    dialog.open()
    return dialog


def _prefixes(desk: Desk) -> list[Candidate]:
    """Prefixes in use; that of letters first."""
    suffix: str = desk.ask(local_rules.current, "paper", desk.today).rule["letter_suffix"]
    known = desk.ask(document_numbers.prefixes)
    letters = [p if p.endswith(suffix) else p + suffix for p in known[:1]]
    return [Candidate(prefix, prefix) for prefix in dict.fromkeys([*letters, *known])]
