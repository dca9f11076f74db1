"""A printed form in a window of its own."""

from PySide6.QtWidgets import QApplication

from deputydesk.operations import places
from deputydesk.reports import Options
from deputydesk.ui import tasks
from deputydesk.ui.dialogs import preview
from deputydesk.ui.dialogs.preview import PreviewDialog, preview_form
from tests import make
from tests.operations.case import Case


def _preview(parent):
    return next((d for d in parent.findChildren(PreviewDialog) if d.isVisible()), None)


def test_a_form_is_made_in_a_task_and_shown(desk, office, parent, qtbot):
    Case.answered(office)

    preview_form(parent, desk, "suggestion_ledger", Options(paper="A4"))
    qtbot.waitUntil(lambda: _preview(parent) is not None, timeout=20_000)

    dialog = _preview(parent)
    assert dialog.windowTitle() == "预览：建议办理台账"
    assert dialog.panel.view.page() == 1
    assert dialog.panel.print.isEnabled()


def test_a_form_that_cannot_be_made_says_why(desk, parent, qtbot, shown_errors):
    preview_form(parent, desk, "ballot_result")
    qtbot.waitUntil(lambda: not tasks.is_running(), timeout=20_000)
    QApplication.processEvents()

    assert "还没有述职测评" in shown_errors[0]
    assert _preview(parent) is None


def test_a_register_prints_the_chosen_record(desk, office, parent, monkeypatch):
    asked = []
    monkeypatch.setattr(preview, "preview_form", lambda *a: asked.append(a[2:]))
    home = make.home(office)

    action = preview.prints("sign_in")
    action.run(parent, desk, office.ask(places.homes, 2026)[0])

    assert action.text == "打印签到表"
    assert asked == [("sign_in", Options(record_id=home))]
