"""Copies of what was printed lie in the store of attachments, byte for byte."""

from datetime import date

import openpyxl
import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import attachments, checking, printouts, sheets
from deputydesk.exchange.attachments import store_of
from deputydesk.operations import evaluations
from deputydesk.operations import printouts as register
from deputydesk.operations.printouts import Printed
from deputydesk.reports import Options
from deputydesk.reports.printing import write
from tests import make

PDF = b"%PDF-1.4 " + b"x" * 3000


def test_exactly_what_was_printed_is_found_again(office, tmp_path):
    write(office, "reception_form", tmp_path / "form.pdf")
    data = (tmp_path / "form.pdf").read_bytes()

    printouts.keep(office, data, Printed("接待选民登记表"), pages=1, printer="打印机")

    [row] = office.ask(register.rows)
    assert printouts.read(office, row) == data
    assert row.went_to == "打印机"
    assert checking.faults(office) == []


def test_the_same_bytes_lie_there_once(office):
    for _ in range(3):
        printouts.keep(office, PDF, Printed("表"), pages=1)

    assert len(store_of(office).digests()) == 1
    assert len(office.ask(register.rows)) == 3


def test_a_damaged_copy_is_said_to_be_damaged(office):
    printouts.keep(office, PDF, Printed("交办函"), pages=1)
    [row] = office.ask(register.rows)
    store_of(office).path(row.digest).write_bytes(PDF[:100])

    with pytest.raises(UserError, match="“交办函”的副本不见了或已损坏"):
        printouts.read(office, row)


def test_a_copy_that_is_gone_is_missed_by_name_and_by_the_check(office):
    printouts.keep(office, PDF, Printed("交办函"), pages=1)
    [row] = office.ask(register.rows)
    store_of(office).path(row.digest).unlink()

    with pytest.raises(UserError, match="“交办函”的副本不见了"):
        printouts.read(office, row)
    assert "交办函.pdf" in attachments.faults(office)[0].message


def test_a_copy_that_no_line_names_is_taken_away_again(office):
    with pytest.raises(UserError, match="名称"):
        printouts.keep(office, PDF, Printed(""), pages=1)

    assert store_of(office).digests() == []


def test_a_form_of_a_record_says_which(office):
    deputy = make.deputy(office)
    held = office.do(evaluations.prepare, name="述职", held_on=make.TODAY, deputy_ids=(deputy,))

    what = printouts.printed(office, "ballot", Options(record_id=held, copies=30))

    assert (what.name, what.form) == ("述职满意度测评票", "ballot")
    assert (what.record_kind, what.record_id) == ("evaluation", held)
    assert what.about == "2026-11-23 述职"
    assert what.options == {"record_id": held, "copies": 30}


def test_a_form_of_people_and_days_says_how_many_and_from_when(office):
    of_all = printouts.printed(office, "duty_report", Options())
    of_two = printouts.printed(office, "duty_report", Options(deputy_ids=("a", "b")))
    days = Options(first=date(2026, 1, 1), last=date(2026, 6, 30))

    assert of_all.about == "全体代表"
    assert of_two.about == "2名代表"
    assert printouts.printed(office, "project_eval_report", days).about == "2026-01-01至2026-06-30"
    assert of_all.record_kind == ""
    assert printouts.printed(office, "project_eval_report", days).options == {
        "first": "2026-01-01",
        "last": "2026-06-30",
    }


def test_a_sheet_does_not_rewrite_what_was_printed(office, tmp_path):
    printouts.keep(office, PDF, Printed("交办函"), pages=1)
    sheets.export(office, "printout", tmp_path / "打印记录.xlsx")
    book = openpyxl.load_workbook(tmp_path / "打印记录.xlsx")
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index("经手人") + 1
    sheet.cell(2, column, "别人")
    book.save(tmp_path / "打印记录.xlsx")

    with pytest.raises(UserError, match="经手人"):
        sheets.take_in(office, "printout", tmp_path / "打印记录.xlsx")
