"""People and their mandates: who sits where, and what each has done."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import ElectoralDistrict, Home, Mandate, Person, Term
from deputydesk.models.base import NO_DATE
from deputydesk.models.choices import EndReason, Level, Sex
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import consents
from deputydesk.operations.checks import filled, find, get, get_for, not_before
from deputydesk.rules.names import clean_name, sort_key


@dataclass(frozen=True)
class DeputyRow:
    """A mandate with its person, as lists show it."""

    id: str
    person_id: str
    name: str
    sex: Sex
    ethnic: str
    birth: str
    id_no: str
    phone: str
    party: str
    education: str
    job: str
    leader: bool
    level: Level
    main: bool
    town: str
    term: str
    district: str
    home_id: str
    home: str
    certificate_no: str
    started_on: date | None
    ended_on: date | None
    end_reason: EndReason
    suspended: bool
    fixed_income: bool = False
    note: str = ""
    term_id: str = ""
    electoral_district_id: str = ""
    photo_public: bool = False
    phone_public: bool = False
    public_phone: str = ""
    consented_on: date | None = None

    @property
    def status(self) -> str:
        """在任, 暂停, or why the mandate ended."""
        if self.ended_on:
            return self.end_reason.label or "已终止"
        return "暂停" if self.suspended else "在任"


def _select() -> Select[Mandate, Person, str, str, Term]:
    return (
        select(Mandate, Person, ElectoralDistrict.name, Home.name, Term)
        .join(Person, Person.id == Mandate.person_id)
        .outerjoin(ElectoralDistrict, ElectoralDistrict.id == Mandate.electoral_district_id)
        .outerjoin(Home, Home.id == Mandate.home_id)
        .outerjoin(Term, Term.id == Mandate.term_id)
    )


def _row(
    m: Mandate, p: Person, district: str | None, home: str | None, t: Term | None
) -> DeputyRow:
    return DeputyRow(
        id=m.id,
        person_id=p.id,
        name=p.name,
        sex=p.sex,
        ethnic=p.ethnic,
        birth=p.birth,
        id_no=p.id_no,
        phone=p.phone,
        party=p.party,
        education=p.education,
        job=p.job,
        leader=p.leader,
        level=m.level,
        main=m.main,
        town=m.town,
        term=f"第{t.number}届" if t else "",
        district=district or "",
        home_id=m.home_id,
        home=home or "",
        certificate_no=m.certificate_no,
        started_on=m.started_on,
        ended_on=m.ended_on,
        end_reason=m.end_reason,
        suspended=m.suspended,
        fixed_income=p.fixed_income,
        note=p.note,
        term_id=m.term_id,
        electoral_district_id=m.electoral_district_id,
        photo_public=p.photo_public,
        phone_public=p.phone_public,
        public_phone=p.public_phone,
        consented_on=p.consented_on,
    )


def rows(session: Session, *, former: bool = False) -> list[DeputyRow]:
    """Deputies in the official order of names; former ones too if asked."""
    query = _select() if former else _select().where(Mandate.ended_on.is_(None))
    found = [_row(*line) for line in session.execute(query)]
    return sorted(found, key=lambda row: (sort_key(row.name), row.id))


def one(session: Session, mandate_id: str) -> DeputyRow:
    """One deputy.

    Raises:
        UserError: there is none with this id.
    """
    line = session.execute(_select().where(Mandate.id == mandate_id)).first()
    if line is None:
        raise UserError("找不到这名代表，可能已被删除。", hint="请刷新后再试。")
    return _row(*line)


def names(session: Session, mandate_ids: Iterable[str]) -> dict[str, str]:
    """Names by mandate, for the mandates asked."""
    wanted = set(mandate_ids)
    found = session.execute(
        select(Mandate.id, Person.name).join(Person, Person.id == Mandate.person_id)
    )
    return {mandate: name for mandate, name in found if mandate in wanted}


@operation(Right.REGISTER, "登记代表")
def add(
    tx: Tx,
    *,
    name: str,
    level: Level,
    sex: Sex = Sex.UNKNOWN,
    ethnic: str = "",
    birth: str = "",
    id_no: str = "",
    phone: str = "",
    party: str = "",
    education: str = "",
    job: str = "",
    main: bool = True,
    town: str = "",
    term_id: str = "",
    electoral_district_id: str = "",
    group_id: str = "",
    home_id: str = "",
    certificate_no: str = "",
    started_on: date | None = None,
    photo_public: bool = False,
    phone_public: bool = False,
    public_phone: str = "",
    consented_on: date | None = None,
    fixed_income: bool = False,
    leader: bool = False,
    note: str = "",
) -> str:
    """Register a person and the mandate; returns the mandate's id."""
    person = Person(
        name=filled("name", clean_name(name), "姓名"),
        sex=sex,
        ethnic=ethnic.strip(),
        birth=birth.strip(),
        id_no=id_no.strip(),
        phone=phone.strip(),
        party=party.strip(),
        education=education.strip(),
        job=job.strip(),
        fixed_income=fixed_income,
        leader=leader,
        note=note.strip(),
    )
    tx.session.add(person)
    consents.give(
        tx,
        person,
        photo_public=photo_public,
        phone_public=phone_public,
        public_phone=public_phone,
        consented_on=consented_on,
    )
    tx.session.flush()
    return add_mandate(
        tx,
        person_id=person.id,
        level=level,
        main=main,
        town=town,
        term_id=term_id,
        electoral_district_id=electoral_district_id,
        group_id=group_id,
        home_id=home_id,
        certificate_no=certificate_no,
        started_on=started_on,
    )


