"""The sheet that goes with the stick: `python -m installer.handover FOLDER`.

It says what the files of a release are by their sha256, how to install, what Windows may ask, and
what to try on the office's own PC. Pictures are of the last trial under wine, where there was one.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    Image,
    KeepTogether,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
)

import deputydesk
from deputydesk.paths import resource

SHEET = "交付单.pdf"
FACES = {"text": "Song", "head": "Hei"}
STEPS = (
    "把 U 盘插在办公电脑上，双击 setup.exe。不需要管理员权限，也不需要网络。",
    "Windows 显示蓝色窗口、说已保护你的电脑的：这是因为程序没有购买签名证书。请照上面核对校验码。",
    "校验码一致的，点蓝色窗口里的更多信息，再点仍要运行；不一致的，不要运行。",
    "一直点下一步，最后点完成，程序自己打开。桌面上有代表履职工作台的图标。",
    "第一次打开，选登记本单位，回答三个问题。想先试试的，选先看看示范单位。",
    "升级：先关闭程序，再双击新的 setup.exe。程序先自动备份数据，备份做不成就不升级。",
    "卸载：在 Windows 设置的应用一栏里卸载。只删除程序，数据和备份都留着。",
    "不想安装的，把 portable.zip 解压到 U 盘，打开其中的 DeputyDesk.exe；数据也在那个文件夹里。",
)
CHECK = (
    "核对校验码：按 Win+R，输入 cmd 按回车，在黑窗口里输入 certutil -hashfile、空格，"
    "把文件拖进窗口，再输入空格和 SHA256，按回车。显示的 64 个字符应与下面的相同。"
)
TRIALS = (
    "用没有管理员权限的账户安装，打开，关闭，再打开",
    "用平时的输入法在搜索框和表格里输入汉字",
    "Windows 的显示比例设为 125%、150%、175%，再用高对比度，各看一遍：没有字被切掉",
    "用办公室的打印机印一张表，用尺子量边距，与预览一致",
    "打印设置里找到了本机的仿宋、小标宋",
    "写一个交换文件到 U 盘；安全弹出后插到另一个口，程序仍认得它",
    "正在写的时候拔出 U 盘：程序说清楚出了什么事，没有崩溃",
    "程序开着和关着时，各双击一次 .ddb 文件",
    "再运行一次 setup.exe：backups 里多了名字带 upgrade 的备份，数据都在",
    "卸载：程序没有了，数据还在；再装上，数据照旧",
    "杀毒软件没有拦截；拦截了的，写下它的名称和原话",
)
TRIED = Path(__file__).resolve().parent.parent / "build" / "trial"
PICTURES = {
    4: ("setup.png", "安装程序的第一页"),
    5: ("window.png", "示范单位的工作台"),
    8: ("form.png", "印出来的一张表"),
}
"""After which step a picture of the trial stands, and what it shows."""
WIDEST, HIGHEST = 120 * mm, 68 * mm


def write(folder: Path, tried: Path = TRIED) -> Path:
    """Write the sheet into the folder of a release; returns the file.

    Args:
        folder: where the files of the release are.
        tried: where the trial under wine left its pictures.
    """
    for name, face in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(resource(f"fonts/{face}.ttf"))))
    to = folder / SHEET
    paper = SimpleDocTemplate(
        str(to),
        pagesize=A4,
        title=f"代表履职工作台 {deputydesk.__version__} 交付单",
        leftMargin=25 * mm,
        rightMargin=25 * mm,
        topMargin=22 * mm,
        bottomMargin=20 * mm,
        invariant=1,
    )
    paper.build(list(_content(folder, tried)))
    return to


def _content(folder: Path, tried: Path) -> Iterator[Flowable]:
    yield _text(f"代表履职工作台 {deputydesk.__version__} 交付单", size=18, head=True)
    yield Spacer(1, 4 * mm)
    yield _text("文件和校验码", size=13, head=True)
    yield _text(CHECK)
    for file in sorted([*folder.glob("*.exe"), *folder.glob("*.zip")]):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        groups = " ".join(digest[at : at + 8] for at in range(0, 64, 8))
        yield _text(f"{file.name}（{file.stat().st_size / 1e6:.1f} MB）", head=True)
        yield _text(groups)
    yield Spacer(1, 3 * mm)
    yield _text("怎样安装", size=13, head=True)
    for number, step in enumerate(STEPS, 1):
        yield _text(f"{number}. {step}")
        picture, shows = PICTURES.get(number, ("", ""))
        if picture and (tried / picture).exists():
            image = Image(str(tried / picture), WIDEST, HIGHEST, kind="proportional")
            yield KeepTogether([image, _text(f"图：{shows}"), Spacer(1, 2 * mm)])
    yield PageBreak()
    yield _text("在这台电脑上试一遍", size=13, head=True)
    yield _text("交付时逐项试，做到的打勾，没有做到的写在下面。")
    for number, trial in enumerate(TRIALS, 1):
        yield _text(f"□ {number}. {trial}")
    for words in (
        "电脑和 Windows 版本：",
        "没有做到的：",
        "交付人：　　　　　接收人：　　　　　日期：",
    ):
        yield Spacer(1, 9 * mm)
        yield _text(words)


def _text(words: str, *, size: float = 10.5, head: bool = False) -> Paragraph:
    face = "head" if head else "text"
    style = ParagraphStyle(
        "text", fontName=face, fontSize=size, leading=size * 1.6, wordWrap="CJK", spaceAfter=1 * mm
    )
    return Paragraph(words, style)


def main() -> None:
    """Write the sheet, and say where it is."""
    print(write(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
