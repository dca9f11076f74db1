"""The window of one suggestion: its text, its units, what happened, what can be done now."""

from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deputydesk.models import (
    Assignment,
    Commitment,
    Cosigner,
    Extension,
    Feedback,
    Reply,
    Suggestion,
    Talk,
    Urging,
)
from deputydesk.models.choices import HandbackOutcome, UnitRole
from deputydesk.operations import record_history, suggestions
from deputydesk.operations.assignments import AssignmentRow
from deputydesk.operations.feedbacks import FeedbackRow
from deputydesk.operations.handling import StepRow
from deputydesk.operations.replies import ReplyRow
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.operations.suggestion_rows import SuggestionRow
from deputydesk.rules.deadlines import Due, chinese, days_left_text
from deputydesk.rules.suggestion_flow import SuggestionState
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.changes import change_lines
from deputydesk.ui.dialogs.facts import Fact, facts_card, texts_card
from deputydesk.ui.dialogs.papers import PapersDialog
from deputydesk.ui.dialogs.record import RecordDialog
from deputydesk.ui.dialogs.steps import step_dialog
from deputydesk.ui.dialogs.suggestion_cases import convert_dialog, press_dialog
from deputydesk.ui.dialogs.suggestion_entry import edit_dialog, flag_dialog
from deputydesk.ui.dialogs.suggestion_steps import MAIN_WAY, SUGGESTION_STEPS
from deputydesk.ui.scan_returns import SIGN, TEXT, take_back
from deputydesk.ui.style import Tone

_S = SuggestionState
TONES = {
    _S.RETURNED: Tone.AMBER,
    _S.REHANDLE: Tone.AMBER,
    _S.REASSIGN: Tone.AMBER,
    _S.ASSIGNED: Tone.BLUE,
    _S.HANDLING: Tone.BLUE,
    _S.ANSWERED: Tone.VIOLET,
    _S.CLOSED: Tone.GREEN,
    _S.CLOSED_NOREPLY: Tone.GREEN,
    _S.ARCHIVED: Tone.GREEN,
}


def state_tone(row: SuggestionRow) -> Tone:
    """The colour of a suggestion's state; red only when it is overdue."""
    return Tone.RED if row.tone is Due.OVERDUE else TONES.get(row.state, Tone.GREY)


class SuggestionDialog(RecordDialog):
    """A suggestion with everything that belongs to it."""

    shows = frozenset(
        (
            Suggestion,
            Cosigner,
            Assignment,
            Talk,
            Extension,
            Urging,
            Reply,
            Feedback,
            Commitment,
        )
    )
    owner = Suggestion

    def __init__(self, parent: QWidget, desk: Desk, record_id: str) -> None:
        super().__init__(parent, desk, record_id)
        self._detail: Detail | None = None
        self.add_button("修改", "pencil", "E").clicked.connect(self._edit)
        self.add_button("标记", "stamp", "M").clicked.connect(self._flag)
        self.add_button("督办", "landmark", "D").clicked.connect(self._press)
        self.add_button("转检察", "arrow-left-right", "J").clicked.connect(self._convert)
        self.add_button("公文", "printer", "P").clicked.connect(self._papers)
        self.scan = self.add_button(TEXT, SIGN, "S")
        self.scan.clicked.connect(self._scan)

    @override
    def is_there(self) -> bool:
        return bool(self.desk.ask(suggestions.rows, today=self.desk.today, ids=(self.record_id,)))

    @override
    def read(self) -> None:
        today = self.desk.today
        self._detail = d = self.desk.ask(
            suggestions.detail, suggestion_id=self.record_id, today=today
        )
        self.show_head(d.row.code, d.row.headline, _state(d.row, today), state_tone(d.row))
        self.steps.show_steps(d.steps, first=MAIN_WAY)
        self.scan.setVisible(bool(d.feedbacks))
        self.show_left(_cards(d, today))
        past = self.desk.ask(record_history.story, Suggestion.__tablename__, self.record_id)
        self.show_right(d.events, change_lines(past.changes))

    @override
    def take(self, step: StepRow) -> None:
        assert self._detail, "the window was opened with a record"
        about = f"{self._detail.row.code}　{self._detail.row.headline}"
        step_dialog(self, self.desk, SUGGESTION_STEPS, self._detail, step, about)

    def _edit(self) -> None:
        assert self._detail, "the window was opened with a record"
        edit_dialog(self, self.desk, self._detail)

    def _flag(self) -> None:
        assert self._detail, "the window was opened with a record"
        flag_dialog(self, self.desk, self._detail.row)

    def _press(self) -> None:
        assert self._detail, "the window was opened with a record"
        press_dialog(self, self.desk, self._detail.row)

    def _convert(self) -> None:
        assert self._detail, "the window was opened with a record"
        convert_dialog(self, self.desk, self._detail.row)

    def _scan(self) -> None:
        """Go to the scans of the newest feedback form."""
        assert self._detail, "the window was opened with a record"
        take_back(self.desk, Feedback, self._detail.feedbacks[-1].id)
        self.accept()

    def _papers(self) -> None:
        assert self._detail, "the window was opened with a record"
        PapersDialog(self, self.desk, self._detail).open()


def _state(row: SuggestionRow, today: date) -> str:
    near = f" · {days_left_text(row.next_due, today)}" if row.next_due else ""
    return f"{row.state.label}{near}"


