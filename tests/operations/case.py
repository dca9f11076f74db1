"""A suggestion on its way through an office, for the tests of every step of it."""

from dataclasses import dataclass
from datetime import date

from deputydesk.models.choices import HandbackOutcome
from deputydesk.office import Office
from deputydesk.operations import assignments, feedbacks, replies, reviews, suggestions
from deputydesk.operations.assignments import AssignmentRow
from deputydesk.operations.suggestions import Detail, SuggestionRow
from deputydesk.rules.satisfaction import Satisfaction
from tests import make

SUBMITTED = date(2026, 1, 10)
ASSIGNED = date(2026, 3, 5)
SIGNED = date(2026, 3, 9)
REPLIED = date(2026, 5, 20)
RETURNED = date(2026, 5, 28)


@dataclass
class Case:
    """One suggestion, with its deputies and units; each step takes it one further."""

    office: Office
    id: str = ""
    lead: str = ""
    main: str = ""
    assist: str = ""
    other: str = ""

    @classmethod
    def entered(cls, office: Office, *, cosigners: int = 0, meeting_id: str = "") -> "Case":
        """A suggestion that was entered and has number 1."""
        case = cls(office, lead=make.deputy(office, name="赵春梅"))
        case.main = make.unit(office, name="区交通运输局")
        case.assist = make.unit(office, name="区财政局")
        case.other = make.unit(office, name="区水务局")
        others = tuple(make.deputy(office, name=f"附议{n}") for n in range(cosigners))
        case.id = office.do(
            suggestions.enter,
            headline="关于打通断头路的建议",
            lead_id=case.lead,
            cosigner_ids=others,
            meeting_id=meeting_id,
            submitted_on=SUBMITTED,
            reason="出行不便",
            proposal="打通滨河路",
            category="交通",
        )
        return case

    def another(self, headline: str = "关于修桥的建议") -> "Case":
        """A second suggestion of the same deputy, for the same units; entered."""
        made = self.office.do(
            suggestions.enter, headline=headline, lead_id=self.lead, submitted_on=SUBMITTED
        )
        return Case(self.office, made, self.lead, self.main, self.assist, self.other)

    @classmethod
    def accepted(cls, office: Office) -> "Case":
        """A suggestion that waits to be assigned."""
        case = cls.entered(office)
        office.do(reviews.accept, suggestion_id=case.id, reviewed_on=date(2026, 3, 2))
        return case

    @classmethod
    def assigned(cls, office: Office) -> "Case":
        """A suggestion with a main and an assisting unit, not signed for."""
        case = cls.accepted(office)
        case.give(main_id=case.main, assist_ids=(case.assist,))
        return case

    @classmethod
    def handled(cls, office: Office) -> "Case":
        """A suggestion that its main unit is working on."""
        case = cls.assigned(office)
        case.sign(case.main)
        return case

    @classmethod
    def separate(cls, office: Office) -> "Case":
        """A suggestion that two units answer, both working on it."""
        case = cls.accepted(office)
        case.give(separate_ids=(case.main, case.other))
        case.sign(case.main)
        case.sign(case.other)
        return case

    @classmethod
    def answered(cls, office: Office) -> "Case":
        """A suggestion whose main unit has answered."""
        case = cls.handled(office)
        case.answer(case.main)
        return case

    @classmethod
    def dissatisfied(cls, office: Office) -> "Case":
        """A suggestion that is handled again."""
        case = cls.answered(office)
        case.judge(Satisfaction.DISSATISFIED, opinion="没有解决")
        return case

    def give(
        self,
        *,
        main_id: str = "",
        assist_ids: tuple[str, ...] = (),
        separate_ids: tuple[str, ...] = (),
        assigned_on: date = ASSIGNED,
        long: bool = False,
    ) -> tuple[str, ...]:
        """Assign it."""
        return self.office.do(
            assignments.assign,
            suggestion_id=self.id,
            main_id=main_id,
            assist_ids=assist_ids,
            separate_ids=separate_ids,
            assigned_on=assigned_on,
            long=long,
        )

    def sign(self, unit_id: str) -> None:
        """A unit signs."""
        self.office.do(
            assignments.sign, assignment_id=self.of(unit_id).id, signed_on=SIGNED, signed_by="李强"
        )

    def answer(self, unit_id: str, answer_class: str = "A", day: date = REPLIED) -> str:
        """A unit answers."""
        return self.office.do(
            replies.answer,
            assignment_id=self.of(unit_id).id,
            answer_class=answer_class,
            replied_on=day,
            planned="明年建成" if answer_class == "B" else "",
            planned_by=date(2027, 6, 30) if answer_class == "B" else None,
        )

    def judge(
        self,
        result: Satisfaction,
        *,
        opinion: str = "",
        sent: date = REPLIED,
        back: date = RETURNED,
    ) -> str:
        """The deputy judges the answer; returns the form's id."""
        form = self.office.do(feedbacks.send, suggestion_id=self.id, sent_on=sent)
        self.office.do(
            feedbacks.receive,
            feedback_id=form,
            attitude=Satisfaction.SATISFIED,
            result=result,
            returned_on=back,
            opinion=opinion,
        )
        return form

    def of(self, unit_id: str) -> AssignmentRow:
        """What a unit has of it now."""
        found = self.office.ask(assignments.rows, suggestion_id=self.id, unit_id=unit_id)
        return next(a for a in reversed(found) if a.handback is not HandbackOutcome.AGREED)

    @property
    def row(self) -> SuggestionRow:
        """As the list shows it."""
        return self.office.ask(suggestions.rows, today=make.TODAY, ids=(self.id,))[0]

    @property
    def detail(self) -> Detail:
        """As its page shows it."""
        return self.office.ask(suggestions.detail, suggestion_id=self.id, today=make.TODAY)

    @property
    def steps(self) -> set[str]:
        """Operations that can be done now."""
        return {step.operation for step in self.detail.steps}

    @property
    def story(self) -> list[str]:
        """What happened, in words."""
        return [
            f"{event.on:%m-%d} {event.text} {event.who}".strip() for event in self.detail.events
        ]
