"""信访代办登记表: marked on every page, and read back."""

from datetime import date

import pytest

from deputydesk.errors import UserError
from deputydesk.models.choices import Sex
from deputydesk.operations import petition_steps, petitions
from deputydesk.reports.form import AskRecord, Options
from deputydesk.reports.petition_form import FORM
from deputydesk.reports.printing import write
from tests import make
from tests.reports import samples
from tests.reports.judge import faults, text_of

DAY = date(2026, 9, 1)


def printed(office, tmp_path, record_id=""):
    """The text of each page, without blanks; the paper has no fault."""
    to = tmp_path / "form.pdf"
    write(office, "petition_form", to, Options(record_id=record_id))
    assert faults(to) == []
    return ["".join(page.split()).replace("\ufffe", "") for page in text_of(to)]


def taken(office, **values):
    return office.do(
        petitions.save,
        reported_on=DAY,
        matter="草场补偿款没有发放",
        people=2,
        voter_name="郝平",
        voter_sex=Sex.MALE,
        voter_phone="13804720156",
        **values,
    )


def test_a_blank_form_is_marked_and_has_places_for_all_steps(office, tmp_path):
    (page,) = printed(office, tmp_path)

    assert "内部资料严格保密" in page
    for words in ("代办承诺", "机关的处理意见", "复查、复核", "回访情况", "代表只陪同和转递"):
        assert words in page


def test_a_petition_is_printed_with_every_step_and_its_day(office, tmp_path):
    petition = taken(office, risk=True, risk_note="涉及12户")
    unit, agent = make.unit(office, name="区信访局"), make.deputy(office, name="王伟")

    begun = "".join(printed(office, tmp_path, petition))
    office.do(
        petitions.name_agent,
        petition_id=petition,
        agent_id=agent,
        named_on=date(2026, 9, 2),
        promise="陪同登记",
    )
    office.do(
        petition_steps.register,
        petition_id=petition,
        unit_id=unit,
        registered_on=date(2026, 9, 3),
        registered_no="石信17",
    )
    office.do(petition_steps.tell, petition_id=petition, told_on=date(2026, 9, 8))
    office.do(
        petition_steps.answer,
        petition_id=petition,
        answered_on=date(2026, 10, 9),
        answer="分两批发放",
        accepted=False,
    )
    office.do(petition_steps.review, petition_id=petition, reviewed_on=date(2026, 10, 12))
    said = "".join(printed(office, tmp_path, petition))

    assert "☑有" in begun
    assert "☑否" not in begun
    for words in ("郝平", "2人", "13804720156", "涉及12户", "陪同登记", "区信访局"):
        assert words in said
    assert "2026年9月3日石信17" in said
    assert "2026年10月9日分两批发放" in said
    assert "☑否" in said
    assert "2026年10月12日申请复查" in said


def test_every_page_of_a_long_petition_is_marked(office, tmp_path):
    petition = taken(office, detail=samples.HUGE)

    pages = printed(office, tmp_path, petition)

    assert len(pages) > 3
    assert all("内部资料严格保密" in page for page in pages)
    assert "".join(pages).count("养") >= samples.HUGE.count("养")


def test_a_list_to_choose_from_names_no_petitioner(office):
    taken(office)
    ask = next(a for a in FORM.asks if isinstance(a, AskRecord))

    (offered,) = office.ask(ask.records)

    assert "草场补偿款没有发放" in offered.name
    assert "郝" not in offered.name + offered.detail


def test_a_petition_that_is_gone_is_said_so(office, tmp_path):
    with pytest.raises(UserError, match="找不到这件信访代办"):
        printed(office, tmp_path, "gone")
