"""The papers of a vote on projects: a secret ballot with boxes for the reader, and the report."""

from datetime import date
from functools import partial

import pdfplumber
import pypdfium2
import pytest

from deputydesk.errors import UserError
from deputydesk.models.choices import Level
from deputydesk.models.project import ProjectLevel
from deputydesk.operations import (
    local_rules,
    project_evals,
    project_vote_rows,
    project_votes,
    terms,
)
from deputydesk.reports import Options, printing, project_ballot, project_eval_ballot
from tests.operations.project_case import VOTED, YEAR, building, candidate, counted, vote
from tests.reports import project_samples
from tests.reports.judge import MM, faults, text_of
from tests.reports.test_ballot import crosses, squares, within
from tests.reports.test_forms import printed

NAMES = tuple("甲乙丙丁戊己庚辛壬癸子丑")


@pytest.fixture
def tied(office):
    """Twelve candidates for ten places, 46 voters, two void ballots, a tie at the last place."""
    ids = [candidate(office, f"{name}项目") for name in NAMES]
    made = vote(office, seats=10)
    votes = dict(zip(ids, (44, 43, 42, 41, 40, 39, 38, 37, 36, 28, 28, 20), strict=True))
    counted(office, made, votes)
    return made


BALLOTS = {
    "vote": (project_ballot, project_samples.project_ballot(), 3),
    "evaluation": (project_eval_ballot, project_samples.project_eval_ballot(12), 4),
}


@pytest.mark.parametrize("kind", BALLOTS)
def test_every_box_of_the_layout_is_printed_where_it_says_and_stays_white_around(kind, tmp_path):
    form, ballot, options = BALLOTS[kind]
    to = printed(partial(form.write, ballot), tmp_path / "form.pdf")

    with pdfplumber.open(to) as document:
        page = document.pages[0]
        drawn = {tuple(round(edge, 1) for edge in square) for square in squares(page)}
        things = [
            (t["x0"] / MM, t["top"] / MM, t["x1"] / MM, t["bottom"] / MM)
            for t in (*page.edges, *page.chars)
        ]
    boxes = form.LAYOUT.boxes
    assert len(boxes) == 12 * options
    for box in boxes:
        edges = (box.x, box.y, box.x + box.side, box.y + box.side)
        assert tuple(round(edge, 1) for edge in edges) in drawn
        own = (edges[0] - 0.1, edges[1] - 0.1, edges[2] + 0.1, edges[3] + 0.1)
        around = (own[0] - 2.5, own[1] - 2.5, own[2] + 2.5, own[3] + 2.5)
        assert all(within(thing, own) for thing in things if crosses(thing, around))


@pytest.mark.parametrize("kind", BALLOTS)
def test_boxes_are_far_enough_apart_for_old_hands(kind):
    layout = BALLOTS[kind][0].LAYOUT
    row = layout.row(0)

    assert row[0].side >= 5
    assert row[1].x - row[0].x >= 22
    assert layout.row(1)[0].y - row[0].y >= 11


def test_ballots_of_a_run_are_the_same_sheet_and_say_the_rule(tmp_path):
    form = partial(project_ballot.write, project_samples.project_ballot(), copies=3)

    to = printed(form, tmp_path / "form.pdf")

    document = pypdfium2.PdfDocument(to)
    images = {document[n].render(scale=1).to_pil().tobytes() for n in range(len(document))}
    document.close()
    text = text_of(to)
    assert (len(text), len(images)) == (3, 1)
    assert "候选12项" in text[0]
    assert "应选10项" in text[0]
    assert "等于或者少于10项的，本票有效；多于10项的，本票作废" in text[0]
    assert "2026年10月8日" not in text[0]


def test_a_long_content_is_cut_a_long_list_goes_on_over_pages(tmp_path):
    to = printed(
        partial(project_ballot.write, project_samples.worst_project_ballot()), tmp_path / "form.pdf"
    )

    text = text_of(to)
    assert len(text) == 3
    assert "…" in text[0]
    assert "各页合计，赞成的项目等于或者少于123项" in text[0]
    assert "请继续填写下一页" in text[1]
    assert "请继续填写下一页" not in text[2]
    assert project_ballot.code_of(project_samples.worst_project_ballot(), 2, 3) == (
        "DD1:PJ3-1:7K3Q9X2M:2/3"
    )


