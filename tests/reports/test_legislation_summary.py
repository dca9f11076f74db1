"""立法意见汇总表, printed from live records and read back."""

from datetime import date

import pytest

from deputydesk.errors import UserError
from deputydesk.models.legislation import AdoptionState
from deputydesk.operations import leg_opinions, leg_rounds
from deputydesk.reports.form import AskRecord, Options
from deputydesk.reports.legislation_summary import COLUMNS, FORM
from deputydesk.reports.printing import write
from tests import make
from tests.reports.judge import faults, text_of

DAY = date(2026, 9, 1)
HEADS = [column.title.replace("　", "").partition("\n")[0] for column in COLUMNS]


def printed(office, tmp_path, record_id=""):
    """The text of each page, without blanks; the paper has no fault."""
    to = tmp_path / "form.pdf"
    write(office, "legislation_summary", to, Options(record_id=record_id))
    assert faults(to) == []
    return ["".join(page.split()).replace("\ufffe", "") for page in text_of(to)]


def law(office):
    return office.do(
        leg_rounds.save,
        name="物业管理条例（草案）",
        tasked_by="区人大常委会",
        received_on=DAY,
        held_on=date(2026, 9, 3),
        place="民馨社区",
        people=46,
    )


def said(office, round_id, content, **values):
    return office.do(
        leg_opinions.save, round_id=round_id, content=content, given_on=date(2026, 9, 3), **values
    )


def test_a_blank_table_can_be_filled_in_by_hand(office, tmp_path):
    (page,) = printed(office, tmp_path)

    assert all(head in page for head in HEADS)
    assert "填报单位（盖章）：五当召镇人大主席团" in page


def test_opinions_stand_by_article_with_who_said_them_and_what_became_of_them(office, tmp_path):
    round_id = law(office)
    later = said(office, round_id, "明确收费标准", article="12", speaker="郝平", reason="便于执行")
    said(office, round_id, "增加业主大会条款", article="3", mandate_id=make.deputy(office))
    whole = said(office, round_id, "文字再精练")
    same = said(office, round_id, "写明收费标准", article="12", speaker="李明")
    office.do(leg_opinions.merge, opinion_id=same, into_id=later)
    office.do(
        leg_opinions.decide, opinion_id=later, adoption=AdoptionState.REFUSED, answer="另有规定"
    )
    office.do(leg_opinions.tell, opinion_id=later, fed_back_on=date(2026, 10, 9))

    (page,) = printed(office, tmp_path, round_id)

    order = [page.index(words) for words in ("增加业主大会条款", "明确收费标准", "文字再精练")]
    assert whole
    assert order == sorted(order)
    assert page.index("第三条") < page.index("第十二条") < page.index("总体意见")
    assert "郝平、李明（共2条）" in page
    assert "写明收费标准" not in page
    assert "未采纳另有规定2026-10-09" in page
    assert "参加46人次，收集意见4条，其中合并1条；未反馈2条" in page
    assert "未采纳2条" in page
    assert "2026年9月3日在民馨社区座谈" in page


def test_a_long_table_repeats_its_head_and_is_signed_once(office, tmp_path):
    round_id = law(office)
    for number in range(40):
        said(office, round_id, f"意见{number}", article=str(number + 1))

    pages = printed(office, tmp_path, round_id)

    assert len(pages) > 2
    assert all(head in page for page in pages for head in HEADS)
    assert sum("负责人（签名）" in page for page in pages) == 1
    assert "意见39" in pages[-1]


def test_a_draft_law_of_the_demo_is_well_printed(demo_office, tmp_path):
    ask = next(a for a in FORM.asks if isinstance(a, AskRecord))
    found = demo_office.ask(ask.records)

    pages = printed(demo_office, tmp_path, found[0].id)

    assert "".join(found[0].name.split()) in pages[0]


def test_a_draft_law_that_is_gone_is_said_so(office, tmp_path):
    with pytest.raises(UserError, match="找不到这次立法征集"):
        printed(office, tmp_path, "gone")
