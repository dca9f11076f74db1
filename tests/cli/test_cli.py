import io
import json
import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from deputydesk.cli import calls, main
from deputydesk.errors import FieldError
from tests import make
from tests.operations import duty_case


class Desk:
    """deskctl on one office, with what it said."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys = folder, capsys

    def __call__(self, *words, status=0, office=True):
        where = ("--office", str(self.folder)) if office else ()
        assert main([*words, *where], clock=make.at()) == status
        said = self.capsys.readouterr()
        return said.out if status == 0 or said.out else said.err

    def json(self, *words, status=0, office=True):
        return json.loads(self(*words, "--json", status=status, office=office))


@pytest.fixture
def bare(tmp_path, capsys):
    return Desk(tmp_path / "office", capsys)


@pytest.fixture
def desk(bare):
    bare("init", "--kind", "town", "--name", "五当召镇", "--district", "石拐区", "--code", "T1")
    return bare


def typed(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_an_office_is_made_once(bare):
    said = bare.json("init", "--kind", "street", "--name", "石拐街道", "--district", "石拐区")

    assert len(said["code"]) == 10
    assert "已经存在" in bare("init", "--kind", "town", "--name", "甲", status=1)


def test_an_office_without_a_name_leaves_a_sentence(bare):
    said = bare.json("init", "--kind", "town", "--name", "五当召镇", status=1)

    assert said == {"error": "请填写所属旗县区。", "hint": "", "field": "district"}


def test_a_day_of_work_by_command(desk):
    home = desk.json("do", "places.add_home", '{"name": "五当召镇人大代表之家", "level": "town"}')
    deputy = desk.json("do", "deputies.add", '{"name": "王伟", "level": "苏木乡镇"}')
    visit = {"held_on": "2026-11-20", "home_id": home, "deputy_ids": [deputy], "received": 3}

    assert "已完成：登记进家接待（11月20日" in desk("do", "visits.register", json.dumps(visit))

    [row] = desk.json("ask", "visits.rows", '{"year": 2026}')
    assert (row["held_on"], row["kind"], row["deputies"]) == ("2026-11-20", "reception", ["王伟"])
    assert desk.json("list", "visit")[0]["received"] == 3
    assert "代表　王伟" in desk("search", "ww")
    assert desk("search", "没有这个") == "没有找到。\n"
    assert desk.json("history")[0]["title"] == "登记进家接待"
    assert desk.json("undo")["title"] == "登记进家接待"
    assert "（已撤销）" in desk("history")
    assert desk.json("list", "进家登记") == []
    assert desk("check") == "数据与日志一致。\n"
    assert desk.json("rebuild") == {"rows": 4}


@pytest.mark.parametrize(
    ("words", "error", "field"),
    [
        (("do", "visits.fly", "{}"), "没有“visits.fly”这个操作", None),
        (("ask", "visits.fly", "{}"), "没有“visits.fly”这个查询", None),
        (("do", "units.add", "{"), "参数不是有效的 JSON", None),
        (("do", "units.add", "[]"), "参数应为一个 JSON 对象", None),
        (("do", "units.add", "{}"), "缺少参数“name”", "name"),
        (("do", "units.add", '{"nam": "局"}'), "没有“nam”这个参数", "nam"),
        (("do", "units.add", '{"name": 1}'), "参数“name”的值不对：1", "name"),
        (("do", "units.add", '{"name": " "}'), "请填写单位名称", "name"),
        (("ask", "visits.rows", '{"year": true}'), "参数“year”的值不对", "year"),
        (("due", "昨天", "--months", "3"), "“昨天”不是日期", None),
        (("import", "sheet", "unit"), "写法", None),
        (("import", "roster", "a", "b"), "写法", None),
        (("import", "roster", "没有.xlsx"), "没有.xlsx", None),
        (("export", "茶叶", "x.xlsx"), "没有“茶叶”这种记录", None),
        (("print", "茶叶", "-o", "x.pdf"), "没有“茶叶”这种表格", None),
        (("print", "duty_report", "-o", "x.pdf"), "请写明打印谁", None),
    ],
)
def test_what_cannot_be_done_is_a_sentence(desk, words, error, field):
    said = desk.json(*words, status=1)

    assert error in said["error"]
    assert said["field"] == field


def test_wrong_words_are_said_in_chinese_with_status_two(capsys):
    for words in (["fly"], ["due"], []):
        with pytest.raises(SystemExit) as stop:
            main(words)

        assert stop.value.code == 2
        assert "命令写得不对" in capsys.readouterr().err


def test_arguments_may_come_from_standard_input(desk, monkeypatch):
    typed(monkeypatch, '{"name": "区水务局"}')

    desk("do", "units.add", "-")

    assert desk.json("ask", "units.rows")[0]["name"] == "区水务局"


def test_what_cannot_be_taken_back_or_changed_nothing_is_told_by_its_own_title(desk):
    assert desk("do", "partners.make_keys") == "已完成：生成本单位密钥。\n"

    profile = '{"kind": "town", "name": "五当召镇", "district": "石拐区"}'
    desk("do", "units.add", '{"name": "镇水利站"}')
    assert "已完成：填写单位信息。" in desk("do", "offices.set_profile", profile)


def test_operations_and_queries_are_listed(desk):
    said = desk.json("operations", office=False)

    names = {op["name"]: op for op in said["operations"]}
    assert names["visits.register"]["title"] == "登记进家接待"
    assert "held_on" in names["visits.register"]["arguments"]
    assert "figures.figures" in said["queries"]
    assert "visits.register　登记进家接待" in desk("operations", office=False)


def test_every_operation_and_query_is_listed_once_by_module_and_with_its_own_title(desk):
    said = desk.json("operations", office=False)

    names = [op["name"] for op in said["operations"]]
    titles = [op["title"] for op in said["operations"]]
    assert len(set(names)) == len(names)
    assert [title for title in titles if titles.count(title) > 1 or not title.strip()] == []
    assert {op["right"] for op in said["operations"]} == {
        *("登记", "办理", "测评", "设置", "管理", "进入"),
    }
    assert {name.partition(".")[0] for name in names if name.endswith(".remove")} >= {
        *("activities", "assemblies", "expenses", "home_checks", "leg_rounds", "online_polls"),
        *("petitions", "practices", "projects", "regulations", "rotas", "vacancies"),
    }
    assert len(set(said["queries"])) == len(said["queries"])


def test_every_query_that_asks_for_no_record_answers_of_an_office_with_a_home(office):
    make.home(office)
    asked = 0
    for name, query in calls.queries().items():
        known = calls.parameters(query)
        needed = {key for key, one in known.items() if one.default is one.empty}
        if needed <= {"today", "year"}:
            json.dumps(calls.ask(office, name, '{"year": 2026}' if "year" in known else "{}"))
            asked += 1
    assert asked > 80


def test_points_and_sets_are_plain_numbers_and_lists():
    numbers = [Decimal("2.5"), Decimal("3.0"), Fraction(1, 4)]

    assert calls.plain([*numbers, frozenset("ba")]) == [2.5, 3, 0.25, ["a", "b"]]


def test_the_duty_and_the_board_of_a_quarter_are_asked_for_by_command(duty_office):
    duty_case.adopt(duty_office, duty_case.scheme("汝州"))

    board = calls.ask(duty_office, "points.board", '{"quarter": {"year": 2025, "number": 2}}')
    days = '{"first": "2025-04-01", "last": "2025-06-30", "kinds": ["training"]}'
    briefs = calls.ask(duty_office, "duty.briefs", days)

    assert [row["total"] for row in board["rows"]][:3] == [15, 12, 11]
    assert json.loads(json.dumps(briefs))
    for wrong in ('"二季度"', "[2025, 5]", "[2025]", '{"year": 2025}'):
        with pytest.raises(FieldError, match="参数“quarter”的值不对"):
            calls.ask(duty_office, "points.board", f'{{"quarter": {wrong}}}')


def test_a_budget_and_an_activity_by_command(desk):
    """Nouns of the whole year are listed, done, asked and taken back as those of the first day."""
    rate = {"year": 2026, "level": "town", "per_head": 250_000, "headcount": 1}
    desk.json("do", "expense_rates.save", json.dumps(rate))
    bill = {"spent_on": "2026-05-06", "kind": "training", "content": "资料", "amount": 300_000}

    said = desk.json("do", "expenses.save", json.dumps(bill), status=1)

    assert said["field"] == "amount"
    assert "超出" in said["error"]
    desk.json("do", "expenses.save", json.dumps(bill | {"over_reason": "镇长批准"}))
    [row] = desk.json("list", "expense")
    assert (row["amount"], row["over_reason"]) == (300_000, "镇长批准")
    activity = {
        "kind": "约见负责人",
        "name": "约见区水务局局长",
        "held_on": "2026-05-06",
        "official": "区水务局局长",
        "topics": ["供水"],
    }
    made = desk.json("do", "activities.save", json.dumps(activity))
    [listed] = desk.json("ask", "activities.rows", '{"year": 2026}')
    assert (listed["id"], listed["kind"]) == (made, "interview")
    desk("do", "activities.remove", json.dumps({"ids": [made]}))
    assert desk.json("list", "代表活动") == []
    assert desk.json("undo")["title"] == "删除代表活动"
    assert [one["id"] for one in desk.json("list", "代表活动")] == [made]


def test_names_are_sorted_and_have_initials(desk, monkeypatch):
    typed(monkeypatch, "王伟\n丁一\n\n田富\n田大利\n")
    assert desk("names", "sort", office=False).split() == ["丁一", "王伟", "田大利", "田富"]

    typed(monkeypatch, "田富\n田大利\n")
    surname = desk.json("names", "sort", "--convention", "surname", office=False)
    assert surname == ["田富", "田大利"]

    typed(monkeypatch, "单志刚\n")
    assert {"dzg", "szg", "czg"} == set(desk.json("names", "initials", office=False)["单志刚"])


def test_a_deadline_says_why(desk):
    said = desk.json("due", "2026-07-01", "--months", "3", office=False)

    assert (said["plain"], said["moved"], said["provisional"]) == (
        "2026-10-01",
        "2026-10-08",
        False,
    )
    assert "国庆节" in said["why"]
    assert "（暂定）" in desk("due", "2026-11-30", "--months", "3", office=False)


@pytest.fixture
def roster(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["序号", "姓名", "性别", "出生年月", "联系电话"])
    book.active.append([1, "王伟", "男", 1978.1, "14000000001"])
    book.active.append([2, "高娃", "女", "1980-11", "14000000002"])
    book.active.append(["合计", "2人"])
    book.save(tmp_path / "名册.xlsx")
    return tmp_path / "名册.xlsx"


def test_a_roster_is_looked_at_answered_and_taken_in_once(desk, roster, tmp_path):
    looked = desk.json("import", "roster", str(roster), "--dry-run")
    assert desk.json("list", "mandate") == []
    assert [r["name"] for r in looked["records"]] == ["王伟", "高娃"]
    [left_out] = looked["skipped"]
    assert (left_out["sheet"], left_out["row"]) == ("Sheet", 4)
    assert left_out["reason"]
    [question] = looked["questions"]
    answers = tmp_path / "答案.json"
    answers.write_text(json.dumps({question["id"]: question["choices"][0]["value"]}), "utf-8")

    words = ("import", "roster", str(roster), "--answers", str(answers), "--level", "town")
    first, second = desk.json(*words), desk.json(*words)

    assert first["outcome"] == {"added": 2, "changed": 0, "same": 0}
    assert second["outcome"] == {"added": 0, "changed": 0, "same": 2}
    assert first["records"][0]["birth"].startswith("1978-")
    assert first["questions"] == []
    assert "新增0人" in desk(*words)
    answers.write_text("[", "utf-8")
    assert "读不了答案文件" in desk(*words, status=1)


def test_records_go_out_and_in_again(desk, tmp_path):
    desk("do", "units.add", '{"name": "区水务局"}')
    path = str(tmp_path / "units.xlsx")

    assert "已导出1行" in desk("export", "unit", path)
    assert desk.json("import", "sheet", "unit", path) == {"added": 0, "changed": 0, "same": 1}
    assert "相同1条" in desk("import", "sheet", "承办单位", path)


def test_doctor_and_backup_say_how_the_office_is(desk):
    assert "还没有备份" in desk("doctor")

    assert "已备份到" in desk("backup")

    said = desk("doctor")
    assert "数据与日志一致" in said
    assert "最近备份：office-" in said


def test_a_row_changed_behind_the_app_is_said_and_healed(desk):
    import sqlite3

    desk("do", "units.add", '{"name": "区水务局"}')
    with sqlite3.connect(desk.folder / "office.db") as connection:
        connection.execute("update unit set name = '区教育局'")
    connection.close()

    assert "“承办单位”的“单位名称”与日志不符" in desk("check", status=1)
    assert "需处理" in desk("doctor", status=1)

    desk("rebuild")
    assert desk("check") == "数据与日志一致。\n"


def test_the_data_folder_and_file_are_both_taken(desk, monkeypatch):
    monkeypatch.setenv("DEPUTYDESK_DATA", str(desk.folder))

    assert main(["check"], clock=make.at()) == 0
    assert main(["--office", str(desk.folder / "office.db"), "check"], clock=make.at()) == 0


def test_forms_are_listed(desk):
    listed = {form["id"]: form for form in desk.json("forms", office=False)}
    assert listed["duty_report"] == {"id": "duty_report", "title": "代表履职报告", "papers": []}
    assert listed["suggestion_ledger"]["papers"] == ["A3", "A4"]
    shown = desk("forms", office=False)
    assert "ballot　述职满意度测评票" in shown
    assert "suggestion_ledger　建议办理台账　--paper A3|A4" in shown


def test_the_showcase_builds_prints_and_names_its_folder(bare, tmp_path):
    said = bare("showcase", "-o", str(tmp_path / "show"), office=False)

    assert str(tmp_path / "show") in said
    assert {path.name for path in (tmp_path / "show").glob("*.pdf")} == {
        "建议办理台账.pdf",
        "履职报告（全体代表）.pdf",
        "接待选民登记表.pdf",
        "测评结果汇总表.pdf",
        "述职测评票.pdf",
        "代表卡（全体代表）.pdf",
    }


def test_the_demo_is_made_by_command_and_keeps_its_day(bare, tmp_path):
    bare("demo")

    figures = {f["id"]: f["value"] for f in bare.json("figures", "--from", "2022-01-01")}

    assert figures["opinions.settled"] == 398
    parts = bare.json("figures", "--by", "channel")["opinions.heard"]
    assert sum(part["value"] for part in parts) == figures["opinions.heard"]
    assert bare("figures", "--rows", "opinions.heard", "--by", "channel").startswith("听取选民意见")
    whole = ("figures", "--rows", "opinions.settled", "--side")
    assert len(bare.json(*whole, "out_of")) == len(bare.json(*whole, "rest")) + 398
    one = ("figures", "--rows", "opinions.heard", "--by", "channel", "--key", parts[0]["key"])
    assert len(bare.json(*one)) == parts[0]["value"]
    assert (
        bare("figures", "--rows", "homes.level.district").strip().startswith("石拐区人大代表之家")
    )
    talked = bare("figures", "--rows", "cautions.total").strip()
    assert talked == "2023-11-08　2023年度 3季度", "whom is not told"
    to = str(tmp_path / "ledger.pdf")
    assert bare.json("print", "suggestion_ledger", "--paper", "A4", "-o", to)["pages"] > 1
    as_word = str(tmp_path / "reply.docx")
    assert bare.json("print", "reply_letter", "-o", as_word) == {"file": as_word}
    assert (tmp_path / "reply.docx").stat().st_size > 9000
    assert bare.json("ask", "suggestions.board")[0]["rows"] == []
    assert "2023-12-31" in bare("history", "--limit", "1")


def deskctl(*words, to):
    """The command as a program of its own."""
    command = [sys.executable, "-m", "deputydesk.cli", *words]
    return subprocess.run(command, stdout=to, stderr=subprocess.PIPE, text=True, check=False)


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path):
    read, write = os.pipe()
    os.close(read)

    done = deskctl("operations", "--json", to=write)

    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_is_a_sentence():
    with Path("/dev/full").open("w") as full:
        done = deskctl("operations", to=full)

    assert done.returncode == 1
    assert done.stderr.startswith("写不出结果：")
    assert "Traceback" not in done.stderr


def test_only_queries_can_be_asked(desk):
    asked = desk.json("operations", office=False)["queries"]

    assert "undo.actions" in asked
    assert not {"undo.undo", "undo.note", "checks.get"} & set(asked)


def test_the_pocket_page_is_written_and_its_notes_are_taken_once(desk, tmp_path):
    home = desk.json("do", "places.add_home", '{"name": "五当召镇人大代表之家", "level": "town"}')
    deputy = desk.json("do", "deputies.add", '{"name": "王伟", "level": "town"}')
    page, notes = tmp_path / "页.html", tmp_path / "随手记.json"

    assert desk.json("pocket", "write", str(page), "--deputy", deputy)["deputies"] == 1
    assert "王伟" in page.read_text(encoding="utf-8")
    assert "写法" in desk("pocket", "write", str(page), str(page), status=1)

    note = {"id": "1" * 32, "deputy": deputy, "date": "2026-11-20", "home": home}
    listed = [note | {"channel": "home", "matter": "路灯不亮"}]
    said = {"deputydesk": "pocket", "version": 1, "office": "T1", "notes": listed}
    notes.write_text(json.dumps(said), encoding="utf-8")
    looked = desk.json("pocket", "take", str(notes), "--dry-run")
    assert (looked["notes"][0]["state"], looked["outcome"]) == ("new", None)
    assert desk.json("pocket", "take", str(notes))["outcome"]["added"] == 1
    assert "新登记0条，更新0条，原有1条" in desk("pocket", "take", str(notes))


def test_a_series_of_codes_that_is_not_whole_is_not_taken(desk, tmp_path):
    from deputydesk.rules import pocket_codes

    path = tmp_path / "扫描.txt"
    path.write_text(pocket_codes.encode(b"x" * 900)[1], encoding="utf-8")

    assert "共 3 张，还缺第 1、3 张" in desk("pocket", "take", str(path), status=1)
