"""Running any operation or query by its name, with arguments from JSON."""

import importlib
import inspect
import json
import pkgutil
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import cattrs
from cattrs.errors import BaseValidationError
from sqlalchemy import Row

import deputydesk.operations
from deputydesk.errors import FieldError, UserError
from deputydesk.journal import history, undo
from deputydesk.office import Office, Operation
from deputydesk.operations import checks, removal
from deputydesk.operations.inner import is_inner
from deputydesk.rules.choices import Choice
from deputydesk.rules.quarters import Quarter
from deputydesk.rules.record_ids import RecordIds
from deputydesk.rules.satisfaction import Scale

Json = Any  # what JSON can hold
Query = Callable[..., Any]  # a query's own arguments and rows


def _modules() -> list[types.ModuleType]:
    names = [m.name for m in pkgutil.iter_modules(deputydesk.operations.__path__)]
    return [importlib.import_module(f"deputydesk.operations.{name}") for name in names]


def operations() -> dict[str, Operation[..., Any]]:
    """Every operation by its module and name there, such as visits.register."""
    found: dict[str, Operation[..., Any]] = {}
    for module in _modules():
        stem = module.__name__.rpartition(".")[2]
        for name, value in vars(module).items():
            if isinstance(value, Operation) and not name.startswith("_"):
                op = typing.cast("Operation[..., Any]", value)
                if op.run.__module__ in (module.__name__, removal.__name__):
                    found[f"{stem}.{name}"] = op
    return dict(sorted(found.items()))


def offered() -> dict[str, Operation[..., Any]]:
    """The operations that may be done by their name: without those of signing in."""
    return {name: op for name, op in operations().items() if not is_inner(op)}


def queries() -> dict[str, Query]:
    """Every query that may be asked, by its name: functions whose first argument is the session.

    What gives the office's keys, or what a password opens, is for the program alone.
    """
    found: dict[str, Query] = {"undo.actions": undo.actions}
    for module in (*_modules(), history):
        stem = module.__name__.rpartition(".")[2]
        for name, value in vars(module).items():
            if (
                module is not checks
                and inspect.isfunction(value)
                and f"{value.__module__}.".startswith(f"{module.__name__}.")
                and not name.startswith("_")
                and not is_inner(value)
                and next(iter(inspect.signature(value).parameters), "") == "session"
            ):
                found[f"{stem}.{name}"] = value
    return found


def do(office: Office, name: str, text: str) -> Json:
    """Run an operation with arguments from JSON; returns plain data."""
    op = named(name)
    return plain(office.do(op, **arguments(op.run, text)))


def named(name: str) -> Operation[..., Any]:
    """The operation that may be done by this name.

    Raises:
        UserError: there is none.
    """
    known = offered()
    known = {op.name: op for op in known.values()} | known
    if name not in known:
        raise UserError(f"没有“{name}”这个操作。", hint="用 operations 命令查看全部操作。")
    return known[name]


def ask(office: Office, name: str, text: str) -> Json:
    """Run a query with arguments from JSON; returns plain data."""
    known = queries()
    if name not in known:
        near = "、".join(sorted(known))
        raise UserError(f"没有“{name}”这个查询。", hint=f"可用的查询：{near}。")
    given = {"today": office.clock().date().isoformat()}
    return plain(office.ask(known[name], **arguments(known[name], text, given)))


def parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """The arguments of an operation or query, without the transaction or session."""
    named = dict(inspect.signature(function).parameters)
    named.pop(next(iter(named)))
    return named


def arguments(
    function: Callable[..., Any], text: str, usual: Mapping[str, Json] | None = None
) -> dict[str, Any]:
    """Arguments for a function from a JSON object, turned into the types it declares.

    Args:
        function: what will be called.
        text: the JSON object.
        usual: what stands for arguments that the object does not name.

    Raises:
        FieldError: an argument is unknown, missing, or of another kind; named.
    """
    known = parameters(function)
    given = {k: v for k, v in (usual or {}).items() if k in known} | dict(_object(text))
    hints = typing.get_type_hints(function)
    for name in given:
        if name not in known:
            raise FieldError(name, f"没有“{name}”这个参数。", hint=f"可用：{'、'.join(known)}。")
    for name, parameter in known.items():
        if name not in given and parameter.default is inspect.Parameter.empty:
            raise FieldError(name, f"缺少参数“{name}”。")
    return {name: _structured(name, value, hints[name]) for name, value in given.items()}


def _object(text: str) -> Mapping[str, Json]:
    try:
        given = json.loads(text or "{}")
    except ValueError as error:
        raise UserError(
            "参数不是有效的 JSON。", hint='应为一个对象，如 {"year": 2026}。'
        ) from error
    if not isinstance(given, dict):
        raise UserError("参数应为一个 JSON 对象。", hint='如 {"year": 2026}。')
    return typing.cast("dict[str, Json]", given)


def _structured(name: str, value: Json, kind: Any) -> Any:  # Any: the declared type and its value
    try:
        return _converter.structure(value, kind)
    except (ValueError, TypeError, KeyError, AttributeError, BaseValidationError) as error:
        raise FieldError(
            name, f"参数“{name}”的值不对：{json.dumps(value, ensure_ascii=False)}。"
        ) from error


def plain(value: object) -> Json:
    """Rows, dates and choices as JSON can hold them."""
    return _converter.unstructure(value)


def _number_of(number: Decimal | Fraction) -> int | float:
    """A number as JSON has them; points, halves as a rule, stay exact."""
    return int(number) if number == int(number) else float(number)


def _date(value: Json, _kind: type[date]) -> date:
    return date.fromisoformat(str(value))


def _make_converter() -> cattrs.Converter:
    converter = cattrs.Converter(
        forbid_extra_keys=True, unstruct_collection_overrides={frozenset: sorted, set: sorted}
    )
    converter.register_structure_hook(date, _date)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook(Decimal, _number_of)
    converter.register_unstructure_hook(Fraction, _number_of)
    converter.register_unstructure_hook(Row, _cells)
    converter.register_unstructure_hook(Path, str)
    converter.register_unstructure_hook(RecordIds, list)
    converter.register_unstructure_hook_func(_is_choice, _value)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _number)
    converter.register_structure_hook(bool, _flag)
    converter.register_structure_hook(Scale, _scale)
    converter.register_structure_hook(Quarter, _quarter)
    return converter


def _is_choice(kind: object) -> bool:
    return inspect.isclass(kind) and issubclass(kind, Choice)


def _value(choice: Choice) -> str:
    return choice.value


def _text(value: Json, kind: type[str]) -> str:
    """A text, or a choice (which is a text too) by its value or its Chinese name."""
    if not isinstance(value, str):
        raise TypeError(value)
    return kind.from_label(value) if issubclass(kind, Choice) else value


def _number(value: Json, _kind: type[int]) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _flag(value: Json, _kind: type[bool]) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _cells(row: Sequence[object]) -> Json:
    return [plain(cell) for cell in row]


def _quarter(value: Json, _kind: type[Quarter]) -> Quarter:
    """A quarter as {"year": 2026, "number": 2}, or as [2026, 2]."""
    named: Json = isinstance(value, dict)
    found = Quarter(**value) if named else Quarter(*value)
    if not 1 <= _number(found.number, int) <= 4:
        raise ValueError(value)
    return found


def _scale(value: Json, _kind: type[Scale]) -> Scale:
    return Scale.from_dict(value)


_converter = _make_converter()
