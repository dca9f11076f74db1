"""Every step of an office's casework, each done once: opinions, suggestions, what they became."""

from datetime import date, timedelta

from deputydesk.models.choices import (
    Channel,
    EndReason,
    Level,
    OfficeKind,
    RejectReason,
    TalkForm,
)
from deputydesk.models.conversion import ConversionDirection, PublicInterest
from deputydesk.models.legislation import AdoptionState, LegRole
from deputydesk.models.oversight import OversightKind
from deputydesk.operations import (
    assignments,
    batches,
    by_elections,
    commitments,
    conversion_steps,
    conversions,
    deputies,
    dispatches,
    document_numbers,
    extensions,
    feedback_corrections,
    feedbacks,
    leg_opinions,
    leg_people,
    leg_rounds,
    offices,
    opinions,
    oversights,
    petition_steps,
    petitions,
    presets,
    replies,
    reviews,
    suggestions,
    talks,
    triage,
    units,
    urgings,
    vacancies,
)
from deputydesk.operations.presets import AnswerClassRow
from deputydesk.rules.dispatch_periods import DispatchKind
from deputydesk.rules.satisfaction import Satisfaction
from tests import make
from tests.operations.case import Case

DAY = make.TODAY
BEFORE = DAY - timedelta(days=90)


def rules(office):
    """What the office is, and the rules it may change."""
    office.do(offices.found, kind=OfficeKind.TOWN, name="五当召镇", district="石拐区")
    office.do(offices.set_profile, kind=OfficeKind.TOWN, name="五当召镇", district="石拐区")
    office.do(presets.set_deadlines, valid_from=date(2027, 1, 1), reply_months=2)
    classes = tuple(AnswerClassRow(code, code, promises=code == "B") for code in "ABCD")
    office.do(presets.set_answer_classes, valid_from=date(2027, 1, 1), classes=classes)
    unit = office.do(units.add, name="镇农办")
    office.do(units.edit, unit_id=unit, name="镇农业办公室")
    pasted = ({"name": "镇水管站"}, {"name": "镇林业站"})
    office.do(batches.register, save=units.add, rows=pasted, what="承办单位")
    both = tuple(
        {"unit_id": row.id, "name": row.name, "address": "镇政府院内"}
        for row in office.ask(units.rows)
        if row.name in ("镇水管站", "镇林业站")
    )
    office.do(batches.change, save=units.edit, rows=both, what="承办单位")


def heard(office):
    """Opinions on each of their ways."""
    unit = make.unit(office, name="镇综合执法局")
    ids = [
        office.do(opinions.hear, channel=Channel.PHONE, matter=f"第{n}件", voter_name="郝平")
        for n in range(7)
    ]
    spot, sent, again, kept, merged, raised, redirected = ids
    office.do(opinions.edit, opinion_id=spot, detail="东头")
    office.do(opinions.answer_on_spot, opinion_id=spot, answer="可在村里办")
    office.do(opinions.close, opinion_id=spot, satisfaction=Satisfaction.SATISFIED)
    for each in (sent, again):
        office.do(opinions.assign, opinion_id=each, unit_id=unit)
        office.do(opinions.handle, opinion_id=each, outcome="已更换")
        office.do(opinions.feed_back, opinion_id=each, told_how="电话")
    office.do(opinions.send_back, opinion_id=again, reason="又坏了")
    office.do(opinions.handle, opinion_id=again, outcome="更换线路")
    office.do(opinions.feed_back, opinion_id=again, told_how="上门")
    office.do(opinions.close_explained, opinion_id=again, explanation="列入明年计划")
    office.do(triage.keep, opinion_id=kept, note="留作参考")
    office.do(triage.merge, opinion_id=merged, into_id=sent)
    lead = make.deputy(office, name="提建议")
    office.do(triage.raise_suggestion, opinion_id=raised, headline="关于路灯的建议", lead_id=lead)
    office.do(triage.redirect, opinion_id=redirected, explanation="属于诉讼事项")


