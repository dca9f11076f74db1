"""读票计票记录 says how a run came to its count, and which people answer for it."""

from dataclasses import replace

import pytest

from deputydesk.errors import UserError
from deputydesk.models.scan import PageState
from deputydesk.operations import scan_batches, scan_books, scan_decisions, scan_pages
from deputydesk.reports import Options, scan_protocol
from deputydesk.reports.printing import write
from deputydesk.reports.scan_protocol import Batch, Protocol, Row
from tests.operations import scan_world as world
from tests.operations.scan_world import MOSTLY, NO, YES
from tests.reports import samples
from tests.reports.judge import faults, text_of


def printed(office, to, run_id=""):
    write(office, "scan_protocol", to, Options(record_id=run_id))
    assert faults(to) == []
    return "".join("".join(text_of(to)).split())


def booked(office):
    """A run with a void page, a refused one, a decided row, and a correction."""
    run_id, _ = world.run(office)
    good = [world.page(YES, MOSTLY, digest=f"{n:x}") for n in range(3)]
    doubtful, void = world.page(YES, "?no", digest="8"), world.page(NO, NO, digest="9")
    taken = replace(world.taken(*good, doubtful, void), refused={"这一页是空白的。": 2}, pages=7)
    office.do(scan_batches.take_in, run_id=run_id, taken=taken)
    pages = office.ask(scan_pages.pages, run_id)
    row = next(row for page in pages for row in page.open_rows)
    office.do(scan_decisions.decide, page_id=row.page_id, row=1, answer=MOSTLY)
    one = next(page for page in pages if page.paper.answers == (NO, NO))
    office.do(scan_decisions.set_state, page_id=one.id, state=PageState.VOID, reason="写了姓名")
    office.do(
        scan_books.reconcile,
        run_id=run_id,
        issued=6,
        returned=5,
        invalid=1,
        counter="乌兰",
        scrutineer="王建国",
    )
    world.sampled(office, run_id)
    office.do(scan_books.book, run_id=run_id)
    key = {"page_id": row.page_id, "row": 1}
    office.do(scan_books.correct, **key, answer=NO, reason="复核时看错")
    return run_id


def test_it_says_what_was_counted_read_decided_and_left_out(office, tmp_path):
    run_id = booked(office)

    said = printed(office, tmp_path / "a.pdf", run_id)

    assert "发出6张印制10张收回5张收回率83.3%有效票4张无效票1张" in said
    for part in (
        "计入的页4述职满意度测评票，版式CP4-1，表号K3Q9XA2B",
        "整张无效的页1",
        "按读数计入的行7",
        "人工认定的行1一人认定（张丽）",
        "人工抽查的行8不看读数独立录入，全部一致",
        "1整张无效：写了姓名",
        "2拒收：这一页是空白的。",
        "于海0310",
        "每行各数之和等于有效票4张。",
        "于海改为“不满意”（张丽：复核时看错）",
        "试用期间的读票，结果以人工抽查和本记录签名为准。",
    ):
        assert part in said, part
    assert (
        said.index("计票人（签名）") < said.index("监票人（签名）") < said.index("负责人（签名）")
    )


def test_before_the_numbers_are_entered_it_says_what_to_do(office, tmp_path):
    run_id, _ = world.run(office)

    with pytest.raises(UserError, match="“述职测评会”还没有核对票数"):
        printed(office, tmp_path / "a.pdf", run_id)


def test_a_blank_one_is_filled_in_by_hand(office, tmp_path):
    said = printed(office, tmp_path / "a.pdf")

    assert "发出张收回张有效票张无效票张" in said
    assert "计入的页整张无效的页原因见下" in said


def test_the_longest_one_has_no_fault(tmp_path):
    long = samples.SENTENCE * 3
    digest = "3f0c9a77" * 8
    worst = Protocol(
        name=long,
        code="K3Q9XA2B",
        form=long,
        layout="CP5-1",
        blank=digest,
        reader="1-ab12cd34ef56、2-ab12cd34ef56",
        printed=100_000,
        printed_on=samples.DAY,
        two_people=True,
        issued=100_000,
        returned=99_999,
        invalid=1,
        pages=(99_998, 1, 1),
        rows_read=(1_999_960, 100, 9),
        is_trial=True,
        is_all_reviewed=True,
        sample=50,
        explanation=long,
        counter=samples.LONGEST_NAME,
        scrutineer=samples.LONGEST_NAME,
        batches=tuple(Batch(samples.DAY, samples.LONGEST_NAME, 9, 9, 9, digest) for _ in range(30)),
        left_out=tuple((f"{number}{long}", 1) for number in range(20)),
        corrections=(long,) * 5,
        options=("称职", "基本称职", "不称职", "不了解", "弃权"),
        rows=tuple(Row(samples.LONGEST_NAME, (99_998, 0, 0, 0, 0), 0) for _ in range(60)),
    )
    to = tmp_path / "a.pdf"

    scan_protocol.write(worst, to, office=samples.OFFICE, printed_on=samples.DAY)

    assert faults(to) == []


def test_without_a_sample_and_not_booked_it_says_so(tmp_path):
    said = Protocol(name="测评", code="K", returned=2, issued=2, printed_on=samples.DAY)
    to = tmp_path / "a.pdf"

    scan_protocol.write(said, to, office=samples.OFFICE, printed_on=samples.DAY)

    words = "".join("".join(text_of(to)).split())
    assert "没有抽查（已满试用张数）" in words
    assert "尚未入账。" in words


@pytest.mark.parametrize("many", range(1, 61))
def test_the_sum_below_the_results_stands_under_two_of_their_rows(tmp_path, many):
    rows = tuple(Row(f"代表{n}", (3, 1), 0) for n in range(many))
    said = Protocol(
        name="测评",
        code="K",
        returned=4,
        issued=4,
        printed_on=samples.DAY,
        people=("张丽", "乌兰"),
        two_people=True,
        options=("满意", "不满意"),
        rows=rows,
    )
    to = tmp_path / "a.pdf"

    scan_protocol.write(said, to, office=samples.OFFICE, printed_on=samples.DAY)

    pages = text_of(to)
    at = next(n for n, page in enumerate(pages) if "每行各数之和" in "".join(page))
    words = "".join("".join(pages[at]).split())
    for number in range(max(0, many - 2), many):
        assert f"代表{number}310" in words
    heading = next(n for n, page in enumerate(pages) if "计票结果" in "".join(page))
    assert "代表0310" in "".join("".join(pages[heading]).split())
    assert "两人（张丽、乌兰）各自认定" in "".join("".join(pages[0]).split())
