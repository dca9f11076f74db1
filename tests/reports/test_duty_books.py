"""Registers, handbooks and files of deputies' duty, from live records and with the worst data."""

import re
from dataclasses import replace
from datetime import date
from functools import partial

import pikepdf
import pytest

from deputydesk.errors import Cancelled, UserError
from deputydesk.exchange import attachments
from deputydesk.models.choices import Level
from deputydesk.operations import cautions, deputies, point_quarters, point_rows, work_reports
from deputydesk.reports import Options, duty_file, duty_handbook, duty_register
from deputydesk.reports.duty_entries import DeputyData, Entry, Stream
from deputydesk.reports.duty_file import DutyFile, Proposal, Votes
from deputydesk.reports.duty_handbook import Handbook
from deputydesk.reports.duty_register import DutyRegister
from deputydesk.reports.duty_report import ScoreRow, SuggestionRow
from deputydesk.reports.printing import write
from deputydesk.rules.duty import DutyPart
from deputydesk.rules.quarters import Quarter
from tests import make
from tests.operations.duty_case import adopt, scheme
from tests.reports import samples
from tests.reports.judge import faults, text_of
from tests.reports.live import printed

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
YEAR = {"first": FIRST, "last": LAST}
BOOKS = ("duty_register", "duty_handbook", "duty_file")


def person(name=samples.LONGEST_NAME):
    """A deputy of whom everything is long."""
    long = dict.fromkeys(
        ("ethnic", "birth", "party", "education", "job", "level", "others", "term", "district"),
        samples.SENTENCE,
    )
    return DeputyData("T1", name, certificate="0" * 40, photo=samples.photo(), **long)


def entries(rows=200):
    """Two hundred entries in all parts, one of them longer than pages."""
    parts = list(DutyPart)
    usual = [
        Entry(
            *(parts[n % len(parts)], date(2025, 1 + n % 12, 9), "领导干部以代表身份座谈"),
            *(samples.NASTY if n % 9 == 0 else samples.SENTENCE, samples.SENTENCE),
            *("12个半天，100学时", "-118.5", "不予计分"),
        )
        for n in range(rows)
    ]
    return (*usual, Entry(DutyPart.PROPOSAL, date(2025, 1, 9), "提出建议", samples.HUGE))


def worst_file():
    """A file of which everything is too long."""
    proposal = SuggestionRow("石人建〔2026〕123号", samples.HUGE[:900], samples.NASTY, "督办")
    return DutyFile(
        person(),
        samples.SENTENCE,
        "DA-2026-" + "0" * 40,
        "DD1:DA:1:2",
        entries(),
        tuple(Proposal("领衔", proposal) for _ in range(40)),
        tuple(Votes(samples.DAY, samples.SENTENCE, samples.SENTENCE, "满意") for _ in range(9)),
        tuple(ScoreRow("2025年第一季度", "-1.5", "任职时间短", samples.SENTENCE) for _ in range(9)),
    )


