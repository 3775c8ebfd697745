"""An early pytest plugin: a PostgreSQL for this run, started before Django's settings are read.

pytest-django loads the settings before any conftest.py, and the settings want DATABASE_URL; hence a plugin
(`addopts = -p tests.embedded`). One server serves all xdist workers: they inherit its address. A run of
`tests/unit` alone starts none.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from launcher import postgres, roles
from launcher.processes import Children
from launcher.services import socket_folder

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "respite_template"
SETTINGS = {**postgres.THROW_AWAY, "max_connections": "250", "max_wal_size": "256MB"}
MEMORY, PLENTY = Path("/dev/shm"), 4 << 30  # noqa: S108 - mkdtemp makes a folder that is ours alone


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> Iterator[None]:
    """A wrapper, because those run before pytest-django's own hook, which reads the settings."""
    _start(early_config, args)
    return (yield)


def _start(early_config: pytest.Config, args: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    if _needs_no_database(args) or "PYTEST_XDIST_WORKER" in os.environ:
        return
    # Ours to make and to remove; `nobody`, as whom PostgreSQL runs under root, must be able to enter it.
    folder = Path(tempfile.mkdtemp(prefix="respite-test-"))
    folder.chmod(0o755)
    (folder / "static").mkdir()  # WhiteNoise wants it, though nothing is collected here
    os.environ["RESPITE_HOME"] = str(folder)
    cluster = Path(tempfile.mkdtemp(prefix="respite-test-", dir=_quick_place()))
    cluster.chmod(0o755)
    children = Children()
    sockets = socket_folder(folder)
    server = postgres.start_server(
        cluster / "postgres", sockets, log=folder / "postgres.log", children=children, settings=SETTINGS
    )

    def stop() -> None:
        children.stop()
        for place in (sockets, cluster, folder):
            shutil.rmtree(place, ignore_errors=True)

    early_config.add_cleanup(stop)
    os.environ["TEST_DATABASE_OWNER_URL"] = server.url(roles.OWNER)
    os.environ["DATABASE_URL"] = server.url(roles.APP)
    os.environ.pop("DATABASE_OWNER_URL", None)
    _migrate_template(server)


def _quick_place() -> Path | None:
    """Memory, where there is plenty of it: each copy of a database is 800 files, made and removed again.

    None is the usual folder for temporary files. In a container this memory is often 64 MB, too little for a cluster.
    """
    try:
        plenty = shutil.disk_usage(MEMORY).free >= PLENTY and os.access(MEMORY, os.W_OK)
    except OSError:  # there is no such place on macOS
        return None
    return MEMORY if plenty else None


def _needs_no_database(args: list[str]) -> bool:
    paths = [arg for arg in args if not arg.startswith("-") and Path(arg.split("::")[0]).exists()]
    return bool(paths) and all(Path(path.split("::")[0]).is_relative_to("tests/unit") for path in paths)


def _migrate_template(server: postgres.Server) -> None:
    """The owner migrates one database; every other is a copy of it."""
    with psycopg.connect(server.url(roles.OWNER, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}".encode())
    env = {
        **os.environ,
        "DATABASE_URL": server.url(roles.APP, TEMPLATE),
        "DATABASE_OWNER_URL": server.url(roles.OWNER, TEMPLATE),
    }
    command = [
        sys.executable,
        "manage.py",
        "migrate",
        "--database",
        "owner",
        "--verbosity",
        "0",
        "--skip-checks",
    ]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        command = [sys.executable, "manage.py", "allow_clock_moves", "--skip-checks"]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise pytest.UsageError(f"The template database could not be made:\n{done.stdout}{done.stderr}")
