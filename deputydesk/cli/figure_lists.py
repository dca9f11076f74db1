"""The figures of the catalogue, their parts and their rows, for the command line."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from deputydesk.cli.output import Output
from deputydesk.office import Office
from deputydesk.operations import figures
from deputydesk.operations.figures import Dimension, Figure, FigurePart, FigureRow, Side

FEN = 100
"""分 in a 元: the tables keep 分, the command line says 元 like the unit beside it."""


ARGUMENTS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (("--from",), {"dest": "first", "default": "", "help": "起始日期"}),
    (("--to",), {"dest": "last", "default": "", "help": "截止日期"}),
    (
        ("--by",),
        {"default": "", "choices": [d.value for d in Dimension], "help": "按什么分开统计"},
    ),
    (("--rows",), {"default": "", "metavar": "ID", "help": "列出这个数字的每一条记录"}),
    (("--key",), {"default": None, "help": "只列这一部分，与 --by、--rows 同用"}),
    (
        ("--side",),
        {
            "default": Side.COUNTED.value,
            "choices": [s.value for s in Side],
            "help": "比率：分子、分母或其余",
        },
    ),
)


def show(
    office: Office, args: argparse.Namespace, out: Output, first: date | None, last: date | None
) -> None:
    """Say all figures, their parts by a dimension, or the rows of one.

    Raises:
        UserError: there is no such figure, or it cannot be split so.
    """
    by = Dimension.stored(args.by) if args.by else None
    if args.rows and (by is None or args.key is not None):
        found = office.ask(
            figures.rows_of,
            args.rows,
            first=first,
            last=last,
            side=Side.stored(args.side),
            by=by,
            key=args.key or "",
        )
        is_money = figures.measure(args.rows).unit is figures.Unit.MONEY
        out.show([_row(row, is_money=is_money) for row in found], *_lines(found))
    elif by:
        ids = (args.rows,) if args.rows else _splittable(by)
        split = {
            ident: office.ask(figures.compare, ident, by=by, first=first, last=last)
            for ident in ids
        }
        data = {ident: [_part(part) for part in parts] for ident, parts in split.items()}
        out.show(data, *_parts(split))
    else:
        listed = office.ask(figures.figures, first=first, last=last)
        out.show([_figure(f) for f in listed], *(f"{f.name}　{f.text}" for f in listed))


def _splittable(by: Dimension) -> list[str]:
    return [ident for ident in figures.CATALOGUE if by in figures.dimensions(ident)]


def _figure(figure: Figure) -> dict[str, Any]:  # Any: JSON
    told = asdict(figure)
    for name in ("value", "numerator", "denominator"):
        told[name] = _yuan(told[name]) if figure.is_money else told[name]
    return told


def _yuan(fen: int | None) -> float | int | None:
    if fen is None:
        return None
    return fen / FEN if fen % FEN else fen // FEN


def _part(part: FigurePart) -> dict[str, Any]:  # Any: JSON
    told = _figure(part.figure)
    kept = ("value", "numerator", "denominator")
    return {"key": part.key, "name": part.name} | {name: told[name] for name in kept}


def _row(row: FigureRow, *, is_money: bool) -> dict[str, Any]:  # Any: JSON
    return asdict(row) | ({"weight": _yuan(row.weight)} if is_money else {})


def _lines(rows: list[FigureRow]) -> list[str]:
    return [f"{row.day or ''}　{row.title}　{row.detail}" for row in rows] or ["没有记录。"]


def _parts(split: dict[str, list[FigurePart]]) -> list[str]:
    lines: list[str] = []
    for ident, parts in split.items():
        lines.append(figures.measure(ident).name)
        lines += [f"　{part.name}　{part.figure.text}" for part in parts]
    return lines or ["没有可以这样分的统计数字。"]
