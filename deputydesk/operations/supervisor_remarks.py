"""What supervisors say of deputies, and what came of it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Home, Mandate, Person, Supervisor, SupervisorRemark
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get_for, not_before, not_future, put
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year


@dataclass(frozen=True)
class RemarkRow:
    """A remark of a supervisor on a deputy."""

    id: str
    made_on: date
    supervisor_id: str
    supervisor: str
    home: str
    mandate_id: str
    deputy: str
    content: str
    handled: str

    @property
    def is_open(self) -> bool:
        """Whether nothing has been done about it."""
        return not self.handled


def rows(session: Session, *, year: int | None = None, mandate_id: str = "") -> list[RemarkRow]:
    """Remarks, the newest first; of a year, or on one deputy."""
    query = (
        select(SupervisorRemark, Supervisor.name, Home.name, Person.name)
        .outerjoin(Supervisor, Supervisor.id == SupervisorRemark.supervisor_id)
        .outerjoin(Home, Home.id == Supervisor.home_id)
        .outerjoin(Mandate, Mandate.id == SupervisorRemark.mandate_id)
        .outerjoin(Person, Person.id == Mandate.person_id)
        .order_by(SupervisorRemark.made_on.desc(), SupervisorRemark.id.desc())
    )
    if year is not None:
        query = query.where(in_year(SupervisorRemark.made_on, year))
    if mandate_id:
        query = query.where(SupervisorRemark.mandate_id == mandate_id)
    return [
        RemarkRow(
            id=r.id,
            made_on=r.made_on,
            supervisor_id=r.supervisor_id,
            supervisor=supervisor or "",
            home=home or "",
            mandate_id=r.mandate_id,
            deputy=deputy or "",
            content=r.content,
            handled=r.handled,
        )
        for r, supervisor, home, deputy in session.execute(query)
    ]


@operation(Right.REGISTER, "登记监督员评语")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    supervisor_id: str,
    mandate_id: str,
    made_on: date,
    content: str,
    handled: str = "",
) -> str:
    """Register what a supervisor says of a deputy, or change it."""
    supervisor = get_for(tx.session, Supervisor, "supervisor_id", supervisor_id)
    get_for(tx.session, Mandate, "mandate_id", mandate_id)
    not_future("made_on", made_on, tx.today, "日期")
    not_before("made_on", made_on, supervisor.from_on, "日期", "监督员的聘任日期")
    remark = put(
        tx,
        SupervisorRemark,
        record_id,
        supervisor_id=supervisor_id,
        mandate_id=mandate_id,
        made_on=made_on,
        content=filled("content", content, "内容"),
        handled=handled.strip(),
    )
    tx.about = supervisor.name
    return remark.id


remove = removal(SupervisorRemark)
