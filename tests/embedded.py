"""A PostgreSQL of its own for each run of the tests: real, empty, thrown away.

Loaded first (`-p tests.embedded`), because Django's settings read the database's address when they are loaded. The
address is settled at once; the server starts when the first test asks for a database, so a run of tests/unit alone
never starts one. The owner migrates one template database, once; `tests.databases` clones it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest

from launcher import roles
from launcher.postgres import THROW_AWAY, address, start_server
from launcher.processes import Children
from launcher.setup import CHECKOUT

TEMPLATE = "respite_template"
FOLDER = "RESPITE_TEST_FOLDER"  # tells the workers of a parallel run where the server of their controller is


class Embedded:
    """The server of this run; a worker of a parallel run uses its controller's."""

    def __init__(self) -> None:
        given = os.environ.get(FOLDER)
        self.started_elsewhere = given is not None
        self.folder = Path(given or tempfile.mkdtemp(prefix="respite-test-"))
        self.children = Children()
        self.running = self.started_elsewhere
        self._export()

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    def owner_url(self, database: str) -> str:
        return address(self.socket, roles.OWNER, database)

    def _export(self) -> None:
        self.folder.chmod(0o711)
        os.environ[FOLDER] = str(self.folder)
        os.environ["RESPITE_HOME"] = str(self.folder / "home")
        (self.folder / "home" / "static").mkdir(parents=True, exist_ok=True)  # or WhiteNoise warns
        os.environ["DATABASE_URL"] = address(self.socket, roles.APP, TEMPLATE)
        # The owner's credentials are for the template and `owner_connection`, never for what is tested.
        os.environ.pop("DATABASE_OWNER_URL", None)
        # Playwright's synchronous interface holds an event loop, in which Django would refuse to query.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

    def ensure(self) -> None:
        """Start the server and migrate the template, unless both are done."""
        if self.running:
            return
        self.running = True
        self.socket.mkdir(mode=0o700)
        (self.folder / "home").mkdir(mode=0o700, exist_ok=True)
        start_server(
            self.folder / "postgres",
            self.socket,
            log=self.folder / "postgres.log",
            children=self.children,
            settings=THROW_AWAY,
        )
        self._migrate_template()

    def _migrate_template(self) -> None:
        with psycopg.connect(self.owner_url("postgres"), autocommit=True) as owner:
            owner.execute(f"CREATE DATABASE {TEMPLATE}".encode())
        environment = {
            **os.environ,
            "DATABASE_OWNER_URL": self.owner_url(TEMPLATE),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        outcome = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--database", "owner", "--no-input", "-v", "0"],
            check=False,
            cwd=CHECKOUT,
            env=environment,
            capture_output=True,
            text=True,
        )
        if outcome.returncode != 0:
            pytest.exit(
                f"The template database could not be migrated:\n{outcome.stdout}{outcome.stderr}",
                returncode=1,
            )

    def end(self) -> None:
        if self.started_elsewhere:
            return
        self.children.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


EMBEDDED = Embedded()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """A controller starts the server for its workers, which must not end with the first of them."""
    options = session.config.option
    if getattr(options, "numprocesses", None) and not options.collectonly:
        EMBEDDED.ensure()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_unconfigure() -> Generator[None]:
    yield
    EMBEDDED.end()
