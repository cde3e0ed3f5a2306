"""What the pages of the rota, of paging and of being on call write into the audit log."""

from typing import Any

from clinic.clock import now
from clinic.oncall import gaps, rows
from tests.rules.acts_at_addresses import Act, opening, sending

SLOT: dict[str, Any] = {
    "psychologist": lambda at: at["cast"].treating.user.pk,
    "position": "duty_lead",
    "weekdays": ["0", "1"],
    "starts": "18:00",
    "ends": "08:00",
}
AWAY: dict[str, Any] = {
    "absent": lambda at: at["cast"].treating.user.pk,
    "from_day": f"{now().year + 1}-01-01",
    "from_time": "00:00",
    "to_day": f"{now().year + 1}-01-02",
    "to_time": "00:00",
    "cover": "",
}
LATER = {"second": "10", "lead": "20", "everybody": "60", "emergency_contact": "30", "urgent_contact": "90"}
REACHED = {"email": "new@staff.example", "webhook": ""}

OF_BEING_ON_CALL: dict[str, list[Act] | str] = {
    "safety-on-call": [
        opening("treating", "rota_page_opened"),
        sending("treating", "paging_address_set", **REACHED),
        sending("treating", "paging_address_removed", email="", webhook=""),
        sending("treating", "work_phone_set", phone="01632 960 771"),
        sending("treating", "work_phone_removed", phone=""),
    ],
    "safety-on-call-test": [sending("treating", "test_page_asked")],
}


def what_it_leaves(at: dict[str, Any]) -> str:
    """What somebody has read who ends the access of somebody on call."""
    return gaps.left_without(rows.read(at=now()), at["user_id"], at=now()).digest


OF_LEAVING: dict[str, list[Act] | str] = {
    "manage-role-end": [
        sending("administrator", "role_ended", role="psychologist", known=what_it_leaves),
    ],
    "manage-access-end": [sending("administrator", "person_deactivated", known=what_it_leaves)],
}

OF_THE_ROTA: dict[str, list[Act] | str] = {
    "manage-rota": [
        opening("administrator", "rota_page_opened"),
        sending("administrator", "rota_slot_added", **SLOT),
    ],
    "manage-rota-remove": [sending("administrator", "rota_slot_removed")],
    "manage-absences": [sending("administrator", "absence_added", **AWAY)],
    "manage-absence-remove": [sending("administrator", "absence_removed")],
    "manage-paging": [
        opening("administrator", "rota_page_opened"),
        sending("administrator", "escalation_changed", **LATER),
    ],
    "manage-paging-receiver": [sending("administrator", "paging_address_set", **REACHED)],
    "manage-paging-test-receiver": [sending("administrator", "test_page_asked")],
    "manage-paging-person": [
        opening("administrator", "rota_page_opened"),
        sending("administrator", "paging_address_set", **REACHED),
    ],
    "manage-paging-test": [sending("administrator", "test_page_asked")],
}
