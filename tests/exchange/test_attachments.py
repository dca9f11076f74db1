"""Files that belong to records: kept once by their content, whole or not at all."""

import io
import os
import struct
import zlib
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import attachments, backup
from deputydesk.exchange.attachments import Store, store_of
from deputydesk.models import Person, Petition, Visit
from deputydesk.operations import attachments as records
from deputydesk.operations import deputies
from deputydesk.paths import attachments_folder
from tests import make
from tests.disks import read_only, small_disk

__all__ = ["small_disk"]


@pytest.fixture
def visit(office) -> str:
    return make.visit(office, make.home(office), make.deputy(office))


@pytest.fixture
def scan(tmp_path) -> Path:
    path = tmp_path / "签到表.pdf"
    path.write_bytes(b"%PDF-1.7 " + b"x" * 5000)
    return path


def picture(path: Path, *, size=(60, 40), colour="#3366AA", taken="", kind="JPEG") -> Path:
    made = Image.new("RGB", size, colour)
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    made.save(path, kind, exif=exif)
    return path


def kept(office) -> list[str]:
    """Everything that lies in the store."""
    folder = store_of(office).folder
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def of_visit(office, visit):
    return office.ask(records.rows, "visit", visit)


class Impatient:
    """Presses 取消 at the third piece."""

    def __init__(self) -> None:
        self.steps = 0

    def step(self, done: int, total: int, what: str = "") -> None:
        self.steps += 1
        if self.steps == 3:
            raise Cancelled


def test_a_scan_is_kept_by_its_content_and_listed_at_its_record(office, visit, scan):
    added = attachments.attach(office, Visit, visit, [scan], purpose="scan", confidential=True)

    [row] = of_visit(office, visit)
    assert (row.id,) == added.ids
    assert (row.name, row.purpose, row.media) == ("签到表.pdf", "scan", "application/pdf")
    assert (row.size, row.confidential, row.is_picture) == (5009, True, False)
    assert kept(office) == [f"{row.digest[:2]}/{row.digest}"]
    assert attachments.read(office, row) == scan.read_bytes()
    assert attachments.faults(office) == []
    assert office.ask(records.counts, "visit") == {visit: 1}


def test_what_two_records_share_lies_there_once(office, visit, scan):
    other = make.visit(office, make.home(office, name="新家"), make.deputy(office, name="高娃"))

    attachments.attach(office, Visit, visit, [scan])
    attachments.attach(office, Visit, other, [scan])

    assert len(kept(office)) == 1
    assert len(of_visit(office, other)) == 1


def test_a_file_that_is_there_already_is_named_and_not_added_again(office, visit, scan, tmp_path):
    photo = picture(tmp_path / "现场.jpg")
    attachments.attach(office, Visit, visit, [scan])

    added = attachments.attach(office, Visit, visit, [scan, photo, photo])

    assert added.known == ("签到表.pdf", "现场.jpg")
    assert [row.name for row in of_visit(office, visit)] == ["签到表.pdf", "现场.jpg"]


def test_a_photo_says_when_it_was_taken(office, visit, tmp_path):
    photo = picture(tmp_path / "现场.jpg", taken="2026:03:05 10:11:12")
    odd = picture(tmp_path / "旧照.jpg", taken="long ago", colour="#000000")

    attachments.attach(office, Visit, visit, [photo, odd])

    first, second = of_visit(office, visit)
    assert (first.media, first.taken_on, first.is_picture) == ("image/jpeg", date(2026, 3, 5), True)
    assert second.taken_on is None


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "WEBP"])
def test_pictures_of_every_usual_kind_are_taken(office, visit, tmp_path, kind):
    photo = picture(tmp_path / f"图.{kind.lower()}", kind=kind)

    attachments.attach(office, Visit, visit, [photo])

    assert of_visit(office, visit)[0].media == f"image/{kind.lower()}"


