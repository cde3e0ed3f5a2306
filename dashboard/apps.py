"""The application `dashboard`."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """Screens. It owns no tables."""

    name = "dashboard"