WORST = {
    "duty_register": partial(
        duty_register.write, [DutyRegister(person(), samples.SENTENCE, "1" * 60, "A", entries())]
    ),
    "duty_handbook": partial(
        duty_handbook.write, [Handbook(person(), samples.SENTENCE, "1" * 60, "A", entries())]
    ),
    "duty_file": partial(duty_file.write, [worst_file(), DutyFile(person(samples.RARE_NAME))]),
    "duty_file without dividers": partial(
        duty_file.write, [replace(worst_file(), rows=entries(40))], divided=False
    ),
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_data_is_well_printed_to_the_last_character(name, tmp_path):
    to = tmp_path / "form.pdf"
    WORST[name](to, office=samples.OFFICE, printed_on=samples.DAY)

    assert faults(to) == []
    said = "".join(text_of(to))
    assert said.count("养") >= samples.HUGE.count("养")
    assert "阿布都热合曼" in said


@pytest.mark.parametrize("form", BOOKS)
def test_a_deputy_that_is_gone_is_told(office, tmp_path, form):
    with pytest.raises(UserError, match="找不到要打印的代表"):
        write(office, form, tmp_path / "form.pdf", Options(deputy_ids=("T1-gone",)))

    assert list(tmp_path.glob("form*")) == []


@pytest.mark.parametrize(
    ("form", "paper"),
    [*((form, "blank") for form in BOOKS), *((form, "named") for form in BOOKS[:2])],
)
def test_blank_forms_name_nothing_that_was_done(duty_office, who, tmp_path, form, paper):
    said = "".join(printed(duty_office, tmp_path, form, deputy_ids=(who.wang,), paper=paper))

    assert "接待选民" in said or form == "duty_register"
    assert "2025-01-20" not in said
    assert ("王伟" in said) == (paper == "named")


def test_the_register_lists_what_was_done_day_by_day_with_points(duty_office, who, tmp_path):
    said = "".join(printed(duty_office, tmp_path, "duty_register", deputy_ids=(who.wang,), **YEAR))

    assert "（2025年1月1日—12月31日）" in said
    assert "12025-01-10出席人代会镇人大一次会议" in said
    assert said.index("2025-01-20") < said.index("2025-02-20") < said.index("2025-06-09")
    assert "接待选民，3人次" in said
    assert "领衔" in said
    assert "代表（签名）" in said


def test_points_in_the_register_are_those_of_the_board(duty_office, who, tmp_path):
    adopt(duty_office, scheme("汝州"))
    first = Quarter(2025, 1)
    gave = duty_office.ask(point_rows.entries, first, deputy_id=who.wang)

    said = "".join(printed(duty_office, tmp_path, "duty_register", deputy_ids=(who.wang,), **YEAR))

    for row in gave:
        assert row.gave_text == "—" or row.gave_text in said
    assert sum(row.counted for row in gave) > 2


def test_a_private_reason_of_a_leave_is_not_told(duty_office, who, tmp_path):
    for form in BOOKS:
        said = "".join(printed(duty_office, tmp_path, form, deputy_ids=(who.li,), **YEAR))
        assert "请假" in said
        assert "住院" not in said


def test_the_contents_name_the_pages_where_parts_begin(duty_office, who, tmp_path):
    for form, marks in (
        ("duty_file", ("第一部分基本情况", "第二部分会议出席", "第八部分表彰", "附录一季度积分")),
        ("duty_handbook", ("代表基本情况", "一、会议出席", "十二、请假缺席", "年度小结")),
    ):
        pages = printed(duty_office, tmp_path, form, deputy_ids=(who.wang,), **YEAR)
        contents = re.findall(r"([^…\d（]+)(?:（.*?）)?…+(\d+)", pages[1].partition("目录")[2])
        listed = {name: int(number) for name, number in contents}
        for mark in marks:
            starts = next(n for n, page in enumerate(pages, 1) if n > 2 and mark in page)
            assert listed[mark] == starts
            assert f"第{starts}页共{len(pages)}页" in pages[starts - 1]


def test_the_file_has_eight_parts_with_what_was_done_and_the_closed_quarters(
    duty_office, who, tmp_path
):
    adopt(duty_office, scheme("汝州"))
    duty_office.do(point_quarters.close, quarter=Quarter(2025, 1), leave_unverified=True)

    pages = printed(
        duty_office, tmp_path, "duty_file", deputy_ids=(who.wang,), paper="plain", **YEAR
    )

    said = "".join(pages)
    assert "人大代表履职档案" in pages[0]
    assert "王伟" in pages[0]
    for part in ("第二部分会议出席", "第六部分建议意见", "第七部分述职与监督", "第八部分表彰"):
        assert part in said
    assert "述职测评会" in said
    assert "2025年第一季度" in said
    assert "领衔" in said


def test_the_files_portrait_is_the_deputys_own(duty_office, who, tmp_path):
    picture = tmp_path / "portrait.png"
    picture.write_bytes(samples.photo())
    row = duty_office.ask(deputies.one, who.wang)
    attachments.set_photo(duty_office, row.person_id, picture)

    to = tmp_path / "file.pdf"
    write(
        duty_office,
        "duty_file",
        to,
        Options(deputy_ids=(who.wang,), paper="plain", first=FIRST, last=LAST),
    )

    with pikepdf.open(to) as document:
        assert len(document.pages[2].get_images()) == 1
    assert faults(to) == []


def test_a_report_to_the_voters_stands_in_the_part_of_accounts(duty_office, who, tmp_path):
    days = {"first_on": FIRST, "last_on": LAST}
    given = date(2025, 12, 20)
    duty_office.do(work_reports.save, mandate_id=who.wang, given_on=given, plans="多走访。", **days)
    duty_office.do(work_reports.save, mandate_id=who.gao, **days)

    said = "".join(
        printed(duty_office, tmp_path, "duty_file", deputy_ids=(who.wang,), paper="plain", **YEAR)
    )

    accounts = said[said.rindex("第七部分述职与监督") : said.rindex("第八部分表彰")]
    assert "2025-12-20述职报告" in accounts
    assert said.count("2025-12-20") == 1


def test_talks_about_duty_are_in_no_file(duty_office, who, tmp_path):
    duty_office.do(cautions.save, mandate_id=who.wang, trigger="排名靠后", year=2025, quarter=1)

    for form in BOOKS:
        said = "".join(printed(duty_office, tmp_path, form, deputy_ids=(who.wang,), **YEAR))
        assert "排名靠后" not in said
        assert "谈话" not in said


def test_all_deputies_are_one_file_with_a_bookmark_each(duty_office, tmp_path):
    to = tmp_path / "files.pdf"

    write(duty_office, "duty_file", to, Options(duplex=True, first=FIRST, last=LAST))

    assert faults(to) == []
    names = [row.name for row in duty_office.ask(deputies.rows)]
    with pikepdf.open(to) as document, document.open_outline() as outline:
        marks = list(outline.root)
        assert [mark.title.replace("\u3000", "") for mark in marks] == names
        starts = [n for n, page in enumerate(text_of(to)) if "代表姓名" in page.replace(" ", "")]
        assert all(n % 2 == 0 for n in starts)


def test_deputies_are_read_some_at_a_time():
    asked = []

    def read(some):
        asked.append(len(some))
        return list(some)

    stream = Stream([str(n) for n in range(40)], read)

    assert len(stream) == 40
    each = iter(stream)
    next(each)
    assert asked == [16]
    assert [*each][-1] == "39"
    assert asked == [16, 16, 8]


def test_a_damaged_portrait_and_an_unknown_character_leave_no_file(tmp_path):
    damaged = replace(person(), photo=b"no picture")
    unknown = replace(person("张\U0001f642"), photo=b"")

    for who, words in ((damaged, "照片文件已损坏"), (unknown, "字库中没有")):
        with pytest.raises(UserError, match=words):
            duty_file.write(
                [DutyFile(who)], tmp_path / "f.pdf", office=samples.OFFICE, printed_on=samples.DAY
            )
        assert list(tmp_path.iterdir()) == []


def test_a_print_that_is_stopped_leaves_nothing(tmp_path):
    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            if done:
                raise Cancelled

    papers = [DutyFile(DeputyData(name="张三")), DutyFile(DeputyData(name="李四"))]
    with pytest.raises(Cancelled):
        duty_file.write(
            papers,
            tmp_path / "f.pdf",
            office=samples.OFFICE,
            printed_on=samples.DAY,
            progress=Impatient(),
        )

    assert list(tmp_path.iterdir()) == []


def test_somebody_with_two_seats_shows_both(office, tmp_path):
    mandate = make.deputy(office, name="王伟")
    row = office.ask(deputies.one, mandate)
    office.do(deputies.add_mandate, person_id=row.person_id, level=Level.DISTRICT)

    said = "".join(printed(office, tmp_path, "duty_file", deputy_ids=(mandate,)))

    assert "兼任区（旗县）人大代表" in said
