"""The application `recommendations`."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """From an observation to a signed plan."""

    name = "recommendations"
