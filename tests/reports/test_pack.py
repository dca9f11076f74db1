"""All forms of a period in one go, with the list of them first; many people as a file each."""

import os
from datetime import date

import pikepdf
import pytest

from deputydesk.errors import Cancelled, UserError
from deputydesk.models.choices import Channel
from deputydesk.operations import opinions, visits
from deputydesk.reports import FORMS, Options, batches, pack, sign_in_sources
from deputydesk.reports.folders import Files, filling
from deputydesk.reports.form import Due
from tests import make
from tests.reports.archival import breaches
from tests.reports.judge import faults, text_of

NOVEMBER = pack.Period.of(Due.MONTH, date(2026, 11, 12))


class Stopper:
    """Stops at a step."""

    def __init__(self, at):
        self.at = at
        self.said = []

    def step(self, done, total, what=""):
        assert done < total
        self.said.append(what)
        if len(self.said) > self.at:
            raise Cancelled


def outline(path):
    with pikepdf.open(path) as file, file.open_outline() as found:
        pages = {page.obj.objgen: n for n, page in enumerate(file.pages, start=1)}
        return [
            (entry.title, pages[_target(entry)], [c.title for c in entry.children])
            for entry in found.root
        ]


def _target(entry):
    return entry.destination[0].objgen


@pytest.fixture
def busy(office):
    """An office with two receptions in November and one in October."""
    home, deputy = make.home(office), make.deputy(office, name="王伟")
    for day in (date(2026, 11, 20), date(2026, 11, 3), date(2026, 10, 3)):
        make.visit(office, home, deputy, held_on=day)
    return office


def test_periods_are_the_month_quarter_or_year_of_a_day():
    spans = [pack.Period.of(kind, date(2024, 2, 29)) for kind in Due]
    december = pack.Period.of(Due.MONTH, date(2026, 12, 31))

    assert [(s.label, s.first, s.last) for s in spans] == [
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024年第一季度", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024年", date(2024, 1, 1), date(2024, 12, 31)),
    ]
    assert (december.first, december.last) == (date(2026, 12, 1), date(2026, 12, 31))


def test_the_pack_of_a_month_holds_what_is_due_and_says_what_there_is_none_of(busy, tmp_path):
    made = pack.write(busy, NOVEMBER, tmp_path / "pack.pdf")

    assert faults(tmp_path / "pack.pdf") == []
    pages = ["".join(text.split()) for text in text_of(tmp_path / "pack.pdf")]
    assert len(pages) == made.pages
    assert "装袋清单" in pages[0]
    assert "（2026年11月）" in pages[0]
    lines = {line.title: line for line in made.lines}
    assert set(lines) == {form.title for form in FORMS.values() if Due.MONTH in form.due}
    receptions = lines["人大代表接待选民登记表"]
    assert (receptions.count, receptions.pages) == (2, 3)
    assert "2026年11月3日" in pages[receptions.starts - 1]
    assert "2026年11月20日" in pages[receptions.starts + 1]
    assert "供双面打印" in pages[receptions.starts]
    assert lines["周调度、月小结、季报告"].pages == 0
    assert "本期没有调度报告" in pages[0]
    assert receptions.starts % 2 == 1
    assert "2026年10月3日" not in "".join(pages)


def test_a_pack_of_long_ago_has_the_sheets_of_all_its_events(busy, monkeypatch):
    monkeypatch.setattr(sign_in_sources, "_OFFERED", 0)

    due = {form.id: found for form, found in pack.due(busy, NOVEMBER)}

    assert len(due["sign_in"]) == 2


def test_the_pack_has_a_bookmark_for_the_list_each_form_and_each_record(busy, tmp_path):
    made = pack.write(busy, NOVEMBER, tmp_path / "pack.pdf")

    found = outline(tmp_path / "pack.pdf")
    assert found[0][:2] == ("装袋清单", 1)
    where = {title: page for title, page, _ in found[1:]}
    assert where == {line.title: line.starts for line in made.lines if line.pages}
    assert len({t: c for t, _, c in found}["人大代表接待选民登记表"]) == 2


def test_the_pack_of_a_folder_has_a_file_for_each_form_there_is(busy, tmp_path):
    folder = tmp_path / "材料" / "十一月"

    made = pack.write_folder(busy, NOVEMBER, folder, archival=True)

    assert sorted(f.name for f in folder.iterdir()) == sorted(
        ["00 装袋清单.pdf", *(line.file for line in made.lines if line.file)]
    )
    assert "01 人大代表接待选民登记表.pdf" in {line.file for line in made.lines}
    assert all(breaches(file) == [] and faults(file) == [] for file in folder.iterdir())
    said = "".join(text_of(folder / "00 装袋清单.pdf")[0].split())
    assert "01人大代表接待选民登记表.pdf" in said


def test_each_quarter_and_year_has_the_forms_declared_for_it(demo_office):
    quarter = pack.due(demo_office, pack.Period.of(Due.QUARTER, date(2023, 11, 1)))
    year = pack.due(demo_office, pack.Period.of(Due.YEAR, date(2023, 11, 1)))

    of_quarter = {form.id: len(found) for form, found in quarter}
    assert of_quarter["reception_form"] > 50
    assert of_quarter["duty_report"] == of_quarter["score_board"] == 1
    assert {form.id for form, _ in year} >= {"annual_report", "duty_file"}
    assert "talk_record" not in of_quarter
    assert not any(form.id == "petition_form" for form, _ in [*quarter, *year])


