"""A file per noun. Django finds the models here; our own code imports them from their files."""

from clinic.models.access_check import AccessCheck
from clinic.models.ai_stop import AiStop
from clinic.models.alert_act import AlertAct
from clinic.models.appointment import Appointment
from clinic.models.assignment import AnswersDraft, Assignment, InstrumentPermission
from clinic.models.care import CareRelationship
from clinic.models.clinic import Clinic
from clinic.models.consent import ConsentGrant
from clinic.models.danger import DangerReading, DangerRelease, DangerReplay
from clinic.models.handover import HandedPlan, Handover
from clinic.models.imported import ImportBatch, ImportConsent, ImportedResource, OutsideIdentifier
from clinic.models.invitation import Invitation
from clinic.models.message import Message
from clinic.models.observation import CheckIn, Observation
from clinic.models.oncall import Absence, PagingAddress, RotaSlot
from clinic.models.outbox import OutboxMessage
from clinic.models.page import Page, PageAttempt
from clinic.models.password_link import PasswordLink, WrongProof
from clinic.models.patient import Patient
from clinic.models.permission import RecordPermission
from clinic.models.profile import ProfileFact
from clinic.models.pulse import Pulse
from clinic.models.questionnaire import Instrument, QuestionnaireResponse
from clinic.models.risk import RiskAssessment, SafetyTask
from clinic.models.safety import SafetyAlert
from clinic.models.safety_plan import SafetyPlanEntry, SafetyPlanReview
from clinic.models.screening import ScreeningFact
from clinic.models.token import ApiToken
from clinic.models.tries import PasswordTries
from clinic.models.user import RoleGrant, StaffProfile, User

__all__ = [
    "Absence",
    "AccessCheck",
    "AiStop",
    "AlertAct",
    "AnswersDraft",
    "ApiToken",
    "Appointment",
    "Assignment",
    "CareRelationship",
    "CheckIn",
    "Clinic",
    "ConsentGrant",
    "DangerReading",
    "DangerRelease",
    "DangerReplay",
    "HandedPlan",
    "Handover",
    "ImportBatch",
    "ImportConsent",
    "ImportedResource",
    "Instrument",
    "InstrumentPermission",
    "Invitation",
    "Message",
    "Observation",
    "OutboxMessage",
    "OutsideIdentifier",
    "Page",
    "PageAttempt",
    "PagingAddress",
    "PasswordLink",
    "PasswordTries",
    "Patient",
    "ProfileFact",
    "Pulse",
    "QuestionnaireResponse",
    "RecordPermission",
    "RiskAssessment",
    "RoleGrant",
    "RotaSlot",
    "SafetyAlert",
    "SafetyPlanEntry",
    "SafetyPlanReview",
    "SafetyTask",
    "ScreeningFact",
    "StaffProfile",
    "User",
    "WrongProof",
]
