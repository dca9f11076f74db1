"""A small office in which every figure of the catalogue counts something, by hand.

Records are named; what is dated 2025 must not be counted in 2026.
"""

from collections.abc import Iterator
from datetime import date

from deputydesk import models as m
from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingForm, TrainingLevel
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.attendance import Approval, Presence
from deputydesk.models.base import Record
from deputydesk.models.choices import (
    Channel,
    CommitmentState,
    EvaluationState,
    HandbackOutcome,
    HomeLevel,
    Level,
    Route,
    StationRole,
    TalkForm,
    UnitRole,
    VisitKind,
)
from deputydesk.models.chronicle import OutletLevel, PracticeKind, SupportKind
from deputydesk.models.conversion import ConversionDirection
from deputydesk.models.expense import ExpenseKind
from deputydesk.models.home_check import ShiftState
from deputydesk.models.legislation import AdoptionState, LegRole
from deputydesk.models.oversight import DispatchKind, OversightKind, OversightState
from deputydesk.models.points import PointState
from deputydesk.models.project import ProjectLevel
from deputydesk.office import Right, Tx, operation
from deputydesk.rules.opinion_flow import OpinionState
from deputydesk.rules.petition_flow import PetitionState
from deputydesk.rules.project_flow import ProjectState, VoteState
from deputydesk.rules.satisfaction import Satisfaction
from deputydesk.rules.suggestion_flow import SuggestionState

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
IN, LATER, OUT, NEXT = date(2026, 3, 2), date(2026, 6, 1), date(2025, 3, 2), date(2027, 1, 5)
CLASSROOM = TrainingForm.CLASSROOM


def ident(name: str) -> str:
    """The record number behind a name."""
    return f"T1-{name}"


def one(model: type[Record], called: str, /, **values: object) -> Record:
    """A record with a name."""
    return model(id=ident(called), **values)


@operation(Right.SETUP, "准备")
def enter(tx: Tx) -> None:
    """Enter the whole world."""
    for part in (places, people, meetings, visits, opinions, suggestions, handling, oversight):
        tx.session.add_all(part())
    for part in (activities, projects, casework, money, chronicle, points):
        tx.session.add_all(part())


def places() -> Iterator[Record]:
    for name, level, opened in zip(
        ("h1", "h2", "h3", "h4"), HomeLevel, (OUT, None, OUT, IN), strict=True
    ):
        yield one(m.Home, name, name=name, level=level, opened_on=opened)
    yield one(m.Home, "h5", name="h5", level=HomeLevel.TOWN, opened_on=NEXT)
    for name, item, passed, day in (
        ("c1", "牌子", False, IN),
        ("c2", "牌子", True, LATER),
        ("c3", "制度", False, IN),
    ):
        yield one(m.HomeCheck, name, home_id=ident("h1"), item=item, passed=passed, checked_on=day)
    for role in StationRole:
        yield one(m.Station, f"s.{role}", name=role.label, roles=[role.value])
    yield one(m.Station, "s.two", name="两用", roles=["legislation", "collection"])
    for name, home, to in (("p1", "h1", None), ("p2", "h1", NEXT), ("p3", "h2", None)):
        yield one(m.Supervisor, name, name=name, home_id=ident(home), from_on=OUT, to_on=to)
    yield one(m.Supervisor, "p4", name="p4", home_id=ident("h2"), from_on=OUT, to_on=OUT)
    for name, day in (("rm1", IN), ("rm2", OUT)):
        yield one(m.SupervisorRemark, name, content="好", made_on=day)
    for name, state, day in (
        ("t1", ShiftState.HELD, IN),
        ("t2", ShiftState.PLANNED, IN),
        ("t3", ShiftState.CANCELLED, IN),
        ("t4", ShiftState.HELD, OUT),
    ):
        yield one(m.RotaShift, name, planned_on=day, state=state, home_id=ident("h1"))
    yield one(m.DeputyGroup, "g1", name="一组")
    yield one(m.ElectoralDistrict, "e1", name="一选区")


