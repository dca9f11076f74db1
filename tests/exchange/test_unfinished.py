"""A file that another program holds open is erased later: nothing asked for is forgotten."""

import json
from pathlib import Path

import pytest

from deputydesk.cli import doctor
from deputydesk.errors import UserError
from deputydesk.exchange import attachments, erasing, unfinished
from deputydesk.models import Opinion
from deputydesk.models.choices import Channel
from deputydesk.operations import opinions
from deputydesk.search import index
from deputydesk.ui import removals
from deputydesk.ui.desk import Desk
from deputydesk.ui.preferences import Preferences
from tests import make


def hear(office):
    asked = {"channel": Channel.PHONE, "matter": "水压不足", "voter_name": "葛某某某"}
    return office.do(opinions.hear, **asked, voter_phone="13804720000")


@pytest.fixture
def scan(tmp_path):
    file = tmp_path / "来信.txt"
    file.write_text("葛某某某来信", encoding="utf-8")
    return file


@pytest.fixture
def opinion(office, scan):
    """An opinion with a letter attached, of which a copy was opened."""
    make.home(office)
    made = hear(office)
    attachments.attach(office, Opinion, made, [scan])
    [row] = office.ask(attachments.attachments.rows, "opinion", made)
    attachments.copy_to_open(office, row, folder_of(office) / "opened")
    return made


@pytest.fixture
def held(monkeypatch):
    """Files of these names are open in another program, as Windows has it."""
    names: set[str] = set()
    unlink = Path.unlink

    def refuse(file, **more):
        if file.name in names:
            raise PermissionError(13, "held by another program", str(file))
        unlink(file, **more)

    monkeypatch.setattr(Path, "unlink", refuse)
    return names


def folder_of(office):
    return office.data.path.parent


def letters(office):
    files = (file for file in folder_of(office).rglob("*") if file.is_file())
    return [file for file in files if "来信".encode() in file.read_bytes()]


def test_what_would_not_go_is_said_and_goes_the_next_time(office, opinion, held):
    held.add("来信.txt")

    report = erasing.erase(office, "opinion", opinion, folder_of(office))

    assert [file.name for file in report.stays] == ["来信.txt"]
    assert report.files == 1  # the attachment itself
    assert "正被别的程序打开，还没有删掉" in "".join(report.sentences)
    assert "来信.txt" in "".join(report.sentences)
    assert unfinished.finish(office) == report.stays
    held.clear()
    assert unfinished.finish(office) == ()
    assert letters(office) == []
    assert not (folder_of(office) / unfinished.FILE).exists()
    assert unfinished.finish(office) is None


def test_the_next_erasing_takes_along_what_would_not_go_before(office, opinion, held):
    held.add("来信.txt")
    erasing.erase(office, "opinion", opinion, folder_of(office))
    held.clear()

    report = erasing.erase(office, "opinion", hear(office), folder_of(office))

    assert report.stays == ()
    assert letters(office) == []


