"""The registers of draft laws, of opinions on their articles, and of those who help."""

from collections.abc import Sequence
from functools import partial

from deputydesk.models import LegOpinion, LegPerson, LegRound
from deputydesk.models.legislation import AdoptionState, LegRole, LegRoundState
from deputydesk.operations import leg_opinions, leg_people, leg_rounds
from deputydesk.operations.leg_opinions import LegOpinionRow
from deputydesk.operations.leg_people import LegPersonRow
from deputydesk.operations.leg_rounds import LegRoundRow
from deputydesk.ui import case_lookups, lookups
from deputydesk.ui.date_field import DateField
from deputydesk.ui.desk import Desk
from deputydesk.ui.dialogs.preview import prints
from deputydesk.ui.fields import ChoiceField, Field, LongTextField, NumberField, TextField
from deputydesk.ui.phone_field import PhoneField
from deputydesk.ui.pickers import PickField, PickManyField
from deputydesk.ui.register import Action, Filter, Move, Register
from deputydesk.ui.registers.article_summary import show_summary
from deputydesk.ui.style import Tone
from deputydesk.ui.table import Column

_ROUND_TONES = {
    LegRoundState.COLLECTING: Tone.AMBER,
    LegRoundState.REPORTED: Tone.BLUE,
    LegRoundState.FED_BACK: Tone.GREEN,
}
_ADOPTION_TONES = {
    AdoptionState.OPEN: Tone.GREY,
    AdoptionState.ADOPTED: Tone.GREEN,
    AdoptionState.PARTLY: Tone.BLUE,
    AdoptionState.REFUSED: Tone.AMBER,
}


def _round_fields(desk: Desk) -> tuple[Field, ...]:
    return (
        TextField("name", wide=True),
        TextField("topic"),
        TextField("tasked_by"),
        DateField("received_on"),
        DateField("due_on", ahead=True, optional=True),
        DateField("held_on", optional=True),
        NumberField("people"),
        TextField("place", wide=True),
        PickManyField("point_ids", partial(case_lookups.points, desk)),
        LongTextField("note", lines=2),
    )


def _opinion_fields(desk: Desk) -> tuple[Field, ...]:
    return (
        PickField("round_id", partial(case_lookups.rounds, desk), wide=True),
        TextField("article"),
        DateField("given_on"),
        LongTextField("content", lines=3),
        LongTextField("reason", lines=2),
        PickField("station_id", partial(case_lookups.points, desk)),
        PickField("mandate_id", partial(lookups.deputies_in_office, desk)),
        TextField("speaker", wide=True),
    )


def _person_fields(desk: Desk) -> tuple[Field, ...]:
    return (
        ChoiceField("role", LegRole),
        TextField("name"),
        PickField("station_id", partial(case_lookups.points, desk), wide=True),
        TextField("job", wide=True),
        PhoneField("phone"),
        DateField("from_on", optional=True),
        DateField("to_on", optional=True, ahead=True),
    )


def _reported(_desk: Desk, _row: LegRoundRow) -> tuple[Field, ...]:
    return (DateField("reported_on"),)


def _fed_back(_desk: Desk, _row: LegRoundRow) -> tuple[Field, ...]:
    return (DateField("fed_back_on"),)


def _decided(_desk: Desk, _row: LegOpinionRow) -> tuple[Field, ...]:
    options = [(state, state.label) for state in AdoptionState if state is not AdoptionState.OPEN]
    return (ChoiceField("adoption", options=options), LongTextField("answer", lines=3))


def _told(_desk: Desk, _row: LegOpinionRow) -> tuple[Field, ...]:
    return (DateField("fed_back_on"),)


def _merged(desk: Desk, row: LegOpinionRow) -> tuple[Field, ...]:
    others = partial(case_lookups.opinions_of, desk, row.round_id, without=row.id)
    return (PickField("into_id", others, label="并入哪一条", wide=True),)


def _sum_rounds(rows: Sequence[LegRoundRow]) -> str:
    if not rows:
        return ""
    people, heard, told = (
        sum(getattr(row, name) for row in rows) for name in ("people", "opinions", "told")
    )
    return f"{len(rows)} 部，参加 {people} 人次，收集意见 {heard} 条，反馈 {told} 条"


def _sum_people(rows: Sequence[LegPersonRow]) -> str:
    advisers = sum(row.role is LegRole.ADVISER for row in rows)
    return f"立法顾问 {advisers} 名，立法联络员 {len(rows) - advisers} 名" if rows else ""


