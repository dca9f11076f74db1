"""Every step of the duty of an office, each done once: homes, events, projects, money, points."""

from dataclasses import dataclass
from datetime import date

from deputydesk.models import Meeting
from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingForm, TrainingLevel
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.attendance import Presence
from deputydesk.models.choices import Channel, HomeLevel, Level, OfficeKind, StationRole
from deputydesk.models.chronicle import OutletLevel, PracticeKind, SupportKind
from deputydesk.models.expense import ExpenseKind
from deputydesk.models.points import PointState
from deputydesk.operations import (
    accounts,
    activities,
    annual_reports,
    assemblies,
    assembly_members,
    attachments,
    attendances,
    cautions,
    check_ins,
    deputies,
    deputy_groups,
    electoral_districts,
    erasing,
    evaluations,
    event_opinions,
    expense_rates,
    expense_shares,
    expenses,
    funds,
    home_checks,
    honours,
    joining,
    leaves,
    local_rules,
    meeting_attendance,
    milestones,
    offices,
    online_polls,
    party_support,
    places,
    pocket_notes,
    point_entries,
    point_objections,
    point_quarters,
    point_rows,
    practices,
    print_copies,
    printouts,
    project_evals,
    project_payments,
    project_steps,
    project_votes,
    projects,
    publicity,
    put_back,
    receptions,
    record_history,
    recycle_bin,
    regulations,
    rosters,
    rota_imports,
    rota_plans,
    rota_visits,
    rotas,
    services,
    sign_in,
    stations,
    subsidies,
    supervisor_remarks,
    supervisors,
    terms,
    trainings,
    visits,
    work_reports,
)
from deputydesk.operations.accounts import Role
from deputydesk.operations.annual_rows import PartText
from deputydesk.operations.attachments import Content
from deputydesk.operations.evaluations import Tally
from deputydesk.operations.home_checks import Finding
from deputydesk.operations.participants import Attendee
from deputydesk.operations.printouts import Printed
from deputydesk.operations.receptions import Heard
from deputydesk.operations.rosters import Entry
from deputydesk.rules.local_rules import shipped
from deputydesk.rules.pocket_notes import Note
from deputydesk.rules.quarters import Quarter
from tests import make
from tests.operations import duty_case
from tests.operations.project_case import building, candidate, chosen, counted, project, vote

DAY = date(2026, 11, 20)
YUAN = 100


@dataclass(frozen=True)
class Place:
    """Where it all happens, and who does it."""

    home: str
    station: str
    wang: str
    gao: str


def founded(office):
    """Homes, stations, constituencies, a term with its meeting, deputies and those who watch."""
    spare = office.do(places.add_home, name="误登", level=HomeLevel.VILLAGE)
    office.do(places.remove_homes, ids=(spare,))
    home = make.home(office)
    office.do(
        places.edit_home,
        home_id=home,
        name="五当召镇人大代表之家",
        level=HomeLevel.TOWN,
        head="苏和",
    )
    site = {"roles": (StationRole.LEGISLATION, StationRole.RECEPTION), "home_id": home}
    station = office.do(stations.save, name="民馨站", **site)
    office.do(stations.remove, ids=(office.do(stations.save, name="误登", **site),))
    district = {"level": Level.TOWN, "seats": 2}
    office.do(electoral_districts.save, name="第1选区", **district)
    spare = office.do(electoral_districts.save, name="第9选区", **district)
    office.do(electoral_districts.remove, ids=(spare,))
    office.do(rosters.take_in, entries=(Entry(name="丁一"),), level=Level.TOWN, town="五当召镇")
    wang = make.deputy(office, name="王伟", home_id=home)
    gao = make.deputy(office, name="高娃", home_id=home)
    group = {"leader_id": wang, "member_ids": (wang, gao)}
    spare = office.do(deputy_groups.save, name="误登", **group)
    office.do(deputy_groups.remove, ids=(spare,))
    office.do(deputy_groups.save, name="第一小组", **group)
    _watched(office, home, wang)
    return Place(home, station, wang, gao)