def test_an_empty_office_has_a_pack_that_says_so(office, tmp_path):
    made = pack.write(office, NOVEMBER, tmp_path / "pack.pdf")

    assert {line.title for line in made.lines if line.pages} <= {"建议办理台账", "经费台账"}
    assert "本期没有接待" in "".join(text_of(tmp_path / "pack.pdf")[0].split())


def test_what_cannot_be_printed_stands_in_the_list_with_the_reason(busy, tmp_path):
    busy.do(
        opinions.hear,
        channel=Channel.HOME,
        matter="坏\U0001f642字",
        visit_id=busy.ask(visits.rows)[0].id,
        heard_on=date(2026, 11, 20),
    )

    made = pack.write(busy, NOVEMBER, tmp_path / "pack.pdf")

    (line,) = (x for x in made.lines if x.title == "人大代表接待选民登记表")
    assert line.count == 1
    assert "没有生成文件" in line.note
    assert "字库中没有" in "".join(text_of(tmp_path / "pack.pdf")[0].split())


def test_who_stops_a_pack_finds_everything_as_it_was(busy, tmp_path):
    stopper = Stopper(3)

    with pytest.raises(Cancelled):
        pack.write(busy, NOVEMBER, tmp_path / "pack.pdf", progress=stopper)
    with pytest.raises(Cancelled):
        pack.write_folder(busy, NOVEMBER, tmp_path / "new" / "folder", progress=Stopper(3))

    assert stopper.said[0] == "人大代表接待选民登记表"
    assert any("　2026-11-03" in said for said in stopper.said)
    assert not [*tmp_path.glob("pack*"), *tmp_path.glob("new*")]


def test_a_batch_is_a_file_for_each_person_and_doubles_are_told_apart(office, tmp_path):
    for name in ("王伟", "高娃", "王伟"):
        make.deputy(office, name=name)

    names = batches.write_each(office, "duty_report", tmp_path / "each")

    assert sorted(names) == ["王伟.pdf", "王伟（2）.pdf", "高娃.pdf"]
    assert sorted(f.name for f in (tmp_path / "each").iterdir()) == sorted(names)
    for name in names:
        assert faults(tmp_path / "each" / name) == []
        assert name[:2] in "".join(text_of(tmp_path / "each" / name)[0].split())


@pytest.mark.parametrize("form", [form.id for form in FORMS.values() if form.each])
def test_every_form_of_people_can_be_a_file_for_each(office, form, tmp_path):
    make.deputy(office, name="乌兰图雅")

    assert batches.write_each(office, form, tmp_path / "each") == ["乌兰图雅.pdf"]


def test_a_batch_that_cannot_be_leaves_the_folder_as_it_was(office, tmp_path):
    make.deputy(office, name="王伟")
    make.deputy(office, name="坏\U0001f642")
    full = tmp_path / "file"
    full.write_text("x")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "王伟.pdf").write_text("old")

    with pytest.raises(UserError, match="字库中没有"):
        batches.write_each(office, "duty_report", tmp_path / "old")
    with pytest.raises(UserError):
        batches.write_each(office, "duty_report", full / "in a file")
    with pytest.raises(UserError, match="不能每人一个文件"):
        batches.write_each(office, "ballot", tmp_path / "old")

    assert [f.read_text() for f in (tmp_path / "old").iterdir()] == ["old"]


def test_a_form_of_which_nothing_came_has_no_bookmark(busy, tmp_path, monkeypatch):
    form = FORMS["reception_form"]
    was = type(form).print

    def refuse(me, job):
        if me is form:
            raise UserError("印不了。")
        return was(me, job)

    monkeypatch.setattr(type(form), "print", refuse)
    pack.write(busy, NOVEMBER, tmp_path / "pack.pdf")

    assert form.title not in [title for title, *_ in outline(tmp_path / "pack.pdf")]


def _fill(folder, *names):
    with filling(folder) as place:
        for name in names:
            (place / name).write_text("neu")


def test_a_file_that_is_in_the_way_leaves_all_as_it_was(tmp_path):
    (tmp_path / "a.pdf").write_text("alt")
    (tmp_path / "b.pdf").mkdir()

    with pytest.raises(UserError):
        _fill(tmp_path, "a.pdf", "b.pdf", "c.pdf")

    assert (tmp_path / "a.pdf").read_text() == "alt"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_is_read_only_is_refused(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(UserError), filling(tmp_path / "new"):
        pass


def test_a_full_disk_leaves_nothing_half_written(office, tmp_path, monkeypatch):
    make.deputy(office, name="王伟")

    def refuse(self, to):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(UserError, match="磁盘|空间"):
        batches.write_each(office, "duty_report", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_names_of_files_are_those_that_every_system_takes():
    files = Files()

    names = [files.name(words) for words in ("a/b", "A b", "con", " . ", "长" * 200, "COM1.x")]

    assert names[:4] == ["a b.pdf", "A b（2）.pdf", "_con.pdf", "未命名.pdf"]
    assert len(names[4]) == 84
    assert names[5] == "COM1.x.pdf"


def test_an_empty_choice_prints_nobody(office, tmp_path):
    with pytest.raises(UserError, match="没有可以打印的代表"):
        batches.write_each(office, "duty_report", tmp_path / "x", Options())
    assert not (tmp_path / "x").exists()
