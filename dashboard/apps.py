"""The application `dashboard`."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """Screens. It owns no tables."""

    name = "dashboard"

    def ready(self) -> None:
        """Forms speak the house's sentences."""
        from dashboard import form_words

        form_words.install()
