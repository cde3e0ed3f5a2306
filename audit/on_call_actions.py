"""What can stand in the audit log about the rota, paging and escalation: code and words."""

from typing import Final

from django.utils.translation import gettext_noop as _

ON_CALL: Final = (
    ("alert_paged", _("People were paged about a safety alert")),
    ("rota_page_opened", _("Opened the page of the rota")),
    ("rota_slot_added", _("Put somebody on the rota")),
    ("rota_slot_removed", _("Took somebody off the rota")),
    ("absence_added", _("Recorded an absence from the rota")),
    ("absence_removed", _("Took back an absence from the rota")),
    ("escalation_changed", _("Changed when an alert goes on to the next person")),
    ("paging_address_set", _("Set where somebody is paged")),
    ("paging_address_removed", _("Removed where somebody was paged")),
    ("work_phone_set", _("Set the number at which colleagues ring somebody")),
    ("work_phone_removed", _("Removed the number at which colleagues ring somebody")),
    ("test_page_asked", _("Asked for a test page")),
)
