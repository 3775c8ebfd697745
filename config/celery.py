"""The Celery application. Jobs, and when beat sends them, live in each app's jobs.py."""

import os
from importlib import import_module
from typing import Any

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("respite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")


@app.on_after_finalize.connect  # type: ignore[untyped-decorator] # Celery has no types
def keep_the_schedule(sender: Celery, **kwargs: Any) -> None:
    """Put the apps' schedules together once models can be imported."""
    sender.conf.beat_schedule = {
        name: entry
        for jobs in ("wellbeing.jobs", "labeling.jobs")
        for name, entry in import_module(jobs).BEAT.items()
    }
