"""Production does not start without what only an operator can give it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GIVEN = {
    "SECRET_KEY": "s" * 50,
    "LEDGER_KEY": "l" * 50,
    "PRIVATE_KEYS": "first:" + "A" * 43,
    "STATEMENT_KEY": "t" * 50,
    "ALLOWED_HOSTS": "respite.example.org",
    "DATABASE_URL": "postgresql://respite_app@db/respite",
    "SUPPORT_NAME": "Amara Lind",
    "SUPPORT_REACH": "Room 4",
    "SUPPORT_REPLY": "within a day",
    "SUPPORT_OUT_OF_HOURS": "555 0199; your emergency number",
}


def start(environment):
    """Import the settings in a process of its own, without what this one was given."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from config.settings import production as p; print(p.SUPPORT_CONTACT['out_of_hours'])",
        ],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_with_all_of_them():
    done = start(GIVEN)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['555 0199', 'your emergency number']"


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_it_does_not_start_without_one_and_says_which(name):
    done = start({key: value for key, value in GIVEN.items() if key != name})
    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr
