"""Addresses of the queue, the caseload and one record."""

from django.urls import path

from dashboard.caseload import (
    ai,
    aside,
    bring_in,
    care,
    check_in_pages,
    conversation,
    conversations,
    export,
    history,
    invitations,
    invite,
    keys_page,
    patients,
    profile,
    queue,
    record,
    safety_plan,
    screening,
    series_csv,
    visits,
)
from dashboard.caseload.questionnaires import pages

urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("keys/", keys_page.keys, name="keys"),
    path("queue/questions/", aside.questions, name="queue-questions"),
    path("queue/waiting/", aside.waiting, name="queue-waiting"),
    path("queue/deferred/", aside.deferred, name="queue-deferred"),
    path("queue/signed/", aside.signed, name="queue-signed"),
    path("patients/", patients.patients, name="patients"),
    path("patients/invite/", invite.invite, name="patient-invite"),
    path("patients/invitations/", invitations.listed, name="patient-invitations"),
    path(
        "patients/invitations/<uuid:invitation_id>/renew/", invitations.renew, name="patient-invitation-renew"
    ),
    path(
        "patients/invitations/<uuid:invitation_id>/revoke/",
        invitations.revoke,
        name="patient-invitation-revoke",
    ),
    path("patients/import/", bring_in.bring_in, name="import"),
    path("patients/<slug:ref>/", record.patient, name="patient"),
    path("messages/", conversations.conversations, name="conversations"),
    path("patients/<slug:ref>/safety-plan/", safety_plan.safety_plan_of, name="safety-plan"),
    path("patients/<slug:ref>/messages/", conversation.conversation, name="messages"),
    path("patients/<slug:ref>/appointments/", visits.visits, name="appointments"),
    path("patients/<slug:ref>/appointments/<uuid:appointment>/", visits.change, name="appointment-change"),
    path(
        "patients/<slug:ref>/appointments/<uuid:appointment>/cancel/",
        visits.cancel,
        name="appointment-cancel",
    ),
    path("patients/<slug:ref>/care/", care.care, name="care"),
    path("patients/<slug:ref>/care/transfer/", care.transfer, name="care-transfer"),
    path("patients/<slug:ref>/care/discharge/", care.discharge, name="care-discharge"),
    path("patients/<slug:ref>/care/plans/<uuid:handed>/confirm/", care.confirm, name="plan-confirm"),
    path("patients/<slug:ref>/check-ins/", check_in_pages.check_ins, name="patient-check-ins"),
    path("patients/<slug:ref>/history/", history.history, name="patient-history"),
    path("patients/<slug:ref>/screening/", screening.screening, name="screening"),
    path("patients/<slug:ref>/series.csv", series_csv.series_csv, name="patient-series"),
    path("patients/<slug:ref>/profile/", profile.profile_page, name="profile"),
    path("patients/<slug:ref>/export/", export.export, name="export"),
    path("patients/<slug:ref>/questionnaires/", pages.questionnaires, name="questionnaires"),
    path("patients/<slug:ref>/questionnaires/<uuid:assignment_id>/end/", pages.end, name="questionnaire-end"),
    path("patients/<slug:ref>/questionnaires/<uuid:response_id>/", pages.one, name="questionnaire-response"),
    path("patients/<slug:ref>/import/", bring_in.bring_into, name="record-import"),
    path("patients/<slug:ref>/ai/", ai.patient_ai, name="patient-ai"),
]
