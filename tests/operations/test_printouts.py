"""The register of what was printed: who, when, where to; never undone, never sent away."""

from datetime import date

import pytest

from deputydesk.errors import FieldError, NotAllowed
from deputydesk.journal import undo
from deputydesk.models.base import scope_of
from deputydesk.office import Right, User
from deputydesk.operations import attachments, printouts, visits
from deputydesk.operations.attachments import Content
from deputydesk.operations.printouts import Printed
from tests import make

NOTICE = Printed("接待日公告", form="reception_notice", about="11月25日")


def pdf(digit: str = "1", size: int = 5000) -> Content:
    return Content("公告.pdf", digit * 64, size, "application/pdf")


def note(office, what=NOTICE, file=None, **more) -> str:
    return office.do(printouts.note, printed=what, file=file or pdf(), pages=2, **more)


def test_a_line_says_who_printed_what_when_and_where(office):
    office.user = User("李强")

    note(office, printer="柯尼卡 C3350", copies=3)

    [row] = office.ask(printouts.rows, 2026)
    assert (row.name, row.about, row.pages, row.copies) == ("接待日公告", "11月25日", 2, 3)
    assert (row.printed_on, row.printed_by) == (make.TODAY, "李强")
    assert row.printed_at == f"{make.NOW:%H:%M}"
    assert (row.went_to, row.is_file) == ("柯尼卡 C3350", False)
    assert (row.digest, row.size) == ("1" * 64, 5000)
    assert row.printed == NOTICE


def test_what_was_saved_went_into_a_file(office):
    note(office)

    [row] = office.ask(printouts.rows)
    assert (row.went_to, row.is_file) == ("文件", True)


def test_the_newest_line_stands_first_and_other_years_are_left_out(office):
    first, second = note(office), note(office, Printed("签到表"))

    assert [row.id for row in office.ask(printouts.rows)] == [second, first]
    assert office.ask(printouts.rows, 2025) == []


def test_a_line_and_its_copy_never_leave_the_office(office):
    line = note(office)

    [copy] = office.ask(attachments.rows, "printout", line)
    assert scope_of(line) == f"{office.code}.local"
    assert scope_of(copy.id) == f"{office.code}.local"
    assert copy.confidential


def test_undo_takes_back_what_was_done_before_and_not_the_paper(office):
    make.home(office)
    before = office.ask(undo.undoable, office.user.name)
    note(office)

    assert office.ask(undo.undoable, office.user.name) == before
    office.undo()
    assert len(office.ask(printouts.rows)) == 1


def test_before_anything_is_printed_no_form_was_used(office):
    assert office.ask(printouts.last_used) == []


def test_what_was_printed_can_be_undone_and_the_paper_is_still_known(office):
    home, deputy = make.home(office), make.deputy(office)
    visit = make.visit(office, home, deputy)
    about = Printed("登记表", form="reception_form", record_kind="visit", record_id=visit)
    note(office, about)

    office.undo()

    assert office.ask(visits.rows) == []
    assert [row.record_id for row in office.ask(printouts.rows)] == [visit]


def test_forms_are_offered_in_the_order_in_which_they_were_last_used(office):
    for form in ("ballot", "reception_notice", "duty_report", "ballot", ""):
        note(office, Printed("表", form=form))

    assert office.ask(printouts.last_used) == ["ballot", "duty_report", "reception_notice"]


def test_a_line_whose_copy_is_gone_still_stands(office):
    line = note(office)
    [copy] = office.ask(attachments.rows, "printout", line)
    office.do(attachments.remove, ids=(copy.id,))

    [row] = office.ask(printouts.rows)
    assert (row.digest, row.size) == ("", 0)


def test_a_paper_without_a_name_is_refused(office):
    with pytest.raises(FieldError, match="名称"):
        note(office, Printed(" "))

    assert office.ask(printouts.rows) == []


def test_somebody_without_the_right_leaves_no_line(office):
    office.user = User("来访", frozenset({Right.SETUP}))

    with pytest.raises(NotAllowed, match="记下打印"):
        note(office)


def test_the_options_are_kept_as_they_were(office):
    note(office, Printed("台账", options={"first": "2026-01-01", "paper": "A3"}))

    [row] = office.ask(printouts.rows)
    assert row.options == {"first": "2026-01-01", "paper": "A3"}
    assert row.printed_on == date(2026, 11, 23)
