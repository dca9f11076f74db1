"""What the plan of the homes reminds of: announce, who comes these days, what was missed."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from deputydesk.models import RotaShift
from deputydesk.models.home_check import ShiftState
from deputydesk.operations import rotas
from deputydesk.operations.presets import calendar
from deputydesk.operations.rotas import ShiftRow
from deputydesk.operations.todo_item import Todo, due_todo
from deputydesk.rules.deadlines import Due
from deputydesk.rules.local_rules import Rule
from deputydesk.rules.rota import RestDay, refusal

WEEK = timedelta(days=7)
LOOKED_BACK = timedelta(days=31)
"""Missed days are reminded of for so long; the rest is in the list."""
ALONE = 2
"""So many homes of a day have a line each; more have one together."""

TABLE = RotaShift.__tablename__


def todos(session: Session, today: date) -> list[Todo]:
    """Planned days near today: to be announced, to come, missed."""
    rule = rotas.duty(session, today)
    near = today + timedelta(days=rule["remind_days"])
    soon = today + timedelta(days=rule["announce_days"]) + WEEK
    rows = rotas.rows(session, today, first=today - LOOKED_BACK, last=max(near, soon))
    missed = [r for r in rows if r.state == ShiftState.MISSED and not r.explained]
    unannounced = [r for r in rows if r.is_open and r.announced_on is None and r.planned_on <= soon]
    to_come = [r for r in rows if r.is_open and r.planned_on <= near]
    resting = [r for r in rows if r.is_open and _refusal(r, rule)]
    return [
        *_by_day(missed, _missed),
        *_by_day(resting, lambda r, what: _resting(r, what, rule)),
        *_by_day(unannounced, lambda r, what: _announce(r, what, today)),
        *_by_day(to_come, lambda r, what: _come(r, what, today)),
    ]


def _by_day(rows: Iterable[ShiftRow], line: Callable[[ShiftRow, str], Todo]) -> list[Todo]:
    found: list[Todo] = []
    for day, group in groupby(rows, key=lambda row: row.planned_on):
        shifts = list(group)
        said = f"{day.month}月{day.day}日"
        if len(shifts) > ALONE:
            found.append(line(shifts[0], f"{said}{len(shifts)}家代表之家"))
        else:
            found += [line(row, f"{said}{row.home}") for row in shifts]
    return found


def _missed(row: ShiftRow, what: str) -> Todo:
    text = f"{what}没有登记活动，请补登或写明原因"
    return Todo("未开展", Due.OVERDUE.value, text, TABLE, row.id, row.planned_on)


def _refusal(row: ShiftRow, rule: Rule) -> str:
    """Why the day should be moved: the holidays of the year became known after the plan."""
    return refusal(row.planned_on, calendar(), RestDay(rule["rest_day"]))


def _resting(row: ShiftRow, what: str, rule: Rule) -> Todo:
    text = f"改期：{what}，{_refusal(row, rule).rstrip('。')}"
    return Todo("休息日", Due.SOON.value, text, TABLE, row.id, row.planned_on)


def _announce(row: ShiftRow, what: str, today: date) -> Todo:
    return due_todo(f"公告接待日：{what}", row.announce_by, today, TABLE, row.id)


def _come(row: ShiftRow, what: str, today: date) -> Todo:
    who = f"（{'、'.join(row.deputies)}）" if row.deputies and row.home in what else ""
    return due_todo(f"代表进家：{what}{who}", row.planned_on, today, TABLE, row.id)
