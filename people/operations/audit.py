"""Writing the audit log."""

from typing import Any

from django.db import connection

from people.models import AuditEvent, User

SHELL = "shell"


class AuditOutsideTransaction(RuntimeError):
    """An audit event must be written in the transaction of what it records, or one could be kept without the other."""


def record_event(
    *, action: str, subject: str, by: User | None, details: dict[str, Any] | None = None
) -> None:
    """Add an audit event: `by` did `action` ("people.token_issued") to `subject` ("token 12").

    `details` holds numbers and codes, never content, secrets or e-mail addresses. `by` is None for the shell.
    Raises AuditOutsideTransaction when no transaction is open.
    """
    if not connection.in_atomic_block:
        raise AuditOutsideTransaction(f"{action} was to be recorded outside a transaction")
    AuditEvent.objects.create(
        actor_id=None if by is None else by.pk,
        actor_name=SHELL if by is None else by.username,
        action=action,
        subject=subject,
        details=details or {},
    )
