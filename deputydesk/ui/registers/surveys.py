"""The register of surveys: questions of the office's own making, papers, and what was counted."""

from collections.abc import Sequence
from functools import partial

from deputydesk.models import ScanRun, Survey
from deputydesk.operations import surveys
from deputydesk.operations.surveys import SurveyRow
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.dialogs.questions import QuestionsDialog
from deputydesk.ui.fields import CheckField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.questions_field import QuestionsField
from deputydesk.ui.register import Move, Register
from deputydesk.ui.scan_returns import takes_back
from deputydesk.ui.style import Tone
from deputydesk.ui.survey_draft import drawn
from deputydesk.ui.table import Column


def _fields(desk: Desk) -> tuple[Field, ...]:
    head = (
        TextField("headline", wide=True),
        DateField("held_on", ahead=True),
        TextField("audience"),
        LongTextField("intro", lines=2),
    )
    return (
        *head,
        QuestionsField("questions", partial(_write, desk, head)),
        CheckField("named", wide=True),
    )


def _write(desk: Desk, head: Sequence[Field], field: QuestionsField, at: int) -> None:
    QuestionsDialog(field, desk, field, partial(drawn, desk, head), at).open()


def _counted(_desk: Desk, _row: SurveyRow) -> tuple[Field, ...]:
    return (
        NumberField("issued"),
        NumberField("returned"),
        NumberField("invalid"),
        TextField("counter"),
        TextField("scrutineer"),
        LongTextField("tally", label="每题的票数（改后面的数）", lines=10),
    )


def _numbers(row: SurveyRow) -> dict[str, object]:
    return {
        "issued": row.issued or 0,
        "returned": row.returned or 0,
        "invalid": row.invalid or 0,
        "counter": row.counter,
        "scrutineer": row.scrutineer,
        "tally": row.tally,
    }


def _is_counted(row: SurveyRow) -> bool:
    return row.is_counted


def _sum(rows: Sequence[SurveyRow]) -> str:
    return f"共 {len(rows)} 份，已统计 {sum(row.is_counted for row in rows)} 份" if rows else ""


SURVEYS: Register[SurveyRow] = Register(
    model=Survey,
    title="问卷",
    rows=lambda desk, year: desk.ask(surveys.rows, year),
    columns=(
        Column("日期", lambda r: f"{r.held_on:%Y-%m-%d}", 92),
        Column("标题", lambda r: r.headline, 0),
        Column("对象", lambda r: r.audience, 120, drop=2),
        Column("题数", lambda r: str(len(r.asked)), 52, sort=lambda r: len(r.asked), right=True),
        Column(
            "有效",
            lambda r: "" if r.valid is None else str(r.valid),
            60,
            sort=lambda r: r.valid or 0,
            right=True,
            drop=1,
        ),
        Column(
            "状态",
            lambda r: "已统计" if r.is_counted else "未统计",
            84,
            tone=lambda r: Tone.GREEN if r.is_counted else Tone.BLUE,
        ),
    ),
    fields=_fields,
    save=surveys.save,
    remove=surveys.remove,
    start=lambda desk: {"held_on": desk.today},
    moves=(
        Move(
            "录入统计",
            surveys.enter,
            "survey_id",
            _counted,
            start=lambda _desk, row: _numbers(row),
        ),
    ),
    actions=(
        prints("survey_paper", "打印问卷"),
        takes_back(Survey),
        prints("survey_result", "打印统计表", _is_counted),
    ),
    summary=_sum,
    empty="还没有问卷。按 Ctrl+N 出第一份，最多三十道题。",
    shows=frozenset({ScanRun}),
)
