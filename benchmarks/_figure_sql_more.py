"""Further figures as SQL written by hand: activities, projects, casework, money, chronicle."""

from benchmarks._plain_sql import Period, Sql, count, rate
from deputydesk.models.activity import ActivityKind, ServiceKind, TrainingLevel
from deputydesk.models.assembly import AssemblyKind
from deputydesk.models.choices import Level
from deputydesk.models.chronicle import OutletLevel, PracticeKind, SupportKind
from deputydesk.models.expense import ExpenseKind
from deputydesk.models.legislation import LegRole
from deputydesk.rules.petition_flow import PetitionState

OVERSEEING = "('report','inspection','law_check','follow_up','research','committee','interview')"
CHOSEN = "('chosen','building','done','judged')"


def statements(p: Period) -> Sql:
    """These figures of a period."""
    found: Sql = {}
    for part in (_activities, _projects, _casework, _money, _chronicle, _overdue):
        found |= part(p)
    return found


def _overdue(p: Period) -> Sql:
    replies = count(
        "assignment a JOIN suggestion s ON s.id=a.suggestion_id",
        "s.state IN ('assigned','handling','rehandle') AND a.round=s.round AND a.role<>'assist'",
        "a.handback<>'agreed' AND NOT EXISTS(SELECT 1 FROM reply r WHERE r.assignment_id=a.id)",
        p.passed("a.due_on"),
    )
    opinions = count("opinion", "state='assigned'", p.passed("due_on"))
    commitments = count("commitment", "state='open'", p.passed("due_on"))
    said = count("event_opinion", "unit_id<>'' AND fed_back_on IS NULL", p.passed("due_on"))
    reports = count("activity", "feedback_on IS NULL", p.passed("feedback_due_on"))
    milestones = count(
        "milestone m JOIN project j ON j.id=m.project_id",
        "m.done_on IS NULL AND j.state IN ('chosen','building')",
        p.passed("m.due_on"),
    )
    return {
        "overdue.total": [_sum(replies, opinions, commitments, said, reports, milestones)],
        "overdue.replies": [replies],
        "overdue.opinions": [opinions],
        "overdue.commitments": [commitments],
        "overdue.feedback": [_sum(said, reports)],
        "overdue.milestones": [milestones],
    }


def _sum(*counts: str) -> str:
    return "SELECT " + "+".join(f"({each})" for each in counts)


def _activities(p: Period) -> Sql:
    held = p.on("held_on")
    overseen = f"kind IN {OVERSEEING}"
    joined = "JOIN activity a ON a.id=e.event_id"
    there = ("e.event_kind='activity'", p.on("a.held_on"))
    cadre = (*there, "a.kind='cadre'")
    speaker = "coalesce(nullif(e.mandate_id,''),e.speaker)"
    times = "sum(CASE WHEN times>0 THEN times ELSE 1 END)"
    courses = "sum(CASE WHEN sessions>0 THEN sessions ELSE 1 END)"
    classes = "form='classroom'"
    return {
        "activities.total": [count("activity", held)],
        **{f"activities.kind.{x}": [count("activity", held, f"kind='{x}'")] for x in ActivityKind},
        **{
            f"activities.kind.{x}.people": [
                count("activity", held, f"kind='{x}'", what="sum(people)")
            ]
            for x in ActivityKind
        },
        "activities.overseeing": [count("activity", held, overseen)],
        "activities.overseeing.people": [count("activity", held, overseen, what="sum(people)")],
        "activities.deputies": [count(f"attendance e {joined}", *there, "e.presence='present'")],
        "activities.pre_meeting.topics": [
            count("activity", held, "kind='pre_meeting'", what="sum(json_array_length(topics))")
        ],
        "activities.opinions": rate(
            f"event_opinion e {joined}", " AND ".join(there), "e.fed_back_on IS NOT NULL"
        ),
        "cadre_opinions.people": [
            count(
                f"event_opinion e {joined}",
                *cadre,
                f"{speaker}<>''",
                what=f"count(DISTINCT {speaker})",
            )
        ],
        "cadre_opinions.total": [count(f"event_opinion e {joined}", *cadre)],
        "activities.fed_back": rate(
            "activity", f"{held} AND forwarded_on IS NOT NULL", "feedback_on IS NOT NULL"
        ),
        "services.total": [count("service", held, what=times)],
        "services.people": [count("service", held, what="sum(people)")],
        **{
            f"services.kind.{x}": [count("service", held, f"kind='{x}'", what=times)]
            for x in ServiceKind
        },
        **{
            f"services.kind.{x}.people": [count("service", held, f"kind='{x}'", what="sum(people)")]
            for x in ServiceKind
        },
        "trainings.online": [count("training", held, "form='online'", what=courses)],
        "trainings.classroom": [count("training", held, classes, what=courses)],
        **{
            f"trainings.level.{x}": [count("training", held, classes, f"level='{x}'", what=courses)]
            for x in TrainingLevel
        },
        "trainings.people": [count("training", held, what="sum(people)")],
        "trainings.hours": [count("training", held, what="sum(hours)")],
    }