def test_the_list_is_there_before_the_first_file_goes(office, opinion, monkeypatch):
    def die(_file, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(Path, "unlink", die)
        with pytest.raises(KeyboardInterrupt):
            erasing.erase(office, "opinion", opinion, folder_of(office))

    assert len(unfinished.rest(office)) == 2
    assert unfinished.finish(office) == ()
    assert letters(office) == []


def test_a_file_that_somebody_attached_again_meanwhile_stays(office, opinion, scan, held):
    held.update(attachments.store_of(office).digests())
    erasing.erase(office, "opinion", opinion, folder_of(office))
    again = hear(office)
    attachments.attach(office, Opinion, again, [scan])
    held.clear()

    assert unfinished.finish(office) == ()

    [row] = office.ask(attachments.attachments.rows, "opinion", again)
    assert attachments.read(office, row)
    assert attachments.faults(office) == []


def test_a_draft_that_was_written_since_stays(office, held):
    draft = folder_of(office) / "drafts" / "opinion-new.json"
    draft.parent.mkdir(exist_ok=True)
    draft.write_text("葛某某某", encoding="utf-8")
    held.add(draft.name)
    assert unfinished.remove(office, [draft]) == (draft,)
    draft.write_text("另一件事", encoding="utf-8")
    held.clear()

    assert unfinished.finish(office) == ()

    assert draft.read_text(encoding="utf-8") == "另一件事"


def test_what_lies_elsewhere_is_found_again_and_what_is_gone_is_done(office, tmp_path, held):
    there = tmp_path / "elsewhere.txt"
    there.write_text("葛某某某", encoding="utf-8")
    gone = folder_of(office) / "gone.txt"
    gone.write_text("葛某某某", encoding="utf-8")
    held.update({there.name, gone.name})
    assert len(unfinished.remove(office, [there, gone, tmp_path / "never"])) == 2
    held.clear()
    gone.unlink()

    assert unfinished.finish(office) == ()

    assert not there.exists()


@pytest.mark.parametrize("told", ["", "{}", "[[1]]", "[1]", '[["a", "b", "c"]]'])
def test_a_broken_list_stops_nothing(office, told):
    (folder_of(office) / unfinished.FILE).write_text(told, encoding="utf-8")

    assert unfinished.rest(office) == ()
    assert unfinished.finish(office) == ()


def test_a_disk_that_takes_no_list_does_not_keep_files_from_going(office, tmp_path):
    (folder_of(office) / f"{unfinished.FILE}.part").mkdir()
    file = tmp_path / "file.txt"
    file.write_text("葛某某某", encoding="utf-8")

    assert unfinished.remove(office, [file]) == ()

    assert not file.exists()


def test_the_doctor_names_what_is_still_to_go(office, opinion, held):
    held.add("来信.txt")
    erasing.erase(office, "opinion", opinion, folder_of(office))
    path = office.data.path
    office.close()

    report = doctor.examine(path, office.clock, office.user)

    assert not report.healthy
    assert "来信.txt" in "".join(report.lines)


def test_at_start_it_is_said_what_went_and_what_still_would_not(office, opinion, held, tmp_path):
    desk = Desk(tmp_path / "desk", make.at(), Preferences())
    said: list[str] = []
    desk.attach(office)
    desk.said.connect(said.append)
    held.add("来信.txt")
    erasing.erase(office, "opinion", opinion, folder_of(office))

    removals.finish(desk)
    held.clear()
    removals.finish(desk)
    removals.finish(desk)

    assert len(said) == 2
    assert "还没有删掉" in said[0]
    assert "已经删净" in said[1]


def test_the_list_says_no_more_than_where_and_which(office, opinion, held):
    held.add("来信.txt")
    erasing.erase(office, "opinion", opinion, folder_of(office))

    [[path, size, written]] = json.loads(
        (folder_of(office) / unfinished.FILE).read_text(encoding="utf-8")
    )

    told = (folder_of(office) / path).stat()
    assert (size, written) == (told.st_size, told.st_mtime_ns)


def die(*_args, **_more):
    raise SystemExit


def write_draft(office, opinion):
    draft = folder_of(office) / "drafts" / f"opinion-{opinion}.json"
    draft.parent.mkdir(exist_ok=True)
    draft.write_text("来信又写", encoding="utf-8")
    return draft


def test_a_kill_as_soon_as_the_erasing_is_kept_leaves_no_file(office, opinion, monkeypatch):
    write_draft(office, opinion)
    with monkeypatch.context() as killed:
        killed.setattr(erasing, "_remove", die)
        with pytest.raises(SystemExit):
            erasing.erase(office, "opinion", opinion, folder_of(office))
    assert len(attachments.store_of(office).digests()) == 1

    assert unfinished.finish(office) == ()

    assert letters(office) == []
    assert not (folder_of(office) / unfinished.FILE).exists()


def test_an_erasing_that_is_refused_lists_nothing(office, opinion, monkeypatch):
    def refuse(*_args):
        assert len(unfinished.rest(office)) == 3
        raise UserError("磁盘已满。")

    draft = write_draft(office, opinion)
    before = letters(office)
    with monkeypatch.context() as full:
        full.setattr(index, "renew", refuse)
        with pytest.raises(UserError, match="磁盘已满"):
            erasing.erase(office, "opinion", opinion, folder_of(office))

    assert unfinished.finish(office) is None
    assert draft.exists()
    assert letters(office) == before
    assert attachments.faults(office) == []


def test_a_refused_erasing_forgets_nothing_that_would_not_go_before(office, opinion, held):
    held.add("来信.txt")
    left = erasing.erase(office, "opinion", opinion, folder_of(office)).stays

    with pytest.raises(UserError, match="已经彻底删除了"):
        erasing.erase(office, "opinion", opinion, folder_of(office))

    assert unfinished.rest(office) == left


def test_a_draft_that_cannot_be_read_lists_nothing_and_keeps_nothing_in_the_data(
    office, opinion, monkeypatch
):
    draft = write_draft(office, opinion)
    read = Path.read_bytes

    def refuse(file):
        if file == draft:
            raise PermissionError(13, "held by another program", str(file))
        return read(file)

    with monkeypatch.context() as locked:
        locked.setattr(Path, "read_bytes", refuse)
        with pytest.raises(PermissionError):
            erasing.erase(office, "opinion", opinion, folder_of(office))

    assert office.ask(attachments.attachments.rows, "opinion", opinion) == []
