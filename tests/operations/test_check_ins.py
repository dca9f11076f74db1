"""Signing in by card or name: the sheet of every kind of event."""

from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models import (
    Attendance,
    Leave,
    Meeting,
    RotaShift,
    Training,
    Visit,
    VisitDeputy,
)
from deputydesk.models.attendance import Approval
from deputydesk.models.choices import EndReason, Level
from deputydesk.office import Operation, Right
from deputydesk.operations import check_ins, deputies, deputy_cards, visits
from deputydesk.operations.check_ins import SignState, Verdict
from deputydesk.rules import qr_codes
from tests import make

DAY = date(2026, 11, 23)


def enter(office, *records):
    """Put records in as another part of the program would."""

    def put(tx):
        made = [make_one() for make_one in records]
        for record in made:
            tx.session.add(record)
        return [record.id for record in made]

    return office.do(Operation("test.put", "登记", Right.REGISTER, put))


@pytest.fixture
def training(office):
    return enter(office, lambda: Training(topic="预算审查", held_on=DAY))[0]


@pytest.fixture
def visit(office):
    return make.visit(office, make.home(office), make.deputy(office, name="丁一"))


@pytest.fixture
def wang(office):
    return make.deputy(office, name="王伟")


def card(office, mandate_id):
    return office.ask(deputy_cards.code, mandate_id)


def scan(office, kind, event, text):
    """What the window does with a scan."""
    seen = office.ask(check_ins.recognise, kind, event, text)
    if seen.verdict.is_good:
        office.do(check_ins.sign, event_kind=kind, event_id=event, mandate_id=seen.mandate_id)
    return seen


def states(office, kind, event):
    return {r.name: r.state for r in office.ask(check_ins.sheet, kind, event).rows}


def test_a_card_signs_the_sheet_with_the_time(office, training, wang):
    office.do(check_ins.expect, event_kind="training", event_id=training, mandate_ids=(wang,))
    assert states(office, "training", training) == {"王伟": SignState.MISSING}

    seen = scan(office, "training", training, card(office, wang))

    whole = office.ask(check_ins.sheet, "training", training)
    assert (seen.verdict, seen.sentence) == (Verdict.SIGNED, "王伟已签到。")
    assert (whole.title, whole.held_on, whole.expected) == ("预算审查", DAY, 1)
    assert [(row.state, row.at) for row in whole.rows] == [(SignState.SIGNED, "09:00")]
    assert whole.count(SignState.MISSING) == 0


def test_a_second_scan_changes_nothing_and_says_when(office, training, wang):
    scan(office, "training", training, card(office, wang))

    seen = scan(office, "training", training, card(office, wang))

    assert (seen.verdict, seen.sentence) == (Verdict.AGAIN, "王伟已经签到过了（09:00）。")
    with pytest.raises(UserError, match="已经签到过了"):
        office.do(check_ins.sign, event_kind="training", event_id=training, mandate_id=wang)
    assert len(office.ask(check_ins.sheet, "training", training).rows) == 1


def test_somebody_not_on_the_list_is_added_and_it_is_said(office, training, wang):
    other = make.deputy(office, name="高娃")
    office.do(check_ins.expect, event_kind="training", event_id=training, mandate_ids=(wang,))

    seen = scan(office, "training", training, card(office, other))

    assert (seen.verdict, seen.sentence) == (Verdict.ADDED, "高娃不在应到名单里，已补签。")
    assert states(office, "training", training)["高娃"] == SignState.SIGNED


