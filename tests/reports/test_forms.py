"""Every form, with nothing, with usual and with the worst data, is judged from outside."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from deputydesk.errors import Cancelled, UserError
from deputydesk.reports import (
    FORMS,
    Group,
    OfficeHead,
    annual_report,
    ballot,
    ballot_result,
    deputy_card,
    dispatch,
    duty_report,
    project_ballot,
    project_eval_ballot,
    project_eval_report,
    project_vote_result,
    reception_form,
    suggestion_ledger,
)
from deputydesk.reports.annual_report import AnnualReportPaper
from deputydesk.reports.ballot_result import BallotResult
from deputydesk.reports.deputy_card import DeputyCard
from deputydesk.reports.dispatch import DispatchPaper
from deputydesk.reports.duty_report import DutyReport, DutyRow
from deputydesk.reports.project_eval_report import EvalReport
from deputydesk.reports.project_vote_result import VoteResult
from deputydesk.reports.suggestion_ledger import Ledger
from tests.reports import dispatch_samples, project_samples, samples
from tests.reports.judge import faults, text_of

Print = Callable[..., int]

EMPTY: dict[str, Print] = {
    "annual_report": partial(annual_report.write, AnnualReportPaper("年度报告", ())),
    "duty_report of nobody": partial(duty_report.write, []),
    "duty_report of a new deputy": partial(
        duty_report.write, [DutyReport("张三", samples.DAY, samples.DAY)]
    ),
    "ballot": partial(ballot.write, replace(samples.ballot(), deputies=())),
    "ballot_result": partial(
        ballot_result.write, BallotResult("述职", samples.SCALES[4], (), 0, 0, 0, 0)
    ),
    "project_ballot": partial(
        project_ballot.write, replace(project_samples.project_ballot(), projects=())
    ),
    "project_eval_ballot": partial(
        project_eval_ballot.write, replace(project_samples.project_eval_ballot(), projects=())
    ),
    "project_eval_report": partial(project_eval_report.write, EvalReport("评议", "2026年", ())),
    "project_vote_result": partial(
        project_vote_result.write, VoteResult("票决", 10, 0, 0, 0, 0, 0, 0, ())
    ),
    "reception_form": partial(reception_form.write, []),
    "deputy_card of nobody": partial(deputy_card.write, []),
    "deputy_card of nobody on A6": partial(deputy_card.write, [], a6=True),
    "deputy_card of a name only": partial(deputy_card.write, [DeputyCard("张三")]),
    "suggestion_ledger": partial(suggestion_ledger.write, Ledger("建议办理台账", ())),
    "dispatch": partial(dispatch.write, DispatchPaper("五当召镇人大代表建议办理周调度")),
}
USUAL: dict[str, Print] = {
    "annual_report": partial(annual_report.write, samples.annual_report()),
    "duty_report": partial(duty_report.write, [samples.duty_report(), samples.duty_report()]),
    "ballot": partial(ballot.write, samples.ballot()),
    "ballot of three grades": partial(ballot.write, samples.ballot(3)),
    "ballot of five grades": partial(ballot.write, samples.ballot(5, 20)),
    "ballot_result": partial(ballot_result.write, samples.ballot_result()),
    "ballot_result of five grades": partial(ballot_result.write, samples.ballot_result(5)),
    "project_ballot": partial(project_ballot.write, project_samples.project_ballot()),
    "project_eval_ballot": partial(
        project_eval_ballot.write, project_samples.project_eval_ballot()
    ),
    "project_eval_report": partial(
        project_eval_report.write, project_samples.project_eval_report()
    ),
    "project_vote_result": partial(
        project_vote_result.write, project_samples.project_vote_result()
    ),
    "reception_form": partial(reception_form.write, [samples.reception()]),
    "deputy_card": partial(deputy_card.write, samples.deputy_cards(11)),
    "deputy_card on A6": partial(deputy_card.write, samples.deputy_cards(3), a6=True),
    "suggestion_ledger on A3": partial(suggestion_ledger.write, samples.ledger()),
    "suggestion_ledger on A4": partial(suggestion_ledger.write, samples.ledger(), a3=False),
    "dispatch": partial(dispatch.write, dispatch_samples.dispatch()),
}
WORST: dict[str, Print] = {
    "annual_report": partial(annual_report.write, samples.worst_annual_report()),
    "duty_report": partial(duty_report.write, [samples.worst_duty_report()]),
    "ballot of three grades": partial(ballot.write, samples.worst_ballot(3)),
    "ballot of four grades": partial(ballot.write, samples.worst_ballot(4)),
    "ballot of five grades": partial(ballot.write, samples.worst_ballot(5)),
    "ballot_result": partial(
        ballot_result.write,
        replace(
            samples.ballot_result(5, 200), host=samples.LONGEST_NAME, rule=samples.SENTENCE * 9
        ),
    ),
    "project_ballot": partial(project_ballot.write, project_samples.worst_project_ballot()),
    "project_eval_ballot": partial(
        project_eval_ballot.write, project_samples.worst_project_eval_ballot()
    ),
    "project_eval_report": partial(
        project_eval_report.write, project_samples.worst_project_eval_report()
    ),
    "project_vote_result": partial(
        project_vote_result.write, project_samples.worst_project_vote_result()
    ),
    "reception_form": partial(reception_form.write, [samples.worst_reception()]),
    "deputy_card": partial(deputy_card.write, samples.worst_deputy_cards()),
    "deputy_card on A6": partial(deputy_card.write, samples.worst_deputy_cards(), a6=True),
    "suggestion_ledger on A3": partial(suggestion_ledger.write, samples.worst_ledger()),
    "suggestion_ledger on A4": partial(suggestion_ledger.write, samples.worst_ledger(), a3=False),
    "dispatch": partial(dispatch.write, dispatch_samples.worst_dispatch()),
}


def printed(form: Print, to: Path, office: OfficeHead = samples.OFFICE) -> Path:
    form(to, office=office, printed_on=samples.DAY)
    return to


def test_every_form_stands_in_the_menu_and_none_loads_a_heavy_library():
    program = (
        "import sys; from deputydesk.reports import FORMS; print(*FORMS);"
        "print([m for m in ('reportlab', 'PIL', 'segno') if m in sys.modules])"
    )

    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split("\n")

    groups = list(Group)
    places = [groups.index(FORMS[ident].group) for ident in shown[0].split()]
    assert shown[0].split() == list(FORMS)
    assert places == sorted(places)
    assert shown[1] == "[]"


def test_every_form_says_what_it_is_for_and_where_its_layout_comes_from():
    titles = [form.title for form in FORMS.values()]

    assert len(set(titles)) == len(titles)
    assert [ident for ident, form in FORMS.items() if len(form.note) < 8] == []
    assert [ident for ident, form in FORMS.items() if len(form.source) < 8] == []


@pytest.mark.parametrize("name", EMPTY)
def test_a_form_without_data_is_well_printed(name, tmp_path):
    assert faults(printed(EMPTY[name], tmp_path / "form.pdf")) == []


@pytest.mark.parametrize("name", USUAL)
def test_a_form_with_usual_data_is_well_printed(name, tmp_path):
    assert faults(printed(USUAL[name], tmp_path / "form.pdf")) == []


@pytest.mark.parametrize("name", WORST)
def test_a_form_with_the_worst_data_is_well_printed(name, tmp_path):
    assert faults(printed(WORST[name], tmp_path / "form.pdf")) == []


@pytest.mark.parametrize("name", ["duty_report", "reception_form", "suggestion_ledger on A3"])
def test_eight_thousand_characters_are_printed_to_the_last(name, tmp_path):
    text = "".join(text_of(printed(WORST[name], tmp_path / "form.pdf")))

    assert text.count("养") >= samples.HUGE.count("养")
    assert text.count("咨") >= samples.HUGE.count("咨")


@pytest.mark.parametrize("name", USUAL)
def test_the_same_data_and_day_give_the_same_file(name, tmp_path):
    first = printed(USUAL[name], tmp_path / "first.pdf").read_bytes()
    again = printed(USUAL[name], tmp_path / "again.pdf").read_bytes()

    assert first == again


@pytest.mark.parametrize("name", USUAL)
def test_a_character_that_no_font_has_is_refused_with_its_place(name, tmp_path):
    office = replace(samples.OFFICE, organ="五当召镇\U0001f642人大主席团")

    with pytest.raises(UserError, match=r"“印制机关”中的“.”（U\+1F642）字库中没有"):
        printed(USUAL[name], tmp_path / "form.pdf", office)

    assert list(tmp_path.iterdir()) == []


def test_the_refusal_says_in_whose_report_and_where(tmp_path):
    rows = (DutyRow(samples.DAY, "接待", "好"), DutyRow(samples.DAY, "接待", "坏\U0001f642"))
    report = replace(samples.duty_report("张三"), duties=rows)

    with pytest.raises(UserError, match="“张三的履职报告·履职情况第2项·主要内容”中的“\U0001f642”"):
        printed(partial(duty_report.write, [report]), tmp_path / "form.pdf")


def test_rare_and_long_names_are_found_by_a_reader(tmp_path):
    reports = [samples.duty_report(name) for name in (samples.RARE_NAME, samples.LONG_NAME)]

    to = printed(partial(duty_report.write, reports), tmp_path / "form.pdf")

    assert faults(to, expect=[samples.RARE_NAME, samples.LONG_NAME]) == []
    with pikepdf.open(to) as document, document.open_outline() as outline:
        assert [entry.title for entry in outline.root] == [samples.RARE_NAME, samples.LONG_NAME]


def test_two_sided_reports_each_begin_on_a_front_side(tmp_path):
    reports = [samples.duty_report("张三", rows=20), samples.duty_report("李四", rows=2)]

    form = partial(duty_report.write, [reports[0], reports[0], reports[1]], duplex=True)
    text = text_of(printed(form, tmp_path / "form.pdf"))

    fronts = [n for n, page in enumerate(text) if "人大代表履职报告" in page]
    assert len(fronts) == 3
    assert all(n % 2 == 0 for n in fronts)
    assert faults(tmp_path / "form.pdf") == []


@pytest.mark.parametrize("rows", range(1, 40, 3))
def test_the_signature_never_stands_alone(rows, tmp_path):
    form = partial(duty_report.write, [samples.duty_report(rows=rows)])

    last = text_of(printed(form, tmp_path / "form.pdf"))[-1]

    before, _, _ = last.partition("代表签名")
    assert before.count("选民7人") >= 1


@pytest.mark.parametrize("deputies", range(14, 29))
def test_the_tellers_sign_below_at_least_two_deputies(deputies, tmp_path):
    form = partial(ballot_result.write, samples.ballot_result(4, deputies))

    last = text_of(printed(form, tmp_path / "form.pdf"))[-1]

    assert "主持人（签名）" in last
    assert f"{deputies - 1} " in last.replace("\r\n", " ")


def test_twenty_deputies_fit_on_one_result_sheet(tmp_path):
    form = partial(ballot_result.write, samples.ballot_result(4, 20))

    text = text_of(printed(form, tmp_path / "form.pdf"))

    assert len(text) == 1
    for words in ("160", "158", "157", "63.7%", "主持人", "监票人", "计票人", "有效票（157张）"):
        assert words in text[0]


def test_every_page_of_a_ledger_repeats_the_head_and_counts_the_pages(tmp_path):
    head = [column.title for column in suggestion_ledger.COLUMNS]
    form = partial(suggestion_ledger.write, samples.ledger(90))

    to = printed(form, tmp_path / "form.pdf")
    pages = text_of(to)

    assert faults(to, header=head) == []
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页 共 {len(pages)} 页" in page
    assert "答复类别：A——已解决或采纳；B——列入计划逐步解决；C——留作参考" in pages[-1]
    assert "按期答复率 100%（181/181）：按期限内答复的件数÷已答复的件数" in pages[-1]


@pytest.mark.parametrize("name", ["suggestion_ledger on A3", "suggestion_ledger on A4"])
def test_a_ledger_is_summed_up_below_its_last_rows(name, tmp_path):
    last = "".join(text_of(printed(USUAL[name], tmp_path / "form.pdf"))[-1].split())

    assert "合计40件115交办40件30答复26件B26基本满意262040正在办理40" in last
    assert last.count("2026-03-05") >= 2  # the sums never stand alone


@pytest.mark.parametrize("rows", range(30, 50))
def test_what_the_figures_of_a_ledger_mean_never_stands_alone(rows, tmp_path):
    rates = samples.ledger().rates * 5
    form = partial(suggestion_ledger.write, replace(samples.ledger(rows), rates=rates), a3=False)

    last = text_of(printed(form, tmp_path / "form.pdf"))[-1]

    assert "合计" in last
    assert last.count("按期答复率") == 5


def test_a_damaged_photo_is_refused_and_nothing_is_left(tmp_path):
    report = replace(samples.duty_report(), photo=b"no picture")

    with pytest.raises(UserError, match="照片文件已损坏"):
        printed(partial(duty_report.write, [report]), tmp_path / "form.pdf")

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_the_old_file_stays(tmp_path):
    to = tmp_path / "form.pdf"
    to.write_bytes(b"old")
    (tmp_path / "form.pdf.part").symlink_to("/dev/full")

    with pytest.raises(UserError, match="磁盘已满"):
        printed(USUAL["ballot"], to)

    assert to.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [to]


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(UserError, match=r"文件夹.*不存在"):
        printed(USUAL["ballot"], tmp_path / "gone" / "form.pdf")


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "form.pdf").mkdir()

    with pytest.raises(UserError, match=r"“form\.pdf”无法写入"):
        printed(USUAL["ballot"], tmp_path / "form.pdf")

    assert [path.name for path in tmp_path.iterdir()] == ["form.pdf"]


def test_a_cancelled_print_leaves_nothing(tmp_path):
    class Impatient:
        def step(self, done: int, total: int, what: str = "") -> None:
            if done:
                raise Cancelled

    with pytest.raises(Cancelled):
        USUAL["duty_report"](
            tmp_path / "form.pdf",
            office=samples.OFFICE,
            printed_on=samples.DAY,
            progress=Impatient(),
        )

    assert list(tmp_path.iterdir()) == []
