"""Three sticks between two townships and a district, by the command line alone."""

import json
import shutil

import pytest

from tests.cli.test_cli import Desk


@pytest.fixture
def desks(tmp_path, capsys):
    made = {}
    for code, kind, name in (
        ("T1", "town", "五当召镇"),
        ("T2", "sumu", "吉忽伦图苏木"),
        ("D", "district", "石拐区"),
    ):
        made[code] = Desk(tmp_path / code, capsys)
        district = ("--district", "石拐区") if kind != "district" else ()
        made[code]("init", "--kind", kind, "--name", name, "--code", code, *district)
    return made


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def introduce(desks, stick):
    for code in desks:
        desks[code]("card", "-o", str(stick))
    for child in ("T1", "T2"):
        enrol(desks, stick, child, "D", "parent")
        enrol(desks, stick, "D", child, "child")


def enrol(desks, stick, who, whom, role):
    numbers = desks[whom].json("card")["fingerprint"]
    card = stick / f"{whom}.ddcard"
    desks[who]("enrol", str(card), "--role", role, "--fingerprint", numbers)


def test_a_township_s_work_comes_to_the_district_and_its_reply_goes_back(desks, stick):
    introduce(desks, stick)
    desks["T1"]("do", "units.add", '{"name": "镇水利站"}')

    sent = desks["T1"].json("send", str(stick), "--to", "D")
    shown = desks["D"].json("receive", str(stick), "--preview")
    before = desks["D"].json("ask", "units.rows")
    taken = desks["D"].json("receive", str(stick))

    assert sent["changes"] == 2  # the profile and the unit
    assert shown == taken
    assert before == []
    assert taken[0]["from"] == "T1"
    assert taken[0]["new"] == 2
    assert [row["name"] for row in desks["D"].json("ask", "units.rows")] == ["镇水利站"]
    assert "最近收入：2026-11-23" in desks["D"]("peers")


def test_a_card_whose_numbers_were_not_compared_is_not_enrolled(desks, stick):
    desks["D"]("card", "-o", str(stick))

    said = desks["T1"](
        "enrol",
        str(stick / "D.ddcard"),
        "--role",
        "parent",
        "--fingerprint",
        "12345 " * 8,
        status=1,
    )

    assert "核对数字与名片不符" in said
    assert desks["T1"].json("peers") == []


def test_a_file_for_another_office_is_refused_in_a_sentence_and_a_folder_is_read_on(desks, stick):
    introduce(desks, stick)
    path = desks["D"].json("send", str(stick), "--to", "T2")["file"]
    desks["D"]("send", str(stick), "--to", "T1")
    (stick / "broken.ddb").write_bytes(b"PK")

    alone = desks["T1"]("receive", path, status=1)
    whole = desks["T1"].json("receive", str(stick), status=1)

    assert "不是给本单位的" in alone
    assert ["refused" in one for one in whole] == [False, True]


def test_an_empty_folder_says_so(desks, stick):
    introduce(desks, stick)

    assert "没有给本单位的交换文件" in desks["T1"]("receive", str(stick), status=1)


def test_a_backup_is_put_back_by_command(desks, stick):
    desk = desks["T1"]
    made = desk.json("backup")["file"]
    desk("do", "units.add", '{"name": "镇水利站"}')

    said = desk("restore", made)

    assert "备份以后交过的内容会回来" in said
    assert desk.json("ask", "units.rows") == []
    assert "数据与日志一致" in desk("check")


def test_a_copy_of_the_data_writes_under_a_name_of_its_own(desks, tmp_path, capsys):
    first = desks["T1"].json("ask", "partners.myself")
    shutil.copytree(tmp_path / "T1", tmp_path / "copy")

    copy = Desk(tmp_path / "copy", capsys).json("ask", "partners.myself")

    assert copy[0] == first[0]
    assert copy[1] != first[1]
    assert desks["T1"].json("ask", "partners.myself") == first


def test_without_a_conflict_there_is_nothing_to_settle(desks):
    assert "没有不一致的内容" in desks["T1"]("conflicts")
    assert "已经没有不一致了" in desks["T1"]("settle", "unit:T1-1:name", json.dumps("甲"), status=1)


def test_another_office_s_backup_is_refused(desks, stick):
    introduce(desks, stick)
    made = desks["T2"].json("backup")["file"]

    refused = desks["T1"]("restore", made, status=1)

    assert "是另一个单位“吉忽伦图苏木”（T2）的，不是本单位“五当召镇”（T1）的" in refused
    assert desks["T1"].json("check") == []
