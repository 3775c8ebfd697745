"""`make bench`: every figure that the README quotes, printed and kept as JSON in var/bench/.

Runs inside `python3 -m launcher with-services --migrate --web`, which brings a throw-away database and a web process.
"""

import argparse
import json
import os
from pathlib import Path

import django

KEEP = Path(__file__).resolve().parent.parent / "var" / "bench"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="open tasks")
    parser.add_argument("--labelers", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=12.0, help="per measurement")
    parser.add_argument("--ledger-rows", type=int, default=1_000_000, help="what verify_ledger is given")
    options = parser.parse_args()
    django.setup()

    from benchmarks import clearance, hand_out, slow_line, verify_ledger

    cleared = clearance.measure()
    print(clearance.line(cleared))
    clearance.keep(cleared)
    slow = slow_line.measure(os.environ["BASE_URL"])
    print("\n".join(slow_line.lines(slow)))
    slow_line.keep(slow)
    result = hand_out.measure(
        os.environ["BASE_URL"], sizes=options.sizes, crowds=options.labelers, seconds=options.seconds
    )
    print("\n".join(hand_out.table(result)))
    (KEEP / "hand_out.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    verified = verify_ledger.measure(options.ledger_rows)
    print(verify_ledger.line(verified))
    (KEEP / "verify_ledger.json").write_text(json.dumps(verified, indent=1) + "\n", encoding="utf-8")
    slow_line.hold(slow)


if __name__ == "__main__":
    main()
