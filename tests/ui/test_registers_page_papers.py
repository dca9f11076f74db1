"""A page of registers prints the papers of the year in sight."""

from datetime import date

from deputydesk.reports import Options
from deputydesk.ui import registers_page
from deputydesk.ui.pages.money import MoneyPage


def test_the_year_in_sight_is_printed_up_to_today_or_to_its_end(desk, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(registers_page, "preview_form", lambda *a: asked.append(a[2:]))
    page = MoneyPage(desk)
    qtbot.addWidget(page)
    page.refresh()

    assert page.print_page()
    page.year.addItem("2025年", 2025)
    page.year.setCurrentIndex(page.year.findData(2025))
    page.prints.choices.actions()[0].trigger()

    first = Options(first=date(2026, 1, 1), last=desk.today)
    assert asked == [
        ("expense_ledger", first),
        ("expense_ledger", Options(first=date(2025, 1, 1), last=date(2025, 12, 31))),
    ]
