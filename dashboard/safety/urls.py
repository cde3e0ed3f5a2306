"""Addresses of the safety lane."""

from django.urls import path

from dashboard.safety import alert, lane

urlpatterns = [
    path("", lane.safety, name="safety"),
    path("<uuid:alert_id>/", alert.safety_alert, name="safety-alert"),
    path("<uuid:alert_id>/take/", alert.take, name="safety-take"),
    path("<uuid:alert_id>/close/", alert.close, name="safety-close"),
]
