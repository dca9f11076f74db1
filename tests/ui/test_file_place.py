"""Where a file lies is shown in the system's own file window."""

import pytest
from PySide6.QtGui import QDesktopServices

from deputydesk.errors import UserError
from deputydesk.ui import file_place


def test_the_folder_of_a_file_is_opened(tmp_path, monkeypatch, qapp):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))

    file_place.show(tmp_path / "表 1.pdf")

    assert opened == [str(tmp_path)]


def test_a_folder_that_is_gone_is_said_to_be(tmp_path, monkeypatch, qapp):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pytest.fail("opened"))

    with pytest.raises(UserError, match="找不到") as refused:
        file_place.show(tmp_path / "U盘" / "表.pdf")

    assert "U盘" in refused.value.hint
