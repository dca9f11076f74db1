"""代表建议专用纸, printed from live records and read back."""

from datetime import date

from deputydesk.operations import reviews, suggestions
from deputydesk.reports.form import AskRecord, Options
from deputydesk.reports.printing import write
from deputydesk.reports.suggestion_paper_sources import FORM
from tests import make
from tests.operations.case import Case
from tests.reports import samples
from tests.reports.judge import faults, text_of


def printed(office, tmp_path, record_id=""):
    """The text of each page, without blanks; the paper has no fault."""
    to = tmp_path / "form.pdf"
    write(office, "suggestion_paper", to, Options(record_id=record_id))
    assert faults(to) == []
    return ["".join(page.split()).replace("\ufffe", "") for page in text_of(to)]


def test_blank_paper_has_places_for_the_text_and_forty_signatures(office, tmp_path):
    cover, text, signers = printed(office, tmp_path)

    assert "代表建议、批评和意见专用纸" in cover
    assert "领衔代表" in cover
    assert "人大主席团审查意见" in cover
    assert "交五当召镇人大主席团" in cover
    assert text.index("案由") < text.index("具体建议") < text.index("领衔代表（签名）")
    assert "附议代表签名" in signers
    assert "40" in signers


def test_a_suggestion_is_printed_with_who_gets_it_and_until_when(office, tmp_path):
    case = Case.entered(office, cosigners=2)
    office.do(reviews.accept, suggestion_id=case.id, reviewed_on=date(2026, 3, 2))
    case.give(main_id=case.main, assist_ids=(case.assist,))

    cover, text = printed(office, tmp_path, case.id)

    assert "第1号" in cover
    assert "2026年闭会期间" in cover
    assert "附议0、附议1" in cover
    assert "主办：区交通运输局（2026年6月5日前）" in cover
    assert "协办：区财政局" in cover
    assert "出行不便" in text
    assert "打通滨河路" in text
    assert "附议代表签名（共2名）" in text


def test_those_who_sign_stand_in_official_order_and_each_has_a_place(office, tmp_path):
    names = ("赵㛃", "丁一", samples.RARE_NAME, "王伟", "乌兰图雅", "马云飞", "寇昉")
    case = Case.entered(office)
    office.do(
        suggestions.edit,
        suggestion_id=case.id,
        headline="关于修桥的建议",
        lead_id=case.lead,
        cosigner_ids=tuple(make.deputy(office, name=name) for name in names),
    )

    cover, text = printed(office, tmp_path, case.id)

    assert "等7名（全部名单和签名附后）" in cover
    signed = text.partition("附议代表签名")[2]
    places = [signed.index(name) for name in ("丁一", "马云飞", "王伟", "乌兰图雅", "赵㛃")]
    assert places == sorted(places)
    assert all(name in signed for name in names)


def test_a_suggestion_without_others_asks_for_no_more_signatures(office, tmp_path):
    case = Case.entered(office)

    pages = printed(office, tmp_path, case.id)

    assert "附议代表签名" not in pages[-1]


def test_the_newest_suggestion_of_the_demo_is_offered_and_well_printed(demo_office, tmp_path):
    ask = next(a for a in FORM.asks if isinstance(a, AskRecord))
    found = demo_office.ask(ask.records)

    said = "".join(printed(demo_office, tmp_path, found[0].id))

    assert len(found) > 100
    assert found[0].name.partition("　")[2][:8] in said
