"""Values, hidden things and struck-out text of each kind of file."""

from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from deputydesk.errors import UserError
from deputydesk.exchange import workbook_xls
from deputydesk.exchange.grid import Cell, Merge, Sheet
from deputydesk.exchange.workbook import read_grid
from tests.exchange.roster_books import STRUCK, sheet_of, xls


def only_sheet(path: Path) -> Sheet:
    (sheet,) = read_grid(path).sheets
    return sheet


def text_file(path: Path, text: str, charset: str = "utf-8") -> Path:
    path.write_bytes(text.encode(charset))
    return path


def test_xlsx_tells_what_is_hidden_merged_struck_and_filtered(tmp_path):
    book, sheet = sheet_of(
        tmp_path / "册.xlsx", [["姓名", "旧号", "电话"], ["甲", 1, 2], ["乙", 3, 4]]
    )
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet.merge_cells("A4:C4")
    sheet["A3"].font = STRUCK
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(0, ["甲"])
    book.create_sheet("旧名单").sheet_state = "hidden"
    book.save(tmp_path / "册.xlsx")

    shown, hidden = read_grid(tmp_path / "册.xlsx").sheets

    assert shown.hidden_columns == {1}
    assert shown.hidden_rows == {2}
    assert shown.merges == (Merge(3, 0, 3, 2),)
    assert shown.cell(2, 0).struck
    assert not shown.cell(1, 0).struck
    assert shown.filtered
    assert hidden.hidden


def test_xlsx_values_come_as_they_are(tmp_path):
    row = [1, 1978.1, True, date(1978, 5, 12), datetime(1978, 5, 12), time(8, 30), "文字"]
    book, _ = sheet_of(tmp_path / "册.xlsx", [row])
    book.save(tmp_path / "册.xlsx")

    values = [cell.value for cell in only_sheet(tmp_path / "册.xlsx").rows[0]]

    day = datetime(1978, 5, 12)
    assert values == [1, 1978.1, "是", day, day, "08:30:00", "文字"]


def test_xlsx_struck_text_beside_new_text_falls_away(tmp_path):
    book, sheet = sheet_of(tmp_path / "册.xlsx", [["电话"]])
    struck = InlineFont(strike=True)
    sheet["A2"] = CellRichText(TextBlock(struck, "14000000001"), " 14000000002")
    sheet["A3"] = CellRichText(TextBlock(struck, "1400"), TextBlock(struck, "0000001"))
    sheet["A4"] = CellRichText("14000000003", TextBlock(InlineFont(b=True), "（新）"))
    book.save(tmp_path / "册.xlsx")

    read = only_sheet(tmp_path / "册.xlsx")

    assert (read.text(1, 0), read.cell(1, 0).struck) == ("14000000002", False)
    assert (read.text(2, 0), read.cell(2, 0).struck) == ("14000000001", True)
    assert read.text(3, 0) == "14000000003（新）"


def test_xlsx_formula_that_is_only_a_text_is_read_and_others_stay_formulas(tmp_path):
    book, _ = sheet_of(tmp_path / "册.xlsx", [["姓名"], ['="张""三"'], ["=A1&A2"], ["甲"]])
    book.worksheets[0]["B9"].number_format = "0.00"
    book.save(tmp_path / "册.xlsx")

    read = only_sheet(tmp_path / "册.xlsx")

    assert [read.text(row, 0) for row in range(4)] == ["姓名", '张"三', "=A1&A2", "甲"]


