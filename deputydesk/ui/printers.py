"""The printers of this PC: which there are, what they can do, and whether one can be used now."""

from dataclasses import dataclass

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from deputydesk.errors import UserError


@dataclass(frozen=True)
class PrinterFacts:
    """What one printer says of itself."""

    name: str
    is_usual: bool = False
    can_duplex: bool = True
    can_colour: bool = True
    is_stopped: bool = False

    @property
    def text(self) -> str:
        """Its name in the list, with what is wrong with it."""
        return f"{self.name}（现在不能用）" if self.is_stopped else self.name


def found() -> list[PrinterFacts]:
    """The printers that the system knows, the usual one first."""
    names = QPrinterInfo.availablePrinterNames()
    usual = QPrinterInfo.defaultPrinterName()
    return [_facts(name, usual) for name in sorted(names, key=lambda name: name != usual)]


def open_printer(name: str) -> QPrinter:
    """A printer ready to be printed on.

    Raises:
        UserError: it is gone, or says that it cannot print now.
    """
    known = next((facts for facts in found() if facts.name == name), None)
    if known is None:
        raise UserError(
            f"打印机“{name}”不在这台电脑上了，没有打印。",
            hint="请接好打印机，或换一台；也可以先另存为 PDF。",
        )
    if known.is_stopped:
        raise UserError(
            f"打印机“{name}”现在不能用，没有打印。",
            hint="请看它是否通电、联机、有纸，打印队列是否被暂停，再试一次。",
        )
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    if not printer.isValid():
        raise UserError(f"打印机“{name}”打不开，没有打印。", hint="请在系统里打印测试页看看。")
    return printer


def _facts(name: str, usual: str) -> PrinterFacts:
    info = QPrinterInfo.printerInfo(name)
    stopped = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)
    sides, colours = info.supportedDuplexModes(), info.supportedColorModes()
    return PrinterFacts(
        name,
        is_usual=name == usual,
        can_duplex=not sides or any(mode != QPrinter.DuplexMode.DuplexNone for mode in sides),
        can_colour=not colours or QPrinter.ColorMode.Color in colours,
        is_stopped=info.state() in stopped,
    )
