"""What every figure of the small world is, worked out by hand.

A count is the names of its rows; what is added up is a total with the names; a rate is two of
these.
"""

from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingLevel
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.choices import Channel, HomeLevel, Level, Route, StationRole, VisitKind
from deputydesk.models.chronicle import OutletLevel, PracticeKind, SupportKind
from deputydesk.models.expense import ExpenseKind
from deputydesk.models.legislation import LegRole
from deputydesk.models.oversight import DispatchKind, OversightKind
from deputydesk.rules.choices import Choice
from deputydesk.rules.petition_flow import PetitionState

Counted = str | tuple[int, str]
Answer = Counted | tuple[Counted, Counted]


def every(letter: str, choice: type[Choice], *but: Choice) -> str:
    """The names of one record of each kind."""
    return " ".join(f"{letter}.{kind}" for kind in choice if kind not in but)


def each(pattern: str, letter: str, choice: type[Choice]) -> dict[str, Answer]:
    """One figure of each kind, which counts one record."""
    return {pattern.format(kind.value): f"{letter}.{kind}" for kind in choice}


HOMES = "h1 h2 h3 h4"
SERVING = "d1 d3 d5 d8"
AT_HOME = "v.reception v.deliberation v.policy v.study v.inspection v.reporting"
OPINIONS = every("o", Channel)
RECEIVED = "o.home o.reception o.studio"
OVERSEEN = "a.report a.inspection a.law_check a.follow_up a.research a.committee a.interview"
SAID = "eo1 eo2 eo3 eo4 eo5"
CLASSROOMS = every("tr", TrainingLevel)
PETITIONS = every("pt", PetitionState)
RATES = every("xr", Level)
EXPENSES = every("xp", ExpenseKind)

