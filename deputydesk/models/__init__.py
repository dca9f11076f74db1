"""All tables; importing the package is knowing the schema."""

from deputydesk.models.base import Base, Record, label, labels
from deputydesk.models.evaluation import Evaluation, EvaluationEntry
from deputydesk.models.handling import (
    Assignment,
    Commitment,
    Extension,
    Feedback,
    Reply,
    Talk,
    Urging,
)
from deputydesk.models.office import AnswerClass, DeadlineRule, GradeScale, OfficeProfile
from deputydesk.models.opinion import Opinion, Voter
from deputydesk.models.person import Mandate, Person
from deputydesk.models.place import DeputyGroup, ElectoralDistrict, Home, Station
from deputydesk.models.suggestion import Cosigner, Suggestion
from deputydesk.models.term import Meeting, Term
from deputydesk.models.unit import Unit
from deputydesk.models.visit import Visit, VisitDeputy

__all__ = [
    "AnswerClass",
    "Assignment",
    "Base",
    "Commitment",
    "Cosigner",
    "DeadlineRule",
    "DeputyGroup",
    "ElectoralDistrict",
    "Evaluation",
    "EvaluationEntry",
    "Extension",
    "Feedback",
    "GradeScale",
    "Home",
    "Mandate",
    "Meeting",
    "OfficeProfile",
    "Opinion",
    "Person",
    "Record",
    "Reply",
    "Station",
    "Suggestion",
    "Talk",
    "Term",
    "Unit",
    "Urging",
    "Visit",
    "VisitDeputy",
    "Voter",
    "label",
    "labels",
]
