from datetime import date

import pytest

from deputydesk.models import (
    Activity,
    Assembly,
    Attendance,
    Conversion,
    DeputyGroup,
    EventOpinion,
    Honour,
    Leave,
    LegOpinion,
    LegRound,
    Meeting,
    Petition,
    PointEntry,
    Practice,
    Project,
    ProjectEval,
    Publicity,
    RotaShift,
    Service,
    SupervisorRemark,
    Training,
)
from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingForm, TrainingLevel
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.choices import Channel, Level, LinkMethod, VisitKind
from deputydesk.models.points import PointState
from deputydesk.operations import deputies, duty, evaluations, opinions, suggestions, visits
from deputydesk.operations.duty_sources import SOURCES
from deputydesk.operations.evaluations import Tally
from deputydesk.rules.duty import DutyKind, DutyPart
from tests import make
from tests.operations.duty_case import add, attend

DAY = date(2026, 5, 8)


def told(office, **asked):
    """Kind, role, title, detail and amount of each entry."""
    return [
        (r.kind.label, r.role, r.title, r.detail, r.amount) for r in office.ask(duty.rows, **asked)
    ]


@pytest.fixture
def deputy(office):
    return make.deputy(office)


def test_every_kind_of_activity_visit_and_service_is_a_kind_of_duty():
    kinds = {kind.value for kind in DutyKind}

    assert {f"activity.{kind.value}" for kind in ActivityKind} <= kinds
    assert {f"visit.{kind.value}" for kind in VisitKind} <= kinds
    assert {f"service.{kind.value}" for kind in ServiceKind} <= kinds
    assert {kind.part for kind in DutyKind} == set(DutyPart)


def test_receptions_meetings_with_voters_and_opinions(office, deputy):
    home = make.home(office)
    make.visit(office, home, deputy, held_on=DAY, received=6)
    office.do(
        visits.register,
        held_on=DAY,
        kind=VisitKind.LINK_VOTERS,
        method=LinkMethod.HOUSEHOLD,
        deputy_ids=(deputy,),
        place="缸房地村",
        topic="走访",
        received=3,
    )
    for matter in ("路灯不亮", "邻里纠纷"):
        office.do(
            opinions.hear,
            heard_on=DAY,
            channel=Channel.HOME,
            matter=matter,
            mandate_id=deputy,
            home_id=home,
            confidential=matter == "邻里纠纷",
        )

    assert told(office) == [
        ("接待选民", "参加", "", "五当召镇人大代表之家", "6人次"),
        ("联系选民", "参加", "走访", "缸房地村", "3人次"),
        ("听取选民意见", "参加", "路灯不亮", "五当召镇人大代表之家", "1人次"),
        ("听取选民意见", "参加", "（选民要求保密）", "五当召镇人大代表之家", "1人次"),
    ]


def test_suggestions_led_and_cosigned_until_they_are_withdrawn(office, deputy):
    other = make.deputy(office, name="高娃")
    suggestion = office.do(
        suggestions.enter,
        headline="修通村路",
        lead_id=deputy,
        cosigner_ids=(other,),
        submitted_on=DAY,
        registered_on=DAY,
    )

    assert [(r.mandate_id, r.role, r.open_id) for r in office.ask(duty.rows)] == [
        (deputy, "领衔", suggestion),
        (other, "附议", suggestion),
    ]
    office.do(suggestions.withdraw, suggestion_id=suggestion, all_agree=True, note="已解决")
    assert told(office) == []


def test_events_with_roles_hours_and_half_days(office, deputy):
    meeting = add(office, Meeting, name="镇人大一次会议", opened_on=DAY)
    attend(office, "meeting", meeting, deputy, half_days=4, role="审议发言")
    hearing = add(office, Activity, kind=ActivityKind.HEARING, name="水价听证", held_on=DAY)
    attend(office, "activity", hearing, deputy)
    service = add(office, Service, kind=ServiceKind.AID, campaign="助学", held_on=DAY, people=5)
    attend(office, "service", service, deputy)
    course = {"form": TrainingForm.ONLINE, "level": TrainingLevel.TOWN, "held_on": DAY, "hours": 8}
    whole, part = (add(office, Training, topic=t, **course) for t in ("代表法", "预算"))
    attend(office, "training", whole, deputy)
    attend(office, "training", part, deputy, hours=2)
    assembly = add(office, Assembly, name="议事会", held_on=DAY, place="民馨社区")
    attend(office, "assembly", assembly, deputy)

    assert told(office) == [
        ("出席人代会", "审议发言", "镇人大一次会议", "", "4个半天"),
        ("听证", "参加", "水价听证", "", ""),
        ("帮扶救助", "参加", "助学", "", "5人次"),
        ("学习培训", "参加", "代表法", "", "8学时"),
        ("学习培训", "参加", "预算", "", "2学时"),
        ("参加议事会议", "参加", "议事会", "民馨社区", ""),
    ]


def test_who_was_expected_did_nothing_yet_and_who_stayed_away_is_told(office, deputy):
    meeting = add(office, Meeting, name="镇人大一次会议", opened_on=DAY)
    for name, presence in (("高娃", Presence.EXPECTED), ("李娜", Presence.ABSENT)):
        attend(office, "meeting", meeting, make.deputy(office, name=name), presence=presence)
    attend(office, "meeting", meeting, deputy, presence=Presence.LEAVE, half_days=2)
    shift = add(office, RotaShift, planned_on=DAY, topic="接待")
    attend(office, "rota_shift", shift, deputy)
    attend(office, "rota_shift", shift, make.deputy(office, name="丁一"), presence=Presence.ABSENT)

    assert [line[0] for line in told(office)] == ["请假", "缺席", "缺席"]


