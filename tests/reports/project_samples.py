"""Invented votes on projects for printed forms: usual ones, and as bad as they can come."""

from datetime import date

from deputydesk.reports.project_ballot import ProjectBallot, ProjectOnBallot
from deputydesk.reports.project_eval_ballot import EvalBallot, JudgedProject
from deputydesk.reports.project_eval_report import EvalReport, Judgement
from deputydesk.reports.project_vote_result import ProjectVotes, VoteResult
from tests.reports.samples import HUGE, LONGEST_NAME, NASTY, RARE_NAME, SENTENCE

PROJECTS = (
    "旧区供水管网改造工程", "“口袋公园”建设项目", "打通“断头路”工程", "老年助餐点建设",
    "农村饮水安全巩固提升", "城区路灯节能改造", "学校操场塑胶跑道改造", "智慧停车场建设",
    "残疾人家庭无障碍改造", "草原防火隔离带建设", "公交站亭改造", "垃圾分类收运设施",
)  # fmt: skip
MEETING = "五当召镇第十届人民代表大会第一次会议"


def project_ballot(projects: int = 12) -> ProjectBallot:
    """A usual ballot: twelve candidates for ten places."""
    content = "改造老旧管网3.2公里，惠及喜桂图社区等4个社区1200户居民"
    return ProjectBallot(
        run="7K3Q9X2M",
        title=MEETING,
        seats=10,
        projects=tuple(
            ProjectOnBallot(PROJECTS[n % len(PROJECTS)], content, f"{250 + n * 37}")
            for n in range(projects)
        ),
        held_on=date(2026, 2, 10),
    )


def worst_project_ballot() -> ProjectBallot:
    """Long words everywhere, three pages."""
    return ProjectBallot(
        run="7K3Q9X2M",
        title=SENTENCE,
        seats=123,
        projects=tuple(
            ProjectOnBallot(SENTENCE, NASTY.replace("\n", "") + SENTENCE * 3, "1,234,567.891234")
            for _ in range(29)
        ),
        held_on=date(2026, 12, 28),
        is_again=True,
    )


def project_vote_result(projects: int = 12) -> VoteResult:
    """A usual result: a tie at the tenth place, voted on again."""
    return VoteResult(
        title=MEETING,
        seats=10,
        expected=46,
        present=46,
        issued=46,
        returned=46,
        valid=44,
        invalid=2,
        projects=tuple(
            ProjectVotes(
                PROJECTS[n % len(PROJECTS)],
                44 - n,
                n // 2,
                n - n // 2,
                f"{250 + n * 37}",
                n + 1,
                "当选" if n < 9 else "同票" if n < 11 else "",
            )
            for n in range(projects)
        ),
        held_on=date(2026, 2, 10),
        rule=("三分之二以上的代表出席，方可投票", "赞成票超过全体代表半数的，按得票多少当选"),
        source="参照《选举法》关于代表选举的规定",
        tie="“草原防火隔离带建设”、“公交站亭改造”都是35票，末位还有1项待定；按办法再次投票。",
        host="苏和",
        scrutineer="杨永",
        counter="姜永福",
        number="PJ-2026-9X2M",
    )


def worst_project_vote_result() -> VoteResult:
    """Everything too long, too many, too rare."""
    return VoteResult(
        title=SENTENCE,
        seats=12345,
        expected=12345678,
        present=12345678,
        issued=12345678,
        returned=12345678,
        valid=12345678,
        invalid=12345678,
        projects=tuple(
            ProjectVotes(NASTY if n % 9 == 0 else SENTENCE, 12345, 12345, 12345, "1,234,567.89", n)
            for n in range(120)
        ),
        held_on=date(2026, 12, 28),
        is_again=True,
        rule=(SENTENCE,) * 9,
        source=HUGE[:900],
        tie=NASTY + SENTENCE * 9,
        host=LONGEST_NAME,
        scrutineer=LONGEST_NAME,
        counter=f"{RARE_NAME}、{LONGEST_NAME}",
        number="PJ-2026-" + "0" * 40,
    )


def project_eval_report() -> EvalReport:
    """Three evaluations of four projects, and an inquiry."""
    return EvalReport(
        title="五当召镇民生实事项目评议情况表",
        period="2026年1月1日—10月8日",
        judgements=(
            *(
                Judgement(name, step, date(2026, 6, 15), "镇政府", 30, 29, 20, 6, 3, "满意")
                for name in PROJECTS[:4]
                for step in ("一评", "二评", "三评")
            ),
            Judgement(
                PROJECTS[3],
                "一问",
                date(2026, 7, 1),
                questions="工期为什么推迟，什么时候完工？",
                answers="雨季影响，9月底前完工。",
            ),
        ),
        rule="满意票达到全体成员半数的为满意",
        number="PY-2026",
    )


def worst_project_eval_report() -> EvalReport:
    """Everything too long, too many, too rare."""
    one = Judgement(
        SENTENCE,
        SENTENCE,
        date(2026, 6, 15),
        unit=SENTENCE,
        members=12345678,
        present=12345678,
        satisfied=12345678,
        mostly=12345678,
        dissatisfied=12345678,
        grade=SENTENCE,
        questions=SENTENCE * 30,
        answers=f"{RARE_NAME}{LONGEST_NAME}" * 9,
    )
    return EvalReport(SENTENCE * 2, SENTENCE, (one,) * 12, SENTENCE * 20, "0" * 60)


def project_eval_ballot(projects: int = 10) -> EvalBallot:
    """A usual ballot: the ten projects of the year."""
    return EvalBallot(
        run="7K3Q9X2M",
        title="五当召镇2026年",
        projects=tuple(
            JudgedProject(PROJECTS[n % len(PROJECTS)], "区住建局", "2026年9月8日完成")
            for n in range(projects)
        ),
        held_on=date(2026, 12, 28),
        step="三评",
    )


def worst_project_eval_ballot() -> EvalBallot:
    """Long words everywhere, three pages."""
    one = JudgedProject(SENTENCE, NASTY.replace("\n", ""), SENTENCE)
    return EvalBallot("7K3Q9X2M", SENTENCE, (one,) * 29, date(2026, 12, 28), SENTENCE)
