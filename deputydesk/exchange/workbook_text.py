"""Reads tables that are text: CSV of any charset and separator, HTML saved under the name .xls."""

import csv
import email
import email.policy
import io
import re

from deputydesk.errors import UserError
from deputydesk.exchange import workbook_html
from deputydesk.exchange.grid import Cell, Sheet, trimmed
from deputydesk.exchange.workbook import SAVE_AS, damaged
from deputydesk.progress import Progress

_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CHARSETS = ("utf-8", "gb18030", "utf-16-le")
_SEPARATORS = ",\t;，|"
_MOST_UNREADABLE = 0.001
_QUOTED = re.compile(r'^="(.*)"$', re.DOTALL)
_HTML = re.compile(r"<\s*(html|table|!doctype\s+html|meta|head|body|tr|style)\b", re.IGNORECASE)


def sheets(name: str, content: bytes, progress: Progress) -> list[Sheet]:
    """The tables of the file: each <table> of an HTML, or the one of a CSV."""
    text = decoded(name, content)
    progress.step(0, 1, name)
    if text.lstrip().lower().startswith("mime-version:") or "\nMIME-Version:" in text[:2000]:
        text = _web_archive(name, content)
    head = text.lstrip()[:5000]
    if head.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise UserError(f"文件“{name}”是旧式 XML 表格，读不了。", hint=SAVE_AS)
    if _HTML.search(head):
        return workbook_html.sheets(text)
    return [Sheet(name.rpartition(".")[0] or name, _rows(name, text), typed=False)]


def decoded(name: str, content: bytes) -> str:
    """The text, whatever charset it says it has: valid UTF-8 is UTF-8, the rest is GB18030."""
    for mark, charset in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content.decode(charset, errors="replace").replace("\0", "")
    for charset in _charsets(content):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    text = content.decode("gb18030", errors="replace")
    if "\0" in text or text.count("\ufffd") > len(text) * _MOST_UNREADABLE:
        raise UserError(
            f"“{name}”不是表格文件，或者已损坏。", hint="请选择 .xlsx、.xls 或 .csv 文件。"
        )
    return text


def _charsets(content: bytes) -> tuple[str, ...]:
    zeros = content[1:2000:2].count(0)
    if zeros > len(content[1:2000:2]) // 4:
        return ("utf-16-le",)
    return () if b"\0" in content else _CHARSETS[:2]


def _web_archive(name: str, content: bytes) -> str:
    """The page of a 单个文件网页 (.mht), which Excel also saves under the name .xls."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes) and b"<td" in page:
            return decoded(name, page)
    raise damaged(name)


def _rows(name: str, text: str) -> tuple[tuple[Cell, ...], ...]:
    separator = _separator(text)
    if separator == "，":
        text, separator = text.replace("，", ","), ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise damaged(name) from error
    return trimmed([[Cell(_unwrapped(value)) for value in line] for line in lines])


def _separator(text: str) -> str:
    """The separator that cuts the most lines into the same number of columns, more than one."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    return max(_SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: list[str], separator: str) -> int:
    counts = [line.count(separator) for line in lines]
    wide = [count for count in counts if count]
    return max((wide.count(count) * min(count, 3) for count in set(wide)), default=0)


def _unwrapped(value: str) -> str | None:
    """The value without what programs put around it so that Excel takes it as text."""
    quoted = _QUOTED.match(value.strip())
    kept = quoted[1].replace('""', '"') if quoted else value
    return kept.strip("\t") or None
