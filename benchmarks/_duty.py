"""One way to make all duty reports in one PDF, in a process of its own.

Arguments: the way (`floor`, `draw`, `print` or `typst`); the folder that `_duty_material` filled;
when it was begun. The PDF is put there under the way's name.
"""

import sys
from pathlib import Path
from typing import Any

from benchmarks._here import tell

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FACES = ("BiaoSong", "Song", "Hei", "Kai", "Sym")


def main() -> None:
    """Work, and tell what it took."""
    way, folder, began = sys.argv[1:]
    WAYS[way](Path(folder))
    tell(way, float(began))


def _floor(folder: Path) -> None:
    """Nothing but the same lines, written with the same typefaces."""
    import marshal

    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    fonts: dict[str, Any] = {}  # Any: reportlab brings no types
    for face in FACES:
        fonts[face] = TTFont(face, str(FONTS / f"{face}.ttf"), asciiReadable=0, shapable=False)
        pdfmetrics.registerFont(fonts[face])
    first: Any = "Song"  # Any: as above
    canvas = Canvas(str(folder / "floor.pdf"), pageCompression=1, initialFontName=first)
    document: Any = vars(canvas)["_doc"]  # Any: as above
    glyphs: dict[tuple[str, str, float], str] = {}
    for page in marshal.loads((folder / "lines").read_bytes()):
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


def _draw(folder: Path) -> None:
    """The program's drawing; the records have been read before."""
    import pickle

    from deputydesk.reports import duty_report

    reports, office, printed_on = pickle.loads((folder / "reports.pickle").read_bytes())
    duty_report.write(reports, folder / "draw.pdf", office=office, printed_on=printed_on)


def _print(folder: Path) -> None:
    """The program's whole work, from the data file to the PDF."""
    from datetime import datetime

    from deputydesk.exchange.demo_day import clock_for
    from deputydesk.office import Office, User
    from deputydesk.reports import printing

    clock = clock_for(folder, datetime.now)
    office = Office.open(folder / "office.db", clock=clock, user=User("操作员"))
    printing.write(office, "duty_report", folder / "print.pdf")
    office.close()


def _typst(folder: Path) -> None:
    """The same content set by typst, from a file of the same reports."""
    import typst

    typst.compile(
        folder / "reports.typ",
        output=folder / "typst.pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_tags=False,
    )


WAYS = {"floor": _floor, "draw": _draw, "print": _print, "typst": _typst}
