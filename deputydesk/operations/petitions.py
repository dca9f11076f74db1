"""Petitions that a deputy carries: taken in, given to a deputy; the rest is in `petition_steps`.

The deputy accompanies and transmits; the competent organ decides (代表法 第三十一条). Who
petitions stays in the office: lists say 张某, and only the form shows the name.
"""

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import Petition, Voter
from deputydesk.models.base import columns_of
from deputydesk.models.choices import Sex, YesNo
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies, local_rules, voters
from deputydesk.operations.checks import filled, get, next_number, not_future
from deputydesk.operations.deputies import in_office
from deputydesk.operations.handling import step_day, unit_names
from deputydesk.operations.todo_item import AHEAD, Todo, due_todo
from deputydesk.operations.years import in_year
from deputydesk.rules.deadlines import Due
from deputydesk.rules.petition_flow import PETITION, PetitionState, PetitionStep
from deputydesk.rules.satisfaction import Satisfaction

_S = PetitionState
DEADLINES = "petition_deadlines"
"""The local rule with all terms of petitions."""
OVER = (_S.CLOSED, _S.ENDED)


@dataclass(frozen=True)
class PetitionRow:
    """A petition; `who` is fit for lists, the voter's data are for its form only."""

    id: str
    number: int
    reported_on: date
    voter_name: str
    voter_sex: Sex
    voter_phone: str
    voter_address: str
    people: int
    matter: str
    detail: str
    category: str
    risk: bool
    risk_note: str
    state: PetitionState
    agent_id: str
    agent: str
    named_on: date | None
    promise: str
    unit_id: str
    unit: str
    registered_on: date | None
    registered_no: str
    told_due_on: date | None
    told_on: date | None
    due_on: date | None
    first_due_on: date | None
    due_why: str
    extended_on: date | None
    extension_why: str
    answered_on: date | None
    answer: str
    accepted: bool
    reviewed_on: date | None
    review_due_on: date | None
    review_answered_on: date | None
    review_result: str
    rechecked_on: date | None
    recheck_due_on: date | None
    recheck_result: str
    closed_on: date | None
    visited_on: date | None
    visit_note: str
    visit_told: YesNo
    visit_attitude: Satisfaction
    visit_result: Satisfaction
    visit_follow: YesNo
    is_late: bool

    @property
    def who(self) -> str:
        """The petitioner as lists show it: 张某等3人."""
        name = f"{self.voter_name[0]}某" if self.voter_name else "未留姓名"
        return f"{name}等{self.people}人" if self.people > 1 else name

    @property
    def visit_words(self) -> str:
        """What the petitioner answered at the visit, as far as it was asked."""
        said = (
            ("已告知处理结果：", self.visit_told),
            ("对代办工作", self.visit_attitude),
            ("对处理结果", self.visit_result),
            ("还要继续跟踪：", self.visit_follow),
        )
        asked = (f"{about}{one.label}" for about, one in said if one.value not in {"", "none"})
        return "，".join(asked)

    @property
    def next_due(self) -> date | None:
        """The day that is waited for now."""
        return _next_due(self)


def _next_due(p: "PetitionRow | Petition") -> date | None:
    if p.state is _S.REGISTERED:
        return p.told_due_on
    if p.state is _S.TOLD:
        return p.due_on
    if p.state is _S.REVIEWING:
        return p.review_due_on
    return p.recheck_due_on if p.state is _S.RECHECKING else None


def rows(session: Session, *, year: int | None = None, today: date = date.min) -> list[PetitionRow]:
    """Petitions by the day they were taken in, the newest first.

    Args:
        session: where to read.
        year: only those taken in that year.
        today: the day by which one is late.
    """
    where: list[ColumnElement[bool]] = []
    if year is not None:
        where.append(in_year(Petition.reported_on, year))
    found = session.execute(
        select(Petition, Voter)
        .outerjoin(Voter, Voter.id == Petition.voter_id)
        .where(*where)
        .order_by(Petition.reported_on.desc(), Petition.id.desc())
    ).all()
    people = deputies.names(session, {p.agent_id for p, _ in found})
    units = unit_names(session)
    return [
        _row(p, v, people.get(p.agent_id, ""), units.get(p.unit_id, ""), today) for p, v in found
    ]


def _row(p: Petition, v: Voter | None, agent: str, unit: str, today: date) -> PetitionRow:
    due = _next_due(p)
    columns = {column.key for column in columns_of(Petition)}
    copied = {
        name: getattr(p, name) for name in PetitionRow.__dataclass_fields__ if name in columns
    }
    return PetitionRow(
        **copied,
        voter_name=v.name if v else "",
        voter_sex=v.sex if v else Sex.UNKNOWN,
        voter_phone=v.phone if v else "",
        voter_address=v.address if v else "",
        agent=agent,
        unit=unit,
        is_late=due is not None and due < today,
    )


