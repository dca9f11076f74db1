"""A suggestion through its whole life, as its page tells it, and back again."""

from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy.orm import Session

from deputydesk.errors import FieldError, UserError
from deputydesk.journal import undo
from deputydesk.journal.check import check, rebuild
from deputydesk.models.choices import RejectReason, TalkForm
from deputydesk.office import Operation
from deputydesk.operations import (
    assignments,
    commitments,
    extensions,
    feedbacks,
    replies,
    reviews,
    suggestions,
    talks,
    urgings,
)
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.suggestion_flow import SuggestionState as S
from tests import make
from tests.operations.case import Case

OPERATIONS = {
    op.name: op
    for module in (
        assignments,
        commitments,
        extensions,
        feedbacks,
        replies,
        reviews,
        suggestions,
        talks,
        urgings,
    )
    for op in vars(module).values()
    if isinstance(op, Operation)
}
D = Satisfaction.DISSATISFIED


def main_path(case):
    """From the paper to the archive; yields after every action."""
    office = case.office
    case.lead = make.deputy(office, name="赵春梅")
    second = make.deputy(office, name="高娃")
    case.main, case.assist = make.unit(office, name="交通局"), make.unit(office, name="财政局")
    case.other = make.unit(office, name="水务局")
    case.id = office.do(
        suggestions.create,
        headline="关于打通断头路的建议",
        lead_id=case.lead,
        cosigner_ids=(second,),
    )
    yield
    done = [
        lambda: office.do(
            suggestions.submit, suggestion_id=case.id, submitted_on=date(2026, 1, 10)
        ),
        lambda: office.do(
            suggestions.register, suggestion_id=case.id, registered_on=date(2026, 1, 12)
        ),
        lambda: office.do(reviews.accept, suggestion_id=case.id, reviewed_on=date(2026, 3, 2)),
        lambda: case.give(main_id=case.main, assist_ids=(case.assist,)),
        lambda: office.do(
            assignments.ask_hand_back,
            assignment_id=case.of(case.main).id,
            reason="不属本单位职责",
            asked_on=date(2026, 3, 12),
        ),
        lambda: office.do(
            assignments.decide_hand_back,
            assignment_id=case.of(case.main).id,
            agreed=True,
            unit_id=case.other,
            decided_on=date(2026, 3, 16),
        ),
        lambda: office.do(
            assignments.sign, assignment_id=case.of(case.other).id, signed_on=date(2026, 3, 18)
        ),
        lambda: office.do(
            replies.assist,
            assignment_id=case.of(case.assist).id,
            opinion="资金已列入预算",
            given_on=date(2026, 4, 3),
        ),
        lambda: office.do(
            talks.log, suggestion_id=case.id, form=TalkForm.VISIT, held_on=date(2026, 5, 6)
        ),
        lambda: office.do(
            extensions.ask,
            assignment_id=case.of(case.other).id,
            reason="需要勘察",
            asked_on=date(2026, 6, 8),
        ),
        lambda: office.do(
            extensions.grant,
            extension_id=office.ask(extensions.rows, pending=True)[0].id,
            new_due_on=date(2026, 7, 15),
            decided_on=date(2026, 6, 10),
            deputy_told_on=date(2026, 6, 10),
        ),
        lambda: office.do(urgings.urge, suggestion_id=case.id, urged_on=date(2026, 7, 10)),
        lambda: case.answer(case.other, "B", date(2026, 7, 14)),
        lambda: case.judge(D, opinion="没有时间表", sent=date(2026, 7, 14), back=date(2026, 7, 20)),
        lambda: case.answer(case.other, "B", date(2026, 8, 18)),
        lambda: case.judge(Satisfaction.SATISFIED, sent=date(2026, 8, 18), back=date(2026, 8, 25)),
        lambda: office.do(
            suggestions.archive,
            suggestion_id=case.id,
            file_no="2026-建-1",
            archived_on=date(2026, 9, 1),
        ),
    ]
    for step in done:
        step()
        yield


