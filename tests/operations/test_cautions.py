from datetime import date

import pytest

from deputydesk.errors import FieldError, UserError
from deputydesk.models import Caution
from deputydesk.models.base import scope_of
from deputydesk.operations import cautions, duty, todo
from deputydesk.rules.caution_flow import CautionState
from tests import make
from tests.make import TODAY

TALK = {
    "held_on": TODAY,
    "talker": "苏和",
    "second_talker": "张丽",
    "content": "履职次数少，原因是外出务工",
}


@pytest.fixture
def deputy(office):
    return make.deputy(office)


def start(office, deputy, **changed):
    given = {"year": 2026, "quarter": 3, "trigger": "第三季度积分末位", **changed}
    return office.do(cautions.save, mandate_id=deputy, **given)


def the_only(office):
    [row] = office.ask(cautions.rows)
    return row


def test_a_talk_goes_from_notice_to_file(office, deputy):
    talk = start(office, deputy)
    assert (the_only(office).state, the_only(office).period) == (
        CautionState.STARTED,
        "2026年第三季度",
    )

    office.do(cautions.notify, caution_id=talk, noticed_on=date(2026, 11, 20))
    assert the_only(office).state == CautionState.NOTICED
    office.do(cautions.hold, caution_id=talk, answer="今后每季度进家", signed=True, **TALK)
    assert the_only(office).state == CautionState.HELD
    assert the_only(office).follow_up_due_on == date(2027, 3, 31)
    office.do(cautions.follow, caution_id=talk, followed_on=TODAY, follow_up="已进家两次")

    row = the_only(office)
    assert (row.state, row.answer, row.follow_up) == (
        CautionState.FOLLOWED,
        "今后每季度进家",
        "已进家两次",
    )
    assert office.ask(cautions.rows, 2025) == []


def test_a_talk_stays_in_the_office_and_in_no_file(office, deputy):
    talk = start(office, deputy)

    assert scope_of(talk) == "T1.local"
    assert office.ask(duty.rows) == []
    assert office.undo().text == "登记谈话提醒"


def test_steps_come_in_their_order(office, deputy):
    talk = start(office, deputy)

    with pytest.raises(UserError, match="现在的状态是“待通知”，不能“记录谈话”"):
        office.do(cautions.hold, caution_id=talk, **TALK)
    with pytest.raises(UserError, match="不能“跟踪归档”"):
        office.do(cautions.follow, caution_id=talk, followed_on=TODAY, follow_up="好")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"held_on": date(2026, 11, 24)}, "held_on", "不能晚于今天"),
        ({"held_on": date(2026, 11, 1)}, "held_on", "不能早于通知日期"),
        ({"talker": ""}, "talker", "请填写谈话人"),
        ({"second_talker": ""}, "second_talker", "请填写参加谈话人"),
        ({"second_talker": "苏和"}, "second_talker", "应当由两人进行"),
        ({"content": " "}, "content", "请填写谈话内容"),
        ({"follow_up_due_on": date(2026, 11, 1)}, "follow_up_due_on", "不能早于谈话日期"),
    ],
)
def test_a_talk_that_cannot_have_been_is_refused(office, deputy, changed, field, sentence):
    talk = start(office, deputy)
    office.do(cautions.notify, caution_id=talk, noticed_on=date(2026, 11, 20))

    with pytest.raises(FieldError, match=sentence) as error:
        office.do(cautions.hold, caution_id=talk, **(TALK | changed))

    assert error.value.field == field


def test_an_unsigned_record_is_not_filed(office, deputy):
    talk = start(office, deputy)
    office.do(cautions.notify, caution_id=talk, noticed_on=TODAY)
    office.do(cautions.hold, caution_id=talk, **TALK)

    with pytest.raises(FieldError, match="还没有双方签字，不能归档"):
        office.do(cautions.follow, caution_id=talk, followed_on=TODAY, follow_up="好")


def test_one_talk_a_quarter_with_a_deputy(office, deputy):
    talk = start(office, deputy)

    with pytest.raises(FieldError, match="已经登记过与王伟的谈话"):
        start(office, deputy)
    with pytest.raises(FieldError, match="季度是1至4"):
        start(office, deputy, quarter=5)
    with pytest.raises(FieldError, match="请选择代表"):
        start(office, "")
    start(office, deputy, record_id=talk, trigger="改写缘由")
    start(office, deputy, quarter=0, year=0)
    assert [r.period for r in office.ask(cautions.rows)] == ["2026年第三季度", "2026年"]


def test_a_talk_entered_by_mistake_is_removed(office, deputy):
    talk = start(office, deputy)

    office.do(cautions.remove, ids=[talk])

    assert office.ask(cautions.rows) == []
    assert office.undo().text == "删除谈话提醒"


def test_todays_list_reminds_without_a_name(office, deputy):
    talk = start(office, deputy)
    [waiting] = office.ask(cautions.todos, TODAY)
    assert (waiting.tag, waiting.text, waiting.table) == (
        "待谈话",
        "谈话提醒：1项待谈话",
        Caution.__tablename__,
    )
    assert waiting in office.ask(todo.todos, TODAY)
    office.do(cautions.notify, caution_id=talk, noticed_on=TODAY)
    office.do(cautions.hold, caution_id=talk, follow_up_due_on=date(2026, 12, 1), **TALK)

    [due] = office.ask(cautions.todos, TODAY)

    assert (due.text, due.due) == ("谈话提醒：跟踪后续履职", date(2026, 12, 1))
    assert office.ask(cautions.todos, date(2026, 11, 1)) == []
