"""The counting sheet of a vote on projects: people and ballots, and a row of votes a project."""

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from deputydesk.errors import FieldError
from deputydesk.models import ProjectVote
from deputydesk.operations import project_votes
from deputydesk.operations.project_vote_rows import VoteRow
from deputydesk.operations.project_votes import VoteTally
from deputydesk.rules.project_flow import VoteState
from deputydesk.rules.project_voting import (
    OPTIONS,
    PaperCount,
    check_papers,
    check_row,
    check_turnout,
)
from deputydesk.ui import messages, style
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.paper_count import PaperCountDialog
from deputydesk.ui.drafts import Drafts
from deputydesk.ui.fields import NumberField, TextField
from deputydesk.ui.form import Form
from deputydesk.ui.parts import button, label
from deputydesk.ui.room import sized
from deputydesk.ui.tally_grid import TallyGrid
from deputydesk.ui.tally_sheet import Counted, Sheet
from deputydesk.ui.tally_sum import TallySum

PEOPLE = ("expected", "present", "issued", "returned", "valid", "invalid")
PASSED, MISSED = "过半", "未过半"


class ProjectCountDialog(QDialog):
    """Takes the count of one vote by keyboard, and says at once what does not agree.

    Args:
        parent: the page.
        desk: the desk.
        row: the vote.
    """

    def __init__(self, parent: QWidget, desk: Desk, row: VoteRow) -> None:
        super().__init__(parent.window())
        self._desk, self._row = desk, row
        self.setWindowTitle(f"计票：{row.name}")
        fields = (
            *(NumberField(name, optional=True) for name in PEOPLE),
            TextField("counter"),
            TextField("scrutineer"),
        )
        self.numbers = Form(desk, "project_ballots", fields, model=ProjectVote, columns=8)
        self.grid = TallyGrid(Drafts(desk.folder / "drafts", "project_tally"), desk.clock)
        self._sum = TallySum()
        self.papers = button("逐票录入", "list-checks")
        self.save = button("保存计票", primary=True)
        self._lay_out()
        self._connect()
        self._show()

    def show_field_error(self, name: str, sentence: str) -> bool:
        """Show an error of the count at its number or at its row."""
        if self.numbers.show_field_error(name, sentence):
            return True
        self._sum.say(sentence, is_wrong=True)
        return self.grid.show_field_error(name, sentence)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, style.px(10), 0, 0)
        column.setSpacing(style.px(4))
        head = QHBoxLayout()
        head.setContentsMargins(style.px(16), 0, style.px(16), 0)
        head.addWidget(label(self._row.name, "h2"))
        counts = f"候选 {len(self._row.entries)} 项 · 应选 {self._row.seats} 项"
        head.addWidget(label(counts, "sub"))
        head.addStretch(1)
        column.addLayout(head)
        self.numbers.setFixedHeight(style.px(76))
        column.addWidget(self.numbers)
        rule = label("；".join(self._row.rule.sentences), "faint")
        rule.setWordWrap(True)
        rule.setContentsMargins(style.px(16), 0, style.px(16), 0)
        column.addWidget(rule)
        middle = QHBoxLayout()
        middle.setContentsMargins(style.px(16), style.px(4), style.px(16), 0)
        middle.addWidget(self.grid)
        column.addLayout(middle, 1)
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(style.px(16), style.px(8), style.px(12), style.px(8))
        row.addWidget(self._sum, 1)
        row.addWidget(self.papers)
        row.addWidget(self.save)
        column.addWidget(foot)
        self.resize(sized(self, 800, 650))

    def _connect(self) -> None:
        self.save.set_key("Ctrl+Enter")
        self.numbers.leave_save_key()
        self.numbers.edited.connect(self._check)
        self.grid.edited.connect(self._check)
        self.grid.finished.connect(self.save.setFocus)
        self.save.clicked.connect(self._count)
        self.papers.clicked.connect(self._start_papers)

    def _show(self) -> None:
        row, is_counted = self._row, self._row.state != VoteState.PREPARED
        self.numbers.show_row(row)
        if not is_counted:
            self.numbers.set_values({"present": None})
        entries = [
            Counted(e.project_id, e.position, e.name, e.unit or e.content, e.counts)
            for e in row.entries
        ]
        sheet = Sheet("项目", OPTIONS, self._problem, self._result, result_title="结果")
        self.grid.show_ballot(row.id, entries, sheet, is_counted=is_counted)
        self._check()
        self.numbers.focus_first()

    def _problem(self, counts: Mapping[str, int], void: int, valid: int) -> str:
        del void
        return check_row(counts, valid)

    def _result(self, counts: Mapping[str, int], void: int) -> str:
        """Whether a candidate has enough votes to be chosen, if there are seats."""
        del void
        found = self._numbers()
        if found is None:
            return ""
        has_passed = self._row.rule.has_passed(
            counts.get("yes", 0), expected=found["expected"], present=found["present"]
        )
        return PASSED if has_passed else MISSED

    def _numbers(self) -> dict[str, int] | None:
        """People and ballots, once all of them are typed."""
        texts = {name: str(self.numbers.field(name).raw()).strip() for name in PEOPLE}
        if not all(text.isdecimal() for text in texts.values()):
            return None
        return {name: int(text) for name, text in texts.items()}

    def _check(self) -> None:
        """Say whether people, ballots and rows agree."""
        found = self._numbers()
        if found is None:
            self.grid.set_valid(None)
            self._sum.say("先填写应到、实到、发出、收回、有效、作废。")
            return
        self.grid.set_valid(found["valid"])
        ballots = {name: found[name] for name in ("issued", "returned", "valid", "invalid")}
        problems = check_turnout(
            expected=found["expected"],
            present=found["present"],
            issued=found["issued"],
            rule=self._row.rule,
        )
        problems += check_papers(**ballots)
        self._sum.judge(problems, self.grid, "个项目")

    def _start_papers(self) -> None:
        names = [entry.name for entry in self._row.entries]
        dialog = PaperCountDialog(self, names, self._row.seats)
        dialog.counted.connect(self._take)
        dialog.open()

    def _take(self, count: PaperCount) -> None:
        """Put the votes that were counted ballot by ballot into the sheet."""
        self.numbers.set_values(
            {
                "returned": count.valid + count.void,
                "valid": count.valid,
                "invalid": count.void,
            }
        )
        by_place = {entry.position: entry.project_id for entry in self._row.entries}
        self._check()
        self.grid.fill({by_place[place]: votes for place, votes in count.rows.items()})

    def _count(self) -> None:
        values = self.numbers.values()
        for name in PEOPLE:
            if values[name] is None:
                raise FieldError(name, f"请填写{self.numbers.field(name).text}。")
        messages.expect_errors_at(self)
        tallies = tuple(
            VoteTally(typed.key, typed.counts["yes"], typed.counts["no"], typed.counts["abstain"])
            for typed in self.grid.tallies()
        )
        self._desk.do(project_votes.count, vote_id=self._row.id, tallies=tallies, **values)
        self.numbers.saved()
        self.grid.saved()
        self.accept()