def _projects(p: Period) -> Sql:
    year = p.years("year")
    chosen = f"{year} AND state IN {CHOSEN}"
    judged = "EXISTS(SELECT 1 FROM project_eval e WHERE e.project_id=project.id)"
    held = p.on("held_on")
    return {
        "projects.collected": [count("project", year)],
        "projects.total": [count("project", chosen)],
        **{
            f"projects.level.{x}": [count("project", chosen, f"level='{x}'")]
            for x in ("district", "town")
        },
        **{
            f"projects.level.{x}.invested": [
                count("project", chosen, f"level='{x}'", what="sum(budget)")
            ]
            for x in ("district", "town")
        },
        "projects.done": rate("project", chosen, "state IN ('done','judged')"),
        "projects.judged": rate("project", chosen, judged),
        "projects.paid": [count("project_payment", p.on("paid_on"), what="sum(amount)")],
        "project_votes.total": [count("project_vote", held, "state<>'prepared'")],
        "project_evals.total": [count("project_eval", held)],
        "project_evals.satisfied": [
            count("project_eval", held, what="sum(satisfied)"),
            count("project_eval", held, what="sum(satisfied+mostly+dissatisfied)"),
        ],
        "milestones.done": rate("milestone", p.on("due_on"), "done_on IS NOT NULL"),
    }


def _casework(p: Period) -> Sql:
    said, given, held = p.on("reported_on"), p.on("given_on"), p.on("held_on")
    spoken = "event_opinion e JOIN assembly a ON a.id=e.event_id"
    return {
        "petitions.total": [count("petition", said)],
        **{
            f"petitions.state.{x}": [count("petition", said, f"state='{x}'")] for x in PetitionState
        },
        "petitions.people": [count("petition", said, what="sum(people)")],
        "petitions.told_in_time": rate(
            "petition", f"{said} AND told_on IS NOT NULL", "told_on<=told_due_on"
        ),
        "petitions.answered_in_time": rate(
            "petition", f"{said} AND answered_on IS NOT NULL", "answered_on<=due_on"
        ),
        "petitions.closed": rate("petition", said, "state IN ('closed','ended')"),
        "leg_rounds.total": [count("leg_round", p.on("received_on"))],
        "leg_rounds.people": [count("leg_round", p.on("received_on"), what="sum(people)")],
        **{
            f"leg_persons.{x}": [count("leg_person", f"role='{x}'", p.standing("from_on", "to_on"))]
            for x in LegRole
        },
        "leg_opinions.total": [count("leg_opinion", given)],
        "leg_opinions.fed_back": rate("leg_opinion", given, "fed_back_on IS NOT NULL"),
        "leg_opinions.adopted": rate("leg_opinion", given, "adoption IN ('adopted','partly')"),
        "assembly_members.total": [count("assembly_member", p.standing("from_on", "to_on"))],
        "assemblies.total": [count("assembly", held)],
        **{f"assemblies.kind.{x}": [count("assembly", held, f"kind='{x}'")] for x in AssemblyKind},
        "assemblies.present": [
            count("assembly", held, what="sum(present)"),
            count("assembly", held, what="sum(expected)"),
        ],
        "assemblies.opinions": [count(spoken, "e.event_kind='assembly'", p.on("a.held_on"))],
    }


