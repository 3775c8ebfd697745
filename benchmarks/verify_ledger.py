"""How long `verify_ledger` takes for a million rows: `python -m benchmarks.verify_ledger [--rows N]`.

Runs inside `python3 -m launcher with-services --migrate`, which brings a throw-away database and its owner. The rows
are made with the real key and the real hashes, as 200 people's chains, and copied in by the owner.
"""

import argparse
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import django
import psycopg

KEEP = Path(__file__).resolve().parent.parent / "var" / "bench"
PEOPLE = 200
COLUMNS = "chain, seq, kind, view_ref, milli_points, open_ms, severity, modality, share, policy_version, day, at, prev_hash, hash"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verify_ledger")
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    django.setup()
    result = measure(options.rows)
    print(line(result))
    KEEP.mkdir(parents=True, exist_ok=True)
    (KEEP / "verify_ledger.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def line(result: dict[str, float]) -> str:
    return f"verify_ledger: {result['rows']:,} rows of {result['chains']} chains in {result['seconds']} s"


def measure(rows: int) -> dict[str, float]:
    from wellbeing.operations.chain_heads import sign_chain_heads, verify_ledger

    _fill(rows)
    sign_chain_heads()
    started, processor = time.perf_counter(), time.process_time()
    found = verify_ledger()
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    # There are no days and no views to these rows; what is measured is the chains.
    assert not found.faults
    return {
        "rows": found.report.rows,
        "chains": found.report.chains,
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
    }


def _fill(rows: int) -> None:
    from people.models import User
    from wellbeing.models import Dosimeter

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        # The trigger that holds every row to the one before it has been measured where rows are written one by one.
        owner.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_continues")
        for number in range(PEOPLE):
            person = User.objects.create_user(f"bench-ledger-{number}")
            chain = Dosimeter.objects.create(person=person).chain
            with owner.cursor().copy(f"COPY ledger_entry ({COLUMNS}) FROM STDIN") as copy:
                for row in _rows(chain, rows // PEOPLE):
                    copy.write_row(row)
        owner.execute("ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_continues")
        owner.commit()
        owner.execute("ANALYZE ledger_entry")


def _rows(chain: UUID, count: int) -> Iterator[tuple[object, ...]]:
    from django.conf import settings

    from wellbeing.domain.ledger import GENESIS, Entry, hash_of
    from wellbeing.domain.view import EntryKind

    key, previous = settings.LEDGER_KEY.encode(), GENESIS
    start = datetime.now(UTC) - timedelta(days=300)
    for seq in range(1, count + 1):
        at = start + timedelta(minutes=seq)
        kind = EntryKind.RESERVE if seq % 2 else EntryKind.SETTLE
        entry = Entry(
            chain, seq, kind, uuid4(), 500, 20_000, seq % 4, "text", 1_000, 0, at.date(), at, previous
        )
        digest = hash_of(entry, key)
        yield (
            chain, seq, kind.value, entry.view_ref, 500, 20_000, seq % 4, "text", 1_000, 0, at.date(), at,
            previous, digest,
        )  # fmt: skip
        previous = digest


if __name__ == "__main__":
    main()
