"""Work in the background. Each job may run twice, at once or late: the rows are the same afterwards."""

import logging

from celery import shared_task

from wellbeing.operations import (
    chain_heads,
    erasure,
    forgetting,
    group_weeks,
    overdue,
    reconcile,
    risk,
    support,
    top_ups,
)

logger = logging.getLogger(__name__)


@shared_task(name="wellbeing.close_overdue")  # type: ignore[untyped-decorator]
def close_overdue() -> int:
    return overdue.close_overdue()


@shared_task(name="wellbeing.apply_top_ups")  # type: ignore[untyped-decorator]
def apply_top_ups() -> int:
    """Charge what decisions found out later, one person per transaction; one that fails does not stop the others."""
    applied = 0
    for person_id in top_ups.people_owed():
        try:
            applied += top_ups.apply_top_ups(person_id=person_id)
        except Exception:
            logger.exception("top-ups of one dosimeter were not applied; they stay due")
    return applied


@shared_task(name="wellbeing.sign_chain_heads")  # type: ignore[untyped-decorator]
def sign_chain_heads() -> int:
    return chain_heads.sign_chain_heads()


@shared_task(name="wellbeing.reconcile_sums")  # type: ignore[untyped-decorator]
def reconcile_sums() -> int:
    """Hold the last days' sums against the ledger and the views. Returns how many days differ, and says so loudly."""
    found = reconcile.reconcile_sums()
    for chain, day, *_ in found:
        logger.error("exposure of chain %s on %s does not add up; run verify_ledger", chain, day)
    return len(found)


@shared_task(name="wellbeing.forget_occasions")  # type: ignore[untyped-decorator]
def forget_occasions() -> int:
    risk.forget_answered_reports()
    return forgetting.forget_occasions()


@shared_task(name="wellbeing.delete_closed_requests")  # type: ignore[untyped-decorator]
def delete_closed_requests() -> int:
    return support.delete_closed_requests()


@shared_task(name="wellbeing.reapply_erasures")  # type: ignore[untyped-decorator]
def reapply_erasures() -> int:
    """What somebody may forget after a restore, and what a request left that was under way during an erasure."""
    return erasure.reapply_erasures()


@shared_task(name="wellbeing.publish_group_weeks")  # type: ignore[untyped-decorator]
def publish_group_weeks() -> int:
    return group_weeks.publish_group_weeks()


# What beat runs, every so many seconds.
BEAT = {
    "wellbeing-close-overdue": {"task": "wellbeing.close_overdue", "schedule": 60.0},
    "wellbeing-apply-top-ups": {"task": "wellbeing.apply_top_ups", "schedule": 30.0},
    "wellbeing-sign-chain-heads": {"task": "wellbeing.sign_chain_heads", "schedule": 600.0},
    "wellbeing-forget-occasions": {"task": "wellbeing.forget_occasions", "schedule": 86_400.0},
    "wellbeing-delete-closed-requests": {"task": "wellbeing.delete_closed_requests", "schedule": 86_400.0},
    "wellbeing-reapply-erasures": {"task": "wellbeing.reapply_erasures", "schedule": 86_400.0},
    "wellbeing-publish-group-weeks": {"task": "wellbeing.publish_group_weeks", "schedule": 86_400.0},
    "wellbeing-reconcile-sums": {"task": "wellbeing.reconcile_sums", "schedule": 86_400.0},
}