def test_the_main_path_is_told_in_order_with_each_due_date(office):
    case = Case(office)
    seen = []

    for _ in main_path(case):
        row = case.row
        seen.append((row.state.label, row.due_on and f"{row.due_on:%m-%d}"))

    assert seen == [
        ("草稿", None),
        ("已提交", None),
        ("已登记", None),
        ("已受理", None),
        ("已交办", "06-05"),
        ("申请退办", "06-05"),
        ("已交办", "06-16"),
        ("办理中", "06-16"),
        ("办理中", "06-16"),
        ("办理中", "06-16"),
        ("办理中", "06-16"),
        ("办理中", "07-15"),
        ("办理中", "07-15"),
        ("已答复", "07-15"),
        ("重新办理", "08-20"),
        ("已答复", "08-20"),
        ("已办结", "08-20"),
        ("已归档", "08-20"),
    ]
    assert case.row.open_commitment
    assert case.story == [
        "01-10 提交建议 赵春梅",
        "01-12 登记为第1号（闭会期间） 张丽",
        "03-02 受理 张丽",
        *sorted(line for line in case.story if line.startswith("03-05 交办")),
        "03-12 退办：不属本单位职责 交通局",
        "03-16 同意交通局退办 张丽",
        "03-16 交办水务局（主办，2026年7月15日前） 张丽",
        "03-18 签收 水务局",
        "04-03 提出协办意见：资金已列入预算 财政局",
        "05-06 面商（上门） 水务局",
        "06-08 申请延期：需要勘察 水务局",
        "06-10 同意延期至2026年7月15日 张丽",
        "06-10 延期告知代表 张丽",
        "07-10 第1次催办水务局 张丽",
        "07-14 答复（B类） 水务局",
        "07-14 发出征询意见表 张丽",
        "07-20 反馈：办理工作满意，办理结果不满意：没有时间表 赵春梅",
        "07-20 重新交办水务局（主办，2026年8月20日前） 张丽",
        "08-18 答复（B类） 水务局",
        "08-18 发出征询意见表 张丽",
        "08-25 反馈：办理工作满意，办理结果满意 赵春梅",
        "08-25 办结 张丽",
        "09-01 归档（档号2026-建-1） 张丽",
    ]


def test_the_main_path_is_taken_back_step_by_step_to_nothing(office):
    case = Case(office)

    def listed():
        return office.ask(suggestions.rows, today=make.TODAY)

    stages = [(actions(office), listed()) for _ in main_path(case)]
    assert office.ask(check) == []
    assert len(stages) == 18

    for (before, earlier), (after, later) in reversed(list(pairwise(stages))):
        assert listed() == later
        for _ in range(after - before):
            office.undo()
        assert listed() == earlier
        assert office.ask(check) == []
    office.undo()

    assert listed() == []
    assert office.ask(assignments.rows) == []
    assert office.ask(commitments.rows, today=make.TODAY) == []
    assert office.ask(check) == []


def actions(office):
    return len(office.ask(undo.actions, limit=1000))


def test_what_was_done_is_made_again_from_the_log(office):
    case = Case(office)
    for _ in main_path(case):
        pass
    before = case.detail

    with Session(office.data.engine) as session, session.begin():
        rebuild(session)

    assert case.detail == before


STAGES = {
    "entered": Case.entered,
    "accepted": Case.accepted,
    "assigned": Case.assigned,
    "handled": Case.handled,
    "separate": Case.separate,
    "answered": Case.answered,
    "dissatisfied": Case.dissatisfied,
}