def _watched(office, home, deputy):
    findings = (Finding("有固定场所", passed=True, evidence="照片"),)
    office.do(home_checks.check, home_id=home, checked_on=DAY, findings=findings)
    office.do(home_checks.check, home_id=home, checked_on=date(2026, 11, 1), findings=findings)
    checks = office.ask(home_checks.rows, home)
    office.do(home_checks.remove, ids=(checks[-1].id,))
    who = office.do(supervisors.save, home_id=home, name="监督员")
    spare = office.do(supervisors.save, home_id=home, name="误登")
    office.do(supervisors.remove, ids=(spare,))
    said = {"supervisor_id": who, "mandate_id": deputy, "made_on": DAY}
    office.do(supervisor_remarks.save, content="按时到家", **said)
    spare = office.do(supervisor_remarks.save, content="误登", **said)
    office.do(supervisor_remarks.remove, ids=(spare,))


def planned(office, place):
    """The rota: planned, moved, held, missed, cancelled, imported."""
    who = {"home_id": place.home, "deputy_ids": (place.wang, place.gao)}
    days = [date(2026, 11, day) for day in (2, 3, 4, 5)]
    held, missed, _, spare = (office.do(rotas.save, planned_on=day, **who) for day in days)
    office.do(rotas.remove, ids=(spare,))
    office.do(rota_visits.hold, shift_id=held, deputy_ids=(place.wang,), received=3)
    office.do(rota_visits.miss, shift_id=missed, moved_why="防汛")
    make.visit(office, place.home, place.wang, held_on=days[2])
    office.do(rota_visits.match)
    moved, gone = (office.do(rotas.save, planned_on=date(2026, 12, day), **who) for day in (1, 2))
    office.do(rotas.announce, shift_id=moved, announced_on=DAY)
    office.do(rotas.move, shift_id=moved, planned_on=date(2026, 12, 3), moved_why="开会")
    office.do(rotas.cancel, shift_id=gone, moved_why="停电")
    office.do(rota_imports.enter, text="2026-12-07\t五当召镇人大代表之家\t王伟")
    office.do(rota_plans.make, year=2027, home_ids=(place.home,), habit_text="每月15日")


def received(office, place):
    """Visits to the home, alone and with opinions, and notes from a phone."""
    there = {"held_on": date(2026, 10, 12), "home_id": place.home, "deputy_ids": (place.gao,)}
    plain = office.do(visits.register, **there)
    office.do(visits.edit, visit_id=plain, received=2, **there)
    office.do(visits.delete, visit_id=plain)
    said = (Heard(Channel.HOME, "路灯"),)
    visit = office.do(receptions.register, received=2, said=said, **there)
    office.do(receptions.edit, visit_id=visit, received=3, said=said, **there)
    spare = office.do(receptions.register, said=(Heard(Channel.HOME, "饮水"),), **there)
    office.do(receptions.remove, visit_ids=(spare,))
    note = Note(
        id="01a21ed257b671029a0891ed887c514d",
        deputy_id=place.wang,
        heard_on=DAY,
        home_id=place.home,
        channel="home",
        matter="井盖松动",
    )
    office.do(pocket_notes.take, notes=(note,))
    file = Content("签到表.jpg", "0" * 64, 5, "image/jpeg")
    kept = office.do(
        attachments.add, owner_kind="visit", owner_id=visit, files=(file,), purpose="签到表"
    )
    office.do(attachments.edit, attachment_id=kept.ids[0], name="签到表.jpg", note="正面")
    office.do(attachments.rename, attachment_id=kept.ids[0], name="签到表一")
    person = office.ask(deputies.one, place.wang).person_id
    photo = office.do(attachments.set_photo, person_id=person, file=file)
    office.do(attachments.remove, ids=(photo,))


