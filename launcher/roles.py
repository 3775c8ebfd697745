"""The two database roles: the owner, who migrates, and the runtime role, who owns nothing."""

OWNER = "respite_owner"
APP = "respite_app"
DATABASE = "respite"

# A statement that waits or runs for longer than this is a fault, and a page must answer.
LIMITS = {"lock_timeout": "2s", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "15s"}

# Local connections of the mapped operating system users alone; no password, no network.
HBA = "local all all peer map=respite\n"


def ident(users: list[str]) -> str:
    """pg_ident.conf: each of these operating system users may be either role."""
    return "".join(f'respite "{user}" {role}\n' for user in users for role in (OWNER, APP))


def statements(database: str = DATABASE) -> list[str]:
    """SQL, safe to repeat, that makes the runtime role; run as the owner."""
    create = f"CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    return [
        f"DO $$ BEGIN {create}; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        *(f"ALTER ROLE {APP} SET {setting} = '{value}'" for setting, value in LIMITS.items()),
        f"SELECT 'CREATE DATABASE {database}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec",
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {APP}",
    ]