def test_cards_that_cannot_sign_are_told_apart(office, training, wang):
    ended, suspended = make.deputy(office, name="甲"), make.deputy(office, name="乙")
    new = office.do(deputies.add, name="丙", level=Level.TOWN, started_on=date(2026, 12, 1))
    office.do(
        deputies.end_mandate, mandate_id=ended, ended_on=date(2026, 5, 1), reason=EndReason.MOVED
    )
    office.do(deputies.set_suspended, mandate_id=suspended, suspended=True)
    foreign = qr_codes.code_of("BAOTOU", "BAOTOU-" + "7" * 32)
    removed = qr_codes.code_of("T1", "T1-" + "7" * 32)

    for text, verdict, sentence in (
        (card(office, ended), Verdict.UNFIT, "甲的代表资格已于2026-05-01终止"),
        (card(office, suspended), Verdict.UNFIT, "乙已暂停执行代表职务"),
        (card(office, new), Verdict.UNFIT, "丙于2026-12-01才当选代表"),
        (foreign, Verdict.FOREIGN, "其他单位（代码 BAOTOU）的代表卡"),
        (removed, Verdict.UNFIT, "名册里没有这名代表"),
        ("6901234567892", Verdict.UNREAD, "不是代表卡的二维码"),
    ):
        seen = scan(office, "training", training, text)
        assert (seen.verdict, sentence in seen.sentence) == (verdict, True), seen
    assert states(office, "training", training) == {}


def test_a_card_that_another_office_printed_for_our_deputy_signs(office, training, wang):
    printed_above = qr_codes.code_of("DISTRICT", wang)

    assert scan(office, "training", training, printed_above).verdict == Verdict.SIGNED


def test_a_deputy_whose_record_came_from_another_office_signs(office, training, wang):
    from deputydesk.models import Mandate

    person = office.ask(deputies.one, wang).person_id
    enter(
        office,
        lambda: Mandate(id="DIST-" + "5" * 32, person_id=person, level=Level.DISTRICT),
    )
    code = qr_codes.code_of("CITY", "DIST-" + "5" * 32)

    assert scan(office, "training", training, code).name == "王伟"


def test_the_card_of_another_level_signs_where_the_name_stands(office, training, wang):
    person = office.ask(deputies.one, wang).person_id
    district = office.do(deputies.add_mandate, person_id=person, level=Level.DISTRICT)
    office.do(check_ins.expect, event_kind="training", event_id=training, mandate_ids=(wang,))

    scan(office, "training", training, card(office, district))

    [row] = office.ask(check_ins.sheet, "training", training).rows
    assert (row.id, row.state) == (wang, SignState.SIGNED)


def test_a_wrong_scan_is_taken_back(office, training, wang):
    other = make.deputy(office, name="高娃")
    office.do(check_ins.expect, event_kind="training", event_id=training, mandate_ids=(wang,))
    for deputy in (wang, other):
        scan(office, "training", training, card(office, deputy))
    event = {"event_kind": "training", "event_id": training}

    office.do(check_ins.unsign, **event, mandate_id=wang)
    office.do(check_ins.unsign, **event, mandate_id=other)
    office.do(check_ins.unsign, **event, mandate_id=other)

    assert states(office, "training", training) == {"王伟": SignState.MISSING}


def test_leave_is_shown_whether_noted_on_the_sheet_or_asked_for(office, training, wang):
    two, three = make.deputy(office, name="高娃"), make.deputy(office, name="丁一")
    four = make.deputy(office, name="马瑞")
    event = {"event_kind": "training", "event_id": training}
    office.do(check_ins.expect, **event, mandate_ids=(wang, two, three, four))
    enter(
        office,
        lambda: Leave(mandate_id=two, from_on=DAY, to_on=DAY, approval=Approval.APPROVED),
        lambda: Leave(mandate_id=three, event_id=training, from_on=DAY, to_on=DAY),
        lambda: Leave(mandate_id=four, from_on=DAY, to_on=DAY, approval=Approval.REFUSED),
    )

    office.do(check_ins.excuse, **event, mandate_id=wang)

    whole = office.ask(check_ins.sheet, "training", training)
    assert whole.count(SignState.LEAVE) == 3
    assert states(office, "training", training)["马瑞"] == SignState.MISSING
    scan(office, "training", training, card(office, wang))
    assert states(office, "training", training)["王伟"] == SignState.SIGNED
    with pytest.raises(UserError, match="王伟已经签到，不能再登记请假"):
        office.do(check_ins.excuse, **event, mandate_id=wang)
    extra = make.deputy(office, name="赵云")
    office.do(check_ins.excuse, **event, mandate_id=extra)
    assert states(office, "training", training)["赵云"] == SignState.LEAVE


