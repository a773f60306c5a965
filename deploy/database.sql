-- Makes an empty database for the roles of roles.sql: on the first start, and before a restore.
CREATE DATABASE recovery OWNER recovery_owner TEMPLATE template0;
REVOKE ALL ON DATABASE recovery FROM PUBLIC;
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE recovery TO recovery_web, recovery_worker, recovery_backup;

\connect recovery
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO recovery_web, recovery_worker, recovery_backup;
