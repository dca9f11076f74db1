"""Papers on a deputy's duty, printed from live records and read back."""

from datetime import date

import pytest

from deputydesk.errors import UserError
from deputydesk.models.choices import OfficeKind
from deputydesk.operations import cautions
from deputydesk.reports import Options
from deputydesk.reports.printing import write
from tests import make
from tests.reports import samples
from tests.reports.live import printed

FORMS = ("talk_record", "duty_register", "duty_handbook", "duty_file")
OF_RECORDS = ("talk_record",)


@pytest.mark.parametrize("form", FORMS)
def test_an_office_without_records_prints_a_form_all_the_same(office, tmp_path, form):
    pages = printed(office, tmp_path, form)

    assert any("五当召镇" in page for page in pages)


@pytest.mark.parametrize("form", FORMS)
def test_a_street_signs_as_working_committee_and_never_as_presidium(office, tmp_path, form):
    make.profile(office, kind=OfficeKind.STREET, name="大发街道")

    said = "".join(printed(office, tmp_path, form))

    assert "主席" not in said
    assert "大发街道" in said


@pytest.mark.parametrize("form", OF_RECORDS)
def test_a_record_that_is_gone_is_told(office, tmp_path, form):
    with pytest.raises(UserError, match="找不到"):
        write(office, form, tmp_path / "form.pdf", Options(record_id="T1-gone"))


def talk(office, name="王伟", **values):
    """A talk with a deputy that was held; returns its id."""
    record = office.do(
        cautions.save,
        mandate_id=make.deputy(office, name=name),
        trigger="第三季度积分0，排名第36",
        year=2026,
        quarter=3,
    )
    office.do(cautions.notify, caution_id=record, noticed_on=date(2026, 10, 12))
    said = {"content": "提醒按时进“家”接待。", "answer": "一定改进。", "place": "镇人大办公室"}
    office.do(
        cautions.hold,
        caution_id=record,
        held_on=date(2026, 10, 15),
        talker="李主席",
        second_talker="张丽",
        **{**said, **values},
    )
    return record


def test_the_record_of_a_talk_says_who_why_and_what_and_is_marked_confidential(office, tmp_path):
    record = talk(office)

    pages = printed(office, tmp_path, "talk_record", record_id=record)

    said = "".join(pages)
    assert len(pages) == 1
    assert "内部资料严格保密" in said
    assert "王伟" in said
    assert "2026年第三季度" in said
    assert "通知日期2026年10月12日" in said
    assert "谈话日期2026年10月15日" in said
    assert "李主席、张丽" in said
    assert "提醒按时进“家”接待。" in said
    assert "（应于2027年3月31日前完成）" in said
    assert f"编号TX-20261015-{record[-6:].upper()}" in said


def test_a_talk_that_was_followed_up_says_what_became_of_it(office, tmp_path):
    record = talk(office, signed=True)
    office.do(
        cautions.follow, caution_id=record, followed_on=date(2026, 11, 20), follow_up="接待3次。"
    )

    said = "".join(printed(office, tmp_path, "talk_record", record_id=record))

    assert "接待3次。" in said
    assert "应于" not in said
    assert "2026年11月20日" in said


def test_a_long_talk_goes_on_and_every_page_is_marked(office, tmp_path):
    record = talk(office, samples.LONGEST_NAME, content=samples.HUGE, answer=samples.SENTENCE * 30)

    pages = printed(office, tmp_path, "talk_record", record_id=record)

    assert len(pages) > 1
    assert all("内部资料严格保密" in page for page in pages)
    assert "".join(pages).count("养") >= samples.HUGE.count("养")