@operation(Right.REGISTER, "登记代表资格")
def add_mandate(
    tx: Tx,
    *,
    person_id: str,
    level: Level,
    main: bool = False,
    town: str = "",
    term_id: str = "",
    electoral_district_id: str = "",
    group_id: str = "",
    home_id: str = "",
    certificate_no: str = "",
    started_on: date | None = None,
) -> str:
    """Give a person a seat at a level; one person may sit at several, one of which is the main."""
    person = get_for(tx.session, Person, "person_id", person_id)
    held = _running(tx, person_id)
    _refuse_level(person, level, held)
    if main:
        for other in held:
            other.main = False
    main = main or not any(other.main for other in held)
    mandate = Mandate(
        person_id=person_id,
        level=level,
        main=main,
        town=town,
        term_id=term_id,
        electoral_district_id=electoral_district_id,
        group_id=group_id,
        home_id=home_id,
        certificate_no=certificate_no,
        started_on=started_on,
    )
    tx.session.add(mandate)
    tx.about = person.name
    return mandate.id


@operation(Right.REGISTER, "修改代表信息")
def edit(
    tx: Tx,
    *,
    mandate_id: str,
    name: str,
    level: Level,
    sex: Sex = Sex.UNKNOWN,
    ethnic: str = "",
    birth: str = "",
    id_no: str = "",
    phone: str = "",
    party: str = "",
    education: str = "",
    job: str = "",
    town: str = "",
    home_id: str = "",
    certificate_no: str = "",
    photo_public: bool = False,
    phone_public: bool = False,
    public_phone: str = "",
    consented_on: date | None = None,
    fixed_income: bool | None = None,
    leader: bool | None = None,
    note: str | None = None,
    term_id: str | None = None,
    electoral_district_id: str | None = None,
    started_on: date | None = NO_DATE,
) -> None:
    """Change a deputy's data, with what the deputy agrees to have published.

    What is not given stays as it is: rosters and older callers do not know it. A first day may
    be cleared, so that None is said of it.
    """
    mandate = get(tx.session, Mandate, mandate_id)
    person = get(tx.session, Person, mandate.person_id)
    person.name = filled("name", clean_name(name), "姓名")
    person.sex, person.ethnic, person.birth, person.id_no = sex, ethnic, birth, id_no
    person.phone, person.party, person.education, person.job = phone, party, education, job
    if level != mandate.level and not mandate.ended_on:
        _refuse_level(person, level, _running(tx, person.id))
    mandate.level, mandate.town, mandate.home_id = level, town, home_id
    mandate.certificate_no = certificate_no
    if started_on and mandate.ended_on:
        not_before("started_on", mandate.ended_on, started_on, "终止日期", "任职日期")
    kept = {"fixed_income": fixed_income, "leader": leader, "note": note}
    seat = {"term_id": term_id, "electoral_district_id": electoral_district_id}
    if started_on != NO_DATE:
        mandate.started_on = started_on
    for record, given in ((person, kept), (mandate, seat)):
        for field, value in given.items():
            if value is not None:
                setattr(record, field, value)
    consents.give(
        tx,
        person,
        photo_public=photo_public,
        phone_public=phone_public,
        public_phone=public_phone,
        consented_on=consented_on,
    )
    tx.about = person.name


