"""Signs of life: when each background program last did something, and when a task last began."""

from django.db import models


class Pulse(models.Model):
    """One name and the moment of its newest sign of life. The programs write it; it is no record of a person."""

    name = models.CharField(max_length=80, primary_key=True)
    happened_at = models.DateTimeField()
