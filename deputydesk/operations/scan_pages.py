"""Pages of a run as they were read, and what people decide where the reader has doubts."""

import secrets
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import Attachment, ScanBatch, ScanDecision, ScanPage, ScanRun
from deputydesk.models.scan import PageState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import attachments, scan_runs
from deputydesk.operations.attachments import Content
from deputydesk.operations.checks import filled, get
from deputydesk.rules.scan_plan import BLANK, VOID, Paper, Plan, Question

PICTURE = "scan"
"""The purpose of the attachment that is a page's picture."""
HIDING = frozenset({"double", "looks_like_correction"})
"""Doubts of which the reader's suggestion is not shown before a person has decided."""


@dataclass(frozen=True)
class RowRead:
    """What the reader says of a row.

    Args:
        answer: the option, `blank`, or empty where a person must decide.
        doubts: codes of why; empty where there is none.
        suggested: what it would say.
        ink: by option, mm² of ink.
    """

    answer: str
    doubts: tuple[str, ...] = ()
    suggested: str = ""
    ink: tuple[float, ...] = ()


@dataclass(frozen=True)
class PageRead:
    """A page that was read: its number, its rows, its picture; how well it could be seen."""

    number: int
    rows: tuple[RowRead, ...]
    picture: Content
    quality: Mapping[str, Any]  # Any: JSON


@dataclass(frozen=True)
class Taken:
    """Files read in one go.

    Args:
        files: how many.
        digest: SHA-256 over their bytes, one after the other.
        pages: pages in them, refused ones too.
        refused: how many were refused, by reason.
        reader: the reader's version and parameters.
        read: the pages that were read.
    """

    files: int
    digest: str
    pages: int
    refused: Mapping[str, int]
    reader: str
    read: tuple[PageRead, ...]


@dataclass(frozen=True)
class TakenIn:
    """What became of pages: kept, and those whose very picture was there already."""

    kept: int
    known: int


@dataclass(frozen=True)
class RowShown:
    """A row of a page: what was read, what people said, what counts."""

    page_id: str
    page: int
    row: int
    question: Question
    read: RowRead
    first: str
    """What the first person decided; empty where nobody has."""
    second: str
    answer: str
    """What counts; empty while a person has to decide."""


@dataclass(frozen=True)
class PageShown:
    """A page with its rows."""

    id: str
    number: int
    state: PageState
    reason: str
    picture: str
    """Digest of its picture; empty once it was removed."""
    quality: Mapping[str, Any]  # Any: JSON
    rows: tuple[RowShown, ...]

    @property
    def paper(self) -> Paper:
        """The page as it is counted."""
        answers = tuple(row.answer for row in self.rows)
        return Paper(self.number, answers, is_void=self.state is PageState.VOID)

    @property
    def open_rows(self) -> tuple[RowShown, ...]:
        """The rows that wait for a person; a page that does not count has none."""
        waits = self.state is PageState.READ
        return tuple(row for row in self.rows if waits and not row.answer)


def pages(session: Session, run_id: str) -> list[PageShown]:
    """All pages of a run."""
    run = scan_runs.one(session, run_id)
    said = _decisions(session, run_id)
    pictures = dict(
        session.execute(
            select(Attachment.owner_id, Attachment.digest)
            .join(ScanPage, ScanPage.id == Attachment.owner_id)
            .where(ScanPage.run_id == run_id, Attachment.purpose == PICTURE)
        ).all()
    )
    found = session.scalars(
        select(ScanPage).where(ScanPage.run_id == run_id).order_by(ScanPage.number, ScanPage.id)
    )
    return [
        PageShown(
            id=page.id,
            number=page.number,
            state=page.state,
            reason=page.reason,
            picture=pictures.get(page.id, ""),
            quality=page.reading.get("quality", {}),
            rows=_rows(page, run.plan, said, two_people=run.two_people),
        )
        for page in found
    ]


Said = Mapping[tuple[str, int, bool], str]


def _decisions(session: Session, run_id: str) -> dict[tuple[str, int, bool], str]:
    """The newest decision on each row, of the first and of the second person."""
    found = session.scalars(
        select(ScanDecision).where(ScanDecision.run_id == run_id).order_by(ScanDecision.id)
    )
    return {(each.page_id, each.row, each.second): each.answer for each in found}


def _rows(page: ScanPage, plan: Plan, said: Said, *, two_people: bool) -> tuple[RowShown, ...]:
    made: list[RowShown] = []
    for number, stored in enumerate(page.reading.get("rows", ())):
        read = RowRead(
            stored["answer"],
            tuple(stored.get("doubts", ())),
            stored.get("suggested", ""),
            tuple(stored.get("ink", ())),
        )
        first = said.get((page.id, number, False), "")
        second = said.get((page.id, number, True), "")
        made.append(
            RowShown(
                page_id=page.id,
                page=page.number,
                row=number,
                question=plan.question(page.number, number),
                read=read,
                first=first,
                second=second,
                answer=_what_counts(read.answer, first, second, two_people=two_people),
            )
        )
    return tuple(made)


def _what_counts(read: str, first: str, second: str, *, two_people: bool) -> str:
    """A decision goes before the reading; two people must say the same."""
    if not first and not second:
        return read
    if not two_people:
        return first or second
    return first if first == second else ""


def same_sheets(shown: Sequence[PageShown]) -> list[tuple[PageShown, PageShown]]:
    """Pages that may be one sheet scanned twice: the same ink in every box, within a tenth."""
    counting = [page for page in shown if page.state is PageState.READ]
    return [
        (one, other)
        for one, other in combinations(counting, 2)
        if one.number == other.number and _alike(one, other)
    ]


