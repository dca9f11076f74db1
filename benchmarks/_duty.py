"""One way to make all duty reports in one PDF, in a process of its own.

Arguments: the way (of `WAYS`); the folder that `_duty_material` filled; when it was begun. What it
makes is put there under the way's name. Two costs are told: of the whole process, and of the work
alone, when all that the way needs is loaded, as in a program that is running.
"""

import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks._here import peak, say, tell

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FACES = ("BiaoSong", "Song", "Hei", "Kai", "Sym")
TITLE = "人大代表履职报告"
"""With which each report begins."""


def main() -> None:
    """Work, and tell what it took."""
    way, folder, began = sys.argv[1:]
    WAYS[way](Path(folder))
    if _loaded:
        wall, cpu = time.perf_counter() - _loaded[0], time.process_time() - _loaded[1]
        of_others, their_peak = _others()
        say(f"{way}:work", wall, cpu + of_others, max(peak(), their_peak))
    tell(way, float(began))


def _others() -> tuple[float, float]:
    """CPU seconds and MB at the peak of programs that were called."""
    if sys.platform == "win32":
        return 0.0, 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


_loaded: list[float] = []


def _mark() -> None:
    """What the way needs is loaded; the work begins."""
    _loaded[:] = [time.perf_counter(), time.process_time()]


def _floor(folder: Path) -> None:
    """Nothing but the same lines, written with the same typefaces."""
    import marshal

    import_module("reportlab.pdfgen.canvas")

    _mark()
    fonts = _floor_fonts()
    _lines_into(folder / "floor.pdf", marshal.loads((folder / "lines").read_bytes()), fonts)


def _floor_each(folder: Path) -> None:
    """The same as a file for each deputy."""
    import marshal

    import_module("reportlab.pdfgen.canvas")

    _mark()
    fonts, to = _floor_fonts(), _emptied(folder / "floor_each")
    reports: list[list[Any]] = []  # Any: a page's lines
    for page in marshal.loads((folder / "lines").read_bytes()):
        if any(line[2] == TITLE for line in page) or not reports:
            reports.append([])
        reports[-1].append(page)
    for number, pages in enumerate(reports):
        _lines_into(to / f"{number}.pdf", pages, fonts)


def _floor_fonts() -> dict[str, Any]:  # Any: reportlab brings no types
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0
    fonts: dict[str, Any] = {}  # Any: as above
    for face in FACES:
        fonts[face] = TTFont(face, str(FONTS / f"{face}.ttf"), asciiReadable=0, shapable=False)
        pdfmetrics.registerFont(fonts[face])
    return fonts


def _lines_into(to: Path, pages: Any, fonts: dict[str, Any]) -> None:  # Any: as above
    from reportlab.pdfgen.canvas import Canvas

    first: Any = "Song"  # Any: as above
    canvas = Canvas(str(to), pageCompression=1, initialFontName=first)
    document: Any = vars(canvas)["_doc"]  # Any: as above
    glyphs: dict[tuple[str, str, float], str] = {}
    for page in pages:
        written: list[str] = []
        for x, y, text, face, size, spacing in page:
            key = (text, face, size)
            if key not in glyphs:
                font = fonts[face]
                glyphs[key] = " ".join(
                    f"{font.getSubsetInternalName(part, document)} {size:g} Tf <{codes.hex()}> Tj"
                    for part, codes in font.splitString(text, document)
                )
            written.append(f"BT {x:.2f} {y:.2f} Td {spacing:.3f} Tc {glyphs[key]} ET")
        canvas.addLiteral("\n".join(written))
        canvas.showPage()
    canvas.save()


def _emptied(folder: Path) -> Path:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _each(folder: Path) -> None:
    """The program's drawing, as a file for each deputy."""
    import pickle

    import_module("deputydesk.reports.canvas")
    from deputydesk.reports import FORMS, duty_report
    from deputydesk.reports.folders import Files, filling

    reports, office, printed_on = pickle.loads((folder / "reports.pickle").read_bytes())
    _mark()
    files, named = Files(), FORMS["duty_report"].each
    assert named, "reports of people"
    with filling(_emptied(folder / "each")) as place:
        for report in reports:
            to = place / files.name(named(report))
            duty_report.write([report], to, office=office, printed_on=printed_on)


def _print_each(folder: Path) -> None:
    """The program's whole work: reading, and a file for each deputy."""
    from deputydesk.reports import batches

    office = _opened(folder)
    _mark()
    batches.write_each(office, "duty_report", _emptied(folder / "print_each"))
    office.close()


def _quarter(folder: Path) -> None:
    """All forms that are due in the demo office's last quarter, in one file."""
    from deputydesk.reports import pack
    from deputydesk.reports.form import Due

    office = _opened(folder)
    _mark()
    period = pack.Period.of(Due.QUARTER, office.clock().date())
    pack.write(office, period, folder / "quarter.pdf")
    office.close()


def _opened(folder: Path) -> Any:  # Any: imported where it is measured
    from datetime import datetime

    from deputydesk.exchange.demo_day import clock_for
    from deputydesk.office import Office, User

    clock = clock_for(folder, datetime.now)
    return Office.open(folder / "office.db", clock=clock, user=User("操作员"))


def _draw(folder: Path) -> None:
    """The program's drawing; the records have been read before."""
    import pickle

    import_module("deputydesk.reports.canvas")
    from deputydesk.reports import duty_report

    reports, office, printed_on = pickle.loads((folder / "reports.pickle").read_bytes())
    _mark()
    duty_report.write(reports, folder / "draw.pdf", office=office, printed_on=printed_on)


def _print(folder: Path) -> None:
    """The program's whole work, from the data file to the PDF."""
    from deputydesk.reports import printing

    office = _opened(folder)
    _mark()
    printing.write(office, "duty_report", folder / "print.pdf")
    office.close()


def _typst(folder: Path) -> None:
    """The same content set by typst, from a file of the same reports."""
    import typst

    _mark()
    typst.compile(
        folder / "reports.typ",
        output=folder / "typst.pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_tags=False,
    )


def _typst_each(folder: Path) -> None:
    """The same by typst, as a file for each deputy."""
    import json

    import typst

    _mark()
    to = _emptied(folder / "typst_each")
    compiler = typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True, root=folder)
    one = folder / "one"
    one.mkdir(exist_ok=True)
    (one / "reports.typ").write_bytes((folder / "reports.typ").read_bytes())
    for number, told in enumerate(json.loads((folder / "reports.json").read_text("utf-8"))):
        (one / "reports.json").write_text(json.dumps([told]), encoding="utf-8")
        compiler.compile(input=one / "reports.typ", output=to / f"{number}.pdf", pdf_tags=False)


def _libreoffice(folder: Path) -> None:
    """A mail merge as offices do it: Word files of the same content, made into PDFs.

    In one go: more than two hundred files at once it leaves some out and says nothing.
    """
    import subprocess

    to = _emptied(folder / "libreoffice")
    files = sorted((folder / "word").glob("*.docx"))
    home = f"-env:UserInstallation=file://{folder}/lo"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(to)]
    _mark()
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True)
    if len(list(to.iterdir())) != len(files):
        raise SystemExit("LibreOffice left files out")


WAYS = {
    "floor": _floor,
    "draw": _draw,
    "print": _print,
    "typst": _typst,
    "floor_each": _floor_each,
    "each": _each,
    "print_each": _print_each,
    "typst_each": _typst_each,
    "libreoffice": _libreoffice,
    "quarter": _quarter,
}