def test_a_picture_of_the_clipboard_is_kept(office, visit):
    packed = io.BytesIO()
    Image.new("RGB", (9, 9)).save(packed, "PNG")

    attachments.attach_bytes(office, Visit, visit, "截图.png", packed.getvalue())

    assert of_visit(office, visit)[0].name == "截图.png"


def bomb(path: Path, side: int) -> Path:
    """A PNG that promises side × side pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    return path


def bad_files(folder: Path) -> dict[str, Path]:
    (folder / "空.pdf").touch()
    (folder / "改名.jpg").write_bytes(b"this is a letter, not a picture")
    (folder / "材料").mkdir()
    whole = picture(folder / "半张.jpg", size=(900, 700), colour="#123456").read_bytes()
    (folder / "半张.jpg").write_bytes(whole[: len(whole) // 2])
    film = folder / "录像.mp4"
    with film.open("wb") as file:
        file.truncate(2 << 30)
    return {
        "是空文件": folder / "空.pdf",
        "不是图片": folder / "改名.jpg",
        "是文件夹": folder / "材料",
        "已损坏": folder / "半张.jpg",
        r"有 2\.0 GB，附件不能超过 100\.0 MB": film,
        "尺寸太大": bomb(folder / "炸弹.png", 60_000),
        "的尺寸太大": bomb(folder / "大图.png", 9_300),
        "读不出来": folder / "没有.pdf",
    }


def test_what_cannot_be_kept_is_a_sentence_and_nothing_is_kept(office, visit, scan, tmp_path):
    for sentence, bad in bad_files(tmp_path).items():
        with pytest.raises(UserError, match=sentence):
            attachments.attach(office, Visit, visit, [scan, bad])

        assert kept(office) == []
        assert of_visit(office, visit) == []


def test_a_file_that_vanishes_while_it_is_copied_leaves_nothing(office, visit, monkeypatch, scan):
    class Torn(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(100)

    monkeypatch.setattr(Path, "open", lambda p, *a: Torn(b"x" * 500) if p == scan else real(p, *a))
    real = io.open

    with pytest.raises(UserError, match="“签到表.pdf”读不出来"):
        attachments.attach(office, Visit, visit, [scan])

    monkeypatch.undo()
    assert kept(office) == []


def test_a_file_that_grows_while_it_is_copied_is_stopped_at_the_limit(office, monkeypatch, scan):
    monkeypatch.setattr(attachments, "LARGEST", 8000)

    class Growing(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            return b"x" * 5000

    with pytest.raises(UserError, match="附件不能超过 8 KB"):
        store_of(office)._keep("日志.txt", Growing(), 100, attachments.SILENT)

    assert kept(office) == []


def test_a_cancelled_copy_leaves_nothing(office, visit, tmp_path, scan):
    big = tmp_path / "大文件.bin"
    big.write_bytes(os.urandom(4 << 20))

    with pytest.raises(Cancelled):
        attachments.attach(office, Visit, visit, [scan, big], Impatient())

    assert kept(office) == []


def test_what_lay_there_before_stays_when_others_fail(office, visit, scan, tmp_path):
    attachments.attach(office, Visit, visit, [scan])

    (tmp_path / "空").touch()

    with pytest.raises(UserError, match="空文件"):
        attachments.attach(office, Visit, visit, [scan, tmp_path / "空"])

    assert len(kept(office)) == 1


def test_a_record_that_is_gone_gets_no_attachment(office, scan):
    with pytest.raises(UserError, match="找不到这条“进家登记”记录"):
        attachments.attach(office, Visit, "T1-x", [scan])
    with pytest.raises(UserError, match="没有“nothing”这种记录"):
        office.do(records.add, owner_kind="nothing", owner_id="x", files=())

    assert kept(office) == []


def test_a_full_disk_is_a_sentence(small_disk, scan, tmp_path):
    big = tmp_path / "大文件.bin"
    big.write_bytes(os.urandom(4 << 20))

    with pytest.raises(UserError, match="磁盘已满"):
        Store(small_disk / "attachments").take(big)

    assert [p for p in small_disk.rglob("*") if p.is_file()] == []


def test_a_read_only_disk_is_a_sentence(small_disk, scan):
    with read_only(small_disk), pytest.raises(UserError, match="只读"):
        Store(small_disk / "attachments").take(scan)


def test_a_copy_that_reads_back_otherwise_is_refused(office, visit, scan, monkeypatch):
    monkeypatch.setattr(attachments, "_digest", lambda file: "0" * 64)

    with pytest.raises(UserError, match="没有写好"):
        attachments.attach(office, Visit, visit, [scan])

    assert kept(office) == []


def test_missing_and_damaged_contents_are_told(office, visit, scan, tmp_path):
    photo = picture(tmp_path / "现场.jpg")
    attachments.attach(office, Visit, visit, [scan, photo])
    first, second = of_visit(office, visit)
    store = store_of(office)
    store.path(first.digest).unlink()
    path = store.path(second.digest)
    path.write_bytes(path.read_bytes()[::-1])

    found = attachments.faults(office)

    assert [fault.message for fault in found] == [
        "附件“签到表.pdf”的文件不见了。",
        "附件“现场.jpg”的文件已损坏。",
    ]
    assert len(attachments.faults(office, deep=False)) == 1
    assert attachments.read(office, first) is None
    with pytest.raises(UserError, match="“签到表.pdf”的文件不见了"):
        attachments.write_to(office, first, path.with_name("另存.pdf"))
    with pytest.raises(UserError, match="“签到表.pdf”的文件不见了"):
        attachments.copy_to_open(office, first, tmp_path / "opened")


def test_taking_a_damaged_content_again_heals_it(office, visit, scan):
    attachments.attach(office, Visit, visit, [scan])
    [row] = of_visit(office, visit)
    store_of(office).path(row.digest).write_bytes(b"broken")

    store_of(office).take(scan)

    assert attachments.faults(office) == []


def test_a_removed_attachment_comes_back_with_undo(office, visit, scan):
    attachments.attach(office, Visit, visit, [scan])
    [row] = of_visit(office, visit)

    office.do(records.remove, ids=(row.id,))
    assert of_visit(office, visit) == []

    assert office.undo().text == "删除附件（签到表.pdf）"
    assert attachments.read(office, of_visit(office, visit)[0]) == scan.read_bytes()


def test_an_attachment_is_renamed_and_described(office, visit, scan):
    attachments.attach(office, Visit, visit, [scan])
    [row] = of_visit(office, visit)

    office.do(records.rename, attachment_id=row.id, name="十一月签到表")
    assert of_visit(office, visit)[0].name == "十一月签到表.pdf"
    office.do(records.rename, attachment_id=row.id, name="签到.PDF")
    assert of_visit(office, visit)[0].name == "签到.PDF"

    with pytest.raises(UserError, match="请填写文件名"):
        office.do(records.rename, attachment_id=row.id, name=" ")
    with pytest.raises(UserError, match="不能晚于今天"):
        office.do(records.edit, attachment_id=row.id, name="签到", taken_on=date(2027, 1, 1))
    office.do(records.edit, attachment_id=row.id, name="签到", note="两页", purpose="scan")
    assert (of_visit(office, visit)[0].name, of_visit(office, visit)[0].note) == ("签到", "两页")


def test_what_belongs_to_a_record_that_stays_home_stays_home(office, scan):
    from deputydesk.models.base import new_id

    def enter(tx):
        record = Petition(id=new_id("T1.local"))
        tx.session.add(record)
        return record.id

    from deputydesk.office import Operation, Right

    petition = office.do(Operation("x", "登记", Right.REGISTER, enter))
    attachments.attach(office, Petition, petition, [scan])

    [row] = office.ask(records.rows, "petition", petition)
    assert row.id.startswith("T1.local-")


def test_a_new_photo_takes_the_place_of_the_old_one(office, tmp_path, scan):
    mandate = make.deputy(office)
    person = office.ask(deputies.one, mandate).person_id
    old = picture(tmp_path / "旧.jpg")
    new = picture(tmp_path / "新.png", kind="PNG", colour="#FF0000")

    attachments.set_photo(office, person, old)
    attachments.set_photo(office, person, new)

    assert office.ask(records.photos)[person].name == "新.png"
    assert list(office.ask(records.photos, ["nobody"])) == []
    assert len(office.ask(records.rows, Person.__tablename__, person)) == 1
    with pytest.raises(UserError, match="不是图片，不能作照片"):
        attachments.set_photo(office, person, scan)
    assert len(kept(office)) == 2


def test_a_file_is_opened_from_a_copy_under_its_own_name(office, visit, scan, tmp_path):
    folder = tmp_path / "opened"
    attachments.attach(office, Visit, visit, [scan])
    [row] = of_visit(office, visit)

    first = attachments.copy_to_open(office, row, folder)
    first.write_bytes(b"changed by mistake")
    again = attachments.copy_to_open(office, row, folder)

    assert first == again
    assert again.name == "签到表.pdf"
    assert again.read_bytes() == scan.read_bytes()
    os.utime(again, (0, 0))
    office.do(records.rename, attachment_id=row.id, name="新名.pdf")
    attachments.copy_to_open(office, of_visit(office, visit)[0], folder)
    assert [p.name for p in folder.rglob("*.pdf")] == ["新名.pdf"]


def test_names_that_no_file_system_takes_are_made_good():
    assert attachments.safe_name('会议: "纪要"/a?.docx') == "会议_ _纪要__a_.docx"
    assert attachments.safe_name("...") == "附件"
    assert len(attachments.safe_name("长" * 300 + ".jpg")) == 84
    assert attachments.size_text(5) == "1 KB"


def test_backups_take_attachments_along_once_and_a_restored_file_finds_them(
    office, visit, scan, tmp_path
):
    also = tmp_path / "disk"
    also.mkdir()
    attachments.attach(office, Visit, visit, [scan])
    store = store_of(office)

    made = backup.back_up(office, also=also)
    backup.back_up(office)

    [row] = of_visit(office, visit)
    beside = made.parent / "attachments" / row.digest[:2] / row.digest
    assert beside.samefile(store.path(row.digest))
    assert (also / "attachments" / row.digest[:2] / row.digest).read_bytes() == scan.read_bytes()
    assert attachments.back_up(store, also) == 0
    store.path(row.digest).unlink()
    assert attachments.read(office, row) == scan.read_bytes()
    assert store.path(row.digest).is_file()


def test_a_damaged_spare_is_not_brought_back(office, visit, scan):
    attachments.attach(office, Visit, visit, [scan])
    backup.back_up(office)
    [row] = of_visit(office, visit)
    store = store_of(office)
    store.path(row.digest).unlink()
    (store.spares[0] / row.digest[:2] / row.digest).write_bytes(b"broken")

    assert store.find(row.digest) is None
    assert store.find("../../etc/passwd") is None


def test_a_disk_without_links_gets_copies(office, visit, scan, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    attachments.attach(office, Visit, visit, [scan])

    assert attachments.back_up(store_of(office), tmp_path / "stick") == 1
    assert next((tmp_path / "stick").rglob("*/??/*")).read_bytes() == scan.read_bytes()


def test_it_is_said_when_only_the_attachments_could_not_be_backed_up(office, visit, scan):
    attachments.attach(office, Visit, visit, [scan])
    folder = office.data.path.parent / "backups"
    folder.mkdir()
    (folder / "attachments").write_bytes(b"a file in the way")

    with pytest.raises(UserError, match="数据已备份，附件没有备份完"):
        backup.back_up(office)

    assert len(backup.rows(office)) == 1


def test_the_attachments_of_a_server_lie_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DEPUTYDESK_DATA", str(tmp_path))

    assert attachments_folder(None) == tmp_path / "attachments"
    assert attachments_folder(tmp_path / "office.db") == tmp_path / "attachments"
