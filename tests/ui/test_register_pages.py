"""A register of thousands of rows reads those in sight; search and chips are the database's."""

from datetime import date, timedelta
from importlib import import_module

import openpyxl
import pytest

from deputydesk.models import Service
from deputydesk.models.activity import ServiceKind
from deputydesk.office import Right, operation
from deputydesk.operations import services
from deputydesk.ui import messages, pages, tasks
from deputydesk.ui.paged_rows import PAGE
from deputydesk.ui.register import Paged, Register, count_text
from deputydesk.ui.registers_page import RegistersPage
from deputydesk.ui.table import Column

MANY = 300
read: list[str] = []


def _read(session, ids):
    read.extend(ids)
    return services.rows(session, ids=ids)


class LongPage(RegistersPage):
    title = "代表服务"
    registers = (
        Register(
            model=Service,
            title="代表服务",
            rows=Paged(services.LISTING, _read, count_text),
            columns=(Column("活动名称", lambda r: r.campaign, 0),),
            empty="还没有代表服务。",
        ),
    )


@operation(Right.REGISTER, "登记许多服务")
def enter(tx):
    for number in range(MANY):
        day = date(2026, 1, 1) + timedelta(number) if number else date(2025, 5, 5)
        kind = ServiceKind.POLICY if number % 3 else ServiceKind.AID
        tx.session.add(Service(kind=kind, campaign=f"第{number}次", held_on=day))


@pytest.fixture
def page(desk, qtbot):
    desk.do(enter)
    read.clear()
    made = LongPage(desk)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.read_again()
    return made


def test_no_more_is_read_than_is_in_sight(page, qtbot):
    qtbot.waitUntil(lambda: bool(read))

    assert len(set(read)) <= PAGE
    assert page.view.table.rows.rowCount() == MANY - 1
    assert page.view.table.rows.row(0).campaign == f"第{MANY - 1}次"
    assert page._subtitle.text() == f"共 {MANY - 1} 条"


def test_chips_and_search_narrow_it_and_all_years_are_there(page):
    chips = [page.view.chips.group.button(n).text() for n in range(3)]
    assert chips == [f"全部 {MANY - 1}", "宣讲 200", "志愿服务 0"]

    page.view.chips.group.button(1).setChecked(True)
    assert page.view.table.rows.rowCount() == 200
    page.find("第299次")
    assert page._subtitle.text() == "共 1 条"
    page.find("没有")
    assert page._subtitle.text() == ""
    page.find("")
    page.view.chips.group.button(0).setChecked(True)
    page.year.setCurrentIndex(page.year.count() - 1)
    page.refresh()
    assert page.view.table.rows.rowCount() == MANY


def test_a_record_of_another_year_is_gone_to(page, desk):
    first = desk.ask(services.rows)[-1]

    page.open_record(Service, first.id)

    assert page.view.table.current().campaign == "第0次"


def test_the_whole_list_is_exported(page, tmp_path, qtbot, monkeypatch):
    to = tmp_path / "服务.xlsx"
    monkeypatch.setattr(messages, "ask_file_to_save", lambda *_: to)

    page._export.click()
    qtbot.waitUntil(lambda: not tasks.is_running())

    assert openpyxl.load_workbook(to).active.max_row == MANY


def test_every_register_whose_records_are_entered_takes_scans_and_photos():
    modules = (import_module(f"{pages.__name__}.{spec.name}") for spec in pages.PAGES)
    shown = (getattr(module, spec.page) for module, spec in zip(modules, pages.PAGES, strict=True))
    registers = [register for page in shown for register in getattr(page, "registers", ())]

    without = [r.title for r in registers if r.save is not None and not r.files]

    assert registers
    assert without == []
