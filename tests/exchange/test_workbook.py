"""Files that can be read, and what is said about those that cannot."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import workbook, workbook_xlsx
from deputydesk.exchange.grid import Cell, Merge, Sheet, shown
from deputydesk.exchange.workbook import read_grid
from tests.exchange.roster_books import xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.xlsx", b"", "是空的"),
        ("空白.csv", b"\r\n\r\n  ", "是空的"),
        ("通知.xlsx", b"%PDF-1.7 ...", "是PDF 文件"),
        ("照片.xls", b"\x89PNG\r\n\x1a\n", "是图片"),
        ("名册.xls", b"Rar!\x1a\x07", "是压缩包"),
        ("名册.doc", b"{\\rtf1 abc}", "是Word 文档"),
        ("名册.xlsx", b"PK\x03\x04 and then nothing", "已损坏"),
        ("名册.xls", OLE + b"\0" * 600, "已损坏"),
        ("名册.dat", bytes(range(256)) * 20, "不是表格文件"),
        ("名册.xls", OLE + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
        ("~$名册.xlsx", b"x" * 165, "临时文件"),
        (
            "名册.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "旧式 XML",
        ),
    ],
)
def test_what_cannot_be_read_is_said_with_the_file_and_what_to_do(tmp_path, name, content, said):
    path = write(tmp_path / name, content)

    with pytest.raises(UserError, match=said) as failure:
        read_grid(path)

    assert name in failure.value.message
    assert failure.value.hint


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(UserError, match=r"找不到文件“没有.xlsx”"):
        read_grid(tmp_path / "没有.xlsx")

    with pytest.raises(UserError, match="是文件夹"):
        read_grid(tmp_path)


def test_a_file_that_another_program_holds_is_refused_with_advice(tmp_path, monkeypatch):
    path = xlsx(tmp_path / "名册.xlsx", {"表": [["姓名"]]})

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "locked", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # what Windows does while Excel has it open

    with pytest.raises(UserError, match="正被其他程序占用"):
        read_grid(path)


def test_a_stick_that_was_pulled_out_is_said(tmp_path, monkeypatch):
    path = xlsx(tmp_path / "名册.xlsx", {"表": [["姓名"]]})

    def fail(self: Path) -> bytes:
        raise OSError(5, "input/output error", str(self))

    monkeypatch.setattr(Path, "read_bytes", fail)

    with pytest.raises(UserError, match="读不出来"):
        read_grid(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "全部照片.xlsx"
    with path.open("wb") as file:
        file.truncate(workbook.LARGEST_FILE + 1)

    with pytest.raises(UserError, match="太大"):
        read_grid(path)


def test_a_text_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST_TEXT", 100)

    with pytest.raises(UserError, match="太大"):
        read_grid(write(tmp_path / "名册.csv", "姓名\n张三\n".encode() * 20))


def test_a_zip_bomb_is_refused_unopened(tmp_path):
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (workbook_xlsx.LARGEST_PART + 1))

    with pytest.raises(UserError, match="展开后太大"):
        read_grid(path)


def test_too_many_rows_are_no_roster(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)

    with pytest.raises(UserError, match="超过 5 行"):
        read_grid(xlsx(tmp_path / "名册.xlsx", {"表": [[n] for n in range(9)]}))


@pytest.mark.parametrize("member", ["word/document.xml", "a.txt"])
def test_a_zip_that_is_no_workbook_is_said(tmp_path, member):
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")

    with pytest.raises(UserError, match="不是 Excel 表格"):
        read_grid(path)


@pytest.mark.parametrize("member", ["xl/workbook.bin", "content.xml"])
def test_a_workbook_of_another_program_asks_to_be_saved_as_xlsx(tmp_path, member):
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")

    with pytest.raises(UserError, match="格式读不了") as failure:
        read_grid(path)

    assert "另存为" in failure.value.hint


def test_a_zip_with_a_password_is_said(tmp_path):
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(UserError, match="打开密码"):
        read_grid(write(path, bytes(content)))


def test_a_workbook_with_entities_is_refused(tmp_path):
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'
        )

    with pytest.raises(UserError, match="已损坏"):
        read_grid(path)


def test_a_workbook_cut_off_in_the_middle_is_said(tmp_path):
    path = xlsx(tmp_path / "名册.xlsx", {"表": [["姓名"], ["张三"]]})
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(tmp_path / "半.xlsx", "w") as half:
        for part in whole.namelist():
            half.writestr(part, whole.read(part)[:200] if "sheet1" in part else whole.read(part))

    with pytest.raises(UserError, match="已损坏"):
        read_grid(tmp_path / "半.xlsx")


def test_a_workbook_without_content_is_said(tmp_path):
    with pytest.raises(UserError, match="没有任何内容"):
        read_grid(xlsx(tmp_path / "名册.xlsx", {"表": []}))


def test_the_content_counts_and_not_the_ending_of_the_name(tmp_path):
    path = xlsx(tmp_path / "名册.xls", {"表": [["姓名"], ["张三"]]})

    (sheet,) = read_grid(path).sheets

    assert sheet.text(1, 0) == "张三"


def test_reading_can_be_cancelled(tmp_path):
    class Impatient:
        def step(self, done, total, what=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        read_grid(xlsx(tmp_path / "名册.xlsx", {"表": [["姓名"]]}), Impatient())


def test_a_colour_down_to_the_last_row_does_not_make_a_million_rows(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "姓名"
    sheet["A2"] = "张三"
    sheet["XFD1048576"].font = Font(bold=True)
    book.save(tmp_path / "名册.xlsx")

    (read,) = read_grid(tmp_path / "名册.xlsx").sheets

    assert [len(row) for row in read.rows] == [1, 1]


def test_no_file_is_left_open(tmp_path):
    path = xlsx(tmp_path / "名册.xlsx", {"表": [["姓名"]]})

    read_grid(path)
    path.replace(tmp_path / "新名.xlsx")

    assert (tmp_path / "新名.xlsx").exists()


def test_merges_without_end_do_not_fill_the_memory():
    row = (Cell("甲"),) * 400
    sheet = Sheet("表", (row,) * 4000, merges=(Merge(0, 0, 9**9, 399), Merge(2, 0, 9**9, 399)))

    assert sheet.merge(0, 0) == sheet.merges[0]
    assert sheet.merge(3999, 399) is None


def test_a_sheet_answers_outside_its_cells_too():
    sheet = Sheet("表", ((Cell("甲"),),), merges=(Merge(0, 0, 1_048_575, 0),))

    assert shown(sheet.cell(5, 5)) == ""
    assert sheet.merge(0, 0) == Merge(0, 0, 1_048_575, 0)
    assert sheet.merge(3, 0) is None
    assert shown(Cell(12.0)) == "12"
    assert shown(Cell(1978.1, "0.00")) == "1978.10"
