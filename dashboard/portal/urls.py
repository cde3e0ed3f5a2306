"""Addresses of the portal."""

from django.urls import path

from dashboard.portal import (
    about,
    appointment,
    asking,
    check_in,
    conversation,
    copy,
    help,
    looked,
    mood,
    plan,
    profile,
    safety_plan,
    safety_plan_section,
    step_report,
    today,
)
from dashboard.portal.asked import fill, pages

urlpatterns = [
    path("", today.today, name="portal-today"),
    path("plan/", plan.plan, name="portal-plan"),
    path("plan/<uuid:publication>/report/", step_report.report, name="portal-step-report"),
    path("check-in/", check_in.check_in, name="portal-check-in"),
    path("check-in/<uuid:check_in>/", check_in.correct, name="portal-check-in-correct"),
    path("messages/", conversation.conversation, name="portal-messages"),
    path("appointments/<uuid:appointment>/", appointment.calendar_file, name="portal-calendar"),
    path("mood/", mood.mood, name="portal-mood"),
    path("questionnaires/", pages.asked, name="portal-questionnaires"),
    path("questionnaires/<slug:instrument>/", fill.fill, name="portal-questionnaire"),
    path("questionnaires/answers/<uuid:response>/", pages.answers, name="portal-answers"),
    path("questionnaires/answers/<uuid:response>/correct/", fill.correct, name="portal-answers-correct"),
    path("about/", about.about, name="portal-about"),
    path("about/profile/", profile.my_profile, name="portal-profile"),
    path("about/looked/", looked.who_has_looked, name="portal-looked"),
    path("about/copy/", copy.copy, name="portal-copy"),
    path("safety-plan/", safety_plan.plan, name="portal-safety-plan"),
    path("safety-plan/<slug:section>/", safety_plan_section.section, name="portal-safety-plan-section"),
    path("ask/", asking.ask, name="portal-ask"),
    path("help/", help.get_help, name="portal-help"),
]
