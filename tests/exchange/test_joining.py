"""The second PC of an office: one file and words told by mouth, then the first one's stick."""

import json

import pytest

from deputydesk.errors import FieldError, NotAllowed, UserError
from deputydesk.exchange import joining, receiving, sending
from deputydesk.journal.tables import SyncKey
from deputydesk.office import Right, User
from deputydesk.operations import joining as operations
from deputydesk.operations import partners, sign_in, units
from deputydesk.security import passwords
from tests.exchange import carriers

WORDS = "three-horses"


@pytest.fixture
def first(tmp_path):
    office = carriers.created(tmp_path / "first", "T1")
    district = carriers.created(tmp_path / "d", "D")
    carriers.introduce(office, district)
    district.close()
    yield office
    office.close()


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def file(first, stick):
    return joining.write(first, stick, WORDS)


def test_the_second_pc_reads_the_first_one_s_stick_and_knows_whom_it_knew(
    first, stick, file, tmp_path
):
    first.do(partners.make_keys)
    file = joining.write(first, stick, WORDS)
    first.do(units.add, name="镇水利站")

    second = joining.join(
        tmp_path / "second" / "office.db",
        joining.read(file, WORDS),
        clock=carriers.clock(),
        user=User("二"),
    )
    sent = sending.send(first, "T1", stick)
    receiving.receive(second, sent.path)

    assert [row.name for row in second.ask(units.rows)] == ["镇水利站"]
    assert second.ask(partners.keys) == first.ask(partners.keys)
    assert [(r.code, r.role, r.sign) for r in second.ask(partners.rows)] == [
        (r.code, r.role, r.sign) for r in first.ask(partners.rows)
    ]
    assert second.ask(partners.myself)[1] != first.ask(partners.myself)[1]
    with pytest.raises(UserError, match="已经有本单位的密钥"):
        second.do(operations.take_over, keys=(), offices=())
    second.close()


def test_the_file_says_no_key_to_who_does_not_know_the_words(first, file):
    text = file.read_text(encoding="utf-8")

    for key in first.ask(partners.keys):
        assert key.secret.sign not in text
        assert key.secret.seal not in text
    with pytest.raises(FieldError, match="口令不对"):
        joining.read(file, "horse-and-well")


def test_words_that_are_easily_guessed_are_none(first, stick):
    with pytest.raises(FieldError, match="口令至少8位"):
        joining.write(first, stick, "1234")


def test_only_a_head_gives_the_keys_away(first, stick):
    sign_in.turn_on(first, "乌兰", WORDS)
    first.user = User("张丽", frozenset(Right) - {Right.MANAGE})

    with pytest.raises(NotAllowed):
        joining.write(first, stick, WORDS)

    assert list(stick.iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda _told: "no json",
        lambda _told: "[]",
        lambda told: json.dumps(told | {"fmt": 2}),
        lambda told: json.dumps(told | {"content": passwords.seal(bytes(32), b"{}")}),
        lambda told: json.dumps({k: v for k, v in told.items() if k != "sealed"}),
    ],
)
def test_what_is_no_join_file_is_refused_in_a_sentence(file, change):
    told = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(change(told), encoding="utf-8")

    with pytest.raises(UserError, match="不是加入文件"):
        joining.read(file, WORDS)


def test_a_file_without_keys_or_that_is_gone_is_refused(first, stick, tmp_path, monkeypatch):
    monkeypatch.setattr(operations, "pairs", lambda _session: [])
    empty = joining.write(first, stick, WORDS)

    with pytest.raises(UserError, match="不是加入文件"):
        joining.read(empty, WORDS)
    with pytest.raises(UserError, match="读不出来"):
        joining.read(tmp_path / "gone.ddjoin", WORDS)


def test_data_that_is_there_stays(first, file):
    with pytest.raises(UserError, match="已经存在"):
        joining.join(
            first.data.path, joining.read(file, WORDS), clock=carriers.clock(), user=User("二")
        )

    assert first.ask(lambda session: session.query(SyncKey).count()) == 1


def test_a_second_pc_that_cannot_be_made_leaves_nothing(file, tmp_path, monkeypatch):
    def refuse(*_, **__):
        message = "磁盘满了。"
        raise UserError(message)

    monkeypatch.setattr("deputydesk.office.Office.do", refuse)
    target = tmp_path / "second" / "office.db"

    with pytest.raises(UserError, match="磁盘满了"):
        joining.join(target, joining.read(file, WORDS), clock=carriers.clock(), user=User("二"))

    assert not target.exists()
