"""Who is in care, who may see them and what was observed; also the Django project package.

The Celery application is imported here so that `shared_task` finds its broker in every process.
"""

from clinic.celery import app as celery_app

__all__ = ["celery_app"]
