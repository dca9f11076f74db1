from datetime import date, timedelta

import pytest

from deputydesk.errors import UserError
from deputydesk.models import (
    Attachment,
    Attendance,
    Home,
    HomeCheck,
    Mandate,
    Person,
    PointQuarter,
    Project,
    Regulation,
    RotaShift,
    Station,
    Suggestion,
    Supervisor,
    Visit,
)
from deputydesk.models.activity import TrainingForm, TrainingLevel
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import Channel, HomeLevel, Level, VisitKind
from deputydesk.models.home_check import ShiftState
from deputydesk.models.project import ProjectLevel
from deputydesk.operations import (
    deputies,
    duty,
    opinions,
    publishing,
    suggestions,
    trainings,
    visits,
)
from deputydesk.operations.participants import Attendee
from deputydesk.operations.public_rows import LineKind, Selection
from deputydesk.rules.duty import NOT_DONE
from deputydesk.rules.project_flow import ProjectState
from tests import make
from tests.exchange.published import board_row, change, put
from tests.operations.case import Case


def reviewed(office, **selection):
    return office.ask(publishing.review, make.TODAY, Selection(**selection))


def told(review, kind):
    return [(line.about, line.what, line.why) for line in review.lines if line.kind == kind]


def person_of(office, mandate):
    return office.ask(deputies.one, mandate).person_id


@pytest.fixture
def home(office):
    return make.home(office)


@pytest.fixture
def deputy(office, home):
    return make.deputy(office, home_id=home)


def agree(office, mandate, **values):
    office.do(change, model=Person, record_id=person_of(office, mandate), **values)


def test_an_office_without_profile_or_home_has_nothing_to_publish(office, empty_file, tmp_path):
    blank = make.copied_office(empty_file, tmp_path / "blank")
    with pytest.raises(UserError, match="单位信息"):
        blank.ask(publishing.review, make.TODAY)
    blank.close()

    with pytest.raises(UserError, match="还没有代表之家"):
        reviewed(office)


def test_a_phone_is_published_only_by_a_dated_consent_that_has_begun(office, deputy):
    agree(office, deputy, phone_public=True, public_phone="0472-8700001")
    [one] = reviewed(office).site.homes[0].deputies
    assert one.phone == ""
    assert told(reviewed(office), LineKind.LEFT_OUT) == [("王伟", "电话", "没有填同意日期")]

    agree(office, deputy, consented_on=make.TODAY + timedelta(days=1))
    assert told(reviewed(office), LineKind.LEFT_OUT) == [("王伟", "电话", "同意日期还没有到")]

    agree(office, deputy, consented_on=make.TODAY)
    review = reviewed(office)
    assert review.site.homes[0].deputies[0].phone == "0472-8700001"
    assert told(review, LineKind.PUBLISHED) == [
        ("王伟", "姓名、层级、选区、履职天数；电话 0472-8700001", "2026年11月23日同意")
    ]
    assert review.count(LineKind.LEFT_OUT) == 0


def test_the_private_phone_never_goes_out_and_a_missing_public_one_is_said(office, deputy):
    agree(office, deputy, phone="13800001234", phone_public=True, consented_on=make.TODAY)

    review = reviewed(office)

    assert review.site.homes[0].deputies[0].phone == ""
    assert ("王伟", "电话", "同意公开，但没有电话") in told(review, LineKind.NOTE)


def test_a_photo_is_published_only_by_consent_and_never_a_confidential_one(office, deputy):
    person = person_of(office, deputy)
    photo = {"owner_kind": "person", "owner_id": person, "purpose": "photo", "digest": "d1"}
    office.do(put, records=(lambda: Attachment(id="T1-p", name="照片.jpg", **photo),))
    assert told(reviewed(office), LineKind.LEFT_OUT) == [("王伟", "照片", "没有同意公开")]

    agree(office, deputy, photo_public=True, consented_on=make.TODAY)
    review = reviewed(office)
    assert review.site.homes[0].deputies[0].photo == "d1"
    assert told(review, LineKind.PUBLISHED)[0][1] == "姓名、层级、选区、履职天数；照片"

    office.do(change, model=Attachment, record_id="T1-p", confidential=True)
    assert reviewed(office).site.homes[0].deputies[0].photo == ""


def test_a_private_phone_without_consent_is_told_as_left_out(office, deputy):
    agree(office, deputy, phone="13800001234")

    assert told(reviewed(office), LineKind.LEFT_OUT) == [("王伟", "电话", "没有同意公开")]


def test_a_suspended_deputy_is_nowhere_on_the_pages(office, home, deputy):
    office.do(suggestions.enter, headline="修路", lead_id=deputy, public=True)
    taken(office)
    make.visit(office, home, deputy)
    office.do(deputies.set_suspended, mandate_id=deputy, suspended=True)

    review = reviewed(office)

    assert review.site.homes[0].deputies == ()
    assert review.site.homes[0].held[0].deputies == ()
    assert review.site.suggestions[0].lead == ""
    assert told(review, LineKind.LEFT_OUT) == [("王伟", "全部信息", "暂停执行代表职务")]


