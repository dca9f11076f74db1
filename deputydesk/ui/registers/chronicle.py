"""The registers that an office keeps beside its casework."""

from collections.abc import Sequence
from functools import partial

from deputydesk.models import OnlinePoll, PartySupport, Practice, Publicity, Regulation
from deputydesk.models.chronicle import OutletLevel, PracticeKind, SupportKind
from deputydesk.operations import (
    online_polls,
    party_support,
    practices,
    publicity,
    regulations,
)
from deputydesk.operations.online_polls import OnlinePollRow
from deputydesk.operations.party_support import PartySupportRow
from deputydesk.operations.practices import PracticeRow
from deputydesk.operations.publicity import HIGH, PublicityRow
from deputydesk.operations.regulations import RegulationRow
from deputydesk.ui import case_lookups, lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.fields import (
    CheckField,
    ChoiceField,
    Field,
    LongTextField,
    NumberField,
    TextField,
)
from deputydesk.ui.list_field import ListField
from deputydesk.ui.money_field import MoneyField
from deputydesk.ui.pickers import PickField
from deputydesk.ui.register import Filter, Register
from deputydesk.ui.table import Column


def _regulation(desk: Desk) -> tuple[Field, ...]:
    return (
        TextField("name", wide=True),
        NumberField("number", label="序号（0 为接着编）"),
        PickField("category", partial(case_lookups.regulation_categories, desk), free=True),
        TextField("document_no"),
        DateField("adopted_on", optional=True),
        DateField("revised_on", optional=True),
        DateField("ended_on", optional=True),
        CheckField("on_wall"),
        LongTextField("content", lines=6),
    )


def _publicity(desk: Desk) -> tuple[Field, ...]:
    return (
        TextField("headline", wide=True),
        PickField("outlet", partial(case_lookups.outlets, desk), free=True),
        ChoiceField("level", OutletLevel),
        DateField("published_on"),
        TextField("author"),
        PickField("mandate_id", partial(lookups.deputies_in_office, desk)),
        PickField("home_id", partial(lookups.homes, desk), wide=True),
        LongTextField("note", lines=2),
    )


def _poll(_desk: Desk) -> tuple[Field, ...]:
    return (
        TextField("name", wide=True),
        DateField("from_on", optional=True),
        DateField("to_on"),
        TextField("organiser", wide=True),
        NumberField("hits"),
        NumberField("votes"),
        ListField("winners", lines=5),
        LongTextField("note", lines=2),
    )


def _practice(desk: Desk) -> tuple[Field, ...]:
    return (
        ChoiceField("kind", PracticeKind),
        DateField("noted_on"),
        TextField("name", wide=True),
        TextField("owner"),
        PickField("mandate_id", partial(lookups.deputies_in_office, desk)),
        PickField("home_id", partial(lookups.homes, desk), wide=True),
        MoneyField("amount"),
        TextField("summary", wide=True),
        LongTextField("content", lines=6),
    )


def _support(_desk: Desk) -> tuple[Field, ...]:
    return (
        ChoiceField("kind", SupportKind),
        DateField("held_on"),
        TextField("subject", wide=True),
        TextField("leader", wide=True),
        LongTextField("outcome", lines=2),
        LongTextField("note", lines=2),
    )


def _sum_articles(rows: Sequence[PublicityRow]) -> str:
    high = sum(row.level in HIGH for row in rows)
    return f"共 {len(rows)} 篇，其中国家级、自治区级 {high} 篇" if rows else ""


def _ten_thousands(count: int) -> str:
    return f"{count / 10_000:.0f}万" if count >= 1_000_000 else str(count)


def _sum_support(rows: Sequence[PartySupportRow]) -> str:
    counted = ((kind, sum(row.kind is kind for row in rows)) for kind in SupportKind)
    return "，".join(f"{kind.label} {count} 次" for kind, count in counted if count)


def _sum_regulations(rows: Sequence[RegulationRow]) -> str:
    valid = sum(row.ended_on is None for row in rows)
    return f"现行 {valid} 项" if rows else ""


