"""恢复密钥: the paper for the safe. It is no form of the catalogue: nothing of it may be kept."""

from datetime import date
from pathlib import Path

from deputydesk.progress import SILENT, Progress
from deputydesk.reports import fonts
from deputydesk.reports.form import OfficeHead
from deputydesk.reports.kit import Flow, document, qr_code
from deputydesk.reports.lines import break_lines
from deputydesk.reports.page import A4, BLACK, GREY, HAIR, MM, Page
from deputydesk.reports.wording import date_text

TITLE = "恢复密钥"
_COLUMNS = 5
_LEFT, _WIDE = 25.0, 160.0
_TOP, _HIGH = 78.0, 24.0
_HOW = (
    "一、这张纸能打开本单位的数据：请折好封在信封里，与公章一起锁在保险柜，不要拍照，不要存在电脑上。\n"
    "二、负责人忘记密码时，在登录窗口点“忘记密码”，依次输入上面十组数字，然后设新密码。\n"
    "三、输入时不用管空格；每组最后一位是校验位，哪一组输错了，程序会指出来。\n"
    "四、在“设置”里更换恢复密钥以后，这张纸就作废，请销毁。\n"
    "五、电脑损坏、换了程序，也可以用下面这行密钥在任何支持 age 的程序里解开本单位的交换文件。"
)


def write(
    groups: tuple[str, ...],
    secret: str,
    to: Path,
    *,
    office: OfficeHead,
    printed_on: date,
    progress: Progress = SILENT,
) -> int:
    """Writes the paper; returns 1.

    Args:
        groups: the ten groups of digits.
        secret: the same key as any age program reads it.
        to: the file; who calls removes it.
        office: whose key it is.
        printed_on: the day.
        progress: told of the page.

    Raises:
        UserError: the file cannot be written.
    """
    fonts.check_printable(fonts.texts_of(office))
    progress.step(0, 1, TITLE)
    with document(to, title=TITLE, subject=TITLE, office=office, printed_on=printed_on) as making:
        flow = Flow(_no_foot)
        page = flow.page
        page.text(A4.width / 2, 38, office.full_name, "Song", 14, align="center")
        page.text(A4.width / 2, 54, TITLE, "BiaoSong", 26, align="center")
        said = f"{date_text(printed_on)}打印　只此一份　此前打印的作废"
        page.text(A4.width / 2, 66, said, "Song", 10.5, align="center", color=GREY)
        _groups(page, groups)
        _how(page)
        _for_programs(page, secret)
        _signed(page)
        making.add(flow)
        return making.pages


def _no_foot(_page: Page, _number: int, _total: int) -> None:
    """A secret has no number of a register."""


def _groups(page: Page, groups: tuple[str, ...]) -> None:
    wide = _WIDE / _COLUMNS
    for n, group in enumerate(groups):
        x, y = _LEFT + n % _COLUMNS * wide, _TOP + n // _COLUMNS * _HIGH
        page.rect(x, y, wide, _HIGH, stroke=BLACK, weight=0.6)
        page.text(x + 2, y + 5.5, str(n + 1), "Song", 9, color=GREY)
        page.text(x + wide / 2, y + 15.5, group, "Hei", 22, align="center")


def _how(page: Page) -> None:
    top = _TOP + 2 * _HIGH + 14
    for words in _HOW.split("\n"):
        for line in break_lines(words, "Song", 12, _WIDE * MM):
            page.run(_LEFT, top, line, _WIDE, "Song", size=12)
            top += 7
        top += 2


def _for_programs(page: Page, secret: str) -> None:
    top = 213.0
    page.line(_LEFT, top, _LEFT + _WIDE, top, weight=0.4, color=HAIR)
    half = len(secret) // 2 + 1
    for n, part in enumerate((secret[:half], secret[half:])):
        page.text(_LEFT, top + 12 + n * 7, part, "Song", 10.5)
    qr_code(page, _LEFT + _WIDE - 28, top + 3, 28, secret)


def _signed(page: Page) -> None:
    for n, words in enumerate(("封存人", "保管人", "封存日期")):
        page.text(_LEFT + n * 54, 266, f"{words}：", "Song", 12)
        page.line(_LEFT + n * 54 + 20, 267.5, _LEFT + n * 54 + 50, 267.5, weight=0.4, color=BLACK)
