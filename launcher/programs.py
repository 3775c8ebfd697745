"""The long-running programs of Respite, in the order of their start. docker-compose.yml runs the same ones.

Services (database, broker) come before them and stop after them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

GUNICORN = (
    "gunicorn",
    "config.wsgi:application",
    "--config",
    "python:launcher.gunicorn",
    "--worker-class",
    "gthread",
)
WORKER = (
    "celery",
    "--app",
    "config.celery",
    "worker",
    "--loglevel",
    "info",
    "--without-gossip",
    "--without-mingle",
)
BEAT = ("celery", "--app", "config.celery", "beat", "--loglevel", "info")


@dataclass(frozen=True)
class Program:
    """A program of ours: `python -m` module and arguments."""

    name: str
    arguments: tuple[str, ...]


def programs(environment: Mapping[str, str], *, host: str, port: int) -> tuple[Program, ...]:
    workers = environment.get("WEB_WORKERS") or "1"
    threads = environment.get("WEB_THREADS") or "8"
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = (*GUNICORN, "--workers", workers, "--threads", threads, "--bind", bind)
    return (
        Program("web", web),
        Program("worker", (*WORKER, "--concurrency", environment.get("WORKER_CONCURRENCY") or "1")),
        Program("beat", BEAT),
    )