def wanted(case):
    """Every operation with arguments that fit, and the records it could be tried on."""
    d = case.detail
    mine = tuple(a.id for a in d.assignments)
    forms = tuple(f.id for f in d.feedbacks)
    waiting = tuple(e.id for e in d.extensions)
    owed = tuple(c.id for c in d.commitments)
    whole = (case.id,)
    merged = case.office.do(
        suggestions.enter, headline="另一件", lead_id=case.lead, submitted_on=date(2026, 3, 1)
    )
    return {
        "suggestions.submit": (whole, {}),
        "suggestions.register": (whole, {}),
        "reviews.accept": (whole, {}),
        "reviews.send_back": (whole, {"note": "修改"}),
        "reviews.reject": (whole, {"reason": RejectReason.CASE}),
        "reviews.merge": (whole, {"into_id": merged}),
        "reviews.tell": (whole, {}),
        "assignments.assign": (whole, {"main_id": case.main}),
        "assignments.sign": (mine, {}),
        "assignments.ask_hand_back": (mine, {"reason": "无关", "late_accepted": True}),
        "assignments.decide_hand_back": (mine, {"agreed": False}),
        "assignments.reassign": (mine, {"unit_id": make.unit(case.office), "reason": "划转"}),
        "talks.log": (whole, {"form": TalkForm.PHONE, "unit_id": case.main}),
        "replies.assist": (mine, {"opinion": "同意"}),
        "extensions.ask": (mine, {"reason": "工程量大"}),
        "extensions.grant": (waiting, {"new_due_on": date(2026, 9, 1)}),
        "extensions.refuse": (waiting, {"note": "不必"}),
        "urgings.urge": (whole, {"unit_id": case.main}),
        "replies.answer": (mine, {"answer_class": "A"}),
        "feedbacks.send": (whole, {}),
        "feedbacks.receive": (
            forms,
            {"attitude": Satisfaction.SATISFIED, "result": Satisfaction.SATISFIED},
        ),
        "feedbacks.remind": (forms, {}),
        "feedbacks.close_unreturned": (forms, {}),
        "feedbacks.decide": (whole, {"decision": "列入计划"}),
        "suggestions.archive": (whole, {"file_no": "1"}),
        "suggestions.withdraw": (whole, {"all_agree": True}),
        "commitments.report": (owed, {"progress": "开工"}),
        "commitments.settle": (owed, {"kept": True}),
    }


def more(case, name):
    """Some stages that are reached by one action more."""
    office = case.office
    if name == "asked":
        office.do(extensions.ask, assignment_id=case.of(case.main).id, reason="工程量大")
    if name == "handing back":
        office.do(
            assignments.ask_hand_back,
            assignment_id=case.of(case.main).id,
            reason="无关",
            late_accepted=True,
        )
    if name in ("sent", "reminded"):
        form = office.do(feedbacks.send, suggestion_id=case.id, sent_on=date(2026, 5, 20))
        if name == "reminded":
            office.do(feedbacks.remind, feedback_id=form)
    if name == "closed":
        case.judge(Satisfaction.SATISFIED)
    if name == "rejected":
        office.do(reviews.reject, suggestion_id=case.id, reason=RejectReason.CASE)
    if name == "promised":
        case.answer(case.main, "B")
    return case


@pytest.mark.parametrize(
    ("stage", "then"),
    [
        *((stage, "") for stage in STAGES),
        ("entered", "rejected"),
        ("assigned", "handing back"),
        ("separate", "handing back"),
        ("handled", "asked"),
        ("handled", "promised"),
        ("answered", "sent"),
        ("answered", "reminded"),
        ("answered", "closed"),
    ],
)
def test_what_is_offered_can_be_done_and_nothing_else(office, stage, then):
    case = more(STAGES[stage](office), then)
    tried = wanted(case)
    offered = {step.operation: step for step in case.detail.steps}
    assert offered.keys() <= tried.keys()

    for name, (ids, arguments) in tried.items():
        op = OPERATIONS[name]
        may = offered[name].ids if name in offered else ()
        for record in ids:
            parameter = next(iter(set(op.run.__annotations__) & PARAMETERS))
            if record in may:
                assert (offered[name].label, offered[name].parameter) == (op.title, parameter)
                office.do(op, **{parameter: record}, **arguments)
                office.undo()
            else:
                with pytest.raises(UserError) as refused:
                    office.do(op, **{parameter: record}, **arguments)
                assert not isinstance(refused.value, FieldError), name


PARAMETERS = {
    "suggestion_id",
    "assignment_id",
    "extension_id",
    "feedback_id",
    "commitment_id",
}


def test_a_suggestion_with_everything_is_read_in_few_statements(office):
    case = Case(office)
    for _ in main_path(case):
        pass

    detail = case.detail

    assert detail.row.state is S.ARCHIVED
    assert [signer.name for signer in detail.cosigners] == ["高娃"]
    assert len(detail.assignments) == 4
    assert len(detail.feedbacks) == 2
    assert detail.form == detail.feedbacks[1]
    assert [a.unit for a in detail.at_work] == ["水务局"]
