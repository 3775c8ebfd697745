"""Is the process alive; can it do its work."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from wellbeing import interface

# Chain heads are signed every ten minutes; twice that is late. An alarm, not a failure: work goes on.
HEADS_ARE_LATE = timedelta(minutes=20)


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, and keeps what it has acknowledged; 503 otherwise. `alarms` say what somebody should see to."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('synchronous_commit') IN ('on', 'remote_apply', 'remote_write')"
            )
            row = cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"ready": False, "why": "The database does not answer."}, status=503)
    if not row or not row[0]:
        why = "synchronous_commit is off: an acknowledged answer could be lost."
        return JsonResponse({"ready": False, "why": why}, status=503)
    return JsonResponse({"ready": True, "alarms": _alarms()})


def _alarms() -> list[str]:
    return [*_head_alarms(), *_sum_alarms()]


def _sum_alarms() -> list[str]:
    last = interface.last_reconciling()
    if last.differences:
        days = "1 day" if last.differences == 1 else f"{last.differences} days"
        return [f"The sums of {days} do not agree with the exposure ledger. Run verify_ledger."]
    if last.is_late:
        return [
            "The nightly comparison of sums with the exposure ledger has not run. Are beat and worker running?"
        ]
    return []


def _head_alarms() -> list[str]:
    try:
        signed = interface.last_signed_at()
    except interface.BrokenHeads:
        return ["The file of signed chain heads was torn or changed. Run verify_ledger."]
    if signed is None or interface.now() - signed > HEADS_ARE_LATE:
        return ["The heads of the exposure ledger have not been signed for 20 minutes. Is beat running?"]
    return []
