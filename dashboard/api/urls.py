"""Addresses of the API, version 1."""

from django.urls import path, re_path

from dashboard.api import about, caseload, drafts, log, mine

RECORD = "patients/<str:ref>/"
DRAFT = f"{RECORD}drafts/<uuid:draft>/"

urlpatterns = [
    path("", about.me, name="api-me"),
    path("schema/", about.schema, name="api-schema"),
    path("queue/", caseload.waiting, name="api-queue"),
    path("patients/", caseload.caseload, name="api-patients"),
    path(RECORD, caseload.patient, name="api-patient"),
    path(f"{RECORD}observations/", caseload.observations, name="api-observations"),
    path(f"{RECORD}readings/", caseload.moods, name="api-readings"),
    path(f"{RECORD}publications/", caseload.signed, name="api-publications"),
    path(f"{RECORD}drafts/", drafts.drafts, name="api-drafts"),
    path(DRAFT, drafts.draft, name="api-draft"),
    path(f"{DRAFT}approve/", drafts.approve, name="api-approve"),
    path(f"{DRAFT}reject/", drafts.reject, name="api-reject"),
    path("my/plan/", mine.plan, name="api-my-plan"),
    path("my/check-ins/", mine.check_ins, name="api-my-check-ins"),
    path("my/check-ins/new/", mine.check_in, name="api-my-check-in"),
    path("my/consents/", mine.consents, name="api-my-consents"),
    path("audit/", log.entries, name="api-audit"),
    re_path(r"^.*$", about.nowhere, name="api-nowhere"),
]
