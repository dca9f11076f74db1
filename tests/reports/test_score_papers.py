"""The poster of points and the certificate of a closed quarter, read back."""

from datetime import date
from functools import partial

import pikepdf
import pytest
from sqlalchemy import select

from deputydesk.errors import UserError
from deputydesk.models import PointQuarter
from deputydesk.office import Right, operation
from deputydesk.operations import point_objections, point_quarters, points
from deputydesk.reports import FORMS, Options, score_board, score_certificate
from deputydesk.reports.form import AskRecord
from deputydesk.reports.printing import write
from deputydesk.reports.score_board import BoardLine, ScoreBoard, podium
from deputydesk.reports.score_certificate import Certificate, Listed
from deputydesk.rules.quarters import Quarter
from tests import make
from tests.operations.duty_case import adopt, scheme
from tests.reports import samples
from tests.reports.judge import faults, text_of
from tests.reports.live import printed

FIRST = Quarter(2025, 1)


@pytest.fixture
def scored(duty_office):
    """The office of five deputies, with rules; its first quarter is closed and published."""
    adopt(duty_office, scheme("汝州"))
    record = duty_office.do(point_quarters.close, quarter=FIRST, leave_unverified=True)
    duty_office.do(
        point_quarters.publish,
        quarter_id=record,
        published_on=date(2026, 11, 23),
        objections_until=date(2026, 11, 30),
    )
    return duty_office


@operation(Right.SETUP, "测试：改动积分榜")
def _forge(tx) -> None:
    """Somebody writes into a closed board."""
    record = tx.session.scalars(select(PointQuarter)).one()
    record.board = {**record.board, "source": "别处"}


def _digest(session) -> str:
    return session.scalars(select(PointQuarter.digest)).one()


def line(rank, name="王伟", total="9", **values):
    """A line of the board."""
    return BoardLine(rank, name, "区", "五当召镇之家", ("3", "6"), total, **values)


def worst(items=14):
    """Two hundred deputies with the longest names in everything."""
    return ScoreBoard(
        "2026年第三季度",
        samples.SENTENCE,
        "未封账",
        tuple(f"{samples.LONG_NAME}第{n}项" for n in range(items)),
        tuple(
            BoardLine(
                *("任职时间短，不排名" if n % 7 == 0 else "1000", samples.LONGEST_NAME),
                *("自治区（旗县）", samples.SENTENCE, tuple("-118.5" for _ in range(items))),
                *("12345.67", "12345.67", 0.5, samples.SENTENCE if n % 7 == 0 else ""),
            )
            for n in range(200)
        ),
        "12345.67",
        (samples.SENTENCE * 3, samples.NASTY.replace("\n", ""), samples.SENTENCE * 2),
        samples.HUGE,
        samples.DAY,
        "1" * 40,
        "DD1:JF:2026Q3",
    )


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("items", [0, 2, 6, 14, 20])
def test_the_worst_board_is_well_printed(tmp_path, upright, items):
    to = tmp_path / "board.pdf"
    score_board.write(
        worst(items), to, office=samples.OFFICE, printed_on=samples.DAY, upright=upright
    )

    assert faults(to) == []
    said = "".join(text_of(to))
    assert said.count("养") >= samples.HUGE.count("养")
    assert said.count("12345.67") >= 400
    with pikepdf.open(to) as document:
        sides = [float(n) / 72 * 25.4 for n in document.pages[0].MediaBox[2:]]
    assert [round(side) for side in sides] == ([297, 420] if upright else [420, 297])


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("count", [0, 1, 3, 33, 34, 35, 36, 37, 38, 60, 90])
def test_no_deputy_is_lost_between_pages(tmp_path, upright, count):
    lines = tuple(line(str(n), f"第{n}人") for n in range(1, count + 1))
    board = ScoreBoard("2026年第三季度", items=("接待", "建议"), lines=lines, legend="口径。")
    to = tmp_path / "board.pdf"

    score_board.write(board, to, office=samples.OFFICE, printed_on=samples.DAY, upright=upright)

    assert faults(to) == []
    said = "".join("".join(text_of(to)).split())
    assert all(f"第{n}人" in said for n in range(1, count + 1))
    assert ("这个季度没有积分" in said) == (count == 0)


@pytest.mark.parametrize(
    ("ranks", "stand"),
    [
        (["1", "2", "3", "4"], 3),
        (["1", "1", "3", "3"], 2),
        (["1", "1", "1", "4"], 3),
        (["1", "1", "1", "1"], 0),
        (["1", "2", "2", "2"], 1),
        (["暂停"], 0),
        ([], 0),
    ],
)
def test_only_whole_ranks_stand_on_the_podium(ranks, stand):
    assert len(podium([line(rank) for rank in ranks])) == stand


def test_nobody_stands_on_the_podium_for_nothing():
    assert podium([line("1", total="0")]) == []


def test_the_board_of_a_closed_quarter_is_what_was_closed(scored, who, tmp_path):
    board = scored.ask(points.board, FIRST)
    make.visit(
        scored, make.home(scored, name="又一家"), who.gao, held_on=date(2025, 3, 3), received=4
    )

    [said] = printed(scored, tmp_path, "score_board")

    assert "2025年第一季度（1月1日—3月31日）" in said
    assert "未封账" not in said
    assert "公示期：2026年11月23日至2026年11月30日" in said
    assert "监督电话：0472-0000000" in said
    assert "异议受理：五当召镇人大主席团" in said
    assert "积分规则：汝州" in said
    assert "计分口径：" in said
    for row in board.rows:
        assert row.name in said
    assert "并列第" in said or len({row.rank for row in board.rows}) == len(board.rows)


