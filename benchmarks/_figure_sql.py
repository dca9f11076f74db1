"""Every figure of the catalogue as SQL that somebody would write by hand: the floor."""

from benchmarks import _figure_sql_more
from benchmarks._plain_sql import Period, Sql, count, rate
from deputydesk.models.choices import Channel, HomeLevel, Level, Route, StationRole, VisitKind
from deputydesk.models.oversight import DispatchKind, OversightKind
from deputydesk.rules.periods import Span

LINKS = "('link_voters','link_deputies')"


def statements(span: Span | None) -> Sql:
    """Every figure of a period."""
    p = Period(span)
    parts = (_places, _people, _opinions, _suggestions, _handling, _oversight, _visits, _duty)
    found = _figure_sql_more.statements(p)
    for part in parts:
        found |= part(p)
    return found


def _places(p: Period) -> Sql:
    homes, supervisors = p.begun("opened_on"), p.standing("from_on", "to_on")
    visited = (
        f"EXISTS(SELECT 1 FROM visit v WHERE v.home_id=home.id AND v.kind NOT IN {LINKS}"
        f" AND {p.on('v.held_on')})"
    )
    enough = (
        f"(SELECT count(*) FROM supervisor s WHERE s.home_id=home.id AND {supervisors})"
        " BETWEEN 2 AND 3"
    )
    newest = (
        "NOT EXISTS(SELECT 1 FROM home_check n WHERE n.home_id=home_check.home_id AND"
        " n.item=home_check.item AND (n.checked_on>home_check.checked_on OR"
        " n.checked_on=home_check.checked_on AND n.id>home_check.id))"
    )
    shifts = f"state<>'cancelled' AND {p.on('planned_on')}"
    return {
        "homes.total": [count("home", homes)],
        **{f"homes.level.{x}": [count("home", homes, f"level='{x}'")] for x in HomeLevel},
        "homes.opened": [count("home", p.on("opened_on"))],
        "coverage.homes": rate("home", homes, visited),
        "home_checks.passed": rate("home_check", newest, "passed"),
        "stations.total": [count("station")],
        **{
            f"stations.role.{x}": [count("station", f"roles LIKE '%\"{x}\"%'")] for x in StationRole
        },
        "supervisors.total": [count("supervisor", supervisors)],
        "supervisors.homes": rate("home", homes, enough),
        "supervisors.remarks": [count("supervisor_remark", p.on("made_on"))],
        "rota.held": rate("rota_shift", shifts, "state='held'"),
        "groups.total": [count("deputy_group")],
        "districts.total": [count("electoral_district")],
    }


def _people(p: Period) -> Sql:
    there = p.standing("started_on", "ended_on")
    seat = f"EXISTS(SELECT 1 FROM mandate m WHERE m.person_id=person.id AND {there})"
    return {
        "mandates.total": [count("mandate", there, "main")],
        **{f"mandates.level.{x}": [count("mandate", there, "main", f"level='{x}'")] for x in Level},
        "mandates.seats": [count("mandate", there)],
        "persons.total": [count("person", seat)],
        "mandates.suspended": [count("mandate", there, "main", "suspended")],
        "mandates.ended": [count("mandate", p.on("ended_on"))],
        "vacancies.filled": rate("vacancy", p.on("arose_on"), "elected_announced_on IS NOT NULL"),
    }


def _opinions(p: Period) -> Sql:
    heard = p.on("heard_on")
    received = f"{heard} AND channel IN ('home','reception','studio')"
    judged = f"{heard} AND satisfaction IN ('satisfied','mostly','dissatisfied')"
    return {
        "opinions.heard": [count("opinion", heard)],
        "opinions.matters": [count("opinion", heard, "state<>'merged'")],
        "opinions.settled": rate("opinion", heard, "settled_on IS NOT NULL"),
        "opinions.received": [count("opinion", received)],
        "opinions.handed_on": rate("opinion", received, "route IN ('unit','village','suggestion')"),
        **{f"opinions.channel.{x}": [count("opinion", heard, f"channel='{x}'")] for x in Channel},
        **{
            f"opinions.route.{x or 'open'}": [count("opinion", heard, f"route='{x}'")]
            for x in Route
        },
        "opinions.told": rate("opinion", heard, "told_on IS NOT NULL"),
        "opinions.satisfied": rate("opinion", judged, "satisfaction='satisfied'"),
    }


