"""Paper: the pages of a PDF through a printer, a millimetre as a millimetre unless asked not to."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from deputydesk.errors import UserError
from deputydesk.progress import SILENT, Progress
from deputydesk.ui.pdf_pages import POINTS, PdfPages

FINEST = 300
"""Pictures finer than this only fill the print queue."""
FINEST_GREY = 600
FEW = 24
"""Up to so many grey pages are drawn as fine as the printer is; more would take gigabytes."""
A4 = QSizeF(595.276, 841.890)
EDGE = 4.5 / 25.4 * POINTS
"""What most printers leave white at each edge."""

_SIDES = {
    "one": QPrinter.DuplexMode.DuplexNone,
    "long": QPrinter.DuplexMode.DuplexLongSide,
    "short": QPrinter.DuplexMode.DuplexShortSide,
}


@dataclass(frozen=True)
class PrintJob:
    """What is to be printed, and how.

    Args:
        pages: counted from 1, in the order in which they leave the printer; all if none.
        copies: how many; each is whole before the next begins.
        sides: "one", "long" or "short" side turned.
        is_fitted: shrink what is larger than A4 to A4; else everything has its true size.
        is_grey: without colour.
        moved: how many mm everything moves to the right and down: paper with a head printed on
            it before may lie so in this printer.
    """

    pages: tuple[int, ...] = ()
    copies: int = 1
    sides: str = "one"
    is_fitted: bool = False
    is_grey: bool = False
    moved: tuple[float, float] = (0.0, 0.0)


def print_pages(
    pages: PdfPages, printer: QPrinter, job: PrintJob, progress: Progress = SILENT
) -> int:
    """Print; returns how many pages a copy has.

    Runs in a task: a printer is no widget and may be painted on by another thread.

    Raises:
        UserError: the printer cannot be used.
        Cancelled: the user stopped; what the printer has already taken comes out.
    """
    wanted = [n - 1 for n in job.pages] or list(range(len(pages)))
    sheets = _set_up(printer, job, wanted)
    _set_paper(printer, _paper(pages.size(wanted[0]), job))
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(
            f"打印机“{printer.printerName()}”现在不能用。", hint="请检查它是否已连接、有纸。"
        )
    try:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # no shadows round text
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for done, number in enumerate(sheets):
            said = "" if number is None else f"正在打印第{number + 1}页"
            progress.step(done, len(sheets), said)
            if done:
                if number is not None:
                    _set_paper(printer, _paper(pages.size(number), job))
                printer.newPage()
            if number is not None:
                _paint(painter, printer, pages, number, job, _fineness(printer, job, len(sheets)))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(wanted)


def _set_up(printer: QPrinter, job: PrintJob, wanted: Sequence[int]) -> list[int | None]:
    """Tell the printer what it can do itself; returns the pages to draw, None for a blank back."""
    printer.setFullPage(True)
    printer.setDuplex(_SIDES[job.sides])
    colours = QPrinter.ColorMode
    printer.setColorMode(colours.GrayScale if job.is_grey else colours.Color)
    if printer.supportsMultipleCopies():
        printer.setCopyCount(job.copies)
        printer.setCollateCopies(True)
        return list(wanted)
    one: list[int | None] = list(wanted)
    if job.sides != "one" and len(one) % 2 and job.copies > 1:
        one.append(None)  # the next copy begins on a front side
    return one * job.copies


def _fineness(printer: QPrinter, job: PrintJob, count: int) -> int:
    finest = FINEST_GREY if job.is_grey and count <= FEW else FINEST
    return min(printer.resolution(), finest)


def _paper(size: QSizeF, job: PrintJob) -> QSizeF:
    """The paper that a page is printed on: its own, or A4 lying as the page does."""
    is_larger = max(size.width(), size.height()) > A4.height() + 1
    if not (job.is_fitted and is_larger):
        return size
    return A4.transposed() if size.width() > size.height() else A4


def _set_paper(printer: QPrinter, size: QSizeF) -> None:
    """Ask for paper of this size, lying if it is wide."""
    wide = size.width() > size.height()
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    lying = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(paper, lying, QMarginsF()))


def _paint(
    painter: QPainter, printer: QPrinter, pages: PdfPages, number: int, job: PrintJob, dpi: int
) -> None:
    """One inch of the page becomes one inch of paper, from the paper's own corner."""
    dots = printer.resolution()
    size = pages.size(number)
    right, down = (mm / 25.4 * POINTS for mm in job.moved)
    place = _placed(size, _paper(size, job)).translated(right, down)
    by = dots / POINTS
    scale = place.width() / size.width()
    picture = pages.image(number, dpi * scale, grey=job.is_grey)
    painter.drawImage(
        QRectF(place.x() * by, place.y() * by, place.width() * by, place.height() * by), picture
    )


def _placed(size: QSizeF, paper: QSizeF) -> QRectF:
    """Where a page stands on its paper, in points: all of it, or shrunk in the middle."""
    if size == paper:
        return QRectF(0, 0, size.width(), size.height())
    room = QSizeF(paper.width() - 2 * EDGE, paper.height() - 2 * EDGE)
    by = min(room.width() / size.width(), room.height() / size.height())
    wide, high = size.width() * by, size.height() * by
    return QRectF((paper.width() - wide) / 2, (paper.height() - high) / 2, wide, high)
