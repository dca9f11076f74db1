"""问卷: laid out by rule, its boxes where the run says; 问卷统计表: what each question has got."""

from itertools import pairwise

import pdfplumber
import pytest

from deputydesk.errors import UserError
from deputydesk.operations import surveys
from deputydesk.reports import Options, survey_paper
from deputydesk.reports.printing import write
from deputydesk.reports.survey_paper import LARGE, USUAL, SurveyPaper, laid_out
from deputydesk.rules.survey import MOST_QUESTIONS, questions_of
from tests import make
from tests.reports import samples
from tests.reports.judge import MM, faults, text_of
from tests.reports.test_ballot import WHITE, crosses, squares, within

LONG = "您最希望人大代表今年推动解决哪些事情？" * 4
ROWS = (
    {"ask": "grade", "text": "路修得怎样", "options": []},
    {"ask": "one", "text": LONG[:80], "options": ["很长的选项" * 4] * 1 + list("乙丙丁戊")},
    {"ask": "several", "text": LONG[:70], "options": [f"第{n}个选项" * 4 for n in range(1, 11)]},
)
ASKED = questions_of((ROWS * MOST_QUESTIONS)[:MOST_QUESTIONS])


@pytest.mark.parametrize("large", [False, True])
def test_every_box_is_printed_where_its_page_says_with_white_around_it(tmp_path, large):
    to = tmp_path / "survey.pdf"
    paper = SurveyPaper(
        "7K3Q9X", "五当召镇群众问卷", ASKED, samples.SENTENCE * 3, "村民", samples.DAY, large=large
    )
    pages = survey_paper.write(paper, to, office=samples.OFFICE, printed_on=samples.DAY)

    assert faults(to) == []
    laid = laid_out(ASKED, LARGE if large else USUAL)
    assert pages == len(laid)
    with pdfplumber.open(to) as document:
        for page, here in zip(document.pages, laid, strict=True):
            drawn = {tuple(round(edge, 1) for edge in square) for square in squares(page)}
            things = [
                (c["x0"] / MM, c["top"] / MM, c["x1"] / MM, c["bottom"] / MM)
                for c in page.chars
                if c["text"].strip()
            ]
            for box in here.layout.boxes:
                edges = (box.x, box.y, box.x + box.side, box.y + box.side)
                assert tuple(round(edge, 1) for edge in edges) in drawn
                own = (box.x - 0.1, box.y - 0.1, box.x + box.side + 0.1, box.y + box.side + 0.1)
                around = (own[0] - WHITE, own[1] - WHITE, own[2] + WHITE, own[3] + WHITE)
                assert all(within(thing, own) for thing in things if crosses(thing, around))


@pytest.mark.parametrize("sizes", [USUAL, LARGE])
def test_a_question_stays_whole_on_its_page_and_its_rows_stand_apart(sizes):
    laid = laid_out(ASKED, sizes)

    placed = [each for page in laid for each in page.placed]
    assert [each.asked for each in placed] == list(ASKED)
    assert [each.number for each in placed] == list(range(1, MOST_QUESTIONS + 1))
    for page in laid:
        boxes = page.layout.boxes
        assert max(box.y + box.side for box in boxes) < 276
        tops = sorted({box.y for box in boxes})
        assert all(below - above >= 11 for above, below in pairwise(tops))
        for row in range(page.layout.rows):
            assert all(b.x - a.x >= 22 for a, b in pairwise(page.layout.row(row)))


def survey(office, **given):
    return office.do(surveys.save, headline="民生问卷", held_on=make.TODAY, questions=ROWS, **given)


def test_a_paper_says_what_it_is_and_how_to_tick(office, tmp_path):
    survey(office, audience="村民", intro="只用于统计")
    write(office, "survey_paper", tmp_path / "a.pdf", Options())

    said = "".join("".join(text_of(tmp_path / "a.pdf")).split())

    for words in (
        "民生问卷",
        "调查对象：村民",
        "只用于统计",
        "（可多选）",
        "不了解",
        "不署名",
        "表号",
    ):
        assert words in said


def test_a_result_sheet_has_each_option_of_each_question(office, tmp_path):
    made = survey(office)
    with pytest.raises(UserError, match="还没有统计"):
        write(office, "survey_result", tmp_path / "r.pdf", Options(record_id=made))
    counts = {
        asked.id: {option.id: n for n, option in enumerate(asked.options)}
        for asked in office.ask(surveys.one, made).asked
    }
    numbers = {"issued": 30, "returned": 26, "invalid": 1}
    office.do(
        surveys.count, survey_id=made, counts=counts, **numbers, counter="甲", scrutineer="乙"
    )

    write(office, "survey_result", tmp_path / "r.pdf", Options(record_id=made))

    assert faults(tmp_path / "r.pdf") == []
    said = "".join("".join(text_of(tmp_path / "r.pdf")).split())
    for words in (
        "民生问卷",
        "30份",
        "基本满意14%",
        "空白、多选1976%",
        "第10个选项",
        "统计人（签名）",
    ):
        assert words in said


def test_an_office_without_a_survey_is_told_where_to_write_one(office, tmp_path):
    with pytest.raises(UserError, match="还没有问卷"):
        write(office, "survey_paper", tmp_path / "a.pdf", Options())
