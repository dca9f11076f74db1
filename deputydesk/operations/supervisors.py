"""履职监督员: who watches over the deputies of each home; two or three a home."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deputydesk.models import Home, Supervisor, SupervisorRemark
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import rotas
from deputydesk.operations.checks import filled, get_for, in_order, put
from deputydesk.operations.removal import removal


@dataclass(frozen=True)
class SupervisorRow:
    """A supervisor of a home."""

    id: str
    home_id: str
    home: str
    name: str
    job: str
    phone: str
    from_on: date | None
    to_on: date | None
    remarks: int

    def serves_on(self, day: date) -> bool:
        """Whether the supervisor is appointed on a day."""
        return (self.from_on is None or self.from_on <= day) and (
            self.to_on is None or day <= self.to_on
        )


@dataclass(frozen=True)
class HomeCountRow:
    """A home whose number of supervisors is outside of the local rule."""

    id: str
    home: str
    count: int
    sentence: str


def rows(session: Session) -> list[SupervisorRow]:
    """Supervisors by home, in the order in which they were entered."""
    remarks: dict[str, int] = dict(
        session.execute(
            select(SupervisorRemark.supervisor_id, func.count()).group_by(
                SupervisorRemark.supervisor_id
            )
        ).all()
    )
    found = session.execute(
        select(Supervisor, Home.name)
        .outerjoin(Home, Home.id == Supervisor.home_id)
        .order_by(Supervisor.home_id, Supervisor.id)
    )
    return [
        SupervisorRow(
            id=s.id,
            home_id=s.home_id,
            home=home or "",
            name=s.name,
            job=s.job,
            phone=s.phone,
            from_on=s.from_on,
            to_on=s.to_on,
            remarks=remarks.get(s.id, 0),
        )
        for s, home in found
    ]


def warnings(session: Session, day: date) -> list[HomeCountRow]:
    """Homes with too few or too many supervisors on a day, each with a sentence."""
    rule = rotas.duty(session, day)
    least, most = rule["least_supervisors"], rule["most_supervisors"]
    counts: dict[str, int] = {}
    for row in rows(session):
        if row.serves_on(day):
            counts[row.home_id] = counts.get(row.home_id, 0) + 1
    found: list[HomeCountRow] = []
    for home_id, home in session.execute(select(Home.id, Home.name).order_by(Home.id)):
        count = counts.get(home_id, 0)
        if not least <= count <= most:
            asked = f"{least}名" if least == most else f"{least}至{most}名"
            sentence = f"{home}有{count}名履职监督员，应为{asked}。"
            found.append(HomeCountRow(home_id, home, count, sentence))
    return found


@operation(Right.REGISTER, "登记履职监督员")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    home_id: str,
    name: str,
    job: str = "",
    phone: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
) -> str:
    """Register a supervisor of a home, or change one; more or fewer than asked is no error."""
    get_for(tx.session, Home, "home_id", home_id)
    in_order("to_on", from_on, to_on, "解聘日期", "聘任日期")
    supervisor = put(
        tx,
        Supervisor,
        record_id,
        home_id=home_id,
        name=filled("name", name, "姓名"),
        job=job.strip(),
        phone=phone.strip(),
        from_on=from_on,
        to_on=to_on,
    )
    tx.about = supervisor.name
    return supervisor.id


remove = removal(Supervisor, (SupervisorRemark, SupervisorRemark.supervisor_id))
