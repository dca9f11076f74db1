"""Papers that come back from voters: runs as they were printed, pages as they were read."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from deputydesk.models.base import ChoiceType, Record, label
from deputydesk.rules.choices import Choice


class RunState(Choice):
    """Whether the papers of a run are counted."""

    OPEN = "open", "读票中"
    BOOKED = "booked", "已入账"


class PageState(Choice):
    """Whether a page counts."""

    READ = "read", "已读"
    VOID = "void", "整张无效"
    SAME = "same", "重复扫描"


class ScanRun(Record):
    """Papers that were printed alike; its plan and its blank paper never change.

    It stays in the office: what leaves is the result that is booked.
    """

    __tablename__ = "scan_run"
    title: ClassVar[str] = "读票批次"
    scope_suffix: ClassVar[str] = ".local"

    code: Mapped[str] = mapped_column(index=True, info=label("表号", required=True))
    form: Mapped[str] = mapped_column(info=label("表格", required=True))
    record_kind: Mapped[str] = mapped_column(info=label("所属记录种类"))
    record_id: Mapped[str] = mapped_column(index=True, info=label("所属记录"))
    name: Mapped[str] = mapped_column(info=label("名称", required=True))
    secret: Mapped[bool] = mapped_column(info=label("无记名"))
    layout: Mapped[str] = mapped_column(info=label("版式"))
    blank: Mapped[str] = mapped_column(info=label("空白票校验值"))
    plan: Mapped[dict[str, Any]] = mapped_column(info=label("票面") | {"mapping": True})
    details: Mapped[dict[str, Any]] = mapped_column(info=label("会议情况") | {"mapping": True})
    printed: Mapped[int] = mapped_column(info=label("印制份数"))
    printed_on: Mapped[date] = mapped_column(info=label("印制日期"))
    two_people: Mapped[bool] = mapped_column(info=label("两人确认"))
    members: Mapped[int] = mapped_column(info=label("应到人数"))
    present: Mapped[int] = mapped_column(info=label("实到人数"))
    issued: Mapped[int | None] = mapped_column(info=label("发出票数"))
    returned: Mapped[int | None] = mapped_column(info=label("收回票数"))
    invalid: Mapped[int | None] = mapped_column(info=label("无效票数"))
    explanation: Mapped[str] = mapped_column(info=label("说明"))
    counter: Mapped[str] = mapped_column(info=label("计票人"))
    scrutineer: Mapped[str] = mapped_column(info=label("监票人"))
    sample: Mapped[dict[str, Any]] = mapped_column(info=label("抽查") | {"mapping": True})
    apart: Mapped[dict[str, Any]] = mapped_column(info=label("不是同一张") | {"mapping": True})
    state: Mapped[RunState] = mapped_column(ChoiceType(RunState), info=label("状态"))
    booked_on: Mapped[date | None] = mapped_column(info=label("入账日期"))
    booked_by: Mapped[str] = mapped_column(info=label("入账人"))
    thinned_on: Mapped[date | None] = mapped_column(info=label("图像删除日期"))
    came_on: Mapped[date | None] = mapped_column(info=label("收回日期"))
    written: Mapped[str] = mapped_column(info=label("手写意见"))


class ScanBatch(Record):
    """Files that were read in one go: who, when, how many pages, what was refused and why."""

    __tablename__ = "scan_batch"
    title: ClassVar[str] = "扫描批次"
    scope_suffix: ClassVar[str] = ".local"

    run_id: Mapped[str] = mapped_column(
        index=True, info=label("读票批次", required=True, refers="scan_run")
    )
    taken_on: Mapped[date] = mapped_column(info=label("读入日期"))
    taken_by: Mapped[str] = mapped_column(info=label("读入人"))
    files: Mapped[int] = mapped_column(info=label("文件数"))
    digest: Mapped[str] = mapped_column(info=label("扫描件校验值"))
    pages: Mapped[int] = mapped_column(info=label("页数"))
    refused: Mapped[dict[str, Any]] = mapped_column(info=label("拒收") | {"mapping": True})
    reader: Mapped[str] = mapped_column(info=label("读票程序"))


class ScanPage(Record):
    """A page that was read; what was read of it and what people said of it stand beside it.

    Of a secret run nothing here tells where in the stack the page lay: the pages of a batch are
    shuffled before they are kept, and no page has a time of its own.
    """

    __tablename__ = "scan_page"
    title: ClassVar[str] = "扫描页"
    scope_suffix: ClassVar[str] = ".local"

    run_id: Mapped[str] = mapped_column(
        index=True, info=label("读票批次", required=True, refers="scan_run")
    )
    batch_id: Mapped[str] = mapped_column(
        index=True, info=label("扫描批次", required=True, refers="scan_batch")
    )
    number: Mapped[int] = mapped_column(info=label("页码"))
    sheet: Mapped[str] = mapped_column(info=label("张号"))
    original: Mapped[str] = mapped_column(info=label("原图校验值"))
    state: Mapped[PageState] = mapped_column(ChoiceType(PageState), info=label("状态"))
    reason: Mapped[str] = mapped_column(info=label("原因"))


class ScanReading(Record):
    """What one version of the reader says of a page; never changed, a newer one is put beside."""

    __tablename__ = "scan_reading"
    title: ClassVar[str] = "读数"
    scope_suffix: ClassVar[str] = ".local"

    run_id: Mapped[str] = mapped_column(
        index=True, info=label("读票批次", required=True, refers="scan_run")
    )
    page_id: Mapped[str] = mapped_column(
        index=True, info=label("扫描页", required=True, refers="scan_page")
    )
    reader: Mapped[str] = mapped_column(info=label("读票程序"))
    said: Mapped[dict[str, Any]] = mapped_column(info=label("读数") | {"mapping": True})


class ScanDecision(Record):
    """What a person says of a row; the newest of each look counts, the earlier ones stay."""

    __tablename__ = "scan_decision"
    title: ClassVar[str] = "票面裁定"
    scope_suffix: ClassVar[str] = ".local"

    run_id: Mapped[str] = mapped_column(
        index=True, info=label("读票批次", required=True, refers="scan_run")
    )
    page_id: Mapped[str] = mapped_column(
        index=True, info=label("扫描页", required=True, refers="scan_page")
    )
    row: Mapped[int] = mapped_column(info=label("行"))
    answer: Mapped[str] = mapped_column(info=label("认定"))
    decided_by: Mapped[str] = mapped_column(info=label("认定人"))
    look: Mapped[int] = mapped_column(info=label("第几人"))
    reason: Mapped[str] = mapped_column(info=label("理由"))


class ScanLook(Record):
    """That somebody looked at a whole page of a secret run, and why."""

    __tablename__ = "scan_look"
    title: ClassVar[str] = "查看整页"
    scope_suffix: ClassVar[str] = ".local"

    run_id: Mapped[str] = mapped_column(
        index=True, info=label("读票批次", required=True, refers="scan_run")
    )
    page_id: Mapped[str] = mapped_column(
        index=True, info=label("扫描页", required=True, refers="scan_page")
    )
    seen_by: Mapped[str] = mapped_column(info=label("查看人"))
    reason: Mapped[str] = mapped_column(info=label("理由"))


class ScanRetention(Record):
    """How long the office keeps the pictures of pages that were booked; one row at most."""

    __tablename__ = "scan_retention"
    title: ClassVar[str] = "扫描图像保留期限"
    scope_suffix: ClassVar[str] = ".local"

    months: Mapped[int] = mapped_column(info=label("保留月数"))
    decided_on: Mapped[date] = mapped_column(info=label("决定日期"))
