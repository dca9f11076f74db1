"""The window of one opinion of a voter: what was said, what was done, what can be done now."""

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from deputydesk.models import Opinion, Suggestion, Voter
from deputydesk.models.choices import Channel, Sex
from deputydesk.operations import opinions, record_history
from deputydesk.operations.handling import StepRow
from deputydesk.operations.opinion_detail import Detail
from deputydesk.operations.opinion_rows import OpinionRow
from deputydesk.reports import Options
from deputydesk.rules.deadlines import Due, chinese, days_left_text
from deputydesk.rules.opinion_flow import OpinionState
from deputydesk.ui import lookups
from deputydesk.ui.choices import Candidate
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.changes import change_lines
from deputydesk.ui.dialogs.facts import Fact, facts_card, texts_card
from deputydesk.ui.dialogs.opinion_steps import MAIN_WAY, OPINION_STEPS
from deputydesk.ui.dialogs.preview import preview_form
from deputydesk.ui.dialogs.record import RecordDialog
from deputydesk.ui.dialogs.steps import fit, step_dialog
from deputydesk.ui.fields import (
    CheckField,
    ChoiceField,
    Field,
    LongTextField,
    NumberField,
    TextField,
)
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.style import Tone

_S = OpinionState
TONES = {
    _S.ASSIGNED: Tone.BLUE,
    _S.HANDLED: Tone.VIOLET,
    _S.FED_BACK: Tone.VIOLET,
    _S.ANSWERED_ON_SPOT: Tone.VIOLET,
    _S.RAISED: Tone.BLUE,
    _S.CLOSED: Tone.GREEN,
    _S.CLOSED_EXPLAINED: Tone.GREEN,
}


def state_tone(row: OpinionRow) -> Tone:
    """The colour of an opinion's state; red only when it is overdue."""
    return Tone.RED if row.tone is Due.OVERDUE else TONES.get(row.state, Tone.GREY)


class OpinionDialog(RecordDialog):
    """An opinion with everything that belongs to it."""

    shows = frozenset((Opinion, Voter, Suggestion))
    owner = Opinion

    def __init__(self, parent: QWidget, desk: Desk, record_id: str) -> None:
        super().__init__(parent, desk, record_id)
        self._detail: Detail | None = None
        self.add_button("修改", "pencil", "E").clicked.connect(self._edit)
        self.add_button("转办单", "printer", "P").clicked.connect(self._print)
        self._to_suggestion = self.add_button("查看建议", "list-checks", "V")
        self._to_suggestion.clicked.connect(self._show_suggestion)

    @override
    def is_there(self) -> bool:
        return bool(self.desk.ask(opinions.rows, today=self.desk.today, ids=(self.record_id,)))

    @override
    def read(self) -> None:
        today = self.desk.today
        self._detail = d = self.desk.ask(
            opinions.detail, opinion_id=self.record_id, today=today, contacts=True
        )
        row = d.row
        near = f" · {days_left_text(row.due_on, today)}" if row.tone and row.due_on else ""
        self.show_head(row.code, row.matter, f"{row.state.label}{near}", state_tone(row))
        self.steps.show_steps(d.steps, first=MAIN_WAY)
        self.show_left(_cards(d))
        past = self.desk.ask(record_history.story, Opinion.__tablename__, self.record_id)
        self.show_right(d.events, change_lines(past.changes))
        self._to_suggestion.setVisible(bool(row.suggestion_id))

    @override
    def take(self, step: StepRow) -> None:
        assert self._detail, "the window was opened with a record"
        about = f"{self._detail.row.code}　{self._detail.row.matter}"
        step_dialog(self, self.desk, OPINION_STEPS, self._detail, step, about)

    def _edit(self) -> None:
        assert self._detail, "the window was opened with a record"
        edit_dialog(self, self.desk, self._detail.row)

    def _print(self) -> None:
        preview_form(self, self.desk, "opinion_slip", Options(record_id=self.record_id))

    def _show_suggestion(self) -> None:
        assert self._detail, "the window was opened with a record"
        self.accept()
        self.desk.open(Suggestion, self._detail.row.suggestion_id)


