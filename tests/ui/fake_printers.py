"""Printers that are not there: what they print lands in PDF files."""

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from deputydesk.errors import UserError
from deputydesk.ui import printers
from deputydesk.ui.dialogs.print_setup import PrintSetup
from deputydesk.ui.printers import PrinterFacts

LASER = "柯尼卡 C3350"
DOTS = 150


def to_file(path: Path, dots: int = DOTS) -> QPrinter:
    """A printer of Qt's whose paper is a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(dots)
    return printer


class FakePrinters:
    """The printers of the PC; all print into one file."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.facts = [PrinterFacts(LASER, is_usual=True), PrinterFacts("针式", can_duplex=False)]
        self.opened: list[QPrinter] = []

    def found(self) -> list[PrinterFacts]:
        return self.facts

    def open_printer(self, name: str) -> QPrinter:
        real = next((facts for facts in self.facts if facts.name == name), None)
        if real is None or real.is_stopped:
            raise UserError(f"打印机“{name}”现在不能用，没有打印。")
        self.opened.append(to_file(self.out))
        return self.opened[-1]


@pytest.fixture
def fake_printers(tmp_path, monkeypatch) -> FakePrinters:
    """Two printers that can be used."""
    made = FakePrinters(tmp_path / "paper.pdf")
    monkeypatch.setattr(printers, "found", made.found)
    monkeypatch.setattr(printers, "open_printer", made.open_printer)
    return made


def ink(image) -> tuple[int, ...]:
    """Where the ink begins and ends: left, top, right, bottom, in dots."""
    dark = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y).lightness() < 128
    ]
    across, down = [x for x, _ in dark], [y for _, y in dark]
    return min(across), min(down), max(across), max(down)


def setups(panel) -> list[PrintSetup]:
    """The open questions of how to print."""
    return [d for d in panel.window().findChildren(PrintSetup) if d.isVisible()]