def taken(office):
    for row in office.ask(suggestions.rows, today=make.TODAY):
        office.do(
            change, model=Suggestion, record_id=row.id, state=suggestions.SuggestionState.HANDLING
        )


def test_only_public_suggestions_of_the_last_years_go_out(office, deputy):
    for headline, values in (
        ("修路", {"public": True}),
        ("内部", {"public": False}),
        ("保密", {"public": True, "confidential": True}),
        ("旧事", {"public": True, "submitted_on": date(2024, 3, 1)}),
    ):
        office.do(suggestions.enter, headline=headline, lead_id=deputy, **values)
    taken(office)
    office.do(suggestions.enter, headline="未受理", lead_id=deputy, public=True)

    review = reviewed(office)

    assert [s.headline for s in review.site.suggestions] == ["修路"]
    assert review.site.homes[0].suggestions == review.site.suggestions
    assert [line[1:] for line in told(review, LineKind.LEFT_OUT)] == [
        ("全文和答复", "代表要求姓名保密"),
        ("全文和答复", "没有标明可以公开"),
    ]
    since = reviewed(office, since=date(2024, 1, 1))
    assert [s.headline for s in since.site.suggestions] == ["修路", "旧事"]


def test_a_withheld_name_is_withheld_on_the_home_page_too(office, deputy):
    office.do(suggestions.enter, headline="保密", lead_id=deputy, public=True, confidential=True)
    taken(office)

    review = reviewed(office, unsigned=True)

    assert [(s.headline, s.lead, s.lead_id) for s in review.site.suggestions] == [("保密", "", "")]
    assert review.site.homes[0].suggestions == ()
    assert review.site.homes[0].deputies[0].suggestions == 0


def test_answers_are_published_with_the_meaning_of_their_class(office, deputy):
    handled = Case.handled(office)
    handled.answer(handled.main, answer_class="B")
    office.do(change, model=Suggestion, record_id=handled.id, public=True)

    [found] = reviewed(office).site.suggestions

    [answer] = found.answers
    assert (answer.unit, answer.answer_class, answer.text) == ("区交通运输局", "B", "明年建成")
    assert "列入计划" in answer.meaning
    assert (found.lead, found.text) == ("赵春梅", "出行不便\n打通滨河路")


def test_numbers_and_voters_names_in_a_text_keep_the_record_out_until_it_is_released(
    office, deputy
):
    office.do(opinions.hear, channel=Channel.HOME, matter="路灯", voter_name="高娃")
    made = office.do(
        suggestions.enter,
        headline="修路",
        lead_id=deputy,
        public=True,
        reason="高娃反映，电话13812345678",
    )
    taken(office)

    review = reviewed(office)

    assert review.site.suggestions == ()
    [(about, what, why)] = told(review, LineKind.WARNING)
    assert about.endswith("修路")
    assert what == "代表建议的文字"
    assert why == "像手机号的数字（138****5678）、与选民同名的姓名（高娃）"
    assert ("选民意见", "1件次的内容和选民姓名、电话", "只公开件次") in told(review, LineKind.NOTE)

    released = reviewed(office, released=frozenset({made}))
    assert [s.headline for s in released.site.suggestions] == ["修路"]
    assert released.count(LineKind.WARNING) == 0
    assert any(line[1] == "有提醒，仍然公开" for line in told(released, LineKind.NOTE))


def test_a_person_with_two_seats_is_one_deputy_with_all_their_work(office, home, deputy):
    other = office.do(
        deputies.add_mandate, person_id=person_of(office, deputy), level=Level.DISTRICT
    )
    office.do(suggestions.enter, headline="修路", lead_id=other, public=True)
    taken(office)
    make.visit(office, home, deputy)
    office.do(
        visits.register,
        held_on=date(2026, 3, 1),
        kind=VisitKind.LINK_VOTERS,
        deputy_ids=(other,),
    )

    page = reviewed(office).site.homes[0]

    [one] = page.deputies
    assert (one.days, one.suggestions) == (2, 1)
    assert page.suggestions[0].lead == "王伟"


def test_days_of_duty_are_those_of_the_duty_file_not_of_receptions_alone(office, home, deputy):
    make.visit(office, home, deputy, held_on=date(2026, 3, 1))
    for day, presence in ((2, Presence.PRESENT), (3, Presence.ABSENT)):
        office.do(
            trainings.save,
            topic="预算审查",
            held_on=date(2026, 3, day),
            form=TrainingForm.CLASSROOM,
            level=TrainingLevel.TOWN,
            attendees=(Attendee(deputy, presence=presence),),
        )

    [one] = reviewed(office).site.homes[0].deputies

    assert one.days == 2
    listed = office.ask(duty.rows, first=date(2026, 1, 1), last=make.TODAY)
    assert {row.day.day for row in listed if row.kind not in NOT_DONE} == {1, 2}