def _suggestions(p: Period) -> Sql:
    made = p.on("submitted_on")
    newest = (
        "(SELECT n.id FROM meeting n WHERE EXISTS(SELECT 1 FROM suggestion i WHERE"
        f" i.meeting_id=n.id AND {p.on('i.submitted_on')})"
        " ORDER BY n.opened_on DESC, n.number DESC LIMIT 1)"
    )
    earlier = (
        "(SELECT b.id FROM meeting b JOIN meeting n ON n.term_id=b.term_id AND"
        f" n.number=b.number+1 WHERE n.id={newest} ORDER BY b.id LIMIT 1)"
    )
    voters = "EXISTS(SELECT 1 FROM opinion o WHERE o.suggestion_id=suggestion.id)"
    signed = "EXISTS(SELECT 1 FROM cosigner c WHERE c.suggestion_id=suggestion.id)"
    plain = {
        "suggestions.total": "1",
        "suggestions.meeting": "meeting_id<>''",
        "suggestions.between": "meeting_id=''",
        "suggestions.cosigned": signed,
        "suggestions.from_voters": voters,
        "suggestions.rejected": "state='rejected'",
        "suggestions.merged": "merged_into<>''",
        "suggestions.key": "key",
        "suggestions.repeated": "repeated",
        "suggestions.rehandled": "round>1",
    }
    return {ident: [count("suggestion", made, where)] for ident, where in plain.items()} | {
        "suggestions.growth": [
            count("suggestion", made, f"meeting_id={newest}"),
            count("suggestion", f"meeting_id={earlier}"),
        ]
    }


def _handling(p: Period) -> Sql:
    made = p.on("submitted_on")
    main = "a.role IN ('main','separate')"
    given = f"EXISTS(SELECT 1 FROM assignment a WHERE a.suggestion_id=suggestion.id AND {main}"
    assigned = f"{made} AND {given})"
    due = f"{assigned} AND {given} AND {p.due('a.due_on')})"
    answered = "EXISTS(SELECT 1 FROM reply r WHERE r.suggestion_id=suggestion.id)"
    late = (
        "EXISTS(SELECT 1 FROM reply r JOIN assignment a ON a.id=r.assignment_id"
        " WHERE r.suggestion_id=suggestion.id AND r.replied_on>a.due_on)"
    )
    talked = (
        "EXISTS(SELECT 1 FROM talk_with_deputy t WHERE t.suggestion_id=suggestion.id AND"
        " t.form<>'none' AND t.held_on<=(SELECT min(r.replied_on) FROM reply r"
        " WHERE r.suggestion_id=suggestion.id))"
    )
    back = "f.suggestion_id=suggestion.id AND f.returned_on IS NOT NULL"
    returned = f"{made} AND EXISTS(SELECT 1 FROM feedback f WHERE {back})"

    def said(what: str, sign: str = ">") -> str:
        return (
            f"EXISTS(SELECT 1 FROM feedback f WHERE {back} AND {what} AND NOT EXISTS(SELECT 1"
            " FROM feedback g WHERE g.suggestion_id=f.suggestion_id AND g.returned_on IS NOT NULL"
            f" AND g.round{sign}f.round))"
        )

    solved = (
        "EXISTS(SELECT 1 FROM reply r WHERE r.suggestion_id=suggestion.id AND r.answer_class='A'"
        " AND NOT EXISTS(SELECT 1 FROM reply s WHERE s.suggestion_id=r.suggestion_id"
        " AND s.round>r.round))"
    )
    promised = "EXISTS(SELECT 1 FROM commitment c WHERE c.suggestion_id=suggestion.id"
    kept = f"({solved} OR {promised}) AND NOT {promised} AND c.state<>'kept'))"
    mine = (
        "assignment a JOIN suggestion s ON s.id=a.suggestion_id",
        f"{main} AND a.round=s.round AND a.handback<>'agreed' AND {p.on('a.assigned_on')}",
    )
    promises = "commitment c JOIN suggestion s ON s.id=c.suggestion_id"
    s = "suggestion"
    return {
        "suggestions.answered": [count(s, made, answered), count(s, assigned)],
        "assignments.closed": rate(*mine, "s.closed_on IS NOT NULL"),
        "suggestions.answered_due": rate(s, due, answered),
        "suggestions.answered_in_time": rate(s, f"{made} AND {answered}", f"NOT {late}"),
        "suggestions.talked_over": rate(s, f"{made} AND {answered}", talked),
        "suggestions.satisfied": rate(s, returned, said("f.result='satisfied'")),
        "suggestions.mostly_satisfied": rate(
            s, returned, said("f.result IN ('satisfied','mostly')")
        ),
        "suggestions.satisfied_first": rate(s, returned, said("f.result='satisfied'", "<")),
        "suggestions.attitude": rate(s, returned, said("f.attitude='satisfied'")),
        "suggestions.kept": rate(s, assigned, kept),
        "commitments.kept": rate(promises, p.on("s.submitted_on"), "c.state='kept'"),
        "suggestions.closed": rate(s, assigned, "closed_on IS NOT NULL"),
        "suggestions.handed_back": [count("assignment", "handback<>''", p.on("handback_on"))],
        "extensions.granted": rate("extension", p.on("asked_on"), "granted"),
        "urgings.total": [count("urging", p.on("urged_on"))],
        "urgings.letters": [count("urging", p.on("urged_on"), "by_letter")],
        "replies.total": [count("reply", p.on("replied_on"))],
    }


