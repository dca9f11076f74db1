"""选民意见转办单, printed from live records and read back."""

from datetime import timedelta

import pytest

from deputydesk.models.choices import Channel
from deputydesk.operations import opinions
from deputydesk.reports.form import AskRecord, Options
from deputydesk.reports.opinion_slip import FORM
from deputydesk.reports.printing import write
from deputydesk.rules.satisfaction import Satisfaction
from tests import make
from tests.reports.judge import faults, text_of

HEARD = make.TODAY - timedelta(days=9)


def printed(office, tmp_path, record_id=""):
    """The text of each page, without blanks; the paper has no fault."""
    to = tmp_path / "form.pdf"
    write(office, "opinion_slip", to, Options(record_id=record_id))
    assert faults(to) == []
    return ["".join(page.split()).replace("\ufffe", "") for page in text_of(to)]


@pytest.fixture
def opinion(office):
    return office.do(
        opinions.hear,
        channel=Channel.PHONE,
        matter="村道路灯不亮",
        detail="东头三盏。",
        mandate_id=make.deputy(office, name="王伟"),
        voter_name="郝平",
        voter_phone="13804720156",
        heard_on=HEARD,
    )


def assigned(office, opinion):
    unit = make.unit(office, name="区住建局")
    office.do(opinions.assign, opinion_id=opinion, unit_id=unit, assigned_on=HEARD)


def test_a_blank_slip_can_be_filled_in_by_hand(office, tmp_path):
    slip, report = printed(office, tmp_path)

    assert "选民意见转办单" in slip
    assert "签收回执" in slip
    assert "选民意见办理情况反馈单" in report


def test_a_unit_is_told_what_was_said_and_by_when_but_not_by_whom(office, tmp_path, opinion):
    assigned(office, opinion)
    due = office.ask(opinions.detail, opinion_id=opinion, today=make.TODAY).row.due_on

    slip, report = printed(office, tmp_path, opinion)

    assert "村道路灯不亮" in slip
    assert "东头三盏。" in slip
    assert "王　伟".replace("　", "") in slip
    assert f"请你单位于{due.year}年{due.month}月{due.day}日前办理" in slip
    assert slip.count("区住建局") == 2  # the sheet and the slip to cut off
    assert "郝平" not in slip + report
    assert "13804720156" not in slip + report


def test_the_report_shows_the_outcome_and_what_the_voter_thinks(office, tmp_path, opinion):
    assigned(office, opinion)
    office.do(opinions.handle, opinion_id=opinion, outcome="已更换灯头。")
    office.do(opinions.feed_back, opinion_id=opinion, told_how="电话")
    office.do(opinions.close, opinion_id=opinion, satisfaction=Satisfaction.MOSTLY)

    report = printed(office, tmp_path, opinion)[1]

    assert "已更换灯头。" in report
    assert "电话" in report
    assert "☑基本满意" in report


def test_a_unit_that_did_not_help_is_told_why_it_gets_it_again(office, tmp_path, opinion):
    assigned(office, opinion)
    office.do(opinions.handle, opinion_id=opinion, outcome="已答复。")
    office.do(opinions.feed_back, opinion_id=opinion, told_how="电话")
    office.do(opinions.send_back, opinion_id=opinion, reason="灯还是不亮。")

    slip = printed(office, tmp_path, opinion)[0]

    assert "选民对上次办理不认可：灯还是不亮。请重新办理。" in slip


def test_only_opinions_given_to_a_unit_are_offered(office, opinion):
    ask = next(a for a in FORM.asks if isinstance(a, AskRecord))
    before = office.ask(ask.records)

    assigned(office, opinion)

    assert before == []
    assert [offered.id for offered in office.ask(ask.records)] == [opinion]


def test_an_opinion_of_the_demo_is_well_printed(demo_office, tmp_path):
    ask = next(a for a in FORM.asks if isinstance(a, AskRecord))

    pages = printed(demo_office, tmp_path, demo_office.ask(ask.records)[0].id)

    assert "（盖章）" in pages[0]