REGULATIONS: Register[RegulationRow] = Register(
    model=Regulation,
    title="制度",
    rows=lambda desk, _year: desk.ask(regulations.rows),
    columns=(
        Column("序号", lambda r: str(r.number), 52, sort=lambda r: r.number, right=True),
        Column("名称", lambda r: r.name, 0),
        Column("类别", lambda r: r.category, 90, drop=1),
        Column("文号", lambda r: r.document_no, 150, drop=3),
        Column("通过", lambda r: f"{r.adopted_on}" if r.adopted_on else "", 92, drop=2),
        Column("修订", lambda r: f"{r.revised_on}" if r.revised_on else "", 92, drop=4),
        Column("废止", lambda r: f"{r.ended_on}" if r.ended_on else "", 92, drop=5),
        Column("上墙", lambda r: "是" if r.on_wall else "", 52),
    ),
    fields=_regulation,
    save=regulations.save,
    remove=regulations.remove,
    years=False,
    keep=("category",),
    filters=(
        Filter("现行", lambda row, today: row.holds(today)),
        Filter("上墙", lambda row, _today: row.on_wall),
    ),
    summary=_sum_regulations,
    empty="还没有制度。按 Ctrl+N 登记第一项。",
    hint="修订的填修订日期，不再执行的填废止日期，不要删除",
)
PUBLICITY: Register[PublicityRow] = Register(
    model=Publicity,
    title="宣传信息",
    rows=lambda desk, year: desk.ask(publicity.rows, year=year),
    columns=(
        Column("日期", lambda r: f"{r.published_on}", 92),
        Column("标题", lambda r: r.headline, 0),
        Column("媒体", lambda r: r.outlet, 130),
        Column("级别", lambda r: r.level.label, 96, drop=1),
        Column("作者", lambda r: r.author, 80, drop=2),
        Column("代表之家", lambda r: r.home, 150, drop=3),
    ),
    fields=_publicity,
    save=publicity.save,
    remove=publicity.remove,
    keep=("outlet", "level", "published_on", "author"),
    start=lambda desk: {"published_on": desk.today},
    filters=(Filter("国家级、自治区级", lambda row, _today: row.level in HIGH),),
    summary=_sum_articles,
    empty="还没有宣传信息。按 Ctrl+N 登记刊发的稿件。",
)
ONLINE_POLLS: Register[OnlinePollRow] = Register(
    model=OnlinePoll,
    title="网络评选",
    rows=lambda desk, year: desk.ask(online_polls.rows, year=year),
    columns=(
        Column("结束", lambda r: f"{r.to_on}", 92),
        Column("名称", lambda r: r.name, 0),
        Column("主办单位", lambda r: r.organiser, 150, drop=1),
        Column("点击量", lambda r: _ten_thousands(r.hits), 84, sort=lambda r: r.hits, right=True),
        Column("投票数", lambda r: _ten_thousands(r.votes), 84, sort=lambda r: r.votes, right=True),
        Column("当选", lambda r: f"{len(r.winners)}名", 64),
    ),
    fields=_poll,
    save=online_polls.save,
    remove=online_polls.remove,
    keep=("from_on", "to_on", "organiser"),
    start=lambda desk: {"to_on": desk.today},
    empty="还没有网络评选。只登记结果：按 Ctrl+N。",
    hint="只登记结果，投票不在本软件进行",
)
PRACTICES: Register[PracticeRow] = Register(
    model=Practice,
    title="典型做法",
    rows=lambda desk, year: desk.ask(practices.rows, year=year),
    columns=(
        Column("日期", lambda r: f"{r.noted_on}", 92),
        Column("类别", lambda r: r.kind.label, 90),
        Column("名称", lambda r: r.name, 0),
        Column("谁", lambda r: r.whose, 130, drop=1),
        Column("概要", lambda r: r.summary, 200, drop=2),
    ),
    fields=_practice,
    save=practices.save,
    remove=practices.remove,
    keep=("kind", "noted_on"),
    start=lambda desk: {"noted_on": desk.today},
    filters=(
        Filter("特色工作法", lambda row, _today: row.kind is PracticeKind.METHOD),
        Filter("典型事迹", lambda row, _today: row.kind is PracticeKind.DEED),
    ),
    empty="还没有典型做法。特色工作法、典型事迹、招商包联等，按 Ctrl+N 登记。",
)
PARTY_SUPPORT: Register[PartySupportRow] = Register(
    model=PartySupport,
    title="党委支持",
    rows=lambda desk, year: desk.ask(party_support.rows, year=year),
    columns=(
        Column("日期", lambda r: f"{r.held_on}", 92),
        Column("形式", lambda r: r.kind.label, 104),
        Column("事项", lambda r: r.subject, 0),
        Column("领导", lambda r: r.leader, 120, drop=1),
        Column("落实情况", lambda r: r.outcome, 150, drop=2),
    ),
    fields=_support,
    save=party_support.save,
    remove=party_support.remove,
    keep=("kind", "held_on", "leader"),
    start=lambda desk: {"held_on": desk.today},
    filters=(Filter("批示", lambda row, _today: row.kind is SupportKind.NOTE),),
    summary=_sum_support,
    empty="还没有党委支持人大工作的记录。按 Ctrl+N 登记。",
)