def _alike(one: PageShown, other: PageShown) -> bool:
    pairs = [
        (a, b)
        for row, again in zip(one.rows, other.rows, strict=True)
        for a, b in zip(row.read.ink, again.read.ink, strict=False)
        if max(a, b) > 0
    ]
    off = sum(abs(a - b) for a, b in pairs)
    return bool(pairs) and off <= sum(max(pair) for pair in pairs) / 10


@operation(Right.EVALUATE, "读入扫描票")
def take_in(tx: Tx, *, run_id: str, taken: Taken) -> TakenIn:
    """Keep pages that were read; of a secret run in an order that nobody can know.

    Raises:
        UserError: the run is booked, or a page is not of its plan.
    """
    run = scan_runs.open_run(tx, run_id)
    plan = Plan.from_dict(run.plan)
    batch = ScanBatch(
        run_id=run_id,
        taken_on=tx.today,
        taken_by=tx.user.name,
        files=taken.files,
        digest=taken.digest,
        pages=taken.pages,
        refused=dict(taken.refused),
        reader=taken.reader,
    )
    tx.session.add(batch)
    here = _pictures(tx.session, run_id)
    fresh = [page for page in taken.read if page.picture.digest not in here]
    if run.secret:
        secrets.SystemRandom().shuffle(fresh)
    for page in fresh:
        _keep(tx, run, batch.id, page, plan)
    tx.about = f"{run.name} {len(fresh)}页"
    return TakenIn(len(fresh), len(taken.read) - len(fresh))


def _pictures(session: Session, run_id: str) -> set[str]:
    return set(
        session.scalars(
            select(Attachment.digest)
            .join(ScanPage, ScanPage.id == Attachment.owner_id)
            .where(ScanPage.run_id == run_id)
        )
    )


def _keep(tx: Tx, run: ScanRun, batch_id: str, page: PageRead, plan: Plan) -> None:
    if not 1 <= page.number <= len(plan.pages) or len(page.rows) != len(
        plan.pages[page.number - 1]
    ):
        raise UserError(
            f"第{page.number}页的行数与印出去的票不符，没有读入。", hint="请核对是不是这一批票。"
        )
    made = ScanPage(
        run_id=run.id,
        batch_id=batch_id,
        number=page.number,
        state=PageState.READ,
        reading={
            "quality": dict(page.quality),
            "rows": [
                {
                    "answer": row.answer,
                    "doubts": list(row.doubts),
                    "suggested": row.suggested,
                    "ink": list(row.ink),
                }
                for row in page.rows
            ],
        },
    )
    tx.session.add(made)
    tx.session.flush()
    attachments.add(
        tx,
        owner_kind=ScanPage.__tablename__,
        owner_id=made.id,
        files=(page.picture,),
        purpose=PICTURE,
        confidential=True,
    )


@operation(Right.EVALUATE, "裁定票面")
def decide(tx: Tx, *, page_id: str, row: int, answer: str, second: bool = False) -> None:
    """Say what a row says; of two people the second is another one than the first.

    Raises:
        FieldError: no such answer, or the same person twice.
    """
    page = get(tx.session, ScanPage, page_id)
    run = scan_runs.open_run(tx, page.run_id)
    question = answerable(run, page, row, answer)
    if second:
        _another(tx, page_id, row)
    note_decision(tx, page, row, answer, second=second)
    tx.about = f"{run.name} {question.name}：{question.words(answer)}"


def answerable(run: ScanRun, page: ScanPage, row: int, answer: str) -> Question:
    """The question of a row, which can be answered so.

    Raises:
        FieldError: it cannot.
    """
    plan = Plan.from_dict(run.plan)
    if not 0 <= row < len(plan.pages[page.number - 1]):
        raise FieldError("row", f"这一页没有第{row + 1}行。")
    question = plan.question(page.number, row)
    if answer not in {BLANK, VOID, *(option.id for option in question.options)}:
        raise FieldError("answer", f"“{question.name}”没有“{answer}”这一项。")
    return question


def note_decision(
    tx: Tx, page: ScanPage, row: int, answer: str, *, second: bool = False, reason: str = ""
) -> None:
    """Put a decision beside the reading; earlier ones stay."""
    tx.session.add(
        ScanDecision(
            run_id=page.run_id,
            page_id=page.id,
            row=row,
            answer=answer,
            decided_by=tx.user.name,
            second=second,
            reason=reason,
        )
    )


def _another(tx: Tx, page_id: str, row: int) -> None:
    first = tx.session.scalars(
        select(ScanDecision.decided_by)
        .where(
            ScanDecision.page_id == page_id,
            ScanDecision.row == row,
            ScanDecision.second.is_(False),
        )
        .order_by(ScanDecision.id.desc())
    ).first()
    if first == tx.user.name:
        raise FieldError("answer", "这一行由您认定过，监票人须是另一个人。", hint="请监票人登录。")


@operation(Right.EVALUATE, "设定整页")
def set_state(tx: Tx, *, page_id: str, state: PageState, reason: str = "") -> None:
    """Say that a whole page does not count, and why; or that it does after all."""
    page = get(tx.session, ScanPage, page_id)
    run = scan_runs.open_run(tx, page.run_id)
    page.state = state
    page.reason = "" if state is PageState.READ else filled("reason", reason, "原因")
    tx.about = f"{run.name} {state.label}"