def _money(p: Period) -> Sql:
    heads = (
        "coalesce(headcount,(SELECT count(*) FROM mandate m WHERE m.level=expense_rate.level AND"
        " (started_on IS NULL OR strftime('%Y',started_on)+0<=year) AND"
        " (ended_on IS NULL OR strftime('%Y',ended_on)+0>year)))"
    )
    quota = count("expense_rate", p.years("year"), what=f"sum(per_head*{heads})")
    funds = count("fund", p.years("year"), what="sum(amount)")
    spent = count("expense", p.on("spent_on"), what="sum(amount)")
    newest = (
        "NOT EXISTS(SELECT 1 FROM expense_rate n WHERE n.level=expense_rate.level AND"
        f" n.year>expense_rate.year AND {p.years('n.year')})"
    )
    return {
        **{
            f"expense_rates.{x}": [
                count("expense_rate", f"level='{x}'", p.years("year"), newest, what="sum(per_head)")
            ]
            for x in Level
        },
        "budget.quota": [quota],
        "budget.funds": [funds],
        "budget.total": [f"SELECT coalesce(({quota}),0)+coalesce(({funds}),0)"],
        "expenses.total": [spent],
        **{
            f"expenses.kind.{x}": [
                count("expense", p.on("spent_on"), f"kind='{x}'", what="sum(amount)")
            ]
            for x in ExpenseKind
        },
        "budget.left": [
            f"SELECT coalesce(({quota}),0)+coalesce(({funds}),0)-coalesce(({spent}),0)"
        ],
        "expenses.vouchers": [count("expense", p.on("spent_on"))],
    }


def _chronicle(p: Period) -> Sql:
    out, to, noted, held = (
        p.on("published_on"),
        p.on("to_on"),
        p.on("noted_on"),
        p.on("held_on"),
    )
    return {
        "regulations.total": [count("regulation", p.standing("adopted_on", "ended_on"))],
        "regulations.adopted": [count("regulation", p.on("adopted_on"))],
        "publicity.total": [count("publicity", out)],
        **{f"publicity.level.{x}": [count("publicity", out, f"level='{x}'")] for x in OutletLevel},
        "publicity.above": [count("publicity", out, "level IN ('nation','region')")],
        "polls.total": [count("online_poll", to)],
        "polls.hits": [count("online_poll", to, what="sum(hits)")],
        "polls.votes": [count("online_poll", to, what="sum(votes)")],
        "polls.winners": [count("online_poll", to, what="sum(json_array_length(winners))")],
        "practices.total": [count("practice", noted)],
        **{f"practices.kind.{x}": [count("practice", noted, f"kind='{x}'")] for x in PracticeKind},
        "practices.amount": [count("practice", noted, what="sum(amount)")],
        "party_support.total": [count("party_support", held)],
        **{
            f"party_support.kind.{x}": [count("party_support", held, f"kind='{x}'")]
            for x in SupportKind
        },
        "points.closed": [count("point_quarter", p.on("closed_on"))],
        "points.published": rate("point_quarter", p.on("closed_on"), "published_on IS NOT NULL"),
        "points.verified": rate("point_entry", p.on("earned_on"), "state='verified'"),
        "points.objections": rate("point_objection", p.on("raised_on"), "decided_on IS NOT NULL"),
        "cautions.total": [count("caution", held)],
        "cautions.followed": rate("caution", held, "followed_on IS NOT NULL"),
    }
