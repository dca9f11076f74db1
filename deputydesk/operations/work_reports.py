"""Reports of deputies to their voters: their own words, and the figures of what they did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.models import Mandate, Person, WorkReport
from deputydesk.models.choices import Level
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import figures
from deputydesk.operations.checks import get, get_for, in_order, not_future, put
from deputydesk.operations.figures import Dimension
from deputydesk.operations.years import in_year

SECTIONS: Mapping[str, str] = {
    "study": "学习宣传情况",
    "meetings": "出席会议情况",
    "activities": "参加闭会期间活动情况",
    "voters": "联系选民和提出建议情况",
    "shortcomings": "存在的不足",
    "plans": "下一步打算",
}
"""The parts of a report, by the column that holds the deputy's words."""
_SAID: Mapping[str, Sequence[tuple[str, str]]] = {
    "study": (
        ("trainings.classroom", "参加线下培训{}期"),
        ("trainings.online", "线上学习{}次"),
        ("trainings.hours", "共{}学时"),
        ("home_activities.kind.study", "在代表之家学习{}次"),
        ("home_activities.kind.policy", "在代表之家宣讲政策{}次"),
        ("services.kind.policy", "参加政策宣讲{}次"),
    ),
    "meetings": (("meetings.attendance", "出席人民代表大会会议{}次（应到{}次）"),),
    "activities": (
        ("activities.deputies", "参加代表活动{}次"),
        ("activities.overseeing", "其中视察、调研、执法检查等监督类活动{}次"),
        ("activities.kind.group", "代表小组活动{}次"),
        ("services.total", "参加代表服务{}次"),
        ("petitions.total", "代办信访事项{}件"),
    ),
    "voters": (
        ("home_activities.deputies", "进“家”{}次"),
        ("reception.voters", "接待选民{}人次"),
        ("link.total", "走访、座谈等{}次"),
        ("link.voters", "联系选民{}人次"),
        ("opinions.heard", "听取选民意见{}件次"),
        ("opinions.settled", "已办结{}件次"),
        ("suggestions.total", "领衔提出代表建议{}件"),
        ("suggestions.closed", "已办结{}件"),
    ),
}
"""What is said of each part: figure and words; a rate has its whole as the second number."""


@dataclass(frozen=True)
class WorkReportRow:
    """A report as its register shows it."""

    id: str
    mandate_id: str
    deputy: str
    level: Level
    first_on: date
    last_on: date
    given_on: date | None
    opening: str
    study: str
    meetings: str
    activities: str
    voters: str
    shortcomings: str
    plans: str

    @property
    def written(self) -> int:
        """How many of its parts have words of the deputy."""
        return sum(bool(getattr(self, name).strip()) for name in SECTIONS)


def rows(session: Session, year: int | None = None) -> list[WorkReportRow]:
    """Reports of a year or all, the newest first."""
    query = (
        select(WorkReport, Person.name, Mandate.level)
        .join(Mandate, Mandate.id == WorkReport.mandate_id)
        .join(Person, Person.id == Mandate.person_id)
        .order_by(WorkReport.last_on.desc(), WorkReport.id.desc())
    )
    if year is not None:
        query = query.where(in_year(WorkReport.last_on, year))
    return [
        WorkReportRow(
            *(r.id, r.mandate_id, name, level, r.first_on, r.last_on, r.given_on, r.opening),
            *(r.study, r.meetings, r.activities, r.voters, r.shortcomings, r.plans),
        )
        for r, name, level in session.execute(query)
    ]


def said(
    session: Session, mandate_ids: Sequence[str], *, first: date, last: date
) -> dict[str, dict[str, str]]:
    """What each of these deputies did in a time, in a sentence for each part of the report."""
    found: dict[str, dict[str, list[str]]] = {ident: {} for ident in mandate_ids}
    for part, lines in _SAID.items():
        for figure_id, words in lines:
            parts = figures.compare(session, figure_id, by=Dimension.DEPUTY, first=first, last=last)
            for one in parts:
                value = one.figure.numerator or one.figure.value or 0
                if value and one.key in found:
                    whole = one.figure.denominator or value
                    found[one.key].setdefault(part, []).append(words.format(value, whole))
    return {
        ident: {part: "，".join(lines) + "。" for part, lines in parts.items()}
        for ident, parts in found.items()
    }


@operation(Right.REGISTER, "登记述职报告")
def save(
    tx: Tx,
    *,
    mandate_id: str,
    first_on: date,
    last_on: date,
    given_on: date | None = None,
    opening: str = "",
    study: str = "",
    meetings: str = "",
    activities: str = "",
    voters: str = "",
    shortcomings: str = "",
    plans: str = "",
    record_id: str = "",
) -> str:
    """Keep the words of a deputy's report, or change them; returns the report's id.

    Raises:
        FieldError: nobody chosen, the days cannot be so, or there is a report of this time.
    """
    mandate = get_for(tx.session, Mandate, "mandate_id", mandate_id)
    in_order("last_on", first_on, last_on)
    if given_on:
        not_future("given_on", given_on, tx.today, "述职日期")
    name = get(tx.session, Person, mandate.person_id).name
    again = select(WorkReport.id).where(
        WorkReport.mandate_id == mandate_id,
        WorkReport.first_on == first_on,
        WorkReport.last_on == last_on,
        WorkReport.id != record_id,
    )
    if tx.session.scalars(again).first():
        raise FieldError("mandate_id", f"{name}这一期间的述职报告已经登记过。")
    texts = {
        "opening": opening,
        "study": study,
        "meetings": meetings,
        "activities": activities,
        "voters": voters,
        "shortcomings": shortcomings,
        "plans": plans,
    }
    report = put(
        *(tx, WorkReport, record_id),
        mandate_id=mandate_id,
        first_on=first_on,
        last_on=last_on,
        given_on=given_on,
        **{field: text.strip() for field, text in texts.items()},
    )
    tx.about = _about(tx, report)
    return report.id


@operation(Right.REGISTER, "删除述职报告")
def remove(tx: Tx, *, ids: Sequence[str]) -> None:
    """Remove reports that were entered by mistake."""
    for record_id in ids:
        report = get(tx.session, WorkReport, record_id)
        tx.about = _about(tx, report)
        tx.session.delete(report)


def _about(tx: Tx, report: WorkReport) -> str:
    mandate = tx.session.get(Mandate, report.mandate_id)
    person = tx.session.get(Person, mandate.person_id) if mandate else None
    return f"{person.name if person else ''} {report.last_on.year}年".strip()
