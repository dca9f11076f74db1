"""The rules and lists of the place: which holds on a day, its history, and adopting a new one.

Other nouns ask `current(session, kind, day)` and read `.rule`. An edit is a new version from a
day on; what was decided under an earlier one is never touched.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Preset
from deputydesk.office import Right, Tx, operation
from deputydesk.operations.checks import filled
from deputydesk.rules.deadlines import chinese
from deputydesk.rules.local_rules import Rule, RuleRow, checked, kind_of, shipped

OWN = "本单位自定"
"""The source of a rule for which none was given."""


def current(session: Session, kind: str, day: date) -> RuleRow:
    """The version in force on a day: the office's newest by then, else the one shipped."""
    return next((row for row in history(session, kind) if row.valid_from <= day), shipped(kind)[0])


def history(session: Session, kind: str) -> list[RuleRow]:
    """The versions that the office has adopted, the newest first."""
    found = session.scalars(
        select(Preset)
        .where(Preset.kind == kind)
        .order_by(Preset.valid_from.desc(), Preset.id.desc())
    )
    return [RuleRow(p.id, p.kind, p.name, p.valid_from, p.rule, p.source) for p in found]


@operation(Right.SETUP, "采用本地规则")
def adopt(tx: Tx, *, kind: str, name: str, valid_from: date, rule: Rule, source: str = "") -> str:
    """Let a version of a rule hold from a day on; earlier days keep theirs."""
    preset = Preset(
        kind=kind,
        name=filled("name", name, "名称"),
        valid_from=valid_from,
        rule=checked(kind, rule),
        source=source.strip() or OWN,
    )
    tx.session.add(preset)
    tx.about = f"{kind_of(kind).title} {name}，自{chinese(valid_from)}起"
    return preset.id
