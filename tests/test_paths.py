"""Where data is kept: with the user, never with the program, unless it runs from a stick."""

import sys

import pytest

from deputydesk import paths


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The program as it is given to offices, in a folder of its own."""
    folder = tmp_path / "履职 软件"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "DeputyDesk.exe"))
    return folder


def test_the_installed_program_keeps_data_with_the_user(installed, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))

    assert paths.data_folder() == tmp_path / "Local" / "DeputyDesk"


def test_the_program_on_a_stick_keeps_data_beside_it(installed):
    (installed / "portable.flag").touch()

    assert paths.data_folder() == installed / "data"


def test_a_flag_beside_somebody_elses_python_means_nothing(installed, tmp_path, monkeypatch):
    (installed / "portable.flag").touch()
    monkeypatch.delattr(sys, "frozen")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setattr(sys, "platform", "linux")

    assert paths.data_folder() == tmp_path / "share" / "deputydesk"


def test_a_folder_that_is_named_comes_first(installed, tmp_path, monkeypatch):
    (installed / "portable.flag").touch()
    monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path / "named"))

    assert paths.data_folder() == tmp_path / "named"
