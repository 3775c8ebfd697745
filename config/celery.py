"""The Celery application. Jobs, and when beat sends them, live in each app's jobs.py."""

import os
from importlib import import_module
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("respite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")


@worker_init.connect  # type: ignore[untyped-decorator] # Celery has no types
def start_only_on_a_safe_database(**kwargs: Any) -> None:
    from config.databases import refuse_an_unsafe_database

    refuse_an_unsafe_database()


@app.on_after_finalize.connect  # type: ignore[untyped-decorator] # Celery has no types
def keep_the_schedule(sender: Celery, **kwargs: Any) -> None:
    """Put the apps' schedules together once models can be imported."""
    sender.conf.beat_schedule = {
        name: entry
        for jobs in ("wellbeing.jobs", "labeling.jobs")
        for name, entry in import_module(jobs).BEAT.items()
    }
