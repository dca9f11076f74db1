"""Invented dispatch reports: a usual one, and one as bad as it can come."""

from datetime import date

from deputydesk.reports.dispatch import ChangeLine, DispatchPaper, OverdueLine, UnitLine
from tests.reports.samples import HUGE, LONGEST_NAME, NASTY, RARE_NAME, SENTENCE


def dispatch(units: int = 9, overdue: int = 3, changes: int = 14) -> DispatchPaper:
    """A usual report."""
    return DispatchPaper(
        title="石拐区五当召镇人大代表建议办理周调度",
        issue="2026年第14期",
        period="2026年9月21日—9月27日",
        as_of=date(2026, 9, 27),
        word="本周",
        units=tuple(
            UnitLine(f"区第{n}综合行政执法局", 20 + n, 9, 8, 2, 1 + n, 5, 3, 1)
            for n in range(units)
        ),
        total=UnitLine("合计", 216, 81, 72, 18, 45, 45, 27, 9),
        overdue=tuple(
            OverdueLine(
                f"第{n}号",
                "关于加快旧区供水管网改造的建议",
                "区住建局",
                date(2026, 6, 5),
                114,
                n % 3,
            )
            for n in range(overdue)
        ),
        changes=tuple(
            ChangeLine(
                f"第{n}号",
                "关于持续改善城乡人居环境的建议",
                "9月21日区住建局答复（A类）；9月25日代表反馈：满意；办结",
            )
            for n in range(changes)
        ),
        text="本周答复14件，办结14件。截至2026年9月27日，各承办单位共承办代表建议216件次。",
        signed_by="苏和",
        signed_on=date(2026, 9, 28),
        number="DD-W-2026-14",
        check="0123456789ab",
    )


def worst_dispatch() -> DispatchPaper:
    """Everything too long and too many."""
    usual = dispatch(40, 60, 200)
    worst = ChangeLine("第123456号", HUGE[:900], NASTY)
    return DispatchPaper(
        title=SENTENCE * 2,
        issue=SENTENCE,
        period=SENTENCE,
        as_of=date(2026, 12, 28),
        word="本季度",
        units=(UnitLine(SENTENCE, *[123456] * 8), *usual.units),
        total=UnitLine("合计", *[1234567] * 8),
        overdue=(
            OverdueLine("第123456号", HUGE[:600], NASTY, date(2020, 1, 1), 2461, 999),
            *usual.overdue,
        ),
        changes=(*usual.changes, worst),
        text=f"{HUGE[:2500]}\n{NASTY}\n{RARE_NAME}",
        signed_by=LONGEST_NAME,
        number="DD-" + "0" * 40,
        check="0123456789ab",
    )