def gathered(office, place):
    """Activities, services, trainings, a meeting, leave; returns an activity with half days."""
    came = (Attendee(place.wang, half_days=2), Attendee(place.gao, half_days=1))
    seen = {"kind": ActivityKind.INSPECTION, "held_on": date(2026, 11, 10), "attendees": came}
    spare = office.do(activities.save, name="误登", **seen)
    office.do(activities.remove, ids=(spare,))
    view = office.do(activities.save, name="视察供水", **seen)
    office.do(activities.forward, activity_id=view, report="供水报告", forwarded_on=DAY)
    office.do(activities.feed_back, activity_id=view, feedback_on=DAY, feedback="已整改")
    office.do(event_opinions.note_down, event_id=view, lines=("管网老化", "水压不足"))
    unit = make.unit(office, name="供水公司")
    one = office.do(event_opinions.save, event_id=view, content="误登", unit_id=unit)
    office.do(event_opinions.feed_back, opinion_id=one, fed_back_on=DAY, feedback="已答复")
    office.do(event_opinions.remove, ids=(one,))
    deed = {"kind": ServiceKind.POLICY, "held_on": DAY}
    office.do(services.save, campaign="宣讲", **deed)
    office.do(services.remove, ids=(office.do(services.save, campaign="误登", **deed),))
    course = {"form": TrainingForm.CLASSROOM, "level": TrainingLevel.TOWN, "held_on": DAY}
    training = office.do(trainings.save, topic="预算审查", hours=8, **course)
    office.do(trainings.remove, ids=(office.do(trainings.save, topic="误登", **course),))
    _signed(office, training, place)
    _met(office)
    ids = [
        office.do(
            leaves.save,
            mandate_id=place.gao,
            from_on=date(2026, 9, day),
            to_on=date(2026, 9, day),
            reason="住院",
        )
        for day in (1, 2, 3)
    ]
    office.do(leaves.approve, leave_id=ids[0], approved_by="苏和")
    office.do(leaves.refuse, leave_id=ids[1], approved_by="苏和")
    office.do(leaves.remove, ids=ids[2:])
    return view


def _signed(office, training, place):
    """A sheet that is signed."""
    event = {"event_kind": "training", "event_id": training}
    office.do(check_ins.expect, mandate_ids=(place.wang, place.gao), **event)
    office.do(check_ins.sign, mandate_id=place.wang, **event)
    office.do(check_ins.unsign, mandate_id=place.wang, **event)
    office.do(check_ins.sign, mandate_id=place.wang, **event)
    office.do(check_ins.excuse, mandate_id=place.gao, **event)


def _met(office):
    """A term, its meetings, and who came."""
    term = office.do(terms.start_term, level=Level.TOWN, number=10)
    office.do(
        terms.add_meeting, term_id=term, number=1, name="一次会议", opened_on=date(2026, 1, 8)
    )
    meeting = office.do(
        meeting_attendance.save,
        term_id=term,
        number=2,
        name="二次会议",
        opened_on=date(2026, 7, 8),
    )
    office.do(meeting_attendance.call, meeting_id=meeting)
    [first, *_] = office.ask(attendances.rows, Meeting, [meeting])[meeting]
    office.do(attendances.mark, attendance_id=first.id, presence=Presence.ABSENT)
    office.do(meeting_attendance.all_present, meeting_id=meeting)


