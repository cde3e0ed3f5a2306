"""Everything that can stand in the audit log, as data: one line per action.

`reads_record` marks what a patient sees under "who has looked": somebody opened what is kept about this one
person. Opening a list is no such reading, and neither is a patient's look at their own plan.
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from audit.ledger_actions import LEDGER
from audit.on_call_actions import ON_CALL
from audit.safety_actions import SAFETY
from audit.safety_plan_actions import SAFETY_PLANS


@dataclass(frozen=True)
class Action:
    """A code that entries carry and the words that people read for it."""

    code: str
    text: str
    reads_record: bool = False

    @property
    def label(self) -> str:
        """What was done, in the reader's language: "Opened a record"."""
        return gettext(self.text)


class UnknownAction(LookupError):
    """Raised when code tries to record an action that is not in the list below."""


GROUPS: dict[str, tuple[Action, ...]] = {
    "access": (
        Action("signed_in", _("Signed in")),
        Action("sign_in_failed", _("Sign-in failed")),
        Action("reauthentication_failed", _("Gave a wrong password for a signature or a switch")),
        Action("signed_out", _("Signed out")),
        Action("role_switched", _("Changed to another role")),
        Action("signing_refused", _("Signing was refused")),
    ),
    "observations": (
        Action("check_in_saved", _("Saved a check-in")),
        Action("check_in_corrected", _("Corrected a check-in")),
        Action("numbers_saved", _("Saved numbers of a signal")),
        Action("consent_given", _("Gave consent")),
        Action("consent_withdrawn", _("Withdrew consent")),
        Action("screening_fact_recorded", _("Recorded a screening fact")),
        Action("profile_fact_recorded", _("Recorded a fact of the profile")),
        Action("profile_fact_corrected", _("Corrected a fact of the profile")),
        Action("profile_fact_ended", _("Ended a fact of the profile")),
        Action("questionnaire_answered", _("Answered a questionnaire")),
        Action("questionnaire_corrected", _("Corrected answers to a questionnaire")),
        Action("questionnaire_assigned", _("Assigned a questionnaire")),
        Action("questionnaire_ended", _("Ended an assignment of a questionnaire")),
    ),
    "safety plans": tuple(Action(code, text) for code, text in SAFETY_PLANS),
    "imports": (
        Action("records_imported", _("Took in records from elsewhere")),
        Action("import_refused", _("A file of records from elsewhere was refused")),
    ),
    "pages": (
        Action("record_opened", _("Opened a record"), reads_record=True),
        Action("draft_opened", _("Opened a draft"), reads_record=True),
        Action("evidence_opened", _("Opened evidence"), reads_record=True),
        Action("record_exported", _("Exported a record"), reads_record=True),
        Action("question_opened", _("Opened a question about a draft"), reads_record=True),
        Action("queue_opened", _("Opened the review queue")),
        Action("aside_opened", _("Opened a list of drafts beside the queue")),
        Action("caseload_opened", _("Opened the caseload")),
        Action("safety_opened", _("Opened the safety list")),
        Action("people_page_opened", _("Opened the page of people")),
        Action("invitations_opened", _("Opened the page of invitations")),
        Action("health_page_opened", _("Opened the page of the installation's health")),
        Action("teams_page_opened", _("Opened the page of care teams")),
        Action("switch_page_opened", _("Opened the page of AI switches")),
        Action("instruments_page_opened", _("Opened the page of questionnaires and their licences")),
        Action("audit_page_opened", _("Opened the audit log")),
        Action("own_copy_taken", _("Took a copy of what is their own")),
        Action("access_log_opened", _("Opened the list of who has looked")),
    ),
    "messages": (
        Action("message_written", _("The patient sent a message")),
        Action("message_sent", _("Sent a message to the patient")),
        Action("messages_opened", _("Opened the messages of a record"), reads_record=True),
        Action("message_read", _("The patient read messages")),
        Action("conversations_opened", _("Opened the list of messages")),
    ),
    "appointments": (
        Action("appointment_set", _("Set an appointment")),
        Action("appointment_moved", _("Changed an appointment")),
        Action("appointment_missed", _("Recorded that somebody did not come to an appointment")),
        Action("appointment_cancelled", _("Cancelled an appointment")),
        Action("appointment_downloaded", _("Took an appointment into their calendar")),
    ),
    "safety": tuple(Action(*each) for each in SAFETY),
    "alert ledger": tuple(Action(code, text) for code, text in LEDGER),
    "on call": tuple(Action(code, text) for code, text in ON_CALL),
    "suggestions": (
        Action("reading_scored", _("A mood reading was made")),
        Action("readings_held_back", _("Mood readings were held back")),
        Action("suggestion_drafted", _("A suggestion was drafted")),
        Action("suggestion_blocked", _("A suggestion was blocked")),
        Action("suggestion_withdrawn", _("A suggestion was withdrawn")),
        Action("suggestion_approved", _("Approved a suggestion")),
        Action("suggestion_amended", _("Changed a suggestion and approved it")),
        Action("suggestion_rejected", _("Rejected a suggestion")),
        Action("suggestion_deferred", _("Deferred a suggestion")),
        Action("suggestion_asked", _("Asked about a suggestion")),
        Action("suggestion_answered", _("Answered a question about a suggestion")),
        Action("suggestion_returned", _("A suggestion came back by itself")),
        Action("suggestion_brought_back", _("Brought a suggestion back")),
        Action("plan_authored", _("Wrote and signed a plan")),
        Action("estimate_signed", _("Signed a mood estimate")),
    ),
    "publications": (
        Action("publication_released", _("Released a publication")),
        Action("publication_taken_back", _("Took back a publication")),
        Action("publication_withdrawn", _("Withdrew a publication")),
        Action("publication_stopped_by_report", _("Reported something bad about a step, which stopped it")),
        Action("publication_suspended", _("Stopped a publication that is no longer safe")),
        Action("effect_reported", _("Answered whether anything bad had happened")),
        Action("publication_read", _("Read their own plan")),
        Action("digest_mismatch", _("Signed words did not match their digest")),
    ),
    "catalogue": (
        Action("catalogue_opened", _("Opened the catalogue")),
        Action("text_written", _("Wrote a version of a catalogue text")),
        Action("text_signed", _("Signed a catalogue text for use")),
        Action("text_withdrawn", _("Withdrew a catalogue text")),
        Action("step_held_unsafe", _("Withdrew a step of the catalogue as unsafe")),
    ),
    "people": (
        Action("care_started", _("Care started")),
        Action("care_ended", _("Care ended")),
        Action("access_checked", _("Looked at somebody's access to a record and found it right")),
        Action("care_handed_over", _("Handed care to a colleague")),
        Action("patient_discharged", _("Discharged a person from care")),
        Action("care_resumed", _("Took a person into care again")),
        Action("plan_confirmed", _("Confirmed a plan that a colleague had signed")),
        Action("person_invited", _("Invited a person")),
        Action("invitation_revoked", _("Revoked an invitation")),
        Action("join_failed", _("Gave a code that is not known, or said wrongly who they are")),
        Action("person_joined", _("Opened an account by an invitation")),
        Action("person_registered", _("Registered a person")),
        Action("person_deactivated", _("Ended a person's access")),
        Action("person_reactivated", _("Gave a person their access back")),
        Action("password_link_made", _("Made a link for a new password")),
        Action("password_link_revoked", _("Took back a link for a new password")),
        Action("password_link_refused", _("Said wrongly who they are, with a link for a new password")),
        Action("password_link_used", _("Chose a new password by a link")),
        Action("sessions_opened", _("Opened the list of somebody's sessions")),
        Action("session_ended", _("Ended a session")),
        Action("training_recorded", _("Recorded when somebody was trained")),
        Action("token_made", _("Made a token for a program")),
        Action("token_revoked", _("Revoked a token of a program")),
        Action("licence_changed", _("Changed until when a licence holds")),
        Action("instrument_permitted", _("Recorded the permission to use a questionnaire")),
        Action("role_granted", _("Gave a role")),
        Action("role_ended", _("Ended a role")),
    ),
    "ai": (
        Action("ai_stopped", _("Stopped the AI")),
        Action("ai_restart_asked", _("Asked to start the AI again")),
        Action("ai_restarted", _("Started the AI again")),
    ),
    "system": (
        Action("audit_downloaded", _("Downloaded entries of the audit log")),
        Action("scoring_asked", _("Asked for everybody to be scored")),
        Action("audit_verified", _("Verified the audit log")),
        Action("keys_checked", _("Tried the keys of the records")),
        Action("key_made", _("Made a key")),
        Action("key_destroyed", _("Destroyed a key")),
        Action("demonstration_seeded", _("Filled the demonstration clinic")),
        Action("outbox_published", _("Sent what was waiting")),
    ),
}

ACTIONS: dict[str, Action] = {action.code: action for group in GROUPS.values() for action in group}

READING_CODES: tuple[str, ...] = tuple(action.code for action in ACTIONS.values() if action.reads_record)


def named(code: str) -> Action:
    """The action of a code. Raises UnknownAction for one that is not in the list."""
    try:
        return ACTIONS[code]
    except KeyError:
        raise UnknownAction(f"No audit action is called {code!r}.") from None


def of_stored(code: str) -> Action:
    """The action of a stored code, for showing. A code that is no longer in the list is shown as it is."""
    return ACTIONS.get(code) or Action(code, code)
