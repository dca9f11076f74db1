"""The register of what was printed: searched, opened again, with what it takes on the disk."""

import pytest

from deputydesk.exchange import printouts
from deputydesk.models import Evaluation, Printout
from deputydesk.operations import evaluations
from deputydesk.operations.printouts import Printed
from deputydesk.reports.printing import write
from deputydesk.ui.dialogs.preview import PreviewDialog
from deputydesk.ui.pages.chronicle import ChroniclePage
from tests import make


@pytest.fixture
def data(office, tmp_path):
    write(office, "reception_form", tmp_path / "a.pdf")
    return (tmp_path / "a.pdf").read_bytes()


@pytest.fixture
def held(office):
    deputy = make.deputy(office)
    return office.do(evaluations.prepare, name="述职", held_on=make.TODAY, deputy_ids=(deputy,))


@pytest.fixture
def page(desk, office, data, held, qtbot):
    form = Printed("登记表", form="reception_form")
    ballot = Printed("测评票", record_kind="evaluation", record_id=held, about="2026-11-23 述职")
    printouts.keep(office, data, form, pages=1, printer="激光")
    printouts.keep(office, data, form, pages=1)
    printouts.keep(office, data + b" ", ballot, pages=2, copies=9, printer="激光")
    made = ChroniclePage(desk)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.show()
    made.read_again()
    made.open_record(Printout, "")
    return made


def shown(page):
    return [row.name for row in page.view.table.rows.rows()]


def test_it_lists_the_newest_first_and_says_what_the_copies_take(page, data):
    assert page.view.register.title == "打印记录"
    assert shown(page) == ["测评票", "登记表", "登记表"]
    sizes = len(data) * 2 + 1
    assert page._subtitle.text() == f"共 3 次，副本 {round(sizes / 1024)} KB"


def test_it_is_searched_by_content_and_place_and_filtered(page):
    page.find("述职")
    assert shown(page) == ["测评票"]
    page.find("")
    page.view.chips.group.button(2).setChecked(True)
    assert shown(page) == ["登记表"]


def test_a_line_opens_exactly_what_was_printed(page, data):
    page.view.table.selectRow(1)

    page.view.register.actions[0].run(page, page.desk, page.view.table.current())

    [dialog] = page.findChildren(PreviewDialog)
    assert dialog.panel._pages.data == data
    dialog.close()


def test_a_line_leads_to_its_record_if_it_has_one(page, held, qtbot):
    row, other, *_ = page.view.table.rows.rows()
    of_record = page.view.register.actions[1]
    assert of_record.when(row)
    assert not of_record.when(other)

    with qtbot.waitSignal(page.desk.open_requested) as asked:
        of_record.run(page, page.desk, row)

    assert asked.args == [Evaluation, held]
