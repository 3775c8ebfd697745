"""CPU seconds that the web and the database processes have used, from /proc (Linux)."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds() -> dict[str, float]:
    """`{"app": …, "database": …}`: user and system time of all gunicorn and postgres processes of our launcher."""
    parents = {int(p.name): _stat(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
    family = _descendants(os.getppid(), {pid: stat[1] for pid, stat in parents.items() if stat})
    used = {"app": 0.0, "database": 0.0}
    for pid in family:
        stat = parents.get(pid)
        if stat is None:
            continue
        command = _command(pid)
        # A child that has ended is in its parent's figures: backends come and go, their time must not.
        if "gunicorn" in command:
            used["app"] += stat[2]
        elif "postgres" in command:
            used["database"] += stat[2]
    return used


def _stat(folder: Path) -> tuple[str, int, float] | None:
    try:
        text = (folder / "stat").read_text()
    except OSError:
        return None
    name, rest = text[text.index("(") + 1 : text.rindex(")")], text[text.rindex(")") + 2 :].split()
    return name, int(rest[1]), sum(int(rest[n]) for n in (11, 12, 13, 14)) / TICK


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _descendants(root: int, parent_of: dict[int, int]) -> set[int]:
    family = {root}
    while grown := {pid for pid, parent in parent_of.items() if parent in family} - family:
        family |= grown
    return family - {root, os.getpid()}
