"""All forms of a month, quarter or year in one go."""

from datetime import date

import pytest

from deputydesk.exchange.attachments import store_of
from deputydesk.operations import printouts
from deputydesk.reports.form import Due
from deputydesk.ui import tasks
from deputydesk.ui.dialogs import pack
from deputydesk.ui.dialogs.pack import PackDialog
from deputydesk.ui.dialogs.preview import PreviewDialog
from tests import make
from tests.operations.case import Case
from tests.ui.fake_printers import fake_printers, setups

__all__ = ["fake_printers"]


@pytest.fixture
def dialog(desk, office, parent, qtbot):
    Case.answered(office)
    made = PackDialog(parent, desk)
    made.open()
    return made


def said(dialog) -> dict[str, str]:
    return {row.title: row.said for row in dialog.table.rows.rows()}


def test_it_begins_with_this_quarter_and_says_what_there_is(dialog):
    assert dialog.period.kind is Due.QUARTER
    assert dialog._name.text() == dialog.period.label == "2026年第四季度"
    assert "没有" in said(dialog).values()
    assert {"按期间"} <= set(said(dialog).values())
    assert not dialog._forward.isEnabled()


def test_other_periods_are_turned_to(dialog):
    dialog._back.click()
    assert dialog.period.label == "2026年第三季度"
    assert dialog._forward.isEnabled()
    dialog._forward.click()
    assert dialog.period.last == date(2026, 12, 31)

    dialog.chips.group.button(0).setChecked(True)
    assert dialog.period.label == "2026年11月"
    dialog.chips.group.button(2).setChecked(True)
    assert dialog.period.label == "2026年"


def test_a_reception_of_the_period_is_counted(dialog, office, desk):
    make.visit(office, make.home(office), make.deputy(office))

    dialog._show(dialog.period)

    assert "1 份" in said(dialog).values()


def test_all_of_it_is_seen_and_what_was_printed_is_kept(dialog, office, desk, fake_printers, qtbot):
    dialog.show_pack.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(PreviewDialog)), timeout=60_000)

    [preview] = dialog.findChildren(PreviewDialog)
    assert preview.windowTitle() == "预览：季度材料（2026年第四季度）"
    assert "装袋清单" in preview.panel._pages.text(0).replace("\n", "")
    assert preview.panel._pages.outline()[0].title == "装袋清单"
    assert list((desk.folder / "preview").iterdir()) == []
    preview.panel.print_file()
    setups(preview.panel)[0].save()
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=60_000)
    [line] = office.ask(printouts.rows)
    assert store_of(office).path(line.digest).read_bytes() == preview.panel._pages.data
    preview.close()


def test_all_of_it_is_written_as_files(dialog, desk, tmp_path, monkeypatch, qtbot):
    monkeypatch.setattr(pack, "ask_folder", lambda *_: tmp_path / "盘")
    told = []
    desk.said.connect(told.append)

    dialog.folder.click()
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)

    files = sorted(file.name for file in (tmp_path / "盘" / "2026年第四季度材料").iterdir())
    assert files[0] == "00 装袋清单.pdf"
    assert len(files) > 1
    assert told[0].startswith("已存到")


def test_no_folder_no_files(dialog, monkeypatch):
    monkeypatch.setattr(pack, "ask_folder", lambda *_: None)

    dialog.folder.click()

    assert not tasks.is_running()


def test_where_all_is_saved_for_the_archives_the_pack_is_too(
    dialog, desk, tmp_path, monkeypatch, qtbot
):
    desk.preferences.archival = True
    monkeypatch.setattr(pack, "ask_folder", lambda *_: tmp_path)
    told = []
    desk.said.connect(told.append)

    dialog.folder.click()
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    dialog.show_pack.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(PreviewDialog)), timeout=60_000)

    [preview] = dialog.findChildren(PreviewDialog)
    assert b"pdfaid:part" in preview.panel._pages.data
    files = list((tmp_path / "2026年第四季度材料").iterdir())
    assert all(b"pdfaid:part" in file.read_bytes() for file in files)
    preview.close()
