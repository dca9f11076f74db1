"""打印测试页: what a printer leaves white at the edges, and whether a millimetre stays one."""

from datetime import date
from pathlib import Path

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts, tick_paper
from deputydesk.reports.fonts import Typeface
from deputydesk.reports.form import Form, Group, Job, OfficeHead
from deputydesk.reports.kit import Flow, document, qr_code
from deputydesk.reports.layout import corner_marks
from deputydesk.reports.lines import break_lines
from deputydesk.reports.page import A4, BLACK, GREY, HAIR, MM, RED, Page
from deputydesk.reports.wording import date_text

_TITLE = "打印测试页"
_CODE = "DD1:TEST:210X297"
_FRAME = 20.0
"""Where the rulers stand, from each edge."""
_STEPS, _STEP = 11, 5.0
"""Lines 0 to 10 mm from an edge, each so long."""
_SQUARE = 100.0
_HOW = (
    "一、边距。看纸四边的阶梯线：能看见的最小的数字，就是打印机印不到的宽度（毫米）。"
    "不超过 5，各种表格都印得全。\n"
    "二、大小。用尺量这个方框，每边应当正好 100 毫米。不是的，打印时选“实际大小”，"
    "并在打印机自己的设置里关掉“适合页面”和缩放。\n"
    "三、位置。量左上角黑方块到纸左边和上边，都应当是 10 毫米。左边量得 11.5，"
    "就是偏右 1.5：打印时“右移”填 -1.5；上边同样，填“下移”。套打红头纸前先这样调好。"
)
_FACES: tuple[tuple[Typeface, str], ...] = (
    ("BiaoSong", "小标宋　人民代表大会制度"),
    ("Song", "宋体　人民代表大会制度　0123456789"),
    ("Hei", "黑体　人民代表大会制度　0123456789"),
    ("Kai", "楷体　人民代表大会制度　𬙊㛃䶮"),
    ("Fang", "仿宋　人民代表大会制度　𬙊㛃䶮"),
)
_MEASURED = ("左边距", "右边距", "上边距", "下边距", "方框", "黑方块到左", "黑方块到上")


