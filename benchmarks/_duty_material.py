"""Keeps in a folder what the ways to make duty reports need, from the demo office made there.

Argument: the folder. In it afterwards: the office, the reports as read from it (`reports.pickle`),
the same for typst (`reports.json`, `reports.typ`), and every line that their paper has (`lines`).
"""

import json
import marshal
import pickle
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

from typing_extensions import override

from deputydesk.exchange import demo
from deputydesk.progress import SILENT, Progress
from deputydesk.reports import FORMS, OfficeHead, canvas, duty_report, fonts, printing
from deputydesk.reports.duty_report import DutyReport
from deputydesk.reports.steps import Stamped, Step
from deputydesk.reports.wording import date_text, period_text, short_date

Line = tuple[float, float, str, str, float, float]
"""x and y in points, text, typeface, size, spacing."""
TYPST = Path(__file__).with_name("duty_reports.typ")


def main() -> None:
    """Make the office, print it once, and keep what passed."""
    folder = Path(sys.argv[1])
    pages: list[list[Line]] = [[]]

    class Recorder(canvas.PaperCanvas):
        """A canvas that keeps its lines."""

        @override
        def play(self, steps: Iterable[Step]) -> None:
            steps = list(steps)
            pages[-1].extend(_lines_of(steps))
            super().play(steps)

        @override
        def showPage(self) -> None:
            pages.append([])
            super().showPage()

    def keep(
        reports: Sequence[DutyReport],
        to: Path,
        *,
        office: OfficeHead,
        printed_on: date,
        progress: Progress = SILENT,
        duplex: bool = False,
    ) -> int:
        given = (list(reports), office, printed_on)
        (folder / "reports.pickle").write_bytes(pickle.dumps(given))
        told = [_for_typst(report, office, printed_on) for report in reports]
        (folder / "reports.json").write_text(json.dumps(told), encoding="utf-8")
        return duty_report.write(
            reports, to, office=office, printed_on=printed_on, progress=progress, duplex=duplex
        )

    form = replace(FORMS["duty_report"], write=keep)
    with (
        demo.created(folder / "office.db", datetime.now) as office,
        patch.object(canvas, "PaperCanvas", Recorder),
        patch.dict(FORMS, {form.id: form}),
    ):
        printing.write(office, form.id, folder / "whole.pdf")
    lines = [[_borne(line) for line in page] for page in pages if page]
    (folder / "lines").write_bytes(marshal.dumps(lines))
    shutil.copy(TYPST, folder / "reports.typ")


def _lines_of(steps: Iterable[Step], right: float = 0, up: float = 0) -> Iterator[Line]:
    """The lines that are drawn, those of stamps too."""
    for step in steps:
        if isinstance(step, tuple):
            yield (step[0] + right, step[1] + up, *step[2:])
        elif isinstance(step, Stamped):
            yield from _lines_of(step.stamp.steps, step.right, step.up)


def _borne(line: Line) -> Line:
    """The line in a typeface that has all its characters: the floor hands none on."""
    x, y, text, face, size, spacing = line
    faces = (face, "Song", "Kai", "Sym")
    return x, y, text, next(f for f in faces if _has(f, text)), size, spacing


def _has(face: str, text: str) -> bool:
    return all(ord(char) in fonts.typeface(face).characters for char in text)


def _for_typst(
    report: DutyReport, office: OfficeHead, printed_on: date
) -> dict[str, Any]:  # Any: JSON
    """The report with its dates in words."""
    return asdict(report) | {
        "period": period_text(report.start, report.end),
        "foot": f"{office.organ}　{date_text(printed_on)}打印　编号 {report.number}",
        "opinion": f"{office.handling_organ}审核意见：",
        "start": "",
        "end": "",
        "duties": [
            [part, [[short_date(d.day), d.kind, d.what] for d in members]]
            for part, members in groupby(report.duties, key=lambda d: d.part)
        ],
        "scores": [[s.quarter, s.points, s.rank, s.rules] for s in report.scores],
        "suggestions": [
            [s.number, s.heading, s.unit, s.status, s.satisfaction] for s in report.suggestions
        ],
    }
