from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellbeing.operations.chain_heads import BrokenHeads, verify_ledger


class Command(BaseCommand):
    help = (
        "Check every row of the exposure ledger against its key, its chain, the signed heads and markers, and the days' "
        "sums; say what no head covers yet."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = verify_ledger()
        except BrokenHeads as error:
            raise CommandError(f"The signed chain heads do not hold: {error}") from error
        for fault in result.faults:
            self.stdout.write(f"chain {fault.chain} row {fault.seq}: {fault.problem}")
        for chain, day, by_day, by_ledger, by_views, day_ms, ledger_ms in result.differences:
            self.stdout.write(
                f"chain {chain} on {day}: the day holds {by_day} milli-points and {day_ms} ms, "
                f"the ledger {by_ledger} and {ledger_ms}, the views {by_views}"
            )
        report = result.report
        signed = (
            "never" if result.last_signed_at is None else f"at {result.last_signed_at:%Y-%m-%d %H:%M:%S} UTC"
        )
        self.stdout.write(f"{report.rows} rows in {report.chains} chains. Heads last signed {signed}.")
        self.stdout.write(
            f"{report.uncovered} rows after the last signed heads: their loss could not be proven yet."
        )
        if report.purged:
            self.stdout.write(f"{report.purged} rows before them were purged, under signed markers.")
        for restore in result.restores:
            self.stdout.write(
                f"Marked at {restore.at:%Y-%m-%d %H:%M:%S} UTC: restored to {restore.to:%Y-%m-%d %H:%M:%S} UTC. "
                "Rows of the time in between are lost; their heads are not held against the ledger."
            )
        if result.faults or result.differences:
            raise CommandError("The ledger does not hold.")
        self.stdout.write("The ledger holds.")