def carried_out(office):
    """Livelihood projects: chosen by vote, carried out, judged."""
    rule = {**shipped("project_vote")[0].rule, "tie": "show"}
    since = {"name": "本镇", "valid_from": date(2026, 1, 1)}
    office.do(local_rules.adopt, kind="project_vote", rule=rule, **since)
    office.do(project_steps.drop, project_id=project(office, "不列入的"), screening="不可行")
    office.do(projects.remove, ids=(project(office, "误登"),))
    ids = [candidate(office, name) for name in "甲乙丙"]
    office.do(project_votes.remove, ids=(vote(office, seats=2),))
    made = vote(office, seats=2)
    counted(office, made, {ids[0]: 40, ids[1]: 24, ids[2]: 24})
    office.do(project_votes.settle_tie, vote_id=made, project_ids=(ids[1],), tie_note="举手")
    office.do(project_votes.announce, vote_id=made)
    work = building(office, "旧区供水")
    chosen(office, "待开工")
    office.do(project_steps.change, project_id=work, decision="主席团同意", budget=100 * YUAN)
    step = {"project_id": work, "name": "开挖", "due_on": DAY}
    office.do(milestones.remove, ids=(office.do(milestones.save, **step | {"name": "误登"}),))
    office.do(milestones.finish, milestone_id=office.do(milestones.save, **step, percent=50))
    office.do(project_steps.set_progress, project_id=work, progress=80)
    paid = {"project_id": work, "paid_on": DAY, "amount": 10 * YUAN}
    office.do(project_payments.save, **paid)
    office.do(project_payments.remove, ids=(office.do(project_payments.save, **paid),))
    office.do(project_steps.finish, project_id=work, done_on=DAY)
    judged = {"project_id": work, "held_on": DAY, "members": 46, "present": 40}
    step_name = office.ask(project_evals.steps, DAY)[0]
    votes = {"satisfied": 10, "mostly": 10, "dissatisfied": 20}
    spare = office.do(project_evals.save, step=getattr(step_name, "name", step_name), **judged)
    office.do(project_evals.remove, ids=(spare,))
    office.do(project_evals.save, step="满意度测评", **judged, **votes)
    office.do(project_steps.rectify, project_id=work, rectification="已补种")


def voted_again(office):
    """A tie that is voted on again, by the shipped rule."""
    ids = [candidate(office, name) for name in "丁戊己"]
    made = vote(office, seats=2, held_on=date(2025, 12, 30))
    counted(office, made, dict(zip(ids, (40, 24, 24), strict=True)))
    office.do(project_votes.run_off, vote_id=made, held_on=date(2026, 1, 30))


def spent(office, place, event):
    """Money: rates, a fund, a bill divided, subsidies."""
    rate = {"year": 2026, "per_head": 2000 * YUAN, "headcount": 50}
    office.do(expense_rates.save, level=Level.TOWN, **rate)
    office.do(expense_rates.save, level=Level.DISTRICT, **rate)
    spare = office.do(expense_rates.save, level=Level.CITY, **rate)
    office.do(expense_rates.remove, ids=(spare,))
    fund = {"year": 2026, "amount": 1000 * YUAN}
    office.do(funds.save, name="专项", **fund)
    office.do(funds.remove, ids=(office.do(funds.save, name="误登", **fund),))
    bill = {"spent_on": DAY, "kind": ExpenseKind.ACTIVITY, "amount": 100 * YUAN}
    spare = office.do(expenses.save, content="误登", **bill)
    office.do(expenses.remove, ids=(spare,))
    whole = office.do(expenses.save, content="租车", event_id=event, **bill)
    other = make.deputy(office, name="区代表", level=Level.DISTRICT)
    duty_case.attend(office, "activity", event, other)
    office.do(expense_shares.divide, expense_id=whole)
    office.do(subsidies.mark_secure, mandate_id=place.gao)
    office.do(subsidies.mark_insecure, mandate_id=place.wang)
    office.do(
        local_rules.adopt,
        kind=expense_rates.SUBSIDY,
        name="补贴",
        valid_from=date(2026, 1, 1),
        rule={"per_half_day": 50 * YUAN},
    )
    office.do(subsidies.pay, event_id=event)


