from typing import ClassVar

from django.apps import AppConfig

LEDGER_COLUMNS = (
    "chain",
    "seq",
    "kind",
    "view_ref",
    "milli_points",
    "open_ms",
    "severity",
    "modality",
    "share",
    "policy_version",
    "day",
    "at",
    "prev_hash",
    "hash",
)


class WellbeingConfig(AppConfig):
    name = "wellbeing"
    verbose_name = "Wellbeing"

    # What the runtime role may do, where that is not everything (people.grants). Of exposure it deletes nothing.
    owner_only_tables: ClassVar[dict[str, str]] = {
        "ledger_entry": f"SELECT, INSERT ({', '.join(LEDGER_COLUMNS)})",
        "ledger_marker": "SELECT",
        "lifetime_total": "SELECT",
        "reconcile_run": "SELECT, INSERT",
        "clock_offset": "SELECT",
        "ramp_step": "SELECT, INSERT, UPDATE, DELETE",
        "category_day": "SELECT, INSERT, UPDATE, DELETE",
        "policy_proposal": "SELECT, INSERT, UPDATE (closed_at, closed_by_id, version_id)",
        "policy_version": "SELECT, INSERT",
        "exposure_look": "SELECT, INSERT",
        "consent": "SELECT, INSERT",
        "display_floor": "SELECT, INSERT",
        "dosimeter": "SELECT, INSERT, UPDATE",
        "exposure_view": "SELECT, INSERT, UPDATE",
        "dose_day": "SELECT, INSERT, UPDATE",
        "break_taken": "SELECT, INSERT, UPDATE",
        "top_up_due": "SELECT, INSERT, UPDATE",
        "group_week": "SELECT, INSERT",
        "group_week_people": "SELECT, INSERT, DELETE",
        "dispute": "SELECT, INSERT, DELETE, UPDATE (resolved_at, outcome, by_id, reason)",
        "erasure_request": "SELECT, INSERT, UPDATE (approved_by_id, approved_at, withdrawn_at)",
        "risk_report": "SELECT, INSERT, UPDATE (occasion, outcome, outcome_by_id, outcome_at)",
        # Private things may be destroyed, and a key rewrapped; nothing else of them changes.
        "person_key": "SELECT, INSERT, DELETE, UPDATE (wrapped, key_name)",
        "day_note": "SELECT, INSERT, DELETE, UPDATE (sealed)",
        "support_request": "SELECT, INSERT, DELETE, UPDATE (closed_at)",
        "support_message": "SELECT, INSERT, DELETE",
        "support_read": "SELECT, INSERT, DELETE",
    }

    runtime_functions: ClassVar[tuple[str, ...]] = (
        "forget_lifetime_totals(uuid)",
        "forget_remains(bigint, bigint)",
        "forget_consent(bigint)",
    )

    def ready(self) -> None:
        from people.navigation import count_waiting_with
        from wellbeing import checks  # noqa: F401 - registers the system checks
        from wellbeing.queries import waiting

        count_waiting_with(
            {
                "wellbeing:support_requests": waiting.requests_waiting,
                "wellbeing:risk_reports": waiting.reports_waiting,
                "wellbeing:disputes": waiting.disputes_waiting,
                "wellbeing:records": waiting.erasures_waiting,
                "wellbeing:policy": waiting.proposals_waiting,
            }
        )