@operation(Right.REGISTER, "代表资格终止")
def end_mandate(tx: Tx, *, mandate_id: str, ended_on: date, reason: EndReason) -> None:
    """End a mandate for one of the law's reasons (代表法 第六十二、六十三条)."""
    mandate = get(tx.session, Mandate, mandate_id)
    if mandate.ended_on:
        raise UserError("这名代表的资格已经终止。")
    if reason == EndReason.NONE:
        raise FieldError("reason", "请选择终止原因。")
    not_before("ended_on", ended_on, mandate.started_on, "终止日期", "任职日期")
    mandate.ended_on, mandate.end_reason = ended_on, reason
    others = [other for other in _running(tx, mandate.person_id) if other.id != mandate_id]
    if mandate.main and others and not any(other.main for other in others):
        others[0].main = True  # who still sits elsewhere is not gone from the lists
    tx.about = get(tx.session, Person, mandate.person_id).name


def _running(tx: Tx, person_id: str) -> list[Mandate]:
    """The seats that a person holds, the oldest first."""
    found = select(Mandate).where(Mandate.person_id == person_id, Mandate.ended_on.is_(None))
    return list(tx.session.scalars(found.order_by(Mandate.id)))


def sound(tx: Tx, mandate: Mandate) -> None:
    """Check a seat as it stands: its days, and that its person sits once at a level.

    Raises:
        FieldError: as registering it would.
    """
    person = get_for(tx.session, Person, "person_id", mandate.person_id)
    if mandate.ended_on:
        not_before("ended_on", mandate.ended_on, mandate.started_on, "终止日期", "任职日期")
        return
    others = [other for other in _running(tx, person.id) if other.id != mandate.id]
    _refuse_level(person, mandate.level, others)


def sound_person(tx: Tx, person: Person) -> None:
    """Check a person as it stands.

    Raises:
        FieldError: as registering it would.
    """
    filled("name", clean_name(person.name), "姓名")
    consents.give(
        tx,
        person,
        photo_public=person.photo_public,
        phone_public=person.phone_public,
        public_phone=person.public_phone,
        consented_on=person.consented_on,
    )


def _refuse_level(person: Person, level: Level, held: Iterable[Mandate]) -> None:
    """Nobody sits twice at one level."""
    if any(other.level == level for other in held):
        raise FieldError("level", f"{person.name}已经是{level.label}人大代表。")


@operation(Right.REGISTER, "暂停或恢复执行代表职务")
def set_suspended(tx: Tx, *, mandate_id: str, suspended: bool) -> None:
    """Suspend a mandate, or let it resume (代表法 第六十一条)."""
    mandate = get(tx.session, Mandate, mandate_id)
    mandate.suspended = suspended
    tx.about = get(tx.session, Person, mandate.person_id).name


def in_office(tx: Tx, field: str, mandate_id: str, day: date) -> Mandate:
    """A mandate that can act on a day.

    Raises:
        FieldError: nobody chosen, or the mandate ended, had not begun, or is suspended.
    """
    mandate = get_for(tx.session, Mandate, field, mandate_id)
    person = find(tx.session, Person, mandate.person_id)
    name = person.name if person else "该代表"
    if mandate.ended_on and day > mandate.ended_on:
        raise FieldError(field, f"{name}的代表资格已于{mandate.ended_on:%Y-%m-%d}终止。")
    if mandate.started_on and day < mandate.started_on:
        raise FieldError(field, f"{name}于{mandate.started_on:%Y-%m-%d}才当选代表。")
    if mandate.suspended:
        raise FieldError(field, f"{name}已暂停执行代表职务。")
    return mandate