def scored(office, place):
    """Points: rules, entries, a closed and published quarter, an objection, talks."""
    duty_case.adopt(office, duty_case.scheme("汝州"), valid_from=date(2026, 1, 1))
    item = {"mandate_id": place.wang, "item": "other", "earned_on": date(2026, 8, 3)}
    office.do(point_entries.save, evidence="证明", **item)
    spare = office.do(point_entries.save, evidence="误登", **item)
    office.do(point_entries.remove, ids=[spare])
    q3 = Quarter(2026, 3)
    [row] = [row for row in office.ask(point_rows.queue, q3) if row.title == "证明"]
    office.do(point_entries.verify, quarter=q3, ids=[row.id], state=PointState.VERIFIED)
    closed = office.do(point_quarters.close, quarter=q3, leave_unverified=True)
    office.do(point_quarters.publish, quarter_id=closed, published_on=make.TODAY)
    raised = office.do(
        point_objections.raise_objection,
        quarter_id=closed,
        mandate_id=place.gao,
        raised_on=make.TODAY,
        content="少算一次",
    )
    office.do(
        point_objections.decide, objection_id=raised, decision="不予调整", decided_on=make.TODAY
    )
    office.do(cautions.start_many, quarter=q3, reasons=((place.gao, "积分末位"),))
    talk = office.do(cautions.save, mandate_id=place.wang, trigger="两次未到家")
    spare = office.do(cautions.save, mandate_id=place.wang, trigger="误登", year=2026, quarter=1)
    office.do(cautions.remove, ids=(spare,))
    office.do(cautions.notify, caution_id=talk, noticed_on=date(2026, 11, 2))
    office.do(
        cautions.hold,
        caution_id=talk,
        held_on=date(2026, 11, 5),
        talker="王主席",
        second_talker="李副主席",
        content="履职情况",
        signed=True,
    )
    office.do(cautions.follow, caution_id=talk, followed_on=DAY, follow_up="已到家两次")


def judged(office, place):
    """An evaluation of deputies."""
    meeting = office.do(evaluations.prepare, name="测评会", held_on=DAY, deputy_ids=(place.wang,))
    ballots = {"issued": 5, "returned": 5, "valid": 5, "invalid": 0}
    tallies = (Tally(place.wang, {"yes": 5}),)
    office.do(evaluations.count, evaluation_id=meeting, tallies=tallies, **ballots)
    office.do(evaluations.announce, evaluation_id=meeting)


def kept(office, place):
    """The registers beside the casework, and the yearly report."""
    for save, remove, values in (
        (regulations.save, regulations.remove, {"name": "守则"}),
        (
            publicity.save,
            publicity.remove,
            {"headline": "稿", "outlet": "报", "level": OutletLevel.CITY, "published_on": DAY},
        ),
        (online_polls.save, online_polls.remove, {"name": "评选", "to_on": DAY}),
        (
            practices.save,
            practices.remove,
            {"kind": PracticeKind.METHOD, "name": "工作法", "noted_on": DAY},
        ),
        (
            party_support.save,
            party_support.remove,
            {"kind": SupportKind.NOTE, "held_on": DAY, "subject": "批示"},
        ),
        (
            honours.save,
            honours.remove,
            {"mandate_id": place.wang, "name": "优秀", "given_on": DAY, "giver": "镇人大"},
        ),
        (
            work_reports.save,
            work_reports.remove,
            {"mandate_id": place.wang, "first_on": DAY, "last_on": DAY, "study": "学法。"},
        ),
    ):
        office.do(remove, ids=(office.do(save, **values),))
        office.do(save, **values)
    report = office.do(annual_reports.start, year=2025)
    spare = office.do(annual_reports.start, year=2024)
    office.do(annual_reports.remove, ids=(spare,))
    days = {"first_on": date(2025, 1, 1), "last_on": date(2025, 12, 31)}
    parts = (PartText("为民有温度", "进家{home_activities.total}。"),)
    office.do(annual_reports.save, report_id=report, name="报告", parts=parts, **days)
    office.do(annual_reports.adopt, report_id=report, name="模板")
    office.do(annual_reports.finish, report_id=report)
    office.do(annual_reports.reopen, report_id=report)


