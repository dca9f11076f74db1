"""A run that came back: reconciled, booked; afterwards only corrected, with a reason."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.late import dataclass
from deputydesk.models import ScanPage, ScanRun
from deputydesk.models.scan import PageState, RunState
from deputydesk.office import Right, Tx, operation
from deputydesk.operations import (
    scan_decisions,
    scan_named,
    scan_pages,
    scan_results,
    scan_runs,
    scan_samples,
)
from deputydesk.operations.checks import filled, get
from deputydesk.operations.scan_pages import PageShown, RowShown
from deputydesk.operations.scan_results import Difference
from deputydesk.operations.scan_runs import RunRow
from deputydesk.rules.scan_looks import CORRECTION
from deputydesk.rules.scan_plan import Count, Plan, check


@dataclass(frozen=True)
class Standing:
    """How far a run is, and what still stands in the way of booking it.

    Args:
        read: pages that count.
        void: pages that do not.
        same: pages scanned twice.
        doubts: rows that wait for a person.
        differing: of these, rows on which two people do not agree.
        by_machine: rows that count as they were read.
        by_people: rows that count as people decided.
        changed: of these, rows of which the reader would have said something else.
        pairs: pages that may be one sheet scanned twice.
        sample: rows of the sample that were keyed in, of so many asked.
        disagreed: rows of the sample that somebody has to look at.
        is_trial: whether the office has read too few sheets to go without a sample.
        is_all_reviewed: whether people have to decide every row.
        problems: what stands in the way, what is to be done first in front.
    """

    read: int
    void: int
    same: int
    doubts: int
    differing: int
    by_machine: int
    by_people: int
    changed: int
    pairs: int
    sample: tuple[int, int]
    disagreed: int
    is_trial: bool
    is_all_reviewed: bool
    problems: tuple[FieldError, ...]


def standing(session: Session, run_id: str) -> Standing:
    """How far a run is."""
    run = scan_runs.one(session, run_id)
    shown = scan_pages.pages(session, run_id)
    counting = [row for page in shown if page.state is PageState.READ for row in page.rows]
    counted = [row for row in counting if row.answer]
    people = [row for row in counted if row.decided]
    typed = len(run.sample.get("typed", {}))
    pairs = len(scan_pages.same_sheets(run, shown))
    return Standing(
        read=sum(page.state is PageState.READ for page in shown),
        void=sum(page.state is PageState.VOID for page in shown),
        same=sum(page.state is PageState.SAME for page in shown),
        doubts=len(counting) - len(counted),
        differing=sum(row.differs for row in counting),
        by_machine=len(counted) - len(people),
        by_people=len(people),
        changed=sum(_is_changed(row) for row in people),
        pairs=pairs,
        sample=(typed, len(run.sample.get("rows", ()))),
        disagreed=len(scan_samples.disagreements(session, run, shown)),
        is_trial=not scan_samples.trial(session).is_over,
        is_all_reviewed=scan_pages.is_all_reviewed(session, run_id),
        problems=tuple(_problems(session, run, shown, pairs)),
    )


def _is_changed(row: RowShown) -> bool:
    """Whether the reader would have said something else than what people decided."""
    said = row.read.answer or row.read.suggested
    return bool(said) and row.answer != said


def tallies(session: Session, run_id: str) -> Mapping[str, Count]:
    """What each question has got so far, by its id."""
    run = scan_runs.one(session, run_id)
    return scan_results.of_run(run, scan_pages.pages(session, run_id)).counts


def compared(session: Session, run_id: str) -> list[Difference]:
    """Where the record says something else by hand than the papers that were read."""
    return scan_results.differences(session, scan_runs.one(session, run_id))


def _problems(
    session: Session, run: RunRow, shown: Sequence[PageShown], pairs: int
) -> list[FieldError]:
    """What stands in the way of booking a run, what is to be done first in front."""
    if not shown:
        return [FieldError("pages", "还没有读入扫描件。", hint="请先读入。")]
    numbers = scan_named.problems if run.is_named else _of_numbers
    return [
        *_of_pages(run, shown, pairs),
        *numbers(run, shown),
        *_of_sample(session, run, shown),
    ]


def _of_pages(run: RunRow, shown: Sequence[PageShown], pairs: int) -> list[FieldError]:
    found: list[FieldError] = []
    waiting = sum(len(page.open_rows) for page in shown)
    if waiting:
        found.append(FieldError("rows", f"还有{waiting}行待人工确认。"))
    if pairs:
        text = f"有{pairs}对票面很像，可能是同一张扫描了两次。"
        found.append(FieldError("pairs", text, hint="请对照图像，说明是不是同一张。"))
    over = [p for p in shown if p.state is PageState.READ and run.plan.is_over(p.paper.answers)]
    if over:
        text = f"有{len(over)}张选的多于应选数，应当整张作废。"
        found.append(FieldError("pages", text, hint="请看过以后设为“整张无效”。"))
    return found


def _of_numbers(run: RunRow, shown: Sequence[PageShown]) -> list[FieldError]:
    if run.issued is None or run.returned is None or run.invalid is None:
        return [FieldError("issued", "还没有填写发出、收回和无效票数。")]
    return check(
        run.plan,
        scan_results.papers(shown),
        issued=run.issued,
        returned=run.returned,
        invalid=run.invalid,
        explanation=run.explanation,
    )


def _of_sample(session: Session, run: RunRow, shown: Sequence[PageShown]) -> list[FieldError]:
    if scan_samples.disagreements(session, run, shown):
        text = "抽查录入的与读数不一致。"
        return [FieldError("sample", text, hint="请看过票面，认定以哪个为准。")]
    if scan_samples.left_of(run, shown):
        return [FieldError("sample", "还没有做完人工抽查。")]
    if run.sample and not scan_samples.is_covered(run, shown):
        return [FieldError("sample", "抽查以后又读入了新的页，请补抽。")]
    if not run.sample and not scan_samples.trial(session).is_over:
        text = f"试用期间（读满{scan_samples.TRIAL}张以前）必须人工抽查。"
        return [FieldError("sample", text, hint="请先抽取抽查行，再逐行录入。")]
    return []


@operation(Right.EVALUATE, "核对票数", instead="请改好数字，再按 Ctrl+Enter 保存。")
def reconcile(
    tx: Tx,
    *,
    run_id: str,
    issued: int,
    returned: int,
    invalid: int,
    members: int = 0,
    present: int = 0,
    explanation: str = "",
    counter: str = "",
    scrutineer: str = "",
) -> None:
    """Enter how many papers went out and came back; what does not fit must be explained.

    Args:
        tx: the transaction.
        run_id: the run.
        issued: papers given out.
        returned: papers that came back.
        invalid: papers that do not count.
        members: people who should be there; as many as are there if 0.
        present: people who are there; as many as papers were given out if 0.
        explanation: why pages are missing, or more went out than were printed.
        counter: who counts.
        scrutineer: who watches over it.

    Raises:
        FieldError: the numbers do not agree with each other or with the pages that were read.
    """
    run = scan_runs.open_run(tx, run_id)
    scan_named.refuse_named(run, "这张表只有一张，不核对票数。", "请录入收回日期和手写的内容。")
    problems = check(
        Plan.from_dict(run.plan),
        scan_results.papers(scan_pages.pages(tx.session, run_id)),
        issued=issued,
        returned=returned,
        invalid=invalid,
        explanation=explanation,
    )
    if problems:
        raise problems[0]
    if issued > run.printed and not explanation.strip():
        hint = "请核对；另外复印补发的，在“说明”里写明原因。"
        raise FieldError("issued", f"发出{issued}张，而印出的只有{run.printed}张。", hint=hint)
    run.issued, run.returned, run.invalid = issued, returned, invalid
    run.members, run.present = members or present or issued, present or issued
    run.explanation = explanation.strip()
    run.counter, run.scrutineer = counter.strip(), scrutineer.strip()


@operation(
    Right.EVALUATE,
    "读票入账",
    instead="票数不对的，在“抽查画廊”里按 Enter 打开那一行更正，写明理由，记录跟着改。",
)
def book(tx: Tx, *, run_id: str, replaces_hand: bool = False) -> None:
    """Let the run count: its tallies go into the record it is of, with that record's own checks.

    Args:
        tx: the transaction.
        run_id: the run.
        replaces_hand: whether what was entered by hand and differs is to be replaced.

    Raises:
        FieldError: something still stands in the way.
        UserError: the record refuses.
    """
    run = scan_runs.open_run(tx, run_id)
    row, shown = scan_runs.one(tx.session, run_id), scan_pages.pages(tx.session, run_id)
    pairs = len(scan_pages.same_sheets(row, shown))
    problems = _problems(tx.session, row, shown, pairs)
    if problems:
        raise problems[0]
    if not replaces_hand:
        _refuse_other(tx.session, row, "请先查明；以读票为准的，选“代替手工录入”。")
    if row.is_named:
        run.issued, run.returned, run.invalid = scan_named.ONE, scan_named.ONE, 0
        scan_named.put(tx, row, shown)
    else:
        scan_results.put(tx, row)
    run.state, run.booked_on, run.booked_by = RunState.BOOKED, tx.today, tx.user.name
    tx.about = run.name


def _refuse_other(session: Session, run: RunRow, hint: str) -> None:
    """Nothing that was entered by hand and says something else goes unasked."""
    off = scan_results.differences(session, run)
    if off:
        said = f"{off[0].name}“{off[0].option}”手工{off[0].by_hand}、读票{off[0].by_scan}"
        text = f"手工录入的结果与读票结果有{len(off)}处不同：{said}。"
        raise FieldError("hand", text, hint=hint)


def _refuse_changed(session: Session, run: RunRow) -> None:
    if run.is_named:
        scan_named.refuse_changed(session, run, scan_pages.pages(session, run.id))
    else:
        _refuse_other(session, run, "入账以后有人手工改过。请先查明，改回与读票一致的，再更正。")


@operation(Right.EVALUATE, "更正读票", instead="改错了的，再更正一次，写明理由；几次更正都留着。")
def correct(tx: Tx, *, page_id: str, row: int, answer: str, reason: str) -> None:
    """Change what counts of a row after it was booked, with the reason; the tallies follow.

    Raises:
        FieldError: no reason, no such answer, or the result was changed by hand since.
        UserError: it is not booked, or its result has been announced.
    """
    page = get(tx.session, ScanPage, page_id)
    run = get(tx.session, ScanRun, page.run_id)
    if run.state is not RunState.BOOKED:
        raise UserError("这一批票还没有入账，请直接改认定。")
    question = scan_decisions.answerable(run, page, row, filled("answer", answer, "认定"))
    why = filled("reason", reason, "更正理由")
    _refuse_changed(tx.session, scan_runs.one(tx.session, run.id))
    scan_decisions.note_decision(tx, page, row, answer, look=CORRECTION, reason=why)
    tx.session.flush()
    booked = scan_runs.one(tx.session, run.id)
    shown = scan_pages.pages(tx.session, run.id)
    if booked.plan.is_over(next(p for p in shown if p.id == page_id).paper.answers):
        raise FieldError("answer", "这样一改，这一张就多选了，应当整张作废。")
    if booked.is_named:
        scan_named.put_right(tx, booked, shown, why)
    else:
        scan_results.put(tx, booked)
    tx.about = f"{run.name} {question.name}：{question.words(answer)}（{why}）"