def drafted(office, lead, first):
    """Drafts and the ends that a suggestion may come to before it is handled."""
    second = make.deputy(office, name="附议")
    draft = office.do(
        suggestions.create, headline="起草的建议", lead_id=lead, cosigner_ids=(second,)
    )
    office.do(suggestions.edit, suggestion_id=draft, proposal="增设站点")
    office.do(suggestions.flag, suggestion_id=draft, public=True)
    office.do(suggestions.submit, suggestion_id=draft)
    office.do(suggestions.register, suggestion_id=draft)
    office.do(suggestions.withdraw, suggestion_id=draft, note="已解决", all_agree=True)
    others = [
        office.do(suggestions.enter, headline=f"第{n}件建议", lead_id=lead, submitted_on=DAY)
        for n in range(3)
    ]
    office.do(reviews.reject, suggestion_id=others[0], reason=RejectReason.PRIVATE, note="个人事项")
    office.do(reviews.tell, suggestion_id=others[0])
    office.do(reviews.send_back, suggestion_id=others[1], note="请写明地点")
    office.do(reviews.merge, suggestion_id=others[2], into_id=first)


def handled(office):
    """A suggestion through every step of handling; returns one that is still being handled."""
    case = Case.handled(office)
    drafted(office, case.lead, case.id)
    main, assist = case.of(case.main).id, case.of(case.assist).id
    office.do(talks.log, suggestion_id=case.id, form=TalkForm.VISIT, content="现场面商")
    office.do(urgings.urge, suggestion_id=case.id, unit_id=case.main, content="请抓紧")
    asked = [office.do(extensions.ask, assignment_id=main, reason="工程量大") for _ in range(1)]
    office.do(extensions.refuse, extension_id=asked[0], note="理由不足")
    more = office.do(extensions.ask, assignment_id=main, reason="汛期停工")
    office.do(extensions.grant, extension_id=more, new_due_on=date(2026, 9, 7))
    office.do(replies.assist, assignment_id=assist, opinion="已列预算")
    case.answer(case.main, "B", DAY)
    [promise] = office.ask(commitments.rows, today=DAY)
    office.do(commitments.report, commitment_id=promise.id, progress="已开工")
    office.do(commitments.settle, commitment_id=promise.id, kept=True)
    form = case.judge(Satisfaction.DISSATISFIED, opinion="没有解决", sent=DAY, back=DAY)
    no = Satisfaction.DISSATISFIED
    office.do(
        feedback_corrections.correct,
        feedback_id=form,
        attitude=no,
        result=no,
        opinion="还没有解决",
        reason="漏录一个字",
    )
    case.answer(case.main, "A", DAY)
    case.judge(Satisfaction.DISSATISFIED, opinion="仍无安排", sent=DAY, back=DAY)
    office.do(feedbacks.decide, suggestion_id=case.id, decision="列入明年计划")
    office.do(suggestions.archive, suggestion_id=case.id, file_no="2026-建-1")
    return _handed_back(office, case)


def _handed_back(office, first):
    """A suggestion that goes from unit to unit, and one whose form does not come back."""
    case = first.another("退办的建议")
    office.do(reviews.accept, suggestion_id=case.id, reviewed_on=date(2026, 3, 2))
    case.give(main_id=case.main, assigned_on=DAY)
    mine = case.of(case.main).id
    office.do(assignments.ask_hand_back, assignment_id=mine, reason="不属职责")
    office.do(assignments.decide_hand_back, assignment_id=mine, agreed=True, unit_id=case.other)
    office.do(
        assignments.reassign,
        assignment_id=case.of(case.other).id,
        unit_id=case.assist,
        reason="职责划转",
    )
    silent = first.another("没有反馈的建议")
    office.do(reviews.accept, suggestion_id=silent.id, reviewed_on=date(2026, 3, 2))
    silent.give(main_id=silent.main)
    silent.sign(silent.main)
    silent.answer(silent.main)
    form = office.do(feedbacks.send, suggestion_id=silent.id, sent_on=date(2026, 5, 20))
    office.do(feedbacks.remind, feedback_id=form, reminded_on=date(2026, 6, 8))
    office.do(feedbacks.close_unreturned, feedback_id=form)
    return case