def put_back_again(office):
    """A value, and then the whole record, is put back as it was."""
    home = office.do(places.add_home, name="旧名", level=HomeLevel.VILLAGE)
    born = office.ask(record_history.story, "home", home).changes[0].until
    for name in ("新名", "再改名"):
        office.do(places.edit_home, home_id=home, name=name, level=HomeLevel.VILLAGE)
    last = office.ask(record_history.story, "home", home).changes[0]
    office.do(put_back.field, table="home", record_id=home, name="name", until=last.lam - 1)
    office.do(put_back.whole, table="home", record_id=home, until=born)
    office.do(places.remove_homes, ids=(home,))
    office.do(recycle_bin.restore, ids=(f"home:{home}",))


def street_met(office):
    """What only a street has: its assembly; the office becomes one last of all."""
    office.do(offices.set_profile, kind=OfficeKind.STREET, name="石拐街道", district="石拐区")
    office.do(assembly_members.save, name="议事代表")
    spare = office.do(assembly_members.save, name="误登")
    office.do(assembly_members.remove, ids=(spare,))
    meeting = {"kind": AssemblyKind.COUNCIL, "held_on": DAY, "expected": 3, "present": 2}
    office.do(assemblies.save, name="议政会", **meeting)
    spare = office.do(assemblies.save, name="误登", **meeting)
    office.do(assemblies.remove, ids=(spare,))


def withdrawn(office):
    """Grades of the place; a rule that is not yet in force is taken out again."""
    grades = {"kind": "grade_scales", "name": "本镇等次", "valid_from": date(2027, 1, 1)}
    office.do(local_rules.adopt, rule=shipped("grade_scales")[0].rule, **grades)
    office.do(
        local_rules.adopt,
        kind="home_checklist",
        name="本区",
        valid_from=date(2027, 1, 1),
        rule=shipped("home_checklist")[0].rule,
    )
    [row, *_] = office.ask(local_rules.history, "home_checklist")
    office.do(local_rules.withdraw, kind="home_checklist", rule_id=row.id)


def printed(office):
    """A paper of which a copy is kept."""
    what = Printed("接待日公告", form="reception_notice")
    line = office.do(
        printouts.note, printed=what, file=Content("公告.pdf", "0" * 64, 9, ""), pages=1
    )
    [copy] = office.ask(attachments.rows, "printout", line)
    office.do(print_copies.thin, copy_ids=(copy.id,))
    others = [
        office.do(
            printouts.note, printed=what, file=Content(f"{n}.pdf", f"{n}" * 64, 9, ""), pages=1
        )
        for n in (1, 2)
    ]
    office.do(erasing.erase, table="printout", record_id=others[0])
    office.do(erasing.erase_printouts, ids=others[1:])


def signed_in(office):
    """Accounts, for a day: then it is as it was."""
    sign_in.turn_on(office, office.user.name, "three-horses")
    sign_in.add(office, name="郝平", role=Role.VIEWER, password="horse-and-well")
    head, looks = office.ask(accounts.rows)
    office.do(accounts.set_role, account_id=looks.id, role=Role.CLERK)
    office.do(accounts.set_active, account_id=looks.id, is_active=False)
    office.do(accounts.note_try, account_id=looks.id, is_right=True)
    office.do(accounts.wait_anew, account_id=looks.id)
    sign_in.reset(office, head, "horse-and-well")
    sign_in.new_paper(office, "0123456789" * 4)
    office.do(joining.note_given, file="T1.ddjoin")
    sign_in.turn_off(office, "horse-and-well")
    office.do(joining.take_over, keys=(), offices=())


def all_duty(office, place):
    """All of it."""
    planned(office, place)
    received(office, place)
    event = gathered(office, place)
    carried_out(office)
    voted_again(office)
    spent(office, place, event)
    scored(office, place)
    judged(office, place)
    kept(office, place)
    withdrawn(office)
    put_back_again(office)
    street_met(office)
    printed(office)
    signed_in(office)
