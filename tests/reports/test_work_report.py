"""述职报告: the deputy's words with the office's figures, on paper and as a Word file."""

from datetime import date

import docx
import pytest

from deputydesk.errors import UserError
from deputydesk.models.choices import Level, OfficeKind
from deputydesk.operations import deputies, work_reports
from deputydesk.reports import Options, work_report
from deputydesk.reports.printing import write, write_docx
from deputydesk.reports.work_report import Part, WorkReportPaper
from tests import make
from tests.reports import samples
from tests.reports.judge import faults, text_of
from tests.reports.live import printed

DAYS = {"first_on": date(2025, 1, 1), "last_on": date(2025, 12, 31)}


def report(office, mandate_id, **words):
    return office.do(
        work_reports.save, mandate_id=mandate_id, given_on=date(2026, 1, 20), **DAYS, **words
    )


def test_the_words_stand_below_the_figures_of_their_part(duty_office, who, tmp_path):
    record = report(
        duty_office, who.wang, opening="为大家跑腿。", voters="我常到村里去。", plans="多走访。"
    )

    said = "".join(printed(duty_office, tmp_path, "work_report", record_id=record))

    assert "关于履行五当召镇人大代表职务情况的报告" in said
    assert "各位选民：" in said
    assert "我叫王伟，是五当召镇人大代表。现将2025年1月1日—12月31日履行代表职务" in said
    assert said.index("为大家跑腿") < said.index("一、学习宣传情况")
    assert said.index("四、联系选民") < said.index("提出代表建议1件") < said.index("我常到村里去")
    assert said.index("我常到村里去") < said.index("五、存在的不足")
    assert "述职人：王伟" in said
    assert "2026年1月20日" in said
    assert "数字由五当召镇人大主席团统计至2025年12月31日" in said


def test_without_words_the_figures_are_printed_with_room_to_write(duty_office, who, tmp_path):
    pages = printed(
        duty_office, tmp_path, "work_report", deputy_ids=(who.wang, who.gao),
        first=date(2025, 1, 1), last=date(2025, 12, 31),
    )  # fmt: skip

    said = "".join(pages)
    assert said.count("各位选民：") == 2
    assert "述职人：王伟" in said
    assert "述职人：高娃" in said


def test_a_blank_report_names_nobody(duty_office, tmp_path):
    said = "".join(printed(duty_office, tmp_path, "work_report"))

    assert "关于履行人大代表职务情况的报告" in said
    assert "六、下一步打算" in said
    assert "王伟" not in said
    assert "统计至" not in said


def test_the_congress_is_that_of_the_level(office, tmp_path):
    made = {
        Level.DISTRICT: "关于履行石拐区人大代表职务",
        Level.CITY: "关于履行市人大代表职务",
        Level.TOWN: "关于履行五当召镇人大代表职务",
    }
    for level, title in made.items():
        mandate = make.deputy(office, name=f"人{level.label[:1]}", level=level)
        said = "".join(printed(office, tmp_path, "work_report", deputy_ids=(mandate,)))
        assert title in said.replace("\n", "")


def test_a_street_has_no_congress_of_its_own(office, tmp_path):
    make.profile(office, kind=OfficeKind.STREET, name="大发街道")
    mandate = make.deputy(office, level=Level.TOWN)

    said = "".join(printed(office, tmp_path, "work_report", deputy_ids=(mandate,)))

    assert "大发街道人大代表职务" not in said


def test_data_of_the_deputy_stand_in_the_opening(office, tmp_path):
    mandate = office.do(
        deputies.add,
        name="王伟",
        level=Level.TOWN,
        job="镇卫生院医生",
        started_on=date(2021, 12, 5),
    )

    said = "".join(printed(office, tmp_path, "work_report", deputy_ids=(mandate,)))

    assert "我叫王伟，现任镇卫生院医生，2021年12月当选五当召镇人大代表。" in said


def test_the_word_file_says_the_same(duty_office, who, tmp_path):
    record = report(duty_office, who.wang, voters="我常到村里去。")

    to = write_docx(duty_office, "work_report", tmp_path / "述职", Options(record_id=record))

    made = docx.Document(str(to))
    lines = [paragraph.text for paragraph in made.paragraphs]
    assert to.suffix == ".docx"
    assert made.core_properties.title == "王伟的述职报告"
    assert made.core_properties.author == "王伟"
    assert lines[0] == "关于履行五当召镇人大代表职务情况的报告"
    assert "我常到村里去。" in lines
    assert [p.text for p in made.paragraphs if p.style.name == "Heading 1"][-1] == "六、下一步打算"
    assert "述职人：王伟" in lines


def test_several_reports_are_one_word_file(duty_office, who, tmp_path):
    to = write_docx(
        duty_office, "work_report", tmp_path / "a.docx", Options(deputy_ids=(who.wang, who.gao))
    )

    lines = [paragraph.text for paragraph in docx.Document(str(to)).paragraphs]
    assert lines.count("各位选民：") == 2


def test_the_worst_report_is_printed_to_the_last_character(tmp_path):
    parts = tuple(
        Part(f"{n}、{samples.SENTENCE}", samples.SENTENCE * 3, words, lines)
        for n, words, lines in (
            ("一", samples.HUGE, 0),
            ("二", samples.NASTY, 0),
            ("三", "", 30),
            ("四", f"（一）小标题\n{samples.RARE_NAME}", 0),
        )
    )
    paper = WorkReportPaper(
        samples.SENTENCE, samples.HUGE, parts, samples.LONGEST_NAME, samples.DAY, samples.SENTENCE
    )
    to = tmp_path / "form.pdf"

    work_report.write([paper] * 2, to, office=samples.OFFICE, printed_on=samples.DAY)

    assert faults(to) == []
    said = "".join(text_of(to))
    assert said.count("养") >= 4 * samples.HUGE.count("养")
    assert samples.RARE_NAME in said


def test_a_report_or_deputy_that_is_gone_is_told(office, tmp_path):
    for gone in (Options(record_id="T1-gone"), Options(deputy_ids=("T1-gone",))):
        with pytest.raises(UserError, match="找不到"):
            write(office, "work_report", tmp_path / "form.pdf", gone)


def test_a_character_that_no_font_has_is_told_with_its_place(duty_office, who, tmp_path):
    record = report(duty_office, who.wang, plans="好\U0001f642")

    with pytest.raises(UserError, match="“述职报告.*正文”中的“\U0001f642”"):
        write(duty_office, "work_report", tmp_path / "form.pdf", Options(record_id=record))
