"""All tables; importing the package is knowing the schema."""

from deputydesk.models.account import Account, AccountEvent, AccountVault
from deputydesk.models.activity import Activity, EventOpinion, Service, Training
from deputydesk.models.annual_report import AnnualReport
from deputydesk.models.assembly import Assembly, AssemblyMember
from deputydesk.models.attachment import Attachment
from deputydesk.models.attendance import Attendance, Leave
from deputydesk.models.base import Base, Record, label, labels
from deputydesk.models.caution import Caution
from deputydesk.models.chronicle import (
    Honour,
    OnlinePoll,
    PartySupport,
    Practice,
    Publicity,
    Regulation,
)
from deputydesk.models.conversion import Conversion
from deputydesk.models.document_number import DocumentNumber
from deputydesk.models.evaluation import Evaluation, EvaluationEntry
from deputydesk.models.expense import Expense, ExpenseRate, Fund
from deputydesk.models.handling import (
    Assignment,
    Commitment,
    Extension,
    Feedback,
    Reply,
    Talk,
    Urging,
)
from deputydesk.models.home_check import HomeCheck, RotaShift, Supervisor, SupervisorRemark
from deputydesk.models.legislation import LegOpinion, LegPerson, LegRound
from deputydesk.models.office import AnswerClass, DeadlineRule, GradeScale, OfficeProfile
from deputydesk.models.opinion import Opinion, Voter, VoterSharing
from deputydesk.models.oversight import Dispatch, Oversight, OversightVisit
from deputydesk.models.person import Mandate, Person
from deputydesk.models.petition import Petition
from deputydesk.models.place import DeputyGroup, ElectoralDistrict, Home, Station
from deputydesk.models.points import PointEntry, PointObjection, PointQuarter, PointScheme
from deputydesk.models.preset import Preset
from deputydesk.models.printout import Printout
from deputydesk.models.project import (
    Milestone,
    Project,
    ProjectEval,
    ProjectPayment,
    ProjectVote,
    ProjectVoteEntry,
)
from deputydesk.models.scan import (
    ScanBatch,
    ScanDecision,
    ScanLook,
    ScanPage,
    ScanReading,
    ScanRetention,
    ScanRun,
)
from deputydesk.models.suggestion import Cosigner, Suggestion
from deputydesk.models.survey import Survey
from deputydesk.models.term import Meeting, Term
from deputydesk.models.unit import Unit
from deputydesk.models.vacancy import Vacancy
from deputydesk.models.visit import Visit, VisitDeputy
from deputydesk.models.work_report import WorkReport

__all__ = [
    "Account",
    "AccountEvent",
    "AccountVault",
    "Activity",
    "AnnualReport",
    "AnswerClass",
    "Assembly",
    "AssemblyMember",
    "Assignment",
    "Attachment",
    "Attendance",
    "Base",
    "Caution",
    "Commitment",
    "Conversion",
    "Cosigner",
    "DeadlineRule",
    "DeputyGroup",
    "Dispatch",
    "DocumentNumber",
    "ElectoralDistrict",
    "Evaluation",
    "EvaluationEntry",
    "EventOpinion",
    "Expense",
    "ExpenseRate",
    "Extension",
    "Feedback",
    "Fund",
    "GradeScale",
    "Home",
    "HomeCheck",
    "Honour",
    "Leave",
    "LegOpinion",
    "LegPerson",
    "LegRound",
    "Mandate",
    "Meeting",
    "Milestone",
    "OfficeProfile",
    "OnlinePoll",
    "Opinion",
    "Oversight",
    "OversightVisit",
    "PartySupport",
    "Person",
    "Petition",
    "PointEntry",
    "PointObjection",
    "PointQuarter",
    "PointScheme",
    "Practice",
    "Preset",
    "Printout",
    "Project",
    "ProjectEval",
    "ProjectPayment",
    "ProjectVote",
    "ProjectVoteEntry",
    "Publicity",
    "Record",
    "Regulation",
    "Reply",
    "RotaShift",
    "ScanBatch",
    "ScanDecision",
    "ScanLook",
    "ScanPage",
    "ScanReading",
    "ScanRetention",
    "ScanRun",
    "Service",
    "Station",
    "Suggestion",
    "Supervisor",
    "SupervisorRemark",
    "Survey",
    "Talk",
    "Term",
    "Training",
    "Unit",
    "Urging",
    "Vacancy",
    "Visit",
    "VisitDeputy",
    "Voter",
    "VoterSharing",
    "WorkReport",
    "label",
    "labels",
]