def _oversight(p: Period) -> Sql:
    began, made = p.on("started_on"), p.on("screened_on")
    to = f"{made} AND direction='to_procuratorate'"
    when = "coalesce(rectified_on,sued_on,issued_on,screened_on)"
    return {
        "oversight.total": [count("oversight", began)],
        **{
            f"oversight.kind.{x}": [count("oversight", began, f"kind='{x}'")] for x in OversightKind
        },
        "oversight.done": rate("oversight", began, "state='done'"),
        "oversight.visits": [count("oversight_visit", p.on("held_on"))],
        **{
            f"dispatches.{x}": [count("dispatch", p.on("last_on"), f"kind='{x}'")]
            for x in DispatchKind
        },
        "conversions.total": [count("conversion", made)],
        "conversions.to_procuratorate": [count("conversion", to)],
        "conversions.from_procuratorate": [
            count("conversion", made, "direction='from_procuratorate'")
        ],
        "conversions.filed": rate("conversion", to, "filed_on IS NOT NULL"),
        "conversions.rectified": rate(
            "conversion", f"{made} AND issued_on IS NOT NULL", "rectified_on IS NOT NULL"
        ),
        "conversions.recovered": [count("conversion", p.on(when), what="sum(recovered)")],
    }


def _visits(p: Period) -> Sql:
    held = p.on("held_on")
    home = f"{held} AND kind NOT IN {LINKS}"
    came = "visit_deputy d JOIN visit v ON v.id=d.visit_id"
    return {
        "home_activities.total": [count("visit", home)],
        **{
            f"home_activities.kind.{x}": [count("visit", held, f"kind='{x}'")]
            for x in VisitKind
            if not x.startswith("link")
        },
        "home_activities.deputies": [count(came, p.on("v.held_on"), f"v.kind NOT IN {LINKS}")],
        "reception.voters": [count("visit", home, what="sum(received)")],
        "link.voters": [count("visit", held, "kind='link_voters'", what="sum(received)")],
        "link.total": [count("visit", held, "kind='link_voters'")],
        "link.deputies": [count("visit", held, "kind='link_deputies'")],
    }


def _duty(p: Period) -> Sql:
    serving = f"main AND NOT suspended AND {p.active('started_on', 'ended_on')}"
    leading = f"{serving} AND person_id IN (SELECT id FROM person WHERE leader)"

    def came(*where: str) -> str:
        more = "".join(f" AND {one}" for one in where)
        return (
            "EXISTS(SELECT 1 FROM visit_deputy d JOIN visit v ON v.id=d.visit_id WHERE"
            f" d.mandate_id=mandate.id AND {p.on('v.held_on')}{more})"
        )

    def at(kind: str) -> str:
        return (
            f"EXISTS(SELECT 1 FROM attendance a JOIN {kind} e ON e.id=a.event_id WHERE"
            f" a.mandate_id=mandate.id AND a.event_kind='{kind}' AND a.presence='present'"
            f" AND {p.on('e.held_on')})"
        )

    def did(table: str, column: str, day: str) -> str:
        return f"EXISTS(SELECT 1 FROM {table} x WHERE x.{column}=mandate.id AND {p.on('x.' + day)})"

    counted = f"state<>'prepared' AND {p.on('held_on')}"
    entries = "evaluation_entry n JOIN evaluation e ON e.id=n.evaluation_id"
    reported = (
        f"EXISTS(SELECT 1 FROM {entries} WHERE n.mandate_id=mandate.id AND"
        f" e.state<>'prepared' AND {p.on('e.held_on')})"
    )
    at_home = f"v.kind NOT IN {LINKS}"
    meetings = "attendance a JOIN meeting m ON m.id=a.event_id"
    return {
        "coverage.deputies": rate("mandate", serving, came()),
        "coverage.at_home": rate("mandate", serving, came(at_home)),
        "coverage.link": rate("mandate", serving, came("v.kind='link_voters'")),
        "coverage.leaders": rate("mandate", leading, came(at_home)),
        "coverage.heard": rate("mandate", serving, did("opinion", "mandate_id", "heard_on")),
        "coverage.suggestions": rate(
            "mandate", serving, did("suggestion", "lead_id", "submitted_on")
        ),
        "coverage.activities": rate("mandate", serving, at("activity")),
        "coverage.training": rate("mandate", serving, at("training")),
        "coverage.reporting": rate("mandate", serving, reported),
        "evaluations.total": [count("evaluation", counted)],
        "evaluations.deputies": [count(entries, "e.state<>'prepared'", p.on("e.held_on"))],
        "meetings.attendance": rate(
            meetings,
            f"a.event_kind='meeting' AND a.presence<>'expected' AND {p.on('m.opened_on')}",
            "a.presence='present'",
        ),
        "leaves.approved": rate('"leave"', p.on("from_on"), "approval='approved'"),
        "honours.total": [count("honour", p.on("given_on"))],
    }