def people() -> Iterator[Record]:
    for name in ("q1", "q3", "q4", "q5", "q6", "q7", "q8"):
        yield one(m.Person, name, name=name, leader=name == "q3")
    for name, person, level, more in (
        ("d1", "q1", Level.TOWN, {"main": True}),
        ("d2", "q1", Level.DISTRICT, {}),
        ("d3", "q3", Level.DISTRICT, {"main": True}),
        ("d4", "q4", Level.CITY, {"main": True, "suspended": True}),
        ("d5", "q5", Level.REGION, {"main": True, "ended_on": LATER}),
        ("d6", "q6", Level.TOWN, {"main": True, "started_on": NEXT}),
        ("d7", "q7", Level.TOWN, {"main": True, "ended_on": OUT}),
        ("d8", "q8", Level.REGION, {"main": True}),
    ):
        started = {"started_on": date(2021, 12, 1)} | more
        yield one(m.Mandate, name, person_id=ident(person), level=level, **started)
    for name, day, elected in (("x1", IN, LATER), ("x2", IN, None), ("x3", OUT, OUT)):
        yield one(m.Vacancy, name, level=Level.TOWN, arose_on=day, elected_announced_on=elected)
    for name, day, approval in (
        ("l1", IN, Approval.APPROVED),
        ("l2", IN, Approval.ASKED),
        ("l3", OUT, Approval.APPROVED),
    ):
        yield one(m.Leave, name, mandate_id=ident("d1"), from_on=day, to_on=day, approval=approval)
    for name, day in (("hn1", IN), ("hn2", OUT)):
        yield one(m.Honour, name, name="先进", mandate_id=ident("d1"), given_on=day)


def present(name: str, event: str, model: type[Record], deputy: str, presence: Presence) -> Record:
    """How a deputy stood to an event."""
    return one(
        m.Attendance,
        name,
        event_kind=model.__tablename__,
        event_id=ident(event),
        mandate_id=ident(deputy),
        presence=presence,
    )


def meetings() -> Iterator[Record]:
    yield one(m.Term, "tm", level=Level.TOWN, number=10)
    for name, number, day in (("mt1", 1, OUT), ("mt2", 2, IN)):
        yield one(m.Meeting, name, name=name, number=number, term_id=ident("tm"), opened_on=day)
    yield present("at1", "mt2", m.Meeting, "d1", Presence.PRESENT)
    yield present("at2", "mt2", m.Meeting, "d3", Presence.LEAVE)
    yield present("atx", "mt2", m.Meeting, "d2", Presence.EXPECTED)
    yield present("at3", "mt1", m.Meeting, "d3", Presence.PRESENT)
    for name, day, state in (
        ("ev1", IN, EvaluationState.COUNTED),
        ("ev2", IN, EvaluationState.PREPARED),
        ("ev3", OUT, EvaluationState.COUNTED),
    ):
        yield one(m.Evaluation, name, name=name, held_on=day, state=state)
    for name, event, deputy in (("en1", "ev1", "d1"), ("en2", "ev2", "d3"), ("en3", "ev3", "d8")):
        yield one(m.EvaluationEntry, name, evaluation_id=ident(event), mandate_id=ident(deputy))


def visits() -> Iterator[Record]:
    for name, kind, day, home, received in (
        ("v.reception", VisitKind.RECEPTION, IN, "h1", 6),
        ("v.deliberation", VisitKind.DELIBERATION, IN, "h1", 0),
        ("v.policy", VisitKind.POLICY, IN, "h1", 0),
        ("v.study", VisitKind.STUDY, IN, "h1", 0),
        ("v.inspection", VisitKind.INSPECTION, IN, "h1", 0),
        ("v.reporting", VisitKind.REPORTING, IN, "h1", 0),
        ("v.voters", VisitKind.LINK_VOTERS, IN, "", 3),
        ("v.deputies", VisitKind.LINK_DEPUTIES, IN, "", 0),
        ("v.old", VisitKind.RECEPTION, OUT, "h2", 9),
    ):
        yield one(
            m.Visit,
            name,
            kind=kind,
            held_on=day,
            home_id=ident(home) if home else "",
            received=received,
        )
    for name, visit, deputy in (
        ("vd1", "v.reception", "d1"),
        ("vd2", "v.reception", "d3"),
        ("vd3", "v.voters", "d5"),
        ("vd4", "v.deputies", "d4"),
        ("vd5", "v.old", "d8"),
    ):
        yield one(m.VisitDeputy, name, visit_id=ident(visit), mandate_id=ident(deputy))