def test_duty_days_planned_and_held_are_listed_with_their_deputies(office, home, deputy):
    make.visit(office, home, deputy, received=6)
    shift = RotaShift(
        id="T1-a",
        planned_on=make.TODAY + timedelta(days=9),
        home_id=home,
        slot="上午",
        topic="找13812345678",
        state=ShiftState.PLANNED,
    )
    office.do(
        put,
        records=(
            lambda: shift,
            lambda: Attendance(event_kind="rota_shift", event_id="T1-a", mandate_id=deputy),
            lambda: Attendance(event_kind="rota_shift", event_id="T1-a", mandate_id="T1-gone"),
            lambda: RotaShift(
                planned_on=make.TODAY + timedelta(days=300), home_id=home, state=ShiftState.PLANNED
            ),
        ),
    )

    review = reviewed(office)

    [page] = review.site.homes
    assert [(d.on, d.topic, d.deputies) for d in page.planned] == [
        (date(2026, 12, 2), "", ("王伟",))
    ]
    assert [(d.kind, d.deputies) for d in page.held] == [("接待选民", ("王伟",))]
    assert [(t.label, t.value) for t in page.tiles] == [
        ("进家活动", "1"),
        ("接待选民", "6"),
        ("听取选民意见", "0"),
    ]
    assert told(review, LineKind.WARNING)[0][0] == "五当召镇人大代表之家 2026-12-02"


def test_the_board_goes_out_once_it_is_published_without_those_who_are_not(office, home, deputy):
    rows = [
        board_row(deputy, "王伟", rank=1, total="12.5"),
        board_row("T1-gone", "李娜", rank=None, standing="suspended"),
    ]
    quarter = {"year": 2026, "quarter": 3, "scheme_name": "办法", "board": {"rows": rows}}
    office.do(
        put, records=(lambda: PointQuarter(id="T1-q", closed_on=date(2026, 10, 8), **quarter),)
    )
    review = reviewed(office)
    assert review.site.board is None
    assert ("2026年第3季度", "积分榜", "封账以后还没有公示") in told(review, LineKind.LEFT_OUT)

    office.do(change, model=PointQuarter, record_id="T1-q", published_on=date(2026, 10, 9))
    site = reviewed(office).site

    assert [(line.rank, line.name, line.points) for line in site.board.lines] == [
        ("1", "王伟", "12.5")
    ]
    assert site.homes[0].board == site.board


def test_the_place_is_shown_with_its_newest_checks_stations_projects_and_rules(office, home):
    office.do(change, model=Home, record_id=home, unit="五当召镇", address="找13812345678")
    make.home(office, name="区代表之家", level=HomeLevel.DISTRICT)
    project = {"year": 2026, "proposed_on": date(2025, 9, 1), "announced_on": date(2026, 2, 1)}
    office.do(
        put,
        records=(
            lambda: HomeCheck(
                home_id=home, item="有台账", passed=False, checked_on=date(2026, 1, 1)
            ),
            lambda: HomeCheck(
                home_id=home, item="有台账", passed=True, checked_on=date(2026, 6, 1)
            ),
            lambda: Station(name="景区工作站", roles=["station"], home_id=home, host="景区"),
            lambda: Station(name="王小二13812345678", roles=["station"], home_id=home),
            lambda: Project(
                name="供水",
                level=ProjectLevel.TOWN,
                town="五当召镇",
                state=ProjectState.DONE,
                **project,
            ),
            lambda: Project(
                name="公园", level=ProjectLevel.DISTRICT, state=ProjectState.CHOSEN, **project
            ),
            lambda: Project(
                name="落选", level=ProjectLevel.DISTRICT, state=ProjectState.LOST, **project
            ),
            lambda: Regulation(name="守则", number=1, on_wall=True),
            lambda: Regulation(name="内部办法", number=2),
            lambda: Supervisor(home_id=home, name="杨永", phone="15904721234"),
        ),
    )

    review = reviewed(office)

    district, town = review.site.homes
    assert [(c.item, c.passed) for c in town.checks] == [("有台账", True)]
    assert [(s.name, s.roles) for s in town.stations] == [("景区工作站", ("代表工作站",))]
    assert [p.name for p in town.projects] == ["供水"]
    assert [p.name for p in district.projects] == ["公园"]
    assert [r.name for r in review.site.regulations] == ["守则"]
    assert town.address == ""
    assert ("履职监督员", "1人的姓名、电话", "不公开") in told(review, LineKind.NOTE)
    assert review.count(LineKind.WARNING) == 2


def test_only_the_chosen_homes_get_a_page(office, home):
    other = make.home(office, name="另一家")

    assert [h.id for h in reviewed(office, home_ids=(other,)).site.homes] == [other]


def test_a_deputy_without_a_home_is_told(office, home):
    make.deputy(office, name="李娜")

    assert ("李娜", "全部信息", "没有填所在代表之家") in told(reviewed(office), LineKind.NOTE)


def test_a_line_names_the_record_it_is_about(office, deputy):
    [line] = [x for x in reviewed(office).lines if x.kind == LineKind.PUBLISHED]

    assert (line.table, line.record_id) == (Mandate.__tablename__, deputy)
    assert Visit.__tablename__ != line.table
