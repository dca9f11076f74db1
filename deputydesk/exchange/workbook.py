"""Reads any table file that an office keeps, by what is in it and not by its name."""

from pathlib import Path

from deputydesk.errors import UserError
from deputydesk.exchange.grid import Grid, Sheet
from deputydesk.progress import SILENT, Progress

LARGEST_FILE = 30_000_000
LARGEST_TEXT = 10_000_000
MOST_ROWS = 20_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_PASSWORD_MARKS = ("EncryptedPackage".encode("utf-16-le"), "StrongEncryption".encode("utf-16-le"))
_OTHER_KINDS = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"BM": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"{\\rtf": "Word 文档",
}
SAVE_AS = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再导入。"


def read_grid(path: Path, progress: Progress = SILENT) -> Grid:
    """Read a .xlsx, .xls, .csv, or HTML saved as .xls.

    Raises:
        UserError: what is wrong with the file and what to do.
    """
    content = _content(path)
    progress.step(0, 1, path.name)
    sheets = tuple(_sheets(path.name, content, progress))
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise UserError(
            f"文件“{path.name}”超过 {MOST_ROWS} 行，不像一份名册。",
            hint="请把需要的部分另存为一个文件再导入。",
        )
    if not any(sheet.rows for sheet in sheets):
        raise UserError(
            f"文件“{path.name}”里没有任何内容。", hint="请检查是否选错了文件，或是否已保存。"
        )
    return Grid(path.name, sheets)


def _content(path: Path) -> bytes:
    name = path.name
    if name.startswith("~$"):
        raise UserError(
            f"“{name}”是 Excel 打开文件时的临时文件。", hint="请选择同名而不带“~$”的文件。"
        )
    try:
        if path.is_dir():
            raise UserError(f"“{name}”是文件夹，不是文件。", hint="请选择其中的名册文件。")
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(
                f"文件“{name}”太大（超过 {LARGEST_FILE // 1_000_000} MB）。",
                hint="请删去其中的图片和多余的工作表，另存后再导入。",
            )
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(
            f"找不到文件“{name}”。", hint="它可能已被移走或改名，请重新选择。"
        ) from error
    except PermissionError as error:
        raise UserError(
            f"文件“{name}”正被其他程序占用，或没有读取的权限。",
            hint="请先在 Excel 或 WPS 里关闭它，或复制一份再导入。",
        ) from error
    except OSError as error:
        raise UserError(
            f"文件“{name}”读不出来。", hint="请检查U盘或网络是否断开，把文件复制到本机再导入。"
        ) from error
    if not content.strip(b"\0 \r\n\t"):
        raise UserError(f"文件“{name}”是空的。", hint="请检查是否选错了文件，或是否已保存。")
    return content


def _sheets(name: str, content: bytes, progress: Progress) -> list[Sheet]:
    if content.startswith(_ZIP):
        return _zipped(name, content, progress)
    if content.startswith((_OLE, *_OLD_BIFF)):
        return _binary(name, content, progress)
    for mark, kind in _OTHER_KINDS.items():
        if content.startswith(mark):
            raise UserError(
                f"“{name}”是{kind}，不是表格文件。", hint="请选择 .xlsx、.xls 或 .csv 文件。"
            )
    return _written(name, content, progress)


def _zipped(name: str, content: bytes, progress: Progress) -> list[Sheet]:
    from deputydesk.exchange import workbook_xlsx

    return workbook_xlsx.sheets(name, content, progress)


def _binary(name: str, content: bytes, progress: Progress) -> list[Sheet]:
    from deputydesk.exchange import workbook_xls

    if any(mark in content for mark in _PASSWORD_MARKS):
        raise locked_by_password(name)
    return workbook_xls.sheets(name, content, progress)


def _written(name: str, content: bytes, progress: Progress) -> list[Sheet]:
    from deputydesk.exchange import workbook_text

    if len(content) > LARGEST_TEXT:
        raise UserError(
            f"文件“{name}”太大（超过 {LARGEST_TEXT // 1_000_000} MB）。",
            hint="请把需要的部分另存为一个文件再导入。",
        )
    return workbook_text.sheets(name, content, progress)


def locked_by_password(name: str) -> UserError:
    """The error for a workbook that cannot be opened without a password."""
    return UserError(
        f"文件“{name}”设有打开密码，读不出来。",
        hint="请用 Excel 或 WPS 输入密码打开，取消密码后另存，再导入。",
    )


def damaged(name: str) -> UserError:
    """The error for a workbook that is broken."""
    return UserError(f"文件“{name}”已损坏，读不出来。", hint=SAVE_AS)
