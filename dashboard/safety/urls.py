"""Addresses of the safety lane."""

from django.urls import path

from dashboard.safety import acts, alert, lane, live, on_call, tasks
from dashboard.safety.ledger import page, trial

urlpatterns = [
    path("ledger/", page.ledger, name="ledger"),
    path("ledger/counts.csv", page.as_csv, name="ledger-csv"),
    path("ledger/year.csv", page.year_csv, name="ledger-year"),
    path("ledger/try/", trial.try_change, name="ledger-try"),
    path("ledger/<uuid:trial_id>/", trial.trial, name="ledger-trial"),
    path("ledger/<uuid:trial_id>/sign/", trial.sign, name="ledger-sign"),
    path("", lane.safety, name="safety"),
    path("on-call/", on_call.on_call, name="safety-on-call"),
    path("on-call/test/", on_call.test, name="safety-on-call-test"),
    path("live/", live.live, name="safety-live"),
    path("tasks/<uuid:task_id>/done/", tasks.done, name="safety-task-done"),
    path("<uuid:alert_id>/", alert.safety_alert, name="safety-alert"),
    path("<uuid:alert_id>/take/", alert.take, name="safety-take"),
    path("<uuid:alert_id>/spoke/", acts.spoke, name="safety-spoke"),
    path("<uuid:alert_id>/not-reached/", acts.not_reached, name="safety-not-reached"),
    path("<uuid:alert_id>/hand-over/", acts.hand_over, name="safety-hand-over"),
    path("<uuid:alert_id>/close/", acts.close, name="safety-close"),
    path("<uuid:alert_id>/reopen/", acts.reopen, name="safety-reopen"),
]
