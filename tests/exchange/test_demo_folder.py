"""Taking the demo office away, whole, and nothing else."""

import pytest

from deputydesk.errors import UserError
from deputydesk.exchange import demo_day, demo_folder
from tests import make


@pytest.fixture
def demo(tmp_path):
    folder = tmp_path / "demo"
    office = make.empty_office(folder)
    demo_day.mark(folder, "2026-11-23")
    yield office
    office.close()


def test_an_open_one_is_not_taken_away(demo, tmp_path):
    folder = tmp_path / "demo"

    with pytest.raises(UserError, match="正开着"):
        demo_folder.remove(folder, folder / "office.db", make.at()())

    assert demo_folder.is_open(folder / "office.db", make.at()())
    assert (folder / "office.db").exists()


def test_a_closed_one_goes_with_everything_in_its_folder(demo, tmp_path):
    demo.close()
    folder = tmp_path / "demo"
    (folder / "drafts").mkdir()
    (folder / "drafts" / "visit.json").write_text("{}", encoding="utf-8")

    assert demo_folder.is_demo(folder)
    assert not demo_folder.is_open(folder / "office.db", make.at()())
    demo_folder.remove(folder, folder / "office.db", make.at()())

    assert not folder.exists()
    assert tmp_path.exists()


def test_a_folder_without_the_demos_mark_stays(tmp_path):
    folder = tmp_path / "own"
    make.empty_office(folder).close()

    demo_folder.remove(folder, folder / "office.db", make.at()())

    assert (folder / "office.db").exists()
    assert not demo_folder.is_open(folder / "no.db", make.at()())
