"""Paper: the pages of a PDF through a printer, at their true size."""

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from deputydesk.errors import UserError
from deputydesk.progress import SILENT, Progress
from deputydesk.ui.pdf_pages import POINTS, PdfPages

FINEST = 300
"""Pictures finer than this only fill the print queue."""


def print_pages(pages: PdfPages, printer: QPrinter, progress: Progress = SILENT) -> int:
    """Print the pages that the printer was told to; returns how many.

    Runs in a task: a printer is no widget and may be painted on by another thread.

    Raises:
        UserError: the printer cannot be used.
        Cancelled: the user stopped; what the printer has already taken comes out.
    """
    wanted = _wanted(pages, printer)
    printer.setFullPage(True)
    _set_paper(printer, pages.size(wanted[0]))
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(
            f"打印机“{printer.printerName()}”现在不能用。", hint="请检查它是否已连接、有纸。"
        )
    try:
        for done, number in enumerate(wanted):
            progress.step(done, len(wanted), f"正在打印第{number + 1}页")
            if done:
                _set_paper(printer, pages.size(number))
                printer.newPage()
            _paint(painter, printer, pages, number)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(wanted)


def _wanted(pages: PdfPages, printer: QPrinter) -> list[int]:
    """Page numbers from 0, in the order they leave the printer."""
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    numbers = list(range(max(first, 1) - 1, min(last, len(pages))))
    if not numbers:
        raise UserError(f"没有第{first}页。", hint=f"这份文件共{len(pages)}页。")
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    return numbers


def _set_paper(printer: QPrinter, size: QSizeF) -> None:
    """Ask for paper of the page's own size, lying if the page is wide."""
    wide = size.width() > size.height()
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    lying = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(paper, lying, QMarginsF()))


def _paint(painter: QPainter, printer: QPrinter, pages: PdfPages, number: int) -> None:
    """One inch of the page becomes one inch of paper, from the paper's own corner."""
    dots = printer.resolution()
    size = pages.size(number) * (dots / POINTS)
    picture: QImage = pages.image(number, min(dots, FINEST))
    painter.drawImage(QRectF(0, 0, size.width(), size.height()), picture)
