"""Addresses of the administrator's pages."""

from django.urls import path

from dashboard.governance import (
    accounts,
    handover,
    health,
    invitations,
    licences,
    log,
    people,
    person,
    sessions,
    switch,
    teams,
)

urlpatterns = [
    path("people/", people.people, name="manage-people"),
    path("people/<uuid:user_id>/", person.person, name="manage-person"),
    path("people/<uuid:user_id>/role/give/", accounts.give_role, name="manage-role-give"),
    path("people/<uuid:user_id>/role/end/", accounts.end_role, name="manage-role-end"),
    path("people/<uuid:user_id>/access/end/", accounts.end_access, name="manage-access-end"),
    path("people/<uuid:user_id>/access/give/", accounts.give_access, name="manage-access-give"),
    path("people/<uuid:user_id>/licence/", accounts.licence, name="manage-licence"),
    path("people/<uuid:user_id>/password/", accounts.password, name="manage-password"),
    path("people/<uuid:user_id>/sessions/", sessions.listed, name="manage-sessions"),
    path("people/<uuid:user_id>/sessions/end/", sessions.end, name="manage-sessions-end"),
    path("people/<uuid:user_id>/training/", accounts.training, name="manage-training"),
    path("licences/", licences.licences, name="manage-licences"),
    path("invitations/", invitations.listed, name="manage-invitations"),
    path("invitations/staff/", invitations.staff, name="manage-invite-staff"),
    path("invitations/patient/", invitations.patient, name="manage-invite-patient"),
    path("invitations/<uuid:invitation_id>/renew/", invitations.renew, name="manage-invitation-renew"),
    path("invitations/<uuid:invitation_id>/revoke/", invitations.revoke, name="manage-invitation-revoke"),
    path("teams/", teams.teams, name="manage-teams"),
    path("teams/<uuid:care_id>/transfer/", handover.transfer, name="manage-care-transfer"),
    path("teams/<uuid:care_id>/end/", teams.end, name="manage-care-end"),
    path("switch/", switch.switches, name="manage-switch"),
    path("switch/stop/", switch.stop, name="manage-switch-stop"),
    path("switch/ask/", switch.ask, name="manage-switch-ask"),
    path("switch/start/", switch.start, name="manage-switch-start"),
    path("health/", health.health, name="manage-health"),
    path("health/score/", health.score, name="manage-health-score"),
    path("audit/", log.audit, name="manage-audit"),
    path("audit/download/", log.download, name="manage-audit-download"),
    path("audit/verify/", log.verify_now, name="manage-audit-verify"),
]