def test_who_is_suspended_is_listed_without_points_and_rank(scored, tmp_path):
    [said] = printed(scored, tmp_path, "score_board")

    assert "暂停赵六" in said
    assert "暂停执行职务" in said
    assert "4名代表参评" not in said
    assert "3名代表参评" in said


def test_a_quarter_that_goes_on_says_so_and_bears_no_seal(scored, tmp_path):
    [said] = printed(scored, tmp_path, "score_board", record_id="2025-3", paper="upright")

    assert "2025年第三季度（7月1日—9月30日，截至2025年9月30日）" in said
    assert "未封账" in said
    assert "（盖章）" not in said
    assert "本榜没有封账，仅供核对" in said


def test_the_board_of_the_demo_office_is_well_printed_both_ways(demo_office, tmp_path):
    for paper in ("wide", "upright"):
        pages = printed(demo_office, tmp_path, "score_board", paper=paper)
        assert "".join(pages).count("第三季度（续）") == len(pages) - 1


def test_an_office_without_rules_has_an_empty_board(office, tmp_path):
    [said] = printed(office, tmp_path, "score_board")

    assert "这个季度没有积分" in said
    assert "积分规则：还没有设定" in said


@pytest.mark.parametrize("form", ["score_board", "score_certificate"])
def test_a_quarter_that_is_gone_is_told(scored, tmp_path, form):
    with pytest.raises(UserError, match="找不到这个季度"):
        write(scored, form, tmp_path / "form.pdf", Options(record_id="T1-gone"))


def test_the_quarters_offered_are_closed_or_going_on(scored, office):
    [ask, _] = FORMS["score_board"].asks
    assert isinstance(ask, AskRecord)
    offered = scored.ask(ask.records)

    assert [one.name for one in offered][-1] == "2025年第一季度"
    assert "封账" in offered[-1].detail
    assert offered[0].detail == "未封账"
    assert office.ask(ask.records) == []


def test_the_certificate_says_rules_numbers_and_what_it_is_held_against(scored, tmp_path):
    digest = scored.ask(_digest)

    pages = printed(scored, tmp_path, "score_certificate")

    assert "2025年第一季度" in pages[0]
    assert "已于2026年11月23日封账，封账人张丽" in pages[0]
    assert "积分规则为“汝州”，自2025年1月1日起施行" in pages[0]
    assert "其中参加排名3名，暂停执行职务1名" in pages[0]
    assert digest.upper() in pages[0]
    assert "没有收到异议" in pages[0]
    assert "石拐区五当召镇人民代表大会主席团2026年11月23日" in pages[0]
    assert "王伟" in pages[1]
    assert "暂停" in pages[1]


def test_objections_are_counted_in_the_certificate(scored, who, tmp_path):
    closed = scored.ask(points.closed_rows)[0]
    scored.do(
        point_objections.raise_objection,
        quarter_id=closed.id,
        mandate_id=who.wang,
        raised_on=date(2026, 11, 23),
        content="漏记一次接待。",
    )

    pages = printed(scored, tmp_path, "score_certificate", record_id=closed.id)

    assert "收到异议1条" in pages[0]


def test_a_board_that_was_changed_is_not_certified(scored, tmp_path):
    scored.do(_forge)

    with pytest.raises(UserError, match="与封账时的校验值不符"):
        write(scored, "score_certificate", tmp_path / "form.pdf")


def test_a_quarter_that_is_not_closed_is_not_certified(scored, office, tmp_path):
    with pytest.raises(UserError, match="2025年第二季度还没有封账"):
        write(scored, "score_certificate", tmp_path / "f.pdf", Options(record_id="2025-2"))

    [said] = printed(office, tmp_path, "score_certificate")
    assert "还没有封账的季度" in said


def test_the_worst_certificate_is_well_printed(tmp_path):
    rows = tuple(
        Listed("1000", samples.LONGEST_NAME, "区（旗县）", samples.SENTENCE, "-118.5", "暂停")
        for _ in range(200)
    )
    paper = Certificate(
        samples.LONG_NAME, (samples.SENTENCE * 9,) * 4, "F" * 64, samples.SENTENCE, "1", "A", rows
    )
    to = tmp_path / "form.pdf"

    partial(score_certificate.write, paper)(to, office=samples.OFFICE, printed_on=samples.DAY)

    assert faults(to) == []


@pytest.mark.parametrize("paper", ["wide-tiles", "upright-tiles"])
def test_an_a4_printer_gets_the_poster_in_tiles_at_true_scale(scored, tmp_path, paper):
    to = tmp_path / "board.pdf"

    assert write(scored, "score_board", to, Options(paper=paper)) == 4

    with pikepdf.open(to) as document:
        sides = [[round(float(n) / 72 * 25.4) for n in p.MediaBox[2:]] for p in document.pages]
    assert all(sorted(side) == [210, 297] for side in sides)
    assert "共2排2列" in "".join("".join(text_of(to)).split())
