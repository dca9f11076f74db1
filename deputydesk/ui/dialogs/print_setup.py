"""How a paper is printed: the printer, copies, pages, both sides, true size, colour."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from deputydesk.errors import FieldError, UserError
from deputydesk.rules import page_ranges
from deputydesk.ui import print_settings, printers
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.steps import fit
from deputydesk.ui.fields import CheckField, ChoiceField, Field, NumberField, TextField
from deputydesk.ui.form import Form, FormDialog
from deputydesk.ui.millimetre_field import MillimetreField
from deputydesk.ui.pdf_pages import PdfPages
from deputydesk.ui.pdf_print import PrintJob
from deputydesk.ui.print_settings import PrintSettings
from deputydesk.ui.printers import PrinterFacts

MOST_COPIES = 999
WIDTH = 560
SIDES = (("one", "单面"), ("long", "双面，沿长边翻（像书）"), ("short", "双面，沿短边翻（像挂历）"))
SCALES = (("actual", "实际大小（100%）"), ("a4", "大于 A4 的缩小到 A4"))
HINT = "实际大小：一毫米就是一毫米。"


@dataclass(frozen=True)
class Chosen:
    """A printer that can be used now, and what it is to do."""

    name: str
    printer: QPrinter
    job: PrintJob


class PrintSetup(FormDialog):
    """Asks how to print; nothing is printed before all of it is right."""

    chosen = Signal(object)
    """A `Chosen`."""
    test_wanted = Signal()
    """The user wants to see margins and scale of the printer first."""

    def __init__(
        self, parent: QWidget, desk: Desk, pages: PdfPages, name: str, form_id: str
    ) -> None:
        self._desk, self._pages, self._form_id = desk, pages, form_id
        self._known = _known()
        kept = print_settings.load(desk.folder, form_id)
        form = Form(desk, "", _fields(self._known, len(pages)))
        form.start(
            printer=kept.printer,
            copies=1,
            sides=kept.sides,
            scale=kept.scale,
            is_grey=kept.is_grey,
            right=kept.right,
            down=kept.down,
        )
        super().__init__(parent, f"打印：{name}", form, self._take, "打印")
        self.test = form.add_button("打印测试页", "file-text")
        self.test.clicked.connect(self._want_test)
        form.field("printer").edited.connect(self._say_what_it_cannot)
        form.field("printer").edited.connect(self._move_as_last)
        self._say_what_it_cannot()
        fit(self, WIDTH)

    def _want_test(self) -> None:
        self.test_wanted.emit()
        self.reject()

    def _move_as_last(self) -> None:
        """Each printer moves the paper by as much as was found for it."""
        printer = self.form.field("printer").value()
        moved = print_settings.moved(self._desk.folder, self._form_id, printer)
        for name, mm in zip(("right", "down"), moved, strict=True):
            self.form.field(name).set_value(mm)

    def _say_what_it_cannot(self) -> None:
        """Say at once what the printer in hand will not do."""
        facts = self._known[self.form.field("printer").value()]
        said = [] if facts.can_duplex else ["这台打印机不能自动双面打印。"]
        said += [] if facts.can_colour else ["这台打印机只印黑白。"]
        self.form.say("".join(said) or HINT)

    def _take(self, *, copies: int, pages: str, **kept: Any) -> None:  # Any: as `PrintSettings`
        settings = PrintSettings(**kept)
        if not 1 <= copies <= MOST_COPIES:
            raise FieldError("copies", f"份数在1和{MOST_COPIES}之间。")
        wanted = page_ranges.chosen(pages, len(self._pages))
        if settings.sides != "one" and not self._known[settings.printer].can_duplex:
            raise FieldError("sides", "这台打印机不能自动双面打印，请选单面。")
        opened = printers.open_printer(settings.printer)
        print_settings.save(self._desk.folder, self._form_id, settings)
        job = PrintJob(
            wanted,
            copies,
            settings.sides,
            is_fitted=settings.scale == "a4",
            is_grey=settings.is_grey,
            moved=(settings.right, settings.down),
        )
        self.chosen.emit(Chosen(settings.printer, opened, job))


def _known() -> dict[str, PrinterFacts]:
    found = printers.found()
    if not found:
        raise UserError(
            "这台电脑上没有安装打印机。",
            hint="请先在系统里添加打印机；也可以点“另存为”存成 PDF，拿到别处打印。",
        )
    return {facts.name: facts for facts in found}


def _fields(known: dict[str, PrinterFacts], count: int) -> tuple[Field, ...]:
    offered = [(facts.name, facts.text) for facts in known.values()]
    return (
        ChoiceField("printer", options=offered, label="打印机", wide=True),
        NumberField("copies", label="份数"),
        TextField("pages", label=f"页码（共{count}页，不填为全部）"),
        ChoiceField("sides", options=SIDES, label="单面、双面"),
        ChoiceField("scale", options=SCALES, label="大小"),
        CheckField("is_grey", label="黑白（灰度）打印", wide=True),
        MillimetreField("right", label="右移（毫米，左移写负数）"),
        MillimetreField("down", label="下移（毫米，上移写负数）"),
    )
