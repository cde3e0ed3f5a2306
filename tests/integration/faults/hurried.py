"""The Celery application as it is, but for the clock: what runs each night or every ten seconds runs each second."""

from celery.schedules import schedule

from clinic.celery import app

for entry in app.conf.beat_schedule.values():
    entry["schedule"] = schedule(1.0)