def opinions() -> Iterator[Record]:
    said = {
        Channel.HOME: Satisfaction.SATISFIED,
        Channel.LINK: Satisfaction.MOSTLY,
        Channel.STUDIO: Satisfaction.DISSATISFIED,
    }
    for channel, route in zip(Channel, (*Route, Route.OPEN), strict=True):
        is_first = channel is Channel.HOME
        yield one(
            m.Opinion,
            f"o.{channel}",
            matter=channel.label,
            channel=channel,
            route=route,
            heard_on=IN,
            state=OpinionState.MERGED if channel is Channel.PHONE else OpinionState.RECEIVED,
            mandate_id=ident("d1") if is_first else "",
            settled_on=NEXT if is_first else None,
            told_on=NEXT if is_first else None,
            satisfaction=said.get(channel, Satisfaction.NONE),
            suggestion_id=ident("s2") if channel is Channel.LINK else "",
        )
    yield one(
        m.Opinion,
        "o.old",
        matter="旧",
        channel=Channel.HOME,
        heard_on=OUT,
        state=OpinionState.ASSIGNED,
        due_on=OUT,
    )


def suggestions() -> Iterator[Record]:
    for name, meeting, day, more in (
        ("s0", "mt1", OUT, {"state": SuggestionState.HANDLING, "round": 1}),
        ("s1", "mt2", IN, {"key": True, "closed_on": LATER, "round": 1}),
        ("s2", "", IN, {"repeated": True, "round": 2}),
        ("s3", "mt2", IN, {"state": SuggestionState.REJECTED, "round": 1}),
        ("s4", "mt2", IN, {"merged_into": ident("s1"), "round": 1}),
    ):
        yield one(
            m.Suggestion,
            name,
            headline=name,
            meeting_id=ident(meeting) if meeting else "",
            submitted_on=day,
            lead_id=ident("d3"),
            **more,
        )
    yield one(m.Cosigner, "cs1", suggestion_id=ident("s2"), mandate_id=ident("d1"))


def handling() -> Iterator[Record]:
    for name in ("u1", "u2"):
        yield one(m.Unit, name, name=name)
    for name, suggestion, role, turn, due, more in (
        ("as1", "s1", UnitRole.MAIN, 1, LATER, {}),
        ("as2", "s2", UnitRole.MAIN, 2, date(2026, 5, 1), {}),
        ("as2a", "s2", UnitRole.ASSIST, 2, LATER, {}),
        ("as2b", "s2", UnitRole.MAIN, 1, LATER, {"handback": HandbackOutcome.AGREED}),
        ("as4", "s4", UnitRole.SEPARATE, 1, NEXT, {}),
    ):
        back = {"handback_on": IN} if more else {}
        yield one(
            m.Assignment,
            name,
            suggestion_id=ident(suggestion),
            unit_id=ident("u1"),
            role=role,
            round=turn,
            assigned_on=IN,
            due_on=due,
            **more,
            **back,
        )
    yield one(
        m.Assignment,
        "as0",
        suggestion_id=ident("s0"),
        unit_id=ident("u2"),
        role=UnitRole.MAIN,
        round=1,
        assigned_on=OUT,
        due_on=LATER,
    )
    for name, suggestion, given, turn, day, letter in (
        ("rp1", "s1", "as1", 1, date(2026, 5, 1), "B"),
        ("rp2", "s2", "as2b", 1, date(2026, 4, 10), "C"),
        ("rp3", "s2", "as2", 2, LATER, "A"),
    ):
        yield one(
            m.Reply,
            name,
            suggestion_id=ident(suggestion),
            assignment_id=ident(given),
            round=turn,
            replied_on=day,
            answer_class=letter,
        )
    for name, suggestion, form in (("tk1", "s1", TalkForm.FORUM), ("tk2", "s2", TalkForm.NONE)):
        yield one(m.Talk, name, suggestion_id=ident(suggestion), held_on=IN, form=form)
    satisfied, mostly, not_at_all = (
        Satisfaction.SATISFIED,
        Satisfaction.MOSTLY,
        Satisfaction.DISSATISFIED,
    )
    for name, suggestion, turn, back, attitude, result in (
        ("f1", "s1", 1, LATER, satisfied, satisfied),
        ("f2", "s2", 1, LATER, not_at_all, satisfied),
        ("f3", "s2", 2, LATER, mostly, mostly),
        ("f4", "s4", 1, None, satisfied, satisfied),
    ):
        yield one(
            m.Feedback,
            name,
            suggestion_id=ident(suggestion),
            round=turn,
            returned_on=back,
            attitude=attitude,
            result=result,
        )
    for name, suggestion, state, due in (
        ("k1", "s1", CommitmentState.KEPT, IN),
        ("k2", "s4", CommitmentState.OPEN, IN),
        ("k3", "s0", CommitmentState.KEPT, OUT),
        ("k4", "s0", CommitmentState.OPEN, LAST),
    ):
        yield one(
            m.Commitment,
            name,
            content=name,
            suggestion_id=ident(suggestion),
            state=state,
            due_on=due,
        )
    for name, day, granted in (("ex1", IN, True), ("ex2", IN, False), ("ex3", OUT, True)):
        yield one(
            m.Extension,
            name,
            reason="施工",
            assignment_id=ident("as1"),
            asked_on=day,
            granted=granted,
        )
    for name, day, letter in (("ug1", IN, True), ("ug2", IN, False), ("ug3", OUT, True)):
        yield one(m.Urging, name, suggestion_id=ident("s1"), urged_on=day, by_letter=letter)


