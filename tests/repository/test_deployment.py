"""The containers run what the launcher runs. There is no engine here to start them; what they say is compared."""

from pathlib import Path
from typing import Any

import yaml

from launcher import roles
from launcher.environment import OWNER_ONLY
from launcher.postgres import QUIET_LOG
from launcher.programs import programs

ROOT = Path(__file__).resolve().parents[2]
CONTAINER = {"WEB_WORKERS": "2", "WEB_THREADS": "8", "WORKER_CONCURRENCY": "2"}


def _services() -> dict[str, Any]:
    document = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    services: dict[str, Any] = document["services"]
    return services


def test_the_containers_run_the_launchers_programs() -> None:
    services = _services()

    for program in programs(CONTAINER, host="0.0.0.0", port=8000):  # noqa: S104
        assert services[program.name]["command"] == ["python", "-m", *program.arguments]
    ours = {name for name, service in services.items() if service.get("image") == "respite"}
    assert ours == {"migrate"} | {program.name for program in programs({}, host="", port=1)}


def test_only_the_migrating_container_holds_the_owners_credentials() -> None:
    holding = {name for name, service in _services().items() if OWNER_ONLY in service.get("environment", {})}

    assert holding == {"migrate"}


def test_the_containers_make_the_role_that_the_launcher_makes() -> None:
    script = (ROOT / "deploy/database-roles.sh").read_text(encoding="utf-8")

    for setting, value in roles.LIMITS.items():
        assert f"ALTER ROLE {roles.APP} SET {setting} = '{value}';" in script
    assert (
        f"CREATE ROLE {roles.APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
        in script
    )


def test_the_database_container_keeps_what_people_wrote_out_of_its_log() -> None:
    command = _services()["db"]["command"]

    for name, value in QUIET_LOG.items():
        assert f"{name}={value}" in command


def test_the_image_holds_every_package_of_ours() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()

    for name in ("config", "people", "wellbeing", "labeling", "launcher", "templates", "locale", "static"):
        assert f"COPY {name} {name}\n" in dockerfile
        assert f"!{name}" in allowed
