"""Changes of care: what would happen, handing it to a colleague, ending it, and looking at the plans that came along.

handover.outlook(patient=, giver=, at=)                                     what a change would touch, in figures
handover.transfer(patient=, giver=, receiver=, choice=, by=, at=)           to a colleague, in one transaction
handover.discharge(patient=, ending=, by=, at=)                             care ends; what is the patient's stays
handover.confirm(handed=, by=, at=)                                         a plan that a colleague signed stands on
"""

from recommendations.handover.discharge import Ending, discharge, refused_while_open
from recommendations.handover.outlook import Outlook, outlook
from recommendations.handover.plans import confirm, handed_plan, to_be_confirmed, waiting_plans
from recommendations.handover.transfer import Choice, HandoverRefused, receivers, transfer

__all__ = [
    "Choice",
    "Ending",
    "HandoverRefused",
    "Outlook",
    "confirm",
    "discharge",
    "handed_plan",
    "outlook",
    "receivers",
    "refused_while_open",
    "to_be_confirmed",
    "transfer",
    "waiting_plans",
]