def oversight() -> Iterator[Record]:
    for kind in OversightKind:
        state = OversightState.DONE if kind is OversightKind.CONGRESS else OversightState.OPEN
        yield one(
            m.Oversight,
            f"ov.{kind}",
            kind=kind,
            state=state,
            started_on=IN,
            suggestion_id=ident("s1"),
        )
    yield one(m.Oversight, "ov.old", kind=OversightKind.KEY, started_on=OUT)
    for name, day in (("ow1", IN), ("ow2", OUT)):
        yield one(m.OversightVisit, name, content="现场", held_on=day, oversight_id=ident("ov.key"))
    for kind in DispatchKind:
        yield one(m.Dispatch, f"dp.{kind}", kind=kind, last_on=IN)
    yield one(m.Dispatch, "dp.old", kind=DispatchKind.WEEK, last_on=OUT)
    to, back = ConversionDirection
    done = {"filed_on": IN, "issued_on": IN, "rectified_on": LATER, "recovered": 43}
    late = {"filed_on": OUT, "issued_on": OUT, "recovered": 7}
    for name, direction, day, more in (
        ("cv1", to, IN, done),
        ("cv2", to, IN, {}),
        ("cv3", back, IN, {}),
        ("cv4", to, OUT, late),
    ):
        yield one(m.Conversion, name, subject=name, direction=direction, screened_on=day, **more)


