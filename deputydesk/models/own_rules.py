"""At an office that has others below it: what those settled for themselves is known, not gone by.

A district has the profiles, deadlines, classes of answers, schemes of points and local rules of
all its townships in its tables, since it keeps everything of theirs. It works by its own, and by
those it gave out to all (`common`).
"""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import or_
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from deputydesk.models.base import Record
from deputydesk.rules.office_codes import COMMON

OWN = "own_rules_of"
"""Under this name a session knows whose rules hold; absent where there are no others'."""


def rules() -> tuple[type[Record], ...]:
    """The kinds that every office settles for itself."""
    from deputydesk import models as m  # only where there are others' are they asked for by name

    rules = (m.DeadlineRule, m.AnswerClass, m.GradeScale, m.PointScheme, m.Preset)
    return (m.OfficeProfile, m.ExpenseRate, *rules)


def narrow(state: ORMExecuteState) -> None:
    """Let a query see only the rules that hold here."""
    code = state.session.info.get(OWN)
    if code and state.is_select:
        state.statement = state.statement.options(*_only(code))


@contextmanager
def all_shown(session: Session) -> Generator[None]:
    """Show others' rules too: what is in conflict may be theirs."""
    code = session.info.pop(OWN, None)
    try:
        yield
    finally:
        if code is not None:
            session.info[OWN] = code


@cache
def _only(code: str) -> tuple[LoaderCriteriaOption, ...]:
    return tuple(
        with_loader_criteria(
            model,
            or_(model.id.startswith(f"{code}-"), model.id.startswith(f"{COMMON}-")),
            include_aliases=True,
        )
        for model in rules()
    )
