"""Rules that are kept in tables of their own: deadlines, answer classes, grade scales.

They are read and adopted like every other local rule; their own readers are in `presets`.
"""

from collections.abc import Callable
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import AnswerClass, DeadlineRule, GradeScale
from deputydesk.office import Tx
from deputydesk.operations import presets
from deputydesk.operations.presets import AnswerClassRow
from deputydesk.rules.local_rules import Rule, RuleRow, kind_of
from deputydesk.rules.satisfaction import Scale

_MARK = "："
"""Between the name of a version and its source, where a table has one column for both."""


@dataclass(frozen=True)
class RuleTable:
    """How a kind of rule is read from its table and written into it."""

    model: type[DeadlineRule] | type[AnswerClass] | type[GradeScale]
    history: Callable[[Session], list[RuleRow]]
    adopt: Callable[[Tx, str, date, Rule, str], str]


def _deadlines(session: Session) -> list[RuleRow]:
    fields = [field.name for field in kind_of("deadlines").fields]
    found = session.scalars(
        select(DeadlineRule).order_by(DeadlineRule.valid_from.desc(), DeadlineRule.id.desc())
    )
    return [
        _row(r.id, "deadlines", r.valid_from, {name: getattr(r, name) for name in fields}, r.source)
        for r in found
    ]


def _set_deadlines(tx: Tx, name: str, valid_from: date, rule: Rule, source: str) -> str:
    return presets.set_deadlines(tx, valid_from=valid_from, source=f"{name}{_MARK}{source}", **rule)


def _classes(session: Session) -> list[RuleRow]:
    found = session.scalars(
        select(AnswerClass).order_by(AnswerClass.valid_from.desc(), AnswerClass.code)
    )
    versions = [list(group) for _, group in groupby(found, key=lambda row: row.valid_from)]
    return [
        _row(
            rows[0].id,
            "answer_classes",
            rows[0].valid_from,
            {
                "classes": [
                    {"code": r.code, "meaning": r.meaning, "promises": r.promises} for r in rows
                ]
            },
            rows[0].source,
        )
        for rows in versions
    ]


def _set_classes(tx: Tx, name: str, valid_from: date, rule: Rule, source: str) -> str:
    classes = tuple(AnswerClassRow(**row) for row in rule["classes"])
    presets.set_answer_classes(
        tx, valid_from=valid_from, classes=classes, source=f"{name}{_MARK}{source}"
    )
    tx.session.flush()
    return _classes(tx.session)[0].id if classes else ""


def _scales(session: Session) -> list[RuleRow]:
    found = session.scalars(
        select(GradeScale).order_by(GradeScale.valid_from.desc(), GradeScale.id.desc())
    )
    return [
        RuleRow(
            s.id,
            "grade_scales",
            s.name,
            s.valid_from,
            {"options": s.rule["options"], "rule": s.rule["rule"]},
            s.source,
        )
        for s in found
    ]


def _set_scale(tx: Tx, name: str, valid_from: date, rule: Rule, source: str) -> str:
    kept = dict(rule) | {"name": name, "source": source}
    try:
        Scale.from_dict(kept)
    except UserError as error:
        raise FieldError(
            "rule",
            "等次的规则自相矛盾：计入的选项要在票面上，代号不能重复，最后一行应占0%。",
        ) from error
    scale = GradeScale(name=name, valid_from=valid_from, rule=kept, source=source)
    tx.session.add(scale)
    return scale.id


def _row(record_id: str, kind: str, valid_from: date, rule: Rule, said: str) -> RuleRow:
    name, mark, source = said.partition(_MARK)
    if not mark:
        name, source = kind_of(kind).title, said
    return RuleRow(record_id, kind, name, valid_from, rule, source)


TABLES = {
    "deadlines": RuleTable(DeadlineRule, _deadlines, _set_deadlines),
    "answer_classes": RuleTable(AnswerClass, _classes, _set_classes),
    "grade_scales": RuleTable(GradeScale, _scales, _set_scale),
}
"""By kind; every other kind is kept as `Preset`."""
