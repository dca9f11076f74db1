"""Papers that name their record, as they were printed: of a feedback form and of a petition."""

from datetime import date

from deputydesk.operations import feedbacks, petition_steps, petitions, reviews, scan_runs
from deputydesk.operations.scan_runs import NAMED, Printed
from deputydesk.reports import feedback_form, return_visit
from deputydesk.rules.satisfaction import Option
from deputydesk.rules.scan_plan import Plan, Question
from tests import make
from tests.operations import scan_world as world
from tests.operations.case import REPLIED, Case

FEEDBACK = tuple(
    Question(
        q.field, "".join(q.label.split()), tuple(Option(value, label) for value, label in q.options)
    )
    for q in feedback_form.QUESTIONS
)


def feedback(office):
    """A feedback form that is with the deputy, and its case."""
    case = Case.answered(office)
    return office.do(feedbacks.send, suggestion_id=case.id, sent_on=REPLIED), case


def another(office, case):
    """A second feedback form that is with the deputy."""
    other = case.another()
    office.do(reviews.accept, suggestion_id=other.id, reviewed_on=date(2026, 3, 2))
    other.give(main_id=case.main)
    other.sign(case.main)
    other.answer(case.main)
    return office.do(feedbacks.send, suggestion_id=other.id, sent_on=REPLIED)


def petition(office):
    """A petition that is settled and waits for the visit."""
    unit = make.unit(office, name="区信访局")
    made = office.do(petitions.save, reported_on=date(2026, 3, 2), matter="界线", voter_name="郝平")
    agent = make.deputy(office, name="赵春梅")
    steps = (
        (petitions.name_agent, {"agent_id": agent, "named_on": date(2026, 3, 3)}),
        (petition_steps.register, {"unit_id": unit, "registered_on": date(2026, 3, 5)}),
        (petition_steps.tell, {"told_on": date(2026, 3, 16)}),
        (
            petition_steps.answer,
            {"answer": "恢复", "accepted": True, "answered_on": date(2026, 5, 6)},
        ),
        (petition_steps.close, {"closed_on": date(2026, 5, 7)}),
    )
    for step, given in steps:
        office.do(step, petition_id=made, **given)
    return made


def run(office, kind, record_id, questions):
    """The run of such a paper."""
    printed = Printed(
        code=record_id[-12:].upper(),
        form=kind,
        record_kind=kind,
        record_id=record_id,
        name="征询意见表",
        secret=False,
        layout="ZX-3",
        plan=Plan((tuple(questions),)),
        details={NAMED: True},
    )
    return office.do(scan_runs.note, printed=printed, blank=world.content("空白表.pdf"), copies=1)


def of_feedback(office):
    """A feedback form's run, and its case."""
    form, case = feedback(office)
    return run(office, "feedback", form, FEEDBACK), case


def of_petition(office):
    """A petition's run, and the petition."""
    made = petition(office)
    return run(office, "petition", made, return_visit.QUESTIONS), made
