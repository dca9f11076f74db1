"""Encrypted data without a window: the password is typed, or left in the environment or a file."""

import io
import json
import sys

import pytest

from deputydesk.cli import encrypting, main
from deputydesk.database import data_keys, key_files
from deputydesk.security import veil
from tests import locked, make

NEW = "五谷丰登 2027"


class Desk:
    """deskctl as it is started each time: it knows no password."""

    def __init__(self, folder, capsys, monkeypatch):
        self.folder, self.capsys, self.patch = folder, capsys, monkeypatch

    def __call__(self, *words, typed="", status=0, where=None):
        data_keys.forget()
        self.patch.setattr(sys, "stdin", io.StringIO(typed))
        assert main([*words, "--office", str(where or self.folder)], clock=make.at()) == status
        said = self.capsys.readouterr()
        return said.out if status == 0 else said.err


@pytest.fixture
def desk(tmp_path, capsys, monkeypatch):
    for name in (encrypting.VARIABLE, encrypting.FILE):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path / "office", capsys, monkeypatch)


INIT = ("init", "--kind", "town", "--name", "五当召镇", "--district", "石拐区", "--code", "T1")


@pytest.fixture
def encrypted(desk):
    desk(*INIT, "--encrypt", typed=f"{locked.PASSWORD}\n")
    return desk


def test_an_office_is_made_encrypted(encrypted):
    said = json.loads(encrypted("encrypt", "state", "--json"))

    assert said == {"encrypted": True, "paper": False, "unlike_backups": 0}
    assert "忘了密码，数据就打不开了" in encrypted("encrypt", "state")
    assert not (encrypted.folder / "office.db").read_bytes().startswith(key_files.MAGIC)
    assert "已经存在" in encrypted(*INIT, "--encrypt", typed=f"{NEW}\n", status=1)
    assert "没有找到" in encrypted("search", "甲", typed=f"{locked.PASSWORD}\n")


def test_an_office_with_a_weak_password_is_not_made(desk):
    assert "至少8位" in desk(*INIT, "--encrypt", typed="短\n", status=1)

    assert not desk.folder.exists()


def test_a_wrong_password_is_told_in_a_sentence(encrypted):
    assert encrypted("check", typed=f"{NEW}\n", status=1).startswith(
        "“office.db”的密码不对。请检查大小写。"
    )
    assert encrypted("check", typed=f"{locked.PASSWORD}\n") == "数据与日志一致。\n"


def test_a_program_leaves_the_password_in_the_environment_or_a_file(
    encrypted, monkeypatch, tmp_path
):
    monkeypatch.setenv(encrypting.VARIABLE, locked.PASSWORD)
    assert "已备份到" in encrypted("backup")
    monkeypatch.delenv(encrypting.VARIABLE)
    kept = tmp_path / "password.txt"
    monkeypatch.setenv(encrypting.FILE, str(kept))
    assert "读不了密码文件" in encrypted("check", status=1)
    kept.write_text(f"{locked.PASSWORD}\n", encoding="utf-8")

    assert encrypted("check") == "数据与日志一致。\n"
    assert "数据与日志一致" in encrypted("doctor")


def test_the_password_is_changed(encrypted):
    words = f"{locked.PASSWORD}\n" * 2 + f"{NEW}\n"

    assert "已修改" in encrypted("encrypt", "password", typed=words)

    assert encrypted("check", typed=f"{NEW}\n") == "数据与日志一致。\n"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_at_a_terminal_a_new_password_is_typed_twice(desk, monkeypatch, capsys):
    desk(*INIT)
    typed = [NEW, NEW[1:], NEW, NEW]
    monkeypatch.setattr("getpass.getpass", lambda _: typed.pop(0))
    monkeypatch.setattr(sys, "stdin", Terminal())
    words = ["encrypt", "on", "--office", str(desk.folder)]

    assert main(words, clock=make.at()) == 1
    assert "两次输入的密码不一样。什么也没有改" in capsys.readouterr().err
    assert not data_keys.is_encrypted(desk.folder / "office.db")
    assert main(words, clock=make.at()) == 0

    assert typed == []
    assert data_keys.is_password(desk.folder / "office.db", NEW)


def test_what_lies_beside_is_sealed_and_swept_as_at_the_window(desk):
    desk(*INIT)
    draft = desk.folder / "drafts" / "visit-new.json"
    draft.parent.mkdir()
    for file in (draft, desk.folder / "days.json"):
        file.write_text("请把路灯修好", encoding="utf-8")

    desk("encrypt", "on", typed=f"{NEW}\n")
    assert not (desk.folder / "days.json").exists()
    assert draft.read_text("utf-8").startswith("sealed:")
    assert not veil.is_hung()
    desk("encrypt", "off", typed=f"{NEW}\n" * 2)

    assert draft.read_text("utf-8") == "请把路灯修好"


