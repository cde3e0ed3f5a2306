"""The Celery application with a planted fault: a task that PostgreSQL cut off is not tried again."""

from typing import Any

from clinic.celery import app

app.loader.import_default_modules()
app.finalize()
task: Any = app.tasks["recommendations.tasks.score_patients"]
task.run = task._orig_run
