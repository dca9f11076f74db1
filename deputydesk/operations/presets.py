"""The office's rules in force on a day: deadlines, answer classes, grade scales, holidays."""

from datetime import date
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError
from deputydesk.late import dataclass
from deputydesk.models import AnswerClass, DeadlineRule, GradeScale
from deputydesk.office import Right, Tx, operation
from deputydesk.rules.calendar import Calendar
from deputydesk.rules.local_rules import BEGINNING, shipped
from deputydesk.rules.satisfaction import SCALES, Scale

NATIONAL = "全国规定：《代表法》第五十一条（三个月、六个月）；其余为各地通行做法，可按本地规定修改"


@dataclass(frozen=True)
class Deadlines:
    """How long each step may take (months, working days, days)."""

    valid_from: date
    reply_months: int = 3
    long_reply_months: int = 6
    rehandle_months: int = 1
    assist_months: int = 1
    handback_workdays: int = 10
    feedback_workdays: int = 15
    opinion_days: int = 15
    postponed: bool = True
    source: str = NATIONAL


@dataclass(frozen=True)
class AnswerClassRow:
    """A class of answers and its meaning."""

    code: str
    meaning: str
    promises: bool


def deadlines(session: Session, day: date) -> Deadlines:
    """The rule in force on a day; the national one if the office has set none."""
    rule = session.scalars(
        select(DeadlineRule)
        .where(DeadlineRule.valid_from <= day)
        .order_by(DeadlineRule.valid_from.desc(), DeadlineRule.id.desc())
        .limit(1)
    ).first()
    if rule is None:
        return Deadlines(valid_from=BEGINNING)
    return Deadlines(**{name: getattr(rule, name) for name in Deadlines.__dataclass_fields__})


def answer_classes(session: Session, day: date) -> list[AnswerClassRow]:
    """The classes in force on a day, in order; the usual A, B, C if the office has set none."""
    newest = session.scalar(
        select(AnswerClass.valid_from)
        .where(AnswerClass.valid_from <= day)
        .order_by(AnswerClass.valid_from.desc())
        .limit(1)
    )
    if newest is None:
        return [AnswerClassRow(**row) for row in shipped("answer_classes")[0].rule["classes"]]
    found = session.scalars(
        select(AnswerClass).where(AnswerClass.valid_from == newest).order_by(AnswerClass.code)
    )
    return [AnswerClassRow(row.code, row.meaning, row.promises) for row in found]


def scales(session: Session, day: date) -> list[Scale]:
    """The grade scales that may be used on a day: the office's own, then the usual ones."""
    found = session.scalars(
        select(GradeScale)
        .where(GradeScale.valid_from <= day)
        .order_by(GradeScale.name, GradeScale.valid_from)
    )
    own = {row.name: Scale.from_dict(row.rule) for row in found}

    return [*own.values(), *(scale for scale in SCALES if scale.name not in own)]


@cache
def calendar() -> Calendar:
    """Holidays and make-up workdays as shipped."""
    return Calendar.load()


@operation(Right.SETUP, "修改办理期限")
def set_deadlines(
    tx: Tx,
    *,
    valid_from: date,
    reply_months: int = 3,
    long_reply_months: int = 6,
    rehandle_months: int = 1,
    assist_months: int = 1,
    handback_workdays: int = 10,
    feedback_workdays: int = 15,
    opinion_days: int = 15,
    postponed: bool = True,
    source: str = "",
) -> str:
    """Set the deadlines from a day on; what was assigned earlier keeps its own."""
    numbers = {
        "reply_months": reply_months,
        "long_reply_months": long_reply_months,
        "rehandle_months": rehandle_months,
        "assist_months": assist_months,
        "handback_workdays": handback_workdays,
        "feedback_workdays": feedback_workdays,
        "opinion_days": opinion_days,
    }
    for name, number in numbers.items():
        if number < 1:
            raise FieldError(name, "期限至少为1。")
    rule = DeadlineRule(valid_from=valid_from, postponed=postponed, source=source, **numbers)
    tx.session.add(rule)
    return rule.id


@operation(Right.SETUP, "修改答复类别")
def set_answer_classes(
    tx: Tx, *, valid_from: date, classes: tuple[AnswerClassRow, ...], source: str = ""
) -> None:
    """Set the classes of answers from a day on; earlier answers keep theirs.

    A second set from the same day corrects the first, and takes its place.
    """
    for earlier in tx.session.scalars(
        select(AnswerClass).where(AnswerClass.valid_from == valid_from)
    ):
        tx.session.delete(earlier)
    for row in classes:
        tx.session.add(
            AnswerClass(
                valid_from=valid_from,
                code=row.code,
                meaning=row.meaning,
                promises=row.promises,
                source=source,
            )
        )
