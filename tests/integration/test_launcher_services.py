"""The embedded services: whose they are, each way of not being root, and nothing left of a throw-away set."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from launcher import postgres, roles
from launcher.confinement import copy_folder, is_passable
from launcher.environment import open_home, secret
from launcher.processes import Children
from launcher.services import socket_folder

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow
as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root has to start the server as somebody else")


def test_with_services_leaves_nothing_behind() -> None:
    program = (
        "import os, psycopg\n"
        "for name in ('DATABASE_URL', 'DATABASE_OWNER_URL'):\n"
        "    with psycopg.connect(os.environ[name]) as connection:\n"
        "        print(connection.execute('SELECT current_user').fetchone()[0])\n"
        "print(os.environ['CELERY_BROKER_URL'], os.environ['RESPITE_HOME'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "launcher", "with-services", "--", sys.executable, "-c", program],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    app, owner, addresses = done.stdout.strip().splitlines()[-3:]
    assert (app, owner) == (roles.APP, roles.OWNER)
    broker, home = addresses.split()
    assert not Path(home).exists()
    found = re.fullmatch(r"redis\+socket://(.+)\?virtual_host=0", broker)
    assert found
    assert not Path(found[1]).parent.exists()


@pytest.mark.parametrize(
    "way",
    [
        pytest.param("nobody", marks=as_root),
        pytest.param("namespace", marks=as_root),
        pytest.param("copy", marks=as_root),
    ],
)
def test_root_starts_the_server_as_somebody_else(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "nobody" and not is_passable(postgres.find_binaries()):
        pytest.skip(
            "this checkout lies in a folder that others cannot enter; there the other two ways are taken"
        )
    monkeypatch.setenv("RESPITE_CONFINEMENT", way)
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    folder.chmod(0o711 if way == "nobody" else 0o700)
    try:
        for _ in range(2):  # on an empty folder, then on what the first start has left
            children = Children()
            sockets = socket_folder(folder)
            try:
                server = postgres.start_server(
                    folder / "postgres",
                    sockets,
                    log=folder / "log",
                    children=children,
                    settings=postgres.THROW_AWAY,
                )
                with psycopg.connect(server.url(roles.APP)) as connection:
                    assert connection.execute("SELECT current_user").fetchone() == (roles.APP,)
                with psycopg.connect(server.url(roles.OWNER), autocommit=True) as connection:
                    connection.execute("CREATE TABLE IF NOT EXISTS kept ()")
                # Others get no further than the socket's folder, and one who did would have to be one of us.
                assert sockets.stat().st_mode & 0o077 == 0
                assert _rules(folder, way) == [roles.HBA.strip()]
            finally:
                children.stop()
    finally:
        copies = copy_folder(folder / "postgres")
        subprocess.run(["rm", "-rf", str(folder), str(sockets), str(copies)], check=True)


def _rules(folder: Path, way: str) -> list[str]:
    data = copy_folder(folder / "postgres") / "data" if way == "copy" else folder / "postgres"
    return (data / "pg_hba.conf").read_text(encoding="utf-8").splitlines()


def test_secrets_are_made_once_and_for_our_eyes_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEDGER_KEY", raising=False)
    home = open_home(tmp_path / "home")

    made = secret(home, "LEDGER_KEY")

    assert len(made) >= 48
    assert secret(home, "LEDGER_KEY") == made
    (path,) = (tmp_path / "home" / "secrets").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
