"""deskctl scan: ticked papers read from files, and where the boxes of a printed form stand."""

import json

import pytest
from PIL import Image

from deputydesk.cli import main
from tests.scan.paper import Sheet, a_ballot, scanned, write_ballot


@pytest.fixture
def folder(tmp_path):
    """The printed ballots, and a scan of one on which everybody is 满意."""
    write_ballot(tmp_path / "ballot.pdf")
    sheet = Sheet(a_ballot())
    sheet.tick_all()
    Image.fromarray(scanned(sheet)).save(tmp_path / "scan.png")
    return tmp_path


def test_a_scan_is_read_into_json(folder, capsys):
    args = [str(folder / "scan.png"), "--form", str(folder / "ballot.pdf"), "--json"]

    assert main(["scan", "read", *args]) == 0

    (page,) = json.loads(capsys.readouterr().out)
    assert (page["status"], page["run"], page["form_page"]) == ("read", "7K3Q9X", 1)
    assert [row["answer"] for row in page["rows"]] == [[0]] * 13
    assert not any(row["doubt"] for row in page["rows"])
    assert page["seconds"] > 0


def test_what_was_read_and_refused_is_told_in_sentences(folder, capsys):
    (folder / "notes.txt").write_text("明天开会")
    args = [str(folder / "scan.png"), str(folder / "notes.txt"), str(folder / "none.pdf")]

    main(["scan", "read", *args, "--form", str(folder / "ballot.pdf")])

    said = capsys.readouterr().out.splitlines()
    assert said[0] == "scan.png 第1页：已读13行，待确认0行：" + " ".join(["1"] * 13)
    assert said[1] == "notes.txt 第1页：拒收，不是能读的文件。请导入 PDF、JPG、PNG 或 TIFF 文件。"
    assert "拒收，文件读不到了" in said[2]


def test_what_is_doubtful_is_told_with_its_reason(folder, capsys):
    sheet = Sheet(a_ballot())
    sheet.tick_all(but=(2, 5))
    sheet.tick(2, 0)
    sheet.tick(2, 3)
    Image.fromarray(scanned(sheet)).save(folder / "scan.png")

    main(["scan", "read", str(folder / "scan.png"), "--form", str(folder / "ballot.pdf")])

    said = capsys.readouterr().out
    assert "待确认1行：1 1 1+4? 1 1 空 1" in said
    assert "　第3行：选了不止一项。" in said


def test_the_geometry_of_a_printed_form_is_enough_to_read_it(folder, capsys):
    main(["scan", "geometry", str(folder / "ballot.pdf"), "-o", str(folder / "made")])
    capsys.readouterr()

    (made,) = (folder / "made").iterdir()
    main(["scan", "read", str(folder / "scan.png"), "--form", str(made), "--run", "7K3Q9X"])

    assert "已读13行" in capsys.readouterr().out


def test_the_geometry_says_where_each_box_stands(folder, capsys):
    main(["scan", "geometry", str(folder / "ballot.pdf")])

    (page,) = json.loads(capsys.readouterr().out)
    assert (page["page_mm"], len(page["rows"]), len(page["rows"][0]["boxes"])) == (
        [210, 297],
        13,
        4,
    )
    assert page["rows"][0]["boxes"][0] == {"col": 0, "x": 112.0, "y": 86.0, "w": 6.0, "h": 6.0}


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["read", "scan.png"], "没有说是哪一批表。"),
        (["read", "scan.png", "--form", "scan.png"], "“scan.png”读不出来。"),
        (
            ["read", "scan.png", "--form", "ballot.pdf", "--run", "AAAAAA"],
            "没有表号是“AAAAAA”的表。",
        ),
        (["read", "scan.png", "--form", "wrong.json"], "“wrong.json”不是表的版式文件。"),
        (["geometry", "empty.pdf"], "“empty.pdf”里没有可以扫描的表。"),
        (["geometry", "ballot.pdf", "-o", "ballot.pdf"], "写不到“ballot.pdf”。"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(folder, capsys, monkeypatch, args, sentence):
    monkeypatch.chdir(folder)
    (folder / "wrong.json").write_text("{}")
    Image.new("L", (600, 800), 255).save(folder / "empty.pdf")

    assert main(["scan", *args]) == 1

    assert sentence in capsys.readouterr().err
