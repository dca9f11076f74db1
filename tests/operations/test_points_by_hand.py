"""The published schemes, counted by hand for five deputies over the four quarters of 2025.

王伟 is busy, 高娃 and 李娜 tie, 丁一 joined on 17 May, 赵六 is suspended. The numbers below are
written out as a clerk would on paper: first + further times, never more than the cap.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from deputydesk.models.points import PointState
from deputydesk.operations import point_entries, point_quarters, point_rows, points
from deputydesk.operations.point_board import Standing
from deputydesk.rules.quarters import Quarter
from tests.operations.duty_case import YEAR, adopt, scheme

Q1, Q2, Q3, Q4 = (Quarter(YEAR, number) for number in range(1, 5))

JIANGBEI = {
    "congress": ("5", "5", None),
    "meetings": ("1", "1", None),
    "training": ("1.5", "1.5", None),
    "group": ("1", "1", None),
    "reception": ("0.5", "0.5", None),
    "account": ("2", "2", None),
    "service": ("1", "1", None),
    "honour": ("5", "5", None),
}
YINCHUAN = {
    "training": ("10", "10", "20"),
    "congress": ("15", "5", "25"),
    "view": ("15", "5", "25"),
    "link": ("5", "2.5", "20"),
    "lead": ("10", "5", "20"),
    "law": ("10", "0", "10"),
}


@pytest.fixture
def office(duty_office):
    return duty_office


def verify(office, quarter, state, name, note=""):
    """Give the clerk's word on what waits of one deputy."""
    waiting = [r for r in office.ask(point_rows.queue, quarter) if r.name == name]
    assert waiting, f"nothing of {name} waits"
    office.do(
        point_entries.verify, quarter=quarter, ids=[r.id for r in waiting], state=state, note=note
    )


def shown(office, quarter):
    """Place and total of each deputy, as the board has them."""
    board = office.ask(points.board, quarter)
    return {row.name: (row.place, row.total) for row in board.rows}


def settle(office):
    """高娃's service is proved, 李娜's is not."""
    verify(office, Q3, PointState.VERIFIED, "高娃")
    verify(office, Q3, PointState.REFUSED, "李娜", note="没有材料")


def test_ruzhou_first_quarter(office, who):
    adopt(office, scheme("汝州"))

    rows = {row.name: row for row in office.ask(points.board, Q1).rows}

    assert rows["王伟"].items == {  # congress 15; receptions 4+2+2; lead 6; training 3
        "congress": 15,
        "reception": 8,
        "lead": 6,
        "training": 3,
    }
    assert rows["高娃"].items == {"congress": 15, "reception": 4, "cosign": 1, "training": 3}
    assert {name: (row.place, row.total) for name, row in rows.items()} == {
        "王伟": ("1", 32),
        "高娃": ("2", 23),
        "李娜": ("2", 23),
        "赵六": ("暂停", 15),
    }


def test_ruzhou_later_quarters_reach_the_caps_of_the_year(office, who):
    adopt(office, scheme("汝州"))
    settle(office)

    assert shown(office, Q2) == {
        "丁一": ("1", 15),  # receptions 4+2; training 3; lead 6
        "王伟": (
            "2",
            12,
        ),  # receptions 4+2×5=14, capped 12, less 8: 4; view 6; training 1; cosign 1
        "高娃": ("3", 11),  # receptions 2+2; view 6+1
        "李娜": ("4", 8),  # reception 2; view 6
        "赵六": ("暂停", 0),
    }
    assert shown(office, Q3) == {
        "高娃": ("1", 8),  # harmony 5, verified; account 3
        "王伟": ("2", 4),  # training 3+1+1=5, capped: 1, then 0; account 3; reception capped: 0
        "李娜": ("3", 3),  # account 3; harmony refused
        "丁一": ("4", 2),  # third reception 2
        "赵六": ("暂停", 0),
    }
    assert shown(office, Q4) == {
        "丁一": ("1", 4),  # receptions 4+2×4=12, less 8
        "高娃": ("2", 2),  # reception 4+2×3=10, less 8
        "李娜": ("2", 2),
        "王伟": ("4", 0),
        "赵六": ("暂停", 0),
    }


def test_a_rule_change_leaves_closed_quarters_alone(office, who):
    adopt(office, scheme("汝州"))
    settle(office)
    for quarter in (Q1, Q2, Q3):
        office.do(point_quarters.close, quarter=quarter)
    before = [shown(office, quarter) for quarter in (Q1, Q2, Q3)]
    old = scheme("汝州")
    richer = tuple(
        replace(i, first=Decimal(5), extra=Decimal("2.5"), cap=Decimal(20))
        if i.id == "reception"
        else i
        for i in old.items
    )

    adopt(office, replace(old, items=richer), name="汝州二版", valid_from=date(YEAR, 10, 1))

    assert [shown(office, quarter) for quarter in (Q1, Q2, Q3)] == before
    assert shown(office, Q4) == {
        "丁一": ("1", 5),  # 5+2.5×4=15, less 5+2.5×2=10
        "高娃": ("2", Decimal("2.5")),  # 5+2.5×3=12.5, less 10
        "李娜": ("2", Decimal("2.5")),  # 5+2.5×2=10, less 7.5
        "王伟": ("4", 0),  # 5+2.5×7=22.5, capped 20; before: 5+2.5×6=20
        "赵六": ("暂停", 0),
    }
    assert office.ask(points.board, Q3).rules == "汝州（自2025年1月1日起）"
    assert office.ask(points.board, Q4).rules == "汝州二版（自2025年10月1日起）"
    year = office.ask(points.year_board, YEAR, date(2026, 11, 23))
    assert {row.name: row.total for row in year.rows} == {
        "王伟": 48,  # 32+12+4+0
        "高娃": Decimal("44.5"),  # 23+11+8+2.5
        "李娜": Decimal("36.5"),  # 23+8+3+2.5
        "丁一": 22,  # 15+2+5
        "赵六": 15,
    }