def activities() -> Iterator[Record]:
    more: dict[ActivityKind, dict[str, object]] = {
        ActivityKind.PRE_MEETING: {"topics": ["甲", "乙", "丙", "丁"]},
        ActivityKind.RESEARCH: {"forwarded_on": IN, "feedback_on": LATER},
        ActivityKind.REPORT: {"forwarded_on": IN},
    }
    for kind in ActivityKind:
        yield one(
            m.Activity,
            f"a.{kind}",
            name=kind.label,
            kind=kind,
            held_on=IN,
            people=3,
            **more.get(kind, {}),
        )
    yield one(
        m.Activity,
        "a.old",
        name="旧",
        kind=ActivityKind.CADRE,
        held_on=OUT,
        people=3,
        topics=["旧"],
        feedback_due_on=IN,
    )
    for name, event, said in (
        ("eo1", "a.cadre", {"speaker": "甲"}),
        ("eo2", "a.cadre", {"speaker": "甲"}),
        ("eo3", "a.cadre", {"mandate_id": ident("d1"), "speaker": "甲"}),
        ("eo4", "a.forum", {"fed_back_on": LATER}),
        ("eo5", "a.cadre", {}),
        ("eo0", "a.old", {"speaker": "甲", "unit_id": ident("u1"), "due_on": IN}),
    ):
        yield one(
            m.EventOpinion, name, content=name, event_kind="activity", event_id=ident(event), **said
        )
    yield present("aa1", "a.report", m.Activity, "d8", Presence.PRESENT)
    yield present("aa2", "a.report", m.Activity, "d1", Presence.ABSENT)
    yield present("aa3", "tr.town", m.Training, "d5", Presence.PRESENT)
    for kind in ServiceKind:
        times = 36 if kind is ServiceKind.POLICY else 0
        yield one(
            m.Service,
            f"sv.{kind}",
            campaign=kind.label,
            kind=kind,
            held_on=IN,
            people=2,
            times=times,
        )
    yield one(m.Service, "sv.old", campaign="旧", held_on=OUT, people=2)
    for level in TrainingLevel:
        yield one(
            m.Training,
            f"tr.{level}",
            topic=level.label,
            form=CLASSROOM,
            level=level,
            held_on=IN,
            sessions=2,
            people=5,
            hours=8,
        )
    yield one(
        m.Training,
        "tr.online",
        topic="线上",
        form=TrainingForm.ONLINE,
        level=TrainingLevel.DISTRICT,
        held_on=IN,
        people=1,
        hours=1,
    )
    yield one(m.Training, "tr.old", topic="旧", form=CLASSROOM, held_on=OUT, people=1, hours=1)


def projects() -> Iterator[Record]:
    district, town = ProjectLevel
    for name, level, year, state, budget in (
        ("pj1", district, 2026, ProjectState.JUDGED, 100),
        ("pj2", town, 2026, ProjectState.CHOSEN, 50),
        ("pj3", district, 2026, ProjectState.LOST, 70),
        ("pj4", district, 2025, ProjectState.DONE, 90),
    ):
        yield one(m.Project, name, name=name, level=level, year=year, state=state, budget=budget)
    for name, project, day in (("pe1", "pj1", IN), ("pe2", "pj4", OUT)):
        yield one(
            m.ProjectEval,
            name,
            project_id=ident(project),
            step="评",
            held_on=day,
            satisfied=5,
            mostly=2,
            dissatisfied=1,
        )
    for name, day in (("pp1", IN), ("pp2", OUT)):
        yield one(m.ProjectPayment, name, project_id=ident("pj1"), paid_on=day, amount=30)
    for name, day, state in (
        ("pv1", IN, VoteState.COUNTED),
        ("pv2", IN, VoteState.PREPARED),
        ("pv3", OUT, VoteState.COUNTED),
    ):
        yield one(m.ProjectVote, name, name=name, year=2026, held_on=day, state=state)
    for name, due, done in (("ms1", IN, IN), ("ms2", IN, None), ("ms3", OUT, OUT)):
        yield one(m.Milestone, name, name=name, project_id=ident("pj1"), due_on=due, done_on=done)
    yield one(m.Milestone, "ml0", name="旧", project_id=ident("pj2"), due_on=OUT)


def casework() -> Iterator[Record]:
    dated: dict[PetitionState, dict[str, date]] = {
        PetitionState.TOLD: {"told_on": IN, "told_due_on": LATER},
        PetitionState.NAMED: {"told_on": LATER, "told_due_on": IN},
        PetitionState.CLOSED: {"answered_on": LATER, "due_on": LATER},
        PetitionState.ENDED: {"answered_on": LATER, "due_on": IN},
    }
    for state in PetitionState:
        yield one(
            m.Petition,
            f"pt.{state}",
            matter=state.label,
            state=state,
            reported_on=IN,
            people=2,
            **dated.get(state, {}),
        )
    yield one(m.Petition, "pt.old", matter="旧", reported_on=OUT, people=2)
    for name, day in (("lr1", IN), ("lr2", OUT)):
        yield one(m.LegRound, name, name=name, received_on=day, people=52)
    for name, day, adoption, told in (
        ("lo1", IN, AdoptionState.ADOPTED, LATER),
        ("lo2", IN, AdoptionState.PARTLY, None),
        ("lo3", IN, AdoptionState.REFUSED, None),
        ("lo4", OUT, AdoptionState.ADOPTED, OUT),
    ):
        yield one(
            m.LegOpinion, name, content=name, given_on=day, adoption=adoption, fed_back_on=told
        )
    for name, role, to in (
        ("lp.liaison", LegRole.LIAISON, None),
        ("lp.adviser", LegRole.ADVISER, NEXT),
        ("lp.old", LegRole.ADVISER, OUT),
    ):
        yield one(m.LegPerson, name, name=name, role=role, from_on=OUT, to_on=to)
    for name, to in (("am1", None), ("am2", OUT)):
        yield one(m.AssemblyMember, name, name=name, from_on=OUT, to_on=to)
    for kind in AssemblyKind:
        yield one(
            m.Assembly, f"ab.{kind}", name=kind.label, kind=kind, held_on=IN, expected=8, present=5
        )
    yield one(m.Assembly, "ab.old", name="旧", held_on=OUT, expected=8, present=5)
    for name, event in (("eo7", "ab.community"), ("eo8", "ab.old")):
        yield one(m.EventOpinion, name, content=name, event_kind="assembly", event_id=ident(event))


