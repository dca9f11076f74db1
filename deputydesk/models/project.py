"""Livelihood projects (民生实事): collected, chosen by secret vote, carried out, judged."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Money, Record, label
from deputydesk.rules.choices import Choice
from deputydesk.rules.project_flow import ProjectState, VoteState


class ProjectLevel(Choice):
    """Who decides on a project."""

    DISTRICT = "district", "区级"
    TOWN = "town", "基层"


class Project(Record):
    """One project from its proposal to its evaluation."""

    __tablename__ = "project"
    title: ClassVar[str] = "民生实事项目"

    level: Mapped[ProjectLevel] = mapped_column(
        ChoiceType(ProjectLevel), info=label("级别", required=True)
    )
    year: Mapped[int] = mapped_column(index=True, info=label("年度", required=True))
    number: Mapped[int] = mapped_column(info=label("编号"))
    candidate_no: Mapped[int | None] = mapped_column(info=label("候选序号"))
    name: Mapped[str] = mapped_column(info=label("项目名称", required=True))
    content: Mapped[str] = mapped_column(info=label("建设内容"))
    category: Mapped[str] = mapped_column(info=label("类别"))
    town: Mapped[str] = mapped_column(info=label("所属苏木乡镇、街道"))
    source: Mapped[str] = mapped_column(info=label("征集来源", hint="如：接待选民、书面征集"))
    proposer: Mapped[str] = mapped_column(info=label("提出人"))
    opinion_id: Mapped[str] = mapped_column(info=label("来自选民意见", refers="opinion"))
    proposed_on: Mapped[date] = mapped_column(info=label("征集日期", required=True))
    budget: Mapped[int] = mapped_column(Money, info=label("投资（元）"))
    unit_id: Mapped[str] = mapped_column(index=True, info=label("责任单位", refers="unit"))
    group_id: Mapped[str] = mapped_column(info=label("监督小组", refers="deputy_group"))
    state: Mapped[ProjectState] = mapped_column(ChoiceType(ProjectState), info=label("状态"))
    screened_on: Mapped[date | None] = mapped_column(info=label("初定日期"))
    screening: Mapped[str] = mapped_column(info=label("论证意见"))
    chosen_on: Mapped[date | None] = mapped_column(info=label("票决日期"))
    votes: Mapped[int | None] = mapped_column(info=label("得票"))
    announced_on: Mapped[date | None] = mapped_column(info=label("公布日期"))
    started_on: Mapped[date | None] = mapped_column(info=label("开工日期"))
    due_on: Mapped[date | None] = mapped_column(info=label("计划完成日期"))
    done_on: Mapped[date | None] = mapped_column(info=label("完成日期"))
    progress: Mapped[int] = mapped_column(info=label("进度（%）"))
    changed_on: Mapped[date | None] = mapped_column(info=label("调整日期"))
    change: Mapped[str] = mapped_column(info=label("调整情况"))
    grade: Mapped[str] = mapped_column(info=label("满意度测评等次"))
    rectification: Mapped[str] = mapped_column(info=label("整改情况"))
    note: Mapped[str] = mapped_column(info=label("备注"))


class ProjectVote(Record):
    """A secret vote that chooses among candidate projects."""

    __tablename__ = "project_vote"
    title: ClassVar[str] = "民生实事票决"

    level: Mapped[ProjectLevel] = mapped_column(
        ChoiceType(ProjectLevel), info=label("级别", required=True)
    )
    year: Mapped[int] = mapped_column(index=True, info=label("年度", required=True))
    name: Mapped[str] = mapped_column(info=label("会议名称", required=True))
    held_on: Mapped[date] = mapped_column(index=True, info=label("日期", required=True))
    meeting_id: Mapped[str] = mapped_column(info=label("人代会", refers="meeting"))
    seats: Mapped[int] = mapped_column(info=label("应选项数", required=True))
    expected: Mapped[int] = mapped_column(info=label("应到代表"))
    present: Mapped[int] = mapped_column(info=label("实到代表"))
    issued: Mapped[int | None] = mapped_column(info=label("发出票数"))
    returned: Mapped[int | None] = mapped_column(info=label("收回票数"))
    valid: Mapped[int | None] = mapped_column(info=label("有效票数"))
    invalid: Mapped[int | None] = mapped_column(info=label("作废票数"))
    state: Mapped[VoteState] = mapped_column(ChoiceType(VoteState), info=label("状态"))
    rule: Mapped[dict[str, Any]] = mapped_column(info=label("票决办法") | {"mapping": True})
    after_id: Mapped[str] = mapped_column(
        index=True, info=label("前次票决", refers="project_vote", hint="再次投票时填写")
    )
    tie_note: Mapped[str] = mapped_column(info=label("同票处理"))
    host: Mapped[str] = mapped_column(info=label("主持人"))
    counter: Mapped[str] = mapped_column(info=label("计票人"))
    scrutineer: Mapped[str] = mapped_column(info=label("总监票人"))
    announced_on: Mapped[date | None] = mapped_column(info=label("公布日期"))


class ProjectVoteEntry(Record):
    """A candidate project on the ballot and its votes."""

    __tablename__ = "project_vote_entry"
    title: ClassVar[str] = "票决得票"

    vote_id: Mapped[str] = mapped_column(
        index=True, info=label("票决", required=True, refers="project_vote")
    )
    project_id: Mapped[str] = mapped_column(
        index=True, info=label("项目", required=True, refers="project")
    )
    position: Mapped[int] = mapped_column(info=label("序号"))
    yes: Mapped[int] = mapped_column(info=label("赞成"))
    no: Mapped[int] = mapped_column(info=label("反对"))
    abstain: Mapped[int] = mapped_column(info=label("弃权"))
    rank: Mapped[int | None] = mapped_column(info=label("名次"))
    elected: Mapped[bool] = mapped_column(info=label("当选"))


class Milestone(Record):
    """A step of a project with its day."""

    __tablename__ = "milestone"
    title: ClassVar[str] = "项目节点"

    project_id: Mapped[str] = mapped_column(
        index=True, info=label("项目", required=True, refers="project")
    )
    name: Mapped[str] = mapped_column(info=label("节点", required=True))
    due_on: Mapped[date] = mapped_column(info=label("计划日期", required=True))
    done_on: Mapped[date | None] = mapped_column(info=label("完成日期"))
    percent: Mapped[int] = mapped_column(info=label("完成后进度（%）"))
    note: Mapped[str] = mapped_column(info=label("说明"))


class ProjectPayment(Record):
    """Money paid for a project."""

    __tablename__ = "project_payment"
    title: ClassVar[str] = "项目拨款"

    project_id: Mapped[str] = mapped_column(
        index=True, info=label("项目", required=True, refers="project")
    )
    paid_on: Mapped[date] = mapped_column(info=label("日期", required=True))
    amount: Mapped[int] = mapped_column(Money, info=label("金额（元）", required=True))
    voucher_no: Mapped[str] = mapped_column(info=label("凭证号"))
    note: Mapped[str] = mapped_column(info=label("说明"))


class ProjectEval(Record):
    """One step of 三评一问, or the satisfaction test of a project."""

    __tablename__ = "project_eval"
    title: ClassVar[str] = "项目评议"

    project_id: Mapped[str] = mapped_column(
        index=True, info=label("项目", required=True, refers="project")
    )
    step: Mapped[str] = mapped_column(info=label("评议环节", required=True))
    held_on: Mapped[date] = mapped_column(index=True, info=label("日期", required=True))
    members: Mapped[int] = mapped_column(info=label("应到人数"))
    present: Mapped[int] = mapped_column(info=label("实到人数"))
    satisfied: Mapped[int] = mapped_column(info=label("满意"))
    mostly: Mapped[int] = mapped_column(info=label("基本满意"))
    dissatisfied: Mapped[int] = mapped_column(info=label("不满意"))
    grade: Mapped[str] = mapped_column(info=label("等次"))
    questions: Mapped[str] = mapped_column(info=label("询问内容"))
    answers: Mapped[str] = mapped_column(info=label("答复内容"))
    note: Mapped[str] = mapped_column(info=label("备注"))