LEG_ROUNDS: Register[LegRoundRow] = Register(
    model=LegRound,
    title="立法征集",
    rows=lambda desk, year: desk.ask(leg_rounds.rows, year=year),
    columns=(
        Column("收到", lambda r: f"{r.received_on}", 92),
        Column("法规草案", lambda r: r.name, 0),
        Column("主题", lambda r: r.topic, 80, drop=2),
        Column("交办机关", lambda r: r.tasked_by, 140, drop=3),
        Column("人次", lambda r: str(r.people), 56, sort=lambda r: r.people, right=True),
        Column("意见（条）", lambda r: str(r.opinions), 76, sort=lambda r: r.opinions, right=True),
        Column("采纳", lambda r: str(r.adopted), 56, sort=lambda r: r.adopted, right=True, drop=4),
        Column("反馈", lambda r: str(r.told), 56, sort=lambda r: r.told, right=True),
        Column("状态", lambda r: r.state.label, 84, tone=lambda r: _ROUND_TONES.get(r.state)),
    ),
    fields=_round_fields,
    save=leg_rounds.save,
    remove=leg_rounds.remove,
    keep=("tasked_by", "received_on", "due_on"),
    start=lambda desk: {"received_on": desk.today},
    moves=(
        Move(
            "上报意见", leg_rounds.report, "round_id", _reported,
            lambda row: row.state is LegRoundState.COLLECTING,
        ),
        Move(
            "收到反馈", leg_rounds.feed_back, "round_id", _fed_back,
            lambda row: row.state is LegRoundState.REPORTED,
        ),
    ),
    actions=(
        Action("分条汇总", "list", show_summary, lambda row: row.opinions > 0),
        prints("legislation_summary", "汇总表"),
        prints("sign_in"),
    ),
    filters=(Filter("征集中", lambda row, _today: row.state is LegRoundState.COLLECTING),),
    summary=_sum_rounds,
    empty="还没有立法意见征集。收到法规草案，按 Ctrl+N 登记。",
    shows=frozenset({LegOpinion}),
    hint="人次和条分别统计，不相加",
)  # fmt: skip
LEG_OPINIONS: Register[LegOpinionRow] = Register(
    model=LegOpinion,
    title="立法意见",
    rows=lambda desk, year: desk.ask(leg_opinions.rows, year=year),
    columns=(
        Column("序号", lambda r: str(r.number), 52, sort=lambda r: r.number, right=True),
        Column("法规草案", lambda r: r.round, 150, drop=2),
        Column("条款", lambda r: r.article, 84),
        Column("意见内容", lambda r: r.content, 0),
        Column("提出", lambda r: r.who, 110, drop=3),
        Column("并入", lambda r: f"第{r.merged_number}条" if r.merged_into else "", 64, drop=4),
        Column(
            "采纳", lambda r: r.adoption.label, 84, tone=lambda r: _ADOPTION_TONES.get(r.adoption)
        ),
        Column(
            "反馈", lambda r: f"{r.fed_back_on}" if r.fed_back_on else "", 92, drop=1
        ),
    ),
    fields=_opinion_fields,
    save=leg_opinions.save,
    remove=leg_opinions.remove,
    keep=("round_id", "given_on", "station_id"),
    start=lambda desk: {"given_on": desk.today},
    moves=(
        Move("采纳情况", leg_opinions.decide, "opinion_id", _decided),
        Move(
            "反馈提出人", leg_opinions.tell, "opinion_id", _told,
            lambda row: row.adoption is not AdoptionState.OPEN and row.fed_back_on is None,
        ),
        Move(
            "合并", leg_opinions.merge, "opinion_id", _merged, lambda row: not row.merged_into
        ),
    ),
    filters=(
        Filter("未反馈", lambda row, _today: row.fed_back_on is None),
        Filter("采纳", lambda row, _today: row.adoption is AdoptionState.ADOPTED),
    ),
    summary=lambda rows: f"共 {len(rows)} 条" if rows else "",
    empty="还没有立法意见。先登记法规草案，再按 Ctrl+N 逐条登记意见。",
    shows=frozenset({LegRound}),
    hint="条款写 12 或 第十二条 都可以",
)  # fmt: skip
LEG_PEOPLE: Register[LegPersonRow] = Register(
    model=LegPerson,
    title="立法联络员和顾问",
    rows=lambda desk, _year: desk.ask(leg_people.rows),
    columns=(
        Column("身份", lambda r: r.role.label, 90),
        Column("姓名", lambda r: r.name, 110),
        Column("征集点", lambda r: r.station, 0),
        Column("工作单位及职务", lambda r: r.job, 180, drop=1),
        Column("电话", lambda r: r.phone, 110, drop=2),
        Column("聘任", lambda r: f"{r.from_on}" if r.from_on else "", 92, drop=3),
        Column("解聘", lambda r: f"{r.to_on}" if r.to_on else "", 92, drop=4),
    ),
    fields=_person_fields,
    save=leg_people.save,
    remove=leg_people.remove,
    years=False,
    keep=("role", "from_on"),
    filters=(
        Filter("立法顾问", lambda row, _today: row.role is LegRole.ADVISER),
        Filter("立法联络员", lambda row, _today: row.role is LegRole.LIAISON),
        Filter("在聘", lambda row, today: row.serves(today)),
    ),
    summary=_sum_people,
    empty="还没有立法联络员和顾问。按 Ctrl+N 登记。",
)
