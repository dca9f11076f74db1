"""Accounts by the command line: passwords come by standard input or a prompt, never as words."""

import getpass
import io
import sys

import pytest

from tests.cli.test_cli import Desk, typed

HEAD, CLERK = "three-horses", "horse-and-well"


@pytest.fixture
def desk(tmp_path, capsys):
    made = Desk(tmp_path / "office", capsys)
    made("init", "--kind", "town", "--name", "五当召镇", "--district", "石拐区", "--code", "T1")
    return made


@pytest.fixture
def staffed(desk, monkeypatch):
    """An office with a head and a clerk."""
    typed(monkeypatch, f"{HEAD}\n")
    desk("users", "add", "乌兰")
    typed(monkeypatch, f"{HEAD}\n{CLERK}\n")
    desk("users", "add", "张丽", "--user", "乌兰")
    return desk


def test_the_first_account_turns_signing_in_on_and_shows_the_paper_once(desk, monkeypatch):
    assert desk("users", "list") == "没有启用登录。\n"
    typed(monkeypatch, f"{HEAD}\n")

    said = desk("users", "add", "乌兰")

    assert "已启用登录，乌兰是负责人" in said
    groups = said.strip().splitlines()[-1].split()
    assert [len(group) for group in groups] == [5] * 10


def test_nothing_is_read_or_written_without_a_password(staffed, monkeypatch):
    assert "这个单位启用了登录" in staffed("ask", "units.rows", status=1)
    typed(monkeypatch, "wrong\n")
    refused = staffed.json("ask", "units.rows", "--user", "张丽", status=1)
    assert (refused["error"], refused["field"]) == ("密码不对。", "password")

    typed(monkeypatch, f"{CLERK}\n")
    assert staffed.json("ask", "units.rows", "--user", "张丽") == []


def test_the_arguments_follow_the_password_on_standard_input(staffed, monkeypatch):
    typed(monkeypatch, f'{CLERK}\n{{"name": "镇水利站"}}')

    assert "已完成" in staffed("do", "units.add", "-", "--user", "张丽")


def test_a_password_is_typed_unseen_at_a_terminal(staffed, monkeypatch):
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: CLERK)

    assert [row["name"] for row in staffed.json("users", "list", "--user", "张丽")] == [
        "乌兰",
        "张丽",
    ]


def test_a_clerk_changes_nobody(staffed, monkeypatch):
    typed(monkeypatch, f"{CLERK}\n")

    said = staffed("users", "role", "张丽", "--role", "head", "--user", "张丽", status=1)

    assert "没有“修改账号角色”的权限" in said


def test_a_head_changes_roles_passwords_and_who_may_come(staffed, monkeypatch):
    def head(*words, more="", status=0):
        typed(monkeypatch, f"{HEAD}\n{more}")
        return staffed("users", *words, "--user", "乌兰", status=status)

    assert "张丽现在是查看" in head("role", "张丽", "--role", "viewer")
    assert "请用 --role" in head("role", "张丽", status=1)
    assert "没有“王五”的账号" in head("role", "王五", "--role", "head", status=1)
    assert "已重设张丽的密码" in head("reset", "张丽", more="brand-new-word\n")
    assert "不能再登录" in head("stop", "张丽")
    assert "张丽　查看（已停用）" in head("list")
    assert "重设密码以后又可以登录" in head("resume", "张丽")
    assert "放进保险柜" in head("paper")
    assert "乌兰　停用账号　张丽" in head("log")
    assert "打开就能用" in head("off", more=f"{HEAD}\n")
    assert staffed("users", "list") == "没有启用登录。\n"


def test_an_old_backup_does_not_let_in_who_does_not_sign_in(desk, monkeypatch):
    made = desk.json("backup")["file"]
    typed(monkeypatch, f"{HEAD}\n")
    desk("users", "add", "乌兰")
    typed(monkeypatch, f"{HEAD}\n{CLERK}\n")
    desk("users", "add", "张丽", "--user", "乌兰")

    assert "这个单位启用了登录" in desk("restore", made, status=1)
    typed(monkeypatch, f"{CLERK}\n")
    assert "没有“恢复备份”的权限" in desk("restore", made, "--user", "张丽", status=1)

    typed(monkeypatch, f"{HEAD}\n")
    assert "已恢复" in desk("restore", made, "--user", "乌兰")
    assert "这个单位启用了登录" in desk("do", "units.add", '{"name": "水利站"}', status=1)
    typed(monkeypatch, f"{CLERK}\n")
    assert "张丽" in desk("users", "list", "--user", "张丽")


def test_damaged_data_is_rescued_by_a_backup_at_which_one_signs_in(staffed, monkeypatch):
    typed(monkeypatch, f"{HEAD}\n")
    made = staffed.json("backup", "--user", "乌兰")["file"]
    (staffed.folder / "office.db").write_bytes(b"no data any more" * 900)

    assert "已恢复" in staffed("restore", made)

    assert "这个单位启用了登录" in staffed("users", "list", status=1)
    typed(monkeypatch, f"{CLERK}\n")
    assert "乌兰" in staffed("users", "list", "--user", "张丽")


def test_a_voter_is_found_and_erased_for_good(desk):
    heard = '{"channel": "phone", "matter": "水压不足", "voter_name": "葛某某某"}'
    desk("do", "opinions.hear", heard)
    assert desk("expunge", "没有此人") == "没有找到。\n"
    found = desk("expunge", "葛某某某")
    (row,) = desk.json("expunge", "葛某某某")
    assert f"voter:{row['id']}　葛某某某" in found
    assert row["heard"] == 1
    assert "没有找到" in desk("expunge", f"voter:{row['id']}")

    said = desk("expunge", f"voter:{row['id']}", "--yes")

    assert "恢复不了" in said
    assert "葛某某某".encode() not in (desk.folder / "office.db").read_bytes()
    assert desk("check") == "数据与日志一致。\n"


def test_a_second_pc_joins_with_a_file_and_words_told_by_mouth(desk, tmp_path, capsys, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    typed(monkeypatch, f"{HEAD}\n")
    assert "口令请当面告诉对方" in desk("join-file", str(stick))
    second = Desk(tmp_path / "second", capsys)
    typed(monkeypatch, f"{HEAD}\n")

    assert "已加入五当召镇人大主席团" in second("join", str(stick / "T1.ddjoin"))

    desk("send", str(stick), "--to", "T1")
    second("receive", str(stick))
    assert second.json("ask", "offices.profile")["name"] == "五当召镇"
    server = Desk("postgresql://localhost/desk", capsys)
    assert "不用加入" in server("join", str(stick / "T1.ddjoin"), status=1)
