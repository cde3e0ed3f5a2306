"""What every address writes into the audit log, or why it writes nothing. One line each."""

from typing import Any

from clinic.clock import now
from clinic.models.consent import Purpose, Source
from recommendations.waiting import return_days
from tests.cast import PASSWORD
from tests.rules.acts_at_addresses import SIGNING, WRITING, Act, opening, sending
from tests.rules.audited_answering import OF_ANSWERING, OF_APPOINTMENTS, OF_FIGURES, OF_RISK, OF_TASKS
from tests.rules.audited_api import OF_PROGRAMS
from tests.rules.audited_care import OF_CARE_TEAMS, OF_NEW_PASSWORDS, OF_OWN_INVITATIONS, OF_PASSWORDS
from tests.rules.audited_catalogue import OF_A_REPORT, OF_THE_CATALOGUE
from tests.rules.audited_exports import COPYING, EXPORTING
from tests.rules.audited_ledger import OF_THE_LEDGER
from tests.rules.audited_on_call import OF_BEING_ON_CALL, OF_LEAVING, OF_THE_ROTA
from tests.rules.audited_safety_plans import OF_KEPT_PLANS, OF_OWN_SAFETY_PLANS, OF_SAFETY_PLANS
from tests.rules.files_to_send import BRINGING_IN, BRINGING_INTO

PERMISSION = {"key": "wemwbs", "owner": "A university", "document": "Letter 12", "dated": "2026-01-02"}

HANDING: dict[str, Any] = {
    "step": "confirm",
    "appointments": "keep",
    "receiver": lambda at: at["user_id"],
}