def write(
    _nothing: None,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the page; returns 1.

    Raises:
        UserError: the file cannot be written.
    """
    fonts.check_printable(fonts.texts_of(office))
    progress.step(0, 1, _TITLE)
    with document(to, title=_TITLE, subject=_TITLE, office=office, printed_on=printed_on) as making:
        flow = Flow(_no_foot)
        page = flow.page
        _edges(page)
        _rulers(page)
        tick_paper.marks(page, corner_marks())
        _square(page)
        _tones(page)
        _samples(page)
        said = f"{office.organ}　{date_text(printed_on)}打印"
        page.fit(28, 273, said, 120, "Song", 8.5, color=GREY)
        page.text(182, 273, "第 1 页 共 1 页", "Song", 8.5, align="right", color=GREY)
        making.add(flow)
        return making.pages


def _no_foot(_page: Page, _number: int, _total: int) -> None:
    """The rulers stand where a foot would."""


def _edges(page: Page) -> None:
    """Steps from each edge inwards; the first that can be seen says what is left white."""
    wide, high = page.size.width, page.size.height
    for n in range(_STEPS):
        across = wide / 2 + (n - _STEPS / 2) * _STEP
        down = high / 2 + (n - _STEPS / 2) * _STEP
        for y in (n, high - n):
            page.line(across, y, across + _STEP, y, weight=0.6, color=BLACK)
        for x in (n, wide - n):
            page.line(x, down, x, down + _STEP, weight=0.6, color=BLACK)
        middle, number = across + _STEP / 2, str(n)
        page.text(middle, 13, number, "Song", 7, align="center")
        page.text(middle, high - 11, number, "Song", 7, align="center")
        page.text(12.5, down + 3.4, number, "Song", 7, align="center")
        page.text(wide - 12.5, down + 3.4, number, "Song", 7, align="center")


def _rulers(page: Page) -> None:
    """Millimetres along all four sides, counted from the corner of the paper."""
    wide, high = page.size.width, page.size.height
    right, bottom = wide - _FRAME, high - _FRAME
    for side in (_FRAME, bottom):
        page.line(_FRAME, side, right, side, weight=0.4, color=BLACK)
    for side in (_FRAME, right):
        page.line(side, _FRAME, side, bottom, weight=0.4, color=BLACK)
    for at in range(int(_FRAME), int(right) + 1):
        long = _tick(at)
        page.line(at, _FRAME, at, _FRAME + long, weight=0.3, color=BLACK)
        page.line(at, bottom, at, bottom - long, weight=0.3, color=BLACK)
        if at % 10 == 0 and _FRAME < at < right:
            page.text(at, _FRAME - 1, str(at), "Song", 6.5, align="center")
            page.text(at, bottom + 3, str(at), "Song", 6.5, align="center")
    for at in range(int(_FRAME), int(bottom) + 1):
        long = _tick(at)
        page.line(_FRAME, at, _FRAME + long, at, weight=0.3, color=BLACK)
        page.line(right, at, right - long, at, weight=0.3, color=BLACK)
        if at % 10 == 0 and _FRAME < at < bottom:
            page.text(_FRAME - 1, at + 0.9, str(at), "Song", 6.5, align="right")
            page.text(right + 1, at + 0.9, str(at), "Song", 6.5)


def _tick(at: int) -> float:
    return 3.0 if at % 10 == 0 else 2.2 if at % 5 == 0 else 1.4


def _square(page: Page) -> None:
    """The square to measure, with what to do written into it."""
    x, y = 28.0, 46.0
    page.text(A4.width / 2, 36, _TITLE, "BiaoSong", 22, align="center")
    page.rect(x, y, _SQUARE, _SQUARE, stroke=BLACK, weight=0.6)
    middle = x + _SQUARE / 2
    for start in (x, x + _SQUARE - 34):
        page.line(start, y + 5, start + 34, y + 5, weight=0.4, color=RED)
    page.text(middle, y + 6.2, "100 毫米", "Hei", 10.5, align="center", color=RED)
    for start in (y, y + _SQUARE - 4):
        page.line(x + 5, start, x + 5, start + 4, weight=0.4, color=RED)
    top = y + 17
    for words in _HOW.split("\n"):
        for line in break_lines(words, "Song", 10.5, (_SQUARE - 20) * MM):
            page.run(x + 10, top, line, _SQUARE - 20, "Song", size=10.5)
            top += 6.2
        top += 5
    qr_code(page, 150, 46, 24, _CODE)
    page.text(162, 74, "二维码应当能扫出", "Song", 8, align="center", color=GREY)
    page.text(162, 78, _CODE, "Song", 8, align="center", color=GREY)


def _tones(page: Page) -> None:
    """Ten greys, fine lines and the red of an official head."""
    x, y, side = 138.0, 84.0, 9.0
    for n in range(10):
        level = round(255 * (9 - n) / 9)
        left, top = x + n % 5 * side, y + n // 5 * (side + 4)
        page.rect(left, top, side, side, fill=f"#{level:02X}{level:02X}{level:02X}", stroke=HAIR)
        said = f"{round(n / 9 * 100)}%"
        page.text(left + side / 2, top + side + 3, said, "Song", 6.5, align="center", color=GREY)
    page.rect(x, 114, 45, 5, fill=RED)
    page.text(x + 22.5, 123, "红头的红色", "Song", 8, align="center", color=GREY)
    for n, weight in enumerate((0.25, 0.5, 0.75, 1.0, 1.5)):
        at = 129 + n * 3.4
        page.line(x, at, x + 32, at, weight=weight, color=BLACK)
        page.text(x + 34, at + 0.9, f"{weight:g} 磅", "Song", 7, color=GREY)


def _samples(page: Page) -> None:
    """The typefaces, large and small, and what was measured, to be written down."""
    y = 159.0
    for face, words in _FACES:
        page.text(28, y, words, face, 16)
        y += 9.5
    for face, words in _FACES:
        page.text(28, y, words, face, 9)
        y += 5.2
    wide = 154 / len(_MEASURED)
    for n, words in enumerate(_MEASURED):
        page.rect(28 + n * wide, 248, wide, 7, stroke=BLACK, weight=0.4)
        page.rect(28 + n * wide, 255, wide, 9, stroke=BLACK, weight=0.4)
        page.text(28 + (n + 0.5) * wide, 252.7, words, "Song", 9, align="center")
    page.text(28, 245.5, "量得（毫米）　　打印机：", "Song", 9, color=GREY)


def _read(_job: Job) -> None:
    """Nothing of the office's records stands on it."""


FORM = Form(
    "test_page",
    _TITLE,
    Group.OFFICE,
    "看打印机四边印不到多宽、大小和位置准不准、灰度和字体清不清楚；套打前先印一张。",
    _read,
    write,
    source="自拟：毫米尺、一百毫米方框、四边阶梯线和票样的定位方块，供检查打印机。",
)