def test_jiangbei_half_points_and_half_days_of_leave(office, who):
    adopt(office, scheme("江北", **JIANGBEI), name="江北")
    settle(office)

    assert shown(office, Q1) == {
        "王伟": ("1", 11),  # congress 5; lead 3; training 1.5; receptions 3×0.5
        "高娃": ("2", 7),  # congress 5; reception 0.5; training 1.5; cosigning gives nothing
        "李娜": ("2", 7),
        "赵六": ("暂停", 5),
    }
    assert shown(office, Q2) == {
        "高娃": ("1", 7),  # views 2×3; receptions 2×0.5
        "王伟": ("2", 6),  # view 3; training 1.5; receptions 3×0.5
        "丁一": ("3", Decimal("5.5")),  # lead 3; training 1.5; receptions 2×0.5
        "李娜": ("4", Decimal("0.5")),  # view 3; reception 0.5; leave of 3 half days −3
        "赵六": ("暂停", 0),
    }
    assert shown(office, Q3) == {
        "王伟": ("1", Decimal("5.5")),  # training 2×1.5; account 2; reception 0.5
        "高娃": ("2", 3),  # service 1; account 2
        "李娜": ("3", 2),
        "丁一": ("4", Decimal("0.5")),
        "赵六": ("暂停", 0),
    }
    assert shown(office, Q4) == {
        "丁一": ("1", 1),
        "王伟": ("2", Decimal("0.5")),
        "高娃": ("2", Decimal("0.5")),
        "李娜": ("2", Decimal("0.5")),
        "赵六": ("暂停", 0),
    }


def test_yinchuan_a_hundred_points_grades_and_the_share_of_who_joined(office, who):
    adopt(office, scheme("银川", **YINCHUAN), name="银川")
    for mandate, name in (
        (who.wang, "王伟"),
        (who.gao, "高娃"),
        (who.li, "李娜"),
        (who.ding, "丁一"),
    ):
        office.do(
            point_entries.save,
            mandate_id=mandate,
            item="law",
            earned_on=date(YEAR, 12, 20),
            evidence="年终鉴定",
        )
        verify(office, Q4, PointState.VERIFIED, name)

    board = office.ask(points.year_board, YEAR, date(2026, 11, 23))

    rows = {row.name: row for row in board.rows}
    assert rows["王伟"].items == {
        "training": 20,  # 4×10, capped
        "congress": 15,
        "view": 15,
        "link": 20,  # 5+2.5×7=22.5, capped
        "lead": Decimal("12.5"),  # lead 10; cosigned 5×0.5
        "law": 10,
    }
    assert {
        name: (row.place, row.total, board.bands.get(row.id, "")) for name, row in rows.items()
    } == {
        "王伟": ("1", Decimal("92.5"), "好"),
        # training 10; congress 15; view 15+5; link 5+2.5×3; cosigned first 10×0.5; law 10
        "高娃": ("2", Decimal("72.5"), "较好"),
        # training 10; lead 10; link 5+2.5×4; law 10: 45 in 229 of 365 days, 45×365÷229
        "丁一": ("3", Decimal("71.72"), "较好"),
        # training 10; congress 15; view 15; link 5+2.5×2; cosigned 5; law 10
        "李娜": ("4", Decimal(65), "较好"),
        "赵六": ("暂停", Decimal(15), ""),
    }
    assert rows["丁一"].share == Fraction(229, 365)
    assert rows["丁一"].note == "2025-05-17起任职"


def test_base_points_begin_with_the_mandate(office, who):
    own = dict.fromkeys(("congress", "lead", "between", "honour"), ("1", "1", None))
    adopt(office, scheme("东宝", **own), name="东宝")

    rows = {row.name: row for row in office.ask(points.board, Q2).rows}

    assert rows["王伟"].base == 15  # a fourth of 60
    assert rows["丁一"].base == Decimal("7.42")  # 15×45÷91
    assert "丁一" not in {row.name for row in office.ask(points.board, Q1).rows}


def test_who_is_in_office_for_too_few_days_has_no_rank(office, who):
    adopt(office, replace(scheme("汝州"), least_days=60))

    rows = {row.name: row for row in office.ask(points.board, Q2).rows}

    assert rows["丁一"].standing == Standing.SHORT
    assert rows["丁一"].place == "任职时间短，不排名"
    assert rows["王伟"].rank == 1
