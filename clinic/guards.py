"""The triggers that guard the tables of `clinic`."""

from audit.guards import Guard, append_only_guard
from clinic.guard_bodies import ACTED_BY_OWNER, BEGINS_OPEN, CHANGES_BY_ACTS, SIGNED_AS_TRIED
from clinic.guard_entries import BY_ENTRIES
from clinic.guard_makers import keeps_rows, only_changes, set_once

INITIAL: tuple[Guard, ...] = (
    append_only_guard("clinic_checkin"),
    append_only_guard("clinic_screeningfact"),
    only_changes("clinic_observation", "superseded_at"),
    keeps_rows("clinic_observation"),
    only_changes(
        "clinic_safetyalert",
        "taken_by_id",
        "taken_at",
        "closed_by_id",
        "closed_at",
        "outcome",
        "closing_note",
    ),
    keeps_rows("clinic_safetyalert"),
    only_changes("clinic_consentgrant", "withdrawn_at", "withdrawn_by_id"),
    keeps_rows("clinic_consentgrant"),
    only_changes("clinic_carerelationship", "ends_at", "ended_by_id"),
    keeps_rows("clinic_carerelationship"),
)

RECORDS: tuple[Guard, ...] = (
    append_only_guard("clinic_instrument"),
    append_only_guard("clinic_questionnaireresponse"),
    append_only_guard("clinic_importbatch"),
    append_only_guard("clinic_importedresource"),
    append_only_guard("clinic_profilefact"),
)

QUESTIONNAIRES: tuple[Guard, ...] = (
    append_only_guard("clinic_instrumentpermission"),
    only_changes("clinic_assignment", "ended_by_id", "ended_at"),
    keeps_rows("clinic_assignment"),
)

_ENDED_ONCE = """
BEGIN
    IF OLD.accepted_at IS NOT NULL OR OLD.revoked_at IS NOT NULL THEN
        RAISE EXCEPTION '%: what was used or revoked stays so', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
"""

INVITATIONS: tuple[Guard, ...] = (
    only_changes("clinic_invitation", "accepted_at", "accepted_by_id", "revoked_at", "revoked_by_id"),
    keeps_rows("clinic_invitation"),
    Guard(
        table="clinic_invitation",
        trigger="clinic_invitation_ends_once",
        function="clinic_invitation_ends_once",
        body=_ENDED_ONCE,
        events="UPDATE",
        each="ROW",
    ),
)

CARE: tuple[Guard, ...] = (
    only_changes("clinic_message", "read_by_id", "read_at"),
    set_once("clinic_message", "read_at"),
    keeps_rows("clinic_message"),
    only_changes("clinic_appointment", "ended_by_id", "ended_at", "ending"),
    set_once("clinic_appointment", "ended_at"),
    keeps_rows("clinic_appointment"),
    append_only_guard("clinic_handover"),
    only_changes("clinic_handedplan", "confirmed_by_id", "confirmed_at"),
    set_once("clinic_handedplan", "confirmed_at"),
    keeps_rows("clinic_handedplan"),
)

IMPORTS: tuple[Guard, ...] = (
    append_only_guard("clinic_outsideidentifier"),
    append_only_guard("clinic_importconsent"),
)

TOKENS: tuple[Guard, ...] = (
    only_changes("clinic_apitoken", "used_at", "wrong_passwords", "revoked_at", "revoked_by_id"),
    keeps_rows("clinic_apitoken"),
)

CARE_TEAMS: tuple[Guard, ...] = (
    append_only_guard("clinic_accesscheck"),
    only_changes("clinic_passwordlink", "used_at", "revoked_at", "revoked_by_id"),
    set_once("clinic_passwordlink", "used_at"),
    set_once("clinic_passwordlink", "revoked_at"),
    keeps_rows("clinic_passwordlink"),
    append_only_guard("clinic_wrongproof"),
)

ON_CALL: tuple[Guard, ...] = (
    only_changes("clinic_rotaslot", "removed_by_id", "removed_at"),
    set_once("clinic_rotaslot", "removed_at"),
    keeps_rows("clinic_rotaslot"),
    only_changes("clinic_absence", "removed_by_id", "removed_at"),
    set_once("clinic_absence", "removed_at"),
    keeps_rows("clinic_absence"),
    append_only_guard("clinic_page"),
    append_only_guard("clinic_pageattempt"),
)

SAFETY_PLANS: tuple[Guard, ...] = (
    append_only_guard("clinic_safetyplanentry"),
    append_only_guard("clinic_safetyplanreview"),
)

ANSWERING: tuple[Guard, ...] = (
    append_only_guard("clinic_alertact"),
    append_only_guard("clinic_riskassessment"),
    only_changes("clinic_safetytask", "done_by_id", "done_at"),
    set_once("clinic_safetytask", "done_at"),
    keeps_rows("clinic_safetytask"),
)

LEDGER: tuple[Guard, ...] = (
    append_only_guard("clinic_dangerreading"),
    only_changes("clinic_dangerreplay", "done", "last", "result", "digest", "finished_at"),
    set_once("clinic_dangerreplay", "finished_at"),
    keeps_rows("clinic_dangerreplay"),
    append_only_guard("clinic_dangerrelease"),
)

ALERTS_BY_ACTS: tuple[Guard, ...] = (
    Guard(
        table="clinic_safetyalert",
        trigger="clinic_safetyalert_begins_open",
        function="clinic_safetyalert_begins_open",
        body=BEGINS_OPEN,
        events="INSERT",
        each="ROW",
    ),
    Guard(
        table="clinic_safetyalert",
        trigger="clinic_safetyalert_changes_by_acts",
        function="clinic_safetyalert_changes_by_acts",
        body=CHANGES_BY_ACTS,
        events="UPDATE",
        each="ROW",
    ),
    Guard(
        table="clinic_alertact",
        trigger="clinic_alertact_by_owner",
        function="clinic_alertact_by_owner",
        body=ACTED_BY_OWNER,
        events="INSERT",
        each="ROW",
    ),
    Guard(
        table="clinic_dangerrelease",
        trigger="clinic_dangerrelease_signed_as_tried",
        function="clinic_dangerrelease_signed_as_tried",
        body=SIGNED_AS_TRIED,
        events="INSERT",
        each="ROW",
    ),
)

GUARDS: tuple[Guard, ...] = (
    *INITIAL,
    *RECORDS,
    *QUESTIONNAIRES,
    *INVITATIONS,
    *CARE,
    *IMPORTS,
    *TOKENS,
    *CARE_TEAMS,
    *ON_CALL,
    *SAFETY_PLANS,
    *ANSWERING,
    *LEDGER,
    *ALERTS_BY_ACTS,
    *BY_ENTRIES,
)
"""Every guard. Each group is made by one migration: a new table brings a group and a migration of its own."""