def test_leave_that_was_approved_is_told_once(office, deputy):
    meeting = add(office, Meeting, name="镇人大一次会议", opened_on=DAY)
    attend(office, "meeting", meeting, deputy, presence=Presence.LEAVE)
    asked = {"mandate_id": deputy, "from_on": DAY, "to_on": DAY, "half_days": 2, "reason": "住院"}
    add(office, Leave, event_kind="meeting", event_id=meeting, approval=Approval.APPROVED, **asked)
    add(office, Leave, approval=Approval.REFUSED, **asked)

    assert told(office) == [("请假", "", "住院", "", "2个半天")]


def test_speeches_legal_opinions_and_what_went_to_the_procuratorate(office, deputy):
    hearing = add(office, Activity, kind=ActivityKind.HEARING, name="水价听证", held_on=DAY)
    said = {"event_kind": "activity", "event_id": hearing, "mandate_id": deputy, "given_on": DAY}
    add(office, EventOpinion, content="阶梯水价应当分档", **said)
    law = add(office, LegRound, name="供水条例（草案）", received_on=DAY)
    add(office, LegOpinion, round_id=law, content="增加二次供水", mandate_id=deputy, given_on=DAY)
    add(office, Conversion, subject="侵占绿地", mandate_id=deputy, screened_on=DAY)

    assert [(r.kind.label, r.text, r.open_table, r.open_id) for r in office.ask(duty.rows)][:2] == [
        ("发言", "阶梯水价应当分档", "activity", hearing),
        ("提出立法意见", "增加二次供水，供水条例（草案）", "leg_round", law),
    ]
    assert told(office)[2][0] == "推动检察衔接"


def test_a_petition_is_told_without_its_matter(office, deputy):
    add(office, Petition, number=3, agent_id=deputy, named_on=DAY, matter="某某的宅基地纠纷")

    assert told(office) == [("信访代办", "代办", "代办信访事项第3号", "", "")]


def test_groups_watch_over_projects_while_their_members_are_in_office(office):
    group = add(office, DeputyGroup, name="第一小组")
    member = office.do(deputies.add, name="王伟", level=Level.TOWN, group_id=group)
    office.do(
        deputies.add, name="丁一", level=Level.TOWN, group_id=group, started_on=date(2026, 6, 1)
    )
    project = add(office, Project, name="改造水厂", year=2026, group_id=group, started_on=DAY)
    test = add(office, ProjectEval, project_id=project, step="中期评", held_on=date(2026, 8, 1))
    attend(office, "project_eval", test, member)

    assert [(r.mandate_id, r.text, r.open_id) for r in office.ask(duty.rows)] == [
        (member, "改造水厂，监督小组", project),
        (member, "改造水厂，中期评", project),
    ]


def test_what_a_deputy_is_judged_by_and_praised_for(office, deputy):
    evaluation = office.do(
        evaluations.prepare, name="述职测评会", held_on=DAY, deputy_ids=(deputy,)
    )
    assert told(office) == []
    counts = {"yes": 8, "mostly": 2, "no": 0, "unknown": 0}
    office.do(
        evaluations.count,
        evaluation_id=evaluation,
        issued=10,
        returned=10,
        valid=10,
        invalid=0,
        tallies=(Tally(deputy, counts, 0),),
    )
    add(office, SupervisorRemark, mandate_id=deputy, made_on=DAY, content="随叫随到")
    add(office, Practice, mandate_id=deputy, noted_on=DAY, name="护林十年")
    add(office, Publicity, mandate_id=deputy, published_on=DAY, headline="一号进家", outlet="晨报")
    add(office, Honour, mandate_id=deputy, given_on=DAY, name="优秀代表", giver="区人大常委会")

    assert [(line[0], line[2]) for line in told(office)] == [
        ("述职测评", "述职测评会"),
        ("监督员评语", "随叫随到"),
        ("典型事迹", "护林十年"),
        ("撰写宣传信息", "一号进家"),
        ("获得表彰", "优秀代表"),
    ]


def test_what_was_typed_for_points_is_told_once_it_is_verified(office, deputy):
    given = {"mandate_id": deputy, "item": "other", "earned_on": DAY}
    add(office, PointEntry, evidence="捐书证明", state=PointState.VERIFIED, **given)
    add(office, PointEntry, evidence="没有核实", **given)
    add(office, PointEntry, source_kind="visit", state=PointState.VERIFIED, **given)

    assert told(office) == [("其他履职", "", "捐书证明", "", "")]


def test_days_and_deputies_are_chosen(office, deputy):
    home, other = make.home(office), make.deputy(office, name="高娃")
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1)):
        make.visit(office, home, deputy, held_on=day)
        make.visit(office, home, other, held_on=day)
    first, last = date(2026, 4, 1), date(2026, 6, 30)

    mine = office.ask(duty.rows, mandate_ids=[deputy], first=first, last=last)
    assert [r.day.month for r in mine] == [4, 6]
    assert set(office.ask(duty.by_deputy, first=first, last=last)) == {deputy, other}
    briefs = office.ask(duty.briefs, first=first, last=last, kinds=frozenset({"visit.reception"}))
    assert len(briefs) == 4
    assert {brief[4] for brief in briefs} == {"visit.reception"}
    others = frozenset({"opinion"})
    assert office.ask(duty.briefs, first=first, last=last, kinds=others) == []
    assert office.ask(duty.rows, mandate_ids=[]) == []


def test_an_entry_without_words_says_its_kind(office, deputy):
    add(office, Attendance)
    add(office, Practice, mandate_id=deputy, noted_on=DAY)

    [row] = office.ask(duty.rows)
    assert (row.text, row.part) == ("典型事迹", DutyPart.HONOUR)


def test_nothing_private_is_among_the_sources():
    assert "caution" not in {source.record.__tablename__ for source in SOURCES}