def test_xls_tells_what_is_hidden_merged_and_struck(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("代表名册")
    struck = xlwt.easyxf("font: struck_out on")
    sheet.write_merge(0, 0, 0, 2, "名册")
    sheet.write(1, 0, "甲", struck)
    sheet.write_rich_text(
        1, 1, [("14000000001", struck.font), (" 14000000002", xlwt.Font())], xlwt.XFStyle()
    )
    sheet.write_rich_text(1, 2, [("旧", struck.font), ("号", struck.font)], xlwt.XFStyle())
    sheet.write(2, 0, datetime(1978, 5, 12), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(2, 1, 14000000001.0)
    sheet.write(2, 2, True)
    sheet.write(3, 0, 1978.1)
    sheet.row(3).set_cell_error(1, 0x2A)
    sheet.row(3).hidden = True
    sheet.write(9, 0, "")
    sheet.col(2).hidden = True
    book.add_sheet("旧").visibility = 1
    book.save(str(tmp_path / "册.xls"))

    read, hidden = read_grid(tmp_path / "册.xls").sheets

    assert read.merges == (Merge(0, 0, 0, 2),)
    assert read.hidden_rows == {3}
    assert read.hidden_columns == {2}
    assert read.cell(1, 0).struck
    assert (read.text(1, 1), read.cell(1, 1).struck) == ("14000000002", False)
    assert read.cell(1, 2).struck
    assert [read.cell(2, n).value for n in range(3)] == [datetime(1978, 5, 12), 14000000001, "是"]
    assert read.cell(2, 0).format == "YYYY-MM-DD" or read.cell(2, 0).format == "yyyy-mm-dd"
    assert [read.cell(3, n).value for n in range(2)] == [1978.1, "#N/A"]
    assert len(read.rows) == 4
    assert hidden.hidden


def test_xls_that_is_damaged_or_no_workbook_is_said(tmp_path):
    whole = xls(tmp_path / "册.xls", [["姓名"], ["甲"]]).read_bytes()
    (tmp_path / "坏.xls").write_bytes(whole[:512] + b"\xff" * 3000)
    (tmp_path / "信.xls").write_bytes(
        whole.replace("Workbook".encode("utf-16-le"), "Wordbook".encode("utf-16-le"))
    )

    with pytest.raises(UserError, match="已损坏"):
        read_grid(tmp_path / "坏.xls")
    with pytest.raises(UserError, match="不是 Excel 表格"):
        read_grid(tmp_path / "信.xls")


def test_xls_whose_sheet_is_damaged_is_said(tmp_path, monkeypatch):
    path = xls(tmp_path / "册.xls", [["姓名"], ["甲"]])

    def fail(book, sheet):
        raise IndexError

    monkeypatch.setattr(workbook_xls, "_sheet", fail)

    with pytest.raises(UserError, match="已损坏"):
        read_grid(path)


def test_xls_with_a_password_is_said(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("册").write(0, 0, "姓名")
    book.save(str(tmp_path / "册.xls"))
    content = bytearray((tmp_path / "册.xls").read_bytes())
    place = content.index(b"\x42\x00\x02\x00")  # the CODEPAGE record becomes FILEPASS
    content[place : place + 6] = b"\x2f\x00\x02\x00\x01\x00"
    (tmp_path / "册.xls").write_bytes(content)

    with pytest.raises(UserError, match="打开密码"):
        read_grid(tmp_path / "册.xls")


def old_excel(rows: list[list[str]], codepage: int) -> bytes:
    """A sheet of Excel 2, whose text has a charset, as old programs still write it."""

    def part(code: int, body: bytes) -> bytes:
        return code.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body

    def text(row: int, column: int, value: str) -> bytes:
        place = row.to_bytes(2, "little") + column.to_bytes(2, "little")
        written = value.encode("gb18030")
        return part(0x0004, place + b"\0\0\0" + bytes([len(written)]) + written)

    cells = (text(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    head = part(0x0009, b"\x02\x00\x10\x00") + part(0x0042, codepage.to_bytes(2, "little"))
    return head + b"".join(cells) + part(0x000A, b"")


@pytest.mark.parametrize("codepage", [936, 1252])
def test_xls_of_very_old_programs_is_read_as_chinese_whatever_charset_it_claims(tmp_path, codepage):
    (tmp_path / "册.xls").write_bytes(old_excel([["姓名", "性别"], ["王甲", "男"]], codepage))

    sheet = only_sheet(tmp_path / "册.xls")

    assert [sheet.text(1, 0), sheet.text(1, 1)] == ["王甲", "男"]


def test_xls_date_that_is_none_stays_a_number():
    assert workbook_xls._date(1e10, 0) == 1e10


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_csv_of_any_charset(tmp_path, charset):
    path = text_file(tmp_path / "册.csv", "姓名,性别\r\n𬱖𫖮,女\r\n", charset)

    sheet = only_sheet(path)

    assert [sheet.text(1, 0), sheet.text(1, 1)] == ["𬱖𫖮", "女"]
    assert sheet.name == "册"
    assert not sheet.typed


@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "|"])
def test_csv_of_any_separator(tmp_path, separator):
    lines = [
        ["姓名", "职务", "电话"],
        ["张三", "书记;主任", "14000000001"],
        ["李四", "", "14000000002"],
    ]
    if separator == ";":
        lines[1][1] = "书记"
    path = text_file(tmp_path / "册.csv", "\n".join(separator.join(line) for line in lines))

    sheet = only_sheet(path)

    assert [[sheet.text(row, column) for column in range(3)] for row in range(3)] == lines


def test_csv_with_texts_forced_to_be_texts(tmp_path):
    path = text_file(
        tmp_path / "册.csv",
        '姓名,身份证号,电话\n="张三","=""150299197308124032""",\t14000000001\n"李\n四",,\n',
    )

    sheet = only_sheet(path)

    assert [sheet.text(1, n) for n in range(3)] == ["张三", "150299197308124032", "14000000001"]
    assert sheet.text(2, 0) == "李 四"


def test_csv_with_a_damaged_character_is_read_and_a_field_without_end_refused(tmp_path):
    broken = ("姓名,职务\n" + "张三,书记\n" * 300).encode("gb18030") + b"\xff"
    (tmp_path / "册.csv").write_bytes(broken)
    endless = text_file(tmp_path / "长.csv", "姓名,职务\n张三," + "长" * 200_000)

    assert only_sheet(tmp_path / "册.csv").text(1, 0) == "张三"
    with pytest.raises(UserError, match="已损坏"):
        read_grid(endless)


HTML = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
<style>.gone {text-decoration:line-through} .away{display:none}</style></head><body>
<table><col><col class=away><tr><td colspan=3>代表名册</td></tr>
<tr><th>姓名<th>旧号<th>电话</tr>
<tr><td class="gone">甲<td>1<td>2
<tr style="display:none"><td>乙</td><td>3</td><td>4</td></tr>
<tr><td rowspan="2">丙&nbsp;丁</td><td>5<br>6</td><td><s>7</s> 8</td></tr>
<tr><td><span style="text-decoration: line-through">9</span></td><td>10</td></tr>
</table></body></html>"""


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "utf-16"])
def test_html_saved_as_xls_whatever_charset_it_claims(tmp_path, charset):
    sheet = only_sheet(text_file(tmp_path / "册.xls", HTML, charset))

    assert sheet.merges == (Merge(0, 0, 0, 2), Merge(4, 0, 5, 0))
    assert sheet.hidden_rows == {3}
    assert sheet.hidden_columns == {1}
    assert sheet.cell(2, 0) == Cell("甲", struck=True)
    assert [sheet.text(4, n) for n in range(3)] == ["丙 丁", "5 6", "8"]
    assert (sheet.cell(5, 1).value, sheet.cell(5, 1).struck) == ("9", True)
    assert sheet.text(5, 2) == "10"


def test_html_of_several_tables_becomes_several_sheets(tmp_path):
    named = "<xml><x:Name>甲表</x:Name><x:Name>乙表</x:Name></xml>"
    tables = "<table><td>姓名</td></table><table><tr><td>张三<table><td>内</table></table>"

    plain = read_grid(text_file(tmp_path / "册.xls", f"<html>{tables}")).sheets
    titled = read_grid(
        text_file(tmp_path / "册.htm", f"<html>{named}<table><td>甲</table><table><td>乙")
    ).sheets

    assert [sheet.name for sheet in plain] == ["表格1", "表格2", "表格3"]
    assert [sheet.name for sheet in titled] == ["甲表", "乙表"]


def test_web_archive_saved_as_xls(tmp_path):
    page = "<html><table><tr><td>姓名</td></tr></table></html>"
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n"
    kind = "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: 8bit"
    part = f"--B\n{kind}\n\n{page}\n--B--\n"

    sheet = only_sheet(text_file(tmp_path / "册.xls", head + part, "gb18030"))

    assert sheet.text(0, 0) == "姓名"
    with pytest.raises(UserError, match="已损坏"):
        read_grid(text_file(tmp_path / "空.mht", head + "--B--\n"))


def test_hidden_columns_by_the_hundred_do_not_hurt(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "姓名"
    sheet["AAA1"] = "远"
    sheet.column_dimensions.group("C", "XFD", hidden=True)
    book.save(tmp_path / "册.xlsx")

    read = only_sheet(tmp_path / "册.xlsx")

    assert read.width == 1
    assert 2 in read.hidden_columns