def _cards(d: Detail, today: date) -> list[QWidget]:
    parts = [facts_card("基本情况", _facts(d))]
    texts = (("案由", d.texts.reason), ("具体建议", d.texts.proposal), *_notes(d))
    if any(said for _, said in texts):
        parts.append(texts_card("建议内容", texts))
    if d.assignments:
        parts.append(texts_card("承办单位", _units(d, today)))
    if d.replies:
        parts.append(texts_card("答复", [fact for r in d.replies for fact in _reply(r)]))
    if d.feedbacks:
        parts.append(texts_card("征询意见", [_feedback(f, today) for f in d.feedbacks]))
    if d.commitments:
        parts.append(texts_card("承诺事项", _promises(d), "办结以后继续跟踪"))
    return parts


def _facts(d: Detail) -> list[Fact]:
    row, texts = d.row, d.texts
    marks = (
        (row.key, "重点督办"),
        (bool(row.led_by), f"{row.led_by}领衔督办"),
        (row.public, "可以公开"),
        (row.confidential, "姓名保密"),
        (row.repeated, "多年重复"),
        (texts.wishes_talk, "需要面商"),
        (bool(row.conversion), f"检察衔接：{row.conversion}"),
    )
    return [
        ("领衔代表", row.lead),
        ("提出时间", _day(row.submitted_on)),
        ("附议人", "、".join(signer.name for signer in d.cosigners)),
        ("提出方式", row.meeting),
        ("类别", row.category),
        ("希望承办单位", texts.wished_unit),
        ("标记", "、".join(text for is_set, text in marks if is_set)),
        ("档号", f"{row.file_no}（{texts.pages}页）" if texts.pages else row.file_no),
        ("并入", f"第{row.merged_number}号" if row.merged_into else ""),
        ("合并办理", "、".join(f"第{m.number}号（{m.lead}）" for m in d.merged)),
    ]


def _notes(d: Detail) -> list[Fact]:
    texts = d.texts
    return [
        ("审核意见", texts.review_note),
        ("不予受理的原因", texts.reject_reason.label),
        ("协调决定", texts.decision),
        ("撤回说明", texts.withdrawal_note),
    ]


def _units(d: Detail, today: date) -> list[Fact]:
    """Each unit with how far it is, and why it has until that day."""
    facts: list[Fact] = []
    for a in sorted(d.assignments, key=_order):
        again = "　重新办理" if a.round > 1 else ""
        facts.append((f"{a.role.label}{again}", f"{a.unit}　{_unit_state(a, today)}"))
        if not (a.assist_given_on or a.handback_decided_on):
            facts.append(("", f"时限 {chinese(a.due_on)}{_tentative(a)}。{a.why}"))
    return facts


def _order(a: AssignmentRow) -> tuple[bool, int, int]:
    """Units at work before those that handed it back, the newest round first, 主办 before 协办."""
    roles = (UnitRole.MAIN, UnitRole.SEPARATE, UnitRole.ASSIST)
    return a.handback is HandbackOutcome.AGREED, -a.round, roles.index(a.role)


def _tentative(a: AssignmentRow) -> str:
    return "（暂定）" if a.provisional else ""


def _unit_state(a: AssignmentRow, today: date) -> str:
    if a.handback.label:
        return f"退办：{a.handback.label}"
    if a.assist_given_on:
        return f"{chinese(a.assist_given_on)}已提出协办意见"
    if a.replied_on:
        return f"{chinese(a.replied_on)}已答复"
    signed = f"{chinese(a.signed_on)}签收" if a.signed_on else "未签收"
    return f"{signed}，{days_left_text(a.due_on, today)}"


def _reply(r: ReplyRow) -> list[Fact]:
    again = "（重新办理）" if r.round > 1 else ""
    late = "" if r.in_time else "，超过时限"
    head = f"{r.unit}　{r.answer_class}类{again}　{chinese(r.replied_on)}{late}"
    who = "　".join(
        f"{name}{said}"
        for name, said in (("", r.document_no), ("签发：", r.signer), ("联系人：", r.contact))
        if said
    )
    planned = f"{r.planned}（{chinese(r.planned_by)}前）" if r.planned_by else r.planned
    parts = (
        ("已落实：", r.done),
        ("计划落实：", planned),
        ("未采纳：", r.refused_why),
        ("", r.body),
        ("", who),
    )
    return [(head, "\n".join(f"{name}{said}" for name, said in parts if said) or "—")]


def _feedback(f: FeedbackRow, today: date) -> Fact:
    sent = f"第{f.round}轮　{chinese(f.sent_on)}发出"
    if f.returned_on is None:
        return sent, f"还没有收回，{days_left_text(f.due_on, today)}（{chinese(f.due_on)}）"
    said = f"办理工作：{f.attitude.label}　办理结果：{f.result.label}"
    more = [text for text in (f.adoption.label, f.opinion) if text]
    return f"{sent}，{chinese(f.returned_on)}收回", "\n".join([said, *more])


def _promises(d: Detail) -> list[Fact]:
    return [
        (
            f"{c.unit}　{c.state.label}　{_until(c.due_on)}",
            "\n".join(text for text in (c.content, c.progress, c.note) if text),
        )
        for c in d.commitments
    ]


def _until(due: date | None) -> str:
    return f"{chinese(due)}前" if due else "没有写明时限"


def _day(day: date | None) -> str:
    return chinese(day) if day else ""