def todos(session: Session, today: date) -> list[Todo]:
    """Petitions that are due or overdue, and those that wait for a deputy or a visit."""
    found = session.scalars(
        select(Petition).where(Petition.visited_on.is_(None)).order_by(Petition.reported_on)
    )
    listed: list[Todo] = []
    for p in found:
        due = _next_due(p)
        text = f"{_WAITED_FOR.get(p.state, '')}：{p.matter}"
        if due and due <= today + AHEAD:
            listed.append(due_todo(text, due, today, Petition.__tablename__, p.id))
        elif due is None and p.state in _WAITED_FOR:
            tag = "有风险" if p.risk and p.state not in OVER else "待办"
            listed.append(Todo(tag, Due.OPEN.value, text, Petition.__tablename__, p.id, None))
    return listed


_WAITED_FOR = {
    _S.REPORTED: "确定信访代办代表",
    _S.NAMED: "陪同信访人到机关登记",
    _S.REGISTERED: "信访告知受理",
    _S.TOLD: "信访办理",
    _S.ANSWERED: "问信访人是否认可",
    _S.REVIEWING: "信访复查",
    _S.REVIEWED: "问信访人是否认可复查意见",
    _S.RECHECKING: "信访复核",
    _S.CLOSED: "信访回访",
    _S.ENDED: "信访回访",
}


@operation(Right.REGISTER, "登记信访代办")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    reported_on: date,
    matter: str,
    people: int = 1,
    voter_name: str = "",
    voter_sex: Sex = Sex.UNKNOWN,
    voter_phone: str = "",
    voter_address: str = "",
    detail: str = "",
    category: str = "",
    risk: bool = False,
    risk_note: str = "",
) -> str:
    """Take in a petition that a deputy is asked to carry, or correct it; returns its id."""
    not_future("reported_on", reported_on, tx.today, "受理日期")
    most = int(local_rules.current(tx.session, DEADLINES, reported_on).rule["representatives"])
    if not 1 <= people <= most:
        raise FieldError(
            "people",
            f"走访反映共同事项的，应当推选代表，代表为1到{most}人（《信访工作条例》第二十条）。",
            hint="请信访人推选代表后再登记。",
        )
    if risk:
        filled("risk_note", risk_note, "风险说明")
    petition = get(tx.session, Petition, record_id) if record_id else Petition()
    if not record_id:
        tx.session.add(petition)
        petition.number = next_number(
            tx.session, Petition.number, in_year(Petition.reported_on, reported_on.year)
        )
    petition.voter_id = voters.record(
        tx,
        petition.voter_id,
        name=voter_name,
        sex=voter_sex,
        age=None,
        phone=voter_phone,
        address=voter_address,
        at_home=True,
    )
    petition.matter = filled("matter", matter, "信访事项")
    petition.reported_on, petition.people = reported_on, people
    petition.detail, petition.category = detail.strip(), category.strip()
    petition.risk, petition.risk_note = risk, risk_note.strip()
    tx.about = name_of(petition)
    return petition.id


@operation(Right.HANDLE, "确定信访代办代表")
def name_agent(
    tx: Tx, *, petition_id: str, agent_id: str, promise: str = "", named_on: date | None = None
) -> None:
    """Say which deputy carries a petition, and what the deputy promises to do."""
    petition = moved(tx, petition_id, PetitionStep.NAME_AGENT)
    day = step_day(tx, "named_on", named_on, "确定代办人日期", ("受理日期", petition.reported_on))
    in_office(tx, "agent_id", agent_id, day)
    petition.agent_id, petition.named_on, petition.promise = agent_id, day, promise.strip()


def moved(tx: Tx, petition_id: str, step: PetitionStep) -> Petition:
    """A petition, one step further.

    Raises:
        UserError: the step cannot be taken in its present state.
    """
    petition = get(tx.session, Petition, petition_id)
    petition.state = PETITION.next(petition.state, step)
    tx.about = name_of(petition)
    return petition


def name_of(petition: Petition) -> str:
    """What an action on it is about; never who petitions."""
    return f"信访代办第{petition.number}号"


@operation(Right.HANDLE, "删除信访代办")
def remove(tx: Tx, *, ids: tuple[str, ...]) -> None:
    """Remove petitions entered by mistake, with the petitioners' own data."""
    for record_id in ids:
        petition = get(tx.session, Petition, record_id)
        tx.about = name_of(petition)
        voter = tx.session.get(Voter, petition.voter_id) if petition.voter_id else None
        if voter is not None:
            tx.session.delete(voter)
        tx.session.delete(petition)
    if len(ids) > 1:
        tx.about = f"{len(ids)}条"