def pressed(office, case):
    """Pressing by leaders, and the dispatch of the ledger."""
    values = {"suggestion_id": case.id, "kind": OversightKind.CONGRESS, "started_on": BEFORE}
    spare = office.do(oversights.save, **values, congress_leader="李主席")
    office.do(oversights.remove, ids=(spare,))
    made = office.do(oversights.save, **values, congress_leader="王主席")
    visit = {"oversight_id": made, "held_on": BEFORE, "content": "现场督办"}
    office.do(oversights.save_visit, **visit)
    office.do(oversights.remove_visits, ids=(office.do(oversights.save_visit, **visit),))
    office.do(oversights.finish, oversight_id=made, result="已解决")
    office.do(oversights.reopen, oversight_id=made)
    paper = {"prefix": "五人发", "name": "督办通知"}
    number = office.do(document_numbers.save, given_on=DAY, **paper)
    office.do(document_numbers.cancel, number_id=number, cancel_reason="重复")
    office.do(
        document_numbers.issue,
        form="urge_notice",
        record_kind="suggestion",
        record_id=case.id,
        **paper,
    )
    report = office.do(dispatches.make, kind=DispatchKind.MONTH, day=BEFORE)
    office.do(dispatches.sign, dispatch_id=report, signed_by="王主席")


def converted(office, case):
    """Matters on their way to the procuratorate and back."""
    forth = {
        "direction": ConversionDirection.TO_PROCURATORATE,
        "subject": "土地出让金",
        "field": PublicInterest.LAND,
        "screened_on": BEFORE,
    }
    made = office.do(conversions.save, suggestion_id=case.id, mandate_id=case.lead, **forth)
    office.do(conversion_steps.send, conversion_id=made)
    office.do(conversion_steps.file, conversion_id=made, filing_no="石检立〔2026〕1号")
    office.do(conversion_steps.issue, conversion_id=made, advice_no="石检建〔2026〕1号")
    office.do(conversion_steps.copy_back, conversion_id=made)
    office.do(conversion_steps.sue, conversion_id=made)
    office.do(conversion_steps.rectify, conversion_id=made, outcome="已追缴", recovered=43_120_000)
    office.do(conversion_steps.tell, conversion_id=made)
    other = case.another("另一件")
    refused = office.do(conversions.save, suggestion_id=other.id, mandate_id=case.lead, **forth)
    office.do(conversion_steps.send, conversion_id=refused)
    office.do(conversion_steps.decline, conversion_id=refused, not_taken_why="不属于公益领域")
    office.do(conversions.remove, ids=(refused,))
    back = forth | {"direction": ConversionDirection.FROM_PROCURATORATE, "advice_no": "2号"}
    given = office.do(conversions.save, **back)
    office.do(
        conversion_steps.propose,
        conversion_id=given,
        mandate_id=case.lead,
        headline="人居环境的建议",
    )


def petitioned(office, agent):
    """Petitions: one to the last re-examination, one accepted and visited, one by mistake."""
    unit = make.unit(office, name="区信访局")
    ids = [
        office.do(
            petitions.save, reported_on=date(2026, 3, 2), matter=f"界线{n}", voter_name="郝平"
        )
        for n in range(3)
    ]
    office.do(petitions.remove, ids=(ids.pop(),))
    for each in ids:
        office.do(petitions.name_agent, petition_id=each, agent_id=agent, named_on=date(2026, 3, 3))
        office.do(
            petition_steps.register, petition_id=each, unit_id=unit, registered_on=date(2026, 3, 5)
        )
        office.do(petition_steps.tell, petition_id=each, told_on=date(2026, 3, 16))
    disputed, settled = ids
    office.do(
        petition_steps.extend,
        petition_id=disputed,
        extension_why="需要测绘",
        extended_on=date(2026, 4, 20),
    )
    office.do(
        petition_steps.answer, petition_id=disputed, answer="恢复", answered_on=date(2026, 5, 6)
    )
    office.do(petition_steps.review, petition_id=disputed, reviewed_on=date(2026, 5, 20))
    office.do(
        petition_steps.review_result,
        petition_id=disputed,
        review_result="维持",
        review_answered_on=date(2026, 6, 5),
    )
    office.do(petition_steps.recheck, petition_id=disputed, rechecked_on=date(2026, 6, 20))
    office.do(
        petition_steps.recheck_result,
        petition_id=disputed,
        recheck_result="维持",
        closed_on=date(2026, 7, 1),
    )
    office.do(
        petition_steps.answer,
        petition_id=settled,
        answer="恢复",
        accepted=True,
        answered_on=date(2026, 5, 6),
    )
    office.do(petition_steps.close, petition_id=settled)
    office.do(petition_steps.visit, petition_id=settled, visit_note="满意")


