"""Word files of letters and the kit that makes them, read back as Word has them."""

import re
import zipfile
from datetime import date

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from deputydesk.errors import Cancelled, UserError
from deputydesk.reports import FORMS, letter_word
from deputydesk.reports.letter import Letter, Letterhead
from deputydesk.reports.official import Block, Signature
from deputydesk.reports.printing import write, write_docx
from deputydesk.reports.tables import Column
from deputydesk.reports.word import word_file
from tests.reports.judge import text_of
from tests.reports.samples import DAY, LONGEST_NAME, NASTY, OFFICE, RARE_NAME

WORD = [form.id for form in FORMS.values() if form.write_docx]


def opened(path):
    return docx.Document(str(path))


def bare(text):
    return re.sub(r"\s|—\d+—", "", text)


def words(path):
    made = opened(path)
    cells = [c.text for t in made.tables for row in t.rows for c in row.cells]
    return [*(p.text for p in made.paragraphs), *cells]


@pytest.mark.parametrize("form", WORD)
def test_what_word_says_the_paper_says_too(demo_office, form, tmp_path):
    write(demo_office, form, tmp_path / "paper.pdf")

    to = write_docx(demo_office, form, tmp_path / "paper")

    printed = bare("".join(text_of(tmp_path / "paper.pdf")))
    said = [bare(text) for text in words(to) if text.strip()]
    assert to.name == "paper.docx"
    assert len("".join(said)) > (10 if form == "urging_notice" else 100)
    assert [text for text in said if text not in printed] == []


@pytest.mark.parametrize("form", WORD)
def test_an_office_without_records_has_word_files_to_fill_in(office, form, tmp_path):
    if form == "annual_report":
        pytest.skip("says that there is none")

    to = write_docx(office, form, tmp_path / "paper.docx")

    assert round((opened(to).sections[0].page_width or 0) / Mm(1)) == 210


def test_the_letters_head_and_signature_stand_as_on_paper(tmp_path):
    letter = Letter(
        Letterhead(
            "石拐区教育局", "石教函〔2026〕3号", mark="类别：A", record="DF-1", code="DD1:DF:1"
        ),
        title="关于某建议的答复",
        to="王海燕代表",
        blocks=(Block("text", "您提出的建议收悉。"), Block("heading", "一、已经落实的事项")),
        signed=Signature("石拐区教育局", date(2026, 3, 5), "联系人：张丽"),
        copies="镇人大主席团",
    )

    letter_word.write_docx([letter], tmp_path / "l.docx", office=OFFICE, printed_on=DAY)

    made = opened(tmp_path / "l.docx")
    lines = {p.text: p for p in made.paragraphs}
    organ = made.paragraphs[0]
    assert str(organ.runs[0].font.color.rgb) == "E3000F"
    shape = organ._p.get_or_add_pPr()
    borders = shape.find(qn("w:pBdr"))
    assert borders is not None
    assert borders[0].get(qn("w:val")) == "thickThinSmallGap"
    order = [child.tag for child in shape]
    assert order.index(qn("w:framePr")) < order.index(qn("w:pBdr")) < order.index(qn("w:spacing"))
    day = lines["2026年3月5日"].paragraph_format
    assert round(day.right_indent.pt / 15.79) == 4
    assert lines["一、已经落实的事项"].paragraph_format.keep_with_next
    assert lines["抄送：镇人大主席团。"].runs[0].font.size == Pt(14)
    foot = made.sections[0].first_page_footer.paragraphs
    assert "DF-1" in "".join(p.text for p in foot)
    frames = [p._p.pPr.find(qn("w:framePr")) for p in (organ, lines["类别：A"])]
    assert [round(int(f.get(qn("w:y"))) / 1440 * 25.4) for f in frames] == [29, 19]


def test_a_letter_for_printed_paper_leaves_the_head_out_and_each_letter_begins_a_page(tmp_path):
    letter = Letter(
        Letterhead("五当召镇人大主席团", "〔2026〕3号", style="red", is_preprinted=True),
        title="通知",
        bookmark="甲",
    )

    letter_word.write_docx([letter, letter], tmp_path / "l.docx", office=OFFICE, printed_on=DAY)

    made = opened(tmp_path / "l.docx")
    assert "五当召镇人大主席团" not in [p.text for p in made.paragraphs]
    first, second = made.sections
    assert second.start_type is WD_SECTION.NEW_PAGE
    assert second._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert first.page_width == second.page_width


def test_the_columns_of_a_table_are_as_wide_as_on_paper(tmp_path):
    with word_file(tmp_path / "w.docx", title="题", author="某", day=DAY) as paper:
        paper.table((Column("编号", 20), Column("标题", 58)), [("1", "甲")])

    (table,) = opened(tmp_path / "w.docx").tables
    assert [round((column.width or 0) / Mm(1)) for column in table.columns] == [40, 116]


def test_a_long_title_is_parted_where_the_paper_parts_it(tmp_path):
    with word_file(tmp_path / "w.docx", title="题", author="某", day=DAY) as paper:
        paper.title("关于区十七届人大二次会议第155号建议的答复")

    assert opened(tmp_path / "w.docx").paragraphs[0].text.split("\n") == [
        "关于区十七届人大二次会议",
        "第155号建议的答复",
    ]


def test_an_unsealed_date_begins_two_characters_after_the_organ(tmp_path):
    signed = Signature("五当召镇人民代表大会主席团", date(2026, 3, 5), is_sealed=False)
    with word_file(tmp_path / "w.docx", title="题", author="某", day=DAY) as paper:
        paper.text("一、标题\n文字。")
        paper.signature(signed)
        paper.signature(Signature())

    *_, organ, day = opened(tmp_path / "w.docx").paragraphs
    assert round(organ.paragraph_format.right_indent.pt / 15.79) == 2
    assert day.paragraph_format.right_indent.pt > 2 * 15.79


def test_strange_texts_do_not_harm_the_file(tmp_path):
    with word_file(tmp_path / "w.docx", title="题", author="某", day=DAY) as paper:
        paper.title(f"题\x0b{RARE_NAME}")
        paper.text(f"{NASTY}\x00\x1f\ufffe")
        paper.table((Column("项", 40), Column("目", 40, "left")), [(NASTY, LONGEST_NAME)])
        paper.cells([[("甲", "一\n二"), ("乙", "")], [("丙", LONGEST_NAME)]])

    said = "".join(words(tmp_path / "w.docx"))
    assert RARE_NAME in said
    assert LONGEST_NAME in said
    assert "\x00" not in said


def test_the_same_content_is_the_same_file(tmp_path):
    for name in "ab":
        with word_file(tmp_path / name, title="题", author="某", day=DAY) as paper:
            paper.title("题")

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with zipfile.ZipFile(tmp_path / "a") as parts:
        assert "<dcterms:created" in parts.read("docProps/core.xml").decode()


def test_forms_that_nobody_edits_have_no_word_file(office, tmp_path):
    with pytest.raises(UserError, match="“述职满意度测评票”不能存为 Word"):
        write_docx(office, "ballot", tmp_path / "x.docx")
    with pytest.raises(UserError, match="没有“tea”这种表格"):
        write_docx(office, "tea", tmp_path / "x.docx")
    assert list(tmp_path.glob("x*")) == []


def test_who_stops_it_has_no_file(office, tmp_path):
    class Stopper:
        def step(self, done, total, what=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        write_docx(office, "reply_letter", tmp_path / "x.docx", progress=Stopper())
    assert list(tmp_path.glob("x*")) == []
