"""What a server must have before it may show anything: `manage.py check --database default`, run at every start."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from wellbeing.domain.signing import is_public_key
from wellbeing.queries.private_keys import missing_keys

FACTS = """
SELECT to_regclass('public.ledger_entry') IS NOT NULL,
       COALESCE((SELECT pg_has_role(current_user, c.relowner, 'USAGE')
                   FROM pg_class c WHERE c.oid = to_regclass('public.ledger_entry')), false),
       (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
       current_setting('synchronous_commit'),
       current_setting('fsync')
"""
MOVED = "SELECT EXISTS (SELECT FROM public.clock_offset WHERE amount > interval '0')"
EXISTS = "SELECT to_regclass('public.' || %s) IS NOT NULL"
SAFE_COMMITS = {"on", "remote_apply", "remote_write"}


@register(Tags.database)
def private_keys_can_be_opened(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Every key that a person's texts are under is among PRIVATE_KEYS."""
    if not databases or "default" not in databases or not _exists("person_key"):
        return []
    return [
        Error(
            f"PRIVATE_KEYS lacks {name}, and what people wrote in private under it cannot be read.",
            hint="Put it back behind the first one, then run rotate_private_keys.",
            id="wellbeing.E004",
        )
        for name in missing_keys()
    ]


@register(Tags.database)
def runtime_role_cannot_rewrite_the_ledger(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """The runtime connection must not own the ledger, and commits must be durable; outside demos no moved clock."""
    if not databases or "default" not in databases:
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(FACTS)
        exists, owns, is_super, commits, syncs = cursor.fetchone()
        if not exists:
            return []
        cursor.execute(MOVED)
        moved = cursor.fetchone()[0]
    problems: list[CheckMessage] = []
    if owns or is_super:
        problems.append(
            Error(
                "The runtime database role owns the exposure ledger, so the ledger could be rewritten.",
                hint="Migrate with DATABASE_OWNER_URL and run with DATABASE_URL of a role that owns nothing.",
                id="wellbeing.E001",
            )
        )
    if settings.DEMO:
        return problems
    if commits not in SAFE_COMMITS or syncs != "on":
        problems.append(
            Error(
                "The database may lose what it has confirmed (synchronous_commit or fsync is off).",
                hint="Set synchronous_commit = on and fsync = on.",
                id="wellbeing.E002",
            )
        )
    if moved:
        problems.append(
            Error(
                "The clock of this database was moved by a demo or a test.",
                hint="Never use a demo's database for real work. Start with an empty one.",
                id="wellbeing.E003",
            )
        )
    return problems


@register()
def former_statement_keys_are_keys(**_options: Any) -> list[CheckMessage]:
    """What /statement-key/ lists beside the present key must be public keys, or old statements could not be checked."""
    return [
        Error(
            f"{key!r} in STATEMENT_FORMER_KEYS is not an Ed25519 public key in base64.",
            hint="Take it from /statement-key/ before the key is changed.",
            id="wellbeing.E005",
        )
        for key in settings.STATEMENT_FORMER_KEYS
        if not is_public_key(key)
    ]


def _exists(table: str) -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(EXISTS, [table])
        return bool(cursor.fetchone()[0])
