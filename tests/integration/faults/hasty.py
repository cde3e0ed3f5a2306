"""The Celery application with a planted fault: tasks are acknowledged before they are done."""

from clinic.celery import app

app.conf.task_acks_late = False