def money() -> Iterator[Record]:
    for level in Level:
        heads = None if level is Level.TOWN else 2
        yield one(
            m.ExpenseRate, f"xr.{level}", level=level, year=2026, per_head=100, headcount=heads
        )
        yield one(m.ExpenseRate, f"xo.{level}", level=level, year=2025, per_head=90, headcount=2)
    for name, year in (("fd1", 2026), ("fd2", 2025)):
        yield one(m.Fund, name, name=name, year=year, amount=1000)
    for kind in ExpenseKind:
        yield one(m.Expense, f"xp.{kind}", content=kind.label, kind=kind, spent_on=IN, amount=10)
    yield one(m.Expense, "xp.old", content="旧", spent_on=OUT, amount=10)


def chronicle() -> Iterator[Record]:
    for name, adopted, ended in (("rg1", OUT, None), ("rg2", OUT, OUT), ("rg3", IN, None)):
        yield one(m.Regulation, name, name=name, adopted_on=adopted, ended_on=ended)
    for level in OutletLevel:
        yield one(m.Publicity, f"pb.{level}", headline=level.label, level=level, published_on=IN)
    yield one(m.Publicity, "pb.old", headline="旧", published_on=OUT)
    for name, day in (("po1", IN), ("po2", OUT)):
        yield one(m.OnlinePoll, name, name=name, to_on=day, hits=10, votes=20, winners=["甲", "乙"])
    for kind in PracticeKind:
        amount = 500 if kind is PracticeKind.INVEST else 0
        yield one(m.Practice, f"pr.{kind}", name=kind.label, kind=kind, noted_on=IN, amount=amount)
    yield one(m.Practice, "pr.old", name="旧", noted_on=OUT, amount=1)
    for kind in SupportKind:
        yield one(m.PartySupport, f"ps.{kind}", subject=kind.label, kind=kind, held_on=IN)
    yield one(m.PartySupport, "ps.old", subject="旧", held_on=OUT)


def points() -> Iterator[Record]:
    for name, day, published in (("pq1", IN, LATER), ("pq2", IN, None), ("pq3", OUT, OUT)):
        yield one(m.PointQuarter, name, year=2026, quarter=1, closed_on=day, published_on=published)
    for name, day, state in (
        ("pn1", IN, PointState.VERIFIED),
        ("pn2", IN, PointState.DRAFT),
        ("pn3", OUT, PointState.VERIFIED),
    ):
        yield one(
            m.PointEntry, name, item="建议", mandate_id=ident("d1"), earned_on=day, state=state
        )
    for name, day, decided in (("pb1", IN, LATER), ("pb2", IN, None), ("pb3", OUT, OUT)):
        yield one(m.PointObjection, name, content=name, raised_on=day, decided_on=decided)
    for name, day, followed in (("ca1", IN, LATER), ("ca2", IN, None), ("ca3", OUT, OUT)):
        yield one(
            m.Caution,
            name,
            mandate_id=ident("d1"),
            trigger="排名靠后",
            held_on=day,
            followed_on=followed,
            year=2026,
            quarter=1,
        )