def edit_dialog(parent: QWidget, desk: Desk, row: OpinionRow) -> FormDialog:
    """Correct what was written down."""
    form = Form(desk, "opinion-edit", _fields(desk), model=Opinion)
    form.show_row(row)
    voter = row.voter
    form.set_values(
        {
            "mandate_id": row.deputy_id,
            "voter_name": voter.name,
            "voter_sex": voter.sex,
            "voter_age": voter.age,
            "voter_phone": voter.phone,
            "voter_address": voter.address,
        }
    )
    save = partial(desk.do, opinions.edit, opinion_id=row.id)
    dialog = FormDialog(parent, "修改选民意见", form, save)
    fit(dialog, 640)
    dialog.open()
    return dialog


def _fields(desk: Desk) -> tuple[Field, ...]:
    return (
        TextField("matter", wide=True),
        DateField("heard_on"),
        ChoiceField("channel", Channel),
        PickField("mandate_id", partial(lookups.deputies_in_office, desk)),
        PickField("home_id", partial(lookups.homes, desk)),
        LongTextField("detail"),
        PickField("category", partial(_categories, desk), free=True),
        TextField("place"),
        LongTextField("spot_answer", lines=2),
        LongTextField("deputy_view", lines=2),
        TextField("voter_name", label="选民姓名（可不填）"),
        ChoiceField("voter_sex", Sex, label="选民性别"),
        NumberField("voter_age", optional=True, label="年龄"),
        PhoneField("voter_phone", label="联系电话"),
        TextField("voter_address", label="住址", wide=True),
        CheckField("confidential"),
    )


def _categories(desk: Desk) -> list[Candidate]:
    return [Candidate(name, name) for name in desk.ask(opinions.categories)]


def _cards(d: Detail) -> list[QWidget]:
    row = d.row
    parts = [facts_card("基本情况", _facts(d))]
    said = (("情况记录", row.detail), ("代表意见", row.deputy_view), ("当场答复", row.spot_answer))
    if any(text for _, text in said):
        parts.append(texts_card("反映内容", said))
    if row.unit or row.outcome:
        parts.append(texts_card("办理", _handling(row)))
    if d.merged:
        lines = [(m.code, f"{m.matter}（{m.deputy}）") for m in d.merged]
        parts.append(texts_card("合并办理", lines, f"共 {row.hearings} 件次"))
    return parts


def _facts(d: Detail) -> list[Fact]:
    row, voter = d.row, d.row.voter
    about = "，".join(
        text
        for text in (voter.name, voter.sex.label, f"{voter.age}岁" if voter.age else "")
        if text
    )
    return [
        ("反映日期", chinese(row.heard_on)),
        ("渠道", row.channel.label),
        ("接待代表", row.deputy),
        ("代表之家", row.home),
        ("选民", about or "没有留名"),
        ("联系电话", voter.phone),
        ("住址", voter.address),
        ("类别", row.category),
        ("涉及地点", row.place),
        ("保密", "选民要求保密" if row.confidential else ""),
        ("并入", f"第{row.merged_number}号" if row.merged_into else ""),
        ("转成的建议", _suggestion(row)),
    ]


def _suggestion(row: OpinionRow) -> str:
    if not row.suggestion_id:
        return ""
    return f"建议第{row.suggestion_number}号" if row.suggestion_number else "建议（草稿）"


def _handling(row: OpinionRow) -> list[Fact]:
    due = f"时限 {chinese(row.due_on)}。{row.why}" if row.due_on else ""
    told = f"{chinese(row.told_on)} {row.told_how}" if row.told_on else ""
    judged = row.satisfaction.label if row.settled else ""
    return [
        ("承办单位", row.unit),
        ("", due),
        ("办理结果", row.outcome),
        ("反馈选民", told),
        ("选民评价", judged),
        ("选民不认可的理由", row.refused_why),
        ("解释说明", row.explanation),
    ]
