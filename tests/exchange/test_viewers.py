"""Who may only look neither sends nor takes in: nothing lies on the stick, nothing in the store."""

import pytest

from deputydesk.errors import NotAllowed
from deputydesk.exchange import attachments, receiving, sending
from deputydesk.exchange.attachments import store_of
from deputydesk.models import Unit
from deputydesk.office import Right, User
from tests import make

LOOKS = User("郝平", frozenset({Right.ENTER}))


def test_who_only_looks_leaves_no_file_on_the_stick(offices, stick):
    town, _, district = offices
    town.user = LOOKS

    with pytest.raises(NotAllowed, match="没有“记录交换”的权限"):
        sending.send(town, district.code, stick)

    assert list(stick.iterdir()) == []


def test_who_only_looks_takes_no_attachment_in(offices, stick, tmp_path):
    town, _, district = offices
    scan = tmp_path / "函.pdf"
    scan.write_bytes(b"%PDF-1.7 " + b"x" * 500)
    attachments.attach(town, Unit, make.unit(town), [scan])
    sent = sending.send(town, district.code, stick)
    assert sent.files == 1
    district.user = LOOKS

    assert receiving.preview(district, sent.path).new > 0
    with pytest.raises(NotAllowed, match="没有“收入交换文件”的权限"):
        receiving.receive(district, sent.path)

    folder = store_of(district).folder
    assert [path for path in folder.rglob("*") if path.is_file()] == []
