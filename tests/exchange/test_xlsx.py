import pytest
from openpyxl import load_workbook

from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import xlsx


class StopAt:
    def __init__(self, done):
        self.done = done

    def step(self, done, total, what=""):
        if done >= self.done:
            raise Cancelled


def test_a_cancelled_export_leaves_nothing(tmp_path):
    rows = [["甲"]] * 1000

    with pytest.raises(Cancelled):
        xlsx.write(tmp_path / "a.xlsx", "表", ["名"], rows, StopAt(400))

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said_and_the_old_file_stays(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(UserError, match="不能写入"):
        xlsx.write(tmp_path / "file" / "a.xlsx", "表", ["名"], [["甲"]])

    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff"])
def test_a_sign_that_no_sheet_holds_is_left_out_and_word_s_line_break_is_one(tmp_path, sign):
    xlsx.write(tmp_path / "a.xlsx", "表", ["名"], [[f"甲{sign}乙"]])

    (text,) = load_workbook(tmp_path / "a.xlsx")["表"]["A"][1:]
    assert text.value == ("甲\n乙" if sign in "\x0b\x0c" else "甲乙")
