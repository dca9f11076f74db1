"""The yearly report as it will read, each number a link to what it counts."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from deputydesk.operations.annual_figures import AnnexRow, Paragraph
from deputydesk.rules.slots import Segment, SlotValue
from deputydesk.ui import style
from deputydesk.ui.parts import button, label
from deputydesk.ui.style import Tone

_SCHEME = "figure:"
_ANNEX_HEAD = ("指标", "本期", "上期", "增减", "统计口径")
FIRST = "点正文里的数字，看它怎么统计、由哪些记录组成。"


class ReportPreview(QWidget):
    """Shows a report; a click on a number tells its definition and offers its rows."""

    asked = Signal(str)
    """The user wants the rows of this figure."""
    looked = Signal(str)
    """The user clicked on this figure."""

    def __init__(self) -> None:
        super().__init__()
        self.page = QTextBrowser()
        self.page.setTabChangesFocus(True)
        self.page.setAccessibleName("报告预览")
        self.page.setOpenLinks(False)
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.anchorClicked.connect(self._look)
        self._at = ""
        self._name, self._value = label("", "h2"), label("")
        self._definition = label(FIRST, "sub")
        self._definition.setWordWrap(True)
        self._value.setWordWrap(True)
        self.rows = button("查看记录", "list")
        self.rows.clicked.connect(self._ask)
        self._lay_out()
        self.tell(None)

    def show_report(self, paragraphs: Sequence[Paragraph], annex: Sequence[AnnexRow]) -> None:
        """Show these paragraphs, staying where the user had scrolled to."""
        bar = self.page.verticalScrollBar()
        at = bar.value()
        self.page.setHtml(_html(paragraphs, annex))
        bar.setValue(at)

    def tell(self, value: SlotValue | None, note: str = "") -> None:
        """Say how a figure is counted; nothing clears it."""
        self._at = value.id if value else ""
        self._name.setText(value.name if value else "")
        self._name.setVisible(value is not None)
        self._value.setText(f"{_counts(value)}{note}" if value else "")
        self._value.setVisible(value is not None)
        self._definition.setText(f"统计口径：{value.definition}" if value else FIRST)
        self.rows.setVisible(value is not None)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.page, 1)
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(style.px(14), style.px(8), style.px(12), style.px(8))
        said = QVBoxLayout()
        said.setSpacing(style.px(2))
        parts: tuple[QLabel, ...] = (self._name, self._value, self._definition)
        for part in parts:
            said.addWidget(part)
        row.addLayout(said, 1)
        row.addWidget(self.rows)
        outer.addWidget(foot)

    def _look(self, url: QUrl) -> None:
        name = url.toString().removeprefix(_SCHEME)
        self.looked.emit(name)

    def _ask(self) -> None:
        if self._at:
            self.asked.emit(self._at)


def _counts(value: SlotValue) -> str:
    return value.text()


def _html(paragraphs: Sequence[Paragraph], annex: Sequence[AnnexRow]) -> str:
    body = "".join(_paragraph(p) for p in paragraphs)
    return f"<div style='line-height:165%;'>{body}{_annex(annex)}</div>"


def _paragraph(paragraph: Paragraph) -> str:
    inside = "".join(_segment(segment) for segment in paragraph.segments)
    if paragraph.kind == "title":
        size = style.px(20)
        return f"<p align='center' style='font-size:{size}px; font-weight:600;'>{inside}</p>"
    looks = {
        "heading": f"font-weight:600; font-size:{style.px(15)}px; margin-top:{style.px(10)}px;",
        "subheading": "font-weight:600;",
    }
    look = looks.get(paragraph.kind, "")
    return f"<p style='text-indent:{style.px(26)}px; margin:{style.px(3)}px 0; {look}'>{inside}</p>"


def _segment(segment: Segment) -> str:
    text = escape(segment.text)
    if segment.is_wrong:
        ink = style.ink(Tone.RED)
        return f"<span style='color:{ink.text}; background-color:{ink.ground};'>{text}</span>"
    if not segment.slot:
        return text
    colour = style.theme().accent
    link = f"{_SCHEME}{escape(segment.slot)}"
    return f"<a href='{link}' style='color:{colour}; text-decoration:none;'>{text}</a>"


def _annex(annex: Sequence[AnnexRow]) -> str:
    if not annex:
        return ""
    line = style.theme().line
    head = "".join(f"<td><b>{text}</b></td>" for text in _ANNEX_HEAD)
    rows = "".join(
        "<tr>"
        f"<td>{_segment(Segment(row.name, row.id))}</td>"
        + "".join(f"<td>{escape(t)}</td>" for t in (row.this, row.last, row.change, row.definition))
        + "</tr>"
        for row in annex
    )
    return (
        f"<p style='margin-top:{style.px(14)}px;'><b>附件　主要数字对比表</b></p>"
        f"<table cellpadding='4' cellspacing='0' border='1' style='border-collapse:collapse;"
        f" border-color:{line};' width='100%'><tr>{head}</tr>{rows}</table>"
    )
