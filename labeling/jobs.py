"""Work in the background. Each job may run twice, at once or late: the rows are the same afterwards."""

import logging
from typing import Any

from celery import shared_task

from labeling.exporters.build import build
from labeling.importers import runner
from labeling.models import Project
from labeling.operations import draft, expire, forget, resend, sources, sweep

logger = logging.getLogger(__name__)


@shared_task(name="labeling.jobs.expire_leases")  # type: ignore[untyped-decorator]
def expire_leases(**_kwargs: Any) -> int:
    """End leases whose time is over, and settle what ended without an answer. The hand-out never waits for it."""
    ended = expire.expire_leases()
    expire.settle_ended_leases()
    return ended


@shared_task(name="labeling.jobs.refresh_expectations")  # type: ignore[untyped-decorator]
def refresh_expectations(**_kwargs: Any) -> int:
    """Learn what to expect of every source from what has been decided."""
    active = Project.objects.exclude(status=Project.Status.ARCHIVED).order_by("pk")
    return sum(
        sources.refresh_expectations(project_id=project_id)
        for project_id in active.values_list("pk", flat=True)
    )


@shared_task(name="labeling.jobs.run_import")  # type: ignore[untyped-decorator]
def run_import(import_id: int, **_kwargs: Any) -> int:
    """Read an import's file into its project; returns how many items are new. A line that is in already stays."""
    return runner.run(import_id=import_id).created


@shared_task(name="labeling.jobs.build_release")  # type: ignore[untyped-decorator]
def build_release(release_id: int, **_kwargs: Any) -> None:
    """Freeze a release and write its files; building it again gives the same bytes."""
    build(release_id)


@shared_task(name="labeling.jobs.resend_lost")  # type: ignore[untyped-decorator]
def resend_lost(**_kwargs: Any) -> int:
    """Send again for imports and releases that nobody works on: their message was lost, or their worker died."""
    return resend.resend_lost()


@shared_task(name="labeling.jobs.end_old_looks")  # type: ignore[untyped-decorator]
def end_old_looks(**_kwargs: Any) -> int:
    """Settle looks at examples and masked words that nobody ended."""
    return forget.end_old_looks()


@shared_task(name="labeling.jobs.forget_drafts")  # type: ignore[untyped-decorator]
def forget_drafts(**_kwargs: Any) -> int:
    """Forget answers that were begun and not sent within a day after their lease."""
    return draft.forget_drafts()


@shared_task(name="labeling.jobs.forget_answered")  # type: ignore[untyped-decorator]
def forget_answered(**_kwargs: Any) -> int:
    """Remove questions and the texts of appeals, ninety days after they were answered."""
    return forget.forget_answered()


@shared_task(name="labeling.jobs.sweep_imports")  # type: ignore[untyped-decorator]
def sweep_imports(**_kwargs: Any) -> int:
    """Remove the files of imports that nobody will read again, left by a process that died."""
    return sweep.sweep_imports()


# What beat runs, every so many seconds.
BEAT = {
    "labeling-expire-leases": {"task": "labeling.jobs.expire_leases", "schedule": 60.0},
    "labeling-refresh-expectations": {"task": "labeling.jobs.refresh_expectations", "schedule": 300.0},
    "labeling-end-old-looks": {"task": "labeling.jobs.end_old_looks", "schedule": 60.0},
    "labeling-forget-drafts": {"task": "labeling.jobs.forget_drafts", "schedule": 3_600.0},
    "labeling-forget-answered": {"task": "labeling.jobs.forget_answered", "schedule": 86_400.0},
    "labeling-sweep-imports": {"task": "labeling.jobs.sweep_imports", "schedule": 86_400.0},
    "labeling-resend-lost": {"task": "labeling.jobs.resend_lost", "schedule": 60.0},
}