ANSWERS: dict[str, Answer] = {
    "homes.total": HOMES,
    **{f"homes.level.{level}": f"h{n}" for n, level in enumerate(HomeLevel, 1)},
    "homes.opened": "h4",
    "coverage.homes": ("h1", HOMES),
    "home_checks.passed": ("c2", "c2 c3"),
    "stations.total": every("s", StationRole) + " s.two",
    **each("stations.role.{}", "s", StationRole),
    "stations.role.legislation": "s.legislation s.two",
    "stations.role.collection": "s.collection s.two",
    "supervisors.total": "p1 p2 p3",
    "supervisors.homes": ("h1", HOMES),
    "supervisors.remarks": "rm1",
    "rota.held": ("t1", "t1 t2"),
    "groups.total": "g1",
    "districts.total": "e1",
    "mandates.total": "d1 d3 d4 d8",
    "mandates.level.town": "d1",
    "mandates.level.district": "d3",
    "mandates.level.city": "d4",
    "mandates.level.region": "d8",
    "mandates.seats": "d1 d2 d3 d4 d8",
    "persons.total": "q1 q3 q4 q8",
    "mandates.suspended": "d4",
    "mandates.ended": "d5",
    "vacancies.filled": ("x1", "x1 x2"),
    "opinions.heard": OPINIONS,
    "opinions.matters": every("o", Channel, Channel.PHONE),
    "opinions.settled": ("o.home", OPINIONS),
    "opinions.received": RECEIVED,
    "opinions.handed_on": ("o.studio", RECEIVED),
    **each("opinions.channel.{}", "o", Channel),
    **{
        f"opinions.route.{route.value}": f"o.{channel}"
        for route, channel in zip(Route, Channel, strict=False)
        if route
    },
    "opinions.route.open": "o.home o.letter",
    "opinions.told": ("o.home", OPINIONS),
    "opinions.satisfied": ("o.home", "o.home o.link o.studio"),
    "suggestions.total": "s1 s2 s3 s4",
    "suggestions.growth": ("s1 s3 s4", "s0"),
    "suggestions.meeting": "s1 s3 s4",
    "suggestions.between": "s2",
    "suggestions.cosigned": "s2",
    "suggestions.from_voters": "s2",
    "suggestions.rejected": "s3",
    "suggestions.merged": "s4",
    "suggestions.key": "s1",
    "suggestions.repeated": "s2",
    "suggestions.answered": ("s1 s2", "s1 s2 s4"),
    "assignments.closed": ("as1", "as1 as2 as4"),
    "suggestions.answered_due": ("s1 s2", "s1 s2"),
    "suggestions.answered_in_time": ("s1", "s1 s2"),
    "suggestions.talked_over": ("s1", "s1 s2"),
    "suggestions.satisfied": ("s1", "s1 s2"),
    "suggestions.mostly_satisfied": ("s1 s2", "s1 s2"),
    "suggestions.satisfied_first": ("s1 s2", "s1 s2"),
    "suggestions.attitude": ("s1", "s1 s2"),
    "suggestions.kept": ("s1 s2", "s1 s2 s4"),
    "commitments.kept": ("k1", "k1 k2"),
    "overdue.total": "as0 o.old k2 eo0 a.old ml0",
    "overdue.replies": "as0",
    "overdue.opinions": "o.old",
    "overdue.commitments": "k2",
    "overdue.feedback": "eo0 a.old",
    "overdue.milestones": "ml0",
    "suggestions.closed": ("s1", "s1 s2 s4"),
    "suggestions.rehandled": "s2",
    "suggestions.handed_back": "as2b",
    "extensions.granted": ("ex1", "ex1 ex2"),
    "urgings.total": "ug1 ug2",
    "urgings.letters": "ug1",
    "replies.total": "rp1 rp2 rp3",
    "oversight.total": every("ov", OversightKind),
    **each("oversight.kind.{}", "ov", OversightKind),
    "oversight.done": ("ov.congress", every("ov", OversightKind)),
    "oversight.visits": "ow1",
    **each("dispatches.{}", "dp", DispatchKind),
    "conversions.total": "cv1 cv2 cv3",
    "conversions.to_procuratorate": "cv1 cv2",
    "conversions.from_procuratorate": "cv3",
    "conversions.filed": ("cv1", "cv1 cv2"),
    "conversions.rectified": ("cv1", "cv1"),
    "conversions.recovered": (43, "cv1"),
    "home_activities.total": AT_HOME,
    **{f"home_activities.kind.{kind}": f"v.{kind}" for kind in list(VisitKind)[:6]},
    "home_activities.deputies": "vd1 vd2",
    "reception.voters": (6, "v.reception"),
    "link.voters": (3, "v.voters"),
    "link.total": "v.voters",
    "link.deputies": "v.deputies",
    "coverage.deputies": ("d1 d3 d5", SERVING),
    "coverage.at_home": ("d1 d3", SERVING),
    "coverage.link": ("d5", SERVING),
    "coverage.leaders": ("d3", "d3"),
    "coverage.heard": ("d1", SERVING),
    "coverage.suggestions": ("d3", SERVING),
    "coverage.activities": ("d8", SERVING),
    "coverage.training": ("d5", SERVING),
    "coverage.reporting": ("d1", SERVING),
    "evaluations.total": "ev1",
    "evaluations.deputies": "en1",
    "meetings.attendance": ("at1", "at1 at2"),
    "leaves.approved": ("l1", "l1 l2"),
    "honours.total": "hn1",
    "activities.total": every("a", ActivityKind),
    **each("activities.kind.{}", "a", ActivityKind),
    **{f"activities.kind.{kind}.people": (3, f"a.{kind}") for kind in ActivityKind},
    "activities.overseeing": OVERSEEN,
    "activities.overseeing.people": (21, OVERSEEN),
    "activities.deputies": "aa1",
    "activities.pre_meeting.topics": (4, "a.pre_meeting"),
    "activities.opinions": ("eo4", SAID),
    "cadre_opinions.people": "eo1 eo3",
    "cadre_opinions.total": "eo1 eo2 eo3 eo5",
    "activities.fed_back": ("a.research", "a.report a.research"),
    "services.total": (43, every("sv", ServiceKind)),
    "services.people": (16, every("sv", ServiceKind)),
    **{f"services.kind.{kind}": (1, f"sv.{kind}") for kind in ServiceKind},
    "services.kind.policy": (36, "sv.policy"),
    **{f"services.kind.{kind}.people": (2, f"sv.{kind}") for kind in ServiceKind},
    "trainings.online": (1, "tr.online"),
    "trainings.classroom": (8, CLASSROOMS),
    **{f"trainings.level.{level}": (2, f"tr.{level}") for level in TrainingLevel},
    "trainings.people": (21, f"{CLASSROOMS} tr.online"),
    "trainings.hours": (33, f"{CLASSROOMS} tr.online"),
    "projects.collected": "pj1 pj2 pj3",
    "projects.total": "pj1 pj2",
    "projects.level.district": "pj1",
    "projects.level.district.invested": (100, "pj1"),
    "projects.level.town": "pj2",
    "projects.level.town.invested": (50, "pj2"),
    "projects.done": ("pj1", "pj1 pj2"),
    "projects.judged": ("pj1", "pj1 pj2"),
    "projects.paid": (30, "pp1"),
    "project_votes.total": "pv1",
    "project_evals.total": "pe1",
    "project_evals.satisfied": ((5, "pe1"), (8, "pe1")),
    "milestones.done": ("ms1", "ms1 ms2"),
    "petitions.total": PETITIONS,
    **each("petitions.state.{}", "pt", PetitionState),
    "petitions.people": (20, PETITIONS),
    "petitions.told_in_time": ("pt.told", "pt.told pt.named"),
    "petitions.answered_in_time": ("pt.closed", "pt.closed pt.ended"),
    "petitions.closed": ("pt.closed pt.ended", PETITIONS),
    "leg_rounds.total": "lr1",
    "leg_rounds.people": (52, "lr1"),
    **each("leg_persons.{}", "lp", LegRole),
    "leg_opinions.total": "lo1 lo2 lo3",
    "leg_opinions.fed_back": ("lo1", "lo1 lo2 lo3"),
    "leg_opinions.adopted": ("lo1 lo2", "lo1 lo2 lo3"),
    "assembly_members.total": "am1",
    "assemblies.total": every("ab", AssemblyKind),
    **each("assemblies.kind.{}", "ab", AssemblyKind),
    "assemblies.present": ((15, every("ab", AssemblyKind)), (24, every("ab", AssemblyKind))),
    "assemblies.opinions": "eo7",
    **{f"expense_rates.{level}": (100, f"xr.{level}") for level in Level},
    "budget.quota": (700, RATES),
    "budget.funds": (1000, "fd1"),
    "budget.total": (1700, f"{RATES} fd1"),
    "expenses.total": (70, EXPENSES),
    **{f"expenses.kind.{kind}": (10, f"xp.{kind}") for kind in ExpenseKind},
    "budget.left": (1630, f"{RATES} fd1 {EXPENSES}"),
    "expenses.vouchers": EXPENSES,
    "regulations.total": "rg1 rg3",
    "regulations.adopted": "rg3",
    "publicity.total": every("pb", OutletLevel),
    **each("publicity.level.{}", "pb", OutletLevel),
    "publicity.above": "pb.nation pb.region",
    "polls.total": "po1",
    "polls.hits": (10, "po1"),
    "polls.votes": (20, "po1"),
    "polls.winners": (2, "po1"),
    "practices.total": every("pr", PracticeKind),
    **each("practices.kind.{}", "pr", PracticeKind),
    "practices.amount": (500, "pr.invest"),
    "party_support.total": every("ps", SupportKind),
    **each("party_support.kind.{}", "ps", SupportKind),
    "points.closed": "pq1 pq2",
    "points.published": ("pq1", "pq1 pq2"),
    "points.verified": ("pn1", "pn1 pn2"),
    "points.objections": ("pb1", "pb1 pb2"),
    "cautions.total": "ca1 ca2",
    "cautions.followed": ("ca1", "ca1 ca2"),
}
