"""The rules and lists of the place: which holds on a day, its history, and adopting a new one.

Other nouns ask `current(session, kind, day)` and read `.rule`. An edit is a new version from a
day on; what was decided under an earlier one is never touched.
"""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.late import dataclass
from deputydesk.models import AnswerClass, Preset
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled
from deputydesk.operations.rule_tables import TABLES
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.local_rules import Rule, RuleRow, checked, kind_of, kinds, shipped

OWN = "本单位自定"
"""The source of a rule for which none was given."""


@dataclass(frozen=True)
class RuleKindRow:
    """A kind of rule with the version in force, and how many the office has adopted."""

    id: str
    title: str
    about: str
    current: RuleRow
    versions: int


def rows(session: Session, day: date) -> list[RuleKindRow]:
    """Every kind of rule with the version in force on a day."""
    return [
        RuleKindRow(
            kind.kind,
            kind.title,
            kind.about,
            current(session, kind.kind, day),
            len(history(session, kind.kind)),
        )
        for kind in kinds()
    ]


def current(session: Session, kind: str, day: date) -> RuleRow:
    """The version in force on a day: the office's newest by then, else the one shipped."""
    return on_days(session, kind, (day,))[day]


def on_days(session: Session, kind: str, days: Collection[date]) -> dict[date, RuleRow]:
    """The versions in force on several days, read once."""
    versions = history(session, kind)
    first = shipped(kind)[0]
    return {day: next((row for row in versions if row.valid_from <= day), first) for day in days}


def history(session: Session, kind: str) -> list[RuleRow]:
    """The versions that the office has adopted, the newest first."""
    if kind in TABLES:
        return TABLES[kind].history(session)
    found = session.scalars(
        select(Preset)
        .where(Preset.kind == kind)
        .order_by(Preset.valid_from.desc(), Preset.id.desc())
    )
    return [RuleRow(p.id, p.kind, p.name, p.valid_from, p.rule, p.source) for p in found]


@operation(Right.SETUP, "采用本地规则")
def adopt(tx: Tx, *, kind: str, name: str, valid_from: date, rule: Rule, source: str = "") -> str:
    """Let a version of a rule hold from a day on; earlier days keep theirs."""
    name, source = filled("name", name, "名称"), source.strip() or OWN
    kept = checked(kind, rule)
    if kind in TABLES:
        made = TABLES[kind].adopt(tx, name, valid_from, kept, source)
    else:
        preset = Preset(kind=kind, name=name, valid_from=valid_from, rule=kept, source=source)
        tx.session.add(preset)
        made = preset.id
    tx.about = f"{kind_of(kind).title} {name}，自{chinese(valid_from)}起"
    return made


@operation(Right.SETUP, "撤下本地规则")
def withdraw(tx: Tx, *, kind: str, rule_id: str) -> None:
    """Take back a version that does not hold yet; one that has held stays."""
    row = next((row for row in history(tx.session, kind) if row.id == rule_id), None)
    if row is None:
        raise UserError("找不到这一版，可能已被撤下。", hint="请刷新后再试。")
    if row.valid_from <= tx.today:
        raise UserError(
            f"“{row.name}”自{chinese(row.valid_from)}起已经在用，不能撤下。",
            hint="要改的，请另立新的一版。",
        )
    model = TABLES[kind].model if kind in TABLES else Preset
    parts = select(model).where(model.valid_from == row.valid_from)
    if model is not AnswerClass:  # one version of the classes is several records
        parts = parts.where(model.id == rule_id)
    for record in tx.session.scalars(parts):
        tx.session.delete(record)
    tx.about = f"{kind_of(kind).title} {row.name}"


def notes(row: RuleRow) -> Mapping[str, str]:
    """By field: the article of the shipped version of this name, where the value is still its."""
    same = next((one for one in shipped(row.kind) if one.name == row.name), None)
    if same is None:
        return {}
    return {
        name: note for name, note in same.notes.items() if row.rule.get(name) == same.rule[name]
    }
