-- Makes the roles on an empty server, as docs/database.md says. Run once, by psql, as a superuser; then database.sql.
-- psql reads the passwords from files: they stand on no command line and in no variable.
\set owner   `cat "${SECRETS:-/run/secrets}/database_owner_password"`
\set web     `cat "${SECRETS:-/run/secrets}/database_web_password"`
\set worker  `cat "${SECRETS:-/run/secrets}/database_worker_password"`
\set backup  `cat "${SECRETS:-/run/secrets}/database_backup_password"`

CREATE ROLE recovery_owner  LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE recovery_web    LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'web';
CREATE ROLE recovery_worker LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'worker';
-- SECURITY: the only role that sees past row-level security. It reads, and nothing else.
CREATE ROLE recovery_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS PASSWORD :'backup';
GRANT pg_read_all_data TO recovery_backup;

ALTER ROLE recovery_web SET statement_timeout = '15s';
ALTER ROLE recovery_web SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE recovery_web SET lock_timeout = '5s';
