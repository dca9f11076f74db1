"""Units called alike are one: every township of a district has a 区水利局 of its own."""

from collections.abc import Iterable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from deputydesk.models import Unit
from deputydesk.operations.figures.measures import Condition
from deputydesk.operations.figures.splits import Split


def first_ones(session: Session, split: Split) -> Mapping[str, str]:
    """For each unit the first that is called so, under which all are counted; else nothing."""
    if not _is_of_units(split):
        return {}
    firsts: dict[str, str] = {}
    units = session.execute(select(Unit.id, Unit.name).order_by(Unit.id))
    return {unit_id: firsts.setdefault(name, unit_id) for unit_id, name in units}


def gathered(session: Session, split: Split, keys: Iterable[str]) -> list[str]:
    """Parts of a dimension, those called alike once."""
    firsts = first_ones(session, split)
    return list(dict.fromkeys(firsts.get(key, key) for key in keys))


def has(split: Split, key: str) -> Condition:
    """The rows of one part of a dimension; of a unit, those of all that are called so."""
    same = split.key == (split.choice.stored(key) if split.choice else key)
    if not key:
        return or_(split.key.is_(None), same)
    if _is_of_units(split):
        called = select(Unit.name).where(Unit.id == key).scalar_subquery()
        return or_(same, split.key.in_(select(Unit.id).where(Unit.name == called)))
    return same


def _is_of_units(split: Split) -> bool:
    return split.table == Unit.__tablename__