def test_the_ballot_of_a_vote_is_printed_from_its_records(office, tied, tmp_path):
    to = tmp_path / "form.pdf"

    pages = printing.write(office, "project_ballot", to, Options(record_id=tied, copies=2))

    assert pages == 2
    assert faults(to, expect=["镇十届人大一次会议", "候选12项", "应选10项", "甲项目", "250"]) == []


def test_the_report_names_ballots_votes_the_chosen_the_tie_and_its_rule(office, tied, tmp_path):
    to = tmp_path / "form.pdf"

    printing.write(office, "project_vote_result", to)

    told = [
        *("候选12项，应选10项，当选9项", "作废票", "总监票人（签名）"),
        "“癸项目”、“子项目”都是28票，末位还有1项待定；按办法就同票的项目再次投票，得票多的当选。",
        "末位得票相等、不能确定当选项目时，就同票的项目再次投票",
        "赞成票超过全体代表半数的",
        "参照《选举法》关于代表选举的规定",
    ]
    assert faults(to, expect=told) == []
    assert "".join(text_of(to)).count("同票处理") == 1


def test_the_report_of_the_first_vote_names_who_won_the_second(office, tied, tmp_path):
    again = office.do(project_votes.run_off, vote_id=tied)
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    printing.write(office, "project_vote_result", first, Options(record_id=tied))
    assert faults(first, expect=["按办法再次投票。"]) == []
    ids = [p.project_id for p in office.ask(project_vote_rows.one, again).entries]
    counted(office, again, {ids[0]: 20, ids[1]: 23}, valid=46, invalid=0)

    printing.write(office, "project_vote_result", first, Options(record_id=tied))
    printing.write(office, "project_vote_result", second, Options(record_id=again))
    ballot = tmp_path / "ballot.pdf"
    printing.write(office, "project_ballot", ballot, Options(record_id=again))

    assert faults(first, expect=["按办法再次投票，“子项目”得23票当选"]) == []
    told = ["报告单（再次投票）", "候选2项，应选1项，当选1项", "再次投票以得票多的当选"]
    assert faults(second, expect=told) == []
    assert "同票处理" not in "".join(text_of(second))
    assert faults(ballot, expect=["（同票项目再次投票）"]) == []


@pytest.mark.parametrize(
    ("tie", "told"),
    [("both", "末位得票相等，按办法一并当选，当选3项。"), ("show", "举手表决：丙26人，乙20人")],
)
def test_other_ways_of_deciding_a_tie_are_told_too(office, tmp_path, tie, told):
    rule = {"quorum": "half", "majority": "present", "tie": tie}
    office.do(
        local_rules.adopt,
        kind="project_vote",
        name="本镇办法",
        valid_from=date(2026, 1, 1),
        rule=rule,
    )
    ids = [candidate(office, name) for name in NAMES[:3]]
    made = vote(office, seats=2)
    counted(office, made, dict(zip(ids, (40, 24, 24), strict=True)))
    if tie == "show":
        office.do(
            project_votes.settle_tie,
            vote_id=made,
            project_ids=(ids[2],),
            tie_note="举手表决：丙26人，乙20人",
        )
    to = tmp_path / "form.pdf"

    printing.write(office, "project_vote_result", to)

    assert faults(to, expect=[told, "占实到", "赞成票超过到会代表半数的", "本镇办法"]) == []


def test_a_vote_at_a_meeting_bears_the_meetings_name(office, tmp_path):
    term = office.do(terms.start_term, level=Level.TOWN, number=10)
    meeting = office.do(
        terms.add_meeting, term_id=term, number=1, name="五当召镇第十届人大一次会议"
    )
    for name in NAMES[:2]:
        candidate(office, name)
    office.do(
        project_votes.save,
        level=ProjectLevel.TOWN,
        year=YEAR,
        name="票决",
        held_on=VOTED,
        seats=1,
        expected=46,
        meeting_id=meeting,
    )
    to = tmp_path / "form.pdf"

    printing.write(office, "project_ballot", to)

    assert faults(to, expect=["五当召镇第十届人大一次会议"]) == []


def test_without_a_vote_or_a_count_there_is_a_sentence(office, tmp_path):
    with pytest.raises(UserError, match="还没有民生实事票决"):
        printing.write(office, "project_ballot", tmp_path / "form.pdf")
    for name in NAMES[:2]:
        candidate(office, name)
    vote(office, seats=1)

    with pytest.raises(UserError, match="“镇十届人大一次会议”还没有计票"):
        printing.write(office, "project_vote_result", tmp_path / "form.pdf")