def test_a_backup_that_is_not_encrypted_yet_is_told_of_and_made_good(encrypted):
    plain = encrypted.folder.parent / "plain"
    encrypted(*INIT, where=plain)
    encrypted("backup", where=plain)
    [made] = (plain / "backups").glob("*.db")
    (encrypted.folder / "backups").mkdir()
    there = made.rename(encrypted.folder / "backups" / made.name)

    assert "有 1 份以前的备份还没有加密" in encrypted("encrypt", "state")
    encrypted("check", typed=f"{locked.PASSWORD}\n")

    assert json.loads(encrypted("encrypt", "state", "--json"))["unlike_backups"] == 0
    assert not there.read_bytes().startswith(key_files.MAGIC)


def test_a_forgotten_password_is_made_good_by_the_paper(encrypted):
    said = encrypted("encrypt", "paper", "--json", typed=f"{locked.PASSWORD}\n")
    paper = " ".join(json.loads(said)["paper"])
    assert encrypted("encrypt", "state") == "数据加了密。\n"

    assert "已换成新的" in encrypted("encrypt", "recover", typed=f"{paper}\n{NEW}\n")

    assert encrypted("check", typed=f"{NEW}\n") == "数据与日志一致。\n"


def test_an_office_is_encrypted_later_and_no_more(desk):
    desk(*INIT)
    desk("backup")
    assert desk("encrypt", "state") == "数据没有加密。\n"

    said = desk("encrypt", "on", typed=f"{NEW}\n")
    assert said == "数据已加密。请用 encrypt paper 做恢复密钥。\n"
    assert desk("encrypt", "state").startswith("数据加了密。")
    [_, old] = sorted((desk.folder / "backups").glob("*.db"))
    old.write_bytes(old.read_bytes()[:9000])

    said = desk("encrypt", "off", typed=f"{NEW}\n" * 2)
    assert said == (
        "数据已取消加密，谁都能打开。\n有 1 份以前的备份打不开或已损坏，仍加密，原样留着。\n"
    )
    assert desk("check") == "数据与日志一致。\n"


def test_who_signs_in_gives_both_passwords_and_only_a_head_may(encrypted, tmp_path):
    both = f"{locked.PASSWORD}\n春风化雨 2088\n"
    encrypted("users", "add", "张丽", typed=both)
    encrypted("users", "add", "李强", "--user", "张丽", typed=f"{both}秋高气爽 2099\n")
    words = f"{locked.PASSWORD}\n秋高气爽 2099\n"

    for what in ("password", "paper", "off"):
        said = encrypted("encrypt", what, "--user", "李强", typed=words, status=1)
        assert "没有" in said
        assert "权限" in said
    said = encrypted("encrypt", "paper", "--user", "张丽", typed=both)
    assert "恢复密钥" in said


def test_the_paper_of_the_accounts_opens_what_is_encrypted_later(desk):
    desk(*INIT)
    paper = json.loads(desk("users", "add", "张丽", "--json", typed="春风化雨 2088\n"))["paper"]

    said = desk("encrypt", "on", "--user", "张丽", typed=f"春风化雨 2088\n{NEW}\n")

    assert said == "数据已加密。以前的恢复密钥也能打开。\n"
    desk("encrypt", "recover", typed=f"{' '.join(paper)}\n{locked.PASSWORD}\n")


def test_a_backup_is_put_back_with_its_password(encrypted, desk, tmp_path):
    encrypted("backup", typed=f"{locked.PASSWORD}\n")
    [made] = (encrypted.folder / "backups").glob("*.db")
    assert "已恢复" in encrypted("restore", str(made), typed=f"{locked.PASSWORD}\n")

    new = tmp_path / "new"
    new.mkdir()
    said = desk("restore", str(made), typed=f"{NEW}\n", where=new, status=1)
    assert said.startswith(f"“{made.name}”的密码不对。")
    assert "已恢复" in desk("restore", str(made), typed=f"{locked.PASSWORD}\n", where=new)

    assert desk("check", typed=f"{locked.PASSWORD}\n", where=new) == "数据与日志一致。\n"


def test_the_second_pc_is_encrypted_too(encrypted, desk, tmp_path):
    stick, second = tmp_path / "stick", tmp_path / "second"
    stick.mkdir()
    encrypted("card", typed=f"{locked.PASSWORD}\n")
    encrypted("join-file", str(stick), typed=f"{locked.PASSWORD}\n一路平安 2026\n")
    [file] = stick.iterdir()

    words = f"一路平安 2026\n{NEW}\n"
    assert "已加入" in desk("join", str(file), "--encrypt", typed=words, where=second)

    assert desk("check", typed=f"{NEW}\n", where=second) == "数据与日志一致。\n"


def test_a_servers_data_is_encrypted_by_the_server(desk):
    for words in ((*INIT, "--encrypt"), ("encrypt", "state")):
        assert "不能这样加密" in desk(*words, where="postgresql://there/office", status=1)
