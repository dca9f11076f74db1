import re
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from deputydesk.errors import Cancelled, UserError
from deputydesk.operations import annual_figures, annual_reports
from deputydesk.operations.annual_rows import PartText
from deputydesk.progress import SILENT
from deputydesk.reports import Options
from deputydesk.reports.annual_report import AnnualReportPaper
from deputydesk.reports.annual_report import write_docx as write_paper
from deputydesk.reports.printing import write, write_docx
from tests.reports.judge import faults, text_of
from tests.reports.samples import DAY, OFFICE

PUBLISHED = (
    "专题研究12次、批示25次，组建督办组2个",
    "11人领导干部提出意见建议38项",
    "进“家”覆盖率100%（11/11）",
    "代表工作制度20项",
    "每人每年2000元、区（旗县）代表每人每年2500元",
    "专项经费107万元",
    "履职监督员69名",
    "进“家”开展活动143次",
    "覆盖率100%（252/252）",
    "政策宣讲36次，志愿服务214人次",
    "代表参加224人次",
    "3次、33人次",
    "会前征求意见1次，涉及议题4项",
    "立法联络站10个、信息采集点27个，立法顾问10名、联络员20名",
    "52人次参加立法意见征集，提出意见103条，反馈37条",
    "相互转化3件，挽回、追缴金额432680元",
    "接待选民1216人次，收集意见206件，移交办理率100%（206/206）",
    "线上学习62次",
    "区级代表培训5期、苏木乡镇代表培训4期、街道议事代表培训10期",
    "宣传信息43篇，其中自治区级以上媒体6篇",
    "点击量448万次、投票433万票，评出10名",
    "现有代表之家27个，其中区级1个、苏木镇街道级7个、嘎查村级17个、企业2个",
    "252名各级代表",
    "走访选民2450人次",
    "听取选民意见423件次，办结率94.1%（398/423）",
    "提出建议181件，比上次会议增长16%；答复率100%（181/181）",
    "对办理结果满意率100%（181/181）",
    "区级民生实事项目20项，投资7662万元；基层民生实事项目85项",
    "听取审议专项报告22次，开展集体视察5次、执法检查8次、跟踪监督6次、专项调研13次、专委会视察14次，约见负责人2次",
    "旁听庭审3次",
    "点单送法2场次",
)
"""Every figure of the published report (domain.md §1), as the demo's records come to it."""
AS_PUBLISHED = (
    "专题研究10多次、批示25次",
    "进“家”开展活动140多次",
    "走访选民2450人次",
    "志愿服务214人次",
    "代表参加220多人次",
    "3次、30多人次",
    "52人次参加立法意见征集，提出意见103条，反馈37条",
    "追缴金额43万余元",
    "听取选民意见423件次",
    "接待选民1200多人次，收集意见200多件",
    "线上学习60多次",
    "宣传信息40多篇",
    "点击量448万次、投票433万票",
)
"""With the numbers rounded down, as they were published."""


@pytest.fixture
def report(demo_office):
    return demo_office.ask(annual_reports.rows)[0].id


def as_word(office, report, to, progress=SILENT):
    return write_docx(office, "annual_report", to, Options(record_id=report), progress)


def bare(text):
    return re.sub(r"\s", "", text)


def paragraphs(path):
    return [p.text for p in docx.Document(str(path)).paragraphs]


def test_the_report_of_the_demo_says_the_published_figures(demo_office, report):
    said = "".join(p.text for p in demo_office.ask(annual_figures.filled, report).paragraphs)

    assert [words for words in PUBLISHED if words not in said] == []


def test_the_whole_report_rounded_down_reads_as_it_was_published(demo_office, report):
    row = demo_office.ask(annual_reports.one, report)
    demo_office.do(
        annual_reports.save,
        report_id=report,
        name=row.name,
        first_on=row.first_on,
        last_on=row.last_on,
        rounded=True,
        opening=row.opening,
        parts=row.parts,
        closing=row.closing,
    )

    said = "".join(p.text for p in demo_office.ask(annual_figures.filled, report).paragraphs)

    assert [words for words in AS_PUBLISHED if words not in said] == []


