"""What the runtime role may do in the database: set anew after every migration, by the owner.

The runtime role owns nothing. It may read and write the rows of every table, except tables that an app lists in its
`AppConfig.owner_only_tables`: `{"table": "SELECT, INSERT (name, …)"}`. Of those it gets exactly what is written
there; with an empty text, whatever the table's own migration granted is left as it is. A function that its migration
took from everybody is granted when an app lists it in `AppConfig.runtime_functions`: `("forget(bigint)",)`.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

ROWS = "SELECT, INSERT, UPDATE, DELETE"

# Tables and views of ours in the public schema; what belongs to an extension is not ours to give.
OWN_RELATIONS = """
    SELECT relation.relname, relation.relkind
      FROM pg_class relation
      JOIN pg_namespace place ON place.oid = relation.relnamespace
     WHERE place.nspname = 'public'
       AND relation.relkind IN ('r', 'p', 'v', 'm', 'S')
       AND pg_has_role(current_user, relation.relowner, 'USAGE')
       AND NOT EXISTS (
           SELECT FROM pg_depend WHERE objid = relation.oid AND classid = 'pg_class'::regclass AND deptype = 'e')
     ORDER BY relation.relname
"""


def owner_only_tables() -> dict[str, str]:
    """Every app's list, as `{table: privileges}`. A list of privileges is joined by commas.

    Raises ValueError when two apps list the same table.
    """
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        listed: dict[str, str | Iterable[str]] = getattr(config, "owner_only_tables", {})
        for table, privileges in listed.items():
            if table in found:
                raise ValueError(f"{table} is listed in owner_only_tables by two apps.")
            found[table] = privileges if isinstance(privileges, str) else ", ".join(privileges)
    return found


def runtime_functions() -> list[str]:
    """Signatures of the functions that run with the owner's rights and that the runtime role may call."""
    return sorted(
        function for config in apps.get_app_configs() for function in getattr(config, "runtime_functions", ())
    )


def grant_runtime_role(using: str = "default", **_signal: Any) -> None:
    """Grant `APP_DATABASE_ROLE` its rights on all tables. Receiver of post_migrate.

    Does nothing when the database has no such role, or when the connection is that role itself.
    """
    role: str = settings.APP_DATABASE_ROLE
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        current_user, exists = cursor.fetchone()
        if not exists or current_user == role:
            return
        quoted_role = connection.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted_role}")
        _grant_relations(cursor, quoted_role, connection.ops.quote_name)
        for function in runtime_functions():
            # An app migrated back has none of its functions.
            cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [f"public.{function}"])
            if cursor.fetchone()[0]:
                cursor.execute(f"GRANT EXECUTE ON FUNCTION public.{function} TO {quoted_role}")


def _grant_relations(cursor: CursorWrapper, role: str, quote: Any) -> None:
    special = owner_only_tables()
    cursor.execute(OWN_RELATIONS)
    for name, kind in cursor.fetchall():
        if kind == "S":
            cursor.execute(f"GRANT USAGE, SELECT ON SEQUENCE {quote(name)} TO {role}")
            continue
        privileges = special.get(name, "SELECT" if kind in "vm" else ROWS)
        if not privileges:
            continue
        cursor.execute(f"REVOKE ALL ON {quote(name)} FROM {role}")
        cursor.execute(f"GRANT {privileges} ON {quote(name)} TO {role}")