ROUTES: dict[str, list[Act] | str] = {
    "home": "It only leads on to another page.",
    "sign-in": [
        sending("nobody", "sign_in_failed", username="treating", password="wrong"),
        sending("nobody", "signed_in", username="treating", password=PASSWORD),
    ],
    "sign-out": [sending("treating", "signed_out")],
    "switch-role": [sending("treating", "role_switched", role="administrator")],
    "theme": "It sets a cookie of the person's own device.",
    "language": "It sets a cookie of the person's own device.",
    "sessions": [opening("treating", "sessions_opened")],
    "leave": [opening("patient", "signed_out")],
    "help": "Fixed words that everybody may read; nobody's reading of them is recorded.",
    **OF_KEPT_PLANS,
    "join": [sending("nobody", "join_failed", code="wrong-wrong-wrong-wrong")],
    "join-code": [
        sending("nobody", "person_joined", sign_in_name="newcomer", password=PASSWORD, repeated=PASSWORD)
    ],
    **OF_NEW_PASSWORDS,
    "tokens": [
        sending("treating", "token_made", label="Notebook", scopes=["read"], lasts="7", password=PASSWORD),
    ],
    "token-revoke": [sending("treating", "token_revoked")],
    "healthz": "It says whether the server answers.",
    "readyz": "It says whether what pages need is there.",
    "metrics": "It counts what waits, for the machine that watches this one.",
    "queue": [opening("treating", "queue_opened")],
    "keys": "It shows the keys, or sets a cookie of the person's own device.",
    "queue-questions": [opening("treating", "aside_opened")],
    "queue-waiting": [opening("treating", "aside_opened")],
    "queue-deferred": [opening("treating", "aside_opened")],
    "queue-signed": [opening("treating", "aside_opened")],
    "patients": [opening("treating", "caseload_opened")],
    "patient-invite": [sending("treating", "person_invited", zone="Europe/London", language="en")],
    **OF_OWN_INVITATIONS,
    "import": BRINGING_IN,
    "patient": [opening("treating", "record_opened")],
    "conversations": [opening("treating", "conversations_opened")],
    **OF_SAFETY_PLANS,
    "messages": [
        opening("treating", "messages_opened"),
        sending(
            "treating", "message_sent", words="See you on Thursday.", submission=lambda at: at["submission"]
        ),
    ],
    **OF_APPOINTMENTS,
    **OF_RISK,
    "care": [opening("treating", "record_opened")],
    "care-transfer": [sending("treating", "care_handed_over", **HANDING)],
    "care-discharge": [
        sending(
            "treating",
            "patient_discharged",
            **{"step": "confirm", "reason": "completed", "turn_to": "family_doctor", "plans": "keep"},
        ),
    ],
    "plan-confirm": [sending("treating", "plan_confirmed")],
    "patient-check-ins": [opening("treating", "record_opened")],
    "patient-history": [opening("treating", "record_opened")],
    "screening": [
        opening("treating", "record_opened"),
        Act("treating", "screening_fact_recorded", pressed=({"source": "interview", "mania": "present"},)),
    ],
    "patient-series": [opening("treating", "record_exported")],
    "profile": [
        opening("treating", "record_opened"),
        sending("treating", "profile_fact_recorded", topic="goal", words="Back to choir"),
    ],
    "export": EXPORTING,
    "questionnaires": [
        opening("treating", "record_opened"),
        sending("treating", "questionnaire_assigned", instrument="gad7", starts_on=lambda at: at["today"]),
    ],
    "questionnaire-end": [sending("treating", "questionnaire_ended")],
    "questionnaire-response": [opening("treating", "record_opened")],
    "record-import": BRINGING_INTO,
    "patient-ai": [sending("treating", "ai_stopped", act="stop")],
    "author": [
        opening("treating", "record_opened"),
        Act("treating", "plan_authored", pressed=(WRITING, SIGNING)),
    ],
    "draft": [opening("treating", "draft_opened")],
    "draft-edit": [opening("treating", "draft_opened")],
    "draft-sign": [
        opening("treating", "draft_opened"),
        Act("treating", "suggestion_approved", pressed=(SIGNING,)),
        Act("treating", "signing_refused", pressed=(SIGNING | {"password": "wrong"},)),
    ],
    "draft-reject": [
        Act("treating", "suggestion_rejected", pressed=({"step": "reject", "reasons": ["wrong_time"]},)),
    ],
    "draft-defer": [
        opening("treating", "draft_opened"),
        sending(
            "treating",
            "suggestion_deferred",
            step="defer",
            reason="needs_time",
            until=lambda at: return_days(at=now(), zone="Europe/London")[0].isoformat(),
        ),
    ],
    "draft-ask": [
        opening("treating", "draft_opened"),
        sending("treating", "suggestion_asked", step="ask", to="session", question="How are the evenings?"),
    ],
    "draft-back": [sending("treating", "suggestion_brought_back")],
    "question": [
        opening("treating", "question_opened"),
        sending("treating", "suggestion_answered", step="answer", words="Better since Sunday."),
    ],
    "draft-evidence": [Act("treating", "evidence_opened", "post", query="?piece=below_usual")],
    "publication-take-back": [sending("treating", "publication_taken_back")],
    "publication-withdraw": [sending("treating", "publication_withdrawn", reason="unsafe")],
    **OF_THE_CATALOGUE,
    **OF_THE_LEDGER,
    "safety": [opening("treating", "safety_opened")],
    **OF_BEING_ON_CALL,
    **OF_TASKS,
    **OF_ANSWERING,
    "portal-today": [opening("patient", "publication_read")],
    "portal-plan": [opening("patient", "publication_read")],
    "portal-step-report": OF_A_REPORT,
    "portal-check-in": [
        sending("patient", "check_in_saved", mood="4", note="", submission=lambda at: at["submission"]),
        sending(
            "patient",
            "safety_alert_raised",
            mood="4",
            note="I want to kill myself",
            submission=lambda at: at["submission"],
        ),
    ],
    "portal-check-in-correct": [
        sending("patient", "check_in_corrected", mood="4", note="", submission=lambda at: at["submission"]),
    ],
    "portal-messages": [
        opening("patient", "message_read"),
        sending("patient", "message_written", words="Thank you.", submission=lambda at: at["submission"]),
        sending(
            "patient",
            "safety_alert_raised",
            words="I want to kill myself now",
            submission=lambda at: at["submission"],
        ),
    ],
    "portal-calendar": [opening("patient", "appointment_downloaded")],
    "portal-mood": [opening("patient", "publication_read")],
    "portal-questionnaires": "The patient's own list; nobody's look at what is their own is recorded.",
    "portal-questionnaire": [
        sending("patient", "questionnaire_answered", **{"q-44250-9": "1", "q-44260-8": "0"}),
        sending("patient", "safety_alert_raised", step="later", **{"q-44260-8": "1"}),
    ],
    "portal-answers": "The patient's own answers; nobody's look at what is their own is recorded.",
    "portal-answers-correct": [sending("patient", "questionnaire_corrected", **{"q-69725-0": "1"})],
    "portal-about": [
        sending(
            "patient", "consent_withdrawn", source=Source.CHECK_IN, purpose=Purpose.SHARE, answer="withdraw"
        ),
    ],
    "portal-profile": [
        sending("patient", "profile_fact_recorded", topic="helps", note="Walking by the water"),
        sending("patient", "safety_alert_raised", topic="helps", note="I want to kill myself"),
    ],
    "portal-looked": [opening("patient", "access_log_opened")],
    "portal-copy": COPYING,
    **OF_OWN_SAFETY_PLANS,
    "portal-help": "Fixed words; nobody's asking for help is recorded.",
    **OF_PROGRAMS,
    "manage-people": [opening("administrator", "people_page_opened")],
    "manage-person": [opening("administrator", "people_page_opened")],
    "manage-role-give": [sending("administrator", "role_granted", role="administrator")],
    **OF_LEAVING,
    "manage-access-give": [sending("administrator", "person_reactivated")],
    "manage-licence": [sending("administrator", "licence_changed", licence_valid_until="2999-01-01")],
    **OF_PASSWORDS,
    "manage-sessions": [opening("administrator", "sessions_opened")],
    "manage-sessions-end": [sending("administrator", "session_ended")],
    "manage-tokens-end": [sending("administrator", "token_revoked")],
    "manage-training": [sending("administrator", "training_recorded", trained_on="2026-01-05")],
    "manage-licences": [opening("administrator", "people_page_opened")],
    "manage-invitations": [opening("administrator", "invitations_opened")],
    "manage-invite-staff": [
        sending(
            "administrator",
            "person_invited",
            printed_name="Dr Ada Lind",
            title="Psychologist",
            role="psychologist",
        ),
    ],
    "manage-invite-patient": [
        sending("administrator", "person_invited", zone="Europe/London", language="en")
    ],
    "manage-invitation-renew": [
        sending("administrator", "invitation_revoked"),
        sending("administrator", "person_invited"),
    ],
    "manage-invitation-revoke": [sending("administrator", "invitation_revoked")],
    **OF_CARE_TEAMS,
    "manage-instruments": [
        opening("administrator", "instruments_page_opened"),
        sending("administrator", "instrument_permitted", **PERMISSION),
    ],
    **OF_THE_ROTA,
    "manage-switch": [opening("administrator", "switch_page_opened")],
    "manage-switch-stop": [sending("administrator", "ai_stopped", password=PASSWORD)],
    "manage-switch-ask": [sending("administrator", "ai_restart_asked")],
    "manage-switch-start": [sending("second_administrator", "ai_restarted", password=PASSWORD)],
    **OF_FIGURES,
    "manage-health": [opening("administrator", "health_page_opened")],
    "manage-health-score": [sending("administrator", "scoring_asked")],
    "manage-audit": [opening("administrator", "audit_page_opened")],
    "manage-audit-download": [opening("administrator", "audit_downloaded")],
    "manage-audit-verify": [sending("administrator", "audit_verified")],
}
