#!/bin/bash
# Runs once, when the db container makes its cluster. POSTGRES_USER is the owner; this makes the runtime role beside
# it, with the limits of launcher/roles.py (a test compares the two).
set -euo pipefail
psql --set ON_ERROR_STOP=1 --set password="$RESPITE_APP_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE respite_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
ALTER ROLE respite_app SET lock_timeout = '2s';
ALTER ROLE respite_app SET statement_timeout = '10s';
ALTER ROLE respite_app SET idle_in_transaction_session_timeout = '15s';
REVOKE ALL ON DATABASE respite FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE respite TO respite_app;
SQL
