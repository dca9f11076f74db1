"""Surveys of the office's own making: asked on paper, counted by hand or from scans."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.models import ScanRun, Survey
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled, get, not_future, put
from deputydesk.operations.removal import removal
from deputydesk.operations.years import in_year
from deputydesk.rules.satisfaction import check_ballots
from deputydesk.rules.survey import Asked, Counts, check, counts_of, questions_of, tally_lines

NUMBERS = ("issued", "returned", "valid", "invalid")
"""Papers that went out, came back, count and do not."""
QUESTIONS = "rows"
"""Where among what a survey keeps its questions stand."""


@dataclass(frozen=True)
class SurveyRow:
    """A survey as lists show it."""

    id: str
    headline: str
    held_on: date
    audience: str
    intro: str
    named: bool
    asked: tuple[Asked, ...]
    issued: int | None
    returned: int | None
    valid: int | None
    invalid: int | None
    counts: Counts
    counter: str
    scrutineer: str

    @property
    def is_counted(self) -> bool:
        """Whether it has a result."""
        return self.returned is not None

    @property
    def questions(self) -> list[dict[str, Any]]:  # Any: rows of a grid
        """The questions as they were typed."""
        return [
            {
                "ask": asked.ask.value,
                "text": asked.text,
                "options": [option.label for option in asked.options if option.id != "none"],
                "most": asked.most,
            }
            for asked in self.asked
        ]

    @property
    def tally(self) -> str:
        """A line for each question with the numbers it has."""
        return tally_lines(self.asked, self.counts)


def rows(session: Session, year: int | None = None) -> list[SurveyRow]:
    """Surveys, the newest first."""
    query = select(Survey).order_by(Survey.held_on.desc(), Survey.id.desc())
    if year is not None:
        query = query.where(in_year(Survey.held_on, year))
    return [_row(survey) for survey in session.scalars(query)]


def one(session: Session, survey_id: str) -> SurveyRow:
    """A survey."""
    return _row(get(session, Survey, survey_id))


def _row(survey: Survey) -> SurveyRow:
    return SurveyRow(
        id=survey.id,
        headline=survey.headline,
        held_on=survey.held_on,
        audience=survey.audience,
        intro=survey.intro,
        named=survey.named,
        asked=tuple(map(Asked.from_dict, survey.questions.get(QUESTIONS, ()))),
        issued=survey.issued,
        returned=survey.returned,
        valid=survey.valid,
        invalid=survey.invalid,
        counts=survey.counts,
        counter=survey.counter,
        scrutineer=survey.scrutineer,
    )


@operation(Right.EVALUATE, "登记问卷")
def save(
    tx: Tx,
    *,
    record_id: str = "",
    headline: str,
    held_on: date,
    questions: Sequence[Mapping[str, Any]],  # Any: rows of a grid
    audience: str = "",
    intro: str = "",
    named: bool = False,
) -> str:
    """Register a survey, or change it; once its papers are printed, what is asked stays.

    Args:
        tx: the transaction.
        record_id: the survey to change.
        headline: its title.
        held_on: the day.
        questions: each with its kind, its text and its options.
        audience: who is asked.
        intro: what stands above the questions.
        named: whether each sheet has a number by chance; nobody signs it either way.

    Raises:
        FieldError: a question cannot be asked so.
        UserError: its papers are printed, and something else would be asked.
    """
    asked = {QUESTIONS: [each.to_dict() for each in questions_of(questions)]}
    if record_id:
        before = get(tx.session, Survey, record_id)
        if (before.questions, before.named) != (asked, named) and _is_used(tx, before):
            raise UserError(
                "这份问卷已经印出或者已经统计，题目和张号不能再改。", hint="请另建一份问卷。"
            )
    made = put(
        tx,
        Survey,
        record_id,
        headline=filled("headline", headline, "问卷标题"),
        held_on=held_on,
        audience=audience.strip(),
        intro=intro.strip(),
        named=named,
        questions=asked,
    )
    tx.about = made.headline
    return made.id


def _is_used(tx: Tx, survey: Survey) -> bool:
    printed = select(ScanRun.id).where(ScanRun.record_id == survey.id).limit(1)
    return survey.returned is not None or tx.session.scalars(printed).first() is not None


@operation(Right.EVALUATE, "录入问卷统计")
def enter(
    tx: Tx,
    *,
    survey_id: str,
    issued: int,
    returned: int,
    invalid: int,
    tally: str,
    counter: str = "",
    scrutineer: str = "",
) -> None:
    """Enter what was counted by hand: a line for each question, with the number of each option.

    Raises:
        FieldError: the numbers do not agree with each other, or a question has none.
    """
    asked = one(tx.session, survey_id).asked
    tx.demand(count)
    count(
        tx,
        survey_id=survey_id,
        issued=issued,
        returned=returned,
        invalid=invalid,
        counts=counts_of(asked, tally),
        counter=counter,
        scrutineer=scrutineer,
    )


@operation(Right.EVALUATE, "问卷统计入账")
def count(
    tx: Tx,
    *,
    survey_id: str,
    issued: int,
    returned: int,
    invalid: int,
    counts: Counts,
    counter: str = "",
    scrutineer: str = "",
) -> None:
    """Keep what a survey has got, from scans or by hand; nothing is kept unless it adds up.

    Raises:
        FieldError: papers, or the counts of a question, do not add up.
    """
    survey = get(tx.session, Survey, survey_id)
    not_future("held_on", survey.held_on, tx.today, "调查日期")
    valid = returned - invalid
    problems = check_ballots(issued=issued, returned=returned, valid=valid, invalid=invalid)
    if problems:
        raise problems[0]
    check(_row(survey).asked, counts, valid=valid)
    survey.issued, survey.returned = issued, returned
    survey.valid, survey.invalid = valid, invalid
    survey.counts = {key: dict(given) for key, given in counts.items()}
    survey.counter, survey.scrutineer = counter.strip(), scrutineer.strip()
    tx.about = survey.headline


def sound(tx: Tx, survey: Survey) -> None:
    """Check what a survey has got as it stands, if it was counted.

    Raises:
        FieldError: as entering it would.
    """
    del tx
    if survey.returned is not None:
        check(_row(survey).asked, survey.counts, valid=survey.valid or 0)


_remove = removal(Survey, right=Right.EVALUATE)


@operation(Right.EVALUATE, "删除问卷")
def remove(tx: Tx, *, ids: Sequence[str]) -> None:
    """Remove surveys entered by mistake; those whose papers are printed stay."""
    for each in ids:
        survey = get(tx.session, Survey, each)
        printed = select(ScanRun.id).where(ScanRun.record_id == each).limit(1)
        if tx.session.scalars(printed).first():
            raise UserError(f"“{survey.headline}”已经印出，不能删除。")
    _remove(tx, ids=ids)
