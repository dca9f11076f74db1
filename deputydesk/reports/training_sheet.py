"""培训学时表: one training with who attended, or a period's trainings with the hours of each."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from deputydesk.errors import UserError
from deputydesk.models import Training
from deputydesk.models.activity import TrainingForm
from deputydesk.models.attendance import Presence
from deputydesk.operations import list_orders, trainings
from deputydesk.operations.deputies import DeputyRow
from deputydesk.operations.trainings import TrainingRow
from deputydesk.reports.form import AskPeriod, AskRecord, Form, Group, Job, Offered
from deputydesk.reports.letter_sources import code_of, record_number
from deputydesk.reports.listing import Listing, Part, write
from deputydesk.reports.tables import Column
from deputydesk.reports.wording import date_text, period_text, short_date
from deputydesk.rules.names import spaced

_CODE = "PX"
_SUBJECT = "代表培训学时表"
_PEOPLE = (
    Column("序号", 12),
    Column("姓　名", 28, fits=True),
    Column("层级", 24, fits=True),
    Column("工作单位及职务", 50, "left"),
    Column("出席", 15),
    Column("学时", 13),
    Column("签名、备注", 36, "left"),
)
_HELD = (
    Column("序号", 12),
    Column("日期", 26),
    Column("培训主题", 66, "left"),
    Column("形式", 15),
    Column("层级", 36),
    Column("期次", 13),
    Column("学时", 13),
    Column("人次", 15),
)
_HOURS = (
    Column("序号", 12),
    Column("姓　名", 28, fits=True),
    Column("层级", 24, fits=True),
    Column("工作单位及职务", 50, "left"),
    Column("线下", 15, group="学时"),
    Column("线上", 15, group="学时"),
    Column("合计", 15, group="学时"),
    Column("参训\n次数", 14),
    Column("备注", 22),
)
_SIGNS = ("负责人：", "审核：", "制表：")


def _one(session: Session, training_id: str, today: date) -> Listing:
    """One training, with everybody on its list.

    Raises:
        UserError: there is no such training.
    """
    found = trainings.rows(session, ids=[training_id])
    if not found:
        raise UserError("找不到这次培训，可能已被删除。", hint="请刷新后再试。")
    row = found[0]
    listed = {one.mandate_id: one for one in row.attendees}
    people = [who for who in _in_order(session, today) if who.id in listed]
    lines = [
        (
            str(place),
            spaced(who.name),
            who.level.label,
            who.job,
            listed[who.id].presence.label,
            str(listed[who.id].hours or ""),
            listed[who.id].note,
        )
        for place, who in enumerate(people, start=1)
    ]
    came = [one for one in row.attendees if one.presence is Presence.PRESENT]
    hours = sum(one.hours for one in came)
    return Listing(
        title=f"{row.topic}培训学时表",
        period=f"{_days(row)}　{row.form.label}　{row.level.label}",
        total=f"应参加{len(lines)}人　到会{len(came)}人　共{hours}学时",
        parts=(Part(_PEOPLE, tuple(lines), nothing="没有登记参训代表", blank=0 if lines else 16),),
        notes=_notes(row, list_orders.caption(session, today)),
        signs=_SIGNS,
        number=record_number(_CODE, row.id, row.held_on),
        code=code_of(_CODE, row.id, row.held_on),
    )


def _notes(row: TrainingRow, order: str) -> tuple[str, ...]:
    known = (("主办单位", row.organiser), ("授课人", row.teacher), ("地点", row.place))
    said = "　".join(f"{name}：{words}" for name, words in known if words)
    hours = f"本次培训{row.hours}学时，没有单独登记学时的按此计。" if row.hours else ""
    return tuple(note for note in (said, f"{hours}名单{order}。", row.note) if note)


def _days(row: TrainingRow) -> str:
    return period_text(row.held_on, row.ended_on) if row.ended_on else date_text(row.held_on)


def _in_order(session: Session, today: date) -> list[DeputyRow]:
    return list_orders.in_list_order(session, today, former=True)


def _all(session: Session, first: date, last: date, today: date) -> Listing:
    """What was held in a period, and the hours of every deputy."""
    held = [row for row in trainings.rows(session) if first <= row.held_on <= last]
    held.reverse()
    hours: dict[TrainingForm, Counter[str]] = {form: Counter() for form in TrainingForm}
    times: Counter[str] = Counter()
    for row in held:
        for one in row.attendees:
            if one.presence is Presence.PRESENT:
                hours[row.form][one.mandate_id] += one.hours
                times[one.mandate_id] += 1
    missing = set(trainings.untrained(session, first, last))
    people = [who for who in _in_order(session, today) if who.id in times or who.id in missing]
    lines = [_hours(place, who, hours, times) for place, who in enumerate(people, start=1)]
    whole = sum(counter.total() for counter in hours.values())
    trained = f"参训代表{len(times)}人，{times.total()}人次，共{whole}学时"
    return Listing(
        title=f"{_SUBJECT}（{period_text(first, last)}）",
        period=f"共{len(held)}次，{sum(row.sessions for row in held)}期（次）",
        total=f"{trained}；未参训{len(missing)}人",
        parts=(
            Part(_HELD, _held(held), "一、培训场次", "这一期间没有培训"),
            Part(_HOURS, tuple(lines), "二、代表学时", "没有代表"),
        ),
        notes=(
            f"注：到会的计学时，请假、缺席不计；名单{list_orders.caption(session, today)}。",
            "未参训，指这一期间没有到会记录的在任代表。",
        ),
        signs=_SIGNS,
    )


def _held(rows: Sequence[TrainingRow]) -> tuple[tuple[str, ...], ...]:
    lines = [
        (
            str(place),
            short_date(row.held_on, with_year=True),
            row.topic,
            row.form.label,
            row.level.label,
            str(row.sessions),
            str(row.hours or ""),
            str(row.people or ""),
        )
        for place, row in enumerate(rows, start=1)
    ]
    if len(lines) > 1:
        sums = (sum(row.sessions for row in rows), sum(row.people for row in rows))
        lines.append(("", "", "合计", "", "", str(sums[0]), "", str(sums[1])))
    return tuple(lines)


def _hours(
    place: int, who: DeputyRow, hours: dict[TrainingForm, Counter[str]], times: Counter[str]
) -> tuple[str, ...]:
    here, there = (hours[form][who.id] for form in (TrainingForm.CLASSROOM, TrainingForm.ONLINE))
    came = times[who.id]
    return (
        str(place),
        spaced(who.name),
        who.level.label,
        who.job,
        str(here or ""),
        str(there or ""),
        str(here + there or ""),
        str(came or ""),
        "" if came else "未参训",
    )


def _offered(session: Session) -> list[Offered]:
    return [
        Offered(row.id, f"{row.held_on:%Y-%m-%d} {row.topic}", row.level.label)
        for row in trainings.rows(session)
    ]


def _read(job: Job) -> list[Listing]:
    if chosen := job.options.record_id:
        return [job.office.ask(_one, chosen, job.today)]
    return [job.office.ask(_all, *job.period, job.today)]


FORM = Form(
    "training_sheet",
    "培训学时表",
    Group.DEPUTY,
    "选一次培训，印谁参加、多少学时；不选，印一段时间的培训场次和每名代表的学时。签到用签到表。",
    _read,
    partial(write, subject=_SUBJECT),
    (AskRecord(Training, _offered, "培训", blank="一段时间的汇总"), AskPeriod()),
    source="自拟：参加履职学习是《代表法》第47条的要求；学时按登记的培训和出席计算",
)
