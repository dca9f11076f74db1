"""The printers of the PC: which there are, and whether one can be used before it is used."""

from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from deputydesk.errors import UserError
from deputydesk.ui import printers

DUPLEX, STATES = QPrinter.DuplexMode, QPrinter.PrinterState


class Told:
    """What the system says of one printer."""

    def __init__(self, state=STATES.Idle, sides=(), colours=()):
        self._state, self._sides, self._colours = state, list(sides), list(colours)

    def state(self):
        return self._state

    def supportedDuplexModes(self):  # noqa: N802 - Qt's name
        return self._sides

    def supportedColorModes(self):  # noqa: N802 - Qt's name
        return self._colours


@pytest.fixture
def system(monkeypatch):
    """The printers of the system, by name."""
    known = {
        "彩色": Told(sides=[DUPLEX.DuplexNone, DUPLEX.DuplexLongSide]),
        "黑白": Told(sides=[DUPLEX.DuplexNone], colours=[QPrinter.ColorMode.GrayScale]),
        "缺纸": Told(STATES.Error),
        "暂停": Told(STATES.Aborted),
    }
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: list(known))
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", lambda: "黑白")
    monkeypatch.setattr(QPrinterInfo, "printerInfo", known.get)
    return known


def test_the_usual_printer_stands_first_and_each_says_what_it_can(system):
    usual, colour, *stopped = printers.found()

    assert (usual.name, usual.is_usual) == ("黑白", True)
    assert (usual.can_duplex, usual.can_colour, usual.is_stopped) == (False, False, False)
    assert (colour.can_duplex, colour.can_colour, colour.is_stopped) == (True, True, False)
    assert [facts.text for facts in stopped] == ["缺纸（现在不能用）", "暂停（现在不能用）"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("没有了", "不在这台电脑上了"), ("缺纸", "现在不能用"), ("暂停", "现在不能用")],
)
def test_a_printer_that_is_gone_or_stopped_is_not_opened(name, sentence, system):
    with pytest.raises(UserError, match=sentence) as told:
        printers.open_printer(name)
    assert name in told.value.message
    assert told.value.hint


def test_a_printer_is_opened(system, monkeypatch):
    monkeypatch.setattr(printers, "QPrinter", _Opened)

    opened: Any = printers.open_printer("彩色")  # Any: not a real one
    assert opened.of is system["彩色"]


def test_a_printer_that_the_system_cannot_open_says_so(system, monkeypatch):
    monkeypatch.setattr(printers, "QPrinter", _Broken)

    with pytest.raises(UserError, match="“彩色”打不开"):
        printers.open_printer("彩色")


class _Opened:
    PrinterMode, DuplexMode, ColorMode = QPrinter.PrinterMode, DUPLEX, QPrinter.ColorMode
    PrinterState = STATES

    def __init__(self, of, _mode):
        self.of = of

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        return True


class _Broken(_Opened):
    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        return False