def test_a_visit_is_signed_and_counts_only_who_came(office, visit, wang):
    other = make.deputy(office, name="高娃")
    event = {"event_kind": "visit", "event_id": visit}
    office.do(check_ins.expect, **event, mandate_ids=(wang, other))
    assert office.ask(visits.rows, visit_id=visit)[0].deputies == ("丁一",)

    scan(office, "visit", visit, card(office, wang))

    assert office.ask(visits.rows, visit_id=visit)[0].deputies == ("丁一", "王伟")
    assert states(office, "visit", visit) == {
        "丁一": SignState.SIGNED,
        "王伟": SignState.SIGNED,
        "高娃": SignState.MISSING,
    }
    office.do(check_ins.unsign, **event, mandate_id=wang)
    office.do(check_ins.unsign, **event, mandate_id=wang)
    assert states(office, "visit", visit)["王伟"] == SignState.MISSING
    assert office.ask(visits.rows, visit_id=visit)[0].deputies == ("丁一",)
    assert office.ask(check_ins.sheet, "visit", visit).title == "五当召镇人大代表之家"


def test_who_was_planned_for_the_day_is_expected_at_the_visit(office, visit, wang):
    [shift] = enter(office, lambda: RotaShift(planned_on=DAY, visit_id=visit))
    enter(office, lambda: Attendance(event_kind="rota_shift", event_id=shift, mandate_id=wang))

    assert states(office, "visit", visit)["王伟"] == SignState.MISSING


def test_a_removed_visit_takes_its_list_along(office, visit, wang):
    office.do(check_ins.expect, event_kind="visit", event_id=visit, mandate_ids=(wang,))

    office.do(visits.delete, visit_id=visit)

    office.undo()
    assert states(office, Visit.__tablename__, visit)["王伟"] == SignState.MISSING


def test_a_meeting_without_a_day_can_be_signed(office, wang):
    [meeting] = enter(office, lambda: Meeting(name="镇十届人大二次会议"))

    assert scan(office, "meeting", meeting, card(office, wang)).verdict == Verdict.SIGNED


def test_the_list_takes_only_deputies_in_office_each_once(office, training, wang):
    office.do(deputies.set_suspended, mandate_id=wang, suspended=True)
    other = make.deputy(office, name="高娃")
    event = {"event_kind": "training", "event_id": training}

    assert office.do(check_ins.expect, **event, mandate_ids=(other, other)) == 1
    assert office.do(check_ins.expect, **event, mandate_ids=(other,)) == 0
    with pytest.raises(FieldError, match="王伟已暂停"):
        office.do(check_ins.expect, **event, mandate_ids=(wang,))


def test_what_is_no_event_is_a_sentence(office):
    with pytest.raises(UserError, match="没有“nothing”这种活动"):
        office.ask(check_ins.sheet, "nothing", "x")
    with pytest.raises(UserError, match="找不到这条“培训”记录"):
        office.ask(check_ins.sheet, "training", "x")


def test_a_name_that_stood_unsigned_at_a_visit_stays_on_the_list(office, visit, wang):
    enter(office, lambda: VisitDeputy(visit_id=visit, mandate_id=wang))
    assert states(office, "visit", visit)["王伟"] == SignState.MISSING

    scan(office, "visit", visit, card(office, wang))
    office.do(check_ins.unsign, event_kind="visit", event_id=visit, mandate_id=wang)

    assert states(office, "visit", visit)["王伟"] == SignState.MISSING
