"""答复函: a unit's answer to the deputies who signed, as a letter with its class at the top."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.models import Assignment, Reply, Suggestion, Unit
from deputydesk.models.choices import TalkForm
from deputydesk.operations import presets, suggestions
from deputydesk.operations.checks import get
from deputydesk.operations.replies import ReplyRow
from deputydesk.operations.suggestion_contents import Detail
from deputydesk.reports.form import AskPaper, AskRecord, Form, Group, Job, Offered
from deputydesk.reports.letter import Letter, Letterhead, write
from deputydesk.reports.letter_sources import (
    PREPRINTED,
    Sender,
    code_of,
    named,
    record_number,
    sender,
)
from deputydesk.reports.letter_word import write_docx
from deputydesk.reports.official import Block, Signature, blocks_of
from deputydesk.reports.wording import date_text

TITLE = "代表建议答复函"
EACH = "each"
_KIND = "DF"


def _read(job: Job) -> list[Letter]:
    by = sender(job)
    reply_id = job.options.record_id or job.office.ask(_newest)
    if not reply_id:
        return [Letter(Letterhead(by.organ))]
    detail, reply = job.office.ask(_found, reply_id, job)
    days = job.office.ask(presets.deadlines, reply.replied_on).feedback_workdays
    lead, others = detail.row.lead, [signer.name for signer in detail.cosigners]
    classes = job.office.ask(presets.answer_classes, reply.replied_on)
    meaning = next((c.meaning for c in classes if c.code == reply.answer_class), "")
    letter = partial(_letter, job, by, detail, reply, (days, meaning))
    if job.options.paper == EACH and others:
        return [letter(lead, "领衔"), *(letter(name, "联名") for name in others)]
    if others:
        return [letter(f"{lead}等{len(others) + 1}名", "共同")]
    return [letter(lead, "")]


def _letter(
    job: Job,
    by: Sender,
    d: Detail,
    reply: ReplyRow,
    rule: tuple[int, str],
    to: str,
    part: str,
) -> Letter:
    """A letter; `rule` is the time for the deputy's judgement and what the answer's class means."""
    days, meaning = rule
    again = reply.round > 1
    copies = [name for name in (by.short, by.government) if name != reply.unit]
    return Letter(
        head=Letterhead(
            organ=reply.unit,
            number=reply.document_no,
            is_preprinted=job.options.paper == PREPRINTED,
            moved=(by.rule["right"], by.rule["down"]),
            mark=f"类别：{reply.answer_class}",
            record=record_number(_KIND, reply.id, reply.replied_on),
            code=code_of(_KIND, reply.id, reply.replied_on),
        ),
        title=f"关于{named(d.row)}的{'再次' if again else ''}答复",
        to=f"{to}代表",
        blocks=(
            Block("text", _opening(d, reply, part)),
            *(blocks_of(reply.body) or _parts(reply, meaning)),
            Block("text", _closing(by, days, part)),
        ),
        signed=Signature(reply.unit, reply.replied_on, _contact(reply)),
        copies="，".join(copies),
        bookmark=to,
    )


def _opening(d: Detail, reply: ReplyRow, part: str) -> str:
    who = {"领衔": "您领衔提出的", "联名": "您参加联名提出的", "共同": "你们联名提出的"}.get(
        part, "您提出的"
    )
    you = "你们" if part == "共同" else "您"
    talks = [
        t for t in d.talks if t.round == reply.round and t.form is not TalkForm.NONE
        and t.held_on <= reply.replied_on and t.unit_id in ("", reply.unit_id)
    ]  # fmt: skip
    said = f"《{d.row.headline}》收悉。"
    if reply.round > 1:
        said += f"{you}对首次答复提出的意见，我们认真研究，重新进行了办理"
        said += f"，并于{date_text(talks[-1].held_on)}与{you}再次沟通。" if talks else "。"
        return f"{who}{said}现再次答复如下："
    if talks:
        said += f"我们认真研究办理，并于{date_text(talks[-1].held_on)}与{you}沟通了情况。"
    return f"{who}{said}现答复如下："


def _parts(reply: ReplyRow, meaning: str) -> tuple[Block, ...]:
    """The answer in parts where the unit gave no whole text; else what its class means."""
    until = f"以上事项于{date_text(reply.planned_by)}前落实。" if reply.planned_by else ""
    parts = (
        ("已经落实的事项", reply.done, ""),
        ("计划落实的事项", reply.planned, until),
        ("未能采纳的理由", reply.refused_why, ""),
    )
    given = [part for part in parts if part[1].strip()]
    if not given:
        return (Block("text", f"经研究办理，{meaning}。"),) if meaning else ()
    found: list[Block] = []
    for number, (title, text, after) in enumerate(given):
        if len(given) > 1:
            found.append(Block("heading", f"{'一二三'[number]}、{title}"))
        found += [*blocks_of(text), *blocks_of(after)]
    return tuple(found)


def _closing(by: Sender, days: int, part: str) -> str:
    you = "你们" if part == "共同" else "您"
    return (
        f"感谢{you}对我们工作的关心和支持。收到本答复后，请填写《代表建议办理情况征询意见表》，"
        f"于{days}个工作日内反馈{by.short}。"
    )


def _contact(reply: ReplyRow) -> str:
    known = (("联系人", reply.contact), ("电话", reply.phone))
    return "　".join(f"{name}：{said}" for name, said in known if said)


def _newest(session: Session) -> str:
    found = select(Reply.id).order_by(Reply.replied_on.desc(), Reply.id.desc()).limit(1)
    return session.scalars(found).first() or ""


def _found(session: Session, reply_id: str, job: Job) -> tuple[Detail, ReplyRow]:
    reply = get(session, Reply, reply_id)
    detail = suggestions.detail(session, suggestion_id=reply.suggestion_id, today=job.today)
    return detail, next(row for row in detail.replies if row.id == reply_id)


def _replies(session: Session) -> list[Offered]:
    found = session.execute(
        select(Reply.id, Suggestion.number, Suggestion.headline, Unit.name, Reply.replied_on)
        .join(Suggestion, Suggestion.id == Reply.suggestion_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .outerjoin(Unit, Unit.id == Assignment.unit_id)
        .order_by(Reply.replied_on.desc(), Reply.id.desc())
    )
    return [
        Offered(i, f"第{number}号　{headline}", f"{unit or ''}　{day:%Y-%m-%d}")
        for i, number, headline, unit, day in found
    ]


FORM = Form(
    "reply_letter",
    "答复函",
    Group.SUGGESTION,
    "承办单位答复代表的信函，右上角标类别；还没有答复的，印空白函头。",
    _read,
    partial(write, title=TITLE),
    (
        AskRecord(Reply, _replies, "答复"),
        AskPaper(
            (
                ("one", "领衔和附议代表合用一份"),
                (EACH, "领衔和附议代表每人一份"),
                (PREPRINTED, "合用一份，印在红头纸上（套打）"),
            ),
            "份数",
        ),
    ),
    source=(
        "GB/T 9704-2012第10.1条（信函格式）；"
        "右上角标类别、落款和抄送按公开的答复函（汝州市、佛坪县）"
    ),
    write_docx=write_docx,
)