def test_evaluations_of_a_period_are_printed_with_attendance_and_grade(office, tmp_path):
    made = building(office)
    counts = {"members": 30, "present": 29, "satisfied": 14, "mostly": 2, "dissatisfied": 13}
    for step, day in (("一评", date(2026, 6, 1)), ("二评", date(2026, 9, 1))):
        office.do(project_evals.save, project_id=made, step=step, held_on=day, **counts)
    office.do(
        project_evals.save,
        project_id=made,
        step="一问",
        held_on=date(2026, 7, 1),
        questions="何时完工？",
        answers="九月底。",
    )
    to = tmp_path / "form.pdf"

    printing.write(
        office, "project_eval_report", to, Options(first=date(2026, 5, 1), last=date(2026, 8, 1))
    )

    told = [
        "旧区供水管网改造",
        "一评",
        "30",
        "29",
        "基本满意",
        "何时完工？",
        "九月底。",
        "镇海区2022年",
    ]
    assert faults(to, expect=told) == []
    assert "二评" not in "".join(text_of(to))


def test_projects_are_judged_on_ballots_that_are_all_the_same(office, tmp_path):
    for name in ("供水管网", "口袋公园"):
        building(office, name)
    candidate(office, "没有票决的项目")
    to = tmp_path / "form.pdf"

    pages = printing.write(
        office, "project_eval_ballot", to, Options(last=date(YEAR, 11, 1), copies=3)
    )

    document = pypdfium2.PdfDocument(to)
    images = {document[n].render(scale=1).to_pil().tobytes() for n in range(len(document))}
    document.close()
    said = "".join(text_of(to)[0].split())
    assert (pages, len(images)) == (3, 1)
    assert faults(to) == []
    assert "供水管网" in said
    assert "口袋公园" in said
    assert "没有票决的项目" not in said
    assert "测评项目：2项" in said
    assert "版式PM4-1" in said


def test_one_project_is_judged_alone_and_none_is_said_in_a_sentence(office, tmp_path):
    with pytest.raises(UserError, match="还没有确定实施的民生实事项目"):
        printing.write(office, "project_eval_ballot", tmp_path / "form.pdf")
    one = building(office, "供水管网")
    building(office, "口袋公园")
    to = tmp_path / "form.pdf"

    printing.write(office, "project_eval_ballot", to, Options(record_id=one))

    said = "".join("".join(text_of(to)).split())
    assert "供水管网" in said
    assert "口袋公园" not in said
    code = project_eval_ballot.code_of(project_samples.project_eval_ballot(), 1, 1)
    assert code == "DD1:PM4-1:7K3Q9X2M:1/1"


@pytest.fixture
def judged(office):
    """A project that is carried out, and what its ballot says, without blanks."""
    project = building(office, "供水管网")

    def said(tmp_path, paper=""):
        to = tmp_path / "form.pdf"
        options = Options(record_id=project, last=date(YEAR, 11, 1), paper=paper)
        printing.write(office, "project_eval_ballot", to, options)
        assert faults(to) == []
        return "".join("".join(text_of(to)).split())

    return project, said


def test_a_ballot_names_the_step_that_comes_next(office, judged, tmp_path):
    project, said = judged
    voted = [s.name for s in office.ask(project_evals.steps, date(YEAR, 11, 1)) if s.graded]
    assert f"评议环节：{voted[0]}测评日期" in said(tmp_path)

    for number, step in enumerate(voted, start=1):
        votes = {"members": 30, "present": 29, "satisfied": 20, "mostly": 5, "dissatisfied": 4}
        office.do(
            project_evals.save,
            project_id=project,
            step=step,
            held_on=date(YEAR, 10, number),
            **votes,
        )
        expected = voted[min(number, len(voted) - 1)]
        assert f"评议环节：{expected}测评日期" in said(tmp_path)


def test_another_step_can_be_chosen_and_one_that_is_none_is_refused(office, judged, tmp_path):
    _, said = judged
    voted = [s.name for s in office.ask(project_evals.steps, date(YEAR, 11, 1)) if s.graded]

    assert f"评议环节：{voted[-1]}测评日期" in said(tmp_path, str(len(voted)))
    with pytest.raises(UserError, match=f"评议环节只有{len(voted)}个：{'、'.join(voted)}"):
        said(tmp_path, str(len(voted) + 1))