def collected(office, station):
    """A round of opinions on a draft law, its points and helpers."""
    person = {"role": LegRole.LIAISON, "name": "联络员", "station_id": station}
    office.do(leg_people.save, **person)
    office.do(leg_people.remove, ids=(office.do(leg_people.save, **person | {"name": "误登"}),))
    law = {"name": "供水条例（草案）", "received_on": date(2026, 3, 2), "point_ids": (station,)}
    made = office.do(leg_rounds.save, **law)
    office.do(leg_rounds.remove, ids=(office.do(leg_rounds.save, **law | {"name": "误登"}),))
    first, second, spare = (
        office.do(leg_opinions.save, round_id=made, content=f"意见{n}", given_on=date(2026, 3, 10))
        for n in range(3)
    )
    office.do(leg_opinions.remove, ids=(spare,))
    office.do(leg_opinions.merge, opinion_id=second, into_id=first)
    office.do(leg_rounds.report, round_id=made, reported_on=date(2026, 3, 25))
    office.do(leg_rounds.feed_back, round_id=made)
    office.do(leg_opinions.decide, opinion_id=first, adoption=AdoptionState.ADOPTED)
    office.do(leg_opinions.tell, opinion_id=first)


def vacated(office):
    """Seats that fall vacant: one is filled, one was entered by mistake."""
    gone, second, plain = (make.deputy(office, name=name) for name in ("离甲", "离乙", "离丙"))
    end = {"ended_on": date(2026, 3, 2), "reason": EndReason.MOVED}
    office.do(deputies.end_mandate, mandate_id=plain, **end)
    spare = office.do(
        vacancies.save, mandate_id=second, arose_on=end["ended_on"], end_reason=EndReason.DIED
    )
    office.do(vacancies.remove, ids=(spare,))
    seat = office.do(vacancies.end, mandate_id=gone, **end)
    office.do(vacancies.review, vacancy_id=seat, reviewed_on=date(2026, 3, 5))
    office.do(vacancies.confirm, vacancy_id=seat, confirmed_on=date(2026, 3, 10))
    office.do(
        vacancies.announce,
        vacancy_id=seat,
        announcement_no="公告1号",
        announced_on=date(2026, 3, 11),
    )
    office.do(by_elections.call, vacancy_id=seat, candidates=("高娃",), voters=900)
    count = {"voters": 900, "issued": 700, "returned": 690, "valid": 680, "winner_votes": 600}
    office.do(
        by_elections.elect, vacancy_id=seat, winner="高娃", election_on=date(2026, 4, 20), **count
    )
    office.do(by_elections.examine, vacancy_id=seat)
    office.do(by_elections.fill, vacancy_id=seat, elected_announcement_no="公告2号")


def all_cases(office, station):
    """All of it."""
    rules(office)
    heard(office)
    case = handled(office)
    pressed(office, case)
    converted(office, case)
    petitioned(office, case.lead)
    collected(office, station)
    vacated(office)
    other = make.deputy(office, name="兼任", level=Level.TOWN)
    person = office.ask(deputies.one, other).person_id
    office.do(deputies.add_mandate, person_id=person, level=Level.CITY)
    office.do(deputies.edit, mandate_id=other, name="兼任者", level=Level.TOWN)
    office.do(deputies.set_suspended, mandate_id=other, suspended=True)
