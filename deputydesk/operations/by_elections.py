"""By-elections: candidates, the count held against the law, and the new deputy (选举法 五十七)."""

from datetime import date

from deputydesk.errors import FieldError
from deputydesk.models import Mandate, Person, Vacancy
from deputydesk.models.choices import Level, Sex
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import deputies
from deputydesk.operations.checks import filled, get, get_for
from deputydesk.operations.handling import step_day
from deputydesk.operations.vacancies import moved
from deputydesk.rules.by_election import Ballots, check
from deputydesk.rules.names import clean_name
from deputydesk.rules.vacancy_flow import VacancyStep

DIRECT = (Level.TOWN, Level.DISTRICT)
"""Levels whose deputies the voters elect; those above are elected by a congress."""


@operation(Right.HANDLE, "组织补选")
def call(
    tx: Tx,
    *,
    vacancy_id: str,
    candidates: tuple[str, ...],
    voters: int | None = None,
    note: str = "",
) -> None:
    """Name the candidates of a by-election; there may be as many as seats (选举法 第五十七条)."""
    v = moved(tx, vacancy_id, VacancyStep.CALL)
    names = [clean_name(name) for name in candidates]
    names = [name for name in names if name]
    if not names:
        raise FieldError("candidates", "请填写至少一名候选人。")
    if len(set(names)) < len(names):
        raise FieldError("candidates", "同一名候选人填了两次。")
    if voters is not None and voters < 1:
        raise FieldError("voters", "选民数至少为1。")
    v.candidates, v.voters = names, voters
    v.note = note.strip() or v.note


@operation(Right.HANDLE, "登记补选结果")
def elect(
    tx: Tx,
    *,
    vacancy_id: str,
    voters: int,
    issued: int,
    returned: int,
    valid: int,
    winner: str,
    winner_votes: int,
    election_on: date | None = None,
) -> None:
    """Record the count; one that elects nobody is refused with the article of the law."""
    v = moved(tx, vacancy_id, VacancyStep.ELECT)
    v.election_on = step_day(
        tx, "election_on", election_on, "补选日期", ("终止公告日期", v.announced_on)
    )
    v.winner = filled("winner", clean_name(winner), "当选人")
    check(Ballots(voters, issued, returned, valid, winner_votes), direct=v.level in DIRECT)
    v.voters, v.issued, v.returned, v.valid = voters, issued, returned, valid
    v.winner_votes = winner_votes


def sound(vacancy: Vacancy) -> None:
    """Check the count of a by-election as it stands, if somebody was elected.

    Raises:
        FieldError: as entering it would.
    """
    if vacancy.winner:
        ballots = Ballots(
            vacancy.voters or 0,
            vacancy.issued or 0,
            vacancy.returned or 0,
            vacancy.valid or 0,
            vacancy.winner_votes or 0,
        )
        check(ballots, direct=vacancy.level in DIRECT)


@operation(Right.HANDLE, "登记当选资格审查")
def examine(tx: Tx, *, vacancy_id: str, examined_on: date | None = None) -> None:
    """Record that the committee found the election valid."""
    v = moved(tx, vacancy_id, VacancyStep.EXAMINE)
    v.examined_on = step_day(
        tx, "examined_on", examined_on, "当选资格审查日期", ("补选日期", v.election_on)
    )


@operation(Right.HANDLE, "公告当选")
def fill(
    tx: Tx,
    *,
    vacancy_id: str,
    elected_announcement_no: str,
    elected_announced_on: date | None = None,
    person_id: str = "",
    sex: Sex = Sex.UNKNOWN,
    phone: str = "",
    job: str = "",
    home_id: str = "",
    certificate_no: str = "",
) -> str:
    """Announce the new deputy, whose mandate, points and file begin on that day.

    Args:
        tx: the transaction.
        vacancy_id: the vacancy.
        elected_announcement_no: number of the announcement.
        elected_announced_on: its day; today unless given.
        person_id: the winner, who already sits at another level; a new person otherwise.
        sex: of a new person.
        phone: of a new person.
        job: of a new person.
        home_id: the home; the former deputy's unless given.
        certificate_no: of the deputy's certificate.

    Returns:
        The new mandate's id.
    """
    v = moved(tx, vacancy_id, VacancyStep.FILL)
    about = tx.about
    v.elected_announcement_no = filled(
        "elected_announcement_no", elected_announcement_no, "当选公告号"
    )
    day = step_day(
        tx, "elected_announced_on", elected_announced_on, "当选公告日期",
        ("当选资格审查日期", v.examined_on),
    )  # fmt: skip
    v.elected_announced_on = day
    before = get(tx.session, Mandate, v.mandate_id)
    if person_id:
        person = get_for(tx.session, Person, "person_id", person_id)
        if person.name != v.winner:
            raise FieldError("person_id", f"当选的是{v.winner}，不是{person.name}。")
        v.elected_id = deputies.add_mandate(
            tx,
            person_id=person_id,
            level=v.level,
            town=before.town,
            term_id=before.term_id,
            electoral_district_id=v.electoral_district_id,
            group_id=before.group_id,
            home_id=home_id or before.home_id,
            certificate_no=certificate_no.strip(),
            started_on=day,
        )
    else:
        v.elected_id = deputies.add(
            tx,
            name=v.winner,
            level=v.level,
            sex=sex,
            phone=phone,
            job=job,
            town=before.town,
            term_id=before.term_id,
            electoral_district_id=v.electoral_district_id,
            group_id=before.group_id,
            home_id=home_id or before.home_id,
            certificate_no=certificate_no.strip(),
            started_on=day,
        )
    tx.about = f"{about} → {v.winner}"
    return v.elected_id