def test_numbers_rounded_down_read_as_the_published_report_says_them(demo_office, report):
    row = demo_office.ask(annual_reports.one, report)
    demo_office.do(
        annual_reports.save,
        report_id=report,
        name=row.name,
        first_on=row.first_on,
        last_on=row.last_on,
        rounded=True,
        parts=(
            PartText("广度", "进家{home_activities.total}，收集意见{opinions.received}。"),
            PartText("温度", "接待{reception.voters}，听取{opinions.heard:准确}。"),
        ),
    )

    said = [p.text for p in demo_office.ask(annual_figures.filled, report).paragraphs]

    assert said[2] == "进家140多次，收集意见200多件。"
    assert said[4] == "接待1200多人次，听取423件次。"


def test_paper_and_word_say_the_same(demo_office, report, tmp_path):
    pages = write(demo_office, "annual_report", tmp_path / "report.pdf", Options(record_id=report))
    to = as_word(demo_office, report, tmp_path / "报告")

    assert to.name == "报告.docx"
    assert pages >= 4
    assert faults(tmp_path / "report.pdf", expect=PUBLISHED) == []
    printed = bare("".join(text_of(tmp_path / "report.pdf")))
    printed = re.sub(r"—\d+—", "", printed)
    written = [bare(text) for text in paragraphs(to) if text.strip()]
    assert [text for text in written if re.sub(r"—\d+—", "", text) not in printed] == []
    table = docx.Document(str(to)).tables[0]
    filled = demo_office.ask(annual_figures.filled, report)
    assert len(table.rows) == len(filled.annex) + 1
    assert [c.text for c in table.rows[1].cells][:2] == [filled.annex[0].name, filled.annex[0].this]
    assert table.rows[1].cells[4].text == filled.annex[0].definition


def test_word_has_the_style_of_official_papers(demo_office, report, tmp_path):
    to = as_word(demo_office, report, tmp_path / "report.docx")

    made = docx.Document(str(to))
    section = made.sections[0]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round((edge or 0) / Mm(1)) for edge in edges] == [37, 35, 28, 26]
    normal: Any = made.styles["Normal"]  # Any: python-docx types half of what it has
    assert round(normal.paragraph_format.line_spacing / Pt(1), 1) == 29.0
    spacing = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 27 < 156 / 25.4 * 72 / (16 + spacing) // 1 < 29

    def look(style):
        return style.font.size, style.element.rPr.rFonts.get(qn("w:eastAsia"))

    assert look(made.paragraphs[0].style) == (Pt(22), "方正小标宋简体")
    assert look(made.paragraphs[2].style) == (Pt(16), "仿宋_GB2312")
    looks = {p.text[:2]: look(p.style) for p in made.paragraphs}
    assert (looks["一、"], looks["（一"]) == ((Pt(16), "黑体"), (Pt(16), "楷体_GB2312"))
    indent = made.paragraphs[2]._p.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    with zipfile.ZipFile(to) as parts:
        footers = [parts.read(n).decode() for n in parts.namelist() if "footer" in n]
        settings = parts.read("word/settings.xml").decode()
    assert sum("PAGE" in footer for footer in footers) == 2
    assert "evenAndOddHeaders" in settings


def test_a_report_without_annex_or_signer_is_written_too(demo_office, report, tmp_path):
    row = demo_office.ask(annual_reports.one, report)
    demo_office.do(
        annual_reports.save,
        report_id=report,
        name="报告",
        first_on=row.first_on,
        last_on=date(2023, 12, 31),
        parts=(PartText("广度", "文字"),),
    )

    to = as_word(demo_office, report, tmp_path / "report.docx")

    assert docx.Document(str(to)).tables == []
    bare_paper = tmp_path / "bare.docx"
    write_paper(AnnualReportPaper("题", ()), bare_paper, office=OFFICE, printed_on=DAY)
    assert paragraphs(bare_paper) == ["题", ""]


def test_nothing_is_left_of_a_file_that_could_not_be_written(demo_office, report, tmp_path):
    with pytest.raises(UserError, match="找不到|不能写入|不存在"):
        as_word(demo_office, report, tmp_path / "nowhere" / "report.docx")

    class Stopper:
        def step(self, done, total, what=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        as_word(demo_office, report, tmp_path / "report.docx", Stopper())
    assert list(tmp_path.glob("report*")) == []


def test_there_must_be_a_report_to_print(office, tmp_path):
    with pytest.raises(UserError, match="还没有年度报告"):
        write(office, "annual_report", tmp_path / "report.pdf")
