"""Who may use the tables of `clinic`, and those that Django and its libraries brought."""

from clinic.database.grants import ALL, APPEND, READ, Grant

GRANTS = {
    "clinic_user": Grant(insert=True, update=True),
    "clinic_user_groups": READ,
    "clinic_user_user_permissions": READ,
    "clinic_staffprofile": Grant(insert=True, update=True),
    "clinic_rolegrant": Grant(insert=True, update=("ends_at",)),
    "clinic_clinic": Grant(insert=True, update=True),
    "clinic_patient": Grant(insert=True, update=True),
    "clinic_carerelationship": Grant(insert=True, update=("ends_at", "ended_by_id")),
    "clinic_recordpermission": Grant(insert=True, delete=True, update=True),
    "clinic_consentgrant": Grant(insert=True, update=("withdrawn_at", "withdrawn_by_id")),
    "clinic_checkin": APPEND,
    "clinic_observation": Grant(insert=True, update=("superseded_at",)),
    "clinic_screeningfact": APPEND,
    "clinic_instrument": APPEND,
    "clinic_questionnaireresponse": APPEND,
    "clinic_instrumentpermission": APPEND,
    "clinic_assignment": Grant(insert=True, update=("ended_by_id", "ended_at")),
    "clinic_answersdraft": Grant(insert=True, delete=True, update=("answers", "happened_at")),
    "clinic_importbatch": APPEND,
    "clinic_importedresource": APPEND,
    "clinic_profilefact": APPEND,
    "clinic_invitation": Grant(
        insert=True, update=("accepted_at", "accepted_by_id", "revoked_at", "revoked_by_id")
    ),
    "clinic_pulse": Grant(insert=True, update=("happened_at",)),
    "clinic_outsideidentifier": APPEND,
    "clinic_importconsent": APPEND,
    "clinic_safetyalert": Grant(
        insert=True,
        update=("taken_by_id", "taken_at", "closed_by_id", "closed_at", "outcome", "closing_note"),
    ),
    "clinic_rotaslot": Grant(insert=True, update=("removed_by_id", "removed_at")),
    "clinic_absence": Grant(insert=True, update=("removed_by_id", "removed_at")),
    "clinic_pagingaddress": Grant(insert=True, delete=True),
    "clinic_page": APPEND,
    "clinic_pageattempt": APPEND,
    "clinic_aistop": Grant(
        insert=True,
        update=("restart_asked_by_id", "restart_asked_at", "restarted_by_id", "restarted_at"),
    ),
    "clinic_message": Grant(insert=True, update=("read_by_id", "read_at")),
    "clinic_appointment": Grant(insert=True, update=("ended_by_id", "ended_at", "ending")),
    "clinic_handover": APPEND,
    "clinic_handedplan": Grant(insert=True, update=("confirmed_by_id", "confirmed_at")),
    "clinic_apitoken": Grant(
        insert=True, update=("used_at", "wrong_passwords", "revoked_at", "revoked_by_id")
    ),
    "clinic_accesscheck": APPEND,
    "clinic_passwordlink": Grant(insert=True, update=("used_at", "revoked_at", "revoked_by_id")),
    "clinic_wrongproof": APPEND,
    "clinic_passwordtries": Grant(insert=True, delete=True, update=("tries", "happened_at")),
    "clinic_outboxmessage": Grant(insert=True, delete=True, update=("attempts", "sent_at", "due_at")),
    # audit imports nothing of ours, so its tables are declared here
    "audit_entry": APPEND,
    "audit_sequence": APPEND,
    # Django and its libraries
    "auth_group": READ,
    "auth_group_permissions": READ,
    "auth_permission": READ,
    "django_content_type": READ,
    "django_migrations": READ,
    "django_session": ALL,
    "guardian_groupobjectpermission": READ,
    "guardian_userobjectpermission": READ,
    "axes_accessattempt": ALL,
    "axes_accesslog": ALL,
    "axes_accessfailurelog": ALL,
    "axes_accessattemptexpiration": ALL,
}
