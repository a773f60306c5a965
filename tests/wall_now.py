"""Writes down, line by line, who may do what in the database: roles, grants, policies, triggers, checks."""

import psycopg
from psycopg import sql

OURS = "('recovery_owner', 'recovery_web', 'recovery_worker', 'recovery_backup')"
IN_PUBLIC = "relnamespace = 'public'::regnamespace"
QUERIES = {
    "role": f"""
        SELECT rolname || ': ' || concat_ws(' ',
            CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
            CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
            CASE WHEN rolreplication THEN 'REPLICATION' END, CASE WHEN rolcanlogin THEN 'LOGIN' END,
            (SELECT 'member of ' || string_agg(roleid::regrole::text, ', ' ORDER BY roleid::regrole::text)
             FROM pg_auth_members WHERE member = r.oid HAVING count(*) > 0))
        FROM pg_roles r WHERE rolname IN {OURS}""",
    "schema": """
        SELECT nspname || ' of ' || nspowner::regrole || ': ' || coalesce((
            SELECT string_agg(grantee::regrole || ' ' || privilege_type, ', '
                ORDER BY grantee::regrole::text, privilege_type) FROM aclexplode(nspacl)
            WHERE grantee <> nspowner), 'nobody else')
        FROM pg_namespace WHERE nspname IN ('public', 'sec')""",
    "table": f"""
        SELECT relname || ' of ' || relowner::regrole || ', ' ||
            CASE WHEN relrowsecurity THEN 'row by row' ELSE 'no row-level security' END || ': ' || coalesce((
                SELECT string_agg(who || ' ' || may, '; ' ORDER BY who) FROM (
                    SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS who,
                           string_agg(privilege_type, ' ' ORDER BY privilege_type) AS may
                    FROM aclexplode(relacl) WHERE grantee <> relowner GROUP BY 1) grants), 'nobody else')
        FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND {IN_PUBLIC}""",
    "column": f"""
        SELECT relname || '.' || attname || ': ' ||
            string_agg(grantee::regrole || ' ' || privilege_type, '; '
                ORDER BY grantee::regrole::text, privilege_type)
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid, aclexplode(attacl)
        WHERE {IN_PUBLIC} AND attacl IS NOT NULL GROUP BY relname, attname""",
    "policy": """
        SELECT tablename || '.' || policyname || ': ' || permissive || ' ' || cmd || ' to ' ||
            array_to_string(roles, ', ') || coalesce(' seen if ' || qual, '') ||
            coalesce(' written if ' || with_check, '')
        FROM pg_policies""",
    "constraint": f"""
        SELECT relname || '.' || conname || ': ' || pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid WHERE contype = 'c' AND {IN_PUBLIC}""",
    "trigger": f"""
        SELECT relname || ': ' || pg_get_triggerdef(t.oid) || ' [' || tgenabled::text || ']'
        FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND {IN_PUBLIC}""",
    "function": """
        SELECT n.nspname || '.' || proname || '(' || pg_get_function_identity_arguments(p.oid) || ') of ' ||
            proowner::regrole || CASE WHEN prosecdef THEN ', as its owner' ELSE ', as its caller' END ||
            coalesce(', ' || array_to_string(proconfig, ' '), ', NO SEARCH PATH') || ', by ' ||
            coalesce((
                SELECT string_agg(CASE grantee WHEN 0 THEN 'anybody' ELSE grantee::regrole::text END, ' '
                    ORDER BY grantee::regrole::text)
                FROM aclexplode(proacl) WHERE grantee <> proowner),
                CASE WHEN proacl IS NULL THEN 'anybody' ELSE 'nobody else' END)
            || ', body ' || left(encode(sha256(convert_to(prosrc, 'UTF8')), 'hex'), 12)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace WHERE n.nspname IN ('public', 'sec')""",
}


def wall_now(server: psycopg.Connection) -> list[str]:
    """Everything that decides who may touch what, sorted, a line each."""
    return sorted(
        f"{kind} {' '.join(line.split())}"
        for kind, query in QUERIES.items()
        for (line,) in server.execute(sql.SQL(query)).fetchall()
    )
